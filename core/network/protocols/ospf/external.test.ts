import { describe, expect, it } from 'vitest';
import { observe } from '../../fixtures/text-lab.ts';

const EXTERNAL = ['ospf-e1', 'ospf-e2', 'ospf-n1', 'ospf-n2'];

interface Row {
  /** Lines of each router's process, and after it. */
  readonly r1?: string;
  readonly r2?: string;
  readonly r3?: string;
  readonly type?: string;
}

/** r1 (area 1) - r2 (border) - r3 (backbone); area 1 of the type given. */
const row = ({ r1 = '', r2 = '', r3 = '', type = '' }: Row): string => `
//- link r1:eth1 r2:eth1
//- link r2:eth2 r3:eth1
//- link r1:eth2 host:eth1
//- r1 frr
interface eth1
 ip address 10.1.0.1/24
interface eth2
 ip address 192.0.2.1/24
router ospf
 ospf router-id 1.1.1.1
 network 10.1.0.0/24 area 1
${type}
${r1}
//- r2 frr
interface eth1
 ip address 10.1.0.2/24
interface eth2
 ip address 10.0.0.2/24
router ospf
 ospf router-id 2.2.2.2
 network 10.1.0.0/24 area 1
 network 10.0.0.0/24 area 0
${type}
${r2}
//- r3 frr
interface eth1
 ip address 10.0.0.3/24
router ospf
 ospf router-id 3.3.3.3
 network 10.0.0.0/24 area 0
${r3}
`;

describe('redistributed routes', () => {
  it('carry the metric of the line; type 1 adds the way to it', () => {
    const lab = observe(
      row({
        r1: ` redistribute static metric 40
 redistribute connected metric 5 metric-type 1
ip route 198.51.100.0/24 192.0.2.9 tag 7`,
      }),
    );
    expect(lab.routes('r3', EXTERNAL)).toEqual([
      '192.0.2.0/24 ospf-e1 110/25 10.0.0.2@eth1',
      '198.51.100.0/24 ospf-e2 110/40 10.0.0.2@eth1',
    ]);
    const found = lab.state.nodes
      .get('r3')
      ?.get('default')
      ?.routes.find((route) => route.tag === 7);
    expect(found?.prefix).toBe('198.51.100.0/24');
  });

  it('are chosen and changed by a route-map', () => {
    const lab = observe(
      row({
        r1: ` redistribute static route-map PICK
ip route 198.51.100.0/24 192.0.2.9
ip route 203.0.113.0/24 192.0.2.9
ip prefix-list ONE permit 203.0.113.0/24
route-map PICK permit 10
 match ip address prefix-list ONE
 set metric 9
 set metric-type type-1`,
      }),
    );
    expect(lab.routes('r3', EXTERNAL)).toEqual(['203.0.113.0/24 ospf-e1 110/29 10.0.0.2@eth1']);
  });

  it('do not enter a stub area', () => {
    const stub = observe(row({ type: ' area 1 stub', r3: ' redistribute static\nip route 198.51.100.0/24 Null0' }));
    expect(stub.routes('r2', EXTERNAL)).toEqual(['198.51.100.0/24 ospf-e2 110/20 10.0.0.3@eth2']);
    expect(stub.routes('r1', EXTERNAL)).toEqual([]);
    expect(stub.routes('r1', ['ospf-ia'])).toContain('0.0.0.0/0 ospf-ia 110/11 10.1.0.2@eth1');
  });

  it('leave a not-so-stubby area translated, by its border router', () => {
    const lab = observe(row({ type: ' area 1 nssa', r1: ' redistribute static\nip route 198.51.100.0/24 192.0.2.9' }));
    expect(lab.routes('r2', EXTERNAL)).toEqual(['198.51.100.0/24 ospf-n2 110/20 10.1.0.1@eth1']);
    expect(lab.routes('r3', EXTERNAL)).toEqual(['198.51.100.0/24 ospf-e2 110/20 10.0.0.2@eth1']);
  });

  it('give way to the same prefix inside of OSPF', () => {
    const lab = observe(row({ r1: ' redistribute static\nip route 10.0.0.0/24 192.0.2.9' }));
    expect(lab.routes('r2', EXTERNAL)).toEqual([]);
  });

  it('point to the router that the next hop names where it is a neighbour of OSPF', () => {
    // Both r2 and r3 hear r1; the way to 10.0.0.3 does not lead through r2 for anyone on that wire.
    const lab = observe(row({ r2: ' redistribute static\nip route 198.51.100.0/24 10.1.0.1' }));
    expect(lab.routes('r1', EXTERNAL)).toEqual([]);
    expect(lab.routes('r3', EXTERNAL)).toEqual(['198.51.100.0/24 ospf-e2 110/20 10.0.0.2@eth1']);
  });

  it('are folded into a summary', () => {
    const ios = `
//- link r1:GigabitEthernet0/0 r2:GigabitEthernet0/0
//- r1 ios
interface GigabitEthernet0/0
 ip address 10.0.0.1 255.255.255.0
router ospf 1
 router-id 1.1.1.1
 network 10.0.0.0 0.0.0.255 area 0
 redistribute static subnets
 summary-address 172.16.0.0 255.255.0.0
ip route 172.16.1.0 255.255.255.0 Null0
ip route 172.16.2.0 255.255.255.0 Null0
ip route 172.20.0.0 255.255.255.0 Null0
//- r2 ios
interface GigabitEthernet0/0
 ip address 10.0.0.2 255.255.255.0
router ospf 1
 router-id 2.2.2.2
 network 10.0.0.0 0.0.0.255 area 0
`;
    expect(observe(ios).routes('r2', EXTERNAL)).toEqual([
      '172.16.0.0/16 ospf-e2 110/20 10.0.0.1@GigabitEthernet0/0',
      '172.20.0.0/24 ospf-e2 110/20 10.0.0.1@GigabitEthernet0/0',
    ]);
    // Without `subnets` IOS takes networks of a class alone: none of these is one.
    expect(observe(ios.replace('static subnets', 'static')).routes('r2', EXTERNAL)).toEqual([]);
  });
});

describe('a default route', () => {
  it('is announced always, or while there is one', () => {
    const origin = (line: string, more = '') => observe(row({ r3: ` default-information originate${line}\n${more}` }));
    expect(origin(' always metric 3').routes('r1', EXTERNAL)).toEqual(['0.0.0.0/0 ospf-e2 110/3 10.1.0.2@eth1']);
    expect(origin('').routes('r1', EXTERNAL)).toEqual([]);
    expect(origin('', 'ip route 0.0.0.0/0 Null0').routes('r1', EXTERNAL)).toEqual([
      '0.0.0.0/0 ospf-e2 110/10 10.1.0.2@eth1',
    ]);
  });

  it('is not redistributed', () => {
    expect(observe(row({ r3: ' redistribute static\nip route 0.0.0.0/0 Null0' })).routes('r1', EXTERNAL)).toEqual([]);
  });
});

describe('two boundary routers with the same route', () => {
  const pair = (metric: string) => `
//- link r1:eth1 r2:eth1
//- link r2:eth2 r3:eth1
//- r1 frr
interface eth1
 ip address 10.0.1.1/24
router ospf
 ospf router-id 1.1.1.1
 network 10.0.0.0/16 area 0
 redistribute static
ip route 198.51.100.0/24 Null0 ${metric}
//- r2 frr
interface eth1
 ip address 10.0.1.2/24
interface eth2
 ip address 10.0.2.2/24
router ospf
 ospf router-id 2.2.2.2
 network 10.0.0.0/16 area 0
//- r3 frr
interface eth1
 ip address 10.0.2.3/24
router ospf
 ospf router-id 3.3.3.3
 network 10.0.0.0/16 area 0
 redistribute static
ip route 198.51.100.0/24 Null0 200
`;
  it('share the traffic when both are as near', () => {
    expect(observe(pair('')).state.converged).toBe(true);
    expect(observe(pair('').replaceAll(' 200', '')).routes('r2', EXTERNAL)).toEqual([
      '198.51.100.0/24 ospf-e2 110/20 10.0.1.1@eth1 + 10.0.2.3@eth2',
    ]);
  });

  it('leave it to the one whose own route is the better, and settle when neither is', () => {
    expect(observe(pair('')).routes('r2', EXTERNAL)).toEqual(['198.51.100.0/24 ospf-e2 110/20 10.0.1.1@eth1']);
    expect(observe(pair('')).routes('r3', EXTERNAL)).toEqual(['198.51.100.0/24 ospf-e2 110/20 10.0.2.2@eth1']);
    const both = observe(pair('200'));
    expect(both.state.converged).toBe(true);
    expect(both.routes('r2', EXTERNAL)).toEqual(['198.51.100.0/24 ospf-e2 110/20 10.0.1.1@eth1']);
  });
});

describe('a boundary router that is as near through several areas', () => {
  it('is reached through the one with the largest id', () => {
    const area = (router: number, port: number, id: string) => `interface eth${port}
 ip address 10.0.${port}.${router}/24
 ip ospf area ${id}
`;
    const router = (id: number, more = '') => `//- r${id} frr
${area(id, 1, '4294967295')}${area(id, 2, '2')}${area(id, 3, '10')}
router ospf
 ospf router-id ${id}.${id}.${id}.${id}
${more}`;
    const lab = observe(`
//- link r1:eth1 r2:eth1
//- link r1:eth2 r2:eth2
//- link r1:eth3 r2:eth3
${router(1, ' redistribute static\nip route 198.51.100.0/24 Null0\n')}
${router(2)}`);
    expect(lab.routes('r2', EXTERNAL)).toEqual(['198.51.100.0/24 ospf-e2 110/20 10.0.1.1@eth1']);
  });
});
