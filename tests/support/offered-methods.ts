import type * as protocol from 'vscode-languageserver-protocol/node';
import { initializeResult } from '../../server/lsp/initialize.ts';

const { capabilities } = initializeResult;
const sync = capabilities.textDocumentSync as protocol.TextDocumentSyncOptions;
const diagnostics = capabilities.diagnosticProvider as protocol.DiagnosticOptions;
const tokens = capabilities.semanticTokensProvider as protocol.SemanticTokensOptions;
const resolves = (provider: unknown): boolean =>
  (provider as { readonly resolveProvider?: boolean } | undefined)?.resolveProvider === true;

/** Methods of the Language Server Protocol that a server may offer, each with what this one says of it at its start. */
export const offeredMethods: Readonly<Record<string, unknown>> = {
  'textDocument/didOpen': sync.openClose,
  'textDocument/didClose': sync.openClose,
  'textDocument/didChange': sync.change,
  'textDocument/didSave': sync.save,
  'textDocument/willSave': sync.willSave,
  'textDocument/willSaveWaitUntil': sync.willSaveWaitUntil,
  'notebookDocument/didOpen': capabilities.notebookDocumentSync,
  'notebookDocument/didChange': capabilities.notebookDocumentSync,
  'notebookDocument/didSave': capabilities.notebookDocumentSync,
  'notebookDocument/didClose': capabilities.notebookDocumentSync,
  'textDocument/diagnostic': diagnostics,
  'workspace/diagnostic': diagnostics.workspaceDiagnostics,
  'textDocument/completion': capabilities.completionProvider,
  'completionItem/resolve': resolves(capabilities.completionProvider),
  'textDocument/hover': capabilities.hoverProvider,
  'textDocument/signatureHelp': capabilities.signatureHelpProvider,
  'textDocument/declaration': capabilities.declarationProvider,
  'textDocument/definition': capabilities.definitionProvider,
  'textDocument/typeDefinition': capabilities.typeDefinitionProvider,
  'textDocument/implementation': capabilities.implementationProvider,
  'textDocument/references': capabilities.referencesProvider,
  'textDocument/documentHighlight': capabilities.documentHighlightProvider,
  'textDocument/documentSymbol': capabilities.documentSymbolProvider,
  'textDocument/codeAction': capabilities.codeActionProvider,
  'codeAction/resolve': resolves(capabilities.codeActionProvider),
  'textDocument/codeLens': capabilities.codeLensProvider,
  'codeLens/resolve': resolves(capabilities.codeLensProvider),
  'textDocument/documentLink': capabilities.documentLinkProvider,
  'documentLink/resolve': resolves(capabilities.documentLinkProvider),
  'textDocument/documentColor': capabilities.colorProvider,
  'textDocument/colorPresentation': capabilities.colorProvider,
  'workspace/symbol': capabilities.workspaceSymbolProvider,
  'workspaceSymbol/resolve': resolves(capabilities.workspaceSymbolProvider),
  'textDocument/formatting': capabilities.documentFormattingProvider,
  'textDocument/rangeFormatting': capabilities.documentRangeFormattingProvider,
  'textDocument/rangesFormatting': (
    capabilities.documentRangeFormattingProvider as { readonly rangesSupport?: boolean }
  ).rangesSupport,
  'textDocument/onTypeFormatting': capabilities.documentOnTypeFormattingProvider,
  'textDocument/rename': capabilities.renameProvider,
  'textDocument/prepareRename': (capabilities.renameProvider as protocol.RenameOptions).prepareProvider,
  'textDocument/foldingRange': capabilities.foldingRangeProvider,
  'textDocument/selectionRange': capabilities.selectionRangeProvider,
  'textDocument/prepareCallHierarchy': capabilities.callHierarchyProvider,
  'callHierarchy/incomingCalls': capabilities.callHierarchyProvider,
  'callHierarchy/outgoingCalls': capabilities.callHierarchyProvider,
  'textDocument/prepareTypeHierarchy': capabilities.typeHierarchyProvider,
  'typeHierarchy/supertypes': capabilities.typeHierarchyProvider,
  'typeHierarchy/subtypes': capabilities.typeHierarchyProvider,
  'textDocument/semanticTokens/full': tokens.full,
  'textDocument/semanticTokens/full/delta': (tokens.full as { readonly delta?: boolean }).delta,
  'textDocument/semanticTokens/range': tokens.range,
  'textDocument/linkedEditingRange': capabilities.linkedEditingRangeProvider,
  'textDocument/moniker': capabilities.monikerProvider,
  'textDocument/inlayHint': capabilities.inlayHintProvider,
  'inlayHint/resolve': resolves(capabilities.inlayHintProvider),
  'textDocument/inlineValue': capabilities.inlineValueProvider,
  'textDocument/inlineCompletion': capabilities.inlineCompletionProvider,
  'workspace/executeCommand': capabilities.executeCommandProvider,
  'workspace/didChangeWorkspaceFolders': capabilities.workspace?.workspaceFolders?.changeNotifications,
  'workspace/workspaceFolders': capabilities.workspace?.workspaceFolders?.supported,
  'workspace/textDocumentContent': capabilities.workspace?.textDocumentContent,
  ...Object.fromEntries(
    (['Create', 'Rename', 'Delete'] as const).flatMap((kind) => [
      [`workspace/did${kind}Files`, capabilities.workspace?.fileOperations?.[`did${kind}`]],
      [`workspace/will${kind}Files`, capabilities.workspace?.fileOperations?.[`will${kind}`]],
    ]),
  ),
};
