import { describe, expect, it } from 'vitest';
import { observe } from '../../fixtures/text-lab.ts';

/** `edge` learns 192.0.2.0/24 from `feed` when it is announced, and tells `peer` 198.51.100.0/24 under a condition. */
const lab = (when: 'exist-map' | 'non-exist-map', feedAnnounces: boolean): string => `
//- feed ios
interface GigabitEthernet0/1
 ip address 10.0.1.1 255.255.255.0
ip route 192.0.2.0 255.255.255.0 Null0
router bgp 65001
 neighbor 10.0.1.2 remote-as 65002
${feedAnnounces ? ' network 192.0.2.0 mask 255.255.255.0' : ''}
//- edge ios
interface GigabitEthernet0/1
 ip address 10.0.1.2 255.255.255.0
interface GigabitEthernet0/2
 ip address 10.0.2.2 255.255.255.0
ip route 198.51.100.0 255.255.255.0 Null0
ip route 203.0.113.0 255.255.255.0 Null0
ip prefix-list WATCHED permit 192.0.2.0/24
ip prefix-list CONDITIONAL permit 198.51.100.0/24
route-map WATCH permit 10
 match ip address prefix-list WATCHED
route-map SEND permit 10
 match ip address prefix-list CONDITIONAL
router bgp 65002
 network 198.51.100.0
 network 203.0.113.0
 neighbor 10.0.1.1 remote-as 65001
 neighbor 10.0.2.3 remote-as 65003
 neighbor 10.0.2.3 advertise-map SEND ${when} WATCH
//- peer ios
interface GigabitEthernet0/1
 ip address 10.0.2.3 255.255.255.0
router bgp 65003
 neighbor 10.0.2.2 remote-as 65002
`;

const has = (text: string): boolean =>
  observe(text)
    .routes('peer')
    .some((route) => route.startsWith('198.51.100.0/24'));

describe('conditional advertisement', () => {
  it('sends routes of the advertise-map while the exist-map finds a path', () => {
    expect(has(lab('exist-map', true))).toBe(true);
    expect(has(lab('exist-map', false))).toBe(false);
  });

  it('sends them while the non-exist-map finds none', () => {
    expect(has(lab('non-exist-map', true))).toBe(false);
    expect(has(lab('non-exist-map', false))).toBe(true);
  });

  it('leaves routes that the advertise-map does not name alone, and needs no caveat', () => {
    const seen = observe(lab('exist-map', false));
    expect(seen.routes('peer')).toEqual(['203.0.113.0/24 ebgp 20/0 10.0.2.2@GigabitEthernet0/1']);
    expect(seen.state.caveats).toEqual([]);
  });
});

/** `far` hears one prefix from two exits of its own AS; `exit1` would win by its router id. */
const exits = (lines: string, system = 'ios'): string => `
//- exit1 ios
interface GigabitEthernet0/1
 ip address 10.0.0.1 255.255.255.0
ip route 192.0.2.0 255.255.255.0 Null0
route-map COST permit 10
 set extcommunity cost ${lines}
router bgp 65001
 bgp router-id 1.1.1.1
 network 192.0.2.0 mask 255.255.255.0
 neighbor 10.0.0.3 remote-as 65001
 neighbor 10.0.0.3 send-community extended
 neighbor 10.0.0.3 route-map COST out
//- exit2 ios
interface GigabitEthernet0/1
 ip address 10.0.0.2 255.255.255.0
ip route 192.0.2.0 255.255.255.0 Null0
router bgp 65001
 bgp router-id 2.2.2.2
 network 192.0.2.0 mask 255.255.255.0
 neighbor 10.0.0.3 remote-as 65001
//- far ${system}
interface GigabitEthernet0/1
 ip address 10.0.0.3 255.255.255.0
router bgp 65001
 neighbor 10.0.0.1 remote-as 65001
 neighbor 10.0.0.2 remote-as 65001
`;

describe('the cost community', () => {
  const best = (text: string) => observe(text).routes('far', ['ibgp'])[0]?.split(' ')[3]?.split('@')[0];

  it('decides after the IGP metric: a path without one costs half of the range', () => {
    expect(best(exits('1 100'))).toBe('10.0.0.1');
    expect(best(exits('1 4000000000'))).toBe('10.0.0.2');
  });

  it('decides before all else at pre-bestpath', () => {
    const preferred = exits('pre-bestpath 1 4000000000').replace(
      'set extcommunity',
      'set local-preference 500\n set extcommunity',
    );
    expect(best(preferred)).toBe('10.0.0.2');
    expect(best(preferred.replace('pre-bestpath', 'igp'))).toBe('10.0.0.1');
  });

  it('does not count where it is ignored', () => {
    expect(
      best(
        exits('1 4000000000').replace(
          /router bgp 65001\n neighbor 10.0.0.1/,
          'router bgp 65001\n bgp bestpath cost-community ignore\n neighbor 10.0.0.1',
        ),
      ),
    ).toBe('10.0.0.1');
  });
});
