import { describe, expect, it } from 'vitest';
import { observe } from '../../fixtures/text-lab.ts';
import { composite, DEFAULT_K_VALUES, seedVector, tableMetric } from './metric.ts';

const EIGRP = ['eigrp', 'eigrp-ext'];

/** r1 - r2 - r3, gigabit links; the lines go into each router's process and after it. */
const row = (extra: { readonly [router: string]: string | undefined } = {}): string => `
//- link r1:GigabitEthernet0/1 r2:GigabitEthernet0/1
//- link r2:GigabitEthernet0/2 r3:GigabitEthernet0/1
//- r1 ios
interface Loopback0
 ip address 192.0.2.1 255.255.255.255
interface GigabitEthernet0/1
 ip address 10.0.1.1 255.255.255.0
router eigrp 7
 network 10.0.0.0
 network 192.0.2.1 0.0.0.0
${extra.r1 ?? ''}
//- r2 ios
interface GigabitEthernet0/1
 ip address 10.0.1.2 255.255.255.0
interface GigabitEthernet0/2
 ip address 10.0.2.2 255.255.255.0
 ${extra.summary ?? ''}
router eigrp 7
 network 10.0.0.0
${extra.r2 ?? ''}
//- r3 ios
interface GigabitEthernet0/1
 ip address 10.0.2.3 255.255.255.0
router eigrp 7
 network 10.0.0.0
${extra.r3 ?? ''}
`;

describe('the metric', () => {
  it('is 256 times the inverse of the worst bandwidth and the summed delay (Cisco document 16406)', () => {
    expect(composite(seedVector([1_000, 101]), DEFAULT_K_VALUES, false)).toBe(256 * (10_000 + 101));
  });

  it('is wide in named mode and shown divided by 128 (RFC 7868 section 5.6.2)', () => {
    expect(tableMetric(composite(seedVector([1_000_000, 11]), DEFAULT_K_VALUES, true), true)).toBe(61_440);
  });

  it('sums up over routers', () => {
    const lab = observe(row());
    expect(lab.routes('r3', EIGRP)).toEqual([
      '10.0.1.0/24 eigrp 90/3072 10.0.2.2@GigabitEthernet0/1',
      '192.0.2.1/32 eigrp 90/131072 10.0.2.2@GigabitEthernet0/1',
    ]);
  });
});

describe('redistribution into EIGRP', () => {
  it('needs a metric, except for what is attached or static', () => {
    const text = row({
      r1: ` redistribute static
 redistribute ospf 1
ip route 198.51.100.0 255.255.255.0 10.0.1.9`,
    });
    expect(observe(text).routes('r3', EIGRP)).toContain(
      '198.51.100.0/24 eigrp-ext 170/3328 10.0.2.2@GigabitEthernet0/1',
    );
  });

  it('takes the metric of the line', () => {
    const text = row({
      r1: ` redistribute static metric 1000 100 255 1 1500
ip route 198.51.100.0 255.255.255.0 Null0`,
    });
    expect(observe(text).routes('r2', EIGRP)).toContain(
      '198.51.100.0/24 eigrp-ext 170/2585856 10.0.1.1@GigabitEthernet0/1',
    );
  });
});

describe('what EIGRP announces', () => {
  it('is folded into a summary, with a discard route of distance 5 where it is made', () => {
    const lab = observe(row({ summary: 'ip summary-address eigrp 7 192.0.0.0 255.255.0.0' }));
    expect(lab.routes('r3', EIGRP)).toEqual([
      '10.0.1.0/24 eigrp 90/3072 10.0.2.2@GigabitEthernet0/1',
      '192.0.0.0/16 eigrp 90/131072 10.0.2.2@GigabitEthernet0/1',
    ]);
    expect(lab.routes('r2', EIGRP)).toContain('192.0.0.0/16 eigrp 5/130816 drop');
    expect(lab.routes('r1', EIGRP)).not.toContain('192.0.0.0/16');
  });

  it('is limited by a distribute list', () => {
    const lab = observe(row({ r2: ' distribute-list 5 out\naccess-list 5 deny 192.0.2.1\naccess-list 5 permit any' }));
    expect(lab.routes('r3', EIGRP)).toEqual(['10.0.1.0/24 eigrp 90/3072 10.0.2.2@GigabitEthernet0/1']);
  });

  it('ends at a stub router', () => {
    expect(observe(row({ r2: ' eigrp stub connected' })).routes('r3', EIGRP)).toEqual([
      '10.0.1.0/24 eigrp 90/3072 10.0.2.2@GigabitEthernet0/1',
    ]);
  });
});

describe('an EIGRP neighbour', () => {
  const reasons = (text: string) =>
    observe(text).state.adjacencies.map(({ node, peerNode, state, detail }) =>
      `${node} ${peerNode} ${state} ${detail ?? ''}`.trim(),
    );

  it('is one of the same number and metric weights, on an interface that is not passive', () => {
    expect(reasons(row())[0]).toBe('r1 r2 up');
    expect(reasons(row({ r1: ' passive-interface GigabitEthernet0/1' }))[0]).toBe(
      'r1 r2 down passive on r1 GigabitEthernet0/1',
    );
    expect(reasons(row({ r1: ' metric weights 0 1 1 1 0 0' }))[0]).toMatch(/metric weights differ: 1 1 1 0 0 on r1/);
    expect(reasons(row().replace('router eigrp 7', 'router eigrp 8'))[0]).toMatch(/autonomous systems differ: 8 on r1/);
  });
});

describe('variance', () => {
  it('lets a worse way carry traffic whose neighbour is nearer than oneself', () => {
    const text = (variance: string) => `
//- link r1:GigabitEthernet0/1 r2:GigabitEthernet0/1
//- link r1:GigabitEthernet0/2 r2:GigabitEthernet0/2
//- r1 ios
interface GigabitEthernet0/1
 ip address 10.0.1.1 255.255.255.0
interface GigabitEthernet0/2
 ip address 10.0.2.1 255.255.255.0
 delay 100
router eigrp 7
 network 10.0.0.0
${variance}
//- r2 ios
interface Loopback0
 ip address 192.0.2.2 255.255.255.255
interface GigabitEthernet0/1
 ip address 10.0.1.2 255.255.255.0
interface GigabitEthernet0/2
 ip address 10.0.2.2 255.255.255.0
router eigrp 7
 network 10.0.0.0
 network 192.0.2.2 0.0.0.0
`;
    const to = (lab: ReturnType<typeof observe>) =>
      lab.routes('r1', EIGRP).find((route) => route.startsWith('192.0.2.2'));
    expect(to(observe(text('')))).toBe('192.0.2.2/32 eigrp 90/130816 10.0.1.2@GigabitEthernet0/1');
    expect(to(observe(text(' variance 2')))).toBe(
      '192.0.2.2/32 eigrp 90/130816 10.0.1.2@GigabitEthernet0/1 + 10.0.2.2@GigabitEthernet0/2',
    );
  });
});

describe('Offset lists', () => {
  const metricAtR3 = (r1 = '', r2 = '', r3 = '') =>
    observe(row({ r1, r2, r3 }))
      .routes('r3', EIGRP)
      .find((route) => route.startsWith('192.0.2.1/32'));

  it('add to what is sent and to what is taken, of the prefixes that the list permits', () => {
    const list = 'access-list 10 permit 192.0.2.1';
    const other = 'access-list 10 permit 198.51.100.0';
    expect(metricAtR3('', ` offset-list 10 out 500\n${list}`)).toContain('90/131572');
    expect(metricAtR3(` offset-list 0 out 100`, ` offset-list 10 out 500\n${list}`, ' offset-list 0 in 7')).toContain(
      '90/131679',
    );
    expect(metricAtR3('', ` offset-list 10 out 500\n${other}`)).toContain('90/131072');
    expect(metricAtR3('', ` offset-list 10 out 500 GigabitEthernet0/1\n${list}`)).toContain('90/131072');
  });
});
