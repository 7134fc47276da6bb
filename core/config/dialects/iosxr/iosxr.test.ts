import { describe, expect, it } from 'vitest';
import { effectiveNeighbour } from '../../device/effective-neighbour.ts';
import { parseConfig } from '../../parse.ts';

const parse = (text: string) => parseConfig({ text, file: 'x1.cfg', node: 'x1', dialect: 'iosxr' }).device;

describe('IOS-XR interfaces', () => {
  it('are up and routed, with their addresses, filters and bundles', () => {
    const device = parse(`interface GigabitEthernet0/0/0/1.35
 vrf RED
 ipv4 address 10.0.0.5 255.255.255.252
 ipv4 address 10.0.1.5/30 secondary
 ipv6 address 2001:db8::1/64
 encapsulation dot1q 35
 ipv4 access-group ACL ingress
!
interface TenGigE0/0/0/2
 bundle id 7 mode active
!
interface MgmtEth0/RP0/CPU0/0
 shutdown
!
interface preconfigure GigabitEthernet0/1/0/0
 ipv4 address 10.9.0.1/24
!
int gi0/0/0/3
 ipv4 addr 10.3.0.1 255.255.255.0
`);
    const sub = device.interfaces.get('GigabitEthernet0/0/0/1.35');
    expect(sub).toMatchObject({
      kind: 'subinterface',
      parent: 'GigabitEthernet0/0/0/1',
      vrf: { value: 'RED' },
      encapsulationVlan: { value: 35 },
      accessGroups: [{ list: { value: 'ACL' }, direction: 'in', family: 'ipv4' }],
    });
    expect(sub?.addresses.map(({ address, secondary }) => [address, secondary])).toEqual([
      ['10.0.0.5', false],
      ['10.0.1.5', true],
      ['2001:db8::1', false],
    ]);
    expect(device.interfaces.get('TenGigE0/0/0/2')?.aggregate?.value).toBe('Bundle-Ether7');
    expect(device.interfaces.get('Bundle-Ether7')?.kind).toBe('aggregate');
    expect(device.interfaces.get('MgmtEth0/RP0/CPU0/0')).toMatchObject({
      kind: 'management',
      shutdown: { value: true },
    });
    expect(device.interfaces.get('GigabitEthernet0/1/0/0')?.shutdown).toMatchObject({ value: true });
    expect(device.interfaces.get('GigabitEthernet0/0/0/3')?.addresses[0]?.address).toBe('10.3.0.1');
    expect(device.notModelled).toEqual([]);
  });
});

describe('IOS-XR VRFs and static routes', () => {
  it('have targets on lines of their own, and routes in a tree', () => {
    const device = parse(`vrf RED
 address-family ipv4 unicast
  import route-target
   65001:1
   65001:2
  !
  export route-target
   65001:1
  !
  import from default-vrf route-policy LEAK
 !
!
router static
 address-family ipv4 unicast
  0.0.0.0/0 10.0.0.1 200 tag 7
  10.9.0.0/16 Null0
 !
 vrf RED
  address-family ipv4 unicast
   10.1.0.0/16 GigabitEthernet0/0/0/2 10.0.0.2
   10.2.0.0/16 vrf default 10.0.0.3
  !
  address-family ipv6 unicast
   2001:db8::/32 2001:db8:1::1
`);
    expect(device.vrfs.get('RED')).toMatchObject({
      importTargets: [{ value: '65001:1' }, { value: '65001:2' }],
      exportTargets: [{ value: '65001:1' }],
      importFromGlobal: { value: 'LEAK' },
    });
    expect(device.staticRoutes).toMatchObject([
      { vrf: 'default', prefix: '0.0.0.0/0', nextHop: { ip: '10.0.0.1' }, distance: 200, tag: 7 },
      { vrf: 'default', prefix: '10.9.0.0/16', nextHop: { drop: 'discard' } },
      { vrf: 'RED', prefix: '10.1.0.0/16', nextHop: { ip: '10.0.0.2', interface: 'GigabitEthernet0/0/0/2' } },
      { vrf: 'RED', prefix: '10.2.0.0/16', nextHop: { ip: '10.0.0.3', vrf: 'default' } },
      { vrf: 'RED', prefix: '2001:db8::/32', family: 'ipv6' },
    ]);
    expect(device.notModelled).toEqual([]);
  });
});

describe('IOS-XR BGP', () => {
  it('takes settings from neighbour, session and address family groups', () => {
    const device = parse(`router bgp 65001
 bgp router-id 1.1.1.1
 bgp bestpath med always
 address-family ipv4 unicast
  network 10.1.0.0/16 route-policy SET
  redistribute ospf 1 match internal external 1 route-policy R
  maximum-paths ebgp 4
 !
 session-group FAR
  ebgp-multihop 5
 !
 af-group COMMON address-family ipv4 unicast
  route-policy COMMON in
  next-hop-self
 !
 neighbor-group RR
  remote-as 65001
  use session-group FAR
  update-source Loopback0
  address-family ipv4 unicast
   use af-group COMMON
   route-reflector-client
  !
 !
 neighbor 10.0.0.2
  use neighbor-group RR
  address-family ipv4 unicast
   route-policy OWN(100, 200) out
  !
 !
 vrf RED
  rd 1.1.1.1:5
  address-family ipv4 unicast
   redistribute connected
  !
  neighbor 10.9.0.2
   remote-as 65009
   local-as 65200 no-prepend replace-as
   address-family ipv4 unicast
    send-community-ebgp
    remove-private-AS
`);
    const [main, red] = device.bgp;
    const neighbour = main?.neighbours.get('10.0.0.2');
    if (!main || !neighbour) throw new Error('The neighbour is missing.');
    expect(effectiveNeighbour(main, neighbour)).toMatchObject({
      remoteAs: { value: 65001 },
      ebgpMultihop: { value: 5 },
      updateSource: { value: 'Loopback0' },
    });
    expect(effectiveNeighbour(main, neighbour).families.get('ipv4-unicast')).toMatchObject({
      activate: { value: true },
      policyIn: { policies: [{ value: 'COMMON' }] },
      policyOut: { policies: [{ value: 'OWN(100,200)' }] },
      nextHopSelf: { value: 'set' },
      routeReflectorClient: { value: true },
    });
    expect(main.families.get('ipv4-unicast')).toMatchObject({
      networks: [{ prefix: '10.1.0.0/16', policy: { value: 'SET' } }],
      redistribute: [{ source: 'ospf', sourceId: '1', matchTypes: ['internal', 'external-1'] }],
      maximumPaths: { value: 4 },
    });
    expect(red).toMatchObject({
      vrf: 'RED',
      routerId: { value: '1.1.1.1' },
      options: { alwaysCompareMed: { value: true } },
    });
    expect(red?.neighbours.get('10.9.0.2')).toMatchObject({
      localAs: { value: { asn: 65200, noPrepend: true, replaceAs: true } },
    });
    expect(red?.neighbours.get('10.9.0.2')?.families.get('ipv4-unicast')).toMatchObject({
      sendCommunity: { value: ['standard', 'large'] },
      removePrivateAs: { value: 'remove' },
    });
    expect(device.vrfs.get('RED')?.routeDistinguisher?.value).toBe('1.1.1.1:5');
    expect(device.notModelled).toEqual([]);
  });
});

describe('IOS-XR interior protocols', () => {
  it('hand down what the process and the area say', () => {
    const device = parse(`router ospf 1
 network point-to-point
 cost 7
 address-family ipv4 unicast
 area 1
  nssa no-summary
  cost 9
  interface Loopback0
   passive enable
  !
  interface GigabitEthernet0/0/0/0
   cost 11
  !
  interface GigabitEthernet0/0/0/1
  !
 !
 vrf RED
  area 0
   interface GigabitEthernet0/0/0/2
`);
    const ospf = (name: string) => device.interfaces.get(name)?.ospf;
    expect(ospf('Loopback0')).toMatchObject({
      area: { value: '0.0.0.1' },
      passive: { value: true },
      cost: { value: 9 },
    });
    expect(ospf('GigabitEthernet0/0/0/0')).toMatchObject({
      cost: { value: 11 },
      networkType: { value: 'point-to-point' },
    });
    expect(ospf('GigabitEthernet0/0/0/1')?.cost?.value).toBe(9);
    expect(device.ospf.map(({ id, vrf }) => [id, vrf])).toEqual([
      ['1', 'default'],
      ['1', 'RED'],
    ]);
    expect(device.ospf[0]?.areas.get('0.0.0.1')).toMatchObject({ type: { value: 'nssa' }, noSummary: { value: true } });
    expect(device.notModelled).toEqual([]);
  });

  it('name the interfaces on which they run', () => {
    const device = parse(`router isis CORE
 is-type level-2-only
 net 49.0001.0000.0000.0001.00
 address-family ipv4 unicast
  metric-style wide
 !
 interface GigabitEthernet0/0/0/0
  point-to-point
  address-family ipv4 unicast
   metric 20
  !
 !
!
router eigrp 100
 address-family ipv4
  interface GigabitEthernet0/0/0/1
   passive-interface
  !
 !
!
router hsrp
 interface GigabitEthernet0/0/0/2
  address-family ipv4
   hsrp 5
    address 10.0.0.254
    priority 110
    preempt
`);
    expect(device.isis).toMatchObject([{ id: 'CORE', level: { value: '2' }, wideMetrics: { value: true } }]);
    expect(device.interfaces.get('GigabitEthernet0/0/0/0')?.isis).toMatchObject({
      process: 'CORE',
      ipv4: true,
      pointToPoint: { value: true },
      metric: { level2: { value: 20 } },
    });
    expect(device.interfaces.get('GigabitEthernet0/0/0/1')?.eigrp).toMatchObject([
      { asn: '100', enabled: true, passive: true },
    ]);
    expect(device.interfaces.get('GigabitEthernet0/0/0/2')?.firstHop).toMatchObject([
      { protocol: 'hsrp', group: 5, addresses: [{ value: '10.0.0.254' }], priority: { value: 110 } },
    ]);
    expect(device.notModelled).toEqual([]);
  });
});

describe('IOS-XR management', () => {
  it('keeps users, servers and lines', () => {
    const { management, tracks } = parse(`username ops
 group root-lr
 secret 5 $1$abc
!
ntp
 server vrf management 10.0.0.1
!
logging 10.0.0.2 vrf management severity info
telnet vrf default ipv4 server max-servers 10
line default
 access-class ingress MGMT
 transport input ssh
!
track UP
 type line-protocol state
  interface GigabitEthernet0/0/0/0
`);
    expect(management.users).toMatchObject([{ name: 'ops', privilege: 15, secret: { storage: 'hashed' } }]);
    expect(management.ntpServers).toMatchObject([{ address: '10.0.0.1' }]);
    expect(management.loggingHosts).toMatchObject([{ address: '10.0.0.2' }]);
    expect(management.services.get('telnet')?.value).toBe(true);
    expect(management.lines).toMatchObject([{ name: 'default', accessClassIn: { value: 'MGMT' } }]);
    expect(tracks.get('UP')).toMatchObject({ kind: 'interface', target: 'GigabitEthernet0/0/0/0' });
  });
});
