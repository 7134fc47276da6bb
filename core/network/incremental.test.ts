import { describe, expect, it } from 'vitest';
import { generateNetwork, snapshotOf } from '../../tests/support/generate-network.ts';
import { textLab } from './fixtures/text-lab.ts';
import { classifyEdit, IncrementalSimulator } from './incremental.ts';
import { rememberingParser } from './load/remembering-parser.ts';
import { simulate } from './simulate.ts';
import { stateHash } from './state-hash.ts';

const LAB = `//- r1 frr
hostname r1
interface eth0
 description to r2
 ip address 10.0.0.1/24
 ip ospf area 0
router ospf
 ospf router-id 1.1.1.1
//- r2 frr
interface eth0
 ip address 10.0.0.2/24
 ip ospf area 0
router ospf
`;

const edited = (from: string, to: string) => classifyEdit(textLab(LAB), textLab(LAB.replace(from, to)));

describe('an edit is', () => {
  it('none where no configuration differs', () => {
    const lab = textLab(LAB);
    expect(classifyEdit(lab, lab)).toBe('none');
    expect(classifyEdit(lab, { ...lab, nodes: new Map(lab.nodes) })).toBe('none');
  });

  it.each([
    ['a description', 'to r2', 'to the second router'],
    ['a host name', 'hostname r1', 'hostname edge1'],
    ['a remark behind everything', 'router ospf\n ospf router-id 1.1.1.1', 'router ospf\n ospf router-id 1.1.1.1\n!'],
  ])('cosmetic where it is %s', (_, from, to) => {
    expect(edited(from, to)).toBe('cosmetic');
  });

  it.each([
    ['an address', '10.0.0.1/24', '10.0.0.1/25'],
    ['a setting of a protocol', 'ospf router-id 1.1.1.1', 'ospf router-id 1.1.1.2'],
    ['a line that moves others', 'interface eth0\n description', '!\ninterface eth0\n description'],
    ['a removed device', LAB.slice(LAB.indexOf('//- r2')), ''],
  ])('of routing where it is %s', (_, from, to) => {
    expect(edited(from, to)).toBe('routing');
  });

  it('of routing where the cabling differs', () => {
    const lab = textLab(LAB);
    const link = { a: { node: 'r1', interface: 'eth0' }, b: { node: 'r2', interface: 'eth1' }, source: 'topology' };
    expect(classifyEdit(lab, { ...lab, links: [link as never], linksComplete: true })).toBe('routing');
  });
});

describe('a simulator that remembers', () => {
  it('computes nothing while a description is typed, and lists what is not modelled as it is now', () => {
    const network = generateNetwork({ shape: 'ring', size: 4, seed: 1 });
    const parse = rememberingParser();
    const simulator = new IncrementalSimulator();
    const read = (change: (text: string) => string) =>
      snapshotOf({ ...network, devices: network.devices.map((one) => ({ ...one, text: change(one.text) })) }, parse);
    expect(simulator.simulate(read((text) => text)).edit).toBe('routing');
    const typed = read((text) => text.replaceAll('link to', 'a link to').replace(/\nend\n/, '\nstrange words\nend\n'));
    const { state, edit } = simulator.simulate(typed);
    expect(edit).toBe('cosmetic');
    expect(state).toEqual(simulate(typed));
    expect([...state.notModelled.values()].flat().map(({ text }) => text)).toContain('strange words');
  });

  it('knows a lab again that it has just seen', () => {
    const simulator = new IncrementalSimulator();
    const [before, after] = [textLab(LAB), textLab(LAB.replace('area 0', 'area 1'))];
    const first = simulator.simulate(before).state;
    expect(simulator.simulate(after).edit).toBe('routing');
    const again = simulator.simulate(before);
    expect(again.edit).toBe('none');
    expect(again.state).toBe(first);
  });

  /** A fabric of one spine tier: what is typed on the last leaf, and the prefixes that are exchanged anew for it. */
  it.each<[string, number, (text: string) => string]>([
    ['a static route that nobody announces', 0, (text) => `${text}ip route 203.0.113.0 255.255.255.0 Null0\n`],
    [
      'a network that is announced',
      1,
      (text) =>
        `${text}ip route 198.18.7.0 255.255.255.0 Null0\n`.replace(
          /^( *network )/m,
          '$1198.18.7.0 mask 255.255.255.0\n$1',
        ),
    ],
    [
      'an entry of a prefix list that denies a network of its own',
      1,
      (text) => {
        const own = / network (10\.\d+\.\d+\.0) /.exec(text)?.[1];
        return text.replace(/^ip prefix-list FABRIC /m, `ip prefix-list FABRIC seq 1 deny ${own}/24\n$&`);
      },
    ],
    [
      'a preference that only the leaf itself has',
      0,
      (text) => text.replace(/^route-map FABRIC-IN-ABOVE permit 10$/m, '$&\n set metric 7'),
    ],
    ['a port that is shut down', 2, (text) => text.replace(/ no shutdown/, ' shutdown')],
  ])('takes over what stays as it is beside %s', (_, anew, change) => {
    const network = generateNetwork({ shape: 'leaf-spine', size: 12, seed: 1, dialects: ['ios'] });
    const parse = rememberingParser();
    const simulator = new IncrementalSimulator();
    const read = (edit: (text: string) => string) =>
      snapshotOf(
        { ...network, devices: network.devices.map((one, at) => (at === 11 ? { ...one, text: edit(one.text) } : one)) },
        parse,
      );
    const before = simulator.simulate(read((text) => text));
    const lab = read(change);
    const { state, edit, bgp } = simulator.simulate(lab);
    expect(edit).toBe('routing');
    expect(state).toEqual(simulate(lab));
    expect(stateHash(state)).not.toBe(stateHash(before.state));
    expect((bgp?.prefixes ?? 0) - (bgp?.reused ?? 0)).toBe(anew);
    expect(bgp?.prefixes).toBeGreaterThan(15);
  });

  it('exchanges anew all that a policy of a spine touches', () => {
    const network = generateNetwork({ shape: 'leaf-spine', size: 12, seed: 1, dialects: ['ios'] });
    const parse = rememberingParser();
    const simulator = new IncrementalSimulator();
    const read = (edit: (text: string) => string) =>
      snapshotOf(
        { ...network, devices: network.devices.map((one, at) => (at === 0 ? { ...one, text: edit(one.text) } : one)) },
        parse,
      );
    simulator.simulate(read((text) => text));
    const lab = read((text) => text.replace(/^route-map DOWN permit 10$/m, '$&\n set metric 7'));
    const { state, bgp } = simulator.simulate(lab);
    expect(state).toEqual(simulate(lab));
    // What never reaches this spine: the loopback of the other one.
    expect(bgp?.reused).toBe(1);
  });

  it('takes nothing over where neighbours are listed in another order, which may decide between equal paths', () => {
    const network = generateNetwork({ shape: 'leaf-spine', size: 12, seed: 1, dialects: ['eos'] });
    const parse = rememberingParser();
    const simulator = new IncrementalSimulator();
    const read = (edit: (text: string) => string) =>
      snapshotOf(
        { ...network, devices: network.devices.map((one, at) => (at === 0 ? { ...one, text: edit(one.text) } : one)) },
        parse,
      );
    simulator.simulate(read((text) => text));
    const lab = read((text) => {
      // The lines of the first neighbour go behind those of the last one.
      const address = /neighbor (\S+) remote-as/.exec(text)?.[1] ?? '';
      const lines = text.split('\n');
      const [moved, others] = [true, false].map((is) =>
        lines.filter((line) => line.includes(`neighbor ${address} `) === is),
      );
      const last = (others ?? []).findLastIndex((line) => line.includes('neighbor '));
      return (others ?? []).toSpliced(last + 1, 0, ...(moved ?? [])).join('\n');
    });
    const { state, bgp } = simulator.simulate(lab);
    expect(state).toEqual(simulate(lab));
    expect(bgp?.reused).toBe(0);
  });
});
