import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../parse.ts';

const parse = (text: string) => parseConfig({ text, file: 'r1.cfg', node: 'r1', dialect: 'ios' });
const bgp = (text: string) => {
  const process = parse(text).device.bgp[0];
  if (!process) throw new Error('The configuration has no BGP process.');
  return process;
};

describe('IOS BGP', () => {
  it('takes neighbour lines outside of an address family as IPv4 unicast', () => {
    const process = bgp(`router bgp 65001
 bgp router-id 1.1.1.1
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 route-map IN in
 neighbor 10.0.0.2 maximum-prefix 100 80 restart 5
 network 10.1.0.0 mask 255.255.0.0 route-map SET
 network 10.0.0.0
`);
    expect(process.routerId?.value).toBe('1.1.1.1');
    const neighbour = process.neighbours.get('10.0.0.2');
    expect(neighbour?.remoteAs).toEqual({ value: 65002, span: { line: 2, start: 29, end: 34 } });
    const family = neighbour?.families.get('ipv4-unicast');
    expect(family?.policyIn?.policies.map((map) => map.value)).toEqual(['IN']);
    expect(family?.maximumPrefix?.value).toEqual({ limit: 100, warnPercent: 80, action: 'restart', restartMinutes: 5 });
    const networks = process.families.get('ipv4-unicast')?.networks;
    expect(networks?.map(({ prefix, policy }) => [prefix, policy?.value])).toEqual([
      ['10.1.0.0/16', 'SET'],
      ['10.0.0.0/8', undefined],
    ]);
  });

  it('keeps settings of each address family apart', () => {
    const process = bgp(`router bgp 65001
 no bgp default ipv4-unicast
 neighbor CORE peer-group
 neighbor CORE remote-as 65001
 neighbor CORE update-source Lo0
 neighbor 10.0.0.3 peer-group CORE
 neighbor 2001:DB8::3 remote-as 65003
 !
 address-family ipv4
  neighbor CORE route-reflector-client
  neighbor CORE next-hop-self all
  neighbor CORE send-community both
  neighbor 10.0.0.3 activate
  aggregate-address 10.0.0.0 255.0.0.0 summary-only as-set attribute-map A
  maximum-paths ibgp 4
  distance bgp 20 200 210
 exit-address-family
 !
 address-family ipv6
  neighbor 2001:DB8::3 activate
  neighbor 2001:DB8::3 remove-private-as all replace-as
 exit-address-family
`);
    expect(process.options.defaultIpv4Unicast?.value).toBe(false);
    expect(process.groups.get('CORE')?.updateSource?.value).toBe('Loopback0');
    expect(process.neighbours.get('10.0.0.3')?.group?.value).toBe('CORE');
    const core = process.groups.get('CORE')?.families.get('ipv4-unicast');
    expect(core?.routeReflectorClient?.value).toBe(true);
    expect(core?.nextHopSelf?.value).toBe('force');
    expect(core?.sendCommunity?.value).toEqual(['standard', 'extended']);
    const ipv4 = process.families.get('ipv4-unicast');
    expect(ipv4?.aggregates).toMatchObject([
      { prefix: '10.0.0.0/8', summaryOnly: true, asSet: true, attributeMap: { value: 'A' } },
    ]);
    expect(ipv4?.maximumPathsIbgp?.value).toBe(4);
    expect(ipv4?.distances?.value).toEqual({ external: 20, internal: 200, local: 210 });
    const six = process.neighbours.get('2001:db8::3');
    expect(six?.families.get('ipv6-unicast')?.removePrivateAs?.value).toBe('replace');
    expect(six?.families.has('ipv4-unicast')).toBe(false);
  });

  it('makes an instance per VRF', () => {
    const { device } = parse(`vrf definition RED
 rd 65001:1
 address-family ipv4
  route-target export 65001:1
  route-target import 65001:2
  import map LEAK
 exit-address-family
!
router bgp 65001
 bgp router-id 1.1.1.1
 bgp always-compare-med
 address-family ipv4 vrf RED
  redistribute ospf 10 match internal external 1 external 2 route-map R
  redistribute connected
  neighbor 10.9.0.2 remote-as 65009
  neighbor 10.9.0.2 activate
  neighbor 10.9.0.2 as-override
 exit-address-family
`);
    const red = device.bgp.find((process) => process.vrf === 'RED');
    expect(red?.routerId?.value).toBe('1.1.1.1');
    expect(red?.options.alwaysCompareMed?.value).toBe(true);
    expect(red?.neighbours.get('10.9.0.2')?.families.get('ipv4-unicast')?.asOverride?.value).toBe(true);
    expect(red?.families.get('ipv4-unicast')?.redistribute).toMatchObject([
      {
        source: 'ospf',
        sourceId: '10',
        matchTypes: ['internal', 'external-1', 'external-2'],
        policy: { policies: [{ value: 'R' }] },
      },
      { source: 'connected' },
    ]);
    expect(device.vrfs.get('RED')).toMatchObject({
      routeDistinguisher: { value: '65001:1' },
      importTargets: [{ value: '65001:2' }],
      exportTargets: [{ value: '65001:1' }],
      importMap: { value: 'LEAK' },
    });
    expect(device.notModelled).toEqual([]);
  });

  it('removes what a negative line names', () => {
    const process = bgp(`router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 route-map IN in
 neighbor 10.0.0.2 route-map OUT out
 neighbor 10.0.0.3 remote-as 65003
 no neighbor 10.0.0.2 route-map IN in
 no neighbor 10.0.0.3
`);
    const family = process.neighbours.get('10.0.0.2')?.families.get('ipv4-unicast');
    expect(family?.policyIn).toBeUndefined();
    expect(family?.policyOut?.policies[0]?.value).toBe('OUT');
    expect([...process.neighbours.keys()]).toEqual(['10.0.0.2']);
  });

  it('reads templates, confederations and listen ranges', () => {
    const process = bgp(`router bgp 65001
 template peer-policy P
  route-map POL in
  maximum-prefix 10
 exit-peer-policy
 bgp confederation identifier 100
 bgp confederation peers 65002 65003
 bgp listen range 10.0.0.0/24 peer-group DYN
 neighbor DYN peer-group
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 inherit peer-policy P
`);
    expect(process.options.confederation).toMatchObject({ identifier: { value: 100 }, peers: [65002, 65003] });
    expect(process.listenRanges).toMatchObject([{ prefix: '10.0.0.0/24', group: 'DYN' }]);
    expect(process.groups.get('P')?.everyFamily?.policyIn?.policies[0]?.value).toBe('POL');
    expect(process.neighbours.get('10.0.0.2')?.templates?.map((template) => template.value)).toEqual(['P']);
  });

  it('refuses a second AS number, as the device does', () => {
    const { device } = parse(
      'router bgp 65001\n neighbor 10.0.0.2 remote-as 65002\nrouter bgp 65009\n neighbor 10.0.0.3 remote-as 65003\n',
    );
    expect(device.bgp.map(({ asn, neighbours }) => [asn.value, [...neighbours.keys()]])).toEqual([
      [65001, ['10.0.0.2']],
    ]);
    expect(device.notModelled.map((line) => line.text)).toEqual(['router bgp 65009']);
  });

  it('lists what it does not model', () => {
    const { device } = parse('router bgp 65001\n bgp bestpath cost-community ignore\n frobnicate 5\n');
    expect(device.notModelled.map((line) => line.text)).toEqual(['router bgp 65001 / frobnicate 5']);
  });
});
