import { makePrefix, type Prefix, parseIp, prefixContains } from '../../../config/address.ts';
import type { AddressFamily } from '../../../config/device/bgp.ts';
import type { Family } from '../../../config/device/policy.ts';
import type { Located, Span } from '../../../config/span.ts';
import type { AsPath } from '../../path-attributes.ts';
import type { PolicyConditions } from '../../policy/evaluation.ts';
import type { PrefixId } from '../../prefix-table.ts';
import type { Context } from '../protocol.ts';
import { addressOn } from './ends.ts';
import { familyFor, type Peering } from './model.ts';
import type { NeighbourFamilyConfig } from './settings.ts';

/** Filters of one direction that look only at the prefix and the AS path. */
interface Filter {
  readonly permits: (prefix: PrefixId, path: AsPath) => boolean;
  /** Numbers prefixes that the filter treats alike. */
  readonly prefixClass: (prefix: PrefixId) => number;
}

/**
 * One end of a session in one address family, with all that does not change from path to path worked out: what it
 * does to a path that it sends, and to one that it receives.
 */
export interface Channel {
  readonly peering: Peering;
  readonly family: Family;
  /** Carries the routes of VRFs (EVPN, L3VPN). */
  readonly isVpn: boolean;
  readonly settings: NeighbourFamilyConfig | undefined;
  /** The address that this end gives as next hop when it names itself; null when it has none of that family. */
  readonly ownAddress: string | null;
  /** Networks on which the two ends and further routers may sit. */
  readonly sharedNetworks: readonly Prefix[];
  /** RFC 8212: no policy where the system wants one. */
  readonly deniesOut: boolean;
  readonly deniesIn: boolean;
  /** The same for a route about which its policies decide nothing. */
  readonly deniesUndecidedOut: boolean;
  readonly deniesUndecidedIn: boolean;
  readonly filterOut: Filter | undefined;
  readonly filterIn: Filter | undefined;
  /** Conditional advertisement whose condition does not hold: what this policy permits is kept back. */
  readonly withholds: readonly Located<string>[] | undefined;
  readonly policyOut: readonly Located<string>[] | undefined;
  readonly policyIn: readonly Located<string>[] | undefined;
  readonly sendsStandard: boolean;
  readonly sendsExtended: boolean;
  readonly sendsLarge: boolean;
  readonly reflectorClient: boolean;
  readonly clusterId: string;
  readonly allowedLoops: number;
  /** RFC 7947, `attribute-unchanged`: what goes on to the neighbour as it came. */
  readonly keepsNextHop: boolean;
  readonly keepsMed: boolean;
  readonly addsNoAs: boolean;
  /** RFC 8326: routes leave with the graceful-shutdown community. */
  readonly shutsDown: boolean;
  /** A policy on a reflected route decides whether it goes, and changes nothing. */
  readonly policyOnlyFilters: boolean;
  /** What was learned from the neighbour's AS is not sent back into it. */
  readonly checksPeerAs: boolean;
  /** The AS path leaves without anything being taken out of it, so that a loop at the other end can be told in advance. */
  readonly keepsPath: boolean;
  /** Nothing at this end asks about the AS path or changes it, but for the rules of `pathOnDeparture` and `pathOnArrival`. */
  readonly ignoresPathOut: boolean;
  readonly ignoresPathIn: boolean;
  /** Numbers prefixes that sending and receiving at this end treat alike; undefined when that depends on other routes. */
  readonly classOut: ((prefix: PrefixId) => number) | undefined;
  readonly classIn: ((prefix: PrefixId) => number) | undefined;
  /** Numbers of prefixes by which policies and filters of both directions judge; undefined as above. */
  readonly questions: readonly ((prefix: PrefixId) => number)[] | undefined;
  /** What policies may ask about other routes. */
  readonly conditions: PolicyConditions;
  /** Lines behind a path that this end accepted, without and with the policy entry that it passed. */
  readonly receivedSpans: readonly Span[];
  readonly spansByEntry: Map<Span, readonly Span[]>;
}

/** One end of a session as its speaker uses it in one address family, and the other end. */
export interface Outlet {
  readonly channel: Channel;
  readonly other: Channel;
}

const compileFilter = (
  { policies }: Context,
  { speaker: { table } }: Peering,
  family: Family,
  prefixList: Located<string> | undefined,
  distributeList: Located<string> | undefined,
  asPathList: Located<string> | undefined,
): Filter | undefined => {
  if (!prefixList && !distributeList && !asPathList) return undefined;
  const otherwise = (): boolean => table.behaviour.undefinedNeighbourFilter === 'permit';
  const asks: ((prefix: PrefixId) => boolean)[] = [];
  if (prefixList) asks.push(policies.prefixList(table, family, prefixList.value) ?? otherwise);
  if (distributeList) asks.push(policies.accessList(table, family, distributeList.value) ?? otherwise);
  const path = asPathList && (policies.asPathList(table, asPathList.value) ?? otherwise);
  return {
    permits: (prefix, asPath) => asks.every((ask) => ask(prefix)) && (path === undefined || path(asPath)),
    prefixClass: policies.classesOf(asks),
  };
};

/** RFC 8212 counts filters as well as route-maps. */
const hasPolicy = (settings: NeighbourFamilyConfig | undefined, direction: 'in' | 'out'): boolean =>
  settings !== undefined &&
  (direction === 'in'
    ? [settings.policyIn, settings.prefixListIn, settings.distributeListIn, settings.asPathListIn]
    : [settings.policyOut, settings.prefixListOut, settings.distributeListOut, settings.asPathListOut]
  ).some((one) => one !== undefined);

/** Whether what no policy decides is denied: RFC 8212 on external sessions. */
function deniesUndecided(peering: Peering, direction: 'in' | 'out'): boolean {
  if (peering.type !== 'ebgp') return false;
  const { process, table } = peering.speaker;
  const { ebgpRequiresPolicy, missingPolicyIn, missingPolicyOut } = process.options;
  const action = (direction === 'in' ? missingPolicyIn : missingPolicyOut)?.value;
  if (action !== undefined) return action === 'deny';
  return ebgpRequiresPolicy?.value ?? table.behaviour.ebgpWithoutPolicy[direction] === 'deny';
}

function ownAddress({ topology }: Context, peering: Peering, version: 4 | 6): string | null {
  const { localAddress, speaker, attached, settings } = peering;
  const local = localAddress === null ? undefined : parseIp(localAddress);
  if (local?.version === version) return local.text;
  const source = settings.updateSource && topology.interfaceOf(speaker.table.node, settings.updateSource.value);
  const via = attached ?? source;
  // RFC 8950: on an unnumbered session the next hop is the link-local address of the interface, for IPv4 as well.
  if (localAddress === null) return via ? `%${via.name}` : null;
  // An IPv4 route over an IPv6 session with that capability has an IPv6 next hop (RFC 8950).
  if (version === 4 && settings.extendedNextHop?.value && local) return local.text;
  return (via && addressOn(topology, via, version)) ?? local?.text ?? null;
}

/**
 * RFC 4271 5.1.3 is about networks with a third router: a /30, /31, /126 or /127 has no room for one, and matters only
 * to a system that announces the neighbour's own address.
 */
function sharedNetworks({ attached, peer, speaker }: Peering): readonly Prefix[] {
  const other = parseIp(peer);
  if (!attached || !other) return [];
  const pairsToo = speaker.table.behaviour.bgp.announcesPeersOwnAddress ?? false;
  return attached.addresses.flatMap(({ ip, length, linkLocal }) => {
    if (linkLocal || ip.version !== other.version) return [];
    if (length >= (ip.version === 4 ? 30 : 126) && !pairsToo) return [];
    const network = makePrefix(ip, length);
    return prefixContains(network, other) ? [network] : [];
  });
}

/** Both numbers in one. Classes are few: the questions that policies ask about prefixes have few joint answers. */
const joint = (
  a: ((prefix: PrefixId) => number) | undefined,
  b: ((prefix: PrefixId) => number) | undefined,
): Channel['classOut'] => (a && b ? (prefix) => a(prefix) * 65536 + b(prefix) : undefined);

const alike = (): number => 0;

const allOf = <T>(list: readonly (T | undefined)[]): readonly T[] | undefined => {
  const known = list.filter((one) => one !== undefined);
  return known.length === list.length ? known : undefined;
};

export function channelOf(
  context: Context,
  peering: Peering,
  version: 4 | 6,
  conditions: PolicyConditions,
  addressFamily: AddressFamily = familyFor(version),
  advertises: (settings: NeighbourFamilyConfig) => boolean = () => true,
): Channel {
  const { speaker, settings: neighbour } = peering;
  const { table } = speaker;
  const settings = neighbour.families.get(addressFamily);
  const isVpn = addressFamily !== familyFor(version);
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const filterOut = compileFilter(
    context,
    peering,
    family,
    settings?.prefixListOut,
    settings?.distributeListOut,
    settings?.asPathListOut,
  );
  const filterIn = compileFilter(
    context,
    peering,
    family,
    settings?.prefixListIn,
    settings?.distributeListIn,
    settings?.asPathListIn,
  );
  const [policyOut, policyIn] = [settings?.policyOut?.policies, settings?.policyIn?.policies];
  const conditional = settings?.advertiseMap;
  const withholds =
    conditional && !advertises(settings) ? [{ value: conditional.value.map, span: conditional.span }] : undefined;
  const classOf = (policies: typeof policyOut) => (policies ? context.policies.prefixClass(table, policies) : alike);
  const sends = settings?.sendCommunity?.value;
  const toInternal = peering.type === 'ibgp' && (table.behaviour.sendsCommunitiesToInternal ?? false);
  const all = toInternal || (table.behaviour.sendsCommunitiesByDefault && sends === undefined);
  const [undecidedOut, undecidedIn] = [deniesUndecided(peering, 'out'), deniesUndecided(peering, 'in')];
  const unchanged = settings?.attributesUnchanged?.value;
  const serves = peering.type === 'ebgp' && (settings?.routeServerClient?.value ?? false);
  const replaces = [...table.device.policies.values()].some((policy) =>
    [...policy.terms.flatMap((term) => term.actions), ...(policy.defaultActions ?? [])].some(
      (action) => action.kind === 'replace-as-path',
    ),
  );
  return {
    peering,
    family,
    isVpn,
    settings,
    ownAddress: isVpn ? peering.localAddress : ownAddress(context, peering, version),
    sharedNetworks: sharedNetworks(peering),
    deniesOut: undecidedOut && !hasPolicy(settings, 'out'),
    deniesIn: undecidedIn && !hasPolicy(settings, 'in'),
    deniesUndecidedOut: undecidedOut,
    deniesUndecidedIn: undecidedIn,
    filterOut,
    filterIn,
    withholds,
    policyOut,
    policyIn,
    sendsStandard: all || (sends?.includes('standard') ?? false),
    // Route targets are what a VPN route is made of: they are sent with it (IOS adds the line by itself).
    sendsExtended: isVpn || all || (sends?.includes('extended') ?? false),
    sendsLarge: all || (sends?.includes('large') ?? false),
    reflectorClient: settings?.routeReflectorClient?.value ?? false,
    clusterId: neighbour.clusterId?.value ?? speaker.clusterId,
    allowedLoops: settings?.allowAsIn?.value ?? 0,
    keepsNextHop: (settings?.nextHopUnchanged?.value ?? false) || serves || (unchanged?.includes('next-hop') ?? false),
    keepsMed: serves || (unchanged?.includes('med') ?? table.behaviour.bgp.passesMedOn ?? false),
    addsNoAs: serves || (unchanged?.includes('as-path') ?? false),
    shutsDown: speaker.process.options.gracefulShutdown?.value ?? false,
    policyOnlyFilters: !(
      speaker.process.options.reflectorOutboundPolicy?.value ??
      table.behaviour.bgp.outboundPolicyChangesReflected ??
      true
    ),
    checksPeerAs:
      (table.behaviour.bgp.splitHorizonByPeerAs ?? false) &&
      peering.type === 'ebgp' &&
      !settings?.asOverride?.value &&
      !settings?.peerAsCheckDisabled?.value,
    keepsPath: !settings?.asOverride?.value && !settings?.removePrivateAs && !replaces,
    ignoresPathOut:
      !settings?.asPathListOut &&
      !table.behaviour.bgp.prependsBeforeOwnAs &&
      (policyOut === undefined || context.policies.ignoresPath(table, policyOut)) &&
      (withholds === undefined || context.policies.ignoresPath(table, withholds)),
    ignoresPathIn:
      !settings?.asPathListIn &&
      !speaker.process.options.rejectAsSets?.value &&
      (policyIn === undefined || context.policies.ignoresPath(table, policyIn)),
    classOut: withholds
      ? joint(joint(filterOut?.prefixClass ?? alike, classOf(policyOut)), classOf(withholds))
      : joint(filterOut?.prefixClass ?? alike, classOf(policyOut)),
    classIn: joint(filterIn?.prefixClass ?? alike, classOf(policyIn)),
    questions: allOf([
      filterOut?.prefixClass ?? alike,
      classOf(policyOut),
      classOf(withholds),
      filterIn?.prefixClass ?? alike,
      classOf(policyIn),
    ]),
    conditions,
    receivedSpans: [neighbour.span],
    spansByEntry: new Map(),
  };
}
