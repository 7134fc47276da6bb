import { expect, test } from 'vitest';
import { Cancelled } from '../engine/cancellation.ts';
import type { StateDiffOutcome } from '../engine/engine.ts';
import { LabEffects } from './lab-effects.ts';
import type { WorkspaceLab } from './workspace.ts';

const LAB: WorkspaceLab = { path: '/lab.clab.yml', name: 'lab', format: 'containerlab', workspaceFolder: '/' };

/** Effects of a lab whose files and answers the test decides. */
function effectsOf(compute: (run: number, signal: AbortSignal) => Promise<StateDiffOutcome>) {
  const at = { revision: 1, runs: 0, known: 0, log: [] as string[] };
  const effects = new LabEffects({
    trusted: true,
    revisionOf: async () => at.revision,
    baselineOf: () => 'HEAD',
    compute: (_, signal) => {
      at.runs += 1;
      return compute(at.runs, signal);
    },
    known: () => {
      at.known += 1;
    },
    log: (message) => at.log.push(message),
  });
  return { at, effects };
}

const outcome = (lab: string): StateDiffOutcome => ({ lab }) as StateDiffOutcome;
const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Cancelled())));

test('a state is computed once for the same files, and again when they differ', async () => {
  const { at, effects } = effectsOf(async (run) => outcome(`run ${run}`));
  const [first, second] = await Promise.all([effects.get(LAB), effects.get(LAB)]);
  expect([first?.outcome.lab, second?.outcome.lab, at.runs, at.known]).toEqual(['run 1', 'run 1', 1, 1]);
  at.revision = 2;
  expect((await effects.get(LAB))?.outcome.lab).toBe('run 2');
});

test('an edit ends what is being computed, and what was known last is kept', async () => {
  const { at, effects } = effectsOf((run, signal) =>
    run === 1 ? Promise.resolve(outcome('old')) : untilAborted(signal),
  );
  await effects.get(LAB);
  at.revision = 2;
  const running = effects.get(LAB);
  await Promise.resolve();
  while (at.runs < 2) await new Promise((resolve) => setImmediate(resolve));
  effects.cancel(LAB.path);
  expect(await running).toBeUndefined();
  expect(effects.last(LAB)?.outcome.lab).toBe('old');
  expect(at.log).toEqual([]);
});

test('a lab that cannot be simulated is named once for one reason, and not tried again unchanged', async () => {
  const { at, effects } = effectsOf(async () => Promise.reject(new Error('r1.cfg is missing.')));
  expect(await effects.get(LAB)).toBeUndefined();
  expect(await effects.get(LAB)).toBeUndefined();
  at.revision = 2;
  expect(await effects.get(LAB)).toBeUndefined();
  expect([at.runs, at.log]).toEqual([2, ['The routes of lab are not known: r1.cfg is missing.']]);
});
