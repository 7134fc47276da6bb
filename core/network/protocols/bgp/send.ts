import { parseIp, prefixContains } from '../../../config/address.ts';
import type { AsPath } from '../../path-attributes.ts';
import { GRACEFUL_SHUTDOWN, NO_ADVERTISE, NO_EXPORT, NO_EXPORT_SUBCONFED } from '../../policy/communities.ts';
import type { PrefixId } from '../../prefix-table.ts';
import type { Context } from '../protocol.ts';
import { firstAs, overrideAs, prepend, removePrivate, withoutConfederation } from './as-path.ts';
import type { Channel } from './channel.ts';
import { type Draft, draftOf } from './draft.ts';
import type { Path } from './model.ts';
import { filterSpans, policyText, type Say, spansOf } from './say.ts';

const isCost = (community: string): boolean => community.startsWith('cost:');

function sharesNetwork({ sharedNetworks, peering }: Channel, nextHop: string): boolean {
  if (sharedNetworks.length === 0) return false;
  // RFC 4271 section 5.1.3: the neighbour's own address is not announced to it as a next hop.
  if (nextHop === peering.peer && !peering.speaker.table.behaviour.bgp.announcesPeersOwnAddress) return false;
  const hop = parseIp(nextHop);
  return hop !== undefined && sharedNetworks.some((network) => prefixContains(network, hop));
}

function nextHopFor(channel: Channel, path: Path): string | null {
  const { peering, settings, ownAddress } = channel;
  const { nextHop } = path.attributes;
  if (nextHop !== null && (channel.keepsNextHop || path.source === 'exported')) return nextHop;
  const self = settings?.nextHopSelf?.value;
  if (peering.type === 'ebgp') {
    if (nextHop === null || (self && self !== 'off')) return ownAddress;
    return sharesNetwork(channel, nextHop) ? nextHop : ownAddress;
  }
  if (self === 'force') return ownAddress;
  // `next-hop-self` leaves reflected routes alone; `force`, and on some systems a plain one, does not.
  const reflected = path.from?.type === 'ibgp' && peering.type === 'ibgp';
  if (self === 'set' && (!reflected || (peering.speaker.table.behaviour.nextHopSelfOnReflected ?? false)))
    return ownAddress;
  return nextHop === null || nextHop.startsWith('%') ? ownAddress : nextHop;
}

/** Systems that do not send a path back into the AS that it was learned from. */
export const isOfPeerAs = (
  { peering, checksPeerAs }: Channel,
  { from, attributes }: Pick<Path, 'from' | 'attributes'>,
): boolean => checksPeerAs && from !== null && firstAs(attributes.asPath) === peering.remoteAs;

/** What keeps a path from going to that kind of neighbour at all: split horizon, reflection, well-known communities. */
function withheldBy(channel: Channel, fromClient: boolean, { from, attributes }: Path): string | undefined {
  const { peering } = channel;
  const { members } = attributes.communities;
  if (members.length > 0) {
    if (members.includes(NO_ADVERTISE)) return 'it carries the community no-advertise';
    if (peering.type === 'ebgp' && members.includes(NO_EXPORT)) return 'it carries the community no-export';
    if (peering.type !== 'ibgp' && members.includes(NO_EXPORT_SUBCONFED)) return 'it carries the community local-AS';
  }
  if (from === null) return undefined;
  if (from === peering) return 'it was learned from this neighbour';
  const { speaker } = peering;
  if (isOfPeerAs(channel, { from, attributes })) return 'it was learned from the AS of this neighbour';
  if (from.type !== 'ibgp' || peering.type !== 'ibgp') return undefined;
  if (fromClient && channel.reflectorClient)
    return (speaker.process.options.clientToClientReflection?.value ?? true)
      ? undefined
      : 'routes are not reflected between clients';
  return fromClient || channel.reflectorClient
    ? undefined
    : 'it was learned from an internal neighbour and is not reflected to another one';
}

/** AS path as it leaves towards the neighbour. */
export function pathOnDeparture(
  { attributes: store }: Context,
  { peering, settings, addsNoAs }: Channel,
  path: AsPath,
): AsPath {
  const { speaker, type, remoteAs, localAs } = peering;
  if (type === 'ibgp') return path;
  if (type === 'confederation') return prepend(store, path, [speaker.asn], 'confed-sequence');
  let result = withoutConfederation(store, path);
  const removal = settings?.removePrivateAs?.value;
  if (removal) result = removePrivate(store, result, removal, localAs, remoteAs);
  if (settings?.asOverride?.value) result = overrideAs(store, result, remoteAs, localAs);
  if (addsNoAs) return result;
  const local = peering.settings.localAs?.value;
  const real = speaker.confederation?.identifier ?? speaker.asn;
  if (local && !local.replaceAs && local.asn !== real) result = store.prepend(result, real);
  return store.prepend(result, localAs);
}

/** The own AS goes in front of the path as it was, and what the policy put there in front of both. */
function prependedLast(context: Context, channel: Channel, before: AsPath, after: AsPath): AsPath {
  const [old, now] = [before.segments[0]?.asns ?? [], after.segments[0]?.asns ?? []];
  const added = after === before ? [] : now.slice(0, Math.max(0, now.length - old.length));
  return prepend(context.attributes, pathOnDeparture(context, channel, before), added);
}

/** Junos, SR OS: without a decision BGP routes go on, others do not. */
const defaultVerdict = (channel: Channel, path: Path): 'permit' | 'deny' =>
  isOfAnotherProtocol(channel, path) || channel.deniesUndecidedOut ? 'deny' : 'permit';

/** Routes that only an export policy makes BGP announce: to Junos those of EVPN are not of BGP. */
const isOfAnotherProtocol = ({ peering }: Channel, { source, leaked, evpn }: Path): boolean =>
  source === 'active-route' ||
  leaked !== undefined ||
  (evpn !== undefined && source === 'imported' && (peering.speaker.table.behaviour.bgp.namesEvpnRoutes ?? false));

/**
 * What an end sends for its speaker's best path; undefined when it sends nothing. The order is that of FRR's
 * subgroup_announce_check and of Cisco's documentation: who may have it, filters, attributes, route-map, the own AS.
 * `fromClient`: the path came from a client of route reflection. `unfiltered`: a default route made for this neighbour,
 * to which its filters do not apply. `say`: hears why it is sent or not.
 */
export function send(
  context: Context,
  channel: Channel,
  prefix: PrefixId,
  path: Path,
  fromClient: boolean,
  unfiltered: boolean,
  say?: Say,
): Draft | undefined {
  const { peering, ownAddress } = channel;
  if (channel.deniesOut) return say?.('no outbound policy is set, and the system then sends nothing (RFC 8212)');
  const withheld = withheldBy(channel, fromClient, path);
  if (withheld !== undefined) return say?.(withheld);
  const { attributes, from } = path;
  if (!unfiltered && channel.filterOut && !channel.filterOut.permits(prefix, attributes.asPath))
    return say?.('its outbound filter does not permit it', filterSpans(channel.settings, 'out'));

  const draft = draftOf(channel, prefix, path);
  if (!unfiltered && channel.withholds) {
    const { verdict, spans } = context.policies.evaluate(
      peering.speaker.table,
      channel.withholds,
      { ...draft },
      channel.conditions,
    );
    if (verdict === 'permit')
      return say?.('it is advertised under a condition only, which does not hold', [
        ...spansOf(channel.withholds),
        ...spans,
      ]);
  }
  const { type } = peering;
  const reflects = from?.type === 'ibgp' && type === 'ibgp';
  draft.nextHop = nextHopFor(channel, path);
  draft.weight = 0;
  // RFC 4271 5.1.4: a MED of another AS is not passed on to a third.
  if (type === 'ebgp' && from !== null && !channel.keepsMed) draft.metric = undefined;
  const metricOut = channel.settings?.metricOut?.value;
  if (metricOut !== undefined) draft.metric = metricOut === 'igp' ? path.igpMetric : metricOut;
  if (type === 'ibgp' && from === null && channel.settings?.localPreference)
    draft.localPreference = channel.settings.localPreference.value;
  if (reflects) {
    draft.originator = attributes.originator ?? from.reverse.speaker.routerId;
    draft.clusters = [channel.clusterId, ...attributes.clusters];
  } else if (type !== 'ibgp') {
    draft.originator = null;
    draft.clusters = [];
  }

  if (channel.policyOut && !unfiltered) {
    const judged = reflects && channel.policyOnlyFilters ? { ...draft } : draft;
    const { verdict, spans } = context.policies.evaluate(
      peering.speaker.table,
      channel.policyOut,
      judged,
      channel.conditions,
    );
    const denied = (verdict === 'default' ? defaultVerdict(channel, path) : verdict) === 'deny';
    say?.(
      policyText('outbound', channel.policyOut, denied, spans),
      spans.length > 0 ? spans : spansOf(channel.policyOut),
    );
    if (denied) return undefined;
    const { nextHopChoice } = draft;
    if (nextHopChoice === 'self' || nextHopChoice === 'peer-address') draft.nextHop = ownAddress;
    else if (nextHopChoice === 'unchanged' && attributes.nextHop !== null) draft.nextHop = attributes.nextHop;
    draft.nextHopChoice = undefined;
  } else if (isOfAnotherProtocol(channel, path)) return undefined;

  draft.asPath = peering.speaker.table.behaviour.bgp.prependsBeforeOwnAs
    ? prependedLast(context, channel, attributes.asPath, draft.asPath)
    : pathOnDeparture(context, channel, draft.asPath);
  if (channel.shutsDown)
    draft.communities = context.attributes.communities([...draft.communities.members, GRACEFUL_SHUTDOWN]);
  if (!channel.sendsStandard) draft.communities = context.attributes.noCommunities;
  if (!channel.sendsExtended) draft.extended = context.attributes.noCommunities;
  // Cost communities are not transitive: they stay inside of the AS and its confederation.
  else if (type === 'ebgp' && draft.extended.members.some(isCost))
    draft.extended = context.attributes.communities(draft.extended.members.filter((member) => !isCost(member)));
  if (!channel.sendsLarge) draft.large = context.attributes.noCommunities;
  return draft;
}
