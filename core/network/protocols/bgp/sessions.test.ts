import { describe, expect, it } from 'vitest';
import { observe } from '../../fixtures/text-lab.ts';

const pair = (r1: string, r2: string, more: { r1?: string; r2?: string } = {}): string => `
//- link r1:eth1 r2:eth1
//- r1 frr
interface eth1
 ip address 10.0.0.0/31
${more.r1 ?? ''}
router bgp 65001
 bgp router-id 1.1.1.1
 no bgp ebgp-requires-policy
${r1}
//- r2 frr
interface eth1
 ip address 10.0.0.1/31
${more.r2 ?? ''}
router bgp 65002
 bgp router-id 2.2.2.2
 no bgp ebgp-requires-policy
${r2}
`;
const toR2 = ' neighbor 10.0.0.1 remote-as 65002';
const toR1 = ' neighbor 10.0.0.0 remote-as 65001';
const loopbacks = {
  r1: 'interface lo\n ip address 1.1.1.1/32\nip route 2.2.2.2/32 10.0.0.1',
  r2: 'interface lo\n ip address 2.2.2.2/32\nip route 1.1.1.1/32 10.0.0.0',
};
const overLoopbacks = (options1: string, options2 = options1) =>
  pair(
    ` neighbor 2.2.2.2 remote-as 65002\n${options1.replaceAll('PEER', '2.2.2.2')}`,
    ` neighbor 1.1.1.1 remote-as 65001\n${options2.replaceAll('PEER', '1.1.1.1')}`,
    loopbacks,
  );

describe('a session', () => {
  it('is established when both ends name each other', () => {
    const { state } = observe(pair(toR2, toR1));
    expect(state.sessions).toMatchObject([
      {
        node: 'r1',
        peer: '10.0.0.1',
        peerNode: 'r2',
        localAs: 65001,
        remoteAs: 65002,
        type: 'ebgp',
        state: 'established',
        families: ['ipv4-unicast'],
      },
      {
        node: 'r2',
        peer: '10.0.0.0',
        peerNode: 'r1',
        localAs: 65002,
        remoteAs: 65001,
        type: 'ebgp',
        state: 'established',
      },
    ]);
  });

  it.each([
    [
      pair(' neighbor 10.0.0.1 remote-as 65009', toR1),
      'as-mismatch: r1 expects AS 65009 of 10.0.0.1, and r2 is AS 65002',
    ],
    [
      pair(toR2, ' neighbor 10.0.0.0 remote-as 65009'),
      'as-mismatch: r2 expects AS 65009 of 10.0.0.0, and r1 is AS 65001',
    ],
    [pair(' neighbor 10.0.0.1 remote-as external', toR1), 'established'],
    [
      pair(' neighbor 10.0.0.1 remote-as internal', toR1),
      'as-mismatch: r1 expects an internal AS of 10.0.0.1, and r2 is AS 65002',
    ],
    [pair(`${toR2}\n neighbor 10.0.0.1 shutdown`, toR1), 'shutdown: r1 has shut the neighbour 10.0.0.1 down'],
    [pair(toR2, `${toR1}\n neighbor 10.0.0.0 shutdown`), 'shutdown: r2 has shut the neighbour 10.0.0.0 down'],
    [pair(toR2, ''), 'no-return-neighbour: r2 owns 10.0.0.1 and has no neighbour 10.0.0.0'],
    [
      pair(`${toR2}\n neighbor 10.0.0.1 password one`, `${toR1}\n neighbor 10.0.0.0 password two`),
      'password-mismatch: r1 and r2 do not have the same password for their session',
    ],
    [
      pair(`${toR2}\n neighbor 10.0.0.1 password one`, toR1),
      'password-mismatch: r1 and r2 do not have the same password for their session',
    ],
    [pair(`${toR2}\n neighbor 10.0.0.1 password one`, `${toR1}\n neighbor 10.0.0.0 password one`), 'established'],
    [
      pair(toR2, toR1, { r2: ' shutdown' }),
      'interface-down: eth1 of r1 is down: r2 eth1 at the other end is shut down',
    ],
    [
      pair(`${toR2}\n neighbor 10.0.0.1 ttl-security hops 1`, toR1),
      'ttl-security: r1 takes packets of 10.0.0.1 only with a TTL of 254 or more, and r2 sends 1',
    ],
    [
      pair(`${toR2}\n address-family ipv4 unicast\n  no neighbor 10.0.0.1 activate`, toR1),
      'not-activated: r1 has activated no address family for 10.0.0.1',
    ],
    [
      pair(`${toR2}\n neighbor 10.0.0.1 passive`, `${toR1}\n neighbor 10.0.0.0 passive`),
      'passive-both: neither r1 nor r2 opens the session: each waits for the other',
    ],
  ])('%# says why it is down', (lab, expected) => {
    expect(observe(lab).sessionText('r1', '10.0.0.1')).toBe(expected);
  });

  it('with a neighbour outside of the lab is unknown rather than broken', () => {
    const lab = observe(pair(`${toR2}\n neighbor 192.0.2.1 remote-as 65009`, toR1));
    expect(lab.sessionText('r1', '192.0.2.1')).toBe('peer-outside: 192.0.2.1 belongs to no device of the lab');
  });

  it('with an address that nobody on the known link has is broken', () => {
    const lab = observe(
      pair(toR2, toR1)
        .replace('10.0.0.1/31', '10.0.0.1/29')
        .replace('10.0.0.0/31', '10.0.0.4/29')
        .replace('neighbor 10.0.0.1', 'neighbor 10.0.0.2'),
    );
    expect(lab.sessionText('r1', '10.0.0.2')).toBe(
      'not-connected: nobody on the segment of r1 eth1 has 10.0.0.2 (there: r2 10.0.0.1)',
    );
  });

  it('points at the lines of both ends', () => {
    const lab = observe(pair(toR2, `${toR1}\n neighbor 10.0.0.0 shutdown`));
    expect(lab.session('r1', '10.0.0.1').reason?.spans.map(({ node, span }) => `${node}:${span.line}`)).toEqual([
      'r1:6',
      'r2:7',
    ]);
  });

  it('between loopbacks needs hops, sources and routes on both sides', () => {
    const source = ' neighbor PEER update-source lo\n';
    const multihop = ' neighbor PEER ebgp-multihop 2\n';
    expect(observe(overLoopbacks(source + multihop)).sessionText('r1', '2.2.2.2')).toBe('established');
    expect(observe(overLoopbacks(source)).sessionText('r1', '2.2.2.2')).toBe(
      'multihop: 2.2.2.2 is not on a network of r1, and r1 has no ebgp-multihop for it',
    );
    expect(observe(overLoopbacks(source + multihop, source)).sessionText('r1', '2.2.2.2')).toBe(
      'multihop: 1.1.1.1 is not on a network of r2, and r2 has no ebgp-multihop for it',
    );
    expect(observe(overLoopbacks(multihop)).sessionText('r1', '2.2.2.2')).toBe(
      'source-mismatch: r1 speaks from 10.0.0.0, and r2 knows it as 1.1.1.1',
    );
    expect(
      observe(overLoopbacks(source + multihop).replace('ip route 2.2.2.2/32 10.0.0.1', '')).sessionText(
        'r1',
        '2.2.2.2',
      ),
    ).toBe('no-route: r1 has no route to 2.2.2.2');
  });

  it('opens when only one end speaks from the address that the other knows', () => {
    const multihop = ' neighbor PEER ebgp-multihop 2\n';
    expect(
      observe(overLoopbacks(` neighbor PEER update-source lo\n${multihop}`, multihop)).sessionText('r2', '1.1.1.1'),
    ).toBe('established');
  });

  it('over an interface needs no address', () => {
    const unnumbered = `
//- link r1:eth1 r2:eth7
//- r1 frr
interface eth1
interface lo
 ip address 1.1.1.1/32
router bgp 65001
 no bgp ebgp-requires-policy
 neighbor eth1 interface remote-as external
 address-family ipv4 unicast
  network 1.1.1.1/32
//- r2 frr
interface eth7
router bgp 65002
 no bgp ebgp-requires-policy
 neighbor eth7 interface remote-as external
`;
    const lab = observe(unnumbered);
    expect(lab.sessionText('r1', 'eth1')).toBe('established');
    expect(lab.session('r2', 'eth7')).toMatchObject({ peerNode: 'r1', remoteAs: 65001, type: 'ebgp' });
    expect(lab.routes('r2')).toEqual(['1.1.1.1/32 ebgp 20/0 eth7']);
  });

  it('may be accepted from a range', () => {
    const lab = observe(
      pair(
        toR2,
        ' neighbor RACK peer-group\n neighbor RACK remote-as 65001\n bgp listen range 10.0.0.0/24 peer-group RACK',
      ),
    );
    expect(lab.sessionText('r1', '10.0.0.1')).toBe('established');
    expect(lab.session('r2', '10.0.0.0')).toMatchObject({ state: 'established', peerNode: 'r1' });
  });

  it('inside an AS is refused when the router ids are equal', () => {
    const lab = pair(toR2.replace('65002', '65001'), toR1)
      .replace('router bgp 65002', 'router bgp 65001')
      .replace('router-id 2.2.2.2', 'router-id 1.1.1.1');
    expect(observe(lab).sessionText('r1', '10.0.0.1')).toBe(
      'router-id-conflict: r1 and r2 have the same router id 1.1.1.1',
    );
  });

  it('is shut when the neighbour sends more prefixes than it may', () => {
    const lab = observe(
      pair(
        `${toR2}\n address-family ipv4 unicast\n  network 192.0.2.0/25\n  network 192.0.2.128/25`,
        `${toR1}\n address-family ipv4 unicast\n  neighbor 10.0.0.0 maximum-prefix 1`,
        { r1: 'ip route 192.0.2.0/25 Null0\nip route 192.0.2.128/25 Null0' },
      ),
    );
    expect(lab.sessionText('r2', '10.0.0.0')).toBe('maximum-prefix: r2 allows 1 prefixes from 10.0.0.0 and was sent 2');
    expect(lab.session('r1', '10.0.0.1').reason?.code).toBe('maximum-prefix');
    expect(lab.routes('r2')).toEqual([]);
  });

  it('compares what type 7 hides, since everyone can read it', () => {
    const ios = (as: number, own: string, peer: string, remote: number, password: string) => `
interface GigabitEthernet0/1
 ip address ${own} 255.255.255.252
router bgp ${as}
 neighbor ${peer} remote-as ${remote}
 neighbor ${peer} password ${password}
`;
    const lab = (second: string) =>
      observe(
        `//- r1 ios${ios(65001, '10.0.0.1', '10.0.0.2', 65002, '7 02050D480809')}\n//- r2 ios${ios(65002, '10.0.0.2', '10.0.0.1', 65001, second)}`,
      );
    expect(lab('7 060506324F41').sessionText('r1', '10.0.0.2')).toBe('established');
    expect(lab('0 cisco').sessionText('r1', '10.0.0.2')).toBe('established');
    expect(lab('0 disco').sessionText('r1', '10.0.0.2')).toContain('password-mismatch');
  });
});
