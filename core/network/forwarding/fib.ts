import { type Ip, parseIp, parsePrefix } from '../../config/address.ts';
import type { NextHop, Route } from '../state.ts';
import type { L3Interface, Table } from '../topology.ts';
import { LongestMatch } from './longest-match.ts';

/** What a table does with packets for a prefix, followed through recursive routes to the interface by which they leave. */
export type Action =
  /** Out of an interface, to a gateway on it; without one to the destination itself, or to `peer` at the other end. */
  | {
      readonly kind: 'out';
      readonly interface: L3Interface;
      readonly gateway: Ip | null;
      /** The route leads to whoever is at the other end of the interface (unnumbered links). */
      readonly toPeer: boolean;
      readonly via: readonly Route[];
    }
  /** Looked up again in another table of the same device. */
  | { readonly kind: 'lookup'; readonly table: Table; readonly via: readonly Route[] }
  /** Carried by a label or in VXLAN to another device, which looks it up in a VRF of its own. */
  | {
      readonly kind: 'tunnel';
      readonly endpoint: Ip;
      /** The table in which the way to the endpoint is looked up. */
      readonly underlay: Table;
      readonly tables: readonly Table[];
      readonly via: readonly Route[];
    }
  | { readonly kind: 'drop'; readonly via: readonly Route[] }
  | {
      readonly kind: 'unresolved';
      readonly text: string;
      /** The interface that it would leave by is down or unknown; otherwise the next hop leads nowhere. */
      readonly via: readonly Route[];
    };

export interface FibEntry {
  readonly prefix: string;
  /** Active routes of the prefix; several only where a system keeps several. */
  readonly routes: readonly Route[];
  /** One per equal-cost branch. */
  readonly actions: readonly Action[];
}

/** What resolving next hops needs to know about the rest of the device and the lab. */
export interface FibScope {
  readonly interfaceOf: (node: string, name: string) => L3Interface | undefined;
  readonly tableOf: (node: string, vrf: string) => Table | undefined;
  readonly fibOf: (table: Table) => Fib;
  /** Whether the device drops what it sends to that interface (Null0). */
  readonly isNull: (node: string, name: string) => boolean;
  /** Tables of other devices that a VPN route of this table with that next hop leads to. */
  readonly tunnelTo: (table: Table, endpoint: Ip) => readonly Table[];
}

/** Deeper recursion than any network has on purpose. */
const MAXIMUM_DEPTH = 16;

const isAttached = ({ protocol }: Route): boolean => protocol === 'connected' || protocol === 'local';
/** Protocols whose route to an interface means the neighbour there; a static route means the destination itself. */
const meansPeer = ({ protocol }: Route): boolean =>
  !isAttached({ protocol } as Route) && protocol !== 'static' && protocol !== 'hsrp' && protocol !== 'vrrp';

/** The forwarding table of one VRF of one device: its active routes, with next hops resolved when they are asked for. */
export class Fib {
  readonly table: Table;
  readonly #entries = new LongestMatch<{ readonly prefix: string; readonly routes: Route[] }>();
  readonly #made = new Map<string, FibEntry>();
  readonly #scope: FibScope;

  constructor(table: Table, routes: readonly Route[], scope: FibScope) {
    this.table = table;
    this.#scope = scope;
    for (const route of routes) {
      const prefix = parsePrefix(route.prefix);
      if (!prefix) continue;
      const known = this.#entries.get(prefix);
      if (known) known.routes.push(route);
      else this.#entries.set(prefix, { prefix: route.prefix, routes: [route] });
    }
  }

  /** The entry with the longest prefix that holds the address. */
  lookup(ip: Ip): FibEntry | undefined {
    const found = this.#entries.find(ip);
    return found && this.#entry(found);
  }

  /** The entry of exactly that prefix. */
  entry(text: string): FibEntry | undefined {
    const prefix = parsePrefix(text);
    const found = prefix && this.#entries.get(prefix);
    return found && this.#entry(found);
  }

  #entry({ prefix, routes }: { readonly prefix: string; readonly routes: readonly Route[] }): FibEntry {
    const known = this.#made.get(prefix);
    if (known) return known;
    const actions = routes.flatMap((route) => route.nextHops.flatMap((hop) => this.#follow(route, hop, [route])));
    const made: FibEntry = { prefix, routes, actions: distinct(actions) };
    this.#made.set(prefix, made);
    return made;
  }

  #follow(route: Route, hop: NextHop, via: readonly Route[]): readonly Action[] {
    const { node, vrf } = this.table;
    if (hop.drop) return [{ kind: 'drop', via }];
    const gateway = hop.ip === null ? null : (parseIp(hop.ip) ?? null);
    if (hop.interface !== null) {
      if (this.#scope.isNull(node, hop.interface)) return [{ kind: 'drop', via }];
      const one = this.#scope.interfaceOf(node, hop.interface);
      if (!one) return [{ kind: 'unresolved', text: `${hop.interface} is no interface that routes`, via }];
      if (!one.up) return [{ kind: 'unresolved', text: `${one.name} is down: ${one.downReason}`, via }];
      return [{ kind: 'out', interface: one, gateway, toPeer: gateway === null && meansPeer(route), via }];
    }
    const table = hop.vrf === null || hop.vrf === vrf ? this.table : this.#scope.tableOf(node, hop.vrf);
    if (!table) return [{ kind: 'unresolved', text: `VRF ${hop.vrf} is not there`, via }];
    if (gateway === null)
      return table === this.table
        ? [{ kind: 'unresolved', text: 'the route names neither a next hop nor an interface', via }]
        : [{ kind: 'lookup', table, via }];
    const remote = this.#scope.tunnelTo(this.table, gateway);
    if (table !== this.table && remote.length > 0)
      return [{ kind: 'tunnel', endpoint: gateway, underlay: table, tables: remote, via }];
    return this.#scope.fibOf(table).#resolve(gateway, route.prefix, via);
  }

  /** Where packets for a gateway leave, by the longest route that is not the one which names it. */
  #resolve(gateway: Ip, self: string, via: readonly Route[]): readonly Action[] {
    const nowhere = (text: string): readonly Action[] => [{ kind: 'unresolved', text, via }];
    if (via.length > MAXIMUM_DEPTH) return nowhere(`the next hop ${gateway.text} is followed in a circle`);
    const found = this.#entries.find(gateway);
    if (!found) return nowhere(`no route leads to the next hop ${gateway.text}`);
    if (found.prefix === self && via.some(({ prefix }) => prefix === self) && !found.routes.some(isAttached))
      return nowhere(`the next hop ${gateway.text} is reached by the route itself`);
    return found.routes.flatMap((route) =>
      route.nextHops.flatMap((hop): readonly Action[] => {
        const further = [...via, route];
        if (!isAttached(route)) {
          // A route to an interface alone: the gateway is asked for there.
          const through = hop.ip === null && !meansPeer(route) ? { ...hop, ip: gateway.text } : hop;
          return this.#follow(route, through, further);
        }
        const one = hop.interface === null ? undefined : this.#scope.interfaceOf(this.table.node, hop.interface);
        if (!one?.up)
          return nowhere(`the next hop ${gateway.text} is on ${hop.interface ?? 'no interface'}, which is down`);
        return [{ kind: 'out', interface: one, gateway, toPeer: false, via: further }];
      }),
    );
  }
}

const keyOf = (action: Action): string => {
  switch (action.kind) {
    case 'out':
      return `out ${action.interface.index} ${action.gateway?.text ?? ''} ${action.toPeer}`;
    case 'lookup':
      return `lookup ${action.table.index}`;
    case 'tunnel':
      return `tunnel ${action.endpoint.text} ${action.underlay.index} ${action.tables.map(({ index }) => index).join()}`;
    case 'drop':
      return 'drop';
    case 'unresolved':
      return `unresolved ${action.text}`;
  }
};

/** Branches without repetition, in one order. */
function distinct(actions: readonly Action[]): readonly Action[] {
  if (actions.length < 2) return actions;
  const byKey = new Map<string, Action>();
  for (const action of actions) if (!byKey.has(keyOf(action))) byKey.set(keyOf(action), action);
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, action]) => action);
}

export const actionKey = keyOf;
