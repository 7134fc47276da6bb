import { describe, expect, it } from 'vitest';
import { simulatorBackend } from '../../backends/simulator.ts';
import { parseConfig } from '../../config/parse.ts';
import { buildBundle } from '../bundle.ts';
import { changeOf, pair } from '../fixtures/lab.ts';
import { runPreflight } from '../preflight.ts';

const LAB = pair();
const R1 = LAB.configs.r1 as string;

/** The verdict of a change of r1 in a lab with these declarations before and after it. */
async function judge(text: string, before: string, after = before) {
  const change = await changeOf(LAB, { r1: text });
  const file = (yaml: string) => ({ labFile: { file: '/lab/aegis.yml', text: yaml } });
  const outcome = await runPreflight(
    {
      change: { ...change, before: { ...change.before, ...file(before) }, after: { ...change.after, ...file(after) } },
      baseline: 'HEAD',
      operator: 'tester',
    },
    {
      backend: simulatorBackend(),
      parse: parseConfig,
      clock: { now: () => '2026-01-01T00:00:00Z', monotonic: () => 0 },
      runId: 'run-1',
      tool: { name: 'aegis', version: '0' },
    },
  );
  const { bundle } = buildBundle(outcome.run, outcome.verdict);
  return {
    value: outcome.verdict.value,
    codes: outcome.verdict.reasons.map(({ code }) => code),
    rows:
      bundle.invariants.status === 'checked'
        ? bundle.invariants.rows.map(({ id, before: was, after: is }) => `${id} ${was} ${is}`)
        : [],
    stage: outcome.stages.find(({ id }) => id === 'invariants'),
  };
}

const declare = (kind: string, settings: string): string => `invariants:\n  - {id: it, ${kind}: ${settings}}\n`;
const HARMLESS = `${R1}ip route 10.9.0.0/24 10.0.0.1\n`;

describe('the invariants of a lab', () => {
  it('let a change pass that leaves them as they are', async () => {
    const { value, rows } = await judge(HARMLESS, declare('reachable', '{from: r1, to: 10.2.0.9}'));
    expect(rows).toEqual(['it held held']);
    expect(value).toBe('ship_ready');
  });

  it('block a change that breaks one', async () => {
    const { value, codes, rows } = await judge(HARMLESS, declare('prefix-absent', '{device: r1, prefix: 10.9.0.0/24}'));
    expect(rows).toEqual(['it held broken']);
    expect(value).toBe('blocked');
    expect(codes).toContain('invariant-broken');
  });

  it('ask for an approval when one was broken before and still is', async () => {
    const { value, codes, rows } = await judge(HARMLESS, declare('reachable', '{from: r1, to: 172.16.0.1}'));
    expect(rows).toEqual(['it broken broken']);
    expect(value).toBe('needs_approval');
    expect(codes).toContain('invariant-open');
  });

  it('still count when the change takes the declaration away that it breaks', async () => {
    const { value, codes, rows } = await judge(
      HARMLESS,
      declare('prefix-absent', '{device: r1, prefix: 10.9.0.0/24}'),
      'invariants: []\n',
    );
    expect(rows).toEqual(['it held broken']);
    expect(value).toBe('blocked');
    expect(codes).toContain('invariant-broken');
  });

  it('ask for an approval when a declaration that holds is withdrawn', async () => {
    const { value, codes } = await judge(
      HARMLESS,
      declare('reachable', '{from: r1, to: 10.2.0.9}'),
      'invariants: []\n',
    );
    expect(value).toBe('needs_approval');
    expect(codes).toContain('invariant-open');
  });

  it('fail their stage when the file cannot be used: nothing is ready then', async () => {
    const { value, stage } = await judge(HARMLESS, declare('reachable', '{from: r1, to: r9}'));
    expect(stage).toMatchObject({ status: 'failed' });
    expect(value).toBe('needs_approval');
  });
});
