import { describe, expect, it } from 'vitest';
import { observe } from '../../fixtures/text-lab.ts';

/** A source of 10.9.0.0/24 on the subnet 10.0.0.0/24, client of the reflector 10.0.0.1. */
const source = (name: string, host: number) => `
//- ${name} frr
frr version 8.4
interface eth0
 ip address 10.0.0.${host}/24
router bgp 65001
 bgp router-id 10.0.0.${host}
 no bgp network import-check
 neighbor 10.0.0.1 remote-as 65001
 address-family ipv4 unicast
  network 10.9.0.0/24
`;
const sources = source('a', 2) + source('b', 3) + source('c', 4);
const receiver = (more: string) => `
//- d frr
frr version 8.4
interface eth0
 ip address 10.0.0.9/24
router bgp 65001
 bgp router-id 10.0.0.9
 neighbor 10.0.0.1 remote-as 65001
 address-family ipv4 unicast
  neighbor 10.0.0.1 activate
${more}
`;

const reflectors: Readonly<Record<string, (send: string) => string>> = {
  frr: (send) => `
//- r frr
frr version 8.4
interface eth0
 ip address 10.0.0.1/24
router bgp 65001
 bgp router-id 10.0.0.1
 neighbor C peer-group
 neighbor C remote-as 65001
 neighbor 10.0.0.2 peer-group C
 neighbor 10.0.0.3 peer-group C
 neighbor 10.0.0.4 peer-group C
 neighbor 10.0.0.9 peer-group C
 address-family ipv4 unicast
  neighbor C route-reflector-client
${send}
`,
  ios: (send) => `
//- r ios
interface GigabitEthernet1
 ip address 10.0.0.1 255.255.255.0
 no shutdown
router bgp 65001
 bgp router-id 10.0.0.1
 neighbor C peer-group
 neighbor C remote-as 65001
 neighbor 10.0.0.2 peer-group C
 neighbor 10.0.0.3 peer-group C
 neighbor 10.0.0.4 peer-group C
 neighbor 10.0.0.9 peer-group C
 address-family ipv4
  neighbor C route-reflector-client
${send}
`,
  eos: (send) => `
//- r eos
ip routing
interface Ethernet1
   no switchport
   ip address 10.0.0.1/24
router bgp 65001
   router-id 10.0.0.1
   neighbor C peer group
   neighbor C remote-as 65001
   neighbor C route-reflector-client
   neighbor 10.0.0.2 peer group C
   neighbor 10.0.0.3 peer group C
   neighbor 10.0.0.4 peer group C
   neighbor 10.0.0.9 peer group C
${send}
`,
  nxos: (send) => `
//- r nxos
feature bgp
route-map ALL permit 10
  set path-selection all advertise
route-map SOME permit 10
  match tag 5
  set path-selection all advertise
interface Ethernet1/1
  no switchport
  no shutdown
  ip address 10.0.0.1/24
router bgp 65001
  router-id 10.0.0.1
  address-family ipv4 unicast
${send}
${[2, 3, 4, 9]
  .map(
    (host) => `  neighbor 10.0.0.${host}
    remote-as 65001
    address-family ipv4 unicast
      route-reflector-client`,
  )
  .join('\n')}
`,
  junos: (send) => `
//- r junos
set interfaces ge-0/0/0 unit 0 family inet address 10.0.0.1/24
set routing-options router-id 10.0.0.1
set routing-options autonomous-system 65001
set protocols bgp group C type internal
set protocols bgp group C cluster 10.0.0.1
set protocols bgp group C neighbor 10.0.0.2
set protocols bgp group C neighbor 10.0.0.3
set protocols bgp group C neighbor 10.0.0.4
set protocols bgp group C neighbor 10.0.0.9
${send}
`,
};
const heard = (system: string, send: string, more = '') =>
  observe(sources + receiver(more) + (reflectors[system] as (send: string) => string)(send)).paths('d', '10.9.0.0/24');

const ONE = ['> 10.0.0.2 [] 100 0'];
const TWO = [...ONE, '10.0.0.3 [] 100 0'];
const ALL = [...TWO, '10.0.0.4 [] 100 0'];

describe('Additional paths (RFC 7911)', () => {
  it.each([
    ['frr', '', ONE],
    ['frr', '  neighbor C addpath-tx-all-paths', ALL],
    ['frr', '  neighbor C addpath-tx-best-selected 2', TWO],
    ['ios', '  neighbor C advertise additional-paths all', ONE],
    [
      'ios',
      '  bgp additional-paths select all\n  bgp additional-paths send receive\n  neighbor C advertise additional-paths all',
      ALL,
    ],
    ['ios', '  bgp additional-paths send\n  neighbor C advertise additional-paths best 2', TWO],
    ['eos', '   neighbor C additional-paths send any', ALL],
    ['eos', '   bgp additional-paths send backup', TWO],
    ['eos', '   neighbor C additional-paths send ecmp', ONE],
    ['eos', '   maximum-paths 4\n   neighbor C additional-paths send ecmp', ALL],
    ['nxos', '    additional-paths send', ONE],
    ['nxos', '    additional-paths send\n    additional-paths selection route-map ALL', ALL],
    ['nxos', '    additional-paths send\n    additional-paths selection route-map SOME', ONE],
    ['junos', 'set protocols bgp group C family inet unicast add-path send path-count 2', TWO],
  ])('go as %s says by "%s"', (system, send, paths) => {
    expect(heard(system, send)).toEqual(paths);
  });

  it('stay where the neighbour does not take them', () => {
    const all = '  neighbor C addpath-tx-all-paths';
    expect(heard('frr', all, '  neighbor 10.0.0.1 disable-addpath-rx')).toEqual(ONE);
  });

  it('share the load at the neighbour', () => {
    const lab = observe(
      sources + receiver('') + (reflectors.frr as (send: string) => string)('  neighbor C addpath-tx-all-paths'),
    );
    expect(lab.routes('d', ['ibgp'])).toEqual(['10.9.0.0/24 ibgp 200/0 10.0.0.2@eth0 + 10.0.0.3@eth0 + 10.0.0.4@eth0']);
  });

  it('take the place of the best one where that is kept back', () => {
    const deny = `
  neighbor C addpath-tx-all-paths
  neighbor 10.0.0.9 route-map NOT-A out
exit
ip prefix-list A permit 10.0.0.2/32
route-map NOT-A deny 10
 match ip next-hop prefix-list A
route-map NOT-A permit 20
`;
    expect(heard('frr', deny)).toEqual(['> 10.0.0.3 [] 100 0', '10.0.0.4 [] 100 0']);
  });

  it('that a policy chooses by more than everything are said to be missing', () => {
    const send = '    additional-paths send\n    additional-paths selection route-map SOME';
    const { state } = observe(sources + receiver('') + (reflectors.nxos as (send: string) => string)(send));
    expect(state.caveats.map(({ text }) => text).join('\n')).toContain('Additional paths that SOME chooses');
  });
});
