import { describe, expect, it } from 'vitest';
import { observe } from '../../fixtures/text-lab.ts';

/*
 * A spine that reflects EVPN routes between leaves of three systems, over OSPF: routes of type 5 of one tenant.
 */
const links = `
//- link srl1:ethernet-1/49 spine:ethernet-1/1
//- link eos1:Ethernet1 spine:ethernet-1/2
//- link frr1:eth1 spine:ethernet-1/3
`;
const spinePort = (port: number) => `
interface ethernet-1/${port} {
    subinterface 0 {
        ipv4 {
            admin-state enable
            address 10.0.${port}.0/31 {
            }
        }
    }
}`;
const spine = `
//- spine srlinux
${[1, 2, 3].map(spinePort).join('')}
interface system0 {
    subinterface 0 {
        ipv4 {
            admin-state enable
            address 10.255.0.9/32 {
            }
        }
    }
}
network-instance default {
    interface ethernet-1/1.0 {
    }
    interface ethernet-1/2.0 {
    }
    interface ethernet-1/3.0 {
    }
    interface system0.0 {
    }
    protocols {
        bgp {
            autonomous-system 65000
            afi-safi evpn {
                admin-state enable
            }
            group leaves {
                peer-as 65000
                route-reflector {
                    client true
                }
                transport {
                    local-address 10.255.0.9
                }
            }
            neighbor 10.255.0.1 {
                peer-group leaves
            }
            neighbor 10.255.0.2 {
                peer-group leaves
            }
            neighbor 10.255.0.3 {
                peer-group leaves
            }
        }
        ospf {
            instance main {
                admin-state enable
                version ospf-v2
                area 0.0.0.0 {
${[1, 2, 3].map((port) => `interface ethernet-1/${port}.0 {\n interface-type point-to-point\n metric 10\n }`).join('\n')}
                    interface system0.0 {
                        passive true
                    }
                }
            }
        }
    }
}
`;
const srl = (policy = '') => `
//- srl1 srlinux
set / interface ethernet-1/49 subinterface 0 ipv4 admin-state enable
set / interface ethernet-1/49 subinterface 0 ipv4 address 10.0.1.1/31
set / interface lo1 subinterface 0 ipv4 admin-state enable
set / interface lo1 subinterface 0 ipv4 address 192.168.1.1/24
set / interface system0 subinterface 0 ipv4 admin-state enable
set / interface system0 subinterface 0 ipv4 address 10.255.0.1/32
set / tunnel-interface vxlan1 vxlan-interface 100 type routed
set / tunnel-interface vxlan1 vxlan-interface 100 ingress vni 100
set / network-instance RED type ip-vrf
set / network-instance RED interface lo1.0
set / network-instance RED vxlan-interface vxlan1.100
set / network-instance RED protocols bgp-evpn bgp-instance 1 vxlan-interface vxlan1.100
set / network-instance RED protocols bgp-evpn bgp-instance 1 evi 100
set / network-instance RED protocols bgp-vpn bgp-instance 1 route-distinguisher rd 10.255.0.1:100
set / network-instance RED protocols bgp-vpn bgp-instance 1 route-target export-rt target:65000:100
set / network-instance RED protocols bgp-vpn bgp-instance 1 route-target import-rt target:65000:100
set / network-instance default interface ethernet-1/49.0
set / network-instance default interface system0.0
set / network-instance default protocols bgp autonomous-system 65000
set / network-instance default protocols bgp afi-safi evpn admin-state enable
set / network-instance default protocols bgp group spines peer-as 65000
set / network-instance default protocols bgp group spines transport local-address 10.255.0.1
set / network-instance default protocols bgp neighbor 10.255.0.9 peer-group spines
set / network-instance default protocols ospf instance main admin-state enable
set / network-instance default protocols ospf instance main version ospf-v2
set / network-instance default protocols ospf instance main area 0.0.0.0 interface ethernet-1/49.0 interface-type point-to-point
set / network-instance default protocols ospf instance main area 0.0.0.0 interface system0.0 passive true
${policy}
`;
const eos = `
//- eos1 eos
ip routing
vrf instance RED
ip routing vrf RED
interface Ethernet1
   no switchport
   ip address 10.0.2.1/31
   ip ospf network point-to-point
   ip ospf area 0.0.0.0
interface Loopback0
   ip address 10.255.0.2/32
   ip ospf area 0.0.0.0
interface Loopback100
   vrf RED
   ip address 192.168.2.1/24
interface Vxlan1
   vxlan source-interface Loopback0
   vxlan vrf RED vni 100
router ospf 1
router bgp 65000
   router-id 10.255.0.2
   no bgp default ipv4-unicast
   neighbor 10.255.0.9 remote-as 65000
   neighbor 10.255.0.9 update-source Loopback0
   neighbor 10.255.0.9 send-community extended
   address-family evpn
      neighbor 10.255.0.9 activate
   vrf RED
      rd 10.255.0.2:100
      route-target import evpn 65000:100
      route-target export evpn 65000:100
      redistribute connected
`;
const frr = (advertise: string) => `
//- frr1 frr
vrf RED
 vni 100
exit-vrf
interface eth1
 ip address 10.0.3.1/31
 ip ospf area 0
 ip ospf network point-to-point
interface lo
 ip address 10.255.0.3/32
 ip ospf area 0
interface dummy1 vrf RED
 ip address 192.168.3.1/24
router ospf
 ospf router-id 10.255.0.3
router bgp 65000
 bgp router-id 10.255.0.3
 no bgp default ipv4-unicast
 neighbor 10.255.0.9 remote-as 65000
 neighbor 10.255.0.9 update-source lo
 address-family l2vpn evpn
  neighbor 10.255.0.9 activate
  advertise-all-vni
router bgp 65000 vrf RED
 address-family ipv4 unicast
  redistribute connected
 address-family l2vpn evpn
  ${advertise}
  rd 10.255.0.3:100
  route-target import 65000:100
  route-target export 65000:100
`;
const lab = (advertise = 'advertise ipv4 unicast', policy = '') =>
  observe(links + spine + srl(policy) + eos + frr(advertise));
const tenant = (of: ReturnType<typeof lab>, node: string) => of.routes(node, ['ibgp', 'bgp', 'ebgp'], 'RED');

describe('routes of type 5 between systems', () => {
  const full = lab();

  it('pass the reflector with the address of the tunnel as next hop', () => {
    expect(full.sessionText('srl1', '10.255.0.9')).toBe('established');
    expect(tenant(full, 'srl1')).toEqual([
      '192.168.2.0/24 ibgp 170/0 10.255.0.2',
      '192.168.3.0/24 ibgp 170/0 10.255.0.3',
    ]);
    expect(tenant(full, 'eos1')).toEqual([
      '192.168.1.0/24 ibgp 200/0 10.255.0.1',
      '192.168.3.0/24 ibgp 200/0 10.255.0.3',
    ]);
    expect(tenant(full, 'frr1').map((line) => line.split(' ')[0])).toEqual(['192.168.1.0/24', '192.168.2.0/24']);
  });

  it('leave FRR only where it is told to advertise them', () => {
    expect(tenant(lab('advertise ipv6 unicast'), 'srl1')).toEqual(['192.168.2.0/24 ibgp 170/0 10.255.0.2']);
  });

  it('obey a policy about EVPN routes, which is not one about BGP routes', () => {
    const policy = (match: string) => `
set / routing-policy policy IN default-action policy-result reject
set / routing-policy policy IN statement 10 match ${match}
set / routing-policy policy IN statement 10 action policy-result accept
set / network-instance default protocols bgp group spines import-policy [ IN ]
`;
    expect(tenant(lab(undefined, policy('bgp evpn route-type [ 5 ]')), 'srl1')).toHaveLength(2);
    expect(tenant(lab(undefined, policy('protocol bgp')), 'srl1')).toEqual([]);
  });
});

describe('the end of a bridge (irb)', () => {
  const bridge = (up: string) => `
//- link leaf:ethernet-1/1 host:Ethernet1
//- leaf srlinux
set / interface ethernet-1/1 admin-state ${up}
set / interface ethernet-1/1 vlan-tagging true
set / interface ethernet-1/1 subinterface 10 type bridged
set / interface ethernet-1/1 subinterface 10 vlan encap single-tagged vlan-id 10
set / interface irb0 subinterface 10 ipv4 admin-state enable
set / interface irb0 subinterface 10 ipv4 address 192.168.10.1/24
set / network-instance MAC10 type mac-vrf
set / network-instance MAC10 interface ethernet-1/1.10
set / network-instance MAC10 interface irb0.10
set / network-instance default interface irb0.10
set / network-instance default protocols ospf instance main admin-state enable
set / network-instance default protocols ospf instance main version ospf-v2
set / network-instance default protocols ospf instance main router-id 1.1.1.1
set / network-instance default protocols ospf instance main area 0.0.0.0 interface irb0.10
//- host eos
ip routing
interface Ethernet1
   no switchport
interface Ethernet1.10
   encapsulation dot1q vlan 10
   ip address 192.168.10.2/24
   ip ospf area 0.0.0.0
interface Loopback0
   ip address 10.9.9.9/32
   ip ospf area 0.0.0.0
router ospf 1
   router-id 2.2.2.2
`;

  it('hears the neighbours on the ports of its bridge', () => {
    expect(observe(bridge('enable')).routes('leaf', ['ospf'])).toMatchObject([
      expect.stringContaining('10.9.9.9/32 ospf'),
    ]);
  });

  it('goes down with the last port of its bridge', () => {
    expect(observe(bridge('disable')).routes('leaf', ['ospf', 'connected'])).toEqual([]);
  });
});
