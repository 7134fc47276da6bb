import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'settings without activation (FRR)': `
//- r1.cfg frr
hostname r1
router bgp 65001
 neighbor 2001:db8::2 remote-as 65002
 address-family ipv6 unicast
  neighbor 2001:db8::2 route-map IN in
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P1] 2001:db8::2 has settings in IPv6 unicast but is not activated there
//- r1.cfg fixed
hostname r1
router bgp 65001
 neighbor 2001:db8::2 remote-as 65002
 address-family ipv6 unicast
  neighbor 2001:db8::2 route-map IN in
  neighbor 2001:db8::2 activate
`,
    'the change forgets it (IOS)': `
//- r1.cfg ios before
hostname r1
router bgp 65001
 no bgp default ipv4-unicast
 neighbor 10.0.0.2 remote-as 65002
 address-family ipv4
  neighbor 10.0.0.2 activate
  neighbor 10.0.0.2 route-map IN in
//- r1.cfg ios
hostname r1
router bgp 65001
 no bgp default ipv4-unicast
 neighbor 10.0.0.2 remote-as 65002
 address-family ipv4
  neighbor 10.0.0.2 route-map IN in
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P1 new] 10.0.0.2 has settings in IPv4 unicast but is not activated there
`,
    'no family at all (EOS)': `
//- r1.cfg eos
hostname r1
router bgp 65001
   no bgp default ipv4-unicast
   neighbor 10.0.0.2 remote-as 65002
                               ^^^^^ [P1] 10.0.0.2 is activated in no address family
`,
  },
  silent: {
    'activated, one by its group': `
//- r1.cfg frr
hostname r1
router bgp 65001
 neighbor EDGE peer-group
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 peer-group EDGE
 neighbor 2001:db8::2 remote-as 65002
 address-family ipv6 unicast
  neighbor EDGE activate
  neighbor 2001:db8::2 activate
  neighbor 2001:db8::2 route-map IN in
`,
    'IPv4 is active by default': `
//- r1.cfg ios
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 neighbor 10.0.0.2 route-map IN in
`,
    'switched off on purpose': `
//- r1.cfg ios
hostname r1
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 address-family ipv4
  no neighbor 10.0.0.2 activate
 address-family vpnv4
  neighbor 10.0.0.2 activate
`,
  },
};
