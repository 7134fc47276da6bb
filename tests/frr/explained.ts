import type { Snapshot } from '../../core/network/snapshot.ts';
import type { Disagreement } from './agreement.ts';

/** A difference between the simulator and FRR's daemons that is known, and why it stays. */
export interface Explanation {
  readonly id: string;
  readonly why: string;
  /** `differs` says whether a difference about the same prefix on another router is explained already. */
  readonly covers: (
    found: Omit<Disagreement, 'explained'>,
    lab: Snapshot,
    differs: (node: string) => boolean,
  ) => boolean;
}

/** Routers that put BGP routes into OSPF. */
const redistributors = ({ nodes }: Snapshot): number =>
  [...nodes.values()].filter(({ config }) =>
    config.device.ospf.some(({ redistribute }) => redistribute.some(({ source }) => source === 'bgp')),
  ).length;

/** The router that has the next hop of a route, as `agreement.ts` writes it. */
function learnedFrom(route: string, { nodes }: Snapshot): string | undefined {
  const ip = / ([0-9a-f.:]+)@/.exec(route)?.[1];
  return [...nodes.values()].find(({ config }) =>
    [...config.device.interfaces.values()].some(({ addresses }) => addresses.some(({ address }) => address === ip)),
  )?.name;
}

/** Every entry is a debt: it says what differs, on which version it was seen, and why the simulator is not changed. */
export const explanations: readonly Explanation[] = [
  {
    id: 'bgp-into-ospf-at-several-routers',
    why: 'Two routers put the same BGP route into OSPF, and OSPF (distance 110) wins over internal BGP (200): the router that is first makes the other believe OSPF. Each order is a stable state, and two starts of the same configurations on FRR 8.4.4 gave two of them.',
    covers: ({ simulator, frr }, lab) => {
      const all = [...simulator, ...frr];
      return (
        redistributors(lab) >= 2 &&
        all.some((text) => text.startsWith('ospf-e')) &&
        all.every((text) => /^(ospf-e[12]|ibgp|ebgp|bgp-aggregate) /.test(text))
      );
    },
  },
  {
    id: 'learned-from-a-router-that-differs',
    why: 'The neighbour that announces the route is itself in another of several stable states, and what it announces differs with it: a route that it redistributes carries a metric (MED) to external neighbours, one that it learned does not (bgpd/bgp_route.c subgroup_announce_check).',
    covers: ({ simulator, frr }, lab, differs) => {
      const all = [...simulator, ...frr];
      return all.length > 0 && all.every((text) => /^(ibgp|ebgp) /.test(text) && differs(learnedFrom(text, lab) ?? ''));
    },
  },
];
