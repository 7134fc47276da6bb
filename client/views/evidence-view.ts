import {
  type Disposable,
  EventEmitter,
  l10n,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeView,
  Uri,
  window,
  workspace,
} from 'vscode';
import {
  EvidenceRequest,
  type EvidenceResult,
  type EvidenceRun,
  type PreflightReason,
  type PreflightResult,
} from '../../server/protocol.ts';
import type { Server } from '../server.ts';
import { sameUri, toUri } from '../uris.ts';
import { verdictIcon, verdictMeaning, verdictWord } from '../verdict.ts';
import { isVirtual } from '../virtual-workspace.ts';

/** A row of the tree "Evidence": a run, or a reason of its verdict. */
export type EvidenceRow =
  | { readonly kind: 'run'; readonly folder: string; readonly run: EvidenceRun }
  | { readonly kind: 'reason'; readonly run: EvidenceRun; readonly index: number; readonly reason: PreflightReason };

/** The tree of sealed packages, newest first, and the list of runs that commands choose from. */
export class EvidenceView implements TreeDataProvider<EvidenceRow>, Disposable {
  readonly #server: Server;
  readonly #changed = new EventEmitter<EvidenceRow | undefined>();
  readonly #view: TreeView<EvidenceRow>;
  readonly #subscription: Disposable;
  #rows: readonly (EvidenceRow & { readonly kind: 'run' })[] = [];
  /** Whether a package verified when it was last checked in this window, by folder. */
  readonly #checked = new Map<string, boolean>();
  /** Reasons of this window's preflights, by folder: they know their lines, as the evidence does not. */
  readonly #reasons = new Map<string, readonly PreflightReason[]>();

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(server: Server) {
    this.#server = server;
    this.#view = window.createTreeView('aegis.evidence', {
      treeDataProvider: this,
      showCollapseAll: true,
      canSelectMany: true,
    });
    this.#subscription = server.onLabsChanged(() => void this.read().catch((error: unknown) => server.warn(error)));
  }

  /** Asks the server for the runs. Throws when it does not answer. Without trust or without files there are none. */
  async read(): Promise<EvidenceResult> {
    const readable = workspace.isTrusted && !isVirtual(workspace.workspaceFolders);
    const runs = readable ? await this.#server.request<EvidenceResult>(EvidenceRequest) : [];
    this.#rows = runs.map((run) => ({ kind: 'run', folder: run.folder, run }));
    this.#changed.fire(undefined);
    return runs;
  }

  showChecked(folder: string, ok: boolean): void {
    this.#checked.set(folder, ok);
    this.#changed.fire(undefined);
  }

  /** Reasons of a run; those of this window's preflights lead to their lines. */
  reasonsOf(run: EvidenceRun): readonly PreflightReason[] {
    return this.#reasons.get(run.folder) ?? run.reasons.map((text) => ({ text }));
  }

  /** The run of a package, as it was read last. */
  runOf(folder: string): EvidenceRun | undefined {
    return this.#rows.find((row) => sameUri(row.folder, folder))?.run;
  }

  /** Shows a run that has just been made: its reasons lead to their lines. */
  async showResult({ evidenceFolder, reasons }: PreflightResult): Promise<void> {
    this.#reasons.set(evidenceFolder, reasons);
    await this.read();
    const row = this.#rows.find(({ folder }) => sameUri(folder, evidenceFolder));
    if (row !== undefined && this.#view.visible)
      await this.#view.reveal(row, { select: true, focus: false, expand: true });
  }

  getParent(row: EvidenceRow): EvidenceRow | undefined {
    return row.kind === 'run' ? undefined : this.#rows.find(({ folder }) => folder === row.run.folder);
  }

  getChildren(row?: EvidenceRow): EvidenceRow[] {
    if (row === undefined) return [...this.#rows];
    if (row.kind !== 'run') return [];
    const { run } = row;
    return this.reasonsOf(run).map((reason, index) => ({ kind: 'reason', run, index, reason }));
  }

  getTreeItem(row: EvidenceRow): TreeItem {
    return row.kind === 'run'
      ? runItem(row.run, this.#checked.get(row.folder), this.#reasons.has(row.folder))
      : reasonItem(row);
  }

  dispose(): void {
    for (const one of [this.#subscription, this.#view, this.#changed]) one.dispose();
  }
}

/** @param open whether the reasons are shown at first, as for a run that the user has just made */
function runItem(run: EvidenceRun, checked: boolean | undefined, open: boolean): TreeItem {
  if (run.problem !== undefined) return brokenItem(run, run.problem);
  const word = verdictWord(run.verdict);
  const said = (time: string): string =>
    [
      ...(checked === undefined ? [] : [checked ? l10n.t('verified') : l10n.t('does not verify')]),
      time,
      ...(run.lab === '' ? [] : [run.lab]),
    ].join(', ');
  const item = new TreeItem(word, open ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed);
  item.id = run.folder;
  item.description = said(shortTime(run.createdAt, new Date()));
  item.tooltip = [
    `${word}. ${verdictMeaning(run.verdict)}`,
    ...(run.intent === '' ? [] : [l10n.t('Intent: {0}', run.intent)]),
    said(runTime(run.createdAt)),
    l10n.t('Run {0}', run.runId),
    toUri(run.folder).fsPath,
  ].join('\n');
  item.iconPath = verdictIcon(run.verdict);
  item.contextValue = 'run';
  return item;
}

function brokenItem(run: EvidenceRun, problem: string): TreeItem {
  const item = new TreeItem(l10n.t('Cannot be read'), TreeItemCollapsibleState.None);
  item.id = run.folder;
  item.description = run.runId;
  item.tooltip = `${problem}\n${toUri(run.folder).fsPath}`;
  item.iconPath = new ThemeIcon('question', new ThemeColor('list.warningForeground'));
  item.contextValue = 'broken';
  return item;
}

function reasonItem({ run, index, reason }: EvidenceRow & { readonly kind: 'reason' }): TreeItem {
  const item = new TreeItem(reason.text, TreeItemCollapsibleState.None);
  item.id = `${run.folder} ${index}`;
  item.tooltip = reason.text;
  item.iconPath = new ThemeIcon('circle-small-filled');
  item.contextValue = 'reason';
  if (reason.uri !== undefined) {
    const line = (reason.range?.start.line ?? 0) + 1;
    item.description = `${reason.uri.split('/').at(-1)}:${line}`;
    item.command = {
      command: 'vscode.open',
      title: l10n.t('Go to Line'),
      arguments: [Uri.parse(reason.uri).with({ fragment: `L${line}` })],
    };
  }
  return item;
}

/** When a run was made, in the user's own time and form; the evidence itself holds UTC. */
export function runTime(createdAt: string): string {
  const time = new Date(createdAt);
  return Number.isNaN(time.getTime())
    ? createdAt
    : time.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}

/** The same where there is little room: what is as it is now is left out. */
function shortTime(createdAt: string, now: Date): string {
  const time = new Date(createdAt);
  if (Number.isNaN(time.getTime())) return createdAt;
  if (time.toDateString() === now.toDateString()) return time.toLocaleTimeString(undefined, { timeStyle: 'short' });
  return time.getFullYear() === now.getFullYear()
    ? time.toLocaleString(undefined, { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' })
    : time.toLocaleDateString(undefined, { dateStyle: 'medium' });
}
