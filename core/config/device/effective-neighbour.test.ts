import { describe, expect, it } from 'vitest';
import { parseConfig } from '../parse.ts';
import type { DialectId } from './device.ts';
import { effectiveNeighbour } from './effective-neighbour.ts';

function effective(dialect: DialectId, text: string, id: string) {
  const process = parseConfig({ text, file: 'r1.cfg', node: 'r1', dialect }).device.bgp[0];
  const neighbour = process?.neighbours.get(id);
  if (!process || !neighbour) throw new Error(`There is no neighbour ${id}.`);
  return effectiveNeighbour(process, neighbour);
}

describe('effectiveNeighbour', () => {
  it('takes a setting from the group where the neighbour has none', () => {
    const neighbour = effective(
      'ios',
      `router bgp 65001
 neighbor G peer-group
 neighbor G remote-as 65001
 neighbor G update-source Loopback0
 neighbor 10.0.0.2 peer-group G
 neighbor 10.0.0.2 description core
 address-family ipv4
  neighbor G route-map GROUP in
  neighbor G route-map OUT out
  neighbor 10.0.0.2 activate
  neighbor 10.0.0.2 route-map OWN in
`,
      '10.0.0.2',
    );
    expect(neighbour.remoteAs?.value).toBe(65001);
    expect(neighbour.updateSource).toMatchObject({ value: 'Loopback0', span: { line: 3 } });
    expect(neighbour.description?.value).toBe('core');
    const family = neighbour.families.get('ipv4-unicast');
    expect(family?.policyIn?.policies[0]?.value).toBe('OWN');
    expect(family?.policyOut?.policies[0]?.value).toBe('OUT');
    expect(family?.activate?.value).toBe(true);
  });

  it('has the families of the group, and an own setting of every family before the group’s', () => {
    const neighbour = effective(
      'eos',
      `router bgp 65001
   neighbor G peer group
   neighbor 10.0.0.2 peer group G
   neighbor 10.0.0.2 route-map OWN in
   address-family ipv6
      neighbor G activate
      neighbor G route-map GROUP in
`,
      '10.0.0.2',
    );
    expect(neighbour.families.get('ipv6-unicast')?.activate?.value).toBe(true);
    expect(neighbour.families.get('ipv6-unicast')?.policyIn?.policies[0]?.value).toBe('OWN');
  });

  it('takes templates before the group', () => {
    const neighbour = effective(
      'ios',
      `router bgp 65001
 template peer-policy P
  route-map TEMPLATE in
  weight 5
 exit-peer-policy
 neighbor G peer-group
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 peer-group G
 address-family ipv4
  neighbor G route-map GROUP in
  neighbor 10.0.0.2 inherit peer-policy P
`,
      '10.0.0.2',
    );
    const family = neighbour.families.get('ipv4-unicast');
    expect([family?.policyIn?.policies[0]?.value, family?.weight?.value]).toEqual(['TEMPLATE', 5]);
  });

  it('a neighbour without a group is as it stands', () => {
    const neighbour = effective(
      'frr',
      'router bgp 65001\n neighbor 10.0.0.2 remote-as 65002\n neighbor 10.0.0.2 peer-group GONE\n',
      '10.0.0.2',
    );
    expect(neighbour.remoteAs?.value).toBe(65002);
    expect(neighbour.families.size).toBe(0);
  });
});
