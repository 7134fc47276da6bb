import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { assess } from '../assess.ts';
import { labOf } from '../fixtures/lab.ts';
import type { RunFacts } from '../framework.ts';
import { frameworks } from './index.ts';

const lab = labOf({
  r1: { dialect: 'ios', text: 'hostname r1\nrouter bgp 64500\n neighbor 192.0.2.2 remote-as 64501\n' },
  r2: { dialect: 'frr', text: 'router bgp 64500\n neighbor 192.0.2.2 remote-as 64501\n' },
});
const of = (run: RunFacts, id: string) => assess(lab, { run }).filter(({ control }) => control === id);

const tested: RunFacts = {
  twin: { engine: 'simulator', converged: true, sessionsLost: 0, adjacenciesLost: 0 },
  stateDiff: { routes: 2, sessions: 0, adjacencies: 0 },
  rollback: { executed: true, restored: true },
  staticErrors: 0,
};

describe('frameworks', () => {
  it('are the files of the folder, each by its own name', () => {
    const files = readdirSync(import.meta.dirname)
      .filter((name) => !/^index\.|\.test\.ts$/.test(name))
      .map((name) => name.replace(/\.ts$/, ''));
    expect([...frameworks.map(({ id }) => id)].sort()).toEqual(files.sort());
  });

  it('have at least 100 controls beside the STIG rules, each once', () => {
    const rows = assess(lab).filter(({ framework }) => framework !== 'DISA STIG');
    expect(rows.length).toBeGreaterThanOrEqual(100);
    const names = rows.map(({ framework, control }) => `${framework} ${control}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it('say on what each answer rests, and never that anything is certified', () => {
    for (const row of assess(lab, { run: tested })) {
      expect(row.evidence.length, `${row.framework} ${row.control}`).toBeGreaterThan(0);
      expect(JSON.stringify(row)).not.toMatch(/certif/i);
    }
  });

  it('have benchmarks for the systems of the lab alone, the generic one with its remark', () => {
    const sections = new Set(
      assess(lab)
        .filter(({ framework }) => framework === 'DISA STIG')
        .map(({ section }) => section),
    );
    expect([...sections]).toEqual([
      'Cisco IOS XE Router RTR STIG',
      'Cisco IOS XE Router NDM STIG',
      'Router Security Requirements Guide',
    ]);
    const [generic] = of({}, 'SRG-NET-000362-RTR-000124');
    expect(generic?.evidence[0]?.text).toMatch(/no STIG/);
  });
});

describe('what the run shows', () => {
  it('passes a test of the change only when the twin ran, converged and lost nothing', () => {
    expect(of(tested, 'CM-3(2)')[0]?.status).toBe('pass');
    expect(of({}, 'CM-3(2)')[0]?.status).toBe('not_tested');
    expect(of({ ...tested, staticErrors: 1 }, 'CM-3(2)')[0]?.status).toBe('fail');
    const lost = { ...tested, twin: { engine: 'simulator', converged: true, sessionsLost: 1, adjacenciesLost: 0 } };
    expect(of(lost, 'CM-3(2)')[0]?.status).toBe('fail');
    const unstable = {
      ...tested,
      twin: { engine: 'simulator', converged: false, sessionsLost: 0, adjacenciesLost: 0 },
    };
    expect(of(unstable, 'CM-3(2)')[0]?.status).toBe('fail');
    expect(of(unstable, 'CM-4')[0]?.status).toBe('not_tested');
  });

  it('passes recovery only when the way back was carried out and restored the state', () => {
    expect(of(tested, 'CP-10')[0]?.status).toBe('pass');
    expect(of({ ...tested, rollback: { executed: false, restored: false } }, 'CP-10')[0]?.status).toBe('not_tested');
    expect(of({ ...tested, rollback: { executed: true, restored: false } }, 'CP-10')[0]?.status).toBe('fail');
  });

  it('leaves untested what is out of scope or comes after the change: that is not the same as not applicable', () => {
    const rows = assess(lab, { run: tested }).filter(
      (row) => row.class === 'out-of-scope' || row.class === 'post-deployment',
    );
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(['not_tested']));
  });

  it('does not take new flows for wanted ones', () => {
    expect(
      of({ ...tested, reachability: { compared: 10, lost: 0, gained: 1, incomplete: false } }, 'AC-4')[0]?.status,
    ).not.toBe('pass');
  });
});
