import { describe, expect, it } from 'vitest';
import { frrBackend } from '../../core/backends/frr/index.ts';
import { textLab } from '../../core/network/fixtures/text-lab.ts';
import { loadSnapshot } from '../../core/network/load/load-snapshot.ts';
import { nodeFileReader } from '../../server/files/node-file-reader.ts';
import { frrHost } from '../support/frr.ts';
import { agreement, agreementLab, type Disagreement, explain } from './agreement.ts';
import { explanations } from './explained.ts';

/** Few, and such that settle soon; `npm run agree` takes 200. External BGP with policies, redistribution, and OSPF. */
const SEEDS = [11, 37, 46];

/** r1 - r2 - r3, with routes from outside of RIP, a metric that grows on the way, a default route and a distance. */
const RIP = `//- link r1:Ethernet1 r2:eth1
//- link r2:eth2 r3:eth1
//- r1 eos
ip routing
interface Ethernet1
 no switchport
 ip address 10.0.1.1/24
interface Loopback0
 ip address 10.9.1.1/32
ip route 198.51.100.0/24 Null0
router rip
 network 10.0.0.0/8
 redistribute static
 no shutdown
//- r2 frr
interface lo
 ip address 10.9.2.2/32
exit
interface eth1
 ip address 10.0.1.2/24
exit
interface eth2
 ip address 10.0.2.2/24
exit
access-list FAR seq 5 permit 10.9.1.1/32
router rip
 network eth1
 network 10.0.2.0/24
 redistribute connected metric 3
 default-information originate
 offset-list FAR out 4 eth2
exit
//- r3 frr
interface lo
 ip address 10.9.3.3/32
exit
interface eth1
 ip address 10.0.2.3/24
exit
router rip
 network 10.0.0.0/8
 passive-interface lo
 distance 90
exit
`;

const open = (found: readonly Disagreement[]) => found.filter(({ explained }) => explained === undefined);

describe.skipIf(frrHost === null)('simulator and FRR agree (needs FRR and namespaces)', { timeout: 180_000 }, () => {
  it.concurrent.each(SEEDS)('on every route and session of generated network %i', async (seed) => {
    const result = await agreement(agreementLab(seed), frrBackend(frrHost!));
    expect(result.converged).toBe(true);
    expect(open(result.disagreements)).toEqual([]);
    expect(result.sessions).toEqual([]);
    expect(result.routes).toBeGreaterThan(20);
  });

  it.concurrent('on RIP, also where it is rendered from another system', async () => {
    const result = await agreement(textLab(RIP), frrBackend(frrHost!));
    expect(result.converged).toBe(true);
    expect(open(result.disagreements)).toEqual([]);
    expect(result.routes).toBe(20);
  });

  it.concurrent('on every route and session of labs/single', async () => {
    const lab = await loadSnapshot('labs/single', { reader: nodeFileReader });
    const result = await agreement(lab, frrBackend(frrHost!));
    expect(open(result.disagreements)).toEqual([]);
  });
});

describe('differences between simulator and FRR that are known', () => {
  it('go on to the neighbours of a router that is in another of several stable states, and no farther', () => {
    // As FRR 8.4.4 once came to rest: r005 takes OSPF's route and redistributes it with its metric; r007 learns it there.
    const at = (node: string, prefix: string, simulator: string, frr: string): Disagreement => ({
      ...{ node, vrf: 'default', prefix },
      ...{ simulator: [simulator], frr: [frr] },
    });
    const aggregate = '10.128.0.0/12';
    const found = [
      at('r007', aggregate, 'ebgp 20/0 10.0.0.10@eth1', 'ebgp 20/20 10.0.0.10@eth1'),
      at('r005', aggregate, 'ibgp 200/0 172.16.0.0@', 'ospf-e2 110/20 10.0.0.9@eth2'),
      at('r007', '10.128.3.0/24', 'ebgp 20/0 10.0.0.10@eth1', 'ebgp 20/20 10.0.0.10@eth1'),
    ];
    expect(explain(agreementLab(134), found).map(({ explained }) => explained)).toEqual([
      'learned-from-a-router-that-differs',
      'bgp-into-ospf-at-several-routers',
      undefined,
    ]);
  });

  it('each say why they stay, and cover something by a name of their own', () => {
    expect(new Set(explanations.map(({ id }) => id)).size).toBe(explanations.length);
    for (const { id, why } of explanations) {
      expect(id).toMatch(/^[a-z-]+$/);
      expect(why).toMatch(/\.$/);
    }
  });
});
