// The built server with a client that knows JSON-RPC and nothing else, and that announces no capability at all: what
// the smallest editor has of it. `npm test` makes the bundles first.
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';

const project = resolve(import.meta.dirname, '../..');
const server = join(project, 'dist/server.mjs');

let folder: string;
let child: ChildProcess;
let connection: MessageConnection;
let ended: Promise<number | null>;
let uri: string;
let text: string;

beforeAll(async () => {
  if (!existsSync(server)) throw new Error('dist/server.mjs does not exist. Run: npm run build');
  folder = mkdtempSync(join(tmpdir(), 'aegis-plain-'));
  cpSync(join(project, 'labs/dcn-10node'), folder, { recursive: true });
  const file = join(folder, 'configs/border1.cfg');
  [uri, text] = [pathToFileURL(file).href, readFileSync(file, 'utf8')];
  child = spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  ended = new Promise((resolveEnd) => child.once('exit', resolveEnd));
  connection = createMessageConnection(new StreamMessageReader(child.stdout!), new StreamMessageWriter(child.stdin!));
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    capabilities: {},
    initializationOptions: { trusted: true },
  });
  await connection.sendNotification('initialized', {});
  await connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'plaintext', version: 1, text },
  });
});

afterAll(async () => {
  connection.dispose();
  child.kill();
  await ended;
  rmSync(folder, { recursive: true, force: true });
});

/** A request about the first place in the file where a text stands. */
const at = <T>(method: string, words: string, more: object = {}): Promise<T> => {
  const before = text.slice(0, text.indexOf(words)).split('\n');
  const position = { line: before.length - 1, character: before.at(-1)!.length + 1 };
  return connection.sendRequest<T>(method, { textDocument: { uri }, position, ...more });
};
const about = <T>(method: string, more: object = {}): Promise<T> =>
  connection.sendRequest<T>(method, { textDocument: { uri }, ...more });

test('diagnostics, and again after an edit', async () => {
  const first = await about<{ readonly kind: string; readonly resultId: string }>('textDocument/diagnostic');
  expect(first.kind).toBe('full');
  const end = { line: text.split('\n').length, character: 0 };
  await connection.sendNotification('textDocument/didChange', {
    textDocument: { uri, version: 2 },
    contentChanges: [
      { range: { start: end, end }, text: '\nrouter bgp 1\n neighbor 203.0.113.9 route-map NOWHERE out\n' },
    ],
  });
  const { items } = await about<{ readonly items: readonly { readonly message: string }[] }>(
    'textDocument/diagnostic',
    { previousResultId: first.resultId },
  );
  expect(items.some(({ message }) => message.includes('NOWHERE'))).toBe(true);
});

test('hover, definition, references, symbols', async () => {
  const hover = await at<{ readonly contents: { readonly value: string } }>('textDocument/hover', 'router bgp');
  expect(hover.contents.value).toContain('router bgp');
  const peer = /^ neighbor (\S+) /m.exec(text)![1]!;
  const found = await at<readonly { readonly uri: string }[]>('textDocument/definition', peer);
  expect(found.length).toBeGreaterThan(0);
  expect((await about<readonly unknown[]>('textDocument/documentSymbol')).length).toBeGreaterThan(5);
  expect(
    (await connection.sendRequest<readonly unknown[]>('workspace/symbol', { query: 'lo' })).length,
  ).toBeGreaterThan(5);
});

test('tokens, hints, lenses, folding, formatting', async () => {
  const whole = { start: { line: 0, character: 0 }, end: { line: 9999, character: 0 } };
  const tokens = await about<{ readonly data: readonly number[] }>('textDocument/semanticTokens/full');
  expect(tokens.data.length).toBeGreaterThan(50);
  const hints = await about<readonly { readonly label: unknown }[]>('textDocument/inlayHint', { range: whole });
  expect(JSON.stringify(hints)).toMatch(/AS \d+/);
  expect((await about<readonly unknown[]>('textDocument/foldingRange')).length).toBeGreaterThan(5);
  const edits = await about<readonly unknown[]>('textDocument/formatting', {
    options: { tabSize: 1, insertSpaces: true },
  });
  expect(Array.isArray(edits)).toBe(true);
});

test('the tables of a device as documents', async () => {
  const tables = ['rib', 'fib', 'sessions'].map((table) => `aegis-rib:/dcn-10node/border1/${table}`);
  for (const table of tables) {
    const content = await connection.sendRequest<{ readonly text: string }>('workspace/textDocumentContent', {
      uri: table,
    });
    expect(content.text, table).toMatch(/^# border1: /);
  }
});

test('a request that is not there is refused, and the server goes on', async () => {
  await expect(connection.sendRequest('aegis/no-such-request', {})).rejects.toThrow(/Unhandled method/);
  expect(await about('textDocument/foldingRange')).not.toHaveLength(0);
});

test('shutdown and exit end the process with success', async () => {
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  expect(await ended).toBe(0);
});
