import { basename } from 'node:path';
import { type Disposable, languages, type TextDocument, workspace } from 'vscode';
import { type DialectParams, DialectRequest, type DialectResult, LANGUAGES } from '../server/protocol.ts';
import type { Server } from './server.ts';
import { documentSchemes } from './virtual-workspace.ts';

/** Languages that VS Code gives to a configuration whose language it does not know. */
const general = new Set(['plaintext', 'properties', 'ini']);
const configurationName = /(?:\.(?:cfg|conf|config|txt)|-config|-confg|^[^.]+)$/i;
/** As much of a text as tells its language; the server looks no further. */
const look = 400_000;

/**
 * Gives configurations of network devices their language. VS Code cannot by itself: it goes by file names, and `.cfg`
 * and `.conf` belong to others. A language that the user chooses afterwards stays.
 */
export class LanguageDetection implements Disposable {
  readonly #server: Server;
  readonly #subscriptions: readonly Disposable[];
  /** Documents whose language the user has taken back. */
  readonly #refused = new Set<string>();
  readonly #setting = new Set<string>();

  constructor(server: Server) {
    this.#server = server;
    this.#subscriptions = [
      workspace.onDidOpenTextDocument((document) => this.#detect(document)),
      workspace.onDidCloseTextDocument((document) => this.#closed(document)),
    ];
    for (const document of workspace.textDocuments) void this.#detect(document);
  }

  async #detect(document: TextDocument): Promise<void> {
    const uri = document.uri.toString();
    if (
      !documentSchemes(workspace.workspaceFolders).includes(document.uri.scheme) ||
      !general.has(document.languageId) ||
      this.#refused.has(uri)
    )
      return;
    if (!configurationName.test(basename(document.uri.path))) return;
    const parameters: DialectParams = { uri, text: document.getText().slice(0, look) };
    // Without an answer the document keeps the language that it has; the server's own failure is told where it starts.
    const found = await this.#server.request<DialectResult>(DialectRequest, parameters).catch(() => undefined);
    const language = found && LANGUAGES[found.dialect];
    if (language === undefined || document.isClosed || !general.has(document.languageId)) return;
    this.#setting.add(uri);
    try {
      await languages.setTextDocumentLanguage(document, language);
    } finally {
      this.#setting.delete(uri);
    }
  }

  /** A change of language closes the document and opens it again, with the document itself still open. */
  #closed(document: TextDocument): void {
    const uri = document.uri.toString();
    if (document.isClosed) this.#refused.delete(uri);
    else if (!this.#setting.has(uri)) this.#refused.add(uri);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}
