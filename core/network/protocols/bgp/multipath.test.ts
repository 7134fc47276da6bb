import { describe, expect, it } from 'vitest';
import { observe } from '../../fixtures/text-lab.ts';

/** r hears 10.9.0.0/16 with the path 65002 from an external and from an internal neighbour. */
const lab = (more: string) =>
  observe(`
//- r ios
interface GigabitEthernet1
 ip address 10.0.1.1 255.255.255.0
 no shutdown
interface GigabitEthernet2
 ip address 10.0.2.1 255.255.255.0
 no shutdown
router bgp 65001
 bgp router-id 1.1.1.1
 neighbor 10.0.1.2 remote-as 65002
 neighbor 10.0.2.2 remote-as 65001
 address-family ipv4
${more}
//- e frr
frr version 8.4
frr defaults datacenter
interface eth0
 ip address 10.0.1.2/24
router bgp 65002
 bgp router-id 2.2.2.2
 no bgp network import-check
 neighbor 10.0.1.1 remote-as 65001
 address-family ipv4 unicast
  network 10.9.0.0/16
//- i frr
frr version 8.4
frr defaults datacenter
interface eth0
 ip address 10.0.2.2/24
interface eth1
 ip address 10.0.3.1/24
router bgp 65001
 bgp router-id 3.3.3.3
 neighbor 10.0.2.1 remote-as 65001
 neighbor 10.0.3.2 remote-as 65002
 address-family ipv4 unicast
  neighbor 10.0.2.1 next-hop-self
//- e2 frr
frr version 8.4
frr defaults datacenter
interface eth0
 ip address 10.0.3.2/24
router bgp 65002
 bgp router-id 4.4.4.4
 no bgp network import-check
 neighbor 10.0.3.1 remote-as 65001
 address-family ipv4 unicast
  network 10.9.0.0/16
`).routes('r', ['ebgp', 'ibgp']);

describe('Paths from external and from internal neighbours', () => {
  it('share no traffic by `maximum-paths` and `maximum-paths ibgp`', () => {
    expect(lab('  maximum-paths 4\n  maximum-paths ibgp 4')).toEqual([
      '10.9.0.0/16 ebgp 20/0 10.0.1.2@GigabitEthernet1',
    ]);
  });

  it('do by `maximum-paths eibgp`', () => {
    expect(lab('  maximum-paths eibgp 4')).toEqual([
      '10.9.0.0/16 ebgp 20/0 10.0.1.2@GigabitEthernet1 + 10.0.2.2@GigabitEthernet2',
    ]);
  });
});
