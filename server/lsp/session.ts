import type { Connection } from 'vscode-languageserver';
import { dialects } from '../../core/config/dialects/index.ts';
import type { FileReader } from '../../core/network/load/file-reader.ts';
import type { GitBaseline } from '../engine/baseline.ts';
import type { Engine } from '../engine/engine.ts';
import type { InitializationOptions, Settings } from '../protocol.ts';
import { Baselines } from './baselines.ts';
import { Documents } from './documents.ts';
import type { ListFolder } from './find-labs.ts';
import { type Checked, Findings } from './findings.ts';
import { LabChecks } from './lab-checks.ts';
import { LabEffects } from './lab-effects.ts';
import { labTask } from './lab-task.ts';
import { Reports } from './reports.ts';
import { RibDocuments } from './rib-documents.ts';

import { DEFAULTS, dialectBySetting } from './settings.ts';
import { TokenMemory } from './token-memory.ts';
import { Uris } from './uris.ts';
import { Workspace, type WorkspaceLab } from './workspace.ts';

/** What the server needs of the machine. */
export interface Host {
  readonly reader: FileReader;
  readonly listFolder: ListFolder;
  readonly git: GitBaseline;
  /** Starts what computes labs; called once, when it is needed first. */
  readonly startEngine: () => Engine;
}

/** What the client can do, as far as the server asks. */
export interface ClientAbilities {
  readonly configuration: boolean;
  readonly configurationChanges: boolean;
  readonly watchedFiles: boolean;
  readonly diagnosticRefresh: boolean;
  readonly hierarchicalSymbols: boolean;
  readonly inlayHintRefresh: boolean;
  readonly codeLensRefresh: boolean;
  readonly semanticTokensRefresh: boolean;
}

/** Everything that the handlers of one connection share. */
export class Session {
  readonly connection: Connection;
  readonly host: Host;
  readonly options: InitializationOptions;
  readonly abilities: ClientAbilities;
  readonly uris = new Uris();
  readonly documents = new Documents(this.uris);
  readonly workspace: Workspace;
  readonly baselines: Baselines;
  readonly findings: Findings;
  readonly saveChecks = new LabChecks();
  /** Lines that the last preflight's twin refused. */
  readonly refusals = new LabChecks();
  readonly ribDocuments = new RibDocuments();
  readonly reports = new Reports();
  readonly tokens = new TokenMemory();
  readonly effects: LabEffects;
  settings: Settings = DEFAULTS;
  #engine: Engine | undefined;

  constructor(connection: Connection, host: Host, options: InitializationOptions, abilities: ClientAbilities) {
    this.connection = connection;
    this.host = host;
    this.options = options;
    this.abilities = abilities;
    const { reader, listFolder } = host;
    const dialectOfFile = (path: string) => dialectBySetting(this.settings, path, this.workspace.folderOf(path));
    this.workspace = new Workspace({ reader, listFolder, documents: this.documents, dialectOfFile });
    this.baselines = new Baselines({
      workspace: this.workspace,
      documents: this.documents,
      reader,
      dialectOfFile,
      revision: () => this.settings.baseline,
      git: options.trusted ? host.git : undefined,
      changed: () => {
        this.refreshDiagnostics();
        this.refreshHints();
      },
      log: (message) => this.log(message),
    });
    this.findings = new Findings(this.workspace, this.baselines);
    this.effects = new LabEffects({
      trusted: options.trusted,
      revisionOf: async (lab) => (await this.workspace.load(lab)).revision,
      baselineOf: (lab) => this.baselines.peek(lab)?.id ?? '',
      compute: async (lab, signal) => this.engine.stateDiff(await labTask(this, lab), signal),
      known: () => this.refreshHints(),
      log: (message) => this.log(message),
    });
  }

  /** The engine, started when it is needed first. Throws where the workspace is not trusted. */
  get engine(): Engine {
    if (!this.options.trusted) throw new Error(UNTRUSTED);
    this.#engine ??= this.host.startEngine();
    return this.#engine;
  }

  /**
   * Runs what a person waits for: what is computed beside the typing makes room, and is asked for again afterwards. The
   * engine does one thing after the other.
   */
  async first<T>(lab: WorkspaceLab, run: () => Promise<T>): Promise<T> {
    this.effects.cancel(lab.path);
    try {
      return await run();
    } finally {
      this.refreshHints();
    }
  }

  /** Ends what was started. */
  async dispose(): Promise<void> {
    this.effects.dispose();
    await this.#engine?.dispose();
  }

  /** Asks the client to ask for diagnostics again; several requests at once become one. */
  refreshDiagnostics(): void {
    if (!this.abilities.diagnosticRefresh || this.#refreshing) return;
    this.#refreshing = setImmediate(() => {
      this.#refreshing = undefined;
      // A client that is about to close answers with an error; there is nobody left to refresh.
      this.connection.languages.diagnostics.refresh().catch(() => undefined);
    });
  }
  #refreshing: NodeJS.Immediate | undefined;

  /** Asks the client to ask for hints and lenses again: more is known of routes and sessions than before. */
  refreshHints(): void {
    const { languages } = this.connection;
    if (this.abilities.inlayHintRefresh) languages.inlayHint.refresh().catch(() => undefined);
    if (this.abilities.codeLensRefresh)
      this.connection.sendRequest('workspace/codeLens/refresh').catch(() => undefined);
  }

  /** Identifies what is said about a file: equal ids, equal diagnostics. */
  resultId({ id, config, lab, loaded }: Checked): string {
    const checked = [this.saveChecks, this.refusals].map((one) =>
      lab && loaded ? one.id(lab.path, loaded.revision) : '',
    );
    return `${this.#ids.of(config)} ${id} ${checked.join('/')} ${this.settings.unmodelledLines}`;
  }
  readonly #ids = new ObjectIds();

  log(message: string): void {
    this.connection.console.warn(message);
  }

  /** The lab that a client names by its id. Throws a sentence for the user when there is none. */
  async requireLab(id: string): Promise<WorkspaceLab> {
    const path = this.uris.pathOf(id);
    const lab = path === undefined ? undefined : await this.workspace.lab(path.replace(/(.)\/+$/, '$1'));
    if (!lab) throw new Error(`There is no lab ${id} in this workspace; refresh the list of labs.`);
    return lab;
  }
}

/** Numbers objects, so that an id can name one that has no name. */
class ObjectIds {
  readonly #ids = new WeakMap<object, number>();
  #last = 0;

  of(object: object): number {
    const known = this.#ids.get(object);
    if (known !== undefined) return known;
    this.#last += 1;
    this.#ids.set(object, this.#last);
    return this.#last;
  }
}

/** Throws, in one sentence, where the workspace is not trusted. */
export function requireTrust({ options }: Session): void {
  if (!options.trusted) throw new Error(UNTRUSTED);
}

export const UNTRUSTED =
  'The workspace is not trusted: guards check the open files, and nothing is simulated, started, signed or written. Trust the workspace to use this.';

export const titleOfDialect = (id: string): string =>
  [...dialects.values()].find((dialect) => dialect.id === id)?.title ?? (id === 'unknown' ? 'Unknown' : id);
