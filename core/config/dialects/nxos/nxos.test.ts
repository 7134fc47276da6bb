import { describe, expect, it } from 'vitest';
import { effectiveNeighbour } from '../../device/effective-neighbour.ts';
import { parseConfig } from '../../parse.ts';

const parse = (text: string) => parseConfig({ text, file: 'n1.cfg', node: 'n1', dialect: 'nxos' }).device;
const bgp = (text: string, vrf = 'default') => {
  const process = parse(text).bgp.find((each) => each.vrf === vrf);
  if (!process) throw new Error('The configuration has no such BGP process.');
  return process;
};

describe('NX-OS interfaces', () => {
  const state = (text: string) =>
    [...parse(text).interfaces.values()].map(({ name, shutdown, switchport }) => [
      name,
      (typeof shutdown === 'boolean' ? shutdown : shutdown.value) ? 'down' : 'up',
      switchport?.mode?.value ?? 'none',
    ]);

  it('are layer-2 ports and up, or routed ones and down, until they say otherwise', () => {
    expect(
      state(`interface Vlan1
interface Vlan10
  no shutdown
interface Ethernet1/1
  no switchport
  ip address 10.0.0.1/30
  no shutdown
interface Ethernet1/2
  no switchport
interface Ethernet1/3
interface Ethernet1/4
  switchport mode trunk
interface Ethernet1/1.100
  encapsulation dot1q 100
interface nve1
interface loopback0
interface mgmt0
`),
    ).toEqual([
      ['Vlan1', 'down', 'none'],
      ['Vlan10', 'up', 'none'],
      ['Ethernet1/1', 'up', 'routed'],
      ['Ethernet1/2', 'down', 'routed'],
      ['Ethernet1/3', 'up', 'access'],
      ['Ethernet1/4', 'up', 'trunk'],
      ['Ethernet1/1.100', 'down', 'none'],
      ['nve1', 'down', 'none'],
      ['loopback0', 'up', 'none'],
      ['mgmt0', 'up', 'none'],
    ]);
  });

  it('are routed by default where the whole device says so', () => {
    const text = 'no system default switchport\ninterface Ethernet1/1\n  no shutdown\ninterface Ethernet1/2\n';
    expect(state(text)).toEqual([
      ['Ethernet1/1', 'up', 'none'],
      ['Ethernet1/2', 'down', 'none'],
    ]);
    expect(state('interface Ethernet1/1\n  ip address 10.0.0.1/30\n  no shutdown\ninterface Ethernet1/2\n')).toEqual([
      ['Ethernet1/1', 'up', 'none'],
      ['Ethernet1/2', 'down', 'none'],
    ]);
  });

  it('keep the management port in its VRF', () => {
    const device = parse('interface mgmt0\n  vrf member management\n  ip address 10.150.0.1/16\n');
    expect(device.interfaces.get('mgmt0')).toMatchObject({
      vrf: { value: 'management' },
      addresses: [{ address: '10.150.0.1', length: 16 }],
    });
  });

  it('know shortened names, secondary addresses and members of port-channels', () => {
    const device = parse(`int e1/1
  no switchp
  ip addr 10.0.0.1/24
  ip addr 10.0.1.1/24 secondary tag 5
  vrf mem RED
  ip addr 10.0.2.1 255.255.255.0
int eth1/2
  channel-gr 7 mode active
`);
    expect(device.interfaces.get('Ethernet1/1')?.addresses.map(({ address }) => address)).toEqual(['10.0.2.1']);
    expect(device.interfaces.get('Ethernet1/2')?.aggregate?.value).toBe('port-channel7');
    expect(device.interfaces.get('port-channel7')?.switchport?.mode?.value).toBe('access');
    expect(device.notModelled).toEqual([]);
  });

  it('have HSRP groups, and VRRP groups once they are switched on', () => {
    const device = parse(`interface Vlan10
  no shutdown
  hsrp version 2
  hsrp 10
    preempt delay minimum 60
    priority 110
    ip 10.10.10.3
  vrrp 1
    address 10.10.10.4
  vrrp 2
    address 10.10.10.5
    no shutdown
`);
    expect(device.interfaces.get('Vlan10')?.firstHop).toMatchObject([
      {
        protocol: 'hsrp',
        group: 10,
        priority: { value: 110 },
        preempt: { value: true },
        addresses: [{ value: '10.10.10.3' }],
      },
      { protocol: 'vrrp', group: 2, addresses: [{ value: '10.10.10.5' }] },
    ]);
  });
});

describe('NX-OS VRFs', () => {
  it('hold static routes, route targets and a VXLAN segment', () => {
    const device = parse(`ip route 0.0.0.0/0 10.0.0.1 name out 250
ip route 10.9.0.0 255.255.0.0 Null0 tag 7
vrf context RED
  vni 50001
  rd auto
  ip route 10.1.0.0/16 Ethernet1/1 10.0.0.2 5
  ip route 10.2.0.0/16 10.0.0.3 vrf default
  address-family ipv4 unicast
    route-target import 65001:1
    route-target both auto evpn
`);
    expect(device.staticRoutes).toMatchObject([
      { vrf: 'default', prefix: '0.0.0.0/0', nextHop: { ip: '10.0.0.1' }, distance: 250, name: 'out' },
      { vrf: 'default', prefix: '10.9.0.0/16', nextHop: { drop: 'discard' }, tag: 7 },
      { vrf: 'RED', prefix: '10.1.0.0/16', nextHop: { ip: '10.0.0.2', interface: 'Ethernet1/1' }, distance: 5 },
      { vrf: 'RED', prefix: '10.2.0.0/16', nextHop: { ip: '10.0.0.3', vrf: 'default' } },
    ]);
    const red = device.vrfs.get('RED');
    expect(red).toMatchObject({
      vni: { value: 50001 },
      importTargets: [{ value: '65001:1' }],
      exportTargets: [],
      evpn: { importTargets: [{ value: 'auto' }], exportTargets: [{ value: 'auto' }] },
    });
    expect(device.notModelled).toEqual([]);
  });
});

describe('NX-OS BGP', () => {
  it('activates the families that a neighbour names', () => {
    const process = bgp(`router bgp 65001
  router-id 1.1.1.1
  address-family ipv4 unicast
    network 10.1.0.0/16 route-map SET
    redistribute direct route-map ALL
    redistribute ospf UNDERLAY route-map ALL
    aggregate-address 10.0.0.0/8 summary-only
    maximum-paths ibgp 4
  neighbor 10.0.0.2 remote-as 65002
    update-source loopback0
    address-family ipv4 unicast
      route-map IN in
      send-community
      send-community extended
      maximum-prefix 100 80 warning-only
      disable-peer-as-check
      next-hop-self
  neighbor 10.0.0.3
    remote-as 65003
    shutdown
`);
    const neighbour = process.neighbours.get('10.0.0.2');
    expect(neighbour).toMatchObject({ remoteAs: { value: 65002 }, updateSource: { value: 'loopback0' } });
    const family = neighbour?.families.get('ipv4-unicast');
    expect(family).toMatchObject({
      activate: { value: true },
      policyIn: { policies: [{ value: 'IN' }] },
      sendCommunity: { value: ['standard', 'extended'] },
      maximumPrefix: { value: { limit: 100, warnPercent: 80, action: 'warning-only' } },
      peerAsCheckDisabled: { value: true },
      nextHopSelf: { value: 'set' },
    });
    expect(process.neighbours.get('10.0.0.3')?.families.size).toBe(0);
    expect(process.families.get('ipv4-unicast')).toMatchObject({
      networks: [{ prefix: '10.1.0.0/16', policy: { value: 'SET' } }],
      redistribute: [{ source: 'connected' }, { source: 'ospf', sourceId: 'UNDERLAY' }],
      aggregates: [{ prefix: '10.0.0.0/8', summaryOnly: true }],
      maximumPathsIbgp: { value: 4 },
    });
  });

  it('inherits from templates, each family from its own policies first', () => {
    const process = bgp(`router bgp 65001
  template peer-policy STRICT
    maximum-prefix 10
    route-map STRICT in
  template peer-policy COMMON
    route-map COMMON in
    route-map COMMON out
    inherit peer-policy STRICT 10
  template peer-session FAR
    ebgp-multihop 5
    update-source loopback0
  template peer SPINE
    inherit peer-session FAR
    remote-as 65100
    address-family ipv4 unicast
      inherit peer-policy COMMON 20
      send-community
  neighbor 10.0.0.2
    inherit peer SPINE
    address-family ipv4 unicast
      route-map OWN out
`);
    const neighbour = process.neighbours.get('10.0.0.2');
    if (!neighbour) throw new Error('The neighbour is missing.');
    const effective = effectiveNeighbour(process, neighbour);
    expect(effective).toMatchObject({
      remoteAs: { value: 65100 },
      ebgpMultihop: { value: 5 },
      updateSource: { value: 'loopback0' },
    });
    expect(effective.families.get('ipv4-unicast')).toMatchObject({
      activate: { value: true },
      policyOut: { policies: [{ value: 'OWN' }] },
      policyIn: { policies: [{ value: 'COMMON' }] },
      maximumPrefix: { value: { limit: 10 } },
      sendCommunity: { value: ['standard'] },
    });
  });

  it('makes an instance per VRF, which knows the templates', () => {
    const text = `router bgp 65001
  template peer T
    remote-as 65009
  vrf RED
    router-id 9.9.9.9
    address-family ipv4 unicast
      redistribute direct route-map ALL
    neighbor 10.9.0.2
      inherit peer T
    neighbor 10.9.1.0/24
      remote-as 65010
      address-family ipv4 unicast
`;
    const red = bgp(text, 'RED');
    expect(red.asn.value).toBe(65001);
    expect(red.groups.get('T')?.remoteAs?.value).toBe(65009);
    expect(red.listenRanges).toMatchObject([{ prefix: '10.9.1.0/24', group: '10.9.1.0/24' }]);
    expect(red.groups.get('10.9.1.0/24')).toMatchObject({ remoteAs: { value: 65010 } });
  });

  it('removes what a negative line names', () => {
    const process = bgp(`router bgp 65001
  neighbor 10.0.0.2 remote-as 65002
    address-family ipv4 unicast
      route-map IN in
      no route-map IN in
  neighbor 10.0.0.3 remote-as 65003
  no neighbor 10.0.0.3
`);
    expect([...process.neighbours.keys()]).toEqual(['10.0.0.2']);
    expect(process.neighbours.get('10.0.0.2')?.families.get('ipv4-unicast')?.policyIn).toBeUndefined();
  });
});

describe('NX-OS interior protocols', () => {
  it('run where interfaces say so, per VRF', () => {
    const device = parse(`router ospf UNDERLAY
  router-id 1.1.1.1
  area 0.0.0.1 nssa no-summary
  auto-cost reference-bandwidth 100 Gbps
  vrf RED
    redistribute static route-map S
interface Ethernet1/1
  ip router ospf UNDERLAY area 1
  ip ospf network point-to-point
  ip ospf passive-interface
  ip ospf cost 10
`);
    expect(device.ospf).toMatchObject([
      { id: 'UNDERLAY', vrf: 'default', referenceBandwidthMbps: { value: 100_000 } },
      { id: 'UNDERLAY', vrf: 'RED', redistribute: [{ source: 'static' }] },
    ]);
    expect(device.ospf[0]?.areas.get('0.0.0.1')).toMatchObject({ type: { value: 'nssa' }, noSummary: { value: true } });
    expect(device.interfaces.get('Ethernet1/1')?.ospf).toMatchObject({
      process: 'UNDERLAY',
      area: { value: '0.0.0.1' },
      networkType: { value: 'point-to-point' },
      passive: { value: true },
      cost: { value: 10 },
    });
    expect(device.notModelled).toEqual([]);
  });

  it('knows EIGRP of interfaces by the autonomous system of the instance that they name', () => {
    const device = parse(`router eigrp CORE
  autonomous-system 100
router bgp 65001
  address-family ipv4 unicast
    redistribute eigrp CORE route-map ALL
interface Ethernet1/1
  no switchport
  ip address 10.0.0.1/24
  ip router eigrp CORE
  ip passive-interface eigrp CORE
  ip distribute-list eigrp CORE prefix-list NO in
  ip summary-address eigrp CORE 10.0.0.0/8
`);
    expect(device.eigrp).toMatchObject([
      {
        asn: '100',
        instance: 'CORE',
        summaries: [{ interface: 'Ethernet1/1', prefix: '10.0.0.0/8' }],
      },
    ]);
    expect(device.interfaces.get('Ethernet1/1')?.eigrp).toMatchObject([
      {
        asn: '100',
        enabled: true,
        passive: true,
        distributeLists: [{ list: { value: 'NO' }, kind: 'prefix-list', direction: 'in' }],
      },
    ]);
    expect(device.bgp[0]?.families.get('ipv4-unicast')?.redistribute).toMatchObject([
      { source: 'eigrp', sourceId: '100' },
    ]);
  });
});

describe('NX-OS lists and the rest', () => {
  it('reads quoted expressions, route-maps and access-lists', () => {
    const device = parse(`ip as-path access-list A seq 10 permit "^65001_"
ip community-list standard C seq 10 permit 65001:1
ip community-list expanded E seq 10 permit "65001:[0-9]+"
ip access-list ACL
  statistics per-entry
  10 permit tcp 10.0.0.0/8 any eq bgp
route-map M permit 10
  match as-path A
  match community C
  match ip address prefix-list P Q
  set metric-type type-1
  set comm-list E delete
  set extcommunity rt 65001:1 additive
`);
    expect(device.asPathLists.get('A')?.entries).toMatchObject([{ expression: '^65001_' }]);
    expect(device.communityLists.get('E')?.entries).toMatchObject([{ expression: '65001:[0-9]+' }]);
    expect(device.accessLists.get('ipv4 ACL')?.entries).toMatchObject([
      { sequence: 10, destinationPorts: [[179, 179]] },
    ]);
    expect(device.policies.get('M')?.terms[0]?.conditions.map(({ kind }) => kind)).toEqual([
      'as-path-list',
      'community-list',
      'prefix-list',
    ]);
    expect(device.notModelled).toEqual([]);
  });

  it('notes a protocol without its feature, in a text that has features', () => {
    const lines = (text: string) => parse(text).notModelled.map((line) => line.text);
    expect(lines('feature bgp\nrouter bgp 65001\n')).toEqual([]);
    expect(lines('router bgp 65001\n')).toEqual([]);
    expect(lines('feature ospf\nrouter bgp 65001\n')).toEqual([
      'router bgp: the device does not take these lines without "feature bgp"',
    ]);
    expect(parse('feature bgp\nrouter bgp 65001\nno feature bgp\n').bgp).toEqual([]);
  });

  it('keeps users, their roles and their keys', () => {
    const { management } = parse(`username admin password 5 $5$abc  role network-admin
snmp-server user admin network-admin auth md5 0xab priv 0xcd localizedkey
line vty
  access-class MGMT in
`);
    expect(management.users).toMatchObject([{ name: 'admin', privilege: 15, secret: { storage: 'hashed' } }]);
    expect(management.snmpUsers).toMatchObject([{ name: 'admin', auth: 'md5', priv: 'aes-128' }]);
    expect(management.lines).toMatchObject([{ name: 'vty', accessClassIn: { value: 'MGMT' } }]);
  });
});
