import type { ParsedConfig } from '../../core/config/parse.ts';
import { lintConfig, lintNetwork } from '../../core/guard/engine.ts';
import { chosenPriorities, type Priorities, prioritiesOfChange, withPriority } from '../../core/guard/priorities.ts';
import type { Finding } from '../../core/guard/rule.ts';
import type { Change, DeviceChange } from '../../core/network/change.ts';
import type { Snapshot, SnapshotProblem } from '../../core/network/snapshot.ts';
import { changeBetween, deviceChange } from '../../core/orchestrator/change.ts';
import type { Baseline } from '../engine/baseline.ts';
import type { Baselines } from './baselines.ts';
import type { OpenDocument } from './documents.ts';
import type { LoadedLab, Workspace, WorkspaceLab } from './workspace.ts';

/** What is known of one configuration and its surroundings at one moment. */
export interface Checked {
  readonly config: ParsedConfig;
  /** Name of the node in the lab, where there is one. */
  readonly node: string;
  readonly lab: WorkspaceLab | undefined;
  readonly loaded: LoadedLab | undefined;
  readonly change: DeviceChange | undefined;
  /** Guard findings of this file, in the order of the engine. */
  readonly findings: readonly Finding[];
  /** Two results with the same id are the same. */
  readonly id: string;
}

interface CheckedLab {
  readonly id: string;
  readonly change: Change | undefined;
  readonly network: readonly Finding[];
  readonly priorities: Priorities;
}

/** Runs the guards on what is open, and remembers the result until something that it depends on is different. */
export class Findings {
  readonly #workspace: Workspace;
  readonly #baselines: Baselines;
  readonly #files = new Map<string, Checked>();
  readonly #labs = new Map<string, CheckedLab>();
  readonly #opened = new Map<string, ParsedConfig>();

  constructor(workspace: Workspace, baselines: Baselines) {
    this.#workspace = workspace;
    this.#baselines = baselines;
  }

  /** Own-file and cross-device findings of an open configuration. */
  async of(document: OpenDocument): Promise<Checked> {
    const { path } = document;
    const lab = path === undefined ? undefined : await this.#workspace.labOfFile(path);
    const [config, loaded] = await Promise.all([this.#workspace.config(document), lab && this.#workspace.load(lab)]);
    const snapshot = loaded?.snapshot;
    // A buffer that is newer than the loaded lab waits for the next question.
    if (!lab || !loaded || snapshot?.nodes.get(config.device.name)?.config !== config)
      return this.#alone(document, config, lab, loaded);
    return this.#inLab(document.uri, config, lab, loaded, snapshot);
  }

  /** Findings of a lab's file that is not open. */
  async ofLabFile(uri: string, node: string, lab: WorkspaceLab, loaded: LoadedLab): Promise<Checked | undefined> {
    const config = loaded.snapshot?.nodes.get(node)?.config;
    return config && loaded.snapshot ? this.#inLab(uri, config, lab, loaded, loaded.snapshot) : undefined;
  }

  forget(uri: string): void {
    this.#files.delete(uri);
    this.#opened.delete(uri);
  }

  #alone(
    { uri, version, openedText, text }: OpenDocument,
    config: ParsedConfig,
    lab: WorkspaceLab | undefined,
    loaded: LoadedLab | undefined,
  ): Checked {
    const id = `${version} ${config.dialect} ${loaded?.revision ?? ''}`;
    const known = this.#files.get(uri);
    if (known?.id === id && known.config === config) return known;
    const { file, device } = config;
    const before = openedText === text ? config : this.#asOpened(uri, config, openedText);
    const change = deviceChange(device.name, { file, text: openedText }, { file, text });
    const findings = lintConfig(config, { before, ...(change && { change }) });
    return this.#remember(uri, { config, node: device.name, lab, loaded, change, findings, id });
  }

  /** The configuration as it was opened: parsed once, so that what the guards know of it is kept as well. */
  #asOpened(uri: string, { file, dialect, device }: ParsedConfig, text: string): ParsedConfig {
    const known = this.#opened.get(uri);
    if (known?.text === text && known.dialect === dialect) return known;
    const config = this.#workspace.parse({ text, file, node: device.name, dialect });
    this.#opened.set(uri, config);
    return config;
  }

  #inLab(uri: string, config: ParsedConfig, lab: WorkspaceLab, loaded: LoadedLab, snapshot: Snapshot): Checked {
    const baseline = this.#baselines.peek(lab);
    const checked = this.#lab(lab, loaded.revision, snapshot, baseline);
    const known = this.#files.get(uri);
    if (known?.id === checked.id && known.config === config) return known;
    const node = config.device.name;
    const before = baseline?.snapshot.nodes.get(node)?.config;
    const change = checked.change?.devices.find((device) => device.node === node);
    const findings = [
      ...lintConfig(config, {
        snapshot,
        ...(before && { before }),
        ...(change && { change }),
        ...(baseline && { beforeSnapshot: baseline.snapshot }),
      }),
      ...checked.network.filter((finding) => finding.node === node),
    ].map((finding) => withPriority(finding, checked.priorities, {}));
    return this.#remember(uri, { config, node, lab, loaded, change, findings, id: checked.id });
  }

  #lab(lab: WorkspaceLab, revision: number, snapshot: Snapshot, baseline: Baseline | undefined): CheckedLab {
    const id = `${revision} ${baseline?.id ?? ''}`;
    const known = this.#labs.get(lab.path);
    if (known?.id === id) return known;
    const change = baseline && changeBetween(baseline.snapshot, snapshot, 'working_tree', '');
    const network = lintNetwork(
      snapshot,
      baseline && change ? { before: baseline.snapshot, changes: change.devices } : {},
    );
    const priorities = baseline ? prioritiesOfChange(baseline.snapshot, snapshot) : chosenPriorities(snapshot);
    const checked = { id, change, network, priorities };
    this.#labs.set(lab.path, checked);
    return checked;
  }

  #remember(uri: string, checked: Checked): Checked {
    this.#files.set(uri, checked);
    return checked;
  }
}

/** Problems of a lab that concern a file of it. */
export const problemsOf = (loaded: LoadedLab | undefined, file: string): readonly SnapshotProblem[] =>
  (loaded?.problems ?? []).filter((problem) => problem.file === file);
