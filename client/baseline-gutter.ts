import {
  type Disposable,
  EventEmitter,
  l10n,
  type QuickDiffProvider,
  type SourceControl,
  scm,
  type TextDocumentContentProvider,
  Uri,
  workspace,
} from 'vscode';
import {
  type BaselineDocumentParams,
  BaselineDocumentRequest,
  type BaselineDocumentResult,
  type Lab,
} from '../server/protocol.ts';
import type { Server } from './server.ts';
import { gutterBaseline, baseline as reference, userSetting } from './settings.ts';
import { sameUri } from './uris.ts';
import type { LabsView } from './views/labs-view.ts';

const scheme = 'aegis-baseline';
/** The configuration as the baseline has it; named as the file, so that it opens in the file's own language. */
const originalOf = (file: Uri): Uri => Uri.from({ scheme, path: file.path, query: file.toString() });

/**
 * Marks in the gutter where an open configuration differs from the baseline. The source control that VS Code wants for
 * this is there only while there is something to compare with.
 */
export class BaselineGutter implements QuickDiffProvider, TextDocumentContentProvider, Disposable {
  readonly #server: Server;
  readonly #changed = new EventEmitter<Uri>();
  readonly #subscriptions: readonly Disposable[];
  #labs: readonly Lab[] = [];
  /** Texts of the baseline, by the file's URI. */
  #texts: ReadonlyMap<string, string> = new Map();
  #sourceControl: SourceControl | undefined;
  /** The reading that began last. */
  #pending: Promise<void> = Promise.resolve();
  /** Counts readings, so that one that was overtaken by another changes nothing. */
  #reading = 0;

  readonly onDidChange = this.#changed.event;

  constructor(server: Server, labs: LabsView) {
    this.#server = server;
    const read = (): void => {
      this.#pending = this.#read().catch((error: unknown) => server.warn(error));
    };
    this.#subscriptions = [
      this.#changed,
      workspace.registerTextDocumentContentProvider(scheme, this),
      labs.onDidRead((found) => {
        this.#labs = found;
        read();
      }),
      workspace.onDidOpenTextDocument((document) => {
        if (this.#isConfiguration(document.uri) && !this.#texts.has(document.uri.toString())) read();
      }),
      workspace.onDidChangeConfiguration((event) => {
        if (['gutterBaseline', 'baseline', 'trustedKeys'].some((name) => event.affectsConfiguration(`aegis.${name}`)))
          read();
      }),
    ];
  }

  provideOriginalResource(file: Uri): Uri | undefined {
    return this.#texts.has(file.toString()) ? originalOf(file) : undefined;
  }

  /** Waits for what is being read: a change that is told while the document opens would be missed. */
  async provideTextDocumentContent({ query }: Uri): Promise<string> {
    await this.#pending;
    return this.#texts.get(query) ?? '';
  }

  #isConfiguration(file: Uri): boolean {
    return this.#labs.some(({ devices }) => devices.some(({ uri }) => sameUri(uri, file.toString())));
  }

  async #read(): Promise<void> {
    this.#reading += 1;
    const reading = this.#reading;
    const source = gutterBaseline();
    const texts = source === 'off' || !workspace.isTrusted ? new Map<string, string>() : await this.#ask(source);
    if (reading !== this.#reading) return;
    const before = this.#texts;
    this.#texts = texts;
    const label = source === 'git' ? l10n.t('Baseline {0}', reference()) : l10n.t('Last Accepted Change');
    const sameFiles = texts.size === before.size && [...texts.keys()].every((file) => before.has(file));
    // VS Code keeps which files have a baseline for as long as the source control is the same.
    if (!sameFiles || this.#sourceControl?.label !== label) this.#offer(label);
    for (const [file, text] of texts) if (before.get(file) !== text) this.#changed.fire(originalOf(Uri.parse(file)));
  }

  async #ask(source: 'git' | 'evidence'): Promise<ReadonlyMap<string, string>> {
    const trust = userSetting('trustedKeys');
    const files = workspace.textDocuments.map(({ uri }) => uri).filter((uri) => this.#isConfiguration(uri));
    const texts = new Map<string, string>();
    for (const file of new Map(files.map((one) => [one.toString(), one])).keys()) {
      const parameters: BaselineDocumentParams = { uri: file, source, ...(trust === '' ? {} : { trust }) };
      const found = await this.#server.request<BaselineDocumentResult>(BaselineDocumentRequest, parameters);
      if (found !== null) texts.set(file, found.text);
    }
    return texts;
  }

  #offer(label: string): void {
    this.#sourceControl?.dispose();
    this.#sourceControl = undefined;
    if (this.#texts.size === 0) return;
    this.#sourceControl = scm.createSourceControl('aegis', label);
    this.#sourceControl.inputBox.visible = false;
    this.#sourceControl.quickDiffProvider = this;
  }

  dispose(): void {
    this.#sourceControl?.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}
