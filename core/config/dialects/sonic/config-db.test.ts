import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../parse.ts';

const parse = (
  database: string,
  text = 'frr version 7.2-sonic\nrouter bgp 65001\n neighbor 10.0.0.2 remote-as 65002\n',
) =>
  parseConfig({
    text,
    file: 'ra01.cfg',
    node: 'ra01',
    dialect: 'frr',
    companions: [{ file: 'ra01.config_db.json', text: database }],
  }).device;

describe('config_db.json', () => {
  it('gives interfaces, VLANs, VRFs and static routes, with places in that file', () => {
    const device = parse(`{
  "DEVICE_METADATA": {"localhost": {"hostname": "ra01"}},
  "PORT": {"Ethernet0": {"admin_status": "up", "mtu": "9100", "speed": "25000"}, "Ethernet4": {"admin_status": "down"}},
  "INTERFACE": {
    "Ethernet0": {"vrf_name": "Vrf1"},
    "Ethernet0|10.0.0.1/30": {},
    "Ethernet0|2001:db8::1/64": {}
  },
  "LOOPBACK_INTERFACE": {"Loopback0|1.1.1.1/32": {}},
  "VLAN": {"Vlan10": {"vlanid": "10"}},
  "VLAN_MEMBER": {"Vlan10|Ethernet4": {"tagging_mode": "untagged"}, "Vlan10|PortChannel1": {"tagging_mode": "tagged"}},
  "VLAN_INTERFACE": {"Vlan10": {}, "Vlan10|10.10.0.1/24": {}},
  "PORTCHANNEL_MEMBER": {"PortChannel1|Ethernet8": {}},
  "VRF": {"default": {}, "Vrf1": {"vni": "100"}},
  "STATIC_ROUTE": {"Vrf1|10.9.0.0/16": {"nexthop": "10.0.0.2,10.0.0.6", "ifname": "Ethernet0,", "distance": "0,5"}},
  "TELEMETRY": {},
  "ACL_TABLE": {}
}
`);
    expect(device.hostname?.value).toBe('ra01');
    expect(device.interfaces.get('Ethernet0')).toMatchObject({
      mtu: { value: 9100 },
      vrf: { value: 'Vrf1' },
      addresses: [
        { address: '10.0.0.1', length: 30, span: { file: 'ra01.config_db.json', line: 5, start: 4, end: 27 } },
        { address: '2001:db8::1', length: 64 },
      ],
    });
    expect(device.interfaces.get('Ethernet4')).toMatchObject({
      shutdown: { value: true },
      switchport: { mode: { value: 'access' }, accessVlan: { value: 10 } },
    });
    expect(device.interfaces.get('PortChannel1')).toMatchObject({
      kind: 'aggregate',
      switchport: { mode: { value: 'trunk' }, allowedVlans: { value: [10] } },
    });
    expect(device.interfaces.get('Ethernet8')?.aggregate?.value).toBe('PortChannel1');
    expect(device.interfaces.get('Vlan10')).toMatchObject({
      kind: 'vlan',
      vlan: 10,
      addresses: [{ address: '10.10.0.1' }],
    });
    expect(device.vrfs.get('Vrf1')?.vni?.value).toBe(100);
    expect(device.staticRoutes).toMatchObject([
      { vrf: 'Vrf1', prefix: '10.9.0.0/16', nextHop: { ip: '10.0.0.2', interface: 'Ethernet0' } },
      { vrf: 'Vrf1', prefix: '10.9.0.0/16', nextHop: { ip: '10.0.0.6' }, distance: 5 },
    ]);
    expect(device.bgp[0]?.neighbours.has('10.0.0.2')).toBe(true);
    expect(device.notModelled.map((line) => line.text)).toEqual(['config_db / ACL_TABLE']);
  });

  it('a file that is not JSON is listed, and the rest of the device is there', () => {
    const device = parse('{"PORT": ');
    expect(device.notModelled).toMatchObject([{ mayAffectRouting: true, span: { file: 'ra01.config_db.json' } }]);
    expect(device.bgp).toHaveLength(1);
  });
});
