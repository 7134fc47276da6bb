import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../parse.ts';

const parse = (text: string) => parseConfig({ text, file: 'frr.conf', node: 'r1', dialect: 'frr' });

describe('FRR BGP', () => {
  it('reads unnumbered neighbours and their group', () => {
    const { device } = parse(`router bgp 65001
 bgp router-id 10.0.0.1
 bgp bestpath as-path multipath-relax
 neighbor FABRIC peer-group
 neighbor FABRIC remote-as external
 neighbor swp1 interface peer-group FABRIC
 neighbor swp2 interface v6only remote-as 65002
 !
 address-family ipv4 unicast
  network 10.0.0.1/32
  redistribute connected route-map LO
  neighbor FABRIC allowas-in 1
  neighbor swp2 next-hop-self force
 exit-address-family
 !
 address-family l2vpn evpn
  neighbor FABRIC activate
  advertise-all-vni
  advertise ipv4 unicast route-map T5
 exit-address-family
exit
`);
    const process = device.bgp[0];
    expect(process?.neighbours.get('swp1')).toMatchObject({ kind: 'interface', group: { value: 'FABRIC' } });
    expect(process?.neighbours.get('swp2')).toMatchObject({ kind: 'interface', remoteAs: { value: 65002 } });
    expect(process?.groups.get('FABRIC')?.remoteAs?.value).toBe('external');
    expect(process?.groups.get('FABRIC')?.families.get('ipv4-unicast')?.allowAsIn?.value).toBe(1);
    expect(process?.neighbours.get('swp2')?.families.get('ipv4-unicast')?.nextHopSelf?.value).toBe('force');
    expect(process?.families.get('l2vpn-evpn')).toMatchObject({
      advertiseAllVni: { value: true },
      advertiseUnicast: [{ family: 'ipv4' }],
    });
    expect(device.notModelled).toEqual([]);
  });

  it('fills in defaults of the profile and of the version', () => {
    const options = (head: string) => parse(`${head}\nrouter bgp 65001\n`).device.bgp[0]?.options;
    expect(options('frr defaults datacenter')?.ebgpRequiresPolicy?.value).toBe(false);
    expect(options('frr defaults traditional')?.ebgpRequiresPolicy).toBeUndefined();
    expect(options('frr defaults datacenter\n')?.deterministicMed?.value).toBe(true);
  });

  it('keeps an instance per VRF, with routes leaked between them', () => {
    const { device } = parse(`vrf RED
 vni 100
 ip route 10.0.0.0/8 192.0.2.1 nexthop-vrf BLUE
exit-vrf
!
router bgp 65001
 no bgp ebgp-requires-policy
exit
router bgp 65001 vrf RED
 address-family ipv4 unicast
  import vrf BLUE
  rd vpn export 65001:1
  rt vpn both 1:1 2:2
 exit-address-family
exit
`);
    expect(device.bgp.map(({ vrf }) => vrf)).toEqual(['default', 'RED']);
    expect(device.bgp[0]?.options.ebgpRequiresPolicy?.value).toBe(false);
    expect(device.bgp[1]?.families.get('ipv4-unicast')?.importVrfs?.map(({ value }) => value)).toEqual(['BLUE']);
    expect(device.vrfs.get('RED')).toMatchObject({
      vni: { value: 100 },
      routeDistinguisher: { value: '65001:1' },
      exportTargets: [{ value: '1:1' }, { value: '2:2' }],
    });
    expect(device.staticRoutes).toMatchObject([
      { vrf: 'RED', prefix: '10.0.0.0/8', nextHop: { ip: '192.0.2.1', vrf: 'BLUE' } },
    ]);
    expect(device.notModelled).toEqual([]);
  });

  it('reads route servers, kept attributes and link-local neighbours', () => {
    const { device } = parse(`router bgp 65001
 bgp disable-ebgp-connected-route-check
 neighbor fe80::1 remote-as 65002
 neighbor fe80::1 interface eth0
 address-family ipv4 unicast
  neighbor fe80::1 route-server-client
  neighbor fe80::1 attribute-unchanged next-hop med
  maximum-paths ibgp 8 equal-cluster-length
  aggregate-address 10.0.0.0/8 summary-only origin igp
`);
    const neighbour = device.bgp[0]?.neighbours.get('fe80::1');
    expect(neighbour?.interface?.value).toBe('eth0');
    expect(neighbour?.families.get('ipv4-unicast')).toMatchObject({
      routeServerClient: { value: true },
      attributesUnchanged: { value: ['next-hop', 'med'] },
    });
    expect(device.bgp[0]?.options.disableConnectedCheck?.value).toBe(true);
    expect(device.bgp[0]?.families.get('ipv4-unicast')).toMatchObject({
      maximumPathsIbgp: { value: 8 },
      aggregates: [{ summaryOnly: true, origin: 'igp' }],
    });
    expect(device.notModelled).toEqual([]);
  });

  it('turns one neighbour’s setting off where the group has it on', () => {
    const { device } = parse(`router bgp 65001
 neighbor G peer-group
 neighbor G remote-as 65001
 neighbor 10.0.0.2 peer-group G
 address-family ipv4 unicast
  neighbor G next-hop-self
  no neighbor 10.0.0.2 next-hop-self
  no neighbor 10.0.0.2 activate
  no neighbor 10.0.0.2 send-community extended
`);
    const family = device.bgp[0]?.neighbours.get('10.0.0.2')?.families.get('ipv4-unicast');
    expect(family?.nextHopSelf?.value).toBe('off');
    expect(family?.activate?.value).toBe(false);
    expect(family?.sendCommunity?.value).toEqual(['standard', 'large']);
  });
});
