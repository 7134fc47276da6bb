import { makePrefix, parseIp, prefixContains } from '../../../config/address.ts';
import type { Located, Span } from '../../../config/span.ts';
import type { AsPath, PathAttributes } from '../../path-attributes.ts';
import { NO_ADVERTISE, NO_EXPORT, NO_EXPORT_SUBCONFED } from '../../policy/communities.ts';
import { fromPath } from '../../policy/route.ts';
import type { PrefixId } from '../../prefix-table.ts';
import type { Context } from '../protocol.ts';
import { countAs, firstAs, overrideAs, prepend, removePrivate, withoutConfederation } from './as-path.ts';
import { addressOn } from './ends.ts';
import { familyKeyOf } from './families.ts';
import { familySettings, type Path, type Peering } from './model.ts';
import { attributesOf } from './policy-route.ts';
import type { NeighbourFamilyConfig } from './settings.ts';

/** A path on its way to a neighbour. */
export interface Advertisement {
  readonly attributes: PathAttributes;
  readonly spans: readonly Span[];
}

const NO_SPANS: readonly Span[] = [];

/** The filters of one direction of a neighbour that look only at the prefix and the path. */
export function passesFilters(
  context: Context,
  end: Peering,
  prefix: PrefixId,
  path: AsPath,
  names: {
    readonly prefixList: Located<string> | undefined;
    readonly distributeList: Located<string> | undefined;
    readonly asPathList: Located<string> | undefined;
  },
): boolean {
  const { table } = end.speaker;
  const family = familyKeyOf(context, prefix);
  const undefinedPermits = table.behaviour.undefinedNeighbourFilter === 'permit';
  const { policies } = context;
  if (names.prefixList && !(policies.prefixList(table, family, names.prefixList.value)?.(prefix) ?? undefinedPermits))
    return false;
  if (
    names.distributeList &&
    !(policies.accessList(table, family, names.distributeList.value)?.(prefix) ?? undefinedPermits)
  )
    return false;
  return !names.asPathList || (policies.asPathList(table, names.asPathList.value)?.(path) ?? undefinedPermits);
}

/** Whether a neighbour has any policy in a direction: RFC 8212 counts filters as well as route-maps. */
export const hasPolicy = (settings: NeighbourFamilyConfig | undefined, direction: 'in' | 'out'): boolean =>
  settings !== undefined &&
  (direction === 'in'
    ? [settings.policyIn, settings.prefixListIn, settings.distributeListIn, settings.asPathListIn]
    : [settings.policyOut, settings.prefixListOut, settings.distributeListOut, settings.asPathListOut]
  ).some((one) => one !== undefined);

/** RFC 8212: an external session without a policy where the system wants one. */
export function deniedWithoutPolicy(
  peering: Peering,
  settings: NeighbourFamilyConfig | undefined,
  direction: 'in' | 'out',
): boolean {
  if (peering.type !== 'ebgp' || hasPolicy(settings, direction)) return false;
  const option = peering.speaker.process.options.ebgpRequiresPolicy?.value;
  return option ?? peering.speaker.table.behaviour.ebgpWithoutPolicy[direction] === 'deny';
}

/** The address that a speaker gives as next hop when it names itself; null when it has none of that family. */
function ownAddress({ topology }: Context, peering: Peering, version: 4 | 6): string | null {
  const { localAddress, speaker, attached, settings } = peering;
  const local = localAddress === null ? undefined : parseIp(localAddress);
  if (local?.version === version) return local.text;
  const source = settings.updateSource && topology.interfaceOf(speaker.table.node, settings.updateSource.value);
  const via = attached ?? source;
  // RFC 8950: on an unnumbered session the next hop is the link-local address of the interface, for IPv4 as well.
  if (localAddress === null) return via ? `%${via.name}` : null;
  return (via && addressOn(topology, via, version)) ?? local?.text ?? null;
}

/** RFC 4271 5.1.3: a next hop on the network that we share with the neighbour need not become ours. */
function sharesNetwork(peering: Peering, nextHop: string | null): boolean {
  const { attached, peer } = peering;
  const [hop, other] = [nextHop === null ? undefined : parseIp(nextHop), parseIp(peer)];
  if (!attached || !hop || !other || hop.text === other.text) return false;
  return attached.addresses.some(({ ip, length, linkLocal }) => {
    if (linkLocal || ip.version !== hop.version || ip.version !== other.version) return false;
    const network = makePrefix(ip, length);
    return prefixContains(network, hop) && prefixContains(network, other);
  });
}

function nextHopFor(
  context: Context,
  peering: Peering,
  path: Path,
  settings: NeighbourFamilyConfig | undefined,
  version: 4 | 6,
): string | null {
  const { nextHop } = path.attributes;
  if (settings?.nextHopUnchanged?.value && nextHop !== null) return nextHop;
  const self = settings?.nextHopSelf?.value;
  if (peering.type === 'ebgp') {
    if (nextHop === null || (self && self !== 'off')) return ownAddress(context, peering, version);
    return sharesNetwork(peering, nextHop) ? nextHop : ownAddress(context, peering, version);
  }
  // `next-hop-self` leaves reflected routes alone; `force` and, for some systems, a plain one does not.
  const reflected = path.from?.type === 'ibgp' && peering.type === 'ibgp';
  const toSelf =
    self === 'force' ||
    (self === 'set' && (!reflected || (peering.speaker.table.behaviour.nextHopSelfOnReflected ?? false)));
  if (toSelf) return ownAddress(context, peering, version);
  return nextHop === null || nextHop.startsWith('%') ? ownAddress(context, peering, version) : nextHop;
}

/** Whether a path may go to that kind of neighbour at all: split horizon, reflection, well-known communities. */
function mayAdvertise(
  peering: Peering,
  path: Path,
  settings: NeighbourFamilyConfig | undefined,
  version: 4 | 6,
): boolean {
  const { from, attributes } = path;
  const { members } = attributes.communities;
  if (members.length > 0) {
    if (members.includes(NO_ADVERTISE)) return false;
    if (peering.type === 'ebgp' && members.includes(NO_EXPORT)) return false;
    if (peering.type !== 'ibgp' && members.includes(NO_EXPORT_SUBCONFED)) return false;
  }
  if (from === null) return true;
  if (from === peering) return false;
  const { speaker } = peering;
  if (speaker.table.behaviour.bgp.splitHorizonByPeerAs && peering.type === 'ebgp' && from.type === 'ebgp') {
    const disabled = settings?.asOverride?.value;
    if (!disabled && firstAs(attributes.asPath) === peering.remoteAs) return false;
  }
  if (from.type !== 'ibgp' || peering.type !== 'ibgp') return true;
  const fromClient = familySettings(from, version)?.routeReflectorClient?.value ?? false;
  const toClient = settings?.routeReflectorClient?.value ?? false;
  if (fromClient && toClient) return speaker.process.options.clientToClientReflection?.value ?? true;
  return fromClient || toClient;
}

/** AS path as it leaves towards the neighbour. */
function pathFor(
  { attributes: store }: Context,
  peering: Peering,
  path: AsPath,
  settings: NeighbourFamilyConfig | undefined,
): AsPath {
  const { speaker, type, remoteAs, localAs } = peering;
  if (type === 'ibgp') return path;
  if (type === 'confederation') return prepend(store, path, [speaker.asn], 'confed-sequence');
  let result = withoutConfederation(store, path);
  const removal = settings?.removePrivateAs?.value;
  if (removal) result = removePrivate(store, result, removal, localAs, remoteAs);
  if (settings?.asOverride?.value) result = overrideAs(store, result, remoteAs, localAs);
  const local = peering.settings.localAs?.value;
  const real = speaker.confederation?.identifier ?? speaker.asn;
  return prepend(store, result, local && !local.replaceAs && local.asn !== real ? [localAs, real] : [localAs]);
}

/**
 * What a speaker sends to a neighbour for its best path; undefined when it sends nothing. Order of FRR's
 * subgroup_announce_check and Cisco's documentation: who may have it, filters, attributes, route-map, then the own AS.
 */
export function exportPath(
  context: Context,
  peering: Peering,
  prefix: PrefixId,
  path: Path,
): Advertisement | undefined {
  const { attributes: store, policies, prefixes } = context;
  const { speaker, type } = peering;
  const { version } = prefixes.get(prefix);
  const settings = familySettings(peering, version);
  if (!mayAdvertise(peering, path, settings, version)) return undefined;
  if (deniedWithoutPolicy(peering, settings, 'out')) return undefined;
  const names = {
    prefixList: settings?.prefixListOut,
    distributeList: settings?.distributeListOut,
    asPathList: settings?.asPathListOut,
  };
  if (!passesFilters(context, peering, prefix, path.attributes.asPath, names)) return undefined;

  const learned = path.from !== null;
  const reflects = path.from?.type === 'ibgp' && type === 'ibgp';
  let attributes = store.attributes({
    ...path.attributes,
    nextHop: nextHopFor(context, peering, path, settings, version),
    // RFC 4271 5.1.4: a MED of another AS is not passed on to a third.
    med: type === 'ebgp' && learned ? undefined : path.attributes.med,
    weight: 0,
    originator: reflects
      ? (path.attributes.originator ?? path.from?.reverse.speaker.routerId ?? null)
      : type === 'ibgp'
        ? path.attributes.originator
        : null,
    clusters: reflects
      ? [speakerCluster(peering), ...path.attributes.clusters]
      : type === 'ibgp'
        ? path.attributes.clusters
        : [],
  });

  let spans = NO_SPANS;
  if (settings?.policyOut) {
    const route = fromPath(prefix, attributes, {
      protocol: path.protocol,
      neighbour: peering.peer,
      interface: path.resolution?.nextHops[0]?.interface ?? null,
      igpMetric: path.igpMetric,
      tag: path.tag,
    });
    const outcome = policies.evaluate(speaker.table, settings.policyOut.policies, route);
    const verdict = outcome.verdict === 'default' ? defaultExport(path) : outcome.verdict;
    if (verdict === 'deny') return undefined;
    const { nextHopChoice } = route;
    if (nextHopChoice === 'self' || nextHopChoice === 'peer-address')
      route.nextHop = ownAddress(context, peering, version);
    else if (nextHopChoice === 'unchanged' && path.attributes.nextHop !== null) route.nextHop = path.attributes.nextHop;
    attributes = attributesOf(store, attributes, route);
    spans = outcome.spans;
  } else if (path.source === 'active-route') return undefined;

  const sends = settings?.sendCommunity?.value;
  const all = speaker.table.behaviour.sendsCommunitiesByDefault && sends === undefined;
  const keeps = (kind: 'standard' | 'extended' | 'large') => all || (sends?.includes(kind) ?? false);
  attributes = store.attributes({
    ...attributes,
    asPath: pathFor(context, peering, attributes.asPath, settings),
    communities: keeps('standard') ? attributes.communities : store.noCommunities,
    extended: keeps('extended') ? attributes.extended : store.noCommunities,
    large: keeps('large') ? attributes.large : store.noCommunities,
  });
  return { attributes, spans };
}

const speakerCluster = ({ speaker, settings }: Peering): string => settings.clusterId?.value ?? speaker.clusterId;

/** Junos, SR OS: without a decision BGP routes go on, others do not. */
const defaultExport = (path: Path): 'permit' | 'deny' => (path.source === 'active-route' ? 'deny' : 'permit');

/** Whether the neighbour would refuse the path anyway because its own AS is in it. */
export const loops = (path: AsPath, asn: number, allowed: number): boolean => countAs(path, asn) > allowed;
