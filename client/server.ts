import {
  type CancellationToken,
  commands,
  type Disposable,
  EventEmitter,
  type ExtensionContext,
  type LogOutputChannel,
  l10n,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  DialectRequest,
  EXPLAIN_RULE_COMMAND,
  type InitializationOptions,
  LANGUAGES,
  LabsChangedNotification,
  LabsRequest,
  RuleRequest,
  SHOW_STATE_DIFF_COMMAND,
  type StageEvent,
  StageNotification,
  type VerdictEvent,
  VerdictNotification,
} from '../server/protocol.ts';
import { trustedSettings, userSetting } from './settings.ts';
import { documentSchemes, isVirtual } from './virtual-workspace.ts';

/** Languages whose documents the server reads. */
const languages = Object.values(LANGUAGES);

/** Requests that are answered from a text alone, or from nothing. `aegis/labs` finds none where there are no files. */
const needsNoFiles: ReadonlySet<string> = new Set([DialectRequest, RuleRequest, LabsRequest]);

/** The language server: started with the extension, started anew when the workspace becomes trusted. */
export class Server implements Disposable {
  readonly #context: ExtensionContext;
  readonly #log: LogOutputChannel;
  readonly #labsChanged = new EventEmitter<void>();
  readonly #verdict = new EventEmitter<VerdictEvent>();
  readonly #stage = new EventEmitter<StageEvent>();
  readonly #subscriptions: readonly Disposable[];
  #client: Promise<LanguageClient> | undefined;

  /** Labs, devices or evidence changed, or the server has just started. */
  readonly onLabsChanged = this.#labsChanged.event;
  readonly onVerdict = this.#verdict.event;
  /** A stage of a running preflight started or ended. */
  readonly onStage = this.#stage.event;

  constructor(context: ExtensionContext, log: LogOutputChannel) {
    this.#context = context;
    this.#log = log;
    this.#subscriptions = [
      workspace.onDidGrantWorkspaceTrust(() => this.#restart()),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('aegis.keyFolder')) this.#restart();
      }),
      this.#labsChanged,
      this.#verdict,
      this.#stage,
    ];
  }

  /** Starts the server. Says so to the user when that fails. */
  start(): void {
    this.#follow(this.#start());
  }

  /** Requests wait for this start from now on. */
  #follow(client: Promise<LanguageClient>): void {
    this.#client = client;
    client.then(
      async () => {
        await commands.executeCommand('setContext', 'aegis.ready', true);
        this.refresh();
      },
      async (error: unknown) => {
        this.#log.error(error instanceof Error ? error : String(error));
        const chosen = await window.showErrorMessage(
          l10n.t('The language server of AEGIS did not start. Its log says why.'),
          l10n.t('Show Log'),
        );
        if (chosen !== undefined) this.#log.show();
      },
    );
  }

  /** Lets every view ask again. */
  refresh(): void {
    this.#labsChanged.fire();
  }

  /** Writes what went wrong in the background into the log. */
  warn(error: unknown): void {
    this.#log.warn(error instanceof Error ? error.message : String(error));
  }

  /** Sends a request of protocol.ts. Waits for the server to start; throws the server's sentence when it refuses. */
  async request<Result>(method: string, parameters?: unknown, token?: CancellationToken): Promise<Result> {
    if (this.#client === undefined) throw new Error(l10n.t('The language server of AEGIS is not running.'));
    if (isVirtual(workspace.workspaceFolders) && !needsNoFiles.has(method))
      throw new Error(
        l10n.t(
          'This folder does not lie on this machine: open configurations are checked by the guards of a single file, and labs, simulation and evidence are not available.',
        ),
      );
    const client = await this.#client;
    return await client.sendRequest<Result>(method, parameters, token);
  }

  async #start(): Promise<LanguageClient> {
    // Loaded once activation has ended, so that VS Code does not wait for it.
    await new Promise((resolve) => setImmediate(resolve));
    const { LanguageClient, RevealOutputChannelOn, TransportKind } = await import('vscode-languageclient/node');
    const module = Uri.joinPath(this.#context.extensionUri, 'dist', 'server.mjs').fsPath;
    const client = new LanguageClient(
      'aegis',
      'AEGIS',
      // VS Code's own Node runs the server; nothing needs to be installed beside the extension.
      { module, transport: TransportKind.ipc },
      {
        documentSelector: [
          ...languages.flatMap((language) =>
            documentSchemes(workspace.workspaceFolders).map((scheme) => ({ scheme, language })),
          ),
          { scheme: 'file', pattern: '**/*.clab.{yml,yaml}' },
          { scheme: 'file', pattern: '**/aegis.yml' },
          { scheme: 'file', pattern: '**/aegis.policy.yml' },
        ],
        initializationOptions,
        outputChannel: this.#log,
        traceOutputChannel: this.#log,
        revealOutputChannelOn: RevealOutputChannelOn.Never,
        markdown: { isTrusted: false, supportHtml: false },
        middleware: {
          workspace: {
            configuration: async (parameters, token, next) => {
              const values = await next(parameters, token);
              return Array.isArray(values) ? values.map(trustedSettings) : values;
            },
          },
        },
      },
    );
    client.onNotification(LabsChangedNotification, () => this.#labsChanged.fire());
    client.onNotification(VerdictNotification, (event: VerdictEvent) => this.#verdict.fire(event));
    client.onNotification(StageNotification, (event: StageEvent) => this.#stage.fire(event));
    await client.start();
    return client;
  }

  #restart(): void {
    const before = this.#client;
    const ended = async (): Promise<void> => {
      try {
        await (await before)?.dispose();
      } catch (error) {
        // A server that did not start has nothing to end; the new one says what is wrong.
        this.warn(error);
      }
    };
    this.#follow(ended().then(() => this.#start()));
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    void this.#client?.then((client) => client.dispose()).catch(() => undefined);
  }
}

function initializationOptions(): InitializationOptions {
  const keyFolder = userSetting('keyFolder');
  return {
    // Without files there is nothing to simulate, and git and keys of this machine say nothing about the folder.
    trusted: workspace.isTrusted && !isVirtual(workspace.workspaceFolders),
    commands: [EXPLAIN_RULE_COMMAND, SHOW_STATE_DIFF_COMMAND],
    ...(keyFolder === '' ? {} : { keyFolder }),
  };
}
