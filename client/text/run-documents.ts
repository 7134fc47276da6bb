import { type Disposable, languages, type TextDocumentContentProvider, Uri, workspace } from 'vscode';
import { type EvidenceRun, type RunDocumentParams, RunDocumentRequest } from '../../server/protocol.ts';
import type { Server } from '../server.ts';

const scheme = 'aegis-run';
const language = 'aegis-state';

/** What the evidence of a run says, as documents that cannot be edited. */
export class RunDocuments implements TextDocumentContentProvider, Disposable {
  readonly #server: Server;
  readonly #subscriptions: readonly Disposable[];

  constructor(server: Server) {
    this.#server = server;
    this.#subscriptions = [
      workspace.registerTextDocumentContentProvider(scheme, this),
      workspace.onDidOpenTextDocument((document) => {
        if (document.uri.scheme === scheme && document.languageId !== language)
          void languages.setTextDocumentLanguage(document, language);
      }),
    ];
  }

  provideTextDocumentContent({ query }: Uri): Promise<string> {
    const parameters: RunDocumentParams = { folder: query };
    return this.#server.request<string>(RunDocumentRequest, parameters);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}

export const runDocument = ({ runId, folder }: EvidenceRun): Uri =>
  Uri.from({ scheme, path: `/${runId}.txt`, query: folder });
