import type { Origin } from '../../config/device/policy.ts';
import type { AsPath, AttributeStore, CommunitySet, PathAttributes } from '../path-attributes.ts';
import type { PrefixId } from '../prefix-table.ts';
import type { RibRoute } from '../rib.ts';
import type { RouteProtocol } from '../state.ts';

/** What a policy decided about the next hop in words that only the sender or receiver can turn into an address. */
export type NextHopChoice = 'self' | 'peer-address' | 'unchanged' | 'discard' | 'reject';

/** A route while policies look at it and change it. Made for one evaluation; the caller reads the result from it. */
export interface PolicyRoute {
  readonly prefix: PrefixId;
  /** The protocol by which the device has the route, for `match source-protocol` and the like. */
  readonly protocol: RouteProtocol;
  /** The device has it by EVPN, where policies tell that from BGP. */
  readonly evpn?: boolean | undefined;
  readonly process: string;
  /** Interface by which it leaves, where it has one. */
  readonly interface: string | null;
  /** Address of the neighbour that it was received from, or is sent to. */
  readonly neighbour: string | null;
  /** Administrative distance in the table, for conditions on it; undefined for a BGP path. */
  readonly ad?: number | undefined;
  /** VRF that it comes from, when it is leaked. */
  readonly sourceVrf: string | null;
  /** It is on its way as a VPN route, or came into its VRF as one. */
  readonly overlay?: 'carried' | 'imported';
  /** Metric of the route that resolves the next hop, for `set metric igp`. */
  readonly igpMetric: number;
  nextHop: string | null;
  nextHopChoice: NextHopChoice | undefined;
  asPath: AsPath;
  origin: Origin;
  /** MED of a BGP path (undefined when absent), metric of another route. */
  metric: number | undefined;
  metricType: 'type-1' | 'type-2' | 'internal' | 'external' | undefined;
  localPreference: number;
  weight: number;
  communities: CommunitySet;
  extended: CommunitySet;
  large: CommunitySet;
  tag: number | undefined;
  distance: number | undefined;
  eigrpMetric: readonly number[] | undefined;
}

/** A route of the table, as a protocol that redistributes it shows it to its policy. */
export function fromRibRoute(store: AttributeStore, route: RibRoute, sourceVrf: string | null = null): PolicyRoute {
  const { attributes } = route;
  const hop = route.nextHops[0];
  return {
    prefix: route.prefix,
    protocol: route.protocol,
    evpn: route.evpn,
    process: route.process,
    ad: route.ad,
    interface: hop?.interface ?? null,
    neighbour: null,
    sourceVrf,
    igpMetric: route.metric,
    nextHop: attributes?.nextHop ?? hop?.ip ?? null,
    nextHopChoice: undefined,
    asPath: attributes?.asPath ?? store.emptyPath,
    origin: attributes?.origin ?? 'incomplete',
    metric: route.metric,
    metricType: undefined,
    localPreference: attributes?.localPreference ?? 100,
    weight: attributes?.weight ?? 0,
    communities: attributes?.communities ?? store.noCommunities,
    extended: attributes?.extended ?? store.noCommunities,
    large: attributes?.large ?? store.noCommunities,
    tag: route.tag,
    distance: undefined,
    eigrpMetric: undefined,
  };
}

/** A BGP path as a neighbour's policy sees it. */
export function fromPath(
  prefix: PrefixId,
  attributes: PathAttributes,
  about: {
    readonly protocol: RouteProtocol;
    readonly evpn?: boolean | undefined;
    readonly neighbour: string | null;
    readonly interface: string | null;
    readonly igpMetric: number;
    readonly tag?: number | undefined;
  },
): PolicyRoute {
  return {
    prefix,
    protocol: about.protocol,
    evpn: about.evpn,
    process: '',
    interface: about.interface,
    neighbour: about.neighbour,
    sourceVrf: null,
    igpMetric: about.igpMetric,
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
    tag: about.tag,
    distance: undefined,
    eigrpMetric: undefined,
  };
}
