import type { Ip } from '../../config/address.ts';
import { prefixListKey } from '../../config/device/policy.ts';
import type { FibEntry } from '../forwarding/fib.ts';
import type { Disposition, Forwarding } from '../forwarding/forwarding.ts';
import type { L3Interface, Table } from '../topology.ts';

/** A place at which packets are looked at: access-lists, reverse path checks, policy routing. */
export interface Filter {
  readonly one: L3Interface;
  readonly direction: 'in' | 'out';
  /** All that it does, as a text; two equal ones do the same. */
  readonly key: string;
}

/** How traffic for an atom goes on from a table where no filter stops it, and the filters that may. */
export type Edge =
  | { readonly end: Disposition; readonly at: string; readonly filters: readonly Filter[] }
  | { readonly next: Table; readonly filters: readonly Filter[] };

export interface Edges {
  /** All that the table does apart from filters, in a text that two states can be compared by. */
  readonly key: string;
  readonly edges: readonly Edge[];
}

const NO_ROUTE = 'no-route';
const NONE: readonly Filter[] = [];

/** What filters an interface has in one direction, as a text; empty when nothing looks at packets there. */
export function filterKey(one: L3Interface, direction: 'in' | 'out'): string {
  const { device } = one.table;
  const { accessGroups, unicastReversePath, policyRouting } = one.config;
  const lists = accessGroups
    .filter((group) => group.direction === direction)
    .map(({ list, family }) => {
      const found = device.accessLists.get(prefixListKey(family, list.value));
      const entries = found?.entries.map(({ span: _span, ...entry }) => {
        const groups = [entry.source, entry.destination].flatMap((at) =>
          at.kind === 'group'
            ? (device.prefixLists.get(prefixListKey(family, at.name))?.entries ?? []).map(({ prefix }) => prefix)
            : [],
        );
        return { ...entry, groups };
      });
      return [family, list.value, entries ?? null];
    });
  const entry = direction === 'in' ? [unicastReversePath?.value ?? null, policyRouting?.value ?? null] : [null, null];
  return lists.length === 0 && entry.every((one) => one === null) ? '' : JSON.stringify([lists, entry]);
}

/** The forwarding of a state as a graph of tables, worked out per table and prefix. */
export class ReachabilityGraph {
  readonly forwarding: Forwarding;
  readonly #edges = new Map<FibEntry, Edges>();
  readonly #filters = new Map<string, readonly Filter[]>();
  readonly #noRoute = new Map<number, Edges>();

  constructor(forwarding: Forwarding) {
    this.forwarding = forwarding;
  }

  entryOf(table: Table, ip: Ip): FibEntry | undefined {
    return this.forwarding.fib(table).lookup(ip);
  }

  edgesOf(table: Table, ip: Ip): Edges {
    const entry = this.entryOf(table, ip);
    if (!entry) {
      const known = this.#noRoute.get(table.index) ?? {
        key: NO_ROUTE,
        edges: [{ end: NO_ROUTE, at: table.node, filters: NONE }],
      };
      this.#noRoute.set(table.index, known);
      return known;
    }
    const known = this.#edges.get(entry);
    if (known) return known;
    const parts = entry.actions.map((action) => this.#follow(table, action, ip));
    const made: Edges =
      parts.length === 0
        ? { key: 'unknown', edges: [{ end: 'unknown', at: table.node, filters: NONE }] }
        : { key: parts.map(({ key }) => key).join('\n'), edges: parts.flatMap(({ edges }) => edges) };
    this.#edges.set(entry, made);
    return made;
  }

  /** The filter of an interface in one direction; none where nothing looks at packets. */
  filtersOf(one: L3Interface, direction: 'in' | 'out'): readonly Filter[] {
    const name = `${one.index} ${direction}`;
    const known = this.#filters.get(name);
    if (known) return known;
    const text = filterKey(one, direction);
    const made = text === '' ? NONE : [{ one, direction, key: `${one.table.node} ${one.name} ${direction} ${text}` }];
    this.#filters.set(name, made);
    return made;
  }

  #follow(table: Table, action: FibEntry['actions'][number], ip: Ip): Edges {
    const { node } = table;
    const end = (disposition: Disposition, what = ''): Edges => ({
      key: `${disposition} ${what}`,
      edges: [{ end: disposition, at: node, filters: NONE }],
    });
    switch (action.kind) {
      case 'drop':
        return end('null-routed');
      case 'unresolved':
        return end('next-hop-unreachable', action.text);
      case 'lookup':
        return { key: `lookup ${action.table.vrf}`, edges: [{ next: action.table, filters: NONE }] };
      case 'tunnel':
        return this.#tunnel(table, action, ip);
      case 'out':
        return this.#out(action);
    }
  }

  /** The way to a tunnel's end is part of what the table does: another underlay is another way. */
  #tunnel(table: Table, action: Extract<FibEntry['actions'][number], { kind: 'tunnel' }>, ip: Ip): Edges {
    const found = this.forwarding.tunnelTarget(ip, action);
    if ('broken' in found) {
      const end = found.unknown ? 'unknown' : 'next-hop-unreachable';
      return { key: `${action.endpoint.text} ${end}`, edges: [{ end, at: table.node, filters: NONE }] };
    }
    const { target } = found;
    return {
      key: `tunnel ${action.endpoint.text} ${target.node} ${target.vrf}`,
      edges: [{ next: target, filters: NONE }],
    };
  }

  #out({ interface: one, gateway, toPeer }: Extract<FibEntry['actions'][number], { kind: 'out' }>): Edges {
    const { node } = one.table;
    const filters = this.filtersOf(one, 'out');
    const name = `${node} ${one.name}`;
    const ends = (end: Disposition, what: string): Edges => ({ key: what, edges: [{ end, at: node, filters }] });
    // The destination itself is attached: whoever has the address there, the packet is on its subnet.
    if (gateway === null && !toPeer) {
      // A neighbour there looks at packets for its own address before it takes them.
      const there = this.forwarding.topology.neighboursOf(one).flatMap((far) => this.filtersOf(far, 'in'));
      return { key: `attached ${name}`, edges: [{ end: 'attached', at: node, filters: [...filters, ...there] }] };
    }
    if (one.config.kind === 'tunnel' && this.forwarding.topology.neighboursOf(one).length === 0)
      return ends('unknown', `tunnel ${name}`);
    const { neighbours } = this.forwarding;
    const arrival = gateway === null ? neighbours.peer(one) : neighbours.at(one, gateway);
    if (arrival.kind === 'outside') return ends('exits', `exits ${name} ${gateway?.text ?? ''}`);
    if (arrival.kind === 'nobody') return ends('next-hop-unreachable', `nobody ${name} ${gateway?.text ?? ''}`);
    const parts = arrival.interfaces.map((far) => ({
      key: `to ${name} ${far.table.node} ${far.name} ${far.table.vrf}`,
      edge: { next: far.table, filters: [...filters, ...this.filtersOf(far, 'in')] },
    }));
    return { key: parts.map(({ key }) => key).join('\n'), edges: parts.map(({ edge }) => edge) };
  }
}
