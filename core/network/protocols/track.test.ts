import { describe, expect, it } from 'vitest';
import { observe } from '../fixtures/text-lab.ts';

/** r1 has a primary way that follows a track, and a floating one. */
const lab = (track: string, far = '', more = ''): string => `
//- r1 ios
interface GigabitEthernet0/1
 ip address 10.0.1.1 255.255.255.0
interface GigabitEthernet0/2
 ip address 10.0.2.1 255.255.255.0
${track}
ip route 0.0.0.0 0.0.0.0 10.0.1.2 track 1
ip route 0.0.0.0 0.0.0.0 10.0.2.2 250
${more}
//- r2 ios
interface GigabitEthernet0/1
 ip address 10.0.1.2 255.255.255.0
${far}
`;

const way = (text: string) => observe(text).routes('r1', ['static'])[0]?.split(' ').slice(2, 4).join(' ');
const PRIMARY = '1/0 10.0.1.2@GigabitEthernet0/1';
const FLOATING = '250/0 10.0.2.2@GigabitEthernet0/2';
const caveats = (text: string) => observe(text).state.caveats.map(({ text: sentence }) => sentence);

describe('a tracked static route', () => {
  it('follows a route of the table, and gives way to a floating one', () => {
    const track = 'track 1 ip route 192.0.2.0 255.255.255.0 reachability';
    expect(way(lab(track))).toBe(FLOATING);
    expect(way(lab(track, '', 'ip route 192.0.2.0 255.255.255.0 10.0.2.2'))).toBe(PRIMARY);
    expect(caveats(lab(track))).toEqual([]);
  });

  it('follows an echo to a neighbour', () => {
    const track =
      'ip sla 5\n icmp-echo 10.0.1.2 source-interface GigabitEthernet0/1\nip sla schedule 5 life forever start-time now\ntrack 1 ip sla 5 reachability';
    expect(way(lab(track))).toBe(PRIMARY);
    expect(way(lab(track, ' shutdown'))).toBe(FLOATING);
    expect(caveats(lab(track))).toEqual([]);
  });

  it('is taken to hold, and said so, where an echo goes further than the link', () => {
    const track = 'ip sla 5\n icmp-echo 192.0.2.7\ntrack 1 ip sla 5';
    const text = lab(track, '', 'ip route 192.0.2.0 255.255.255.0 10.0.1.2');
    expect(way(text)).toBe(PRIMARY);
    expect(caveats(text)).toEqual(['Static route 0.0.0.0/0 depends on track 1, which is taken to be up.']);
  });

  it('follows a list of objects', () => {
    const list = (rule: string, not = '') => `track 2 ip route 192.0.2.0 255.255.255.0 reachability
track 3 interface GigabitEthernet0/2 line-protocol
track 1 list boolean ${rule}
 object 2${not}
 object 3`;
    expect(way(lab(list('and')))).toBe(FLOATING);
    expect(way(lab(list('or')))).toBe(PRIMARY);
    expect(way(lab(list('and', ' not')))).toBe(PRIMARY);
  });
});

describe('a static route with BFD', () => {
  it('is there, with a caveat', () => {
    const text = `
//- r1 nxos
interface Ethernet1/1
  no switchport
  ip address 10.0.1.1/24
  no shutdown
ip route 192.0.2.0/24 10.0.1.2 bfd
`;
    expect(observe(text).routes('r1', ['static'])).toEqual(['192.0.2.0/24 static 1/0 10.0.1.2@Ethernet1/1']);
    expect(caveats(text)).toEqual([
      'Static route 192.0.2.0/24 depends on a BFD session with its gateway, which is taken to be up.',
    ]);
  });
});
