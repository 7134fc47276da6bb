import {
  type Disposable,
  languages,
  type TextDocument,
  type TextDocumentContentProvider,
  type Uri,
  workspace,
} from 'vscode';
import { RIB_SCHEME, type RibDocumentParams, RibDocumentRequest } from '../../server/protocol.ts';
import type { Server } from '../server.ts';

const language = 'aegis-state';

/** The routes and sessions before and after a change, as documents that cannot be edited. */
export class RoutingStates implements TextDocumentContentProvider, Disposable {
  readonly #server: Server;
  readonly #subscriptions: readonly Disposable[];

  constructor(server: Server) {
    this.#server = server;
    this.#subscriptions = [
      workspace.registerTextDocumentContentProvider(RIB_SCHEME, this),
      workspace.onDidOpenTextDocument((document) => this.#color(document)),
    ];
  }

  provideTextDocumentContent(uri: Uri): Promise<string> {
    const parameters: RibDocumentParams = { uri: uri.toString() };
    return this.#server.request<string>(RibDocumentRequest, parameters);
  }

  async #color(document: TextDocument): Promise<void> {
    if (document.uri.scheme !== RIB_SCHEME || document.languageId === language) return;
    await languages.setTextDocumentLanguage(document, language);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}
