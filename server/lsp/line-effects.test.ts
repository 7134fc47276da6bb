import { expect, test } from 'vitest';
import type { EngineEffect, StateDiffOutcome } from '../engine/engine.ts';
import { lineEffects } from './line-effects.ts';

const NOTHING: StateDiffOutcome = {
  lab: 'lab',
  baseline: 'HEAD',
  counts: { routesAdded: 0, routesRemoved: 0, routesChanged: 0, sessionsLost: 0, sessionsAdded: 0, devicesAffected: 0 },
  devices: [],
  before: '',
  after: '',
  changes: [],
  causes: [],
  unattributed: [],
  details: [],
  sessions: [],
};
const place = (line: number, count: number) => ({ node: 'r1', file: 'r1.cfg', line, count });
const route = (change: EngineEffect['change'], prefix: string): EngineEffect => ({
  ...{ kind: 'route', node: 'r2', vrf: 'default', change },
  what: `route ${prefix} ${change}`,
});

test('each stretch says what it causes, and one that causes nothing says so', () => {
  const found = lineEffects({
    ...NOTHING,
    changes: [place(3, 1), place(9, 2)],
    causes: [
      {
        ...{ lines: [place(3, 1)], rests: 'each', narrowed: true },
        effects: [route('removed', '203.0.113.0/24'), route('removed', '198.51.100.0/24'), route('added', '0.0.0.0/0')],
      },
    ],
  });
  expect(found.map(({ line, text }) => [line, text])).toEqual([
    [3, '-2 routes, +1 route'],
    [9, 'no change of state'],
  ]);
  expect(found[0]!.detail[0]).toBe('Found by re-running without these lines: then this does not happen.');
  expect(found[0]!.detail).toContain('r2: route 203.0.113.0/24 removed');
});

test('removed lines are told at the line above them', () => {
  const [found] = lineEffects({
    ...NOTHING,
    changes: [place(3, 0)],
    causes: [{ lines: [place(3, 0)], rests: 'each', narrowed: true, effects: [route('removed', '203.0.113.0/24')] }],
  });
  expect([found?.line, found?.text]).toEqual([2, '-1 route']);
});

test('what is tied to no line is not kept silent', () => {
  const [found] = lineEffects({
    ...NOTHING,
    changes: [place(3, 1)],
    unattributed: [route('changed', '203.0.113.0/24')],
  });
  expect(found?.detail).toContain('Tied to no line: ~1 route.');
});
