import {
  type Disposable,
  EventEmitter,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeView,
  window,
  workspace,
} from 'vscode';
import { EvidenceRequest, type EvidenceResult, type EvidenceRun } from '../../server/protocol.ts';
import type { Server } from '../server.ts';
import { sameUri } from '../uris.ts';
import { verdictIcon, verdictMeaning, verdictWord } from '../verdict.ts';

/** The tree of sealed packages, newest first. */
export class EvidenceView implements TreeDataProvider<EvidenceRun>, Disposable {
  readonly #server: Server;
  readonly #changed = new EventEmitter<EvidenceRun | undefined>();
  readonly #view: TreeView<EvidenceRun>;
  readonly #subscription: Disposable;
  #runs: EvidenceResult = [];
  /** Whether a package verified when it was last checked in this window, by folder. */
  readonly #checked = new Map<string, boolean>();

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(server: Server) {
    this.#server = server;
    this.#view = window.createTreeView('aegis.evidence', { treeDataProvider: this });
    this.#subscription = server.onLabsChanged(() => void this.read().catch((error: unknown) => server.warn(error)));
  }

  /** Asks the server for the runs. Throws when it does not answer. In a workspace that is not trusted there are none. */
  async read(): Promise<EvidenceResult> {
    this.#runs = workspace.isTrusted ? await this.#server.request<EvidenceResult>(EvidenceRequest) : [];
    this.#changed.fire(undefined);
    return this.#runs;
  }

  showChecked(folder: string, ok: boolean): void {
    this.#checked.set(folder, ok);
    this.#changed.fire(undefined);
  }

  /** Selects a run in the tree, where the tree is shown. */
  async reveal(folder: string): Promise<void> {
    const run = this.#runs.find((one) => sameUri(one.folder, folder));
    if (run !== undefined && this.#view.visible) await this.#view.reveal(run, { select: true, focus: false });
  }

  getParent(): undefined {
    return undefined;
  }

  getChildren(run?: EvidenceRun): EvidenceRun[] {
    return run === undefined ? [...this.#runs] : [];
  }

  getTreeItem(run: EvidenceRun): TreeItem {
    const word = verdictWord(run.verdict);
    const checked = this.#checked.get(run.folder);
    const said = [
      run.lab,
      runTime(run.createdAt),
      ...(checked === undefined ? [] : [checked ? 'verified' : 'does not verify']),
    ];
    const item = new TreeItem(word, TreeItemCollapsibleState.None);
    item.id = run.folder;
    item.description = said.join(', ');
    item.tooltip = [
      `${word}. ${verdictMeaning(run.verdict)}`,
      ...(run.intent === '' ? [] : [`Intent: ${run.intent}`]),
      said.join(', '),
      `Run ${run.runId}`,
      run.folder,
    ].join('\n');
    item.iconPath = verdictIcon(run.verdict);
    item.contextValue = 'run';
    item.command = { command: 'aegis.showResult', title: 'Show Preflight Result', arguments: [run] };
    return item;
  }

  dispose(): void {
    for (const one of [this.#subscription, this.#view, this.#changed]) one.dispose();
  }
}

/** When a run was made, in the user's own time and form; the evidence itself holds UTC. */
export function runTime(createdAt: string): string {
  const time = new Date(createdAt);
  return Number.isNaN(time.getTime())
    ? createdAt
    : time.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}
