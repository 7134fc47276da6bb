import { describe, expect, test } from 'vitest';
import { parsePrefix } from '../../config/address.ts';
import { textLab } from '../fixtures/text-lab.ts';
import { Forwarding } from '../forwarding/forwarding.ts';
import { simulate } from '../simulate.ts';
import { atomsOf, prefixesOf, rangesText } from './atoms.ts';
import { compareReachability } from './compare.ts';
import { changeText } from './text.ts';

const forwardingOf = (text: string): Forwarding => {
  const snapshot = textLab(text);
  return new Forwarding(snapshot, simulate(snapshot));
};

/** `kind from to: before -> after` of every change. */
function changes(before: string, after: string): readonly string[] {
  const diff = compareReachability(forwardingOf(before), forwardingOf(after));
  expect(diff.incomplete).toEqual([]);
  return diff.changes.map((change) => `${change.kind} ${changeText(change)}`);
}

const TRIANGLE = `
//- r1 frr
interface eth1
 ip address 10.0.12.1/30
interface eth2
 ip address 10.0.13.1/30
ip route 10.3.0.0/16 10.0.13.2
ip route 0.0.0.0/0 10.0.12.2
//- r2 frr
interface eth1
 ip address 10.0.12.2/30
interface eth2
 ip address 10.0.23.1/30
interface eth3
 ip address 192.0.2.1/30
ip route 10.3.0.0/16 10.0.23.2
ip route 0.0.0.0/0 192.0.2.2
//- r3 frr
interface eth1
 ip address 10.0.13.2/30
interface eth2
 ip address 10.0.23.2/30
interface eth3
 ip address 10.3.1.1/24
`;

describe('atoms', () => {
  const prefixes = (texts: readonly string[]) => texts.flatMap((text) => parsePrefix(text) ?? []);

  test('lie between the boundaries of prefixes and cover the whole space', () => {
    const atoms = atomsOf(prefixes(['10.0.0.0/8', '10.1.0.0/16']));
    expect(atoms.map(({ sample }) => sample.text)).toEqual(['0.0.0.0', '10.0.0.0', '10.1.0.0', '10.2.0.0', '11.0.0.0']);
    expect(atoms.at(-1)?.last).toBe(0xffffffffn);
  });

  test('are joined to the fewest prefixes, or to a range', () => {
    const [low, inner] = atomsOf(prefixes(['10.0.0.0/8', '10.1.0.0/16'])).slice(1, 3);
    expect(rangesText([low, inner].filter((one) => one !== undefined))).toEqual(['10.0.0.0/15']);
    expect(prefixesOf(4, 1n, 6n).map(({ text }) => text)).toEqual([
      '0.0.0.1/32',
      '0.0.0.2/31',
      '0.0.0.4/31',
      '0.0.0.6/32',
    ]);
    expect(rangesText(atomsOf(prefixes(['0.0.0.1/32', '0.0.0.7/32'])).slice(1, 3))).toEqual(['0.0.0.1 - 0.0.0.6']);
  });
});

describe('reachability', () => {
  test('is the same when nothing changes', () => {
    expect(changes(TRIANGLE, TRIANGLE)).toEqual([]);
  });

  test('moves to another path', () => {
    expect(
      changes(TRIANGLE, TRIANGLE.replace('ip route 10.3.0.0/16 10.0.13.2', 'ip route 10.3.0.0/16 10.0.12.2')),
    ).toEqual(['path_changed r1 to 10.3.1.0/24: delivered at r3 -> delivered at r3']);
  });

  test('is lost when a default route catches what was delivered in the lab', () => {
    const found = changes(TRIANGLE, TRIANGLE.replaceAll(/ip route 10\.3\.0\.0.*\n/g, ''));
    expect(found).toContain('lost r1 to 10.3.1.0/24: delivered at r3 -> leaves the lab at r2');
    expect(found).toContain('lost r2 to 10.3.1.0/24: delivered at r3 -> leaves the lab at r2');
  });

  test('is lost when some of the equal-cost branches do not arrive', () => {
    const after = TRIANGLE.replace(
      'ip route 10.3.0.0/16 10.0.13.2',
      'ip route 10.3.0.0/16 10.0.13.2\nip route 10.3.0.0/16 Null0',
    );
    expect(changes(TRIANGLE, after)).toContain(
      'lost r1 to 10.3.1.0/24: delivered at r3; null route at r1 -> null route at r1'.replace(
        'delivered at r3; null route at r1 -> null route at r1',
        'delivered at r3 -> delivered at r3; null route at r1',
      ),
    );
  });

  test('is lost in a loop', () => {
    const after = TRIANGLE.replace('ip route 10.3.0.0/16 10.0.23.2', 'ip route 10.3.0.0/16 10.0.12.1').replace(
      'ip route 10.3.0.0/16 10.0.13.2',
      'ip route 10.3.0.0/16 10.0.12.2',
    );
    expect(changes(TRIANGLE, after)).toContain('lost r1 to 10.3.1.0/24: delivered at r3 -> loops at r1');
  });

  test('is gained with a new network, under its prefix', () => {
    const after = TRIANGLE.replace(
      'interface eth3\n ip address 10.3.1.1/24',
      'interface eth3\n ip address 10.3.1.1/24\ninterface lo\n ip address 10.3.9.9/32',
    );
    expect(changes(TRIANGLE, after).filter((text) => text.startsWith('gained'))).toEqual(
      [
        'gained r1 to 10.3.9.9: no route at r3 -> delivered at r3',
        'gained r2 to 10.3.9.9: no route at r3 -> delivered at r3',
        'gained r3 to 10.3.9.9: no route at r3 -> delivered at r3',
      ].map((text) => text.replace('10.3.9.9', '10.3.9.9/32')),
    );
  });

  test('is not judged further than the flows that may be followed', () => {
    const filtered = (port: number) => `
//- r1 ios
interface GigabitEthernet1
 ip address 10.0.12.1 255.255.255.252
 no shutdown
ip route 10.9.0.0 255.255.255.0 10.0.12.2
//- r2 ios
ip access-list extended F
 10 deny tcp any any eq ${port}
 20 permit ip any any
interface GigabitEthernet1
 ip address 10.0.12.2 255.255.255.252
 ip access-group F in
 no shutdown
interface GigabitEthernet2
 ip address 10.9.0.1 255.255.255.0
 no shutdown
//- r3 ios
interface GigabitEthernet1
 ip address 10.9.0.3 255.255.255.0
 no shutdown
ip route 10.0.0.0 255.0.0.0 10.9.0.1
`;
    const whole = compareReachability(forwardingOf(filtered(22)), forwardingOf(filtered(23)));
    expect(whole.incomplete).toEqual([]);
    // The neighbour's own address is behind its filter as well as what is beyond it.
    expect(whole.changes.map((change) => `${change.kind} ${changeText(change)}`)).toEqual([
      'gained r1 to 10.0.12.2/32 (tcp 22): denied at r2 -> delivered at r2',
      'lost r1 to 10.0.12.2/32 (tcp 23): delivered at r2 -> denied at r2',
      'gained r1 to 10.9.0.0/24 (tcp 22): denied at r2 -> delivered at r2',
      'lost r1 to 10.9.0.0/24 (tcp 23): delivered at r2 -> denied at r2',
    ]);
    const diff = compareReachability(forwardingOf(filtered(22)), forwardingOf(filtered(23)), { mostFlows: 3 });
    expect(diff.incomplete).toHaveLength(1);
  });
});
