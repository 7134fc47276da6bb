import { describe, expect, it } from 'vitest';
import type { DialectId } from '../../device/device.ts';
import { parseConfig } from '../../parse.ts';

const parse = (dialect: DialectId, text: string) => parseConfig({ text, file: 'r1.cfg', node: 'r1', dialect }).device;

describe('OSPF', () => {
  it('IOS: networks, areas, redistribution, distances', () => {
    const device = parse(
      'ios',
      `router ospf 10 vrf RED
 router-id 1.1.1.1
 auto-cost reference-bandwidth 10000
 network 10.0.0.0 0.0.0.255 area 0
 network 10.1.0.1 0.0.0.0 area 0.0.0.1
 network 10.2.0.0 255.255.0.0 area 2
 area 1 stub no-summary
 area 1 default-cost 5
 area 2 nssa default-information-originate no-summary
 area 0 range 10.0.0.0 255.255.0.0 not-advertise
 area 0 filter-list prefix PL in
 area 2 virtual-link 2.2.2.2
 passive-interface default
 no passive-interface Gi0/1
 redistribute connected metric 5 metric-type 1 subnets route-map C
 redistribute bgp 65001 subnets tag 9
 default-information originate always metric 3 metric-type 1 route-map D
 distance ospf intra-area 90 external 200
 summary-address 172.16.0.0 255.240.0.0 tag 4
 distribute-list prefix IN in GigabitEthernet0/1
 distribute-list 10 out static
 max-metric router-lsa on-startup 300
`,
    );
    const [process] = device.ospf;
    expect(process).toMatchObject({
      id: '10',
      version: 2,
      vrf: 'RED',
      routerId: { value: '1.1.1.1' },
      referenceBandwidthMbps: { value: 10000 },
      passiveDefault: { value: true },
      activeInterfaces: [{ value: 'GigabitEthernet0/1' }],
      defaultOriginate: { value: { always: true, metric: 3, metricType: 1, policy: 'D' } },
      distances: { value: { intra: 90, external: 200 } },
      summaries: [{ prefix: '172.16.0.0/12', advertise: true, tag: 4 }],
      distributeLists: [
        { list: { value: 'IN' }, kind: 'prefix-list', direction: 'in', interface: 'GigabitEthernet0/1' },
        { list: { value: '10' }, kind: 'access-list', direction: 'out', source: 'static' },
      ],
      redistribute: [
        { source: 'connected', metric: 5, metricType: 1, subnets: true, policy: { policies: [{ value: 'C' }] } },
        { source: 'bgp', sourceId: '65001', subnets: true, tag: 9 },
      ],
    });
    expect(process?.maxMetricRouterLsa).toBeUndefined();
    expect([...(process?.areas.keys() ?? [])]).toEqual(['0.0.0.0', '0.0.0.1', '0.0.0.2']);
    expect(process?.areas.get('0.0.0.0')).toMatchObject({
      networks: [{ address: '10.0.0.0', wildcard: '0.0.0.255' }],
      ranges: [{ prefix: '10.0.0.0/16', advertise: false }],
      filterIn: { value: 'PL' },
    });
    expect(process?.areas.get('0.0.0.1')).toMatchObject({
      type: { value: 'stub' },
      noSummary: { value: true },
      defaultCost: { value: 5 },
      networks: [{ address: '10.1.0.1', wildcard: '0.0.0.0' }],
    });
    expect(process?.areas.get('0.0.0.2')).toMatchObject({
      type: { value: 'nssa' },
      noSummary: { value: true },
      nssaDefaultOriginate: { value: true },
      networks: [{ address: '10.2.0.0', wildcard: '0.0.255.255' }],
      virtualLinks: [{ value: '2.2.2.2' }],
    });
    expect(device.notModelled).toEqual([]);
  });

  it('a host wildcard is not the mask of every address', () => {
    const [process] = parse(
      'ios',
      'router ospf 1\n network 0.0.0.0 255.255.255.255 area 0\n network 10.0.0.1 0.0.0.0 area 0\n',
    ).ospf;
    expect(process?.areas.get('0.0.0.0')?.networks.map(({ address, wildcard }) => `${address} ${wildcard}`)).toEqual([
      '0.0.0.0 255.255.255.255',
      '10.0.0.1 0.0.0.0',
    ]);
  });

  it('EOS and FRR: networks by length', () => {
    const networks = (dialect: DialectId, text: string) =>
      parse(dialect, text)
        .ospf[0]?.areas.get('0.0.0.0')
        ?.networks.map(({ address, wildcard }) => [address, wildcard]);
    expect(networks('eos', 'router ospf 1\n   network 10.0.0.0/8 area 0.0.0.0\n')).toEqual([
      ['10.0.0.0', '0.255.255.255'],
    ]);
    expect(
      networks('frr', 'router ospf\n ospf router-id 1.1.1.1\n network 10.0.0.1/32 area 0\n network 0.0.0.0/0 area 0\n'),
    ).toEqual([
      ['10.0.0.1', '0.0.0.0'],
      ['0.0.0.0', '255.255.255.255'],
    ]);
  });

  it('interfaces carry area, cost, type, timers and keys', () => {
    const ios = parse(
      'ios',
      `interface Gi0/1
 ip ospf 1 area 0
 ip ospf cost 10
 ip ospf network point-to-point
 ip ospf hello-interval 5
 ip ospf dead-interval 20
 ip ospf authentication message-digest
 ip ospf message-digest-key 1 md5 7 0822455D0A16
 ipv6 ospf 2 area 0.0.0.1
 ospfv3 3 ipv6 area 5
`,
    ).interfaces.get('GigabitEthernet0/1');
    expect(ios?.ospf).toMatchObject({
      process: '1',
      area: { value: '0.0.0.0' },
      cost: { value: 10 },
      networkType: { value: 'point-to-point' },
      helloSeconds: { value: 5 },
      deadSeconds: { value: 20 },
      authentication: { value: 'message-digest' },
      authenticationKey: { value: { text: '0822455D0A16', storage: 'reversible', type: '7' } },
    });
    expect(ios?.ospfv3).toMatchObject({ process: '3', area: { value: '0.0.0.5' } });
    const frr = parse('frr', 'interface swp1\n ip ospf area 0\n ip ospf passive\n ipv6 ospf6 area 1\n').interfaces.get(
      'swp1',
    );
    expect(frr).toMatchObject({
      ospf: { area: { value: '0.0.0.0' }, passive: { value: true } },
      ospfv3: { area: { value: '0.0.0.1' } },
    });
  });

  it('negative lines take back areas, passive interfaces and redistribution', () => {
    const [process] = parse(
      'ios',
      `router ospf 1
 network 10.0.0.0 0.0.0.255 area 0
 passive-interface Gi0/1
 redistribute static
 area 1 stub no-summary
 no network 10.0.0.0 0.0.0.255 area 0
 no passive-interface Gi0/1
 no redistribute static
 no area 1 stub no-summary
`,
    ).ospf;
    expect(process?.areas.get('0.0.0.0')?.networks).toEqual([]);
    expect(process?.passiveInterfaces).toEqual([]);
    expect(process?.redistribute).toEqual([]);
    expect(process?.areas.get('0.0.0.1')?.type?.value).toBe('stub');
    expect(process?.areas.get('0.0.0.1')?.noSummary).toBeUndefined();
  });
});
