import { describe, expect, it } from 'vitest';
import { observe } from '../../fixtures/text-lab.ts';

const INTERNAL = ['ospf', 'ospf-ia'];

describe('inside an area', () => {
  it('sums the costs of the outgoing interfaces and shares equal paths', () => {
    const lab = observe(`
//- link r1:eth1 r2:eth1
//- link r1:eth2 r3:eth1
//- link r2:eth2 r4:eth1
//- link r3:eth2 r4:eth2
//- r1 frr
interface eth1
 ip address 10.0.12.1/24
 ip ospf cost 5
interface eth2
 ip address 10.0.13.1/24
 ip ospf cost 7
router ospf
 ospf router-id 1.1.1.1
 network 10.0.0.0/16 area 0
//- r2 frr
interface eth1
 ip address 10.0.12.2/24
interface eth2
 ip address 10.0.24.2/24
 ip ospf cost 4
router ospf
 ospf router-id 2.2.2.2
 network 10.0.0.0/16 area 0
//- r3 frr
interface eth1
 ip address 10.0.13.3/24
interface eth2
 ip address 10.0.34.3/24
 ip ospf cost 2
router ospf
 ospf router-id 3.3.3.3
 network 10.0.0.0/16 area 0
//- r4 frr
interface lo
 ip address 4.4.4.4/32
interface eth1
 ip address 10.0.24.4/24
interface eth2
 ip address 10.0.34.4/24
router ospf
 ospf router-id 4.4.4.4
 network 10.0.0.0/16 area 0
 network 4.4.4.4/32 area 0
`);
    // The loopback itself costs nothing on FRR.
    expect(lab.routes('r1', INTERNAL)).toEqual([
      '4.4.4.4/32 ospf 110/9 10.0.12.2@eth1 + 10.0.13.3@eth2',
      '10.0.24.0/24 ospf 110/9 10.0.12.2@eth1',
      '10.0.34.0/24 ospf 110/9 10.0.13.3@eth2',
    ]);
  });

  it('lists the host of its own loopback beside the connected network on FRR, as measured', () => {
    const lab = observe(`
//- r1 frr
interface lo
 ip address 192.0.2.1/24
 ip ospf area 0
interface eth1
 ip address 10.0.0.1/24
 ip ospf area 0
router ospf
 ospf router-id 1.1.1.1
`);
    expect(lab.routes('r1', ['connected', ...INTERNAL])).toEqual([
      '10.0.0.0/24 connected 0/0 eth1',
      '192.0.2.0/24 connected 0/0 lo',
      '192.0.2.1/32 ospf 110/0 lo',
    ]);
  });

  it('announces a loopback as a host, unless it is said to be point-to-point', () => {
    const text = (type: string) => `
//- link r1:Gi0/0 r2:Gi0/0
//- r1 ios
interface GigabitEthernet0/0
 ip address 10.0.0.1 255.255.255.0
router ospf 1
 router-id 1.1.1.1
 network 10.0.0.0 0.0.0.255 area 0
//- r2 ios
interface Loopback0
 ip address 192.0.2.1 255.255.255.0
${type}interface GigabitEthernet0/0
 ip address 10.0.0.2 255.255.255.0
router ospf 1
 router-id 2.2.2.2
 network 0.0.0.0 255.255.255.255 area 0
`;
    expect(observe(text('').replaceAll('Gi0/0', 'GigabitEthernet0/0')).routes('r1', INTERNAL)).toEqual([
      '192.0.2.1/32 ospf 110/2 10.0.0.2@GigabitEthernet0/0',
    ]);
    const whole = text(' ip ospf network point-to-point\n').replaceAll('Gi0/0', 'GigabitEthernet0/0');
    expect(observe(whole).routes('r1', INTERNAL)).toEqual(['192.0.2.0/24 ospf 110/2 10.0.0.2@GigabitEthernet0/0']);
  });

  it('reaches over an unnumbered link', () => {
    const router = (name: string, host: number) => `
//- ${name} eos
ip routing
interface Loopback0
 ip address 192.0.2.${host}/32
 ip ospf area 0.0.0.0
interface Ethernet1
 no switchport
 ip address unnumbered Loopback0
 ip ospf network point-to-point
 ip ospf area 0.0.0.0
interface Ethernet2
 no switchport
 ip address 198.51.100.${host * 64}/26
 ip ospf area 0.0.0.0
router ospf 1
`;
    const lab = observe(`//- link a:Ethernet1 b:Ethernet1
//- link a:Ethernet2 x:e1
//- link b:Ethernet2 x:e2${router('a', 1)}${router('b', 2)}`);
    expect(lab.routes('a', INTERNAL)).toEqual([
      '192.0.2.2/32 ospf 110/20 Ethernet1',
      '198.51.100.128/26 ospf 110/20 192.0.2.2@Ethernet1',
    ]);
  });
});

/** r1 (area 1) - r2 (border) - r3 (border) - r4 (area 2), the middle link in the backbone. */
function row(extra: { readonly r2?: string; readonly r3?: string; readonly r1?: string } = {}): string {
  return `
//- link r1:eth1 r2:eth1
//- link r2:eth2 r3:eth1
//- link r3:eth2 r4:eth1
//- r1 frr
interface lo
 ip address 10.1.1.1/32
 ip address 10.1.1.2/32
interface eth1
 ip address 10.1.0.1/24
router ospf
 ospf router-id 1.1.1.1
 network 10.1.0.0/16 area 1
${extra.r1 ?? ''}
//- r2 frr
interface eth1
 ip address 10.1.0.2/24
interface eth2
 ip address 10.0.0.2/24
router ospf
 ospf router-id 2.2.2.2
 network 10.1.0.0/16 area 1
 network 10.0.0.0/24 area 0
${extra.r2 ?? ''}
//- r3 frr
interface eth1
 ip address 10.0.0.3/24
interface eth2
 ip address 10.2.0.3/24
router ospf
 ospf router-id 3.3.3.3
 network 10.0.0.0/24 area 0
 network 10.2.0.0/16 area 2
${extra.r3 ?? ''}
//- r4 frr
interface eth1
 ip address 10.2.0.4/24
router ospf
 ospf router-id 4.4.4.4
 network 10.2.0.0/16 area 2
 ${extra.r3?.includes('stub') ? 'area 2 stub' : ''}
`;
}

describe('between areas', () => {
  const prefixes = (lab: ReturnType<typeof observe>, node: string): string[] =>
    lab.routes(node, INTERNAL).map((route) => route.split(' ').slice(0, 2).join(' '));

  it('passes through the backbone by its border routers', () => {
    const lab = observe(row());
    expect(lab.routes('r4', INTERNAL)).toEqual([
      '10.0.0.0/24 ospf-ia 110/20 10.2.0.3@eth1',
      '10.1.0.0/24 ospf-ia 110/30 10.2.0.3@eth1',
      '10.1.1.1/32 ospf-ia 110/30 10.2.0.3@eth1',
      '10.1.1.2/32 ospf-ia 110/30 10.2.0.3@eth1',
    ]);
  });

  it('folds a range into one prefix at the cost of its farthest member, or hides it', () => {
    const ranged = observe(row({ r2: ' area 1 range 10.1.0.0/16' }));
    expect(ranged.routes('r4', INTERNAL)).toEqual([
      '10.0.0.0/24 ospf-ia 110/20 10.2.0.3@eth1',
      '10.1.0.0/16 ospf-ia 110/30 10.2.0.3@eth1',
    ]);
    expect(observe(row({ r2: ' area 1 range 10.1.0.0/16 cost 40' })).routes('r3', INTERNAL)).toContain(
      '10.1.0.0/16 ospf-ia 110/50 10.0.0.2@eth1',
    );
    expect(prefixes(observe(row({ r2: ' area 1 range 10.1.0.0/16 not-advertise' })), 'r4')).toEqual([
      '10.0.0.0/24 ospf-ia',
    ]);
  });

  it('gives a totally stubby area a default route alone', () => {
    const lab = observe(row({ r3: ' area 2 stub no-summary' }));
    expect(lab.routes('r4', INTERNAL)).toEqual(['0.0.0.0/0 ospf-ia 110/11 10.2.0.3@eth1']);
    const stub = observe(row({ r3: ' area 2 stub' }));
    expect(prefixes(stub, 'r4')).toContain('0.0.0.0/0 ospf-ia');
    expect(prefixes(stub, 'r4')).toContain('10.1.0.0/24 ospf-ia');
  });

  it('filters what leaves an area', () => {
    const filter = ` area 1 filter-list prefix HOSTS out
ip prefix-list HOSTS permit 10.1.0.0/16 ge 32`;
    expect(prefixes(observe(row({ r2: filter })), 'r3')).toEqual(['10.1.1.1/32 ospf-ia', '10.1.1.2/32 ospf-ia']);
  });

  it('does not pass between two areas that no backbone joins', () => {
    const lab = observe(row().replaceAll('area 0', 'area 7'));
    expect(prefixes(lab, 'r4')).toEqual(['10.0.0.0/24 ospf-ia'].slice(1));
    expect(prefixes(lab, 'r3')).toEqual([]);
  });

  it('passes over a virtual link through an area that touches the backbone', () => {
    // r1 has areas 1 and 5; only r2 touches the backbone.
    const lines = (text: string) =>
      row({ r1: ` network 10.5.0.0/16 area 5\n${text}`, r2: ' area 1 virtual-link 1.1.1.1' }).replace(
        'interface eth1\n ip address 10.1.0.1/24',
        'interface eth5\n ip address 10.5.0.1/24\ninterface eth1\n ip address 10.1.0.1/24',
      );
    const linked = `${lines(' area 1 virtual-link 2.2.2.2')}`.replace(
      '//- r1 frr',
      '//- link r1:eth5 host:eth1\n//- r1 frr',
    );
    expect(observe(linked).routes('r4', INTERNAL)).toContain('10.5.0.0/24 ospf-ia 110/40 10.2.0.3@eth1');
    expect(observe(linked).routes('r1', INTERNAL)).toContain('10.2.0.0/24 ospf-ia 110/30 10.1.0.2@eth1');
    const half = `${lines('')}`.replace('//- r1 frr', '//- link r1:eth5 host:eth1\n//- r1 frr');
    expect(prefixes(observe(half), 'r4')).not.toContain('10.5.0.0/24 ospf-ia');
  });
});
