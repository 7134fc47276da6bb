// The layering table of .dependency-cruiser.cjs, tried on a small project in a temporary folder: each forbidden import
// is refused under the name of its rule, and what the table allows passes.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const project = resolve(import.meta.dirname, '../..');
const cruiser = join(project, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

/** File -> [text, the rule that must refuse it]; null where it must pass. */
const cases: Readonly<Record<string, readonly [text: string, rule: string | null]>> = {
  'core/config/span.ts': ['export type Span = { from: number };', null],
  'core/network/uses-config.ts': ["import type { Span } from '../config/span.ts'; export type A = Span;", null],
  'core/config/uses-type-of-network.ts': [
    "import type { A } from '../network/uses-config.ts'; export type B = A;",
    'layer core/config',
  ],
  'core/config/re-exports-guard.ts': ["export * from '../guard/fine.ts';", 'layer core/config'],
  'core/config/imports-guard-lazily.ts': ["export const load = () => import('../guard/fine.ts');", 'layer core/config'],
  'core/guard/fine.ts': ['export type Fine = true;', null],
  'core/promote/uses-evidence.ts': ["import '../evidence/fine.ts';", null],
  'core/evidence/fine.ts': ['export const fine = 1;', null],
  'core/evidence/uses-network.ts': ["import '../network/uses-config.ts';", 'layer core/evidence'],
  'core/guard/reads-files.ts': [
    "import { readFileSync } from 'node:fs'; export const read = readFileSync;",
    'core files',
  ],
  'core/guard/reads-files-lazily.ts': ["export const read = () => import('node:fs/promises');", 'core files'],
  'core/backends/frr/process.ts': ["import { spawn } from 'node:child_process'; export const run = spawn;", null],
  'core/backends/frr/elsewhere.ts': ["import { execa } from 'execa'; export const run = execa;", 'core processes'],
  'core/network/opens-socket.ts': ["import net from 'node:net'; export const open = net;", 'core sockets'],
  'core/network/asks-http.ts': ["import https from 'https'; export const open = https;", 'core sockets'],
  'core/network/knows-editor.ts': [
    "import type * as vscode from 'vscode'; export type P = vscode.Position;",
    'core stands alone',
  ],
  'core/network/knows-protocol.ts': [
    "import type { Range } from 'vscode-languageserver'; export type R = Range;",
    'core stands alone',
  ],
  'core/network/knows-server.ts': ["import '../../server/front-door.ts';", 'core stands alone'],
  'core/utilities/anything.ts': ["import '../config/span.ts';", 'core has named parts'],
  'server/front-door.ts': ["import '../core/config/span.ts';", null],
  'server/knows-editor.ts': ["import 'vscode';", 'only the client imports vscode'],
  'client/knows-editor.ts': ["import type { Uri } from 'vscode'; export type U = Uri;", null],
  'server/knows-client.ts': ["import '../client/uses-protocol.ts';", 'layer server'],
  'server/protocol.ts': ['export type Message = string;', null],
  'client/uses-protocol.ts': ["import type { Message } from '../server/protocol.ts'; export type M = Message;", null],
  'client/uses-core.ts': ["import '../core/config/span.ts';", 'layer client'],
  // A cycle is told once, at the first of its files.
  'core/network/ring-a.ts': ["import './ring-b.ts';", 'no cycles'],
  'core/network/ring-b.ts': ["import type { A } from './ring-a.ts'; export type B = A;", null],
  'core/network/uses-tests-package.ts': ["import 'vitest';", 'no development package in the program'],
  'core/network/ring.test.ts': ["import '../guard/fine.ts'; import 'vitest'; import 'node:fs';", null],
};

interface Report {
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[];
  };
}

let folder = '';
const refused = new Map<string, string[]>();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'aegis-layers-'));
  for (const [file, [text]] of Object.entries(cases)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `${text}\n`);
  }
  symlinkSync(join(project, 'node_modules'), join(folder, 'node_modules'));
  symlinkSync(join(project, 'package.json'), join(folder, 'package.json'));
  const cruise = spawnSync(
    process.execPath,
    [
      cruiser,
      '--config',
      join(project, '.dependency-cruiser.cjs'),
      '--output-type',
      'json',
      'core',
      'server',
      'client',
    ],
    { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  const report = JSON.parse(cruise.stdout) as Report;
  for (const { from, rule } of report.summary.violations) refused.set(from, [...(refused.get(from) ?? []), rule.name]);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(Object.entries(cases))('%s', (file, [, rule]) => {
  if (rule === null) expect(refused.get(file) ?? []).toEqual([]);
  else expect(refused.get(file) ?? []).toContain(rule);
});
