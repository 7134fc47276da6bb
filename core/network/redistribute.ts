import type { BgpProcess } from '../config/device/bgp.ts';
import type { Device } from '../config/device/device.ts';
import type { Span } from '../config/span.ts';
import { fromRibRoute, type PolicyRoute } from './policy/route.ts';
import type { Context, Ribs } from './protocols/protocol.ts';
import type { RibRoute } from './rib.ts';
import type { RouteProtocol } from './state.ts';
import type { Table } from './topology.ts';

type BgpConfig = Device['bgp'][number];
export type RedistributionConfig =
  BgpConfig['families'] extends ReadonlyMap<BgpFamilyName, infer F>
    ? F extends { readonly redistribute: readonly (infer R)[] }
      ? R
      : never
    : never;
type BgpFamilyName = BgpProcess['families'] extends Map<infer K, unknown> ? K : never;

/** Sources by the name in `redistribute`, and the protocols of the table that they mean. */
const SOURCES: Readonly<Record<string, readonly RouteProtocol[]>> = {
  connected: ['connected'],
  direct: ['connected'],
  static: ['static'],
  ospf: ['ospf', 'ospf-ia', 'ospf-e1', 'ospf-e2', 'ospf-n1', 'ospf-n2'],
  ospfv3: ['ospf', 'ospf-ia', 'ospf-e1', 'ospf-e2', 'ospf-n1', 'ospf-n2'],
  ospf6: ['ospf', 'ospf-ia', 'ospf-e1', 'ospf-e2', 'ospf-n1', 'ospf-n2'],
  isis: ['isis-l1', 'isis-l2'],
  eigrp: ['eigrp', 'eigrp-ext'],
  rip: ['rip'],
  bgp: ['ebgp', 'ibgp', 'bgp', 'bgp-aggregate'],
  aggregate: ['aggregate'],
};

/** OSPF kinds by the words of `match internal external 1 ...`, as the dialects join them. */
const MATCH_TYPES: Readonly<Record<string, readonly RouteProtocol[]>> = {
  internal: ['ospf', 'ospf-ia'],
  external: ['ospf-e1', 'ospf-e2'],
  'external-1': ['ospf-e1'],
  'external-2': ['ospf-e2'],
  'nssa-external': ['ospf-n1', 'ospf-n2'],
  'nssa-external-1': ['ospf-n1'],
  'nssa-external-2': ['ospf-n2'],
};

export interface Redistributed {
  readonly route: RibRoute;
  /** The route as the policy left it: metric, tag, communities and so on. */
  readonly result: PolicyRoute;
  /** The redistribute line, then the policy terms that it passed. */
  readonly spans: readonly Span[];
}

/**
 * Active routes of the table that a `redistribute` line takes into protocol `into`, as its policy left them. What
 * `into` itself put into the table is left out, so that the answer does not depend on its own result; only another
 * process of the same protocol, named by the line, is read from the table as it is. `seed` sets what the protocol gives
 * a route before its policy sees it (a default metric). `ownProcess` names the process into which routes are taken.
 */
export function redistributed(
  context: Context,
  ribs: Ribs,
  table: Table,
  line: RedistributionConfig,
  into: string,
  seed?: (route: PolicyRoute, source: RibRoute) => void,
  ownProcess?: string,
): readonly Redistributed[] {
  const { policies, attributes } = context;
  const wanted = SOURCES[line.source];
  if (!wanted) {
    if (line.source !== 'kernel' && line.source !== 'attached-host')
      context.caveat(table.node, `Redistribution from ${line.source} into ${into} is not modelled.`, line.span);
    return [];
  }
  const kinds = line.matchTypes?.length
    ? new Set(line.matchTypes.flatMap((type) => MATCH_TYPES[type] ?? []))
    : undefined;
  // Words of other protocols (`match` has none of OSPF's kinds) restrict nothing.
  const allowed = kinds && kinds.size > 0 ? wanted.filter((protocol) => kinds.has(protocol)) : wanted;
  const sibling = line.source === into;
  const rib = sibling ? ribs.of(table) : ribs.without(table, into);
  const attached = new Set(table.behaviour.redistributesAttachedNetworks ? ribs.attached(table, line.source) : []);
  const result: Redistributed[] = [];
  const internal =
    table.device.bgp.find((process) => process.vrf === table.vrf)?.options.redistributeInternal?.value ??
    table.behaviour.redistributesInternalBgp ??
    true;
  for (const route of rib.routes()) {
    if (route.protocol === 'ibgp' && !internal) continue;
    const fits =
      (allowed.includes(route.protocol) &&
        (line.sourceId === undefined || route.process === '' || route.process === line.sourceId)) ||
      (route.protocol === 'connected' && attached.has(route.prefix));
    if (!fits || route.noReadvertise || (sibling && route.process === ownProcess)) continue;
    const shown = fromRibRoute(attributes, route);
    if (line.metric !== undefined) shown.metric = line.metric;
    if (line.tag !== undefined) shown.tag = line.tag;
    seed?.(shown, route);
    const outcome = line.policy
      ? policies.evaluate(table, line.policy.policies, shown, {
          routeExists: (prefix) => rib.get(prefix) !== undefined,
        })
      : undefined;
    if (outcome?.verdict === 'deny') continue;
    result.push({ route, result: shown, spans: [line.span, ...(outcome?.spans ?? []), ...route.spans] });
  }
  return result;
}
