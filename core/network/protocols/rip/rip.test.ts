import { describe, expect, it } from 'vitest';
import { observe } from '../../fixtures/text-lab.ts';

const RIP = ['rip'];

/** r1 - r2 - r3; the lines go into each router's RIP process and after it. */
const row = (
  system: 'ios' | 'frr' | 'eos',
  extra: { readonly r1?: string; readonly r2?: string; readonly r3?: string } = {},
  networks = ['10.0.0.0'],
): string => {
  const lines = networks.map((network) => ` network ${network}`).join('\n');
  return `
//- link r1:Ethernet1/1 r2:Ethernet1/1
//- link r2:Ethernet1/2 r3:Ethernet1/1
//- r1 ${system}
ip routing
interface Loopback0
 ip address 10.9.1.1 255.255.255.255
interface Ethernet1/1
 ip address 10.0.1.1 255.255.255.0
router rip
${lines}
${extra.r1 ?? ' version 2'}
//- r2 ${system}
ip routing
interface Ethernet1/1
 ip address 10.0.1.2 255.255.255.0
interface Ethernet1/2
 ip address 10.0.2.2 255.255.255.0
router rip
${lines}
${extra.r2 ?? ' version 2'}
//- r3 ${system}
ip routing
interface Ethernet1/1
 ip address 10.0.2.3 255.255.255.0
router rip
${lines}
${extra.r3 ?? ' version 2'}
`;
};

/** The same in the syntax of FRR. */
const frr = (extra: Parameters<typeof row>[1] = {}): string =>
  row('frr', extra, ['10.0.0.0/8'])
    .replaceAll(/ip address (\S+) 255\.255\.255\.0/g, 'ip address $1/24')
    .replaceAll(/ip address (\S+) 255\.255\.255\.255/g, 'ip address $1/32')
    .replaceAll('ip routing\n', '');

describe('a RIP metric', () => {
  it('is that of the sender on IOS, which adds a hop when it sends a route on', () => {
    expect(observe(row('ios')).routes('r3', RIP)).toEqual([
      '10.0.1.0/24 rip 120/1 10.0.2.2@Ethernet1/1',
      '10.9.1.1/32 rip 120/2 10.0.2.2@Ethernet1/1',
    ]);
  });

  it('has a hop added by the receiver on FRR (RFC 2453 section 3.9.2)', () => {
    expect(observe(frr()).routes('r3', RIP)).toEqual([
      '10.0.1.0/24 rip 120/2 10.0.2.2@Ethernet1/1',
      '10.9.1.1/32 rip 120/3 10.0.2.2@Ethernet1/1',
    ]);
  });

  it('is raised by an offset list, and sixteen is out of reach', () => {
    const to = (offset: number) =>
      observe(
        row('ios', { r2: ` version 2\n offset-list 7 in ${offset} Ethernet1/1\naccess-list 7 permit 10.9.1.1` }),
      ).routes('r3', RIP);
    expect(to(5)).toContain('10.9.1.1/32 rip 120/7 10.0.2.2@Ethernet1/1');
    expect(to(14)).toEqual(['10.0.1.0/24 rip 120/1 10.0.2.2@Ethernet1/1']);
  });
});

describe('what RIP announces', () => {
  it('is nothing on a passive interface, unless the neighbour is named', () => {
    const passive = ' version 2\n passive-interface Ethernet1/2';
    expect(observe(row('ios', { r2: passive })).routes('r3', RIP)).toEqual([]);
    expect(observe(row('ios', { r2: `${passive}\n neighbor 10.0.2.3` })).routes('r3', RIP)).toHaveLength(2);
  });

  it('is limited by a distribute list', () => {
    const list = ' version 2\n distribute-list 5 out\naccess-list 5 deny 10.9.1.1\naccess-list 5 permit any';
    expect(observe(row('ios', { r2: list })).routes('r3', RIP)).toEqual(['10.0.1.0/24 rip 120/1 10.0.2.2@Ethernet1/1']);
  });

  it('holds a default route where it is originated', () => {
    expect(observe(row('ios', { r1: ' version 2\n default-information originate' })).routes('r3', RIP)).toContain(
      '0.0.0.0/0 rip 120/2 10.0.2.2@Ethernet1/1',
    );
  });

  it('holds redistributed routes, from OSPF on IOS only with a metric (Cisco document 8606)', () => {
    const lines = (metric: string) => ` version 2
 no auto-summary
 redistribute static${metric}
 redistribute ospf 1${metric}
ip route 198.51.100.0 255.255.255.0 Null0`;
    expect(observe(row('ios', { r1: lines('') })).routes('r2', RIP)).toContain(
      '198.51.100.0/24 rip 120/1 10.0.1.1@Ethernet1/1',
    );
    expect(observe(row('ios', { r1: lines(' metric 4') })).routes('r2', RIP)).toContain(
      '198.51.100.0/24 rip 120/4 10.0.1.1@Ethernet1/1',
    );
  });

  it('have the metric of the line on FRR, and so have connected networks on which RIP runs by itself', () => {
    expect(observe(frr({ r2: ' redistribute connected metric 3' })).routes('r3', RIP)).toEqual([
      '10.0.1.0/24 rip 120/4 10.0.2.2@Ethernet1/1',
      '10.9.1.1/32 rip 120/3 10.0.2.2@Ethernet1/1',
    ]);
  });

  it('is summarised by class at the border of the class, unless `no auto-summary` says otherwise', () => {
    const to = (word: string) =>
      observe(
        row('ios', {
          r1: ` version 2\n network 172.16.0.0\n ${word}\ninterface Loopback1\n ip address 172.16.5.1 255.255.255.0`,
        }),
      )
        .routes('r2', RIP)
        .filter((route) => route.startsWith('172'));
    expect(to('auto-summary')).toEqual(['172.16.0.0/16 rip 120/1 10.0.1.1@Ethernet1/1']);
    expect(to('no auto-summary')).toEqual(['172.16.5.0/24 rip 120/1 10.0.1.1@Ethernet1/1']);
  });
});

describe('RIP versions', () => {
  it('without a line IOS sends version 1, which has no masks: subnets of other lengths stay behind', () => {
    const plain = { r1: '', r2: '', r3: '' };
    expect(observe(row('ios', plain)).routes('r3', RIP)).toEqual([
      '10.0.1.0/24 rip 120/1 10.0.2.2@Ethernet1/1',
      '10.9.1.1/32 rip 120/2 10.0.2.2@Ethernet1/1',
    ]);
    const other = row('ios', { ...plain, r1: 'interface Loopback0\n ip address 10.9.1.1 255.255.255.240' });
    expect(observe(other).routes('r3', RIP)).toEqual(['10.0.1.0/24 rip 120/1 10.0.2.2@Ethernet1/1']);
  });

  it('that the receiver does not take are ignored', () => {
    expect(observe(row('ios', { r2: '' })).routes('r3', RIP)).toEqual([]);
    expect(observe(row('ios', { r2: 'interface Ethernet1/2\n ip rip send version 1 2' })).routes('r3', RIP)).toContain(
      '10.0.1.0/24 rip 120/1 10.0.2.2@Ethernet1/1',
    );
  });
});

describe('RIP on NX-OS', () => {
  it('runs where the interface says so, and needs a default route to announce one', () => {
    const lab = (setting: string) => `
//- link a:Ethernet1/1 b:Ethernet1/1
//- a nxos
feature rip
interface Ethernet1/1
  no switchport
  ip address 10.0.0.1/24
  ip router rip one
  no shutdown
interface loopback0
  ip address 192.0.2.1/32
  ip router rip one
router rip one
  address-family ipv4 unicast
    default-information originate${setting}
//- b nxos
feature rip
interface Ethernet1/1
  no switchport
  ip address 10.0.0.2/24
  ip router rip one
  no shutdown
router rip one
`;
    expect(observe(lab('')).routes('b', RIP)).toEqual(['192.0.2.1/32 rip 120/2 10.0.0.1@Ethernet1/1']);
    expect(observe(lab(' always')).routes('b', RIP)).toContain('0.0.0.0/0 rip 120/2 10.0.0.1@Ethernet1/1');
  });
});

describe('RIP on Junos', () => {
  const lab = (exported: string) => `
//- link a:ge-0/0/0 b:ge-0/0/0
//- a junos
set interfaces ge-0/0/0 unit 0 family inet address 10.0.0.1/24
set interfaces lo0 unit 0 family inet address 192.0.2.1/32
set policy-options policy-statement OUT term 1 from protocol direct
set policy-options policy-statement OUT term 1 then accept
set protocols rip group G neighbor ge-0/0/0.0
${exported}
//- b junos
set interfaces ge-0/0/0 unit 0 family inet address 10.0.0.2/24
set protocols rip group G neighbor ge-0/0/0.0
`;
  it('announces what an export policy permits, and nothing without one', () => {
    expect(observe(lab('')).routes('b', RIP)).toEqual([]);
    expect(observe(lab('set protocols rip group G export OUT')).routes('b', RIP)).toEqual([
      '192.0.2.1/32 rip 100/2 10.0.0.1@ge-0/0/0.0',
    ]);
  });
});
