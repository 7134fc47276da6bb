import { makePrefix } from '../../config/address.ts';
import type { Flow } from '../forwarding/flow.ts';
import type { Forwarding, Place } from '../forwarding/forwarding.ts';
import { sourceOf } from '../forwarding/trace.ts';
import type { L3Interface, Table } from '../topology.ts';
import { type Atom, atomsOf, boundsOf, ipOf } from './atoms.ts';
import type { Paths } from './fates.ts';
import { entriesOf, packetClasses, prefixesNamed } from './flow-classes.ts';
import type { Filter, ReachabilityGraph } from './graph.ts';
import { type ChangeKind, compareFates, type Fate, type Outcome, outcomesKey, sortOutcomes } from './levels.ts';

/** What changes for some of the packets between a source and an atom, where filters tell them apart. */
export interface FilteredChange {
  readonly kind: ChangeKind;
  readonly before: readonly Outcome[];
  readonly after: readonly Outcome[];
  /** The part of the atom that is meant. */
  readonly part: Atom;
  /** The packets, in words; null for all. */
  readonly flow: string | null;
}

/** Ends of a flow along every branch, filters asked. */
export function fateOf(forwarding: Forwarding, paths: Paths, start: Place, flow: Flow): Fate {
  const known = new Map<string, Fate>();
  const pending = new Set<number>();
  const of = (place: Place): Fate => {
    const { table } = place;
    const key = `${table.index} ${place.arrivedBy?.index ?? -1}`;
    const before = known.get(key);
    if (before) return before;
    if (pending.has(table.index))
      return { outcomes: [{ disposition: 'loop', at: table.node }], path: `loop ${table.node}` };
    pending.add(table.index);
    const outcomes: Outcome[] = [];
    const further: string[] = [];
    for (const branch of forwarding.step(place, flow)) {
      if (!branch.next) {
        outcomes.push({ disposition: branch.end ?? 'unknown', at: table.node });
        further.push(branch.end ?? 'unknown');
        continue;
      }
      const next = of(branch.next);
      outcomes.push(...next.outcomes);
      further.push(next.path);
    }
    pending.delete(table.index);
    const fate = { outcomes: sortOutcomes(outcomes), path: paths.through(table, further) };
    known.set(key, fate);
    return fate;
  };
  return of(start);
}

/** Where packets of a source begin, as names that both states know. */
interface Source {
  readonly interface: string | null;
  readonly flow: Pick<Flow, 'source'>;
  readonly label: string;
}

/** Interfaces by which hosts or networks outside of the lab send: no device of the lab is on them. */
export const edgeInterfaces = ({ forwarding: { topology } }: ReachabilityGraph, table: Table): readonly L3Interface[] =>
  topology
    .interfacesOf(table)
    .filter((one) => one.up && one.config.kind !== 'loopback' && one.config.kind !== 'null')
    .filter((one) => topology.neighboursOf(one).length === 0);

/** Subnets so small hold the other end of a cable: what comes from there may have any source. */
const isTransit = ({ ip, length }: L3Interface['addresses'][number]): boolean =>
  length >= (ip.version === 4 ? 29 : 120);

function sourcesOf(
  graph: ReachabilityGraph,
  table: Table,
  version: 4 | 6,
  filters: readonly Filter[],
): readonly Source[] {
  const own = sourceOf(graph.forwarding.topology, table, version);
  const found: Source[] = [{ interface: null, flow: own ? { source: own } : {}, label: '' }];
  const named = prefixesNamed(filters, version === 4 ? 'ipv4' : 'ipv6', 'source').prefixes;
  for (const one of edgeInterfaces(graph, table))
    for (const address of one.addresses) {
      if (address.ip.version !== version || address.linkLocal) continue;
      const subnet = makePrefix(address.ip, address.length);
      const [low, high] = isTransit(address) ? [0n, (1n << (version === 4 ? 32n : 128n)) - 1n] : boundsOf(subnet);
      const parts = atomsOf([subnet, ...named]).filter(
        (atom) => atom.version === version && atom.first <= high && atom.last >= low,
      );
      for (const { first } of parts) {
        const source = ipOf(version, first < low ? low : first);
        found.push({ interface: one.name, flow: { source }, label: `from ${source.text} by ${one.name}` });
      }
    }
  return found;
}

/** Counts evaluations of single flows, so that a lab with very long lists ends with a word instead of not at all. */
export class Budget {
  left: number;
  exceeded = false;

  constructor(most: number) {
    this.left = most;
  }

  take(): boolean {
    if (this.left <= 0) this.exceeded = true;
    else this.left -= 1;
    return !this.exceeded;
  }
}

/** Compares what becomes of every class of packets from a table to an atom. */
export function compareFiltered(
  before: { readonly graph: ReachabilityGraph; readonly table: Table },
  after: { readonly graph: ReachabilityGraph; readonly table: Table },
  atom: Atom,
  filters: readonly Filter[],
  paths: Paths,
  budget: Budget,
): readonly FilteredChange[] {
  const family = atom.version === 4 ? 'ipv4' : 'ipv6';
  const classes = packetClasses(entriesOf(filters, family), family);
  // Addresses behind a filter are told apart from the hosts of their subnets, which it does not look at.
  const own = filters.flatMap(({ one }) => one.addresses.map(({ ip }) => makePrefix(ip, ip.version === 4 ? 32 : 128)));
  const parts = atomsOf([...prefixesNamed(filters, family, 'destination').prefixes, ...own])
    .filter((part) => part.version === atom.version && part.first <= atom.last && part.last >= atom.first)
    .map((part): Atom => {
      const first = part.first < atom.first ? atom.first : part.first;
      return {
        version: atom.version,
        first,
        last: part.last > atom.last ? atom.last : part.last,
        sample: ipOf(atom.version, first),
      };
    });
  const changes: FilteredChange[] = [];
  for (const part of parts.length === 0 ? [atom] : parts) {
    let asked = 0;
    const found = new Map<
      string,
      { readonly change: Omit<FilteredChange, 'flow'>; readonly sourcesOf: Map<string, string[]>; count: number }
    >();
    for (const source of sourcesOf(after.graph, after.table, atom.version, filters)) {
      const starts = [before, after].map((side) => placeOf(side, source.interface));
      const [from, to] = starts;
      if (!from || !to) continue;
      for (const { label, ...fields } of classes) {
        if (!budget.take()) return changes;
        asked += 1;
        const flow: Flow = { ...source.flow, ...fields, destination: part.sample };
        const was = fateOf(before.graph.forwarding, paths, from, flow);
        const is = fateOf(after.graph.forwarding, paths, to, flow);
        const kind = compareFates(was, is);
        if (!kind) continue;
        const key = `${kind}\n${outcomesKey(was.outcomes)}\n${outcomesKey(is.outcomes)}`;
        const known = found.get(key) ?? {
          change: { kind, before: was.outcomes, after: is.outcomes, part },
          sourcesOf: new Map<string, string[]>(),
          count: 0,
        };
        known.sourcesOf.set(label, [...(known.sourcesOf.get(label) ?? []), source.label]);
        known.count += 1;
        found.set(key, known);
      }
    }
    const sources = asked / Math.max(1, classes.length);
    for (const { change, sourcesOf: by, count } of found.values())
      changes.push({ ...change, flow: count === asked ? null : flowText(by, sources) });
  }
  return changes;
}

function placeOf(
  { graph, table }: { readonly graph: ReachabilityGraph; readonly table: Table },
  name: string | null,
): Place | undefined {
  if (name === null) return { table, arrivedBy: null };
  const one = graph.forwarding.topology.interfaceOf(table.node, name);
  return one?.up && one.table === table ? { table, arrivedBy: one } : undefined;
}

const MOST_LABELS = 6;

/** Classes of packets with the sources that they have, where not all sources are meant: `tcp 22, udp from 10.0.0.1`. */
function flowText(by: ReadonlyMap<string, readonly string[]>, sources: number): string {
  const labels = [...by].flatMap(([label, from]) =>
    from.length === sources ? [label] : from.map((source) => `${label} ${source || 'of its own'}`),
  );
  return labels.length <= MOST_LABELS
    ? labels.join(', ')
    : `${labels.slice(0, MOST_LABELS).join(', ')} and ${labels.length - MOST_LABELS} more`;
}
