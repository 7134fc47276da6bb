import type { AttributeStore, PathAttributes } from '../../path-attributes.ts';
import type { PolicyRoute } from '../../policy/route.ts';
import type { PrefixId } from '../../prefix-table.ts';
import type { Channel } from './channel.ts';
import type { Path } from './model.ts';

/** A path on its way from one speaker to another: policies of both ends change it in place. */
export interface Draft extends PolicyRoute {
  protocol: PolicyRoute['protocol'];
  neighbour: string | null;
  interface: string | null;
  igpMetric: number;
  originator: string | null;
  clusters: readonly string[];
  atomicAggregate: boolean;
  aggregator: string | null;
}

export function draftOf(channel: Channel, prefix: PrefixId, path: Path): Draft {
  const { attributes } = path;
  const overlay = channel.isVpn ? 'carried' : path.source === 'imported' ? 'imported' : undefined;
  return {
    prefix,
    protocol: path.protocol,
    evpn: path.evpn !== undefined && channel.peering.speaker.table.behaviour.bgp.namesEvpnRoutes,
    process: '',
    ad: path.route?.ad,
    interface: path.interface,
    neighbour: channel.peering.peer,
    sourceVrf: null,
    ...(overlay && { overlay }),
    igpMetric: path.igpMetric,
    nextHop: attributes.nextHop,
    nextHopChoice: undefined,
    asPath: attributes.asPath,
    origin: attributes.origin,
    metric: attributes.med,
    metricType: undefined,
    localPreference: attributes.localPreference,
    weight: attributes.weight,
    communities: attributes.communities,
    extended: attributes.extended,
    large: attributes.large,
    tag: path.tag,
    distance: undefined,
    eigrpMetric: undefined,
    originator: attributes.originator,
    clusters: attributes.clusters,
    atomicAggregate: attributes.atomicAggregate,
    aggregator: attributes.aggregator,
  };
}

export const internDraft = (store: AttributeStore, draft: Draft): PathAttributes =>
  store.attributes({
    nextHop: draft.nextHop,
    asPath: draft.asPath,
    origin: draft.origin,
    med: draft.metric,
    localPreference: draft.localPreference,
    weight: draft.weight,
    communities: draft.communities,
    extended: draft.extended,
    large: draft.large,
    originator: draft.originator,
    clusters: draft.clusters,
    atomicAggregate: draft.atomicAggregate,
    aggregator: draft.aggregator,
  });
