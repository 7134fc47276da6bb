import { describe, expect, it } from 'vitest';
import type { DialectId } from '../../device/device.ts';
import { parseConfig } from '../../parse.ts';

const device = (dialect: DialectId, text: string) => parseConfig({ text, file: 'r1.cfg', node: 'r1', dialect }).device;
const addresses = (dialect: DialectId, text: string, name: string) =>
  device(dialect, text)
    .interfaces.get(name)
    ?.addresses.map(({ address, length, secondary }) => `${address}/${length}${secondary ? ' secondary' : ''}`);

describe('interfaces', () => {
  it('IOS: addresses, VRF, sizes', () => {
    const { interfaces, vrfs, notModelled } = device(
      'ios',
      `interface Gi0/1.10
 description to core
 encapsulation dot1Q 10
 vrf forwarding RED
 ip address 10.0.0.1 255.255.255.252
 ip address 10.0.1.1 255.255.255.0 secondary
 ipv6 address 2001:DB8::1/64
 ipv6 address FE80::1 link-local
 ip mtu 1400
 bandwidth 1000
 ip access-group FILTER in
 no ip proxy-arp
 shutdown
`,
    );
    const iface = interfaces.get('GigabitEthernet0/1.10');
    expect(iface).toMatchObject({
      kind: 'subinterface',
      parent: 'GigabitEthernet0/1',
      encapsulationVlan: { value: 10 },
      vrf: { value: 'RED' },
      ipMtu: { value: 1400 },
      bandwidthKbps: { value: 1000 },
      proxyArp: { value: false },
      shutdown: { value: true },
      accessGroups: [{ list: { value: 'FILTER' }, direction: 'in', family: 'ipv4' }],
    });
    expect(iface?.addresses).toMatchObject([
      { address: '10.0.0.1', length: 30, secondary: false, span: { line: 4, start: 12, end: 36 } },
      { address: '10.0.1.1', length: 24, secondary: true },
      { address: '2001:db8::1', length: 64, linkLocal: false },
      { address: 'fe80::1', length: 64, linkLocal: true },
    ]);
    expect(vrfs.get('RED')?.interfaces.map(({ value }) => value)).toEqual(['GigabitEthernet0/1.10']);
    expect(notModelled).toEqual([]);
  });

  it('a new primary address replaces the old one, except on FRR', () => {
    expect(
      addresses(
        'eos',
        'interface Et1\n   no switchport\n   ip address 10.0.0.1/31\n   ip address 10.0.0.3/31\n',
        'Ethernet1',
      ),
    ).toEqual(['10.0.0.3/31']);
    expect(addresses('frr', 'interface eth1\n ip address 10.0.0.1/31\n ip address 10.0.0.3/31\n', 'eth1')).toEqual([
      '10.0.0.1/31',
      '10.0.0.3/31',
    ]);
    expect(addresses('frr', 'interface eth1\n ip address 10.0.0.1/31\n no ip address 10.0.0.1/31\n', 'eth1')).toEqual(
      [],
    );
  });

  it('a change of the VRF removes addresses on IOS and EOS', () => {
    expect(
      addresses('ios', 'interface Gi1\n ip address 10.0.0.1 255.255.255.0\n vrf forwarding RED\n', 'GigabitEthernet1'),
    ).toEqual([]);
    expect(addresses('frr', 'interface eth1\n ip address 10.0.0.1/24\n vrf RED\n', 'eth1')).toEqual(['10.0.0.1/24']);
  });

  it('EOS: ports are layer-2 ports unless they say otherwise', () => {
    const { interfaces } = device(
      'eos',
      'interface Ethernet1\ninterface Ethernet2\n   no switchport\ninterface Management1\ninterface Loopback0\n',
    );
    expect([...interfaces.values()].map(({ name, switchport }) => [name, switchport?.mode?.value])).toEqual([
      ['Ethernet1', 'access'],
      ['Ethernet2', 'routed'],
      ['Management1', undefined],
      ['Loopback0', undefined],
    ]);
  });

  it('EOS: a range of interfaces is configured at once', () => {
    const { interfaces } = device('eos', 'interface Ethernet1-2\n   channel-group 5 mode active\n   mtu 9214\n');
    expect(interfaces.get('Ethernet2')).toMatchObject({ aggregate: { value: 'Port-Channel5' }, mtu: { value: 9214 } });
    expect(interfaces.has('Port-Channel5')).toBe(true);
  });

  it('reads first-hop groups', () => {
    const ios = device(
      'ios',
      'interface Gi1\n standby 1 ip 10.0.0.254\n standby 1 priority 110\n standby 1 preempt\n vrrp 2 ip 10.0.0.253\n',
    );
    expect(ios.interfaces.get('GigabitEthernet1')?.firstHop).toMatchObject([
      {
        protocol: 'hsrp',
        group: 1,
        addresses: [{ value: '10.0.0.254' }],
        priority: { value: 110 },
        preempt: { value: true },
      },
      { protocol: 'vrrp', group: 2, addresses: [{ value: '10.0.0.253' }] },
    ]);
    const eos = device(
      'eos',
      'interface Vlan10\n   ip address virtual 10.1.0.1/24\n   vrrp 7 ipv4 10.1.0.9\n   vrrp 7 priority-level 50\n',
    );
    expect(eos.interfaces.get('Vlan10')).toMatchObject({
      vlan: 10,
      addresses: [{ address: '10.1.0.1', length: 24 }],
      firstHop: [{ protocol: 'varp' }, { protocol: 'vrrp', group: 7, priority: { value: 50 } }],
    });
  });
});

describe('switch ports', () => {
  const port = (lines: string) =>
    device('ios', `interface Gi1/0/1\n switchport mode trunk\n${lines}`).interfaces.get('GigabitEthernet1/0/1')
      ?.switchport;

  it('edits the list of a trunk as the device does', () => {
    expect(port(' switchport trunk allowed vlan 10,20-22\n')?.allowedVlans?.value).toEqual([10, 20, 21, 22]);
    expect(
      port(' switchport trunk allowed vlan 10,20\n switchport trunk allowed vlan add 30\n')?.allowedVlans?.value,
    ).toEqual([10, 20, 30]);
    expect(
      port(' switchport trunk allowed vlan 10,20\n switchport trunk allowed vlan remove 10\n')?.allowedVlans?.value,
    ).toEqual([20]);
    expect(port(' switchport trunk allowed vlan except 2-4094\n')?.allowedVlans?.value).toEqual([1]);
    expect(port(' switchport trunk allowed vlan none\n')?.allowedVlans?.value).toEqual([]);
    expect(
      port(' switchport trunk allowed vlan 5\n switchport trunk allowed vlan all\n')?.allowedVlans,
    ).toBeUndefined();
    expect(port(' switchport trunk allowed vlan remove 1-4093\n')?.allowedVlans?.value).toEqual([4094]);
  });

  it('EOS: gives several VLANs their VXLAN networks at once', () => {
    const { vlans } = device(
      'eos',
      'interface Vxlan1\n   vxlan vlan 10-12 vni 10010-10012\n   vxlan vlan 20 vni 500\n',
    );
    expect([...vlans.values()].map(({ id, vni }) => [id, vni])).toEqual([
      [10, 10010],
      [11, 10011],
      [12, 10012],
      [20, 500],
    ]);
  });

  it('makes VLANs and their trunk groups', () => {
    const { vlans } = device('eos', 'vlan 10,20\n   name web\nvlan 4094\n   trunk group MLAG\n');
    expect([...vlans.keys()]).toEqual([10, 20, 4094]);
    expect(vlans.get(20)?.name?.value).toBe('web');
    expect(vlans.get(4094)?.trunkGroups?.map(({ value }) => value)).toEqual(['MLAG']);
  });
});
