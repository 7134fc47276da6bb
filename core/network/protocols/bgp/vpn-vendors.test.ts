import { describe, expect, it } from 'vitest';
import { observe } from '../../fixtures/text-lab.ts';

const ALL = ['connected', 'bgp', 'ebgp', 'ibgp'] as const;

describe('Junos auto-export', () => {
  const instance = (name: string, unit: number, more: string) => `
set interfaces ge-0/0/${unit} unit 0 family inet address 10.${unit}.0.1/24
set routing-instances ${name} instance-type vrf
set routing-instances ${name} interface ge-0/0/${unit}.0
set routing-instances ${name} route-distinguisher 1.1.1.1:${unit}
${more}`;
  const router = (red: string, blue: string) => `
//- r1 junos
set routing-options router-id 1.1.1.1
set routing-options autonomous-system 65000
${instance('RED', 1, red)}
${instance('BLUE', 2, blue)}
`;
  const own = (name: string) => `set routing-instances ${name} vrf-target target:65000:1`;
  const auto = (name: string) => `set routing-instances ${name} routing-options auto-export`;

  it('gives local routes to instances that ask for their target, and leaves them what they are', () => {
    const lab = observe(router(`${own('RED')}\n${auto('RED')}`, `${own('BLUE')}\n${auto('BLUE')}`));
    expect(lab.routes('r1', ALL, 'RED')).toEqual([
      '10.1.0.0/24 connected 0/0 ge-0/0/1.0',
      '10.2.0.0/24 connected 0/0 ge-0/0/2.0',
    ]);
  });

  it('must be on in both instances', () => {
    const lab = observe(router(`${own('RED')}\n${auto('RED')}`, own('BLUE')));
    expect(lab.routes('r1', ALL, 'RED')).toEqual(['10.1.0.0/24 connected 0/0 ge-0/0/1.0']);
  });

  it('an import policy sees the targets among the communities and the protocol of the route', () => {
    const policy = (protocol: string) => `
set policy-options community BLUE-RT members target:65000:2
set policy-options policy-statement TAKE term 1 from protocol ${protocol}
set policy-options policy-statement TAKE term 1 from community BLUE-RT
set policy-options policy-statement TAKE term 1 then accept
set policy-options policy-statement TAKE term 2 then reject
set routing-instances RED vrf-import TAKE`;
    const blue = `set routing-instances BLUE vrf-target target:65000:2\n${auto('BLUE')}`;
    const red = (protocol: string) => observe(router(`${own('RED')}\n${auto('RED')}${policy(protocol)}`, blue));
    expect(red('direct').routes('r1', ALL, 'RED')).toHaveLength(2);
    expect(red('static').routes('r1', ALL, 'RED')).toHaveLength(1);
  });
});

describe('Junos EVPN', () => {
  /** Two leaves on one link with one VLAN in both, as gateway or not. */
  const leaf = (own: number, more = '') => `
//- leaf${own} junos
set interfaces ge-0/0/1 unit 0 family inet address 10.0.0.${own}/24
set interfaces ge-0/0/2 unit 0 family inet address 192.168.${own}.1/24
set interfaces irb unit 10 family inet address 172.16.10.${own}/24
set interfaces lo0 unit 0 family inet address 10.255.0.${own}/32
set routing-options router-id 10.255.0.${own}
set routing-options autonomous-system 65000
set routing-options static route 10.255.0.${3 - own}/32 next-hop 10.0.0.${3 - own}
set protocols bgp group overlay type internal
set protocols bgp group overlay local-address 10.255.0.${own}
set protocols bgp group overlay family evpn signaling
set protocols bgp group overlay neighbor 10.255.0.${3 - own}
set switch-options vtep-source-interface lo0.0
set vlans V10 vlan-id 10
set vlans V10 l3-interface irb.10
set vlans V10 vxlan vni 10010
set routing-instances RED instance-type vrf
set routing-instances RED interface ge-0/0/2.0
set routing-instances RED interface irb.10
set routing-instances RED route-distinguisher 10.255.0.${own}:1
set routing-instances RED vrf-target target:65000:1
${more}
`;
  const bgp = ['bgp', 'ebgp', 'ibgp'] as const;
  const prefixes = `set routing-instances RED protocols evpn ip-prefix-routes advertise direct-nexthop
set routing-instances RED protocols evpn ip-prefix-routes vni 50001`;
  const hosts = `set protocols evpn default-gateway no-gateway-community
set routing-instances RED protocols evpn irb-symmetric-routing vni 50001`;

  it('carries an instance with ip-prefix-routes, and shows the way to the tunnel’s end', () => {
    const lab = observe(leaf(1, prefixes) + leaf(2, prefixes));
    expect(lab.routes('leaf1', bgp, 'RED')).toEqual(['192.168.2.0/24 ibgp 170/0 10.0.0.2@ge-0/0/1.0']);
  });

  it('carries no instance without it', () => {
    expect(observe(leaf(1, prefixes) + leaf(2)).routes('leaf1', bgp, 'RED')).toEqual([]);
  });

  it('makes host routes of the gateways’ addresses with symmetric routing', () => {
    const lab = observe(leaf(1, `${prefixes}\n${hosts}`) + leaf(2, `${prefixes}\n${hosts}`));
    expect(lab.routes('leaf1', bgp, 'RED')).toEqual([
      '172.16.10.2/32 ibgp 7/0 10.0.0.2@ge-0/0/1.0',
      '192.168.2.0/24 ibgp 170/0 10.0.0.2@ge-0/0/1.0',
    ]);
  });

  it('its export policy keeps routes from becoming type 5 routes', () => {
    const policy = `${prefixes}
set routing-instances RED protocols evpn ip-prefix-routes export NONE
set policy-options policy-statement NONE then reject`;
    expect(observe(leaf(1, prefixes) + leaf(2, policy)).routes('leaf1', bgp, 'RED')).toEqual([]);
  });
});

describe('SR OS services', () => {
  const vprn = (name: string, own: number, target: number, wanted: number) => `
        vprn "${name}" {
            admin-state enable
            service-id ${own}
            bgp-ipvpn {
                mpls {
                    admin-state enable
                    route-distinguisher "1.1.1.1:${own}"
                    vrf-target {
                        community "target:65000:${target}"
                    }
                    vrf-import {
                        policy ["take-${wanted}"]
                    }
                }
            }
            interface "to-site" {
                loopback true
                ipv4 {
                    primary {
                        address 10.${own}.0.1
                        prefix-length 24
                    }
                }
            }
        }`;
  const policy = (target: number) => `
        community "T${target}" {
            member "target:65000:${target}" { }
        }
        policy-statement "take-${target}" {
            entry 10 {
                from {
                    community {
                        name "T${target}"
                    }
                    protocol {
                        name [bgp-vpn]
                    }
                }
                action {
                    action-type accept
                }
            }
        }`;
  const lab = observe(`
//- pe sros
configure {
    policy-options {${policy(1)}${policy(2)}
    }
    router "Base" {
        autonomous-system 65000
        interface "system" {
            ipv4 {
                primary {
                    address 1.1.1.1
                    prefix-length 32
                }
            }
        }
        bgp {
            router-id 1.1.1.1
        }
    }
    service {${vprn('RED', 1, 1, 2)}${vprn('BLUE', 2, 2, 1)}
    }
}
`);

  it('may have interfaces of the same name', () => {
    expect(lab.routes('pe', ['connected'], 'RED')).toEqual(['10.1.0.0/24 connected 0/0 to-site']);
    expect(lab.routes('pe', ['connected'], 'BLUE')).toEqual(['10.2.0.0/24 connected 0/0 to-site']);
  });

  it('take each other’s routes, hosts included, with preference 0', () => {
    expect(lab.routes('pe', ['bgp'], 'RED')).toEqual(['10.2.0.0/24 bgp 0/0 to-site', '10.2.0.1/32 bgp 0/0 to-site']);
  });
});

describe('NX-OS automatic route targets', () => {
  const leaf = (own: number, vni: number) => `
//- leaf${own} nxos
nv overlay evpn
feature bgp
feature nv overlay
feature vn-segment-vlan-based
ip route 10.255.0.${3 - own}/32 10.0.0.${3 - own}
vrf context RED
  vni ${vni}
  rd auto
  address-family ipv4 unicast
    route-target both auto
    route-target both auto evpn
interface nve1
  no shutdown
  host-reachability protocol bgp
  source-interface loopback0
  member vni ${vni} associate-vrf
interface Ethernet1/1
  no switchport
  ip address 10.0.0.${own}/24
  no shutdown
interface loopback0
  ip address 10.255.0.${own}/32
interface loopback1
  vrf member RED
  ip address 192.168.${own}.1/24
route-map ALL permit 10
router bgp 65000
  router-id 10.255.0.${own}
  neighbor 10.255.0.${3 - own}
    remote-as 65000
    update-source loopback0
    address-family l2vpn evpn
      send-community extended
  vrf RED
    address-family ipv4 unicast
      redistribute direct route-map ALL
`;

  it('are made of the AS and the VNI', () => {
    const routes = (other: number) => observe(leaf(1, 5000) + leaf(2, other)).routes('leaf1', ['ibgp'], 'RED');
    expect(routes(5000)).toEqual(['192.168.2.0/24 ibgp 200/0 10.255.0.2']);
    expect(routes(5001)).toEqual([]);
  });
});

describe('FRR VXLAN networks of VRFs', () => {
  const leaf = (own: number, asn: number, advertise: string) => `
//- leaf${own} frr
vrf RED
 vni 5000
exit-vrf
interface eth1
 ip address 10.0.0.${own}/24
interface lo1 vrf RED
 ip address 192.168.${own}.1/24
router bgp ${asn}
 bgp router-id 10.255.0.${own}
 no bgp ebgp-requires-policy
 neighbor 10.0.0.${3 - own} remote-as external
 address-family l2vpn evpn
  neighbor 10.0.0.${3 - own} activate
  advertise-all-vni
router bgp ${asn} vrf RED
 bgp router-id 10.255.0.${own}
 address-family ipv4 unicast
  redistribute connected
 address-family l2vpn evpn
  ${advertise}
`;
  const routes = (advertise: string) =>
    observe(leaf(1, 65001, advertise) + leaf(2, 65002, advertise)).routes('leaf1', ['ebgp'], 'RED');

  it('are exchanged whatever AS the automatic target names, once unicast routes are advertised', () => {
    expect(routes('advertise ipv4 unicast')).toEqual(['192.168.2.0/24 ebgp 20/0 10.0.0.2']);
    expect(routes('')).toEqual([]);
  });
});

describe('IOS-XR', () => {
  it('exchanges routes of a VRF that BGP names', () => {
    const lab = (bgp: string) =>
      observe(`
//- pe iosxr
vrf RED
 address-family ipv4 unicast
  export route-target
   65000:1
vrf BLUE
 address-family ipv4 unicast
  import route-target
   65000:1
interface Loopback1
 vrf RED
 ipv4 address 10.1.0.1 255.255.255.0
router bgp 65000
 bgp router-id 1.1.1.1
 address-family vpnv4 unicast
 vrf RED
  rd 65000:1
  address-family ipv4 unicast
   redistribute connected
${bgp}`).routes('pe', ['bgp'], 'BLUE');
    expect(lab(' vrf BLUE\n  rd 65000:2\n  address-family ipv4 unicast\n')).toHaveLength(1);
    expect(lab('')).toEqual([]);
  });
});
