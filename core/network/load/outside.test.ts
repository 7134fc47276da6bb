import { describe, expect, it } from 'vitest';
import { simulate } from '../simulate.ts';
import { memoryReader } from './fixtures/memory-reader.ts';
import { loadSnapshot } from './load-snapshot.ts';

const EDGE = `hostname edge
interface GigabitEthernet0/0
 ip address 198.51.100.2 255.255.255.252
interface GigabitEthernet0/1
 ip address 10.0.0.1 255.255.255.252
ip prefix-list SHORT permit 0.0.0.0/0 le 24
route-map IN permit 10
 match ip address prefix-list SHORT
 set local-preference 300
router bgp 65001
 neighbor 198.51.100.1 remote-as 64500
 neighbor 198.51.100.1 password secret
 neighbor 198.51.100.1 route-map IN in
 neighbor 10.0.0.2 remote-as 65001
 neighbor 10.0.0.2 next-hop-self
 network 10.0.0.0 mask 255.255.255.252
`;
const CORE = `hostname core
interface GigabitEthernet0/1
 ip address 10.0.0.2 255.255.255.252
router bgp 65001
 neighbor 10.0.0.1 remote-as 65001
`;
const LAB = `name: lab
topology:
  nodes:
    edge: { kind: cisco_vios, startup-config: edge.cfg }
    core: { kind: cisco_vios, startup-config: core.cfg }
  links:
    - endpoints: ["edge:Gi0/1", "core:Gi0/1"]
`;
const OUTSIDE = `neighbours:
  - address: 198.51.100.1
    as: 64500
    announces:
      - prefix: 0.0.0.0/0
      - prefix: 203.0.113.0/24
        path: [64501, 64502]
        communities: [64500:7]
        med: 40
        origin: incomplete
      - prefix: 203.0.113.128/25
`;

const clab = (files: Readonly<Record<string, string>>) =>
  loadSnapshot('/lab', {
    reader: memoryReader({ '/lab/lab.clab.yml': LAB, '/lab/edge.cfg': EDGE, '/lab/core.cfg': CORE, ...files }),
  });
const batfish = (files: Readonly<Record<string, string>>) =>
  loadSnapshot('/lab', {
    reader: memoryReader({ '/lab/configs/edge.cfg': EDGE, '/lab/configs/core.cfg': CORE, ...files }),
  });

type Lab = Awaited<ReturnType<typeof clab>>;
const routes = (lab: Lab, node: string) =>
  (simulate(lab).nodes.get(node)?.get('default')?.routes ?? [])
    .filter(({ protocol }) => protocol.endsWith('bgp'))
    .map(({ prefix, protocol, nextHops }) => `${prefix} ${protocol} ${nextHops[0]?.ip}`);

describe('outside.yml', () => {
  it('is a neighbour with a session, whose routes pass the import policy and go on', async () => {
    const lab = await clab({ '/lab/outside.yml': OUTSIDE });
    expect(routes(lab, 'edge')).toEqual(['0.0.0.0/0 ebgp 198.51.100.1', '203.0.113.0/24 ebgp 198.51.100.1']);
    expect(routes(lab, 'core')).toEqual(['0.0.0.0/0 ibgp 10.0.0.1', '203.0.113.0/24 ibgp 10.0.0.1']);
    const state = simulate(lab);
    expect(state.sessions.find(({ peer }) => peer === '198.51.100.1')).toMatchObject({
      state: 'established',
      peerNode: null,
      remoteAs: 64500,
    });
    const path = state.nodes
      .get('edge')
      ?.get('default')
      ?.bgp?.find(({ prefix }) => prefix === '203.0.113.0/24');
    expect(path).toMatchObject({
      asPath: ['64500', '64501', '64502'],
      med: 40,
      origin: 'incomplete',
      localPref: 300,
      communities: ['64500:7'],
    });
  });

  it('adds no device to the lab, and says what the neighbour is sent', async () => {
    const state = simulate(await clab({ '/lab/outside.yml': OUTSIDE }));
    expect([...state.nodes.keys()]).toEqual(['core', 'edge']);
    expect([...state.notModelled.keys()]).toEqual(['core', 'edge']);
    expect(state.outside).toMatchObject([{ peer: '198.51.100.1', received: [{ prefix: '10.0.0.0/30' }] }]);
    expect(state.caveats).toEqual([]);
  });

  it('leaves a lab without it as it is: the neighbour is not known', async () => {
    const state = simulate(await clab({}));
    expect(state.sessions.find(({ peer }) => peer === '198.51.100.1')).toMatchObject({ state: 'down' });
    expect(state.outside).toBeUndefined();
  });

  it('has another AS than the lab expects: no session', async () => {
    const state = simulate(await clab({ '/lab/outside.yml': OUTSIDE.replace('as: 64500', 'as: 64999') }));
    expect(state.sessions.find(({ peer }) => peer === '198.51.100.1')?.reason?.code).toBe('as-mismatch');
  });

  it('names a neighbour that nobody has: said, not computed', async () => {
    const state = simulate(await clab({ '/lab/outside.yml': OUTSIDE.replace('198.51.100.1', '192.0.2.77') }));
    expect(state.caveats.map(({ text }) => text)).toContainEqual(expect.stringContaining('192.0.2.77'));
  });

  it.each([
    ['- a\n', 'outside.yml:1: '],
    ['neighbours:\n  - address: nowhere\n    as: 1\n    announces: []\n', 'outside.yml:2: "nowhere" is no address.'],
    ['neighbours:\n  - address: 192.0.2.1\n    as: 0\n    announces: []\n', 'outside.yml:3: neighbours.0.as: '],
    [
      'neighbours:\n  - address: 192.0.2.1\n    as: 1\n    announces:\n      - prefix: 192.0.2.1/24\n',
      'outside.yml:5: "192.0.2.1/24" is no network',
    ],
    [
      'neighbours:\n  - address: 192.0.2.1\n    as: 1\n    announces: []\n    weight: 1\n',
      'outside.yml:2: neighbours.0: "weight" is not known here.',
    ],
  ])('that cannot be used ends in one line: %j', async (text, message) => {
    const refused = clab({ '/lab/outside.yml': text }).then(
      () => 'loaded',
      (error: Error) => error.message,
    );
    expect(await refused).toContain(message);
  });
});

describe('a Batfish snapshot', () => {
  const sent = (more: object) =>
    JSON.stringify({
      Announcements: [
        {
          type: 'ebgp_sent',
          network: '203.0.113.0/24',
          srcIp: '198.51.100.1',
          dstIp: '198.51.100.2',
          dstNode: 'edge',
          nextHopIp: '198.51.100.1',
          asPath: [[64500], [64501]],
          communities: [64500 * 65536 + 7],
          originType: 'egp',
          localPreference: 0,
          med: 20,
          ...more,
        },
      ],
    });

  it('has announcements from outside', async () => {
    const lab = await batfish({ '/lab/external_bgp_announcements.json': sent({}) });
    expect(routes(lab, 'core')).toEqual(['203.0.113.0/24 ibgp 10.0.0.1']);
    const path = simulate(lab)
      .nodes.get('edge')
      ?.get('default')
      ?.bgp?.find(({ from }) => from === '198.51.100.1');
    expect(path).toMatchObject({ asPath: ['64500', '64501'], med: 20, origin: 'egp', communities: ['64500:7'] });
    expect(lab.problems).toEqual([]);
  });

  it('says which announcements it leaves out', async () => {
    const lab = await batfish({ '/lab/external_bgp_announcements.json': sent({ type: 'ebgp_received' }) });
    expect(routes(lab, 'core')).toEqual([]);
    expect(lab.problems.map(({ message }) => message)).toEqual([
      '203.0.113.0/24 from 198.51.100.1 is left out: only announcements as they are sent are computed, not ebgp_received.',
    ]);
  });

  it('has providers, which announce a default route', async () => {
    const config = {
      borderInterfaces: [{ borderInterface: { hostname: 'edge', interface: 'GigabitEthernet0/0' } }],
      ispNodeInfo: [{ asn: 64500, name: 'isp', additionalAnnouncements: [{ prefix: '192.0.2.0/24' }] }],
    };
    const lab = await batfish({ '/lab/batfish/isp_config.json': JSON.stringify(config) });
    expect(routes(lab, 'core')).toEqual(['0.0.0.0/0 ibgp 10.0.0.1', '192.0.2.0/24 ibgp 10.0.0.1']);
    const edge = simulate(lab).nodes.get('edge')?.get('default')?.bgp ?? [];
    expect(edge.find(({ prefix }) => prefix === '0.0.0.0/0')?.asPath).toEqual(['64500', '65537']);
  });

  it('that is not in that form ends in one line', async () => {
    await expect(batfish({ '/lab/external_bgp_announcements.json': '{"Announcements":[{}]}' })).rejects.toThrow(
      /external_bgp_announcements\.json: Not in Batfish's form at Announcements\.0\.type/,
    );
  });
});
