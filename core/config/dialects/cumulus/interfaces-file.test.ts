import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../parse.ts';

const parse = (text: string) => parseConfig({ text, file: 'leaf01.cfg', node: 'leaf01', dialect: 'frr' }).device;

describe('Cumulus Linux files in one', () => {
  const device = parse(`leaf01
# This file describes the network interfaces
auto lo
iface lo inet loopback
    address 10.0.0.1/32

auto eth0
iface eth0 inet dhcp
    vrf mgmt

auto mgmt
iface mgmt
    vrf-table auto

auto swp1
iface swp1
    bridge-access 10

iface swp2
iface bond1
    bond-slaves swp3 swp4

iface vlan10
    address 10.10.0.2/24
    address-virtual 00:00:5e:00:01:01 10.10.0.1/24
    vlan-id 10
    vlan-raw-device bridge

iface bridge
    bridge-ports swp1 swp2 bond1
    bridge-vids 10 20-22
    bridge-pvid 1
    bridge-vlan-aware yes
# ports.conf --
frr version 4.0+cl3u8
frr defaults datacenter
interface swp2
 description uplink
router bgp 65001
 neighbor swp2 interface remote-as external
`);

  it('makes interfaces of the interfaces file, and routing of frr.conf', () => {
    expect(device.hostname?.value).toBe('leaf01');
    expect(device.interfaces.get('lo')?.addresses).toMatchObject([{ address: '10.0.0.1', length: 32 }]);
    expect(device.interfaces.get('eth0')).toMatchObject({ dhcp: { value: true }, vrf: { value: 'mgmt' } });
    expect([...device.vrfs.keys()]).toEqual(['mgmt']);
    expect(device.interfaces.get('vlan10')).toMatchObject({
      kind: 'vlan',
      vlan: 10,
      addresses: [{ address: '10.10.0.2', length: 24 }],
      firstHop: [{ protocol: 'varp', addresses: [{ value: '10.10.0.1' }] }],
    });
    expect(device.interfaces.get('swp2')?.description?.value).toBe('uplink');
    expect(device.bgp[0]?.neighbours.get('swp2')?.kind).toBe('interface');
    expect(device.bgp[0]?.options.ebgpRequiresPolicy?.value).toBe(false);
    expect(device.notModelled).toEqual([]);
  });

  it('gives ports of a bridge its VLANs', () => {
    expect(device.interfaces.get('swp1')?.switchport).toMatchObject({
      mode: { value: 'access' },
      accessVlan: { value: 10 },
    });
    expect(device.interfaces.get('bond1')?.switchport).toMatchObject({
      mode: { value: 'trunk' },
      allowedVlans: { value: [10, 20, 21, 22] },
      nativeVlan: { value: 1 },
    });
    expect(device.interfaces.get('swp3')?.aggregate?.value).toBe('bond1');
  });
});
