import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readSuiteResult, resultFileVariable, type SuiteResult } from '../../tests/support/suite-result.ts';
import { findBrowser } from '../../tests/vscode/harness/browser.ts';
import { isCodeServerInstalled } from '../../tests/vscode/harness/install.ts';
import { projectFolder } from '../install-packages.mjs';
import { type ProcessOutcome, runProcess } from './run-process.ts';

const output = join(projectFolder, '.test-output');
export const logFolder = join(output, 'logs');
export const resultFolder = join(output, 'results');

export interface Suite {
  /** What `npm test -- <id>` names. */
  readonly id: string;
  readonly title: string;
  /** Why the suite cannot run here; null when it can. */
  readonly obstacle: () => string | null;
  readonly run: () => Promise<SuiteResult>;
}

const nothing = (): null => null;
const tool = (name: string): string => join(projectFolder, 'node_modules', '.bin', name);
const codeServerObstacle = (): string | null => {
  if (findBrowser() === null) return 'there is no Chromium';
  return isCodeServerInstalled() ? null : 'code-server is not installed';
};

/** A check that passes or fails as a whole. */
function check(id: string, title: string, command: string, checkArguments: readonly string[]): Suite {
  const run = async (): Promise<SuiteResult> => {
    const log = join(logFolder, `${id}.log`);
    const outcome = await runProcess({
      command: tool(command),
      arguments: checkArguments,
      limit: 120_000,
      log,
      show: false,
    });
    if (outcome.code === 0) return { passed: 1, failures: [], skipped: [] };
    console.log(outcome.output);
    return { passed: 0, failures: [{ name: title, message: outcome.problem ?? `see ${log}` }], skipped: [] };
  };
  return { id, title, obstacle: nothing, run };
}

/** A runner that writes its counts into a file. Ending without them, or badly with no failure in them, is a failure. */
async function counted(
  id: string,
  limit: number,
  command: string,
  runnerArguments: readonly string[],
): Promise<SuiteResult> {
  const resultFile = join(resultFolder, `${id}.json`);
  const outcome = await runProcess({
    command,
    arguments: runnerArguments,
    environment: { [resultFileVariable]: resultFile },
    limit,
    log: join(logFolder, `${id}.log`),
    show: true,
  });
  const result = await readSuiteResult(resultFile);
  const problem = endedBadly(outcome, result);
  if (problem === null) return result!;
  const failures = [...(result?.failures ?? []), { name: id, message: problem }];
  return { passed: result?.passed ?? 0, failures, skipped: result?.skipped ?? [] };
}

function endedBadly(outcome: ProcessOutcome, result: SuiteResult | null): string | null {
  if (outcome.problem !== null) return outcome.problem;
  if (result === null) return `It ended with exit code ${outcome.code} before it could count its tests.`;
  if (outcome.code !== 0 && result.failures.length === 0) return `It ended with exit code ${outcome.code}.`;
  if (result.passed + result.failures.length + result.skipped.length === 0) return 'It ran no test.';
  return null;
}

const node = process.execPath;
const vscodeTest = (file: string): readonly string[] => [join('tests', 'vscode', file)];

/** Every suite of `npm test`, in the order in which they run. */
export const suites: readonly Suite[] = [
  check('types', 'Types', 'tsc', []),
  check('lint', 'Format and lint', 'biome', ['ci', '--colors=off']),
  check('layers', 'Layers', 'depcruise', [
    '--config',
    '.dependency-cruiser.cjs',
    ...['core', 'server', 'client'].filter((part) => existsSync(join(projectFolder, part))),
  ]),
  {
    id: 'unit',
    title: 'Unit, protocol and command line',
    obstacle: nothing,
    run: () =>
      counted('unit', 600_000, tool('vitest'), [
        ...['run', '--config', '.vitest.config.ts', '--no-color'],
        ...['--reporter', 'dot', '--reporter', '.scripts/test/vitest-reporter.ts'],
      ]),
  },
  {
    id: 'extension-host',
    title: 'Extension host (code-server)',
    obstacle: codeServerObstacle,
    run: () => counted('extension-host', 240_000, node, vscodeTest('run-extension-host.ts')),
  },
  // Only where a desktop's VS Code is given, or may be downloaded.
  ...(process.env.AEGIS_VSCODE_PATH || process.env.AEGIS_TEST_ELECTRON === '1'
    ? [
        {
          id: 'electron',
          title: 'Extension host (desktop)',
          obstacle: () =>
            process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY
              ? null
              : 'there is no display; start it under xvfb-run',
          run: () => counted('electron', 600_000, node, vscodeTest('run-electron.ts')),
        },
      ]
    : []),
  {
    id: 'user-interface',
    title: 'User interface (packaged extension)',
    obstacle: codeServerObstacle,
    run: () => counted('user-interface', 600_000, node, vscodeTest('run-user-interface.ts')),
  },
];
