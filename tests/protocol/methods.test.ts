// README's table of the methods of the Language Server Protocol, against the protocol and what the server offers.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import * as protocol from 'vscode-languageserver-protocol/node';
import { initializeResult } from '../../server/lsp/initialize.ts';
import { offeredMethods } from '../support/offered-methods.ts';

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

test('the table has every method of the protocol, and no other', () => {
  expect([...rowsOfReadme().keys()].sort()).toEqual([...methodsOfTheProtocol()].sort());
});

test('a method with a capability is done when the server offers it', () => {
  const table = rowsOfReadme();
  const wrong = Object.entries(offeredMethods).filter(
    ([method, capability]) => table.get(method) !== Boolean(capability),
  );
  expect(wrong.map(([method]) => method)).toEqual([]);
});

test('every capability of the server is in the list above', () => {
  const said = new Set([...Object.values(offeredMethods), initializeResult.capabilities.semanticTokensProvider]);
  const providers = Object.entries(initializeResult.capabilities).filter(([name]) => name.endsWith('Provider'));
  expect(providers.filter(([, value]) => value !== true && !said.has(value)).map(([name]) => name)).toEqual([]);
});
