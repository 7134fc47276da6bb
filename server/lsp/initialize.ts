import { type InitializeParams, type InitializeResult, TextDocumentSyncKind } from 'vscode-languageserver';
import { RIB_SCHEME } from '../protocol.ts';
import { version } from '../version.ts';
import { legend } from './semantic-tokens.ts';
import type { ClientAbilities } from './session.ts';

/** What the server offers. */
const capabilities: InitializeResult['capabilities'] = {
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
  diagnosticProvider: { identifier: 'aegis', interFileDependencies: true, workspaceDiagnostics: true },
  hoverProvider: true,
  documentSymbolProvider: true,
  foldingRangeProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  completionProvider: { triggerCharacters: [' '], resolveProvider: false },
  codeActionProvider: { codeActionKinds: ['quickfix', 'source.fixAll.aegis'], resolveProvider: false },
  renameProvider: { prepareProvider: true },
  semanticTokensProvider: { legend, full: { delta: true }, range: true },
  inlayHintProvider: true,
  codeLensProvider: { resolveProvider: true },
  callHierarchyProvider: true,
  typeHierarchyProvider: true,
  selectionRangeProvider: true,
  workspaceSymbolProvider: true,
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
  workspace: {
    textDocumentContent: { schemes: [RIB_SCHEME] },
    workspaceFolders: { supported: true, changeNotifications: true },
  },
};

export const initializeResult: InitializeResult = { capabilities, serverInfo: { name: 'AEGIS', version } };

export const abilitiesOf = ({ capabilities: { workspace, textDocument } }: InitializeParams): ClientAbilities => ({
  configuration: workspace?.configuration === true,
  configurationChanges: workspace?.didChangeConfiguration?.dynamicRegistration === true,
  watchedFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
  diagnosticRefresh: workspace?.diagnostics?.refreshSupport === true,
  inlayHintRefresh: workspace?.inlayHint?.refreshSupport === true,
  codeLensRefresh: workspace?.codeLens?.refreshSupport === true,
  semanticTokensRefresh: workspace?.semanticTokens?.refreshSupport === true,
  hierarchicalSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
});

/** Workspace folders as the client names them; an old client has one root at most. */
export const foldersOf = ({ workspaceFolders, rootUri }: InitializeParams): readonly string[] =>
  workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
