import { ContentHash } from './content-hash.ts';
import { HopStore } from './hop-store.ts';
import { type Computed, networkState } from './network-state.ts';
import { withOutsideSpeakers } from './outside.ts';
import { AttributeStore } from './path-attributes.ts';
import { PolicyEngine } from './policy/engine.ts';
import { type PrefixId, PrefixTable } from './prefix-table.ts';
import { protocols as allProtocols } from './protocols/index.ts';
import type { Context, Protocol, ProtocolResult, Ribs } from './protocols/protocol.ts';
import { resolveNextHop } from './resolve.ts';
import { changedPrefixes, Rib, type RibRoute, sameRoutes } from './rib.ts';
import type { Snapshot } from './snapshot.ts';
import type { Caveat, NetworkState, Oscillation } from './state.ts';
import { buildTopology, type Table } from './topology.ts';
import { unmodelledProtocols } from './unmodelled.ts';
import { unusedSettings } from './unused-settings.ts';

export interface SimulateProgress {
  /** Round of the outer fixpoint, from 1. */
  readonly round: number;
  readonly protocol: string;
}

export interface SimulateOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: SimulateProgress) => void;
  /** The protocols to compute, in order; all that are known when absent. */
  readonly protocols?: readonly Protocol[];
}

const NONE: readonly RibRoute[] = [];

/** What every protocol offers to every table, and the tables that follow from it, rebuilt only where an offer changed. */
class Offers {
  readonly #context: Omit<Context, 'caveat' | 'checkCancelled'>;
  readonly #order: readonly string[];
  readonly #offers: readonly Map<string, readonly RibRoute[]>[];
  readonly #ribs: (Rib | undefined)[];
  readonly #partial: readonly Map<string, Rib>[];
  readonly #attached = new Map<string, ReadonlyMap<number, readonly PrefixId[]>>();

  constructor(context: Omit<Context, 'caveat' | 'checkCancelled'>, order: readonly string[]) {
    this.#context = context;
    this.#order = order;
    this.#offers = context.topology.tables.map(() => new Map());
    this.#ribs = context.topology.tables.map(() => undefined);
    this.#partial = context.topology.tables.map(() => new Map());
  }

  /** Takes the result of a protocol; says which tables changed by it. */
  take(protocol: string, result: ProtocolResult): readonly Table[] {
    const changed: Table[] = [];
    this.#attached.set(protocol, result.attached ?? new Map());
    for (const table of this.#context.topology.tables) {
      const routes = result.routes.get(table.index) ?? NONE;
      const offers = this.#offers[table.index] as Map<string, readonly RibRoute[]>;
      if (sameRoutes(offers.get(protocol) ?? NONE, routes)) continue;
      offers.set(protocol, routes);
      this.#ribs[table.index] = undefined;
      const partial = this.#partial[table.index] as Map<string, Rib>;
      for (const without of partial.keys()) if (without !== protocol) partial.delete(without);
      changed.push(table);
    }
    return changed;
  }

  readonly of = (table: Table): Rib => {
    const known = this.#ribs[table.index];
    if (known) return known;
    const rib = new Rib(
      this.#context.prefixes,
      this.#order.map((protocol) => this.offersOf(table, protocol)),
    );
    this.#ribs[table.index] = rib;
    return rib;
  };

  readonly offersOf = (table: Table, protocol: string): readonly RibRoute[] =>
    this.#offers[table.index]?.get(protocol) ?? NONE;

  readonly ribs: Ribs = {
    of: this.of,
    without: (table, protocol) => {
      const partial = this.#partial[table.index] as Map<string, Rib>;
      const known = partial.get(protocol);
      if (known) return known;
      const others = this.#order.filter((name) => name !== protocol).map((name) => this.offersOf(table, name));
      const rib = new Rib(this.#context.prefixes, others);
      partial.set(protocol, rib);
      return rib;
    },
    offers: this.offersOf,
    attached: (table, protocol) => this.#attached.get(protocol)?.get(table.index) ?? [],
    resolve: (table, ip, options) =>
      resolveNextHop(this.#context.topology, this.#context.prefixes, this.of, table, ip, options),
  };

  /** Hash of all offers: two equal ones are the same situation. */
  hash(): string {
    const hash = new ContentHash();
    for (const [index, offers] of this.#offers.entries()) {
      for (const protocol of this.#order) {
        hash.number(index);
        hash.text(protocol);
        for (const route of offers.get(protocol) ?? NONE) {
          hash.number(route.prefix);
          hash.text(route.protocol);
          hash.number(route.ad);
          hash.number(route.metric);
          hash.number(route.tag ?? -1);
          hash.number(route.attributes?.id ?? -1);
          for (const hop of route.nextHops) hash.text(`${hop.ip}|${hop.interface}|${hop.vrf}|${hop.drop ?? ''}`);
        }
      }
    }
    return hash.digest();
  }
}

/** Rounds before hashes are kept; nearly every network is stable by then. */
const QUIET_ROUNDS = 8;

/** A network whose protocols feed each other may take a round per device in a row; more is no convergence. */
const roundLimit = (tables: number): number => 32 + 2 * tables;

/**
 * Routes, sessions and adjacencies of a lab, from its configurations alone. Pure and deterministic: the same lab gives
 * the same state, in whatever order its devices are listed.
 *
 * Protocols are computed in their order, each from the tables as they are by then, again and again until none offers
 * anything new. When a situation returns that is no fixpoint, the network has no stable state (or none that this order
 * of events reaches): the state then says `converged: false`, with the devices and prefixes that keep changing.
 *
 * Throws the signal's reason when it is aborted.
 */
export const simulate = (snapshot: Snapshot, options: SimulateOptions = {}): NetworkState =>
  networkState(compute(snapshot, options));

/**
 * The same before it is put into words: the tables, what was offered to them, and what protocols can tell about it.
 * `earlier`: the computation of a similar lab. What it worked out is taken over where that gives the same bytes.
 */
export function compute(snapshot: Snapshot, options: SimulateOptions = {}, earlier?: Computed): Computed {
  const unattached: string[] = [];
  const topology = buildTopology(
    withOutsideSpeakers(snapshot, ({ address }, text) => unattached.push(`${address}: ${text}`)),
  );
  const { prefixes, attributes, hops } = earlier?.context ?? {
    prefixes: new PrefixTable(),
    attributes: new AttributeStore(),
    hops: new HopStore(),
  };
  const caveats = new Map<string, Caveat>();
  const hearers = new Set<Parameters<Context['caveat']>[]>();
  const caveat: Context['caveat'] = (node, text, span, ofLine) => {
    for (const told of hearers) told.push([node, text, span, ofLine]);
    const key = `${node} ${text}`;
    if (!caveats.has(key)) caveats.set(key, { node, text, ...(span && { span }), ...(ofLine && { ofLine: true }) });
  };
  const context: Context = {
    topology,
    prefixes,
    attributes,
    hops,
    policies: new PolicyEngine(prefixes, attributes, caveat),
    caveat,
    hearing: (work) => {
      const told: Parameters<Context['caveat']>[] = [];
      hearers.add(told);
      try {
        return { result: work(), told };
      } finally {
        hearers.delete(told);
      }
    },
    checkCancelled: () => options.signal?.throwIfAborted(),
  };
  const [anyNode = ''] = [...snapshot.nodes.keys()].sort();
  for (const text of unattached)
    caveat(anyNode, `A neighbour that is declared outside of the lab is not computed: ${text}.`);
  const protocols = options.protocols ?? allProtocols;
  unmodelledProtocols(context, new Set(protocols.map((protocol) => protocol.name)));
  unusedSettings(context);

  const offers = new Offers(
    context,
    protocols.map((protocol) => protocol.name),
  );
  const computations = protocols.map((protocol) => ({
    name: protocol.name,
    compute: protocol.prepare(context, earlier?.results.get(protocol.name)?.memory),
  }));
  const results = new Map<string, ProtocolResult>();
  const seen = new Map<string, number>();
  const limit = roundLimit(topology.tables.length);

  let round = 0;
  let moving: Oscillation | undefined;
  // Tables that changed in the last rounds: what an oscillation consists of.
  let recent: { readonly round: number; readonly table: Table; readonly prefixes: readonly PrefixId[] }[] = [];
  for (;;) {
    round += 1;
    let changed = false;
    for (const { name, compute } of computations) {
      context.checkCancelled();
      options.onProgress?.({ round, protocol: name });
      const result = compute(offers.ribs);
      results.set(name, result);
      const before = round > QUIET_ROUNDS ? topology.tables.map((table) => offers.offersOf(table, name)) : [];
      for (const table of offers.take(name, result)) {
        changed = true;
        if (round <= QUIET_ROUNDS) continue;
        recent.push({
          round,
          table,
          prefixes: changedPrefixes(before[table.index] ?? NONE, offers.offersOf(table, name)),
        });
      }
    }
    if (!changed) break;
    if (round <= QUIET_ROUNDS) continue;
    const hash = offers.hash();
    const first = seen.get(hash);
    if (first !== undefined || round >= limit) {
      recent = recent.filter((change) => change.round > (first ?? round - 2));
      const nodes = [...new Set(recent.map(({ table }) => table.node))].sort();
      const ids = [...new Set(recent.flatMap((change) => change.prefixes))];
      moving = {
        rounds: round,
        nodes,
        prefixes: ids.sort((a, b) => prefixes.compare(a, b)).map((id) => prefixes.text(id)),
      };
      break;
    }
    seen.set(hash, round);
  }
  return {
    context,
    protocols,
    results,
    ribOf: offers.of,
    ribs: offers.ribs,
    caveats: [...caveats.values()],
    round,
    moving,
  };
}
