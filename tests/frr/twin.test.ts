import { describe, expect, it } from 'vitest';
import { frrBackend } from '../../core/backends/frr/index.ts';
import { textLab } from '../../core/network/fixtures/text-lab.ts';
import { simulate } from '../../core/network/simulate.ts';
import type { NetworkState } from '../../core/network/state.ts';
import { frrHost } from '../support/frr.ts';
import { twinProcesses } from './kills.ts';

const router = (name: string, asn: number, id: number, more = ''): string => `//- ${name} frr
frr defaults datacenter
interface lo
 ip address 10.0.0.${id}/32
exit
interface eth1
 ip address 192.0.2.${id - 1}/31
exit
router bgp ${asn}
 bgp router-id 10.0.0.${id}
 neighbor 192.0.2.${id === 1 ? 1 : 0} remote-as ${id === 1 ? 65002 : 65001}
 address-family ipv4 unicast
  network 10.0.0.${id}/32
 exit-address-family
exit
${more}
`;
const CABLE = '//- link r1:eth1 r2:eth1\n';
const pair = (more = ''): string => `${router('r1', 65001, 1)}${router('r2', 65002, 2, more)}${CABLE}`;

const routes = (state: NetworkState, node: string): readonly string[] =>
  (state.nodes.get(node)?.get('default')?.routes ?? []).map(
    ({ prefix, protocol, nextHops }) =>
      `${prefix} ${protocol} ${nextHops.map((hop) => `${hop.ip ?? ''}@${hop.interface ?? ''}`).join(',')}`,
  );

describe.skipIf(frrHost === null)('a twin of FRR daemons (needs FRR and namespaces)', { timeout: 120_000 }, () => {
  it('runs the daemons, loses a session and gets it back, and says what each did', async () => {
    const backend = frrBackend(frrHost!);
    const before = textLab(pair());
    const twin = await backend.spawnTwin(before, {});
    try {
      const { initial } = twin;
      expect(initial.converged).toBe(true);
      expect(initial.rejected).toEqual([]);
      expect(initial.sessions.map(({ node, peerNode, state, type }) => [node, peerNode, state, type])).toEqual([
        ['r1', 'r2', 'established', 'ebgp'],
        ['r2', 'r1', 'established', 'ebgp'],
      ]);
      expect(routes(initial, 'r1')).toEqual([
        '10.0.0.1/32 connected @lo',
        '10.0.0.2/32 ebgp 192.0.2.1@eth1',
        '192.0.2.0/31 connected @eth1',
      ]);
      expect(backend.stateDiff(simulate(before), initial).counts.devicesAffected).toBe(0);
      const answered = [
        ['r1', 'r2', true, ['10.0.0.2']],
        ['r2', 'r1', true, ['10.0.0.1']],
      ];
      const probes = async () =>
        (await backend.probe!(twin, {})).results.map(({ from, to, reached, path }) => [from, to, reached, path]);
      expect(await probes()).toEqual(answered);
      const egress = await backend.measureEgress!(twin, {});
      expect(egress.observed).toEqual([]);
      expect(egress.method).toContain('ENETUNREACH');

      const wrong = textLab(pair().replace('remote-as 65002', 'remote-as 65009'));
      const broken = await backend.applyAndConverge(twin, wrong, {});
      expect(broken.converged).toBe(true);
      expect(broken.sessions.map(({ state, reason }) => [state, reason?.code])).toEqual([
        ['down', 'as-mismatch'],
        ['down', 'as-mismatch'],
      ]);
      expect((await probes()).map(([, , reached]) => reached)).toEqual([false, false]);
      expect(routes(broken, 'r1')).not.toContain('10.0.0.2/32 ebgp 192.0.2.1@eth1');

      const restored = await backend.applyAndConverge(twin, before, {});
      expect(backend.stateDiff(initial, restored).counts.devicesAffected).toBe(0);
    } finally {
      await backend.teardownTwin(twin);
    }
  });

  it('sends packets between the ends of declared traffic, hosts among them, and says what it cannot reach by any', async () => {
    const backend = frrBackend(frrHost!);
    const server = 'interface eth2\n ip address 198.51.100.1/24\nexit\nip route 10.0.0.1/32 192.0.2.0\n';
    const lab = {
      ...textLab(
        pair(server).replace('exit\nrouter bgp 65001', 'exit\nip route 198.51.100.0/24 192.0.2.1\nrouter bgp 65001'),
      ),
      linksComplete: false,
      labFile: {
        file: 'aegis.yml',
        text: [
          'invariants:',
          '  - {id: server, reachable: {from: r1, to: 198.51.100.10}}',
          '  - {id: back, reachable: {from: 198.51.100.10, to: r1, protocol: tcp, port: 443}}',
          '  - {id: nowhere, isolated: {from: r1, to: 203.0.113.9}}',
        ].join('\n'),
      },
    };
    const twin = await backend.spawnTwin(lab, {});
    try {
      const { method, results } = await backend.probe!(twin, {});
      expect(method).toContain('Nothing was sent to or from 203.0.113.9');
      expect(results.map(({ from, to, target, reached, path }) => [from, to, target, reached, path])).toEqual([
        ['r1', 'r2', '10.0.0.2', true, ['10.0.0.2']],
        ['r1', 'r2', '198.51.100.10', true, ['192.0.2.1', '198.51.100.10']],
        ['r2', 'r1', '10.0.0.1', true, ['10.0.0.1']],
        ['r2', 'r1', '10.0.0.1', true, ['198.51.100.1', '10.0.0.1']],
      ]);
      // Hosts come and go with the declaration.
      const { labFile: _, ...without } = lab;
      await backend.applyAndConverge(twin, without, {});
      expect((await backend.probe!(twin, {})).results).toHaveLength(2);
    } finally {
      await backend.teardownTwin(twin);
    }
  });

  it('names the lines that FRR refuses, and runs on without them', async () => {
    const backend = frrBackend(frrHost!);
    const lab = textLab(pair('router bgp 65002\n neighbor 10.9.9.9 peer-group NONE\n nonsense here\nexit\n'));
    const checked = await backend.staticCheck(lab, {});
    expect(checked.map(({ node, message }) => [node, message])).toEqual([
      ['r2', 'FRR does not know the command "nonsense here".'],
    ]);
    const twin = await backend.spawnTwin(lab, {});
    try {
      const text = lab.nodes.get('r2')?.config.text.split('\n') ?? [];
      expect(twin.initial.rejected?.map(({ node, line = -1, message }) => [node, text[line]?.trim(), message])).toEqual(
        [
          [
            'r2',
            'neighbor 10.9.9.9 peer-group NONE',
            'bgpd refuses "neighbor 10.9.9.9 peer-group NONE": Configure the peer-group first.',
          ],
          ['r2', 'nonsense here', 'FRR does not know the command "nonsense here".'],
        ],
      );
      expect(twin.initial.sessions.filter(({ state }) => state === 'established')).toHaveLength(2);
    } finally {
      await backend.teardownTwin(twin);
    }
  });

  it('refuses a configuration that FRR stops reading, with the line at which it does', async () => {
    const backend = frrBackend(frrHost!);
    const lab = textLab(
      pair('router bgp 65009\n neighbor 10.9.9.9 remote-as 65001\nexit\nip route 10.1.0.0/16 Null0\n'),
    );
    const refused = backend.spawnTwin(lab, {});
    await expect(refused).rejects.toThrow(/r2: bgpd refuses "router bgp 65009": BGP is already running; AS is 65002/);
    await expect(refused).rejects.toMatchObject({
      name: 'ConfigurationRefused',
      errors: expect.arrayContaining([expect.objectContaining({ node: 'r2', file: 'r2.cfg', line: 14 })]),
    });
    expect(twinProcesses(process.pid)).toEqual([]);
  });

  it('leaves nothing behind when it is cancelled while it starts', async () => {
    const backend = frrBackend(frrHost!);
    const abort = new AbortController();
    const reason = new Error('cancelled by the test');
    const spawned = backend.spawnTwin(textLab(pair()), {
      signal: abort.signal,
      onProgress: (text) => {
        if (text.startsWith('started 1')) abort.abort(reason);
      },
    });
    await expect(spawned).rejects.toBe(reason);
    expect(twinProcesses(process.pid)).toEqual([]);
  });
});

/** BGP in the global table and in RED, OSPF in BLUE; the addresses of the cables are the same in all three. */
const inVrfs = (n: number, o: number, blue = ''): string => `//- r${n} frr
vrf RED
 ip route 198.51.10${n}.0/24 Null0
exit-vrf
vrf BLUE
exit-vrf
interface lo
 ip address 10.0.0.${n}/32
exit
interface eth1
 ip address 192.0.2.${n}/24
exit
interface eth2 vrf RED
 ip address 192.0.2.${n}/24
exit
interface eth3 vrf BLUE
 ip address 192.0.2.${n}/24
 ip ospf network point-to-point
exit
interface BLUE vrf BLUE
 ip address 10.9.0.${n}/32
exit
router bgp 6500${n}
 bgp router-id 1.1.1.${n}
 no bgp ebgp-requires-policy
 neighbor 192.0.2.${o} remote-as 6500${o}
 address-family ipv4 unicast
  network 10.0.0.${n}/32
 exit-address-family
exit
router bgp 6500${n} vrf RED
 bgp router-id 1.1.1.${n}
 no bgp ebgp-requires-policy
 neighbor 192.0.2.${o} remote-as 6500${o}
 address-family ipv4 unicast
  redistribute static
  redistribute connected
 exit-address-family
exit
${blue}`;
const ospfInBlue = (n: number): string => `router ospf vrf BLUE
 ospf router-id 1.1.1.${n}
 network 192.0.2.0/24 area 0
 network 10.9.0.0/16 area 0
exit
`;
const CABLES = '//- link r1:eth1 r2:eth1\n//- link r1:eth2 r2:eth2\n//- link r1:eth3 r2:eth3\n';

describe.skipIf(frrHost === null)('VRFs in a twin (needs FRR and namespaces)', { timeout: 120_000 }, () => {
  it('are tables of their own, as in the simulator', async () => {
    const backend = frrBackend(frrHost!);
    const lab = textLab(`${inVrfs(1, 2, ospfInBlue(1))}${inVrfs(2, 1, ospfInBlue(2))}${CABLES}`);
    const twin = await backend.spawnTwin(lab, {});
    try {
      const { initial } = twin;
      expect(backend.stateDiff(simulate(lab), initial).counts.devicesAffected).toBe(0);
      const table = (vrf: string) =>
        initial.nodes
          .get('r1')
          ?.get(vrf)
          ?.routes.map(({ prefix, protocol }) => `${prefix} ${protocol}`);
      expect(table('RED')).toEqual(['192.0.2.0/24 connected', '198.51.101.0/24 static', '198.51.102.0/24 ebgp']);
      expect(table('BLUE')).toEqual(['10.9.0.1/32 connected', '10.9.0.2/32 ospf', '192.0.2.0/24 connected']);
      expect((await backend.measureEgress!(twin, {})).observed).toEqual([]);
    } finally {
      await backend.teardownTwin(twin);
    }
  });

  it('lose a port to another VRF and get it back', async () => {
    const backend = frrBackend(frrHost!);
    const before = textLab(`${inVrfs(1, 2)}${inVrfs(2, 1)}${CABLES}`);
    const twin = await backend.spawnTwin(before, {});
    try {
      const { initial } = twin;
      const moved = inVrfs(1, 2).replace('interface eth2 vrf RED', 'interface eth2 vrf BLUE');
      const after = await backend.applyAndConverge(twin, textLab(`${moved}${inVrfs(2, 1)}${CABLES}`), {});
      const down = after.sessions.filter(({ state }) => state === 'down').map(({ node, vrf }) => `${node} ${vrf}`);
      expect(down).toEqual(['r1 RED', 'r2 RED']);

      const restored = await backend.applyAndConverge(twin, before, {});
      expect(backend.stateDiff(initial, restored).counts.devicesAffected).toBe(0);
    } finally {
      await backend.teardownTwin(twin);
    }
  });
});
