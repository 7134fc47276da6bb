import type { PathAttributes } from '../../path-attributes.ts';
import { fromPath } from '../../policy/route.ts';
import type { PrefixId } from '../../prefix-table.ts';
import type { Context } from '../protocol.ts';
import { countAs, prepend } from './as-path.ts';
import { type Advertisement, deniedWithoutPolicy, passesFilters } from './export.ts';
import { familySettings, type Peering } from './model.ts';
import { attributesOf } from './policy-route.ts';

export interface Accepted extends Advertisement {
  readonly distance: number | undefined;
  readonly tag: number | undefined;
}

export const DEFAULT_LOCAL_PREFERENCE = 100;

/** Loops that RFC 4271 9.1.2, RFC 4456 8 and RFC 5065 5 make a speaker refuse. */
function isLoop(peering: Peering, { asPath, originator, clusters }: PathAttributes, allowed: number): boolean {
  const { speaker, settings, type } = peering;
  if (
    type === 'ibgp' &&
    (originator === speaker.routerId || clusters.includes(settings.clusterId?.value ?? speaker.clusterId))
  )
    return true;
  if (asPath.segments.length === 0) return false;
  if (countAs(asPath, speaker.asn) > allowed) return true;
  const { confederation } = speaker;
  if (confederation && confederation.identifier !== speaker.asn && countAs(asPath, confederation.identifier) > allowed)
    return true;
  const local = settings.localAs?.value;
  return local !== undefined && type === 'ebgp' && local.asn !== speaker.asn && countAs(asPath, local.asn) > allowed;
}

/** What a speaker makes of a path that a neighbour sent; undefined when it refuses it. */
export function importPath(
  context: Context,
  peering: Peering,
  prefix: PrefixId,
  sent: Advertisement,
): Accepted | undefined {
  const { attributes: store, policies, prefixes } = context;
  const { speaker, type, settings: neighbour } = peering;
  const { version } = prefixes.get(prefix);
  const settings = familySettings(peering, version);
  if (isLoop(peering, sent.attributes, settings?.allowAsIn?.value ?? 0)) return undefined;
  if (deniedWithoutPolicy(peering, settings, 'in')) return undefined;

  const { options } = speaker.process;
  const local = neighbour.localAs?.value;
  const { nextHop } = sent.attributes;
  let attributes = store.attributes({
    ...sent.attributes,
    // The sender's interface means nothing here: the next hop is whoever is at the other end of ours.
    nextHop: nextHop?.startsWith('%') ? `%${peering.attached?.name ?? ''}` : nextHop,
    asPath:
      local && type === 'ebgp' && !local.noPrepend
        ? prepend(store, sent.attributes.asPath, [local.asn])
        : sent.attributes.asPath,
    localPreference:
      type === 'ebgp'
        ? (options.defaultLocalPreference?.value ?? DEFAULT_LOCAL_PREFERENCE)
        : sent.attributes.localPreference,
    weight: settings?.weight?.value ?? 0,
  });
  const names = {
    prefixList: settings?.prefixListIn,
    distributeList: settings?.distributeListIn,
    asPathList: settings?.asPathListIn,
  };
  if (!passesFilters(context, peering, prefix, attributes.asPath, names)) return undefined;
  if (!settings?.policyIn) return { attributes, spans: [neighbour.span], distance: undefined, tag: undefined };

  const route = fromPath(prefix, attributes, {
    protocol: type === 'ibgp' ? 'ibgp' : 'ebgp',
    neighbour: peering.peer,
    interface: peering.attached?.name ?? null,
    igpMetric: 0,
  });
  const outcome = policies.evaluate(speaker.table, settings.policyIn.policies, route);
  if (outcome.verdict === 'deny' || route.nextHopChoice === 'discard' || route.nextHopChoice === 'reject')
    return undefined;
  if (route.nextHopChoice === 'peer-address')
    route.nextHop = peering.settings.kind === 'interface' ? `%${peering.settings.id}` : peering.peer;
  else if (route.nextHopChoice === 'self') route.nextHop = peering.localAddress;
  attributes = attributesOf(store, attributes, route);
  return { attributes, spans: [neighbour.span, ...outcome.spans], distance: route.distance, tag: route.tag };
}
