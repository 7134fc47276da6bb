import { makePrefix, type Prefix, parseIp, parsePrefix, prefixContains } from '../../config/address.ts';
import type { Action } from '../forwarding/fib.ts';
import { Forwarding } from '../forwarding/forwarding.ts';
import { type Computed, networkState } from '../network-state.ts';
import type { Account } from '../protocols/protocol.ts';
import { compareRoutes, type RibRoute } from '../rib.ts';
import type { NextHop, Reason } from '../state.ts';
import type { Table } from '../topology.ts';

/** A route that a protocol offered to the table. */
export interface Candidate {
  readonly protocol: string;
  readonly ad: number;
  readonly metric: number;
  readonly nextHops: readonly NextHop[];
  readonly active: boolean;
  /** Why it is the active one, or what it lost to. */
  readonly why: string;
  /** Configuration lines that made it. */
  readonly lines: readonly Reason[];
}

/** Why a table has a route, or has none. */
export interface RouteExplanation {
  readonly node: string;
  readonly vrf: string;
  /** What was asked for, and the prefix that is explained: for an address the longest one that holds it. */
  readonly asked: string;
  readonly prefix: string;
  readonly present: boolean;
  readonly candidates: readonly Candidate[];
  /** What each protocol that remembers paths knows about the prefix, by protocol. */
  readonly paths: readonly { readonly protocol: string; readonly accounts: readonly Account[] }[];
  /** Where the next hops of the active route lead. */
  readonly resolution: readonly Reason[];
  /** Configured and not in the table, and what else may be the cause of its absence. */
  readonly absent: readonly Reason[];
}

/**
 * Explains a prefix (`10.0.0.0/24`) or an address in one table of a computed lab; undefined when the text is neither.
 */
export function explainPrefix(computed: Computed, table: Table, asked: string): RouteExplanation | undefined {
  const { context, protocols, results, ribOf, ribs } = computed;
  const ip = parseIp(asked);
  const exact = parsePrefix(asked);
  if (!ip && !exact) return undefined;
  const longest = ip && ribOf(table).lookup(ip);
  const prefix =
    exact ??
    (longest
      ? context.prefixes.get(longest.prefix)
      : makePrefix(ip as NonNullable<typeof ip>, ip?.version === 4 ? 32 : 128));
  const id = context.prefixes.intern(prefix);
  const offered = protocols
    .flatMap(({ name }) => ribs.offers(table, name).filter((route) => route.prefix === id))
    .sort(compareRoutes);
  const active = ribOf(table).get(id);
  const state = networkState(computed);
  const forwarding = new Forwarding(context.topology.snapshot, state);
  return {
    node: table.node,
    vrf: table.vrf,
    asked,
    prefix: prefix.text,
    present: active !== undefined,
    candidates: offered.map((route) => candidateOf(table, route, active)),
    paths: protocols.flatMap(({ name }) => {
      const accounts = results.get(name)?.explain?.(table, id) ?? [];
      return accounts.length > 0 ? [{ protocol: name, accounts }] : [];
    }),
    resolution: active ? resolutionOf(forwarding, table, prefix) : [],
    absent: absenceOf(computed, table, prefix, active),
  };
}

function candidateOf({ node }: Table, route: RibRoute, active: RibRoute | undefined): Candidate {
  const { protocol, ad, metric, nextHops, spans } = route;
  const isActive = route === active;
  const why = isActive
    ? 'the active route'
    : !active
      ? 'not in the table'
      : ad !== active.ad
        ? `its administrative distance ${ad} is higher than ${active.ad} (${active.protocol})`
        : metric !== active.metric && protocol === active.protocol
          ? `its metric ${metric} is higher than ${active.metric}`
          : `${active.protocol} is preferred at equal distance`;
  return {
    protocol,
    ad,
    metric,
    nextHops,
    active: isActive,
    why,
    lines: spans.map((span, at) => ({ text: `${node}: ${at === 0 ? 'made by' : 'and by'} this line`, node, span })),
  };
}

/** The interfaces by which packets for the prefix leave, and the routes that next hops were followed through. */
function resolutionOf(forwarding: Forwarding, table: Table, prefix: Prefix): readonly Reason[] {
  const { node } = table;
  const actions = forwarding.fib(table).entry(prefix.text)?.actions ?? [];
  const follow = (action: Action): readonly Reason[] => {
    const further = action.via.slice(1).map((route, at): Reason => {
      const hops = action.via[at]?.nextHops
        .map(({ ip }) => ip)
        .filter(Boolean)
        .join(', ');
      const span = route.spans?.[0];
      return {
        text: `${node}: the next hop ${hops} is reached by ${route.prefix} (${route.protocol})`,
        node,
        ...(span && { span }),
      };
    });
    switch (action.kind) {
      case 'out': {
        const { interface: one, gateway } = action;
        const text = `${node}: leaves by ${one.name}${gateway ? ` to ${gateway.text}` : ''}`;
        return [...further, { text, node, span: one.config.span }];
      }
      case 'tunnel':
        return [...further, { text: `${node}: carried to ${action.endpoint.text} in a tunnel`, node }];
      case 'lookup':
        return [...further, { text: `${node}: looked up again in VRF ${action.table.vrf}`, node }];
      case 'drop':
        return [...further, { text: `${node}: dropped on purpose`, node }];
      case 'unresolved':
        return [...further, { text: `${node}: ${action.text}`, node }];
    }
  };
  return actions.flatMap(follow);
}

/** Lines of this device that would make the route and do not, and what keeps neighbours apart that may have it. */
function absenceOf(
  { context, results, ribs, protocols }: Computed,
  table: Table,
  prefix: Prefix,
  active: RibRoute | undefined,
): readonly Reason[] {
  const { node, vrf, device } = table;
  const { topology } = context;
  const id = context.prefixes.intern(prefix);
  const found: Reason[] = [];
  for (const one of topology.interfacesOf(table)) {
    if (one.up || !one.addresses.some(({ ip }) => prefixContains(prefix, ip))) continue;
    const text = `${node}: ${one.name} has an address in it and is down: ${one.downReason}`;
    found.push({ text, node, span: one.config.span });
    if (one.downCause) found.push({ text: `${one.downCause.node}: the cause is this line`, ...one.downCause });
  }
  const statics = ribs.offers(table, 'static').filter((route) => route.prefix === id);
  for (const line of device.staticRoutes) {
    if (line.vrf !== vrf || context.prefixes.internText(line.prefix) !== id) continue;
    if (statics.some((route) => route.spans.includes(line.span))) continue;
    const { ip, interface: name } = line.nextHop;
    const why =
      statics.length > 0
        ? 'another line for the prefix has a lower distance'
        : name !== undefined && topology.states.get(node)?.get(name)?.up !== true
          ? `its interface ${name} is down or not there`
          : `its next hop ${ip ?? name ?? ''} is not reached`;
    found.push({ text: `${node}: a static route is configured and not installed: ${why}`, node, span: line.span });
  }
  if (active) return found;
  for (const { name } of protocols)
    for (const { node: at, vrf: of, state, protocol, interface: port, peerNode, detail, span } of results.get(name)
      ?.adjacencies ?? [])
      if (at === node && of === vrf && state === 'down')
        found.push({
          text: `${node}: no ${protocol} adjacency with ${peerNode} on ${port}: ${detail ?? 'it is down'}`,
          node,
          ...(span && { span }),
        });
  for (const { name } of protocols)
    for (const { node: at, vrf: of, state, peer, reason, span } of results.get(name)?.sessions ?? [])
      if (at === node && of === vrf && state === 'down')
        found.push({ text: `${node}: no BGP session with ${peer}: ${reason?.text ?? 'it is down'}`, node, span });
  const owners = topology.tables.filter((other) => {
    const offers = (protocol: string): boolean => ribs.offers(other, protocol).some((route) => route.prefix === id);
    return other !== table && (offers('connected') || offers('static'));
  });
  for (const owner of owners) {
    const route = [...ribs.offers(owner, 'connected'), ...ribs.offers(owner, 'static')].find(
      (one) => one.prefix === id,
    );
    const span = route?.spans[0];
    found.push({
      text: `${owner.node}${owner.vrf === 'default' ? '' : ` (VRF ${owner.vrf})`} has it (${route?.protocol}), and it does not reach ${node}`,
      node: owner.node,
      ...(span && { span }),
    });
  }
  if (owners.length === 0 && found.length === 0)
    found.push({ text: 'no device of the lab has the prefix attached or as a static route' });
  return found;
}
