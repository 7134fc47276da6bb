import { describe, expect, it } from 'vitest';
import { textLab } from './fixtures/text-lab.ts';
import { simulate } from './simulate.ts';

const caveats = (text: string) =>
  simulate(textLab(text)).caveats.map(({ text: said, span }) => `${span?.line}: ${said}`);

describe('settings that are understood but not used', () => {
  it('are said with their line', () => {
    const said = caveats(`//- r1 frr
router bgp 65001
 neighbor 10.0.0.2 remote-as 65002
 address-family ipv4 unicast
  neighbor 10.0.0.2 route-server-client
  table-map X
`);
    expect(said).toContain('3: Route server behaviour (RFC 7947): configured and not simulated.');
    expect(said).toContain('4: The policy between BGP and the routing table: configured and not simulated.');
  });

  it('say nothing where they are switched off or absent', () => {
    expect(
      caveats(`//- r1 ios
interface Loopback0
 ip address 1.1.1.1 255.255.255.255
router bgp 65001
 no auto-summary
 no synchronization
 network 1.1.1.1 mask 255.255.255.255
`),
    ).toEqual([]);
  });
});
