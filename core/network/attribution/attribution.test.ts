import { describe, expect, it } from 'vitest';
import { generateNetwork, snapshotOf } from '../../../tests/support/generate-network.ts';
import { editNetwork } from '../../../tests/support/networks/edit-network.ts';
import { seededRandom } from '../../../tests/support/networks/seeded-random.ts';
import { parseConfig } from '../../config/parse.ts';
import { changeBetween } from '../../orchestrator/change.ts';
import type { Change } from '../change.ts';
import { diffStates } from '../diff-states.ts';
import { textLab } from '../fixtures/text-lab.ts';
import { simulate } from '../simulate.ts';
import type { Snapshot } from '../snapshot.ts';
import { type Attribution, attribute } from './index.ts';

async function attributed(before: Snapshot, after: Snapshot, most = 200) {
  const change = changeBetween(before, after, 'working_tree', '');
  const attribution = await attribute(change, {
    before: simulate(before),
    after: simulate(after),
    parse: parseConfig,
    compute: async (snapshot) => simulate(snapshot),
    most,
  });
  return { change, attribution };
}

/** `r1: ` and the changed lines, `rests` where it is not `each`, and what they cause. */
const told = ({ devices }: Change, { causes }: Attribution): readonly string[] =>
  causes.map(({ lines, rests, effects }) => {
    const texts = lines.flatMap(({ node, side, line, count }) => {
      const device = devices.find((one) => one.node === node);
      const text = side === 'before' ? device?.beforeText : device?.afterText;
      return (text?.split('\n').slice(line, line + count) ?? []).map(
        (one) => `${node}: ${side === 'before' ? '-' : '+'} ${one.trim()}`,
      );
    });
    return `${texts.join(' & ')}${rests === 'each' ? '' : ` (${rests})`} => ${effects.map(({ node, what }) => `${node} ${what}`).join(', ')}`;
  });

const PAIR = `//- link r1:eth0 r2:eth0
//- r1 frr
interface eth0
 description to r2
 ip address 10.0.0.1/24
ip route 198.51.100.0/24 Null0
router bgp 65001
 no bgp ebgp-requires-policy
 neighbor 10.0.0.2 remote-as 65002
 address-family ipv4 unicast
  network 198.51.100.0/24
 exit-address-family
//- r2 frr
interface eth0
 ip address 10.0.0.2/24
router bgp 65002
 no bgp ebgp-requires-policy
 neighbor 10.0.0.1 remote-as 65001
`;

const check = async (before: string, after: string, most?: number) => {
  const { change, attribution } = await attributed(textLab(before), textLab(after), most);
  return { told: told(change, attribution), ...attribution };
};

describe('Attribution', () => {
  it('ties each change of state to its own line, and none to a remark', async () => {
    const after = PAIR.replace('description to r2', 'description to the second router')
      .replace('ip route 198', 'ip route 192.0.2.0/24 Null0\nip route 198')
      .replace('  network 198.51.100.0/24\n', '');
    const { told: lines, unattributed } = await check(PAIR, after);
    expect(lines).toEqual([
      'r1: + ip route 192.0.2.0/24 Null0 => r1 route 192.0.2.0/24 added',
      'r1: - network 198.51.100.0/24 => r2 route 198.51.100.0/24 removed',
    ]);
    expect(unattributed).toEqual([]);
  });

  it('names all lines that an effect needs', async () => {
    const before = PAIR.replace(' neighbor 10.0.0.2 remote-as 65002\n', '').replace(
      ' neighbor 10.0.0.1 remote-as 65001\n',
      '',
    );
    const { told: lines } = await check(before, PAIR);
    // Each end has its line; the session is listed at each end by its own line alone, and its routes need both.
    expect(lines).toContain(
      'r1: + neighbor 10.0.0.2 remote-as 65002 & r2: + neighbor 10.0.0.1 remote-as 65001 => r2 route 198.51.100.0/24 added, r1 BGP session with 10.0.0.2 added, r2 BGP session with 10.0.0.1 added',
    );
  });

  it('says that several lines cause it together where each is enough', async () => {
    const after = PAIR.replace(' ip address 10.0.0.1/24\n', ' ip address 10.0.0.1/24\n shutdown\n').replace(
      '  network 198.51.100.0/24\n',
      '',
    );
    const { told: lines } = await check(PAIR, after);
    expect(lines).toContain(
      'r1: + shutdown & r1: - network 198.51.100.0/24 (together) => r2 route 198.51.100.0/24 removed',
    );
    expect(lines).toContainEqual(expect.stringMatching(/^r1: \+ shutdown => .*r1 BGP session with 10.0.0.2 lost/));
  });

  it('finds one line among hundreds with few runs', async () => {
    const remarks = Array.from({ length: 300 }, (_, at) => `ip prefix-list UNUSED-${at} permit 192.0.2.0/24\n`);
    const after = PAIR.replace(
      'router bgp 65001',
      `${remarks.slice(0, 150).join('')}ip route 192.0.2.0/24 Null0
${remarks.slice(150).join('')}router bgp 65001`,
    );
    const { told: lines, runs } = await check(PAIR, after);
    expect(lines).toEqual(['r1: + ip route 192.0.2.0/24 Null0 => r1 route 192.0.2.0/24 added']);
    expect(runs).toBeLessThan(25);
  });

  it('stays within its bound, and says of what is left how far it came', async () => {
    const after = PAIR.replace(
      'router bgp 65001',
      'ip route 192.0.2.0/24 Null0\nip route 192.0.3.0/24 Null0\nrouter bgp 65001',
    );
    const { causes, runs, exhausted } = await check(PAIR, after, 1);
    expect({ runs, exhausted }).toEqual({ runs: 1, exhausted: true });
    expect(causes).toHaveLength(1);
    expect(causes[0]).toMatchObject({ narrowed: false, lines: [{ node: 'r1', count: 2 }] });
    expect(causes[0]?.effects).toHaveLength(2);
  });

  it('does not lay at a line what the cabling did', async () => {
    const after = PAIR.replace('//- link r1:eth0 r2:eth0', '//- link r1:eth0 r2:eth9').replace('to r2', 'to nowhere');
    const { causes, unattributed } = await check(PAIR, after);
    expect(causes).toEqual([]);
    expect(unattributed.map(({ what }) => what)).toContain('BGP session with 10.0.0.2 lost');
  });

  it('ties what a removed device takes along to its whole configuration', async () => {
    const after = PAIR.slice(0, PAIR.indexOf('//- r2 frr'));
    const { causes } = await check(PAIR, after);
    expect(causes[0]?.lines).toMatchObject([{ node: 'r2', side: 'before', line: 0 }]);
  });

  it('holds on generated networks: an effect is gone without what causes it, and only edited devices cause', async () => {
    for (let seed = 1; seed <= 6; seed += 1) {
      const random = seededRandom(seed);
      const network = generateNetwork({ shape: 'random', size: 5, seed });
      const first = editNetwork(network, random);
      const second = editNetwork(first, random);
      const [before, after] = [snapshotOf(network), snapshotOf({ ...network, devices: second.devices })];
      const { change, attribution } = await attributed(before, after);
      const changed = new Set(change.devices.map(({ node }) => node));
      const all = diffStates(simulate(before), simulate(after));
      const count = all.routes.length + all.sessions.length + all.adjacencies.length;
      const found = new Set(attribution.causes.flatMap(({ effects }) => effects.map((one) => JSON.stringify(one))));
      expect(found.size + attribution.unattributed.length).toBe(count);
      expect(attribution.unattributed).toEqual([]);
      for (const { lines } of attribution.causes) for (const { node } of lines) expect(changed).toContain(node);
    }
  });
});
