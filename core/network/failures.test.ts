import { describe, expect, it } from 'vitest';
import { singleFailures, withFailure } from './failures.ts';
import { textLab } from './fixtures/text-lab.ts';
import { simulate } from './simulate.ts';

const ring = `
//- r1 frr
interface eth1
 ip address 10.0.12.1/24
interface eth3
 ip address 10.0.13.1/24
interface lo
 ip address 10.255.0.1/32
ip route 10.255.0.2/32 10.0.12.2
//- r2 frr
interface eth1
 ip address 10.0.12.2/24
interface eth3
 ip address 10.0.23.2/24
interface lo
 ip address 10.255.0.2/32
//- r3 frr
interface eth1
 ip address 10.0.13.3/24
interface eth3
 ip address 10.0.23.3/24
`;
const cabled = `${ring}
//- link r1:eth1 r2:eth1
//- link r1:eth3 r3:eth1
//- link r2:eth3 r3:eth3
`;
const routes = (snapshot: ReturnType<typeof textLab>, node: string): readonly string[] =>
  simulate(snapshot)
    .nodes.get(node)
    ?.get('default')
    ?.routes.filter(({ protocol }) => protocol !== 'local')
    .map(({ prefix }) => prefix) ?? [];

describe('single failures', () => {
  it('of links are the cables of the lab', () => {
    expect(singleFailures(textLab(cabled), 'link').map(({ name }) => name)).toEqual([
      'r1:eth1 - r2:eth1',
      'r1:eth3 - r3:eth1',
      'r2:eth3 - r3:eth3',
    ]);
  });

  it('take down both ends and what stands on them', () => {
    const lab = textLab(cabled);
    const [first] = singleFailures(lab, 'link');
    expect(routes(withFailure(lab, first!), 'r1')).toEqual(['10.0.13.0/24', '10.255.0.1/32']);
    expect(routes(withFailure(lab, first!), 'r2')).toEqual(['10.0.23.0/24', '10.255.0.2/32']);
    expect(routes(lab, 'r1')).toContain('10.255.0.2/32');
  });

  it('of a device take the device and the lines to it', () => {
    const lab = textLab(cabled);
    const failure = singleFailures(lab, 'node').find(({ name }) => name === 'r2');
    const failed = withFailure(lab, failure!);
    expect([...failed.nodes.keys()]).toEqual(['r1', 'r3']);
    expect(routes(failed, 'r1')).toEqual(['10.0.13.0/24', '10.255.0.1/32']);
  });

  it('of links follow from subnets where cables are not known', () => {
    const lab = textLab(ring);
    const failures = singleFailures(lab, 'link');
    expect(failures.map(({ name }) => name)).toEqual(['r1:eth1 - r2:eth1', 'r1:eth3 - r3:eth1', 'r2:eth3 - r3:eth3']);
    expect(routes(withFailure(lab, failures[0]!), 'r1')).toEqual(['10.0.13.0/24', '10.255.0.1/32']);
  });

  it('of a port behind a switch leave its neighbours up', () => {
    const lab = textLab(`
//- a frr
interface eth1
 ip address 10.0.0.1/24
//- b frr
interface eth1
 ip address 10.0.0.2/24
//- c frr
interface eth1
 ip address 10.0.0.3/24
`);
    const failures = singleFailures(lab, 'link');
    expect(failures.map(({ name }) => name)).toEqual(['a:eth1', 'b:eth1', 'c:eth1']);
    expect(routes(withFailure(lab, failures[0]!), 'a')).toEqual([]);
    expect(routes(withFailure(lab, failures[0]!), 'b')).toEqual(['10.0.0.0/24']);
    const device = singleFailures(lab, 'node')[0];
    expect(routes(withFailure(lab, device!), 'b')).toEqual(['10.0.0.0/24']);
  });

  it('find a port in whatever case the topology writes it', () => {
    const lab = textLab(`
//- a ios
interface GigabitEthernet0/1
 ip address 10.0.0.1 255.255.255.0
//- b ios
interface GigabitEthernet0/1
 ip address 10.0.0.2 255.255.255.0
//- link a:gigabitethernet0/1 b:GigabitEthernet0/1
`);
    const [only] = singleFailures(lab, 'link');
    expect(routes(withFailure(lab, only!), 'a')).toEqual([]);
  });
});
