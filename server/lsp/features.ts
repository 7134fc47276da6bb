import {
  type CancellationToken,
  type Connection,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type SemanticTokens,
  type SemanticTokensDelta,
} from 'vscode-languageserver';
import { Cancelled } from '../engine/cancellation.ts';
import { incomingCalls, outgoingCalls, prepareCallHierarchy } from './call-hierarchy.ts';
import { signalOfToken } from './cancellation.ts';
import { codeActions } from './code-action.ts';
import { codeLens, resolveCodeLens } from './code-lens.ts';
import { completion } from './completion.ts';
import { definition } from './definition.ts';
import { diagnostic } from './diagnostic.ts';
import { documentHighlight } from './document-highlight.ts';
import { documentSymbol } from './document-symbol.ts';
import type { OpenDocument } from './documents.ts';
import { foldingRange } from './folding-range.ts';
import { formatting, rangeFormatting } from './formatting.ts';
import { hover } from './hover.ts';
import { inlayHint } from './inlay-hint.ts';
import { references } from './references.ts';
import { prepareRename, rename } from './rename.ts';
import { selectionRange } from './selection-range.ts';
import { semanticTokens, semanticTokensDelta, semanticTokensRange } from './semantic-tokens.ts';
import type { Session } from './session.ts';
import { textDocumentContent } from './text-document-content.ts';
import { prepareTypeHierarchy, subtypes, supertypes } from './type-hierarchy.ts';
import type { WorkspaceDiagnostics } from './workspace-diagnostic.ts';
import { workspaceSymbol } from './workspace-symbol.ts';

/** What the features of a language need of the connection that they serve. */
export interface Served {
  /** Settles when the settings were read: an answer by the defaults would be wrong and then change. */
  readonly ready: () => Promise<void>;
  readonly session: () => Session;
  readonly workspaceDiagnostics: () => WorkspaceDiagnostics | undefined;
  /** A handler failed: its answer is empty, and the log says why. */
  readonly failed: (name: string, error: unknown) => void;
}

/** The questions that an editor asks of a language. A handler that fails answers empty, and never ends the server. */
export function serveFeatures(connection: Connection, { ready, session, workspaceDiagnostics, failed }: Served): void {
  /** Answers with `empty` when the handler fails, or when the document is not open. */
  const answer =
    <P extends { readonly textDocument: { readonly uri: string } }, R>(
      name: string,
      empty: R,
      handle: (session: Session, document: OpenDocument, params: P) => R | Promise<R>,
    ) =>
    async (params: P): Promise<R> => {
      try {
        await ready();
        const document = session().documents.get(params.textDocument.uri);
        return document ? await handle(session(), document, params) : empty;
      } catch (error) {
        failed(name, error);
        return empty;
      }
    };

  /** The same for a question that is about no open document: a workspace, or an item that was answered before. */
  const answerAny =
    <P, R>(name: string, empty: R, handle: (session: Session, params: P, signal: AbortSignal) => R | Promise<R>) =>
    async (params: P, token: CancellationToken): Promise<R> => {
      try {
        await ready();
        return await handle(session(), params, signalOfToken(token));
      } catch (error) {
        if (!(error instanceof Cancelled)) failed(name, error);
        return empty;
      }
    };

  const noDiagnostics: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };
  connection.languages.diagnostics.on(
    answer('textDocument/diagnostic', noDiagnostics, (one, document, { previousResultId }) =>
      diagnostic(one, document, previousResultId),
    ),
  );
  connection.languages.diagnostics.onWorkspace(async (params, token, _progress, partial) => {
    try {
      return (await workspaceDiagnostics()?.answer(params, token, partial)) ?? { items: [] };
    } catch (error) {
      failed('workspace/diagnostic', error);
      return { items: [] };
    }
  });
  connection.onHover(
    answer('textDocument/hover', null, (one, document, { position }) => hover(one, document, position)),
  );
  connection.onDocumentSymbol(
    answer('textDocument/documentSymbol', [], (one, document) => documentSymbol(one, document)),
  );
  connection.onFoldingRanges(answer('textDocument/foldingRange', [], (one, document) => foldingRange(one, document)));
  connection.onDefinition(
    answer('textDocument/definition', [], (one, document, { position }) => definition(one, document, position)),
  );
  connection.onReferences(
    answer('textDocument/references', [], (one, document, { position, context }) =>
      references(one, document, position, context.includeDeclaration),
    ),
  );
  connection.onDocumentHighlight(
    answer('textDocument/documentHighlight', [], (one, document, { position }) =>
      documentHighlight(one, document, position),
    ),
  );
  connection.onCompletion(
    answer('textDocument/completion', [], (one, document, { position }) => completion(one, document, position)),
  );
  connection.onCodeAction(
    answer('textDocument/codeAction', [], (one, document, { range, context }) =>
      codeActions(one, document, range, context.only),
    ),
  );
  connection.onPrepareRename(
    answer('textDocument/prepareRename', null, (one, document, { position }) => prepareRename(one, document, position)),
  );
  // A rename that cannot be done says why; the editor shows it where the name is typed.
  connection.onRenameRequest(async ({ textDocument: { uri }, position, newName }) => {
    await ready();
    const document = session().documents.get(uri);
    return document ? rename(session(), document, position, newName) : null;
  });

  const noTokens: SemanticTokens = { data: [] };
  const { semanticTokens: tokens, inlayHint: hints, callHierarchy, typeHierarchy } = connection.languages;
  tokens.on(answer('textDocument/semanticTokens/full', noTokens, semanticTokens));
  tokens.onDelta(
    answer(
      'textDocument/semanticTokens/full/delta',
      noTokens as SemanticTokens | SemanticTokensDelta,
      (one, document, params) => semanticTokensDelta(one, document, params.previousResultId),
    ),
  );
  tokens.onRange(
    answer('textDocument/semanticTokens/range', noTokens, (one, document, { range }) =>
      semanticTokensRange(one, document, range),
    ),
  );
  hints.on(answer('textDocument/inlayHint', [], (one, document, { range }) => inlayHint(one, document, range)));
  connection.onCodeLens(answer('textDocument/codeLens', [], (one, document) => codeLens(one, document)));
  connection.onCodeLensResolve(async (lens, token) =>
    answerAny('codeLens/resolve', lens, (one) => resolveCodeLens(one, lens))(lens, token),
  );
  callHierarchy.onPrepare(
    answer('textDocument/prepareCallHierarchy', null, (one, document, { position }) =>
      prepareCallHierarchy(one, document, position),
    ),
  );
  callHierarchy.onIncomingCalls(
    answerAny('callHierarchy/incomingCalls', [], (one, { item }) => incomingCalls(one, item)),
  );
  callHierarchy.onOutgoingCalls(
    answerAny('callHierarchy/outgoingCalls', [], (one, { item }) => outgoingCalls(one, item)),
  );
  typeHierarchy.onPrepare(
    answer('textDocument/prepareTypeHierarchy', null, (one, document, { position }) =>
      prepareTypeHierarchy(one, document, position),
    ),
  );
  typeHierarchy.onSupertypes(answerAny('typeHierarchy/supertypes', [], (one, { item }) => supertypes(one, item)));
  typeHierarchy.onSubtypes(answerAny('typeHierarchy/subtypes', [], (one, { item }) => subtypes(one, item)));
  connection.onSelectionRanges(
    answer('textDocument/selectionRange', [], (one, document, { positions }) =>
      selectionRange(one, document, positions),
    ),
  );
  connection.onWorkspaceSymbol(answerAny('workspace/symbol', [], (one, { query }) => workspaceSymbol(one, query)));
  connection.onDocumentFormatting(answer('textDocument/formatting', [], (one, document) => formatting(one, document)));
  connection.onDocumentRangeFormatting(
    answer('textDocument/rangeFormatting', [], (one, document, { range }) => rangeFormatting(one, document, range)),
  );
  connection.workspace.textDocumentContent.on(
    answerAny('workspace/textDocumentContent', null, (one, { uri }, signal) => textDocumentContent(one, uri, signal)),
  );
}
