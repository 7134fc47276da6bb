import { describe, expect, it } from 'vitest';
import { textLab } from './fixtures/text-lab.ts';
import { simulate } from './simulate.ts';

const caveats = (text: string) =>
  simulate(textLab(text)).caveats.map(({ text: said, span }) => `${span?.line}: ${said}`);

describe('settings that are understood but not used', () => {
  it('are said with their line', () => {
    const said = caveats(`//- r1 frr
router bgp 65001
 bgp bestpath as-path confed
 address-family ipv4 unicast
  table-map X
`);
    expect(said).toContain('1: The AS path of confederations in the decision: configured and not simulated.');
    expect(said).toContain('3: The policy between BGP and the routing table: configured and not simulated.');
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
