import type { Fixtures } from '../testing.ts';

export const fixtures: Fixtures = {
  fires: {
    'a deny behind a permit of everything (IOS)': `
//- r1.cfg ios
hostname r1
ip access-list extended EDGE-IN
 10 permit ip any any
 20 deny tcp any any eq 23
 ^^^^^^^^^^^^^^^^^^^^^^^^^ [P1] never applies: entry 10 of EDGE-IN has already permitted all of it
`,
    'a host inside a network (EOS)': `
//- r1.cfg eos
hostname r1
ip access-list EDGE-IN
   10 deny ip 10.0.0.0/8 any
   20 permit ip host 10.1.1.1 any
   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P1] never applies: entry 10 of EDGE-IN has already denied all of it
   30 permit ip any any
`,
    'a list that is bound and not defined (IOS)': `
//- r1.cfg ios
hostname r1
interface GigabitEthernet0/1
 ip access-group EDGE-IN in
                 ^^^^^^^ [P1] access-list EDGE-IN is not defined: IOS permits everything
`,
    FRR: `
//- r1.cfg frr
hostname r1
access-list MGMT seq 5 permit any
access-list MGMT seq 10 deny 10.0.0.0/8
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [P1] never applies: entry 5 of MGMT
`,
  },
  silent: {
    'exceptions in front of the rule': `
//- r1.cfg ios
hostname r1
ip access-list extended EDGE-IN
 10 deny tcp any any eq 23
 20 permit tcp any host 192.0.2.1 range 80 443
 30 deny ip 10.0.0.0 0.255.255.255 any
 40 permit ip any any
interface GigabitEthernet0/1
 ip access-group EDGE-IN in
`,
    'a left-over that does no harm': `
//- r1.cfg eos
hostname r1
ip access-list EDGE-IN
   10 permit ip any any
   20 permit tcp any any eq 22
`,
    'other ports': `
//- r1.cfg ios
hostname r1
ip access-list extended EDGE-IN
 10 permit tcp any any established
 20 deny tcp any any eq 179
 30 permit tcp any any eq 443
`,
  },
};
