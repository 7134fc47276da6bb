import { describe, expect, it } from 'vitest';
import { frrBackend } from '../../core/backends/frr/index.ts';
import { loadSnapshot } from '../../core/network/load/load-snapshot.ts';
import { nodeFileReader } from '../../server/files/node-file-reader.ts';
import { frrHost } from '../support/frr.ts';
import { agreement, agreementLab, type Disagreement, explain } from './agreement.ts';
import { explanations } from './explained.ts';

/** Few, and such that settle soon; `npm run agree` takes 200. External BGP with policies, redistribution, and OSPF. */
const SEEDS = [11, 37, 46];

const open = (found: readonly Disagreement[]) => found.filter(({ explained }) => explained === undefined);

describe.skipIf(frrHost === null)('simulator and FRR agree (needs FRR and namespaces)', { timeout: 180_000 }, () => {
  it.concurrent.each(SEEDS)('on every route and session of generated network %i', async (seed) => {
    const result = await agreement(agreementLab(seed), frrBackend(frrHost!));
    expect(result.converged).toBe(true);
    expect(open(result.disagreements)).toEqual([]);
    expect(result.sessions).toEqual([]);
    expect(result.routes).toBeGreaterThan(20);
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
