// The built server over stdio, as an editor without our extension would use it. `npm test` makes the bundles first.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  CancellationTokenSource,
  type CodeAction,
  type Hover,
  LSPErrorCodes,
} from 'vscode-languageserver-protocol/node';
import type {
  EvidenceResult,
  ExportEvidenceResult,
  LabsResult,
  PreflightResult,
  StageEvent,
  StateDiffResult,
  VerdictEvent,
  VerifyEvidenceResult,
} from '../../server/protocol.ts';
import { type LanguageClient, type ServerProcess, startServer } from '../support/language-client.ts';

const project = resolve(import.meta.dirname, '../..');
const server = join(project, 'dist/server.mjs');

let folder: string;
let workspace: string;
let started: ServerProcess;
let client: LanguageClient;
const uriOf = (path: string): string => pathToFileURL(join(workspace, path)).href;
const textOf = (path: string): string => readFileSync(join(workspace, path), 'utf8');

beforeAll(async () => {
  if (!existsSync(server)) throw new Error('dist/server.mjs does not exist. Run: npm run build');
  folder = mkdtempSync(join(tmpdir(), 'aegis-lsp '));
  workspace = join(folder, '100% lab');
  cpSync(join(project, 'labs/edge-slice'), workspace, { recursive: true });
  const git = (...words: string[]): void =>
    void execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@localhost', ...words], { cwd: workspace });
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'The lab as it stands');
  started = startServer(server);
  client = started.client;
  await client.initialize({
    folders: [workspace],
    initializationOptions: { trusted: true, keyFolder: join(folder, 'keys') },
  });
});

afterAll(async () => {
  started.child.kill();
  await started.ended;
  rmSync(folder, { recursive: true, force: true });
});

let lab: string;
const pe1 = 'configs/pe1.cfg';

test('the labs of the workspace', async () => {
  const labs = await client.request<LabsResult>('aegis/labs', undefined);
  expect(labs.map(({ name, format, problems }) => ({ name, format, problems }))).toEqual([
    { name: 'edge-slice', format: 'containerlab', problems: [] },
  ]);
  expect(labs[0]?.devices.map(({ name, dialect, changed }) => ({ name, dialect, changed }))).toEqual([
    { name: 'ce1', dialect: 'ios', changed: false },
    { name: 'pe1', dialect: 'ios', changed: false },
    { name: 'pe2', dialect: 'eos', changed: false },
    { name: 'pe3', dialect: 'junos', changed: false },
    { name: 'pe4', dialect: 'junos', changed: false },
    { name: 'pe5', dialect: 'ios', changed: false },
    { name: 'pe6', dialect: 'ios', changed: false },
    { name: 'tr1', dialect: 'eos', changed: false },
  ]);
  lab = labs[0]?.id ?? '';
});

test('an edit, its finding with the rule behind it, and its fix', async () => {
  const uri = uriOf(pe1);
  const text = textOf(pe1);
  await client.open(uri, text);
  const before = await client.diagnostics(uri);
  expect(before.filter(({ severity }) => severity === 1)).toEqual([]);

  const changed = readFileSync(join(project, 'labs/edge-slice/changes/wrong-remote-as/configs/pe1.cfg'), 'utf8');
  await client.replace(uri, changed);
  const findings = await client.eventually(
    () => client.diagnostics(uri),
    (all) => all.some(({ code }) => code === 'bgp-session-mismatch'),
  );
  const mismatch = findings.find(({ code }) => code === 'bgp-session-mismatch');
  expect(mismatch?.relatedInformation?.[0]?.location.uri).toContain('configs/');
  const start = mismatch!.range.start;
  const hover = await client.at<Hover>('textDocument/hover', uri, start);
  expect(JSON.stringify(hover.contents)).toContain('bgp-session-mismatch');
  const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri },
    range: mismatch!.range,
    context: { diagnostics: [] },
  });
  expect(Array.isArray(actions)).toBe(true);
});

test('saving tells that the change would be blocked', async () => {
  const uri = uriOf(pe1);
  writeFileSync(
    join(workspace, pe1),
    readFileSync(join(project, 'labs/edge-slice/changes/wrong-remote-as/configs/pe1.cfg')),
  );
  await client.save(uri);
  const verdict = await client.until<VerdictEvent>('aegis/verdict');
  expect(verdict).toMatchObject({ verdict: 'blocked', source: 'save', lab });
  const all = await client.eventually(
    () => client.diagnostics(uri),
    (items) => items.some(({ code }) => code === 'preflight'),
  );
  expect(all.find(({ code }) => code === 'preflight')?.message).toContain('would be blocked');
});

test('the state difference as documents, and counts at the changed lines', async () => {
  const diff = await client.request<StateDiffResult>('aegis/stateDiff', { lab });
  expect(diff.devices.find(({ device }) => device === 'pe1')?.sessionsLost).toBeGreaterThan(0);
  const whole = diff.documents.find(({ device }) => device === null)!;
  const [before, after] = await Promise.all(
    [whole.before, whole.after].map((uri) => client.request<string>('aegis/ribDocument', { uri })),
  );
  expect(before).toContain('established');
  expect(after).not.toBe(before);
  expect(diff.lines).toEqual([expect.objectContaining({ uri: uriOf(pe1), text: expect.stringContaining('session') })]);
});

test('a preflight that is cancelled ends, and leaves nothing', async () => {
  const source = new CancellationTokenSource();
  const running = client.connection.sendRequest('aegis/preflight', { lab, token: 'cancelled' }, source.token);
  const ended = expect(running).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
  await client.until<StageEvent>('aegis/stage', ({ token }) => token === 'cancelled');
  source.cancel();
  await ended;
  expect(await client.request<EvidenceResult>('aegis/evidence', undefined)).toEqual([]);
  expect(client.heard<StageEvent>('aegis/stage').some(({ id, token }) => id === 'seal' && token === 'cancelled')).toBe(
    false,
  );
});

let evidenceFolder: string;

test('a preflight reports every stage, and seals its evidence', async () => {
  const result = await client.request<PreflightResult>('aegis/preflight', {
    lab,
    intent: 'Correct the AS of the customer',
    token: 'one',
  });
  expect(result.verdict).toBe('blocked');
  expect(result.reasons.some(({ uri }) => uri === uriOf(pe1))).toBe(true);
  const stages = client.heard<StageEvent>('aegis/stage').filter(({ token }) => token === 'one');
  const ended = stages.filter(({ status }) => status !== 'running');
  expect(ended.map(({ index }) => index)).toEqual([...Array(ended[0]?.total).keys()]);
  expect(ended.at(-1)).toMatchObject({ id: 'seal', status: 'passed' });
  evidenceFolder = result.evidenceFolder;
  const runs = await client.request<EvidenceResult>('aegis/evidence', undefined);
  expect(runs).toEqual([
    expect.objectContaining({ runId: result.runId, folder: evidenceFolder, lab: 'edge-slice', verdict: 'blocked' }),
  ]);
});

test('evidence verifies, is exported, and one changed byte is found', async () => {
  const good = await client.request<VerifyEvidenceResult>('aegis/verifyEvidence', { folder: evidenceFolder });
  expect(good.checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(good.ok).toBe(true);
  const destination = join(folder, 'exported');
  const copy = await client.request<ExportEvidenceResult>('aegis/exportEvidence', {
    folder: evidenceFolder,
    destination,
  });
  expect(existsSync(copy.report)).toBe(true);
  const file = join(copy.folder, 'configs/after/pe1.cfg');
  writeFileSync(file, `${readFileSync(file, 'utf8')}!`);
  const bad = await client.request<VerifyEvidenceResult>('aegis/verifyEvidence', { folder: copy.folder });
  expect(bad.ok).toBe(false);
  expect(bad.checks.some(({ detail }) => detail.includes('configs/after/pe1.cfg'))).toBe(true);
});

test('the server ends when it is told to', async () => {
  await client.shutdown();
  expect(await started.ended).toBe(0);
  expect(started.errors()).toBe('');
});
