import type { Outlet } from './channel.ts';
import { decide, type Rules } from './decision.ts';
import { type Decision, familyFor, type Path, type Peering, type Speaker } from './model.ts';

/** What goes over a session besides the best path (RFC 7911). */
export interface Additional {
  readonly outlet: Outlet;
  readonly which: 'all' | 'ecmp' | number;
}

/** What an end sends besides its best path; undefined where the two ends have not agreed on it. */
export function additionalOver(outlet: Outlet, version: 4 | 6): Additional | undefined {
  const { channel, other } = outlet;
  const family = familyOf(channel.peering, version);
  const which =
    channel.settings?.addPathsSend?.value ??
    family?.addPathsSend?.value ??
    (family?.addPathsPolicy && chosenBy(channel.peering.speaker, family.addPathsPolicy.value));
  if (which === undefined || which === 1 || channel.isVpn) return undefined;
  const { behaviour } = channel.peering.speaker.table;
  if (behaviour.bgp.additionalPathsNeedCapability) {
    const may = channel.settings?.addPathsMaySend ?? family?.addPathsMaySend;
    if (!may?.value) return undefined;
  }
  const receives =
    other.settings?.addPathsReceive?.value ??
    familyOf(other.peering, version)?.addPathsReceive?.value ??
    other.peering.speaker.table.behaviour.bgp.receivesAdditionalPaths ??
    false;
  return receives ? { outlet, which } : undefined;
}

/** Whether an end is told to send more than its best path, in any family, whatever the other end takes. */
export const asksForMore = ({ settings, speaker }: Peering): boolean =>
  [...settings.families.values(), ...speaker.process.families.values()].some(
    (family) =>
      family.addPathsSend !== undefined || ('addPathsPolicy' in family && family.addPathsPolicy !== undefined),
  );

/** What a policy chooses for every prefix; undefined where it asks about the route, or chooses nothing. */
export function chosenBy({ table }: Speaker, name: string): Additional['which'] | undefined {
  const terms = table.device.policies.get(name)?.terms ?? [];
  const [only] = terms;
  if (!only || terms.length > 1 || only.conditions.length > 0 || only.disposition === 'deny') return undefined;
  for (const action of only.actions) if (action.kind === 'select-paths') return action.which;
  return undefined;
}

const familyOf = ({ speaker }: Peering, version: 4 | 6) => speaker.process.families.get(familyFor(version));

/** The paths behind the best one that are sent, in the order in which they would become it. */
export function pathsBehind(
  speaker: Speaker,
  rules: Rules,
  paths: readonly Path[],
  { best, multipath }: Decision,
  which: Additional['which'],
): readonly Path[] {
  if (!best) return [];
  if (which === 'ecmp') return multipath.filter((path) => path !== best);
  const found: Path[] = [];
  const most = which === 'all' ? Number.POSITIVE_INFINITY : which - 1;
  let left = paths.filter((path) => path.valid && path !== best);
  while (left.length > 0 && found.length < most) {
    const next = decide(speaker, rules, left).best;
    if (!next) break;
    found.push(next);
    left = left.filter((path) => path !== next);
  }
  return found;
}
