import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { Range } from 'vscode-languageserver-protocol/node';
import { type BenchmarkRow, percentiles } from '../support/benchmark.ts';
import { type LanguageClient, startServer } from '../support/language-client.ts';
import { largeConfiguration } from '../support/large-configuration.ts';
import { writeLargeLab } from '../support/large-lab.ts';

export const name = 'Editor over stdio: milliseconds from what a person does to the answer';

const project = resolve(import.meta.dirname, '../..');
const server = join(project, 'dist/server.mjs');
const KEYSTROKES = 100;
const WARM_UP = 20;

export async function run(): Promise<readonly BenchmarkRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'aegis-bench-'));
  try {
    const lab = join(folder, 'lab');
    cpSync(join(project, 'labs/dcn-10node'), lab, { recursive: true });
    const rings: BenchmarkRow[] = [];
    for (const size of [10, 100, 200]) {
      const ring = join(folder, `ring${size}`);
      rings.push(...(await inLab(`ring of ${size} devices`, ring, writeLargeLab(ring, size))));
    }
    return [
      await startUp(lab),
      ...(await standalone(folder)),
      ...(await inLab('dcn-10node', lab, join(lab, 'configs/border1.cfg'))),
      ...(await idle(lab, join(lab, 'configs/border1.cfg'))),
      ...rings,
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const row = (what: string, samples: readonly number[]): BenchmarkRow => ({ what, ...percentiles(samples) });

/** Runs with a server of its own, which ends with it. */
async function served<T>(folder: string, use: (client: LanguageClient) => Promise<T>): Promise<T> {
  const { client, child, ended } = startServer(server);
  try {
    await client.initialize({ folders: [folder], initializationOptions: { trusted: true } });
    return await use(client);
  } finally {
    child.kill();
    await ended;
  }
}

async function startUp(lab: string): Promise<BenchmarkRow> {
  const samples: number[] = [];
  for (let run = 0; run < 8; run += 1) {
    const start = performance.now();
    await served(lab, async () => void samples.push(performance.now() - start));
  }
  return row('start of the process to the answer of initialize', samples);
}

/** What the server's process computes in each of a few seconds in which nobody asks for anything (Linux alone tells). */
async function idle(lab: string, file: string): Promise<readonly BenchmarkRow[]> {
  if (!existsSync('/proc/self/stat')) return [];
  const { client, child, ended } = startServer(server);
  try {
    await client.initialize({ folders: [lab], initializationOptions: { trusted: true } });
    await client.request('aegis/labs', undefined);
    const uri = pathToFileURL(file).href;
    await client.open(uri, readFileSync(file, 'utf8'));
    await client.report(uri);
    // The engine's thread ends what the opening began.
    await delay(3_000);
    const samples: number[] = [];
    for (let second = 0; second < 5; second += 1) {
      const before = processorTime(child.pid);
      await delay(1_000);
      samples.push(processorTime(child.pid) - before);
    }
    return [row('dcn-10node: processor time in an idle second', samples)];
  } finally {
    child.kill();
    await ended;
  }
}

/** Milliseconds of processor time of a process and its threads, in steps of 10 (proc(5): fields 14 and 15 of stat). */
function processorTime(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function standalone(folder: string): Promise<readonly BenchmarkRow[]> {
  const uri = pathToFileURL(join(folder, 'edge1.cfg')).href;
  const text = largeConfiguration(10_000);
  writeFileSync(join(folder, 'edge1.cfg'), text);
  return served(folder, async (client) => {
    await client.open(uri, text, 'aegis-ios');
    return [
      row('10,000 lines: keystroke to the diagnostics', await keystrokes(client, uri, text)),
      row('10,000 lines: new line to the diagnostics', await newLines(client, uri, text)),
      row('10,000 lines: hover', await questions(client, uri, text, 'textDocument/hover')),
      row('10,000 lines: completion', await questions(client, uri, text, 'textDocument/completion')),
      row('10,000 lines: outline', await questions(client, uri, text, 'textDocument/documentSymbol')),
    ];
  });
}

/** The diagnostics of a lab's file are those of all its devices: what faces the edited line is judged again with it. */
async function inLab(what: string, lab: string, file: string): Promise<readonly BenchmarkRow[]> {
  const text = readFileSync(file, 'utf8');
  const uri = pathToFileURL(file).href;
  return served(lab, async (client) => {
    await client.request('aegis/labs', undefined);
    await client.open(uri, text);
    return [
      row(`${what}: keystroke to the diagnostics`, await keystrokes(client, uri, text)),
      row(`${what}: hover`, await questions(client, uri, text, 'textDocument/hover')),
      row(`${what}: completion`, await questions(client, uri, text, 'textDocument/completion')),
    ];
  });
}

/** Types into a description in the middle of the file, one character after the other. */
async function keystrokes(client: LanguageClient, uri: string, text: string): Promise<readonly number[]> {
  const lines = text.split('\n');
  const middle = lines.findIndex((line, index) => index > lines.length / 2 && line.includes('description'));
  const line = middle < 0 ? lines.findIndex((one) => one.includes('description')) : middle;
  const column = (lines[line] ?? '').length;
  return edits(client, uri, (stroke) => {
    const at = { line, character: column + stroke };
    return { range: { start: at, end: at }, text: 'x' };
  });
}

/** Puts a line into the middle of the file and takes it away again: all that is below moves. */
async function newLines(client: LanguageClient, uri: string, text: string): Promise<readonly number[]> {
  const line = Math.floor(text.split('\n').length / 2);
  const [start, below] = [
    { line, character: 0 },
    { line: line + 1, character: 0 },
  ];
  return edits(client, uri, (stroke) =>
    stroke % 2 === 0 ? { range: { start, end: start }, text: '!\n' } : { range: { start, end: below }, text: '' },
  );
}

async function edits(
  client: LanguageClient,
  uri: string,
  edit: (stroke: number) => { readonly range: Range; readonly text: string },
): Promise<readonly number[]> {
  let { resultId } = await client.report(uri);
  const samples: number[] = [];
  for (let stroke = 0; stroke < KEYSTROKES + WARM_UP; stroke += 1) {
    const { range, text } = edit(stroke);
    const start = performance.now();
    await client.edit(uri, range, text);
    ({ resultId } = await client.report(uri, resultId));
    if (stroke >= WARM_UP) samples.push(performance.now() - start);
  }
  return samples;
}

async function questions(
  client: LanguageClient,
  uri: string,
  text: string,
  method: string,
): Promise<readonly number[]> {
  const lines = text.split('\n').length;
  const samples: number[] = [];
  for (let question = 0; question < KEYSTROKES + WARM_UP; question += 1) {
    const position = { line: (question * 97) % lines, character: 4 };
    const start = performance.now();
    await client.at(method, uri, position);
    if (question >= WARM_UP) samples.push(performance.now() - start);
  }
  return samples;
}
