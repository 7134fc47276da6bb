import type { Disposition } from '../forwarding/forwarding.ts';
import type { ReachabilityChange } from './compare.ts';
import type { Outcome } from './levels.ts';

const WORDS: Readonly<Record<Disposition, string>> = {
  delivered: 'delivered at',
  attached: 'delivered at',
  exits: 'leaves the lab at',
  'no-route': 'no route at',
  'null-routed': 'null route at',
  denied: 'denied at',
  loop: 'loops at',
  'next-hop-unreachable': 'next hop unreachable at',
  unknown: 'cannot be told at',
};

export const outcomesText = (outcomes: readonly Outcome[]): string => {
  const groups = new Map<string, Set<string>>();
  for (const { disposition, at } of outcomes)
    groups.set(WORDS[disposition], (groups.get(WORDS[disposition]) ?? new Set()).add(at));
  return [...groups].map(([words, places]) => `${words} ${[...places].join(', ')}`).join('; ');
};

/** `leaf1 to 10.0.0.14/32 (tcp 443): delivered at leaf4 -> no route at spine1`. */
export function changeText({ node, vrf, destination, flow, before, after }: ReachabilityChange): string {
  const from = vrf === 'default' ? node : `${node} (VRF ${vrf})`;
  return `${from} to ${destination}${flow === null ? '' : ` (${flow})`}: ${outcomesText(before)} -> ${outcomesText(after)}`;
}
