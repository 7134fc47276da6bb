import { parseIp } from '../../../config/address.ts';
import type { AsPath } from '../../path-attributes.ts';
import type { PrefixId } from '../../prefix-table.ts';
import type { RibRoute } from '../../rib.ts';
import type { BgpPath } from '../../state.ts';
import type { Context } from '../protocol.ts';
import { lostBy, rulesOf } from './decision.ts';
import { type Decision, type Entry, familyFor, type Path, type Speaker } from './model.ts';

/** Administrative distances of a speaker in one address family. */
interface Distances {
  readonly local: number;
  readonly external: number;
  readonly internal: number;
  /** Networks that are preferred only where no interior protocol has them. */
  readonly backdoors: ReadonlySet<PrefixId>;
}

const knownDistances = new WeakMap<Speaker, Map<4 | 6, Distances>>();

function distancesOf(speaker: Speaker, version: 4 | 6, { prefixes }: Context): Distances {
  let byVersion = knownDistances.get(speaker);
  if (!byVersion) {
    byVersion = new Map();
    knownDistances.set(speaker, byVersion);
  }
  const known = byVersion.get(version);
  if (known) return known;
  const family = speaker.process.families.get(familyFor(version));
  const configured = family?.distances?.value;
  const defaults = speaker.table.behaviour.administrativeDistance;
  const backdoors = (family?.networks ?? []).filter((network) => network.backdoor);
  const made: Distances = {
    local: configured?.local ?? defaults.bgpLocal,
    external: configured?.external ?? defaults.ebgp,
    internal: configured?.internal ?? defaults.ibgp,
    backdoors: new Set(backdoors.flatMap((network) => prefixes.internText(network.prefix) ?? [])),
  };
  byVersion.set(version, made);
  return made;
}

function distanceOf(speaker: Speaker, prefix: PrefixId, path: Path, context: Context): number {
  if (path.distance !== undefined) return path.distance;
  const { local, external, internal, backdoors } = distancesOf(speaker, context.prefixes.get(prefix).version, context);
  const { leakedDistance, evpnHostDistance } = speaker.table.behaviour.bgp;
  if (path.leaked && leakedDistance !== undefined) return leakedDistance === 'source' ? path.leaked.ad : leakedDistance;
  if (path.evpn === 'host' && evpnHostDistance !== undefined) return evpnHostDistance;
  if (path.source === 'imported' && path.from === null) return external;
  if (path.from === null || backdoors.has(prefix)) return local;
  return path.from.type === 'ebgp' ? external : internal;
}

/** Whether the prefix is the host that the next hop names. */
function isOwnNextHop({ prefixes }: Context, prefix: PrefixId, nextHop: string | null): boolean {
  const { version, length, words } = prefixes.get(prefix);
  const ip = nextHop === null || length !== (version === 4 ? 32 : 128) ? undefined : parseIp(nextHop);
  return ip?.version === version && ip.words.every((word, at) => word === words[at]);
}

function protocolOf(speaker: Speaker, { source, from, leaked }: Path): RibRoute['protocol'] {
  if (leaked && speaker.table.behaviour.bgp.leakedDistance === 'source') return leaked.protocol;
  if (source === 'aggregate') return 'bgp-aggregate';
  if (from === null) return 'bgp';
  return from.type === 'ebgp' ? 'ebgp' : 'ibgp';
}

/** The route that BGP offers to the table for the chosen paths; undefined for what came from the table itself. */
export function routeOf(
  context: Context,
  speaker: Speaker,
  prefix: PrefixId,
  chosen: readonly Path[],
  shared: Decision['shared'] = undefined,
): RibRoute | undefined {
  const best = chosen[0];
  if (!best || best.advertiseOnly || (best.from === null && best.source !== 'aggregate' && best.source !== 'imported'))
    return undefined;
  const { attributes, spans, tag } = best;
  if (speaker.table.behaviour.bgp.refusesOwnNextHop && isOwnNextHop(context, prefix, attributes.nextHop))
    return undefined;
  const nextHops =
    shared?.nextHops ?? context.hops.list(chosen.length === 1 ? [best.hop] : chosen.map((path) => path.hop));
  if (shared) shared.nextHops = nextHops;
  return {
    prefix,
    protocol: protocolOf(speaker, best),
    process: speaker.processName,
    ad: distanceOf(speaker, prefix, best, context),
    metric: attributes.med ?? 0,
    nextHops,
    ...(tag !== undefined && { tag }),
    spans,
    attributes,
    ...(best.evpn && speaker.table.behaviour.bgp.namesEvpnRoutes && { evpn: true as const }),
  };
}

/** One text per AS of a sequence; a set, or a part inside the confederation, is one text. */
export const pathTexts = (path: AsPath): readonly string[] =>
  path.segments.flatMap(({ kind, asns }) => {
    if (kind === 'sequence') return asns.map(String);
    if (kind === 'set') return [`{${asns.join(',')}}`];
    return [kind === 'confed-set' ? `[${asns.join(',')}]` : `(${asns.join(' ')})`];
  });

const shownHop = (nextHop: string | null): string | null => (nextHop?.startsWith('%') ? nextHop.slice(1) : nextHop);

/** The BGP table of a speaker as it is shown: every path, the best one marked, and why the others lost. */
export function bgpPathsOf(context: Context, speaker: Speaker, entries: readonly Entry[]): readonly BgpPath[] {
  const rules = rulesOf(speaker);
  const sorted = [...entries].sort((a, b) => context.prefixes.compare(a.prefix, b.prefix));
  return sorted.flatMap(({ prefix, paths, decision }) =>
    paths.map((path): BgpPath => {
      const { attributes } = path;
      const { best } = decision;
      const why = path === best ? undefined : !path.valid ? 'next-hop-unreachable' : best && lostBy(rules, path, best);
      return {
        prefix: context.prefixes.text(prefix),
        nextHop: shownHop(attributes.nextHop),
        from: path.from?.peer ?? null,
        asPath: pathTexts(attributes.asPath),
        localPref: attributes.localPreference,
        med: attributes.med ?? 0,
        origin: attributes.origin,
        communities: [...attributes.communities.members, ...attributes.extended.members, ...attributes.large.members],
        weight: attributes.weight,
        best: path === best,
        ...(path !== best && decision.multipath.includes(path) && { multipath: true }),
        ...(why !== undefined && { decidedBy: why }),
      };
    }),
  );
}
