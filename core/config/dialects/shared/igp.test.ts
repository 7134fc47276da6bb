import { describe, expect, it } from 'vitest';
import type { DialectId } from '../../device/device.ts';
import { parseConfig } from '../../parse.ts';

const parse = (dialect: DialectId, text: string) => parseConfig({ text, file: 'r1.cfg', node: 'r1', dialect }).device;

describe('IS-IS', () => {
  it('IOS: process and interfaces', () => {
    const device = parse(
      'ios',
      `interface Gi0/1
 ip router isis CORE
 isis circuit-type level-2-only
 isis metric 20 level-2
 isis network point-to-point
!
router isis CORE
 net 49.0001.0000.0000.0001.00
 is-type level-1-2
 metric-style wide
 passive-interface Loopback0
 redistribute static ip metric 10 level-1 route-map S
 redistribute isis ip level-2 into level-1 route-map LEAK
 summary-address 10.0.0.0 255.0.0.0 level-2
 set-overload-bit on-startup 300
`,
    );
    expect(device.interfaces.get('GigabitEthernet0/1')?.isis).toMatchObject({
      process: 'CORE',
      ipv4: true,
      level: { value: '2' },
      metric: { level2: { value: 20 } },
      pointToPoint: { value: true },
    });
    expect(device.isis).toMatchObject([
      {
        id: 'CORE',
        net: { value: '49.0001.0000.0000.0001.00' },
        level: { value: '1-2' },
        wideMetrics: { value: true },
        passiveInterfaces: [{ value: 'Loopback0' }],
        redistribute: [{ source: 'static', metric: 10, level: '1', policy: { policies: [{ value: 'S' }] } }],
        leak: [{ from: '2', to: '1', policy: 'LEAK' }],
        summaries: [{ prefix: '10.0.0.0/8', level: '2' }],
      },
    ]);
    expect(device.isis[0]?.overload).toBeUndefined();
    expect(device.notModelled).toEqual([]);
  });

  it('FRR names the family of what is redistributed', () => {
    const device = parse(
      'frr',
      'interface eth1\n ip router isis A\n ipv6 router isis A\n isis passive\nrouter isis A\n redistribute ipv4 connected level-2 metric 7\n',
    );
    expect(device.isis[0]?.redistribute).toMatchObject([{ source: 'connected', level: '2', metric: 7 }]);
    expect(device.interfaces.get('eth1')?.isis).toMatchObject({
      process: 'A',
      ipv4: true,
      ipv6: true,
      passive: { value: true },
    });
  });
});

describe('EIGRP', () => {
  it('classic: networks, VRF families, summaries of interfaces', () => {
    const device = parse(
      'ios',
      `interface Gi1
 vrf forwarding RED
 ip summary-address eigrp 2 10.0.0.0 255.0.0.0
!
router eigrp 1
 network 10.0.0.0
 network 172.16.1.0 0.0.0.255
 redistribute eigrp 2 metric 10000 100 255 1 1500
 passive-interface default
 no passive-interface Gi2
 distribute-list route-map BLOCK out
 no auto-summary
 eigrp router-id 1.1.1.1
 !
 address-family ipv4 vrf RED autonomous-system 2
  network 10.9.0.0 0.0.0.3
  redistribute bgp 65001 metric 1000 100 255 1 1500
 exit-address-family
 !
 address-family ipv4 vrf BLUE
  autonomous-system 3
 exit-address-family
`,
    );
    expect(device.eigrp).toMatchObject([
      {
        asn: '1',
        vrf: 'default',
        networks: [
          { address: '10.0.0.0', wildcard: '0.255.255.255' },
          { address: '172.16.1.0', wildcard: '0.0.0.255' },
        ],
        redistribute: [{ source: 'eigrp', sourceId: '2', eigrpMetric: [10000, 100, 255, 1, 1500] }],
        passiveDefault: { value: true },
        activeInterfaces: [{ value: 'GigabitEthernet2' }],
        distributeLists: [{ list: { value: 'BLOCK' }, kind: 'route-map', direction: 'out' }],
        autoSummary: { value: false },
        routerId: { value: '1.1.1.1' },
      },
      {
        asn: '2',
        vrf: 'RED',
        redistribute: [{ source: 'bgp', sourceId: '65001' }],
        summaries: [{ interface: 'GigabitEthernet1', prefix: '10.0.0.0/8' }],
      },
      { asn: '3', vrf: 'BLUE' },
    ]);
    expect(device.notModelled).toEqual([]);
  });

  it('named: families, topology, interfaces; services are of no account', () => {
    const device = parse(
      'ios',
      `router eigrp BORDER
 !
 address-family ipv4 unicast autonomous-system 100
  !
  af-interface default
   passive-interface
  exit-af-interface
  !
  af-interface Gi1
   no passive-interface
   summary-address 10.0.0.0 255.0.0.0
  exit-af-interface
  !
  topology base
   redistribute eigrp 1 metric 1 2 3 4 5
  exit-af-topology
  network 10.0.0.0
 exit-address-family
 !
 service-family ipv4 autonomous-system 9
  !
  topology base
  exit-sf-topology
 exit-service-family
`,
    );
    expect(device.eigrp).toMatchObject([
      {
        asn: '100',
        name: 'BORDER',
        wideMetrics: true,
        passiveDefault: { value: true },
        activeInterfaces: [{ value: 'GigabitEthernet1' }],
        summaries: [{ interface: 'GigabitEthernet1', prefix: '10.0.0.0/8' }],
        redistribute: [{ source: 'eigrp', sourceId: '1', eigrpMetric: [1, 2, 3, 4, 5] }],
        networks: [{ address: '10.0.0.0' }],
      },
    ]);
    expect(device.notModelled).toEqual([]);
  });
});

describe('RIP', () => {
  it('reads the process and its VRFs', () => {
    const device = parse(
      'ios',
      'router rip\n version 2\n network 10.0.0.0\n no auto-summary\n redistribute static metric 3\n address-family ipv4 vrf RED\n  network 192.168.1.0\n exit-address-family\n',
    );
    expect(device.rip).toMatchObject([
      {
        vrf: 'default',
        version: { value: 2 },
        networks: [{ value: '10.0.0.0' }],
        autoSummary: { value: false },
        redistribute: [{ source: 'static', metric: 3 }],
      },
      { vrf: 'RED', networks: [{ value: '192.168.1.0' }] },
    ]);
  });
});
