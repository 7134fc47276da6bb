import { describe, expect, it } from 'vitest';
import type { DialectId } from '../../device/device.ts';
import { parseConfig } from '../../parse.ts';

const routes = (dialect: DialectId, text: string) =>
  parseConfig({ text, file: 'r1.cfg', node: 'r1', dialect }).device.staticRoutes.map(
    ({ span: _, recursive: __, family: ___, ...route }) => route,
  );

describe('static routes', () => {
  it('IOS: gateways, interfaces, drops, VRFs and options', () => {
    expect(
      routes(
        'ios',
        `ip route 0.0.0.0 0.0.0.0 10.0.0.1 250 name BACKUP tag 7 track 3
ip route 10.0.0.0 255.0.0.0 Null0
ip route 10.1.0.0 255.255.0.0 gi0/1 10.0.0.5
ip route vrf RED 10.2.0.0 255.255.0.0 10.0.0.9 global
ipv6 route 2001:db8::/32 gi0/1 FE80::1 200
ipv6 route vrf RED ::/0 2001:db8::1 nexthop-vrf BLUE`,
      ),
    ).toEqual([
      {
        vrf: 'default',
        prefix: '0.0.0.0/0',
        nextHop: { ip: '10.0.0.1' },
        distance: 250,
        name: 'BACKUP',
        tag: 7,
        track: '3',
      },
      { vrf: 'default', prefix: '10.0.0.0/8', nextHop: { drop: 'discard' } },
      { vrf: 'default', prefix: '10.1.0.0/16', nextHop: { ip: '10.0.0.5', interface: 'GigabitEthernet0/1' } },
      { vrf: 'RED', prefix: '10.2.0.0/16', nextHop: { ip: '10.0.0.9', vrf: 'default' } },
      {
        vrf: 'default',
        prefix: '2001:db8::/32',
        nextHop: { ip: 'fe80::1', interface: 'GigabitEthernet0/1' },
        distance: 200,
      },
      { vrf: 'RED', prefix: '::/0', nextHop: { ip: '2001:db8::1', vrf: 'BLUE' } },
    ]);
  });

  it('EOS: lengths, egress VRF, Null0', () => {
    expect(
      routes(
        'eos',
        `ip route 0.0.0.0/0 10.0.0.1 10 tag 5 name X
ip route vrf MGMT 0.0.0.0/0 Management1 192.0.2.1
ip route vrf A 10.0.0.0/8 egress-vrf B 10.9.0.1
ip route 10.4.0.0 255.255.0.0 Null0
ipv6 route ::/0 Ethernet1 fe80::1`,
      ),
    ).toEqual([
      { vrf: 'default', prefix: '0.0.0.0/0', nextHop: { ip: '10.0.0.1' }, distance: 10, tag: 5, name: 'X' },
      { vrf: 'MGMT', prefix: '0.0.0.0/0', nextHop: { ip: '192.0.2.1', interface: 'Management1' } },
      { vrf: 'A', prefix: '10.0.0.0/8', nextHop: { ip: '10.9.0.1', vrf: 'B' } },
      { vrf: 'default', prefix: '10.4.0.0/16', nextHop: { drop: 'discard' } },
      { vrf: 'default', prefix: '::/0', nextHop: { ip: 'fe80::1', interface: 'Ethernet1' } },
    ]);
  });

  it('FRR: options in any order, blackhole and reject', () => {
    expect(
      routes(
        'frr',
        `ip route 10.0.0.0/8 192.0.2.1 eth0 tag 5 200
ip route 10.1.0.0/16 blackhole 250
ip route 10.2.0.0/16 reject
ip route 10.3.0.0/16 eth1
ip route 10.4.0.0/16 192.0.2.1 50 vrf RED nexthop-vrf BLUE
ipv6 route ::/0 fe80::1 eth0`,
      ),
    ).toEqual([
      { vrf: 'default', prefix: '10.0.0.0/8', nextHop: { ip: '192.0.2.1', interface: 'eth0' }, distance: 200, tag: 5 },
      { vrf: 'default', prefix: '10.1.0.0/16', nextHop: { drop: 'discard' }, distance: 250 },
      { vrf: 'default', prefix: '10.2.0.0/16', nextHop: { drop: 'reject' } },
      { vrf: 'default', prefix: '10.3.0.0/16', nextHop: { interface: 'eth1' } },
      { vrf: 'RED', prefix: '10.4.0.0/16', nextHop: { ip: '192.0.2.1', vrf: 'BLUE' }, distance: 50 },
      { vrf: 'default', prefix: '::/0', nextHop: { ip: 'fe80::1', interface: 'eth0' } },
    ]);
  });

  it('FRR: a route of another kernel table is not one of this table, and is listed', () => {
    const { device } = parseConfig({
      text: 'ip route 10.0.0.0/8 192.0.2.1 table 5\nip route 10.1.0.0/16 192.0.2.1 label 100\n',
      file: 'frr.conf',
      node: 'r1',
      dialect: 'frr',
    });
    expect(device.staticRoutes.map(({ prefix }) => prefix)).toEqual(['10.1.0.0/16']);
    expect(device.notModelled.map(({ text }) => text)).toEqual([
      'ip route 10.0.0.0/8 192.0.2.1 table 5',
      'ip route 10.1.0.0/16 192.0.2.1 label 100',
    ]);
  });

  it('a negative line removes one next hop, or the whole prefix', () => {
    const text = 'ip route 10.0.0.0/8 10.0.0.1\nip route 10.0.0.0/8 10.0.0.2\nip route 10.1.0.0/16 10.0.0.1\n';
    expect(routes('eos', `${text}no ip route 10.0.0.0/8 10.0.0.1\nno ip route 10.1.0.0/16\n`)).toEqual([
      { vrf: 'default', prefix: '10.0.0.0/8', nextHop: { ip: '10.0.0.2' } },
    ]);
  });
});
