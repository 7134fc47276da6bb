import type { Fixtures } from '../testing.ts';

const leaf = (name: string, vlan: number, marker = ''): string => `hostname ${name}
vlan ${vlan}
interface Loopback1
   ip address 10.0.0.${name.slice(-1)}/32
interface Vxlan1
   vxlan source-interface Loopback1
   vxlan vlan ${vlan} vni 10010
${marker}`;

export const fixtures: Fixtures = {
  fires: {
    'a network is another VLAN on one of three leaves': `
//- leaf1.cfg eos
${leaf('leaf1', 10)}//- leaf2.cfg eos
${leaf('leaf2', 10)}//- leaf3.cfg eos
${leaf('leaf3', 11).replace('vlan 11\n', 'vlan 11\n^^^^^^^ [P1] VNI 10010 is VLAN 11 here and VLAN 10 on leaf1\n')}`,
    'the source is not there': `
//- leaf1.cfg eos
interface Vxlan1
   vxlan source-interface Loopback1
                          ^^^^^^^^^ [P1] Loopback1, does not exist
   vxlan vlan 10 vni 10010
`,
    'FRR announces none': `
//- leaf1.cfg frr
vrf RED
 vni 50001
router bgp 65001
 neighbor 10.0.0.1 remote-as 65001
 address-family l2vpn evpn
 ^^^^^^^^^^^^^^^^^^^^^^^^^ [P1] without advertise-all-vni
  neighbor 10.0.0.1 activate
`,
  },
  silent: {
    'all agree': `
//- leaf1.cfg eos
${leaf('leaf1', 10)}//- leaf2.cfg eos
${leaf('leaf2', 10)}`,
    'FRR announces all': `
//- leaf1.cfg frr
vrf RED
 vni 50001
router bgp 65001
 neighbor 10.0.0.1 remote-as 65001
 address-family l2vpn evpn
  neighbor 10.0.0.1 activate
  advertise-all-vni
`,
  },
};
