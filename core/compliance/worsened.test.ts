import { describe, expect, it } from 'vitest';
import { labOf } from './fixtures/lab.ts';
import { worsened } from './worsened.ts';

const lab = (text: string) => labOf({ r1: { dialect: 'ios', text } });
const guarded = 'router bgp 64500\n neighbor 192.0.2.2 remote-as 64501\n neighbor 192.0.2.2 ttl-security hops 1\n';

describe('what a change makes worse', () => {
  it('is what held before and fails after, with the place', () => {
    const found = worsened(lab(guarded), lab(guarded.replace(/ neighbor 192.0.2.2 ttl.*\n/, '')), ['r1']);
    expect(found).toEqual([
      {
        node: 'r1',
        topic: 'gtsm',
        title: 'External BGP sessions refuse packets from afar',
        evidence: [expect.objectContaining({ file: 'r1.cfg', line: 2 })],
      },
    ]);
  });

  it('is nothing that failed before', () => {
    const open = guarded.replace(/ neighbor 192.0.2.2 ttl.*\n/, '');
    expect(worsened(lab(open), lab(`${open} neighbor 192.0.2.6 remote-as 64502\n`), ['r1'])).toEqual([]);
  });

  it('concerns the devices of the change alone', () => {
    expect(worsened(lab(guarded), lab(''), [])).toEqual([]);
  });
});
