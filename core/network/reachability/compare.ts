import { type Prefix, parsePrefix } from '../../config/address.ts';
import type { Forwarding } from '../forwarding/forwarding.ts';
import type { Table } from '../topology.ts';
import { type Atom, atomsOf, rangesText } from './atoms.ts';
import { type BareFate, Fates, Paths } from './fates.ts';
import { Budget, compareFiltered, edgeInterfaces } from './filtered.ts';
import { type Filter, ReachabilityGraph } from './graph.ts';
import { type ChangeKind, compareFates, type Outcome, outcomesKey } from './levels.ts';

/** One change of what a table reaches, for the destinations that share it. */
export interface ReachabilityChange {
  readonly node: string;
  readonly vrf: string;
  /** A prefix, or `first - last` where no prefix says it. */
  readonly destination: string;
  /** The packets, where filters tell them apart; null for all. */
  readonly flow: string | null;
  readonly kind: ChangeKind;
  readonly before: readonly Outcome[];
  readonly after: readonly Outcome[];
  /** The addresses themselves. */
  readonly atoms: readonly Atom[];
}

export interface ReachabilityDiff {
  /** Sorted by device, VRF, destination. */
  readonly changes: readonly ReachabilityChange[];
  /** Pairs of a source table and an atom. */
  readonly compared: number;
  /** What was not compared to the end, in sentences. Empty: everything was. */
  readonly incomplete: readonly string[];
}

/** Flows that are followed one by one, over all sources and destinations. */
const MOST_FLOWS = 60_000;

/** Boundaries of all that tables tell apart. Own host routes lie inside of subnets that lead to the same place. */
function* prefixesOf({ state }: Forwarding): Generator<Prefix> {
  const seen = new Set<string>();
  for (const vrfs of state.nodes.values())
    for (const { routes } of vrfs.values())
      for (const { prefix: text, protocol } of routes) {
        if (protocol === 'local' || seen.has(text)) continue;
        seen.add(text);
        const prefix = parsePrefix(text);
        if (prefix) yield prefix;
      }
}

interface Side {
  readonly graph: ReachabilityGraph;
  readonly table: Table;
}

/**
 * What each table of each device reaches before and after, by atoms of the destination space. An atom is looked at only
 * where some table does something else with it, or where a filter on its way is another one. Devices and VRFs that only
 * one of the states has are no sources. Pure.
 */
export function compareReachability(
  before: Forwarding,
  after: Forwarding,
  options: { readonly checkCancelled?: () => void; readonly mostFlows?: number } = {},
): ReachabilityDiff {
  const [old, now] = [new ReachabilityGraph(before), new ReachabilityGraph(after)];
  const atoms = atomsOf([...prefixesOf(before), ...prefixesOf(after)]);
  const pairs = after.topology.tables.flatMap((table): { readonly old: Side; readonly now: Side }[] => {
    const was = before.topology.tableOf(table.node, table.vrf);
    const inUse = [after.topology.interfacesOf(table), was ? before.topology.interfacesOf(was) : []].some(
      (list) => list.length > 0,
    );
    return was && inUse ? [{ old: { graph: old, table: was }, now: { graph: now, table } }] : [];
  });
  const paths = new Paths();
  const budget = new Budget(options.mostFlows ?? MOST_FLOWS);
  const gathered = new Map<
    string,
    { readonly change: Omit<ReachabilityChange, 'destination' | 'atoms'>; readonly byEntry: Map<string, Atom[]> }
  >();
  const note = (
    { old: was, now: is }: (typeof pairs)[number],
    atom: Atom,
    whole: Atom,
    change: Pick<ReachabilityChange, 'kind' | 'flow' | 'before' | 'after'>,
  ): void => {
    const { node, vrf } = is.table;
    const key = [node, vrf, change.kind, change.flow, outcomesKey(change.before), outcomesKey(change.after)].join('\n');
    const known = gathered.get(key) ?? { change: { node, vrf, ...change }, byEntry: new Map<string, Atom[]>() };
    const entry =
      was.graph.entryOf(was.table, whole.sample)?.prefix ?? is.graph.entryOf(is.table, whole.sample)?.prefix ?? '';
    known.byEntry.set(entry, [...(known.byEntry.get(entry) ?? []), atom]);
    gathered.set(key, known);
  };

  const entries = new Map(pairs.map((pair) => [pair, entryFilters(pair)]));
  const filtersMoved = keysOf(allFilters(old)) !== keysOf(allFilters(now));
  /** Addresses that a table treats by one of its routes. */
  const sizes = new Map<string, bigint>();
  let at = 0;
  for (const atom of atoms) {
    at += 1;
    if (at % 64 === 0) options.checkCancelled?.();
    const moved = pairs.some(
      (pair) =>
        pair.old.graph.edgesOf(pair.old.table, atom.sample).key !==
        pair.now.graph.edgesOf(pair.now.table, atom.sample).key,
    );
    if (!moved && !filtersMoved) continue;
    const [fatesOld, fatesNow] = [new Fates(old, paths, atom.sample), new Fates(now, paths, atom.sample)];
    for (const pair of pairs) {
      const [was, is] = [fatesOld.of(pair.old.table), fatesNow.of(pair.now.table)];
      const { filters, changed } = entries.get(pair) as EntryFilters;
      if (!moved && !changed && sameFilters(was, is)) continue;
      const all = [...new Set([...was.filters, ...is.filters, ...filters])];
      if (all.length === 0) {
        const kind = compareFates(was, is);
        if (kind) note(pair, atom, atom, { kind, flow: null, before: was.outcomes, after: is.outcomes });
      } else if (changed || !sameFilters(was, is) || compareFates(was, is)) {
        for (const { part, ...change } of compareFiltered(pair.old, pair.now, atom, all, paths, budget))
          note(pair, part, atom, change);
      }
    }
  }
  for (const atom of atoms)
    for (const { old: was, now: is } of pairs) {
      const entry =
        was.graph.entryOf(was.table, atom.sample)?.prefix ?? is.graph.entryOf(is.table, atom.sample)?.prefix;
      if (entry === undefined || gathered.size === 0) continue;
      const key = `${is.table.index} ${entry}`;
      sizes.set(key, (sizes.get(key) ?? 0n) + sizeOf(atom));
    }
  const changes = [...gathered.values()].flatMap(({ change, byEntry }) => {
    const table = after.topology.tableOf(change.node, change.vrf);
    const loose: Atom[] = [];
    const whole: ReachabilityChange[] = [];
    for (const [entry, list] of byEntry) {
      // All atoms of a route: the prefix of the route says it, whatever more specific ones there are.
      if (entry !== '' && list.reduce((sum, atom) => sum + sizeOf(atom), 0n) === sizes.get(`${table?.index} ${entry}`))
        whole.push({ ...change, destination: entry, atoms: list });
      else loose.push(...list);
    }
    const ordered = loose.sort((a, b) => a.version - b.version || (a.first < b.first ? -1 : 1));
    return [
      ...whole,
      ...textsOf(ordered).map(({ destination, atoms: own }) => ({ ...change, destination, atoms: own })),
    ];
  });
  return {
    changes: changes.sort(inOrder),
    compared: atoms.length * pairs.length,
    incomplete: budget.exceeded
      ? [
          `More than ${options.mostFlows ?? MOST_FLOWS} flows are told apart by filters; those beyond were not compared.`,
        ]
      : [],
  };
}

const sizeOf = ({ first, last }: Atom): bigint => last - first + 1n;

interface EntryFilters {
  readonly filters: readonly Filter[];
  readonly changed: boolean;
}

/** Filters that traffic from outside of the lab meets first, and whether they are the same in both states. */
function entryFilters({ old, now }: { readonly old: Side; readonly now: Side }): EntryFilters {
  const of = ({ graph, table }: Side): readonly Filter[] =>
    edgeInterfaces(graph, table).flatMap((one) => graph.filtersOf(one, 'in'));
  const [was, is] = [of(old), of(now)];
  return { filters: [...was, ...is], changed: keysOf(was) !== keysOf(is) };
}

const allFilters = (graph: ReachabilityGraph): readonly Filter[] =>
  graph.forwarding.topology.interfaces
    .filter(({ up }) => up)
    .flatMap((one) => [...graph.filtersOf(one, 'in'), ...graph.filtersOf(one, 'out')]);

const keysOf = (filters: Iterable<Filter>): string =>
  [...new Set([...filters].map(({ key }) => key))].sort().join('\n');
const sameFilters = (a: BareFate, b: BareFate): boolean =>
  (a.filters.size === 0 && b.filters.size === 0) || keysOf(a.filters) === keysOf(b.filters);

/** Neighbouring atoms under one text each. */
function textsOf(atoms: readonly Atom[]): readonly { readonly destination: string; readonly atoms: readonly Atom[] }[] {
  const runs: Atom[][] = [];
  for (const atom of atoms) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run && last && last.version === atom.version && last.last + 1n === atom.first) run.push(atom);
    else runs.push([atom]);
  }
  return runs.map((run) => ({ destination: rangesText(run).join(', '), atoms: run }));
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function inOrder(a: ReachabilityChange, b: ReachabilityChange): number {
  const [x, y] = [a.atoms[0] as Atom, b.atoms[0] as Atom];
  return (
    compareText(a.node, b.node) ||
    compareText(a.vrf, b.vrf) ||
    x.version - y.version ||
    (x.first < y.first ? -1 : x.first > y.first ? 1 : 0) ||
    compareText(a.flow ?? '', b.flow ?? '') ||
    compareText(a.kind, b.kind)
  );
}
