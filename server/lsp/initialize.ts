import { type InitializeParams, type InitializeResult, TextDocumentSyncKind } from 'vscode-languageserver';
import { version } from '../version.ts';
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
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
};

export const initializeResult: InitializeResult = { capabilities, serverInfo: { name: 'AEGIS', version } };

export const abilitiesOf = ({ capabilities: { workspace, textDocument } }: InitializeParams): ClientAbilities => ({
  configuration: workspace?.configuration === true,
  configurationChanges: workspace?.didChangeConfiguration?.dynamicRegistration === true,
  watchedFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
  diagnosticRefresh: workspace?.diagnostics?.refreshSupport === true,
  hierarchicalSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
});

/** Workspace folders as the client names them; an old client has one root at most. */
export const foldersOf = ({ workspaceFolders, rootUri }: InitializeParams): readonly string[] =>
  workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
