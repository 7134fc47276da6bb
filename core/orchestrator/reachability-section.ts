import type { UnsealedBundle } from '../evidence/bundle.ts';
import { asLine } from '../evidence/visible-text.ts';
import type { Disposition } from '../network/forwarding/forwarding.ts';
import type { ReachabilityDiff } from '../network/reachability/compare.ts';
import type { Outcome } from '../network/reachability/levels.ts';

type Section = Extract<UnsealedBundle['reachability'], { readonly status: 'measured' }>;
type SectionOutcome = Section['changes'][number]['before'][number];

/** How the evidence names the ends of a way. A subnet that is attached to a device is delivered to at that device. */
const DISPOSITIONS: Readonly<Record<Disposition, SectionOutcome['disposition']>> = {
  delivered: 'delivered',
  attached: 'delivered',
  exits: 'exits',
  'no-route': 'no_route',
  'null-routed': 'null_routed',
  denied: 'denied',
  loop: 'loop',
  'next-hop-unreachable': 'next_hop_unreachable',
  unknown: 'undecided',
};

const METHOD =
  'For every device and VRF, each stretch of the destination space that all tables treat alike is followed along every equal-cost branch, before and after; where access lists are on the way, for each class of packets that they tell apart. Address translation and policy routing are not followed.';

/** One outcome per disposition and device. */
const outcomesOf = (outcomes: readonly Outcome[]): readonly SectionOutcome[] => {
  const found = new Map<string, SectionOutcome>();
  for (const { disposition, at } of outcomes)
    found.set(`${DISPOSITIONS[disposition]} ${at}`, { disposition: DISPOSITIONS[disposition], at: asLine(at) });
  return [...found.values()];
};

/** A reachability difference as evidence holds it. */
export const reachabilitySection = ({ changes, compared, incomplete }: ReachabilityDiff): Section => ({
  status: 'measured',
  method: asLine([METHOD, ...incomplete].join(' ')),
  compared,
  changes: changes.map(({ node, vrf, destination, flow, kind, before, after }) => ({
    device: node,
    vrf: asLine(vrf),
    destination: asLine(destination),
    flow: flow === null ? null : asLine(flow),
    kind,
    before: outcomesOf(before),
    after: outcomesOf(after),
  })),
});
