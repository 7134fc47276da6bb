// README's table of the methods of the Language Server Protocol, against the protocol and what the server offers.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import * as protocol from 'vscode-languageserver-protocol/node';
import { initializeResult } from '../../server/lsp/initialize.ts';

const project = resolve(import.meta.dirname, '../..');

/** Every method that the protocol's package declares: message types are values with a `method`. */
function methodsOfTheProtocol(): ReadonlySet<string> {
  const methods = new Set<string>(['$/cancelRequest', '$/progress']);
  const seen = new Set<unknown>();
  const open: unknown[] = [protocol];
  while (open.length > 0) {
    const value = open.pop();
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) continue;
    seen.add(value);
    if ('method' in value && typeof value.method === 'string') methods.add(value.method);
    // Namespaces of one message, and the proposals and the like that group them.
    open.push(...Object.values(value));
  }
  // Names under which several messages are registered together, and the base class's own member.
  for (const group of ['method', 'notebookDocument/sync', 'textDocument/semanticTokens']) methods.delete(group);
  return methods;
}

/** The rows of README's table: method -> done. */
function rowsOfReadme(): ReadonlyMap<string, boolean> {
  const readme = readFileSync(resolve(project, 'README.md'), 'utf8');
  const rows = [...readme.matchAll(/^\| `([$\w]+(?:\/[\w/]+)?)` \| (done|not done) \|/gm)];
  return new Map(rows.map(([, method = '', state]) => [method, state === 'done']));
}

const { capabilities } = initializeResult;
const sync = capabilities.textDocumentSync as protocol.TextDocumentSyncOptions;
const diagnostics = capabilities.diagnosticProvider as protocol.DiagnosticOptions;
const tokens = capabilities.semanticTokensProvider as protocol.SemanticTokensOptions;
const resolves = (provider: unknown): boolean =>
  (provider as { readonly resolveProvider?: boolean } | undefined)?.resolveProvider === true;

/** What the server offers, by the capability that says so. */
const offered: Readonly<Record<string, unknown>> = {
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

test('the table has every method of the protocol, and no other', () => {
  expect([...rowsOfReadme().keys()].sort()).toEqual([...methodsOfTheProtocol()].sort());
});

test('a method with a capability is done when the server offers it', () => {
  const table = rowsOfReadme();
  const wrong = Object.entries(offered).filter(([method, capability]) => table.get(method) !== Boolean(capability));
  expect(wrong.map(([method]) => method)).toEqual([]);
});

test('every capability of the server is in the list above', () => {
  const said = new Set([...Object.values(offered), tokens]);
  const providers = Object.entries(capabilities).filter(([name]) => name.endsWith('Provider'));
  expect(providers.filter(([, value]) => value !== true && !said.has(value)).map(([name]) => name)).toEqual([]);
});
