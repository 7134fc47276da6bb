import { type ChildProcess, spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import {
  type ClientCapabilities,
  createMessageConnection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type InitializeResult,
  type MessageConnection,
  type Position,
  type Range,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';

export interface ClientOptions {
  /** Absolute paths of the workspace folders. */
  readonly folders: readonly string[];
  readonly initializationOptions?: unknown;
  /** What the client answers to workspace/configuration. */
  readonly settings?: unknown;
  readonly capabilities?: ClientCapabilities;
}

interface Heard {
  readonly method: string;
  readonly params: unknown;
}

const CAPABILITIES: ClientCapabilities = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeWatchedFiles: { dynamicRegistration: true },
    diagnostics: { refreshSupport: true },
    inlayHint: { refreshSupport: true },
    codeLens: { refreshSupport: true },
  },
  textDocument: { diagnostic: { dynamicRegistration: false }, synchronization: { didSave: true } },
};

/** A plain client of a language server: what an editor without our extension would say. */
export class LanguageClient {
  readonly connection: MessageConnection;
  readonly #heard: Heard[] = [];
  readonly #listeners = new Set<() => void>();
  readonly #versions = new Map<string, number>();
  #settings: unknown;

  constructor(input: NodeJS.ReadableStream, output: NodeJS.WritableStream) {
    this.connection = createMessageConnection(new StreamMessageReader(input), new StreamMessageWriter(output));
    this.connection.onNotification((method, params) => {
      this.#hear(method, params);
    });
    this.connection.onRequest('workspace/configuration', ({ items }: { items: readonly unknown[] }) =>
      items.map(() => this.#settings ?? null),
    );
    this.connection.onRequest('client/registerCapability', (params) => this.#hear('client/registerCapability', params));
    for (const kind of ['diagnostic', 'inlayHint', 'codeLens'])
      this.connection.onRequest(`workspace/${kind}/refresh`, () => this.#hear(`workspace/${kind}/refresh`, null));
    this.connection.listen();
  }

  #hear(method: string, params: unknown): null {
    this.#heard.push({ method, params });
    for (const listener of this.#listeners) listener();
    return null;
  }

  async initialize({ folders, initializationOptions, settings, capabilities = CAPABILITIES }: ClientOptions) {
    this.#settings = settings;
    const result = await this.request<InitializeResult>('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities,
      workspaceFolders: folders.map((path) => ({ uri: pathToFileURL(path).href, name: path })),
      initializationOptions,
    });
    await this.notify('initialized', {});
    return result;
  }

  request<T>(method: string, params: unknown): Promise<T> {
    return this.connection.sendRequest<T>(method, params);
  }

  notify(method: string, params: unknown): Promise<void> {
    return this.connection.sendNotification(method, params);
  }

  async configure(settings: unknown): Promise<void> {
    this.#settings = settings;
    await this.notify('workspace/didChangeConfiguration', { settings: { aegis: settings } });
  }

  async open(uri: string, text: string, languageId = 'plaintext'): Promise<void> {
    this.#versions.set(uri, 1);
    await this.notify('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
  }

  async edit(uri: string, range: Range, text: string): Promise<void> {
    const version = (this.#versions.get(uri) ?? 0) + 1;
    this.#versions.set(uri, version);
    await this.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ range, text }] });
  }

  async replace(uri: string, text: string): Promise<void> {
    const version = (this.#versions.get(uri) ?? 0) + 1;
    this.#versions.set(uri, version);
    await this.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ text }] });
  }

  save(uri: string): Promise<void> {
    return this.notify('textDocument/didSave', { textDocument: { uri } });
  }

  close(uri: string): Promise<void> {
    return this.notify('textDocument/didClose', { textDocument: { uri } });
  }

  report(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    return this.request('textDocument/diagnostic', { textDocument: { uri }, previousResultId });
  }

  async diagnostics(uri: string): Promise<readonly Diagnostic[]> {
    const report = await this.report(uri);
    return report.kind === 'full' ? report.items : [];
  }

  /** A request about a position of an open document. */
  at<T>(method: string, uri: string, position: Position, more: object = {}): Promise<T> {
    return this.request(method, { textDocument: { uri }, position, ...more });
  }

  heard<T>(method: string): readonly T[] {
    return this.#heard.filter((one) => one.method === method).map(({ params }) => params as T);
  }

  /** The first message of that method that fits, now or later. */
  async until<T>(method: string, fits: (params: T) => boolean = () => true): Promise<T> {
    for (;;) {
      const found = this.heard<T>(method).find(fits);
      if (found !== undefined) return found;
      await this.#next();
    }
  }

  /** Asks again after every message until the answer fits: what the server finds out later it announces. */
  async eventually<T>(ask: () => Promise<T>, fits: (answer: T) => boolean): Promise<T> {
    for (;;) {
      const heard = this.#heard.length;
      const answer = await ask();
      if (fits(answer)) return answer;
      if (this.#heard.length === heard) await this.#next();
    }
  }

  #next(): Promise<void> {
    return new Promise((resolve) => {
      const listener = (): void => {
        this.#listeners.delete(listener);
        resolve();
      };
      this.#listeners.add(listener);
    });
  }

  forgetHeard(): void {
    this.#heard.length = 0;
  }

  async shutdown(): Promise<void> {
    await this.request('shutdown', undefined);
    await this.notify('exit', undefined);
    this.connection.dispose();
  }
}

export interface ServerProcess {
  readonly client: LanguageClient;
  readonly child: ChildProcess;
  /** Everything that was written to standard error. */
  readonly errors: () => string;
  /** The exit code. */
  readonly ended: Promise<number | null>;
}

/** Starts a language server over stdio. */
export function startServer(file: string, environment: Readonly<Record<string, string>> = {}): ServerProcess {
  const child = spawn(process.execPath, [file, '--stdio'], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { client: new LanguageClient(child.stdout, child.stdin), child, errors: () => errors, ended };
}
