import { describe, expect, it } from 'vitest';
import { effectiveNeighbour } from '../../device/effective-neighbour.ts';
import { parseConfig } from '../../parse.ts';
import { interfaceRange } from './bgp.ts';

const parse = (text: string) => parseConfig({ text, file: 'r1.cfg', node: 'r1', dialect: 'eos' });
const bgp = (text: string) => {
  const process = parse(text).device.bgp[0];
  if (!process) throw new Error('The configuration has no BGP process.');
  return process;
};

describe('EOS BGP', () => {
  it('takes neighbour lines of the process for every family, below the family’s own', () => {
    const process = bgp(`router bgp 65001
   router-id 1.1.1.1
   no bgp default ipv4-unicast
   maximum-paths 4 ecmp 4
   neighbor FABRIC peer group
   neighbor FABRIC route-map ALL in
   neighbor FABRIC maximum-routes 12000 warning-limit 80 percent warning-only
   neighbor 10.0.0.2 peer group FABRIC
   neighbor 10.0.0.2 remote-as 65002
   address-family ipv4
      neighbor FABRIC activate
   !
   address-family ipv6
      neighbor FABRIC activate
      neighbor FABRIC route-map SIX in
`);
    const fabric = process.groups.get('FABRIC');
    expect(fabric?.families.get('ipv4-unicast')?.policyIn?.policies[0]?.value).toBe('ALL');
    expect(fabric?.families.get('ipv6-unicast')?.policyIn?.policies[0]?.value).toBe('SIX');
    expect(fabric?.families.get('ipv6-unicast')?.maximumPrefix?.value).toEqual({
      limit: 12000,
      warnPercent: 80,
      action: 'warning-only',
    });
    expect(process.families.get('ipv6-unicast')?.maximumPaths?.value).toBe(4);
    expect(process.neighbours.get('10.0.0.2')?.group?.value).toBe('FABRIC');
  });

  it('knows the older spelling of groups, and neighbours without an address', () => {
    const process = bgp(`router bgp 65001
   neighbor SPINES peer-group
   neighbor SPINES remote-as 65000
   neighbor interface Et1-2,5 peer-group SPINES
   neighbor 10.0.0.2 peer-group SPINES
`);
    expect([...process.neighbours.values()].map(({ id, kind, group }) => [id, kind, group?.value])).toEqual([
      ['Ethernet1', 'interface', 'SPINES'],
      ['Ethernet2', 'interface', 'SPINES'],
      ['Ethernet5', 'interface', 'SPINES'],
      ['10.0.0.2', 'address', 'SPINES'],
    ]);
    expect([...process.groups.keys()]).toEqual(['SPINES']);
  });

  it('reads VRFs, route targets and dynamic neighbours with their filter', () => {
    const { device } = parse(`vrf instance A
!
peer-filter LEAVES
   10 match as-range 65101-65132 result accept
!
router bgp 65001
   bgp missing-policy direction in action deny
   bgp listen range 10.0.0.0/24 peer-group DYN peer-filter LEAVES
   vrf A
      rd 1.1.1.1:10
      route-target import evpn 10:10
      route-target export evpn 10:10
      router-id 1.1.1.1
      neighbor 10.1.0.2 remote-as 65009
      redistribute connected
      aggregate-address 10.1.0.0/16 summary-only match-map M
`);
    expect(device.bgp.map((process) => process.vrf)).toEqual(['default', 'A']);
    expect(device.bgp[0]?.listenRanges).toMatchObject([
      { prefix: '10.0.0.0/24', group: 'DYN', remoteAs: [[65101, 65132]] },
    ]);
    expect(device.bgp[0]?.options.missingPolicyIn?.value).toBe('deny');
    expect(device.vrfs.get('A')).toMatchObject({
      routeDistinguisher: { value: '1.1.1.1:10' },
      importTargets: [{ value: '10:10' }],
    });
    const family = device.bgp[1]?.families.get('ipv4-unicast');
    expect(family?.redistribute.map(({ source }) => source)).toEqual(['connected']);
    expect(family?.aggregates).toMatchObject([{ prefix: '10.1.0.0/16', summaryOnly: true, matchMap: { value: 'M' } }]);
    expect(device.notModelled).toEqual([]);
  });

  it('finds a group of the process from a VRF', () => {
    const { device } = parse(`router bgp 65001
   neighbor MLAG peer group
   neighbor MLAG remote-as 65001
   vrf A
      neighbor 10.1.0.2 peer group MLAG
`);
    const process = device.bgp[1];
    const neighbour = process?.neighbours.get('10.1.0.2');
    expect(process && neighbour && effectiveNeighbour(process, neighbour).remoteAs?.value).toBe(65001);
  });

  it('reads ranges of interfaces', () => {
    expect(interfaceRange('et1-3')).toEqual(['Ethernet1', 'Ethernet2', 'Ethernet3']);
    expect(interfaceRange('Ethernet1/1-2,5/1')).toEqual(['Ethernet1/1', 'Ethernet1/2', 'Ethernet5/1']);
    expect(interfaceRange('Port-Channel10')).toEqual(['Port-Channel10']);
  });
});
