import { describe, expect, it } from 'vitest';
import { observe } from '../fixtures/text-lab.ts';

const router = (more: string) => `
//- r1 junos
set interfaces ge-0/0/0 unit 0 family inet address 10.0.0.1/24
set interfaces ge-0/0/1 unit 0 family inet address 10.1.0.1/24
set routing-options static route 192.0.2.0/24 next-hop 10.0.0.9
set routing-instances RED instance-type virtual-router
set routing-instances RED interface ge-0/0/1.0
set routing-instances RED routing-options static route 198.51.100.0/24 discard
${more}
`;
const routes = (more: string, vrf: string) => observe(router(more)).routes('r1', ['connected', 'static'], vrf);

describe('Junos rib-groups', () => {
  const group = 'set routing-options rib-groups G import-rib [ inet.0 RED.inet.0 ]';

  it('copy the routes of a protocol into the further tables', () => {
    expect(routes(`${group}\nset routing-options interface-routes rib-group inet G`, 'RED')).toEqual([
      '10.0.0.0/24 connected 0/0 ge-0/0/0.0',
      '10.1.0.0/24 connected 0/0 ge-0/0/1.0',
      '198.51.100.0/24 static 5/0 drop',
    ]);
    expect(routes(`${group}\nset routing-options static rib-group G`, 'RED')).toContain(
      '192.0.2.0/24 static 5/0 10.0.0.9@ge-0/0/0.0',
    );
  });

  it('leave out what their import policy refuses', () => {
    const policy = `${group}
set routing-options rib-groups G import-policy NONE
set routing-options interface-routes rib-group inet G
set policy-options policy-statement NONE then reject`;
    expect(routes(policy, 'RED')).toHaveLength(2);
  });

  it('do nothing until a protocol uses them', () => {
    expect(routes(group, 'RED')).toHaveLength(2);
  });
});

describe('Junos instance-import', () => {
  const take = (instance: string) => `set routing-options instance-import TAKE
set policy-options policy-statement TAKE term 1 from instance ${instance}
set policy-options policy-statement TAKE term 1 from protocol static
set policy-options policy-statement TAKE term 1 then accept`;

  it('takes the routes of another instance that the policy accepts', () => {
    expect(routes(take('RED'), 'default')).toContain('198.51.100.0/24 static 5/0 drop');
    expect(routes(take('BLUE'), 'default')).not.toContain('198.51.100.0/24 static 5/0 drop');
    expect(routes(take('RED'), 'default')).not.toContain('10.1.0.0/24 connected 0/0 ge-0/0/1.0');
  });
});

describe('EOS leaking between VRFs', () => {
  const device = (policy: string) => `
//- r1 eos
ip routing
vrf instance RED
ip routing vrf RED
interface Ethernet1
   no switchport
   ip address 10.0.0.1/24
interface Ethernet2
   no switchport
   vrf RED
   ip address 10.1.0.1/24
ip route 192.0.2.0/24 10.0.0.9
ip prefix-list PL seq 10 permit 192.0.2.0/24
route-map TAKE permit 10
   match ip address prefix-list PL
router general
   vrf RED
      leak routes source-vrf default subscribe-policy ${policy}
`;
  const red = (policy: string) => observe(device(policy)).routes('r1', ['connected', 'static'], 'RED');

  it('takes the routes that the policy permits, with their gateways where they came from', () => {
    expect(red('TAKE')).toEqual(['10.1.0.0/24 connected 0/0 Ethernet2', '192.0.2.0/24 static 1/0 10.0.0.9@Ethernet1']);
  });
});
