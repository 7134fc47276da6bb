import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { packagedFiles } from '../../.scripts/build/package-extension.ts';
import { whyStale } from '../../.scripts/install-packages.mjs';
import { runProcess } from '../../.scripts/test/run-process.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aegis-scripts-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a process of npm test', () => {
  const run = (program: string, limit = 20_000) =>
    runProcess({ command: process.execPath, arguments: ['-e', program], limit, log: join(folder, 'log'), show: false });

  test('gives its exit code and its output', async () => {
    expect(await run("console.log('said'); process.exit(3)")).toEqual({ code: 3, output: 'said\n', problem: null });
    expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('said\n');
  });

  test('is ended at its time limit, together with what it started', async () => {
    const outcome = await run(
      `const { spawn } = require('node:child_process');
       const child = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)'], { stdio: 'inherit' });
       console.log(child.pid);`,
      1_500,
    );
    expect(outcome.problem).toBe('It did not end within 2 s.');
    // The signal has been sent; the kernel may need a moment to carry it out.
    await expect.poll(() => isRunning(Number(outcome.output))).toBe(false);
  });

  test('leaves nothing running behind it', async () => {
    const outcome = await run(
      `const { spawn } = require('node:child_process');
       const child = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)'], { stdio: 'ignore' });
       console.log(child.pid);
       process.exit(0);`,
    );
    expect(outcome.code).toBe(0);
    await expect.poll(() => isRunning(Number(outcome.output))).toBe(false);
  });

  test('ends when npm test is interrupted', async () => {
    const pidFile = join(folder, 'pid');
    const sleeper = `require('node:fs').writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); setInterval(() => 0, 1000)`;
    const module = new URL('../../.scripts/test/run-process.ts', import.meta.url).href;
    const program = `
      process.on('SIGINT', () => process.exit(130));
      const { runProcess } = await import(${JSON.stringify(module)});
      await runProcess({ command: process.execPath, arguments: ['-e', ${JSON.stringify(sleeper)}],
        limit: 60_000, log: ${JSON.stringify(join(folder, 'log'))}, show: false });`;
    const runner = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'inherit' });
    await expect
      .poll(() => existsSync(pidFile) && isRunning(Number(readFileSync(pidFile))), { timeout: 10_000 })
      .toBe(true);
    runner.kill('SIGINT');
    await expect.poll(() => isRunning(Number(readFileSync(pidFile))), { timeout: 10_000 }).toBe(false);
  });

  test('that does not exist is told by name', async () => {
    const log = join(folder, 'log');
    const outcome = await runProcess({ command: 'no-such-program', arguments: [], limit: 5_000, log, show: false });
    expect(outcome.problem).toMatch(/^no-such-program does not start: /);
  });
});

describe('installed packages are', () => {
  const lock = (packages: object): string => JSON.stringify({ packages: { '': {}, ...packages } });
  const wants = (packages: object): void => writeFileSync(join(folder, 'package-lock.json'), lock(packages));
  const has = (packages: object): void => {
    mkdirSync(join(folder, 'node_modules'));
    writeFileSync(join(folder, 'node_modules', '.package-lock.json'), lock(packages));
  };

  test('stale when there are none', () => {
    wants({});
    expect(whyStale(folder)).toBe('nothing is installed yet');
  });

  test('stale when one is missing or has another version', () => {
    wants({ 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '2.0.0' } });
    has({ 'node_modules/a': { version: '1.0.0' } });
    expect(whyStale(folder)).toBe('node_modules/b is missing');
    wants({ 'node_modules/a': { version: '1.1.0' } });
    expect(whyStale(folder)).toBe('node_modules/a is 1.0.0, the lock file says 1.1.0');
  });

  test('fresh when only those of other platforms are missing', () => {
    wants({ 'node_modules/a': { version: '1.0.0' }, 'node_modules/other': { version: '1.0.0', optional: true } });
    has({ 'node_modules/a': { version: '1.0.0' } });
    expect(whyStale(folder)).toBeNull();
  });
});

test('the packaged extension holds the program and the pages about it, and nothing else', async () => {
  const files = await packagedFiles();
  const allowed =
    /^(package(\.nls[^/]*)?\.json|README\.md|LICENSE|dist\/(aegis(\.policy)?\.schema\.json|[^/]+\.(cjs|mjs)|NOTICES\.txt|fonts\/.*)|syntaxes\/.*|client\/(l10n|media|walkthrough)\/.*)$/;
  expect(files).toContain('package.json');
  expect(files.filter((file) => !allowed.test(file))).toEqual([]);
});

function isRunning(pid: number): boolean {
  // A process that has ended but is not yet collected by its parent counts as ended.
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
