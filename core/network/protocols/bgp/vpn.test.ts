import { describe, expect, it } from 'vitest';
import { observe } from '../../fixtures/text-lab.ts';

/** One IOS device with two VRFs, each with a network on a loopback. */
const twoVrfs = (red: string, blue: string, more = '') => `
//- pe ios
vrf definition RED
 rd 65000:1
 address-family ipv4
${red}
vrf definition BLUE
 rd 65000:2
 address-family ipv4
${blue}
interface Loopback1
 vrf forwarding RED
 ip address 10.1.0.1 255.255.255.0
interface Loopback2
 vrf forwarding BLUE
 ip address 10.2.0.1 255.255.255.0
router bgp 65000
 bgp router-id 1.1.1.1
 address-family ipv4 vrf RED
  redistribute connected
 address-family ipv4 vrf BLUE
  redistribute connected
${more}
`;
const target = (...lines: string[]) => lines.map((line) => `  route-target ${line}`).join('\n');
const learned = (lab: ReturnType<typeof observe>, vrf: string, node = 'pe') =>
  lab.routes(node, ['bgp', 'ebgp', 'ibgp'], vrf);

describe('between VRFs of a device', () => {
  it('routes go to those that import one of their targets', () => {
    const lab = observe(twoVrfs(target('export 65000:1'), target('import 65000:1', 'export 65000:2')));
    expect(learned(lab, 'BLUE')).toEqual(['10.1.0.0/24 bgp 20/0 Loopback1']);
    expect(learned(lab, 'RED')).toEqual([]);
  });

  it('routes do not go on a second time', () => {
    const third = `vrf definition GREEN\n rd 65000:3\n address-family ipv4\n${target('import 65000:2')}\nrouter bgp 65000\n address-family ipv4 vrf GREEN\n  redistribute connected`;
    const lab = observe(twoVrfs(target('export 65000:1'), target('import 65000:1', 'export 65000:2'), third));
    expect(learned(lab, 'GREEN')).toEqual(['10.2.0.0/24 bgp 20/0 Loopback2']);
  });

  it('an export map gives other targets to what it permits, and leaves the rest theirs', () => {
    const map = (prefix: string) =>
      `ip prefix-list PL permit ${prefix}\nroute-map EXPORT permit 10\n match ip address prefix-list PL\n set extcommunity rt 65000:9`;
    const red = `  export map EXPORT\n${target('export 65000:1')}`;
    const with9 = (prefix: string, wanted: string) =>
      learned(observe(twoVrfs(red, target(`import ${wanted}`), map(prefix))), 'BLUE');
    expect(with9('10.1.0.0/24', '65000:9')).toEqual(['10.1.0.0/24 bgp 20/0 Loopback1']);
    expect(with9('10.1.0.0/24', '65000:1')).toEqual([]);
    expect(with9('10.9.0.0/24', '65000:1')).toEqual(['10.1.0.0/24 bgp 20/0 Loopback1']);
  });

  it('an import map filters what comes in', () => {
    const blue = `  import map NONE\n${target('import 65000:1')}`;
    expect(learned(observe(twoVrfs(target('export 65000:1'), blue, 'route-map NONE deny 10')), 'BLUE')).toEqual([]);
  });

  it('FRR takes them by the name of the VRF', () => {
    const lab = observe(`
//- r1 frr
vrf RED
vrf BLUE
interface lo1 vrf RED
 ip address 10.1.0.1/24
interface lo2 vrf BLUE
 ip address 10.2.0.1/24
router bgp 65000 vrf RED
 address-family ipv4 unicast
  redistribute connected
router bgp 65000 vrf BLUE
 address-family ipv4 unicast
  import vrf RED
`);
    expect(learned(lab, 'BLUE', 'r1')).toEqual(['10.1.0.0/24 bgp 20/0 lo1']);
  });
});

describe('between devices', () => {
  /** Two leaves behind a spine: IPv4 underlay, EVPN between loopbacks, one tenant. */
  const leaf = (own: number) => `
//- link leaf${own}:Ethernet1 spine:Ethernet${own}
//- leaf${own} eos
ip routing
vrf instance RED
ip routing vrf RED
interface Ethernet1
   no switchport
   ip address 10.0.${own}.1/31
interface Loopback0
   ip address 10.255.0.${own}/32
interface Loopback1
   ip address 10.254.0.${own}/32
interface Loopback100
   vrf RED
   ip address 192.168.${own}.1/24
interface Vxlan1
   vxlan source-interface Loopback1
   vxlan vrf RED vni 100
router bgp 6500${own}
   router-id 10.255.0.${own}
   neighbor 10.0.${own}.0 remote-as 65000
   neighbor 10.255.0.9 remote-as 65000
   neighbor 10.255.0.9 update-source Loopback0
   neighbor 10.255.0.9 ebgp-multihop 2
   neighbor 10.255.0.9 send-community extended
   redistribute connected
   address-family evpn
      neighbor 10.255.0.9 activate
   address-family ipv4
      no neighbor 10.255.0.9 activate
   vrf RED
      rd 10.255.0.${own}:100
      route-target import evpn 100:100
      route-target export evpn 100:100
      redistribute connected
`;
  const spine = (evpn: string) => `
//- spine eos
ip routing
interface Ethernet1
   no switchport
   ip address 10.0.1.0/31
interface Ethernet2
   no switchport
   ip address 10.0.2.0/31
interface Loopback0
   ip address 10.255.0.9/32
router bgp 65000
   router-id 10.255.0.9
${[1, 2]
  .map(
    (own) => `   neighbor 10.0.${own}.1 remote-as 6500${own}
   neighbor 10.255.0.${own} remote-as 6500${own}
   neighbor 10.255.0.${own} update-source Loopback0
   neighbor 10.255.0.${own} ebgp-multihop 2
   neighbor 10.255.0.${own} send-community extended
${evpn.replaceAll('PEER', `10.255.0.${own}`)}`,
  )
  .join('\n')}
   network 10.255.0.9/32
   address-family evpn
      neighbor 10.255.0.1 activate
      neighbor 10.255.0.2 activate
   address-family ipv4
      no neighbor 10.255.0.1 activate
      no neighbor 10.255.0.2 activate
`;

  it('EVPN carries them with the address of the tunnel as next hop', () => {
    const lab = observe(leaf(1) + leaf(2) + spine('   neighbor PEER next-hop-unchanged'));
    expect(lab.sessionText('leaf1', '10.255.0.9')).toBe('established');
    expect(lab.session('leaf1', '10.255.0.9').families).toEqual(['l2vpn-evpn']);
    expect(learned(lab, 'RED', 'leaf1')).toEqual(['192.168.2.0/24 ebgp 200/0 10.254.0.2']);
    expect(lab.paths('leaf1', '192.168.2.0/24', 'RED')).toEqual(['> 10.254.0.2 [65000 65002] 100 0 rt:100:100']);
  });

  it('sessions that need routes of BGP come up after them, and routes need those sessions', () => {
    const lab = observe(leaf(1) + leaf(2) + spine('   neighbor PEER shutdown'));
    expect(lab.sessionText('leaf1', '10.255.0.9')).toContain('shutdown');
    expect(learned(lab, 'RED', 'leaf1')).toEqual([]);
  });
});
