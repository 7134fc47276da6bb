import { describe, expect, it } from 'vitest';
import { textLab } from '../network/fixtures/text-lab.ts';
import type { Snapshot } from '../network/snapshot.ts';
import { prioritiesOfChange, withPriority } from './priorities.ts';
import type { Finding, Priority } from './rule.ts';

const finding = (rule: string, priority: Priority): Finding => ({
  ...{ rule, priority, node: 'r1', file: 'r1.cfg', message: 'm', related: [], introduced: true },
  span: { line: 0, start: 0, end: 1 },
});
const given = (rule: string, priority: Priority, chosen: Priority | undefined, floor?: Priority): Priority =>
  withPriority(finding(rule, priority), chosen ? { [rule]: chosen } : {}, floor ? { [rule]: floor } : {}).priority;

describe('the priority of a finding', () => {
  it.each<[string, Priority, Priority | undefined, Priority | undefined, Priority]>([
    ['stays where nobody chose', 'P1', undefined, undefined, 'P1'],
    ['may be made graver', 'P2', 'P0', undefined, 'P0'],
    ['may be made milder by a step', 'P1', 'P2', undefined, 'P2'],
    ['never goes from blocking to informing by itself', 'P0', 'P2', undefined, 'P1'],
    ['goes no lower than the policy says', 'P1', 'P2', 'P1', 'P1'],
    ['goes as low as the policy says', 'P0', 'P2', 'P2', 'P2'],
    ['is raised to the floor of the policy', 'P2', undefined, 'P1', 'P1'],
  ])('%s', (_, priority, chosen, floor, expected) => {
    expect(given('maximum-prefix', priority, chosen, floor)).toBe(expected);
  });

  it('of hidden characters and refused lines is never milder', () => {
    expect(given('control-character', 'P0', 'P2')).toBe('P0');
    expect(given('line-rejected', 'P0', 'P1')).toBe('P0');
  });
});

describe('a change', () => {
  const lab = (severities: string): Snapshot => ({
    ...textLab('//- r1 ios\nhostname r1\n'),
    labFile: { file: 'aegis.yml', text: `guards:\n  severities: {${severities}}\n` },
  });

  it('cannot make its own findings milder', () => {
    expect(prioritiesOfChange(lab(''), lab('maximum-prefix: P2'))).toEqual({});
    expect(prioritiesOfChange(lab('maximum-prefix: P1'), lab('maximum-prefix: P2'))).toEqual({
      'maximum-prefix': 'P1',
    });
  });

  it('is judged by the graver of what is chosen before and after', () => {
    expect(prioritiesOfChange(lab('maximum-prefix: P0'), lab(''))).toEqual({ 'maximum-prefix': 'P0' });
    expect(prioritiesOfChange(lab('maximum-prefix: P2'), lab('maximum-prefix: P0'))).toEqual({
      'maximum-prefix': 'P0',
    });
    expect(prioritiesOfChange(lab('maximum-prefix: P2'), lab('maximum-prefix: P2'))).toEqual({
      'maximum-prefix': 'P2',
    });
  });
});
