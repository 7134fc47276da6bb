import type { Ip } from '../../config/address.ts';
import type { Span } from '../../config/span.ts';
import type { Snapshot } from '../snapshot.ts';
import type { NetworkState, Reason, Route } from '../state.ts';
import { buildTopology, GLOBAL_VRF, type L3Interface, type Table, type Topology } from '../topology.ts';
import { Fib, type FibEntry, type FibScope } from './fib.ts';
import type { Flow } from './flow.ts';
import { Neighbours } from './neighbours.ts';
import { type FilterDecision, filtersOf } from './packet-filter.ts';

/** How a packet's way ends. */
export type Disposition =
  /** At an address of a device. */
  | 'delivered'
  /** On an attached subnet, at a host that is not in the lab. */
  | 'attached'
  /** Out of the lab, to a neighbour that is not in it. */
  | 'exits'
  | 'no-route'
  | 'null-routed'
  | 'denied'
  | 'loop'
  | 'next-hop-unreachable'
  /** It cannot be told from what is modelled. */
  | 'unknown';

/** The ends that mean that the packet arrives, as far as the lab reaches. */
export const ARRIVES: ReadonlySet<Disposition> = new Set(['delivered', 'attached', 'exits']);

/** A packet in a table of a device, and the interface that it came in by (null: it is made here). */
export interface Place {
  readonly table: Table;
  readonly arrivedBy: L3Interface | null;
}

/** One way on from a place: to the next place, or to an end. */
export interface Branch {
  readonly next?: Place;
  readonly end?: Disposition;
  /** Route and interface by which it goes on; absent where it ends before one is looked up. */
  readonly route?: Route;
  readonly leaves?: L3Interface;
  readonly nextHop?: string;
  /** Why, in order. */
  readonly reasons: readonly Reason[];
}

const isShownIn = (vrf: string): string => (vrf === GLOBAL_VRF ? '' : ` in VRF ${vrf}`);

/**
 * Where a lab's devices send packets, from a state of any twin and the configurations: tables resolved to interfaces
 * and devices, filters on interfaces. Pure; what it makes is kept for the next question.
 */
export class Forwarding {
  readonly topology: Topology;
  readonly state: NetworkState;
  readonly neighbours: Neighbours;
  readonly #fibs = new Map<number, Fib>();
  readonly #own = new Map<number, ReadonlyMap<string, { readonly one: L3Interface; readonly span: Span }>>();
  readonly #scope: FibScope;

  constructor(snapshot: Snapshot, state: NetworkState) {
    this.topology = buildTopology(snapshot);
    this.state = state;
    this.neighbours = new Neighbours(this.topology, state);
    this.#scope = {
      interfaceOf: this.topology.interfaceOf,
      tableOf: this.topology.tableOf,
      fibOf: (table) => this.fib(table),
      isNull: (node, name) =>
        /^null\d*$/i.test(name) || this.topology.states.get(node)?.get(name)?.config.kind === 'null',
      tunnelTo: (table, endpoint) => this.#tunnelTo(table, endpoint),
    };
  }

  fib(table: Table): Fib {
    const known = this.#fibs.get(table.index);
    if (known) return known;
    const made = new Fib(table, this.state.nodes.get(table.node)?.get(table.vrf)?.routes ?? [], this.#scope);
    this.#fibs.set(table.index, made);
    return made;
  }

  /** The interface of a table that owns the address, or answers for it (VRRP, HSRP, anycast), while it is up. */
  ownerIn(table: Table, ip: Ip): { readonly one: L3Interface; readonly span: Span } | undefined {
    let own = this.#own.get(table.index);
    if (!own) {
      const found = new Map<string, { readonly one: L3Interface; readonly span: Span }>();
      for (const one of this.topology.interfacesOf(table)) {
        if (!one.up) continue;
        for (const address of this.neighbours.virtualAddresses(one)) found.set(address, { one, span: one.config.span });
        for (const { ip: address, span } of one.addresses) found.set(address.text, { one, span });
      }
      own = found;
      this.#own.set(table.index, own);
    }
    return own.get(ip.text);
  }

  /** Tables of other devices to which a VPN route of a VRF with that next hop carries packets: those that export to it. */
  #tunnelTo(table: Table, endpoint: Ip): readonly Table[] {
    if (table.vrf === GLOBAL_VRF) return [];
    const wanted = targetsOf(table, 'import', endpoint.version);
    return this.topology
      .ownersOf(endpoint.text)
      .filter(({ up, table: { node } }) => up && node !== table.node)
      .flatMap(({ table: { node } }) => this.topology.tables.filter((other) => other.node === node))
      .filter((other) => other.vrf !== GLOBAL_VRF)
      .filter((other) => targetsOf(other, 'export', endpoint.version).some((target) => wanted.includes(target)));
  }

  /** All that a device does with a packet, branch by branch. */
  step({ table, arrivedBy }: Place, flow: Flow): readonly Branch[] {
    const { node } = table;
    if (arrivedBy) {
      const stopped = this.#admit(arrivedBy, flow);
      if (stopped) return [stopped];
    }
    const admitted = arrivedBy ? passed(node, filtersOf(arrivedBy, 'in', flow)) : [];
    const own = this.ownerIn(table, flow.destination);
    if (own)
      return [
        {
          end: 'delivered',
          leaves: own.one,
          reasons: [
            ...admitted,
            { text: `${flow.destination.text} is an address of ${node} ${own.one.name}`, node, span: own.span },
          ],
        },
      ];
    const entry = this.fib(table).lookup(flow.destination);
    if (!entry)
      return [
        {
          end: 'no-route',
          reasons: [
            ...admitted,
            { text: `${node} has no route for ${flow.destination.text}${isShownIn(table.vrf)}`, node },
          ],
        },
      ];
    return entry.actions.length === 0
      ? [
          {
            end: 'unknown',
            reasons: [...admitted, { text: `${node}: the route ${entry.prefix} has no next hop`, node }],
          },
        ]
      : entry.actions.flatMap((_, at) => this.#carry(table, arrivedBy, flow, entry, at, admitted));
  }

  /** What keeps a packet from being looked up where it comes in; undefined when nothing does. */
  #admit(arrivedBy: L3Interface, flow: Flow): Branch | undefined {
    const { node } = arrivedBy.table;
    const filtered = firstObstacle(node, filtersOf(arrivedBy, 'in', flow), `coming in by ${arrivedBy.name}`);
    if (filtered) return filtered;
    const { policyRouting, unicastReversePath } = arrivedBy.config;
    if (policyRouting)
      return {
        end: 'unknown',
        reasons: [
          {
            text: `policy routing by ${policyRouting.value} on ${node} ${arrivedBy.name} is not modelled`,
            node,
            span: policyRouting.span,
          },
        ],
      };
    return unicastReversePath && flow.source
      ? this.#reversePath(arrivedBy, flow.source, unicastReversePath.value, unicastReversePath.span)
      : undefined;
  }

  /** RFC 3704: a packet is dropped whose source is not reached by the interface (strict), or not at all (loose). */
  #reversePath(arrivedBy: L3Interface, source: Ip, mode: 'strict' | 'loose', span: Span): Branch | undefined {
    const { node } = arrivedBy.table;
    const entry = this.fib(arrivedBy.table).lookup(source);
    const reached = entry?.actions.some(
      (action) => action.kind === 'out' && (mode === 'loose' || action.interface === arrivedBy),
    );
    if (
      reached ||
      (entry && mode === 'loose' && entry.actions.some(({ kind }) => kind === 'tunnel' || kind === 'lookup'))
    )
      return undefined;
    const how = mode === 'strict' ? `is not reached by ${arrivedBy.name}` : 'is not reached';
    return {
      end: 'denied',
      reasons: [{ text: `${node} drops it: its source ${source.text} ${how} (reverse path check)`, node, span }],
    };
  }

  #carry(
    table: Table,
    arrivedBy: L3Interface | null,
    flow: Flow,
    entry: FibEntry,
    at: number,
    before: readonly Reason[],
  ): readonly Branch[] {
    const { node } = table;
    const action = entry.actions[at] as FibEntry['actions'][number];
    const route = action.via[0] as Route;
    const reasons: Reason[] = [...before, ...routeReasons(table, action.via)];
    const branch = { route, reasons };
    switch (action.kind) {
      case 'drop':
        reasons.push({ text: `${node} drops it: the route ${route.prefix} leads nowhere on purpose`, node });
        return [{ ...branch, end: 'null-routed' }];
      case 'unresolved':
        reasons.push({ text: `${node} drops it: ${action.text}`, node });
        return [{ ...branch, end: 'next-hop-unreachable' }];
      case 'lookup':
        reasons.push({ text: `it is looked up again${isShownIn(action.table.vrf) || ' in the global table'}`, node });
        return [{ ...branch, next: { table: action.table, arrivedBy: null } }];
      case 'tunnel':
        return [this.#enterTunnel(flow, action, branch)];
      case 'out':
        return this.#leave(arrivedBy, flow, action, branch);
    }
  }

  /** The table at the far end of a tunnel that looks a destination up, or why the tunnel does not carry packets there. */
  tunnelTarget(
    destination: Ip,
    { endpoint, underlay, tables }: Extract<FibEntry['actions'][number], { kind: 'tunnel' }>,
  ): { readonly target: Table } | { readonly broken: string; readonly unknown: boolean } {
    const holds = (table: Table): boolean =>
      this.fib(table).lookup(destination) !== undefined || this.ownerIn(table, destination) !== undefined;
    const broken = this.#underlayBreaks({ table: underlay, arrivedBy: null }, endpoint);
    if (broken) return { broken: broken.text, unknown: broken.unknown };
    const target = tables.find(holds) ?? tables[0];
    return target ? { target } : { broken: 'no VRF there takes it', unknown: true };
  }

  #enterTunnel(
    flow: Flow,
    action: Extract<FibEntry['actions'][number], { kind: 'tunnel' }>,
    branch: { readonly route: Route; readonly reasons: Reason[] },
  ): Branch {
    const { endpoint, underlay } = action;
    const { node } = underlay;
    const found = this.tunnelTarget(flow.destination, action);
    if ('broken' in found) {
      const text = `it would be carried to ${endpoint.text}, which is not reached: ${found.broken}`;
      branch.reasons.push({ text, node });
      return { ...branch, end: found.unknown ? 'unknown' : 'next-hop-unreachable' };
    }
    const { target } = found;
    branch.reasons.push({ text: `it is carried to ${target.node} (${endpoint.text}) into VRF ${target.vrf}`, node });
    return { ...branch, nextHop: endpoint.text, next: { table: target, arrivedBy: null } };
  }

  /** Why the way to a tunnel's end breaks; undefined when every branch of it arrives. Filters are asked about the tunnel alone. */
  #underlayBreaks(start: Place, endpoint: Ip): { readonly text: string; readonly unknown: boolean } | undefined {
    const seen = new Set<string>();
    const walk = (
      place: Place,
      path: ReadonlySet<number>,
    ): { readonly text: string; readonly unknown: boolean } | undefined => {
      const key = `${place.table.index} ${place.arrivedBy?.index ?? -1}`;
      if (path.has(place.table.index)) return { text: `it loops at ${place.table.node}`, unknown: false };
      if (seen.has(key)) return undefined;
      seen.add(key);
      for (const branch of this.step(place, { destination: endpoint })) {
        if (branch.end === 'delivered') continue;
        if (branch.end) return { text: branch.reasons.at(-1)?.text ?? branch.end, unknown: branch.end === 'unknown' };
        const further = branch.next && walk(branch.next, new Set([...path, place.table.index]));
        if (further) return further;
      }
      return undefined;
    };
    return walk(start, new Set());
  }

  #leave(
    arrivedBy: L3Interface | null,
    flow: Flow,
    { interface: one, gateway, toPeer }: Extract<FibEntry['actions'][number], { kind: 'out' }>,
    branch: { readonly route: Route; readonly reasons: Reason[] },
  ): readonly Branch[] {
    const { node, behaviour } = one.table;
    const leaves = { ...branch, leaves: one, ...(gateway && { nextHop: gateway.text }) };
    const because = (text: string): readonly Reason[] => [...branch.reasons, { text, node, span: one.config.span }];
    const own = arrivedBy === null && behaviour.packetFilters?.ownPacketsUnfiltered;
    const decisions = own ? [] : filtersOf(one, 'out', flow);
    const stopped = firstObstacle(node, decisions, `going out by ${one.name}`);
    if (stopped) return [{ ...leaves, ...stopped, reasons: [...branch.reasons, ...stopped.reasons] }];
    branch.reasons.push(...passed(node, decisions));
    if (one.config.kind === 'tunnel' && this.topology.neighboursOf(one).length === 0)
      return [
        { ...leaves, end: 'unknown', reasons: because(`the other end of the tunnel ${node} ${one.name} is not known`) },
      ];
    const arrival = toPeer ? this.neighbours.peer(one) : this.neighbours.at(one, gateway ?? flow.destination);
    if (arrival.kind === 'device')
      return arrival.interfaces.map((far) => ({
        ...leaves,
        reasons: because(`it leaves by ${one.name} to ${far.table.node} ${far.name}`),
        next: { table: far.table, arrivedBy: far },
      }));
    if (gateway === null && !toPeer)
      return [
        {
          ...leaves,
          end: 'attached',
          reasons: because(`${flow.destination.text} is on the subnet attached to ${node} ${one.name}`),
        },
      ];
    if (arrival.kind === 'outside') {
      const to = gateway ? ` to ${gateway.text}, which is not in the lab` : '';
      return [{ ...leaves, end: 'exits', reasons: because(`it leaves the lab by ${node} ${one.name}${to}`) }];
    }
    return [{ ...leaves, end: 'next-hop-unreachable', reasons: because(`${node} cannot send it on: ${arrival.text}`) }];
  }
}

/** Route targets of a VRF as the family has them; those of EVPN count for either. */
function targetsOf({ device, vrf }: Table, side: 'import' | 'export', version: 4 | 6): readonly string[] {
  const found = device.vrfs.get(vrf);
  if (!found) return [];
  const field = side === 'import' ? 'importTargets' : 'exportTargets';
  const own = version === 6 && found.ipv6 ? found.ipv6[field] : found[field];
  return [...own, ...(found.evpn?.[field] ?? [])].map(({ value }) => value);
}

const passed = (node: string, decisions: readonly FilterDecision[]): readonly Reason[] =>
  decisions.map(({ text, span }) => ({ text: `${node}: ${text}`, node, span }));

/** The first filter that does not let the flow pass, as the end of its way. */
function firstObstacle(node: string, decisions: readonly FilterDecision[], where: string): Branch | undefined {
  const at = decisions.findIndex(({ action }) => action !== 'permit');
  const found = decisions[at];
  if (!found) return undefined;
  return {
    end: found.action === 'deny' ? 'denied' : 'unknown',
    reasons: [
      ...passed(node, decisions.slice(0, at)),
      { text: `${node}, ${where}: ${found.text}`, node, span: found.span },
    ],
  };
}

const SOURCES: Partial<Readonly<Record<Route['protocol'], string>>> = { connected: 'attached', local: 'own address' };

/** The route that was matched, and those that its next hop was followed through. */
function routeReasons({ node, vrf }: Table, via: readonly Route[]): readonly Reason[] {
  return via.map((route, at): Reason => {
    const { prefix, protocol, ad, metric, spans } = route;
    const kind = SOURCES[protocol] ?? `${protocol} ${ad}/${metric}`;
    const text =
      at === 0
        ? `${node} matches ${prefix}${isShownIn(vrf)} (${kind}), the longest prefix`
        : `its next hop ${via[at - 1]?.nextHops.map(({ ip }) => ip).join(', ')} is reached by ${prefix} (${kind})`;
    const span = spans?.[0];
    return { text, node, ...(span && { span }) };
  });
}
