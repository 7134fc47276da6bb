import { parseIp, parsePrefix } from '../../../config/address.ts';
import type { NextHop, Route, RouteProtocol } from '../../../network/state.ts';
import type { BgpTablePath, ZebraRoute } from '../readings.ts';

/** What only a routing daemon can say about a route of its protocol, by prefix. */
export interface ProtocolDetails {
  readonly bgp: ReadonlyMap<string, BgpTablePath>;
  readonly globalOf: ReadonlyMap<string, string>;
  readonly ospf: ReadonlyMap<string, RouteProtocol>;
  readonly ospf6: ReadonlyMap<string, RouteProtocol>;
  readonly isis: ReadonlyMap<string, RouteProtocol>;
}

/** Protocols of zebra that mean the same here, and those that a daemon has to explain. */
const PLAIN: Readonly<Record<string, RouteProtocol>> = {
  connected: 'connected',
  static: 'static',
  rip: 'rip',
  ripng: 'rip',
  eigrp: 'eigrp',
};

/** Routes of the kernel's own and those to a router's own addresses (FRR 9.1 and later) are no part of the state. */
const NOT_LISTED: ReadonlySet<string> = new Set(['kernel', 'local']);

function protocolOf({ protocol, prefix }: ZebraRoute, details: ProtocolDetails): RouteProtocol | undefined {
  const plain = PLAIN[protocol];
  if (plain) return plain;
  if (protocol === 'ospf') return details.ospf.get(prefix) ?? 'ospf';
  if (protocol === 'ospf6') return details.ospf6.get(prefix) ?? 'ospf';
  if (protocol === 'isis') return details.isis.get(prefix) ?? 'isis-l2';
  if (protocol === 'bgp') return bgpProtocol(details.bgp.get(prefix));
  return undefined;
}

function bgpProtocol(best: BgpTablePath | undefined): RouteProtocol {
  if (!best) return 'bgp';
  if (best.peerId === undefined || best.peerId === '(unspec)') return 'bgp-aggregate';
  return best.pathFrom === 'internal' ? 'ibgp' : 'ebgp';
}

const isLinkLocal = (prefix: string): boolean => /^fe[89ab][0-9a-f]:/i.test(prefix);

/** The active routes of a VRF in the order of a state. `unknown` collects protocols that have no name here. */
export function routesOf(
  routes: readonly ZebraRoute[],
  details: ProtocolDetails,
  interfaceOf: (port: string) => string,
  unknown: Set<string>,
): readonly Route[] {
  const found: Route[] = [];
  for (const route of routes) {
    if (!route.selected || NOT_LISTED.has(route.protocol) || isLinkLocal(route.prefix)) continue;
    const protocol = protocolOf(route, details);
    if (!protocol) {
      unknown.add(route.protocol);
      continue;
    }
    found.push({
      prefix: canonical(route.prefix),
      protocol,
      ad: route.distance,
      metric: route.metric,
      nextHops: nextHopsOf(route, interfaceOf, route.protocol === 'bgp' ? details.globalOf : NONE),
      ...(route.tag !== undefined && route.tag !== 0 && { tag: route.tag }),
    });
  }
  return found;
}

const canonical = (prefix: string): string => parsePrefix(prefix)?.text ?? prefix;

const NONE: ReadonlyMap<string, string> = new Map();

/**
 * The next hops as they were learned: a recursive one by its address, without what it resolves to, and a neighbour by
 * its global address.
 */
function nextHopsOf(
  { nexthops = [] }: ZebraRoute,
  interfaceOf: (port: string) => string,
  globalOf: ReadonlyMap<string, string>,
): readonly NextHop[] {
  const hops = nexthops
    .filter((hop) => hop.active === true && hop.duplicate !== true && !('resolver' in hop))
    .map((hop): NextHop => {
      if (hop.blackhole || hop.reject || hop.unreachable) return { ip: null, interface: null, vrf: null, drop: true };
      const port = hop.recursive || hop.interfaceName === undefined ? null : interfaceOf(hop.interfaceName);
      const ip = hop.ip === undefined ? undefined : (globalOf.get(hop.ip) ?? hop.ip);
      return { ip: ip === undefined ? null : (parseIp(ip)?.text ?? ip), interface: port, vrf: null };
    });
  const key = ({ ip, interface: port }: NextHop): string => `${ip ?? ''}@${port ?? ''}`;
  const distinct = new Map(hops.map((hop) => [key(hop), hop]));
  return [...distinct.values()].sort((a, b) => compareHops(a, b));
}

function compareHops(a: NextHop, b: NextHop): number {
  const [x, y] = [a.ip === null ? undefined : parseIp(a.ip), b.ip === null ? undefined : parseIp(b.ip)];
  for (let at = 0; at < 4; at += 1) {
    const order = (x?.words[at] ?? -1) - (y?.words[at] ?? -1);
    if (order !== 0) return order;
  }
  return (a.interface ?? '') < (b.interface ?? '') ? -1 : 1;
}
