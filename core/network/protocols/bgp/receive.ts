import type { Span } from '../../../config/span.ts';
import type { AsPath, PathAttributes } from '../../path-attributes.ts';
import { GRACEFUL_SHUTDOWN } from '../../policy/communities.ts';
import type { PolicyConditions } from '../../policy/evaluation.ts';
import type { PrefixId } from '../../prefix-table.ts';
import type { Context } from '../protocol.ts';
import { countAs, firstAs } from './as-path.ts';
import type { Channel } from './channel.ts';
import { type Draft, internDraft } from './draft.ts';
import type { Peering } from './model.ts';
import { filterSpans, policyText, type Say } from './say.ts';

/** A path as the receiving speaker takes it over. */
export interface Accepted {
  readonly attributes: PathAttributes;
  readonly distance: number | undefined;
  readonly tag: number | undefined;
  readonly spans: readonly Span[];
}

export const DEFAULT_LOCAL_PREFERENCE = 100;

/** AS loops that RFC 4271 9.1.2 and RFC 5065 5 make a speaker refuse. */
export function refusesPath({ speaker, settings, type }: Peering, asPath: AsPath, allowed: number): boolean {
  if (asPath.segments.length === 0) return false;
  if (countAs(asPath, speaker.asn) > allowed) return true;
  const { confederation } = speaker;
  if (confederation && confederation.identifier !== speaker.asn && countAs(asPath, confederation.identifier) > allowed)
    return true;
  const local = settings.localAs?.value;
  return local !== undefined && type === 'ebgp' && local.asn !== speaker.asn && countAs(asPath, local.asn) > allowed;
}

/** RFC 9774: sets in paths are refused where the system is told to. */
const hasSet = ({ segments }: AsPath): boolean => segments.some(({ kind }) => kind === 'set' || kind === 'confed-set');

/** RFC 4271 6.3: the first AS of a path must be the neighbour's, where the system asks for that. */
const enforcesFirstAs = ({ speaker, settings }: Peering): boolean =>
  settings.enforceFirstAs?.value ??
  speaker.process.options.enforceFirstAs?.value ??
  speaker.table.behaviour.bgp.enforceFirstAs;

/** RFC 4456 8: what this speaker reflected or brought in itself comes back to it. */
const isReflectedBack = ({ peering, clusterId }: Channel, draft: Draft): boolean =>
  peering.type === 'ibgp' && (draft.originator === peering.speaker.routerId || draft.clusters.includes(clusterId));

/** Lines behind a path: the neighbour's, then the policy entries that it passed. */
function spansOf(channel: Channel, entries: readonly Span[]): readonly Span[] {
  const [only] = entries;
  if (!only) return channel.receivedSpans;
  if (entries.length > 1) return [...channel.receivedSpans, ...entries];
  const known = channel.spansByEntry.get(only);
  if (known) return known;
  const made = [...channel.receivedSpans, only];
  channel.spansByEntry.set(only, made);
  return made;
}

const ALWAYS: PolicyConditions = { routeExists: () => true };
const importConditions = ({ peering, conditions }: Channel): PolicyConditions =>
  peering.speaker.table.behaviour.routeConditionsOnlyOnExport ? ALWAYS : conditions;

/** AS path as the receiver's policy sees it. */
export function pathOnArrival({ attributes: store }: Context, { peering }: Channel, path: AsPath): AsPath {
  const { speaker, type, settings } = peering;
  const local = settings.localAs?.value;
  return local && local.asn !== speaker.asn && type === 'ebgp' && !local.noPrepend
    ? store.prepend(path, local.asn)
    : path;
}

/** What an end makes of a path that was sent to it; undefined when it refuses it. */
export function receive(
  context: Context,
  channel: Channel,
  prefix: PrefixId,
  draft: Draft,
  say?: Say,
): Accepted | undefined {
  const { peering, policyIn } = channel;
  const { speaker, type, settings: neighbour } = peering;
  const { attributes: store } = context;
  if (channel.deniesIn) return say?.('no inbound policy is set, and the system then accepts nothing (RFC 8212)');
  if (refusesPath(peering, draft.asPath, channel.allowedLoops))
    return say?.('its AS path holds an AS of this device: it would loop (RFC 4271 9.1.2)');
  if (isReflectedBack(channel, draft)) return say?.('it was reflected back to where it came from (RFC 4456 8)');

  if (draft.nextHop !== null && context.topology.ownersOf(draft.nextHop).some(({ table }) => table === speaker.table))
    return say?.('its next hop is an address of this device (RFC 4271 6.3)');
  if (speaker.process.options.rejectAsSets?.value && hasSet(draft.asPath))
    return say?.('its AS path holds a set (RFC 9774)', [speaker.process.options.rejectAsSets.span]);
  if (type === 'ebgp' && enforcesFirstAs(peering) && firstAs(draft.asPath) !== peering.remoteAs)
    return say?.("the first AS of its path is not the neighbour's (RFC 4271 6.3)");
  draft.asPath = pathOnArrival(context, channel, draft.asPath);
  // The sender's interface means nothing here: the next hop is whoever is at the other end of ours.
  if (draft.nextHop?.startsWith('%')) draft.nextHop = `%${peering.attached?.name ?? ''}`;
  if (type === 'ebgp')
    draft.localPreference =
      channel.settings?.localPreference?.value ??
      speaker.process.options.defaultLocalPreference?.value ??
      DEFAULT_LOCAL_PREFERENCE;
  // RFC 8326 4.2: the least preferred of all paths, where the system heeds the community.
  if (speaker.process.options.gracefulShutdown && draft.communities.members.includes(GRACEFUL_SHUTDOWN))
    draft.localPreference = 0;
  draft.weight = channel.settings?.weight?.value ?? 0;
  if (channel.filterIn && !channel.filterIn.permits(prefix, draft.asPath))
    return say?.('its inbound filter does not permit it', filterSpans(channel.settings, 'in'));
  draft.tag = undefined;
  draft.distance = channel.settings?.distance?.value;
  if (!policyIn)
    return {
      attributes: internDraft(store, draft),
      spans: channel.receivedSpans,
      distance: draft.distance,
      tag: undefined,
    };

  draft.protocol = type === 'ibgp' ? 'ibgp' : 'ebgp';
  draft.neighbour = peering.peer;
  draft.interface = peering.attached?.name ?? null;
  draft.igpMetric = 0;
  const { verdict, spans } = context.policies.evaluate(speaker.table, policyIn, draft, importConditions(channel));
  const choice = draft.nextHopChoice;
  const denied =
    verdict === 'deny' ||
    (verdict === 'default' && channel.deniesUndecidedIn) ||
    choice === 'discard' ||
    choice === 'reject';
  say?.(policyText('inbound', policyIn, denied, spans), spans.length > 0 ? spans : policyIn.map(({ span }) => span));
  if (denied) return undefined;
  if (choice === 'peer-address') draft.nextHop = neighbour.kind === 'interface' ? `%${neighbour.id}` : peering.peer;
  else if (choice === 'self') draft.nextHop = peering.localAddress;
  return {
    attributes: internDraft(store, draft),
    spans: spansOf(channel, spans),
    distance: draft.distance,
    tag: draft.tag,
  };
}
