import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StageStatus } from './stage.ts';
import { stages } from './stages.ts';
import { decideVerdict, type VerdictFacts } from './verdict.ts';

const required = stages.filter((stage) => stage.required).map(({ id }) => id);
const ready: VerdictFacts = {
  stages: stages.map(({ id, title }) => ({ id, title, status: 'passed', summary: 'Done.' })),
  requiredStages: required,
  refusals: [],
  changedDevices: 1,
  rejectedLines: [],
  introducedP0: [],
  introducedP1: [],
  convergedBefore: true,
  convergedAfter: true,
  lostSessions: [],
  removedSessions: [],
  outsideEffects: [],
  removedRoutes: 0,
  movedRoutes: 0,
  unmodelledLines: [],
  caveats: [],
  residualDifferences: 0,
  tier: 'low',
  authority: 'AUTO',
  egress: [],
};
const statement = [{ message: 'Something.' }];

describe('the verdict', () => {
  it('is ship_ready when every required stage passed and nothing was found', () => {
    expect(decideVerdict(ready)).toMatchObject({ value: 'ship_ready', reasons: [{ code: 'all-passed' }] });
  });

  it.each<[string, Partial<VerdictFacts>]>([
    ['refused', { refusals: statement }],
    ['rejected-line', { rejectedLines: statement }],
    ['guard-p0', { introducedP0: statement }],
    ['no-convergence', { convergedAfter: false }],
    ['session-lost', { lostSessions: statement }],
    ['authority-block', { authority: 'BLOCK' }],
    ['egress', { egress: ['192.0.2.1:443'] }],
  ])('is blocked by %s', (code, facts) => {
    expect(decideVerdict({ ...ready, ...facts })).toMatchObject({ value: 'blocked', reasons: [{ code }] });
  });

  it.each<[string, Partial<VerdictFacts>]>([
    ['no-change', { changedDevices: 0 }],
    ['baseline-unstable', { convergedBefore: false }],
    ['session-removed', { removedSessions: statement }],
    ['outside-neighbour', { outsideEffects: statement }],
    ['routes-removed', { removedRoutes: 1 }],
    ['best-paths-moved', { movedRoutes: 2 }],
    ['line-not-modelled', { unmodelledLines: statement }],
    ['language-not-modelled', { unknownLanguages: statement }],
    ['companion-changed', { companionChanges: statement }],
    ['caveat', { caveats: statement }],
    ['guard-p1', { introducedP1: statement }],
    ['rollback-residual', { residualDifferences: 1 }],
    ['risk-tier', { tier: 'medium' }],
    ['authority', { authority: 'HITL' }],
  ])('needs an approval for %s', (code, facts) => {
    expect(decideVerdict({ ...ready, ...facts })).toMatchObject({ value: 'needs_approval', reasons: [{ code }] });
  });

  it('names what blocks first, and keeps the rest', () => {
    const { value, reasons } = decideVerdict({ ...ready, tier: 'critical', removedRoutes: 3, lostSessions: statement });
    expect(value).toBe('blocked');
    expect(reasons.map(({ code }) => code)).toEqual(['session-lost', 'routes-removed', 'risk-tier']);
  });

  it('is never ship_ready unless every required stage ran, once, and passed', () => {
    const status = fc.constantFrom<StageStatus>('passed', 'failed', 'skipped', 'not_run');
    const records = fc.array(
      fc.record({
        id: fc.constantFrom(...stages.map(({ id }) => id)),
        title: fc.constant('A stage'),
        status,
        summary: fc.constant('As found.'),
      }),
      { maxLength: 2 * stages.length },
    );
    const list = fc.constantFrom([], statement);
    const facts = fc.record<VerdictFacts>(
      {
        stages: fc.oneof(
          records,
          fc.tuple(
            ...stages.map(({ id, title }) =>
              status.map((value) => ({ id, title, status: value, summary: 'As found.' })),
            ),
          ),
        ),
        requiredStages: fc.constant(required),
        refusals: list,
        changedDevices: fc.nat(2),
        rejectedLines: list,
        introducedP0: list,
        introducedP1: list,
        convergedBefore: fc.boolean(),
        convergedAfter: fc.boolean(),
        lostSessions: list,
        removedSessions: list,
        outsideEffects: list,
        removedRoutes: fc.nat(2),
        movedRoutes: fc.nat(2),
        unmodelledLines: list,
        unknownLanguages: list,
        companionChanges: list,
        caveats: list,
        residualDifferences: fc.nat(1),
        tier: fc.constantFrom('low', 'medium', 'high', 'critical'),
        authority: fc.constantFrom('AUTO', 'HOTL', 'HITL', 'BLOCK'),
        egress: fc.constantFrom([], ['192.0.2.1:443']),
      },
      {
        requiredKeys: [
          'stages',
          'requiredStages',
          'refusals',
          'changedDevices',
          'rejectedLines',
          'introducedP0',
          'introducedP1',
          'unmodelledLines',
        ],
      },
    );
    fc.assert(
      fc.property(facts, (found) => {
        const { value, reasons } = decideVerdict(found);
        expect(reasons.length).toBeGreaterThan(0);
        if (value !== 'ship_ready') return;
        for (const id of required)
          expect(found.stages.filter((stage) => stage.id === id).map((stage) => stage.status)).toEqual(['passed']);
      }),
      { numRuns: 2000 },
    );
  });

  it('is not ship_ready when any single required stage ended otherwise', () => {
    for (const id of required) {
      for (const status of ['failed', 'skipped', 'not_run'] as const) {
        const changed = ready.stages.map((stage) => (stage.id === id ? { ...stage, status } : stage));
        expect(decideVerdict({ ...ready, stages: changed }).value).not.toBe('ship_ready');
      }
      expect(decideVerdict({ ...ready, stages: ready.stages.filter((stage) => stage.id !== id) }).value).not.toBe(
        'ship_ready',
      );
    }
  });
});
