import { ContentHash } from '../../content-hash.ts';
import type { PrefixId } from '../../prefix-table.ts';
import { compareRoutes, type Rib, type RibRoute } from '../../rib.ts';
import type { Context, Ribs } from '../protocol.ts';
import { asksForMore, pathsBehind } from './additional-paths.ts';
import { type Rules, rulesOf } from './decision.ts';
import { DecisionMemory, prefers } from './decision-memory.ts';
import { Fan } from './fan.ts';
import { type Fate, fatesOf } from './fates.ts';
import { LearnedPath } from './learned-path.ts';
import {
  type Decision,
  type Entry,
  familyFor,
  familySettings,
  type Path,
  type Peering,
  type Speaker,
  samePath,
} from './model.ts';
import { NextHops, type Resolutions } from './next-hops.ts';
import {
  type AggregateLine,
  activeRoutePath,
  aggregateLines,
  aggregatePathOf,
  contributes,
  isInside,
  ownPaths,
  suppresses,
} from './originate.ts';
import { PrefixClasses } from './prefix-classes.ts';
import { type ExchangeMemory, type Remembered, Reuse } from './reuse.ts';
import { asOf, type Settled } from './settled.ts';
import { routeOf } from './table-routes.ts';
import { Transfers } from './transfers.ts';
import { VpnExchange } from './vpn.ts';

export interface Exchange {
  /** What each speaker offers to its table, by `Speaker.index`, prefixes from long to short. */
  readonly offers: readonly (readonly RibRoute[])[];
  /** Prefixes for which only the age of the paths would decide, by `Speaker.index`. */
  readonly ties: readonly (readonly PrefixId[])[];
  /**
   * All paths, by `Speaker.index`, prefixes from long to short. Of a large network they are too many to keep: whoever
   * asks for them then has the exchange run again.
   */
  readonly entries: () => readonly (readonly Entry[])[];
  /** Number of prefixes that an end accepted, by twice `Peering.index`: of IPv4, then of IPv6. */
  readonly accepted: Int32Array;
  readonly fates: (
    speaker: Speaker,
    prefix: PrefixId,
    bestOf: (speaker: Speaker) => Path | undefined,
  ) => readonly Fate[];
  readonly unstable: readonly {
    readonly prefix: PrefixId;
    readonly rounds: number;
    readonly nodes: readonly string[];
  }[];
  /** Prefixes with more than one stable state, and the devices that differ between two of them. */
  readonly undecided: readonly { readonly prefix: PrefixId; readonly nodes: readonly string[] }[];
  /** For an exchange in a similar lab; absent where that could not tell what still holds. */
  readonly memory?: ExchangeMemory;
}

interface RunOptions {
  /** The most paths that are kept for those who want to see them. */
  readonly mostKept?: number;
  /** Results that may still hold. */
  readonly earlier?: ExchangeMemory | undefined;
  /** No policy asks about other routes, so that a later exchange may use the results. */
  readonly remembers?: boolean;
}

/** Waves before situations are remembered; a path seldom needs more hops. */
const QUIET_WAVES = 24;
const waveLimit = (speakers: number): number => 64 + 8 * speakers;

/** Paths that are kept for those who want to see them; at some 300 bytes each they are most of what a network needs. */
const MOST_KEPT_PATHS = 250_000;

/** Prefixes that are exchanged one by one where the others are known. */
const FEW = 16;

const NO_PATHS: readonly Path[] = [];
/** A number that no prefix has. */
const NO_PREFIX: PrefixId = -2;
const UNDECIDED: Decision = { best: undefined, multipath: NO_PATHS, byAge: false };

/** The prefixes in their order, but that each is followed by those that fare like it. */
function together(
  prefixes: readonly PrefixId[],
  signatures: ReadonlyMap<PrefixId, string | undefined>,
): readonly PrefixId[] {
  const bySignature = new Map<string, PrefixId[]>();
  for (const prefix of prefixes) {
    const signature = signatures.get(prefix);
    if (signature === undefined) continue;
    const alike = bySignature.get(signature);
    if (alike) alike.push(prefix);
    else bySignature.set(signature, [prefix]);
  }
  return prefixes.flatMap((prefix) => {
    const signature = signatures.get(prefix);
    if (signature === undefined) return [prefix];
    const alike = bySignature.get(signature) as PrefixId[];
    return alike[0] === prefix ? alike : [];
  });
}

/**
 * Exchanges paths until every speaker's choice stands, prefix by prefix from the longest to the shortest: an aggregate
 * then finds its contributors settled. Within a prefix the speakers that heard something new take their turns in waves,
 * in order of router id; each turn sees what earlier turns of the same wave sent. A situation that returns is an
 * oscillation of that prefix.
 */
export class BgpExchange {
  readonly #context: Context;
  readonly #ribs: Ribs;
  readonly #speakers: readonly Speaker[];
  readonly #ends: readonly (readonly Peering[])[];
  /** `Peering.index` of the same ends. */
  readonly #endNumbers: readonly Int32Array[];
  readonly #bases: readonly Rib[];
  readonly #rules: readonly Rules[];
  readonly #decisions: readonly DecisionMemory[];
  /** By IP version and speaker. */
  readonly #fans: Readonly<Record<4 | 6, (Fan | undefined)[]>>;
  /** Whether a speaker has advertised something of the present prefix. */
  readonly #spoke: Uint8Array;
  readonly #aggregates: readonly (readonly AggregateLine[])[];
  readonly #received: (Path | undefined)[];
  readonly #accepted: Int32Array;
  readonly #peerings: readonly Peering[];
  readonly #again: () => BgpExchange;
  readonly #resolutions: Resolutions;
  /** Speakers that advertised the present prefix more than once. */
  readonly #restless = new Set<number>();
  readonly #nextHops: NextHops;
  readonly #transfers: Transfers;
  /** Ends whose entry of `#received` is set for the present prefix. */
  #touched: number[] = [];
  /** Paths besides the best one of the neighbour, by the number of the end that received them. */
  readonly #additional = new Map<number, readonly Path[]>();
  /** Ends whose entry of `#received` is such a path, because the best one itself is kept back from them. */
  readonly #promoted = new Set<number>();
  readonly #vpn: VpnExchange;

  constructor(
    context: Context,
    ribs: Ribs,
    speakers: readonly Speaker[],
    peerings: readonly Peering[],
    resolutions: Resolutions,
  ) {
    this.#context = context;
    this.#ribs = ribs;
    this.#speakers = speakers;
    const ends: Peering[][] = speakers.map(() => []);
    for (const peering of peerings) ends[peering.speaker.index]?.push(peering);
    this.#ends = ends;
    this.#endNumbers = ends.map((list) => Int32Array.from(list, ({ index }) => index));
    this.#bases = speakers.map((speaker) => ribs.without(speaker.table, 'bgp'));
    this.#rules = speakers.map(rulesOf);
    this.#decisions = speakers.map((speaker, at) => new DecisionMemory(speaker, this.#rules[at] as Rules));
    this.#fans = { 4: speakers.map(() => undefined), 6: speakers.map(() => undefined) };
    this.#spoke = new Uint8Array(speakers.length);
    this.#aggregates = speakers.map((speaker) => aggregateLines(context, speaker));
    this.#received = peerings.map(() => undefined);
    this.#accepted = new Int32Array(2 * peerings.length);
    this.#peerings = peerings;
    this.#again = () => new BgpExchange(context, ribs, speakers, peerings, resolutions);
    this.#resolutions = resolutions;
    this.#nextHops = new NextHops(context, ribs, resolutions);
    this.#transfers = new Transfers(context, ribs, peerings, this.#nextHops);
    this.#vpn = new VpnExchange({
      context,
      speakers,
      peerings,
      conditions: (speaker) => this.#transfers.conditions(speaker),
      // A VPN next hop lies in the global table, where no route of a VRF can resolve itself.
      arrive: (end, accepted) => this.#transfers.arrive(end, NO_PREFIX, accepted),
    });
  }

  run(options: RunOptions = {}): Exchange {
    const { policies, hearing } = this.#context;
    const before = policies.toldOfRoutes;
    const { result, told } = hearing(() => this.#run(options));
    const { exchange, results, own, reused } = result;
    // What was said because of a route may not be said for another one: then the next exchange is to say it by itself.
    if (!options.remembers || !this.#isPlain || !results || policies.toldOfRoutes !== before) return exchange;
    const memory: ExchangeMemory = {
      context: this.#context,
      speakers: this.#speakers,
      peerings: this.#peerings,
      bases: this.#bases,
      own,
      results,
      resolutions: this.#resolutions,
      resolving: this.#nextHops.resolving,
      told,
      reused,
    };
    return { ...exchange, memory };
  }

  #run({ mostKept = MOST_KEPT_PATHS, earlier, remembers = false }: RunOptions) {
    const { prefixes } = this.#context;
    const own = new Map<PrefixId, Map<number, readonly Path[]>>();
    for (const speaker of this.#speakers)
      for (const [prefix, paths] of ownPaths(this.#context, this.#ribs, speaker)) {
        const bySpeaker = own.get(prefix);
        if (bySpeaker) bySpeaker.set(speaker.index, paths);
        else own.set(prefix, new Map([[speaker.index, paths]]));
      }
    let entries: Entry[][] | undefined = this.#speakers.map(() => []);
    const offers: RibRoute[][] = this.#speakers.map(() => []);
    const ties: PrefixId[][] = this.#speakers.map(() => []);
    let kept = 0;
    const unstable: Exchange['unstable'][number][] = [];
    const undecided: Exchange['undecided'][number][] = [];
    const contributors = new Map<AggregateLine, Path[]>();
    const lines = this.#aggregates.flat();
    const inOrder = this.#prefixesToExchange(own, lines);

    const classes = new PrefixClasses(
      this.#context,
      this.#speakers,
      this.#bases,
      this.#peerings,
      lines,
      this.#transfers,
    );
    const none = new Map<number, readonly Path[]>();
    const reuse = remembers && this.#isPlain ? this.#reuse(earlier) : undefined;
    const reused = new Map<PrefixId, Remembered>();
    for (const prefix of reuse ? inOrder : []) {
      const known = reuse?.resultFor(prefix, own.get(prefix) ?? none);
      if (known) reused.set(prefix, known);
    }
    // To tell which of a few prefixes fare alike takes longer than to exchange them.
    const few = inOrder.length - reused.size <= FEW && reused.size > 0;
    const signatures = new Map(
      inOrder.map((prefix) => [
        prefix,
        few || reused.has(prefix) || !this.#vpn.isIdle
          ? undefined
          : classes.signatureOf(prefix, own.get(prefix) ?? none),
      ]),
    );
    let results: Map<PrefixId, Remembered> | undefined = remembers ? new Map() : undefined;
    let model: { readonly signature: string; readonly result: Settled } | undefined;

    for (const [at, prefix] of together(inOrder, signatures).entries()) {
      if (at % 256 === 0) this.#context.checkCancelled();
      const start = own.get(prefix) ?? new Map<number, readonly Path[]>();
      for (const line of lines) {
        if (line.prefix !== prefix) continue;
        const { index } = line.speaker;
        const made = this.#aggregate(line, contributors.get(line) ?? NO_PATHS);
        if (made) start.set(index, [...(start.get(index) ?? NO_PATHS), made]);
      }
      // A route that resolves next hops is not resolved by itself, and is no model for others.
      const signature = this.#nextHops.resolving.has(prefix) ? undefined : signatures.get(prefix);
      const known = signature !== undefined && model?.signature === signature ? model.result : undefined;
      const remembered = reused.get(prefix);
      const result = remembered?.settled ?? (known ? asOf(known, start) : this.#settled(prefix, start));
      if (!known) {
        for (const { paths } of result.entries) kept += paths.length;
        if (kept > mostKept) entries = results = undefined;
        if (signature !== undefined && !this.#nextHops.resolving.has(prefix)) model = { signature, result };
      }
      if (result.moving) unstable.push({ prefix, rounds: result.rounds, nodes: result.moving });
      if (result.undecided.length > 0) undecided.push({ prefix, nodes: result.undecided });
      const version = prefixes.get(prefix).version === 4 ? 0 : 1;
      for (const index of result.accepted) (this.#accepted[2 * index + version] as number) += 1;
      const routes: (RibRoute | undefined)[] = [];
      for (const [place, { index, paths, decision }] of result.entries.entries()) {
        entries?.[index]?.push({ prefix, paths, decision });
        const route =
          remembered && !reuse?.isChanged(index)
            ? remembered.routes[place]
            : routeOf(this.#context, this.#speakers[index] as Speaker, prefix, decision.multipath, decision.shared);
        if (results) routes.push(route);
        if (route) offers[index]?.push(route);
        if (decision.byAge && decision.multipath.length < 2) ties[index]?.push(prefix);
        const { best } = decision;
        if (!best) continue;
        for (const line of this.#aggregates[index] ?? []) {
          if (!isInside(this.#context, line, prefix) || !contributes(this.#context, line, prefix, best)) continue;
          const list = contributors.get(line);
          if (list) list.push(best);
          else contributors.set(line, [best]);
        }
      }
      results?.set(prefix, { settled: result, routes });
    }
    const places = new Map(inOrder.map((prefix, at) => [prefix, at]));
    const placeOf = (prefix: PrefixId): number => places.get(prefix) as number;
    const byPlace = (a: { readonly prefix: PrefixId }, b: { readonly prefix: PrefixId }): number =>
      placeOf(a.prefix) - placeOf(b.prefix);
    for (const list of [...offers, ...(entries ?? []), unstable, undecided]) list.sort(byPlace);
    for (const list of ties) list.sort((a, b) => placeOf(a) - placeOf(b));
    this.#release();
    const all = (): readonly (readonly Entry[])[] => {
      entries ??= this.#again().run({ mostKept: Number.POSITIVE_INFINITY }).entries() as Entry[][];
      return entries;
    };
    const exchange: Exchange = {
      offers,
      ties,
      entries: all,
      accepted: this.#accepted,
      unstable,
      undecided,
      fates: (speaker, prefix, bestOf) =>
        fatesOf(
          {
            context: this.#context,
            ribs: this.#ribs,
            transfers: this.#transfers,
            endsOf: ({ index }) => this.#ends[index] ?? [],
            advertised: (...asked) => this.#advertised(...asked),
            suppressing: (...asked) => this.#suppressing(...asked),
          },
          speaker,
          prefix,
          bestOf,
        ),
    };
    return { exchange, own, results, reused: reused.size };
  }

  /** Prefixes do not touch each other, and one path goes over each session: only then can results be taken over. */
  get #isPlain(): boolean {
    return (
      this.#vpn.isIdle &&
      this.#aggregates.every((lines) => lines.length === 0) &&
      !this.#peerings.some((end) => asksForMore(end))
    );
  }

  #reuse(earlier: ExchangeMemory | undefined): Reuse | undefined {
    return Reuse.of(earlier, {
      context: this.#context,
      ribs: this.#ribs,
      speakers: this.#speakers,
      peerings: this.#peerings,
      ends: this.#ends,
      bases: this.#bases,
      transfers: this.#transfers,
      nextHops: this.#nextHops,
      decide: ({ index }, paths) => (this.#decisions[index] as DecisionMemory).decide(paths),
      advertised: (...asked) => this.#advertised(...asked),
    });
  }

  /** What only the exchange itself needs would stay as long as its result does. */
  #release(): void {
    this.#fans[4].fill(undefined);
    this.#fans[6].fill(undefined);
    for (const memory of this.#decisions) memory.forget();
    this.#transfers.forget();
  }

  /** Exchanges one prefix, and leaves nothing of it behind. */
  #settled(prefix: PrefixId, start: ReadonlyMap<number, readonly Path[]>): Settled {
    this.#restless.clear();
    const { decisions, paths: decided, rounds, moving } = this.#settle(prefix, start);
    const entries: Settled['entries'][number][] = [];
    let anyPreferred = false;
    for (const speaker of this.#speakers) {
      const { index } = speaker;
      const own = start.get(index) ?? NO_PATHS;
      const paths = moving ? this.#pathsOf(speaker, own) : (decided[index] ?? NO_PATHS);
      if (paths.length === 0) continue;
      const decision = decisions[index] as Decision;
      entries.push({ index, own, paths, decision });
      anyPreferred ||= decision.shared?.prefers ?? prefers(paths);
    }
    const accepted = this.#touched.filter((index) => this.#received[index]);
    this.#forget();
    // Preferences can contradict each other (RFC 4264: a wedgie); the order of the turns then decides which of several
    // stable states is reached. Without them a shorter path is never given up for a longer one, and there is only one.
    const reversed = !moving && anyPreferred;
    const undecided = reversed ? this.#otherwise(prefix, start, decisions) : [];
    return { entries, accepted, rounds, moving, undecided, restless: [...this.#restless], reversed };
  }

  /** Leaves nothing of a prefix behind. */
  #forget(): void {
    for (const index of this.#touched) this.#received[index] = undefined;
    this.#touched = [];
    this.#additional.clear();
    this.#promoted.clear();
    this.#spoke.fill(0);
    this.#vpn.reset();
  }

  /** Devices whose choice is another one when the speakers take their turns in the reverse order. */
  #otherwise(
    prefix: PrefixId,
    start: ReadonlyMap<number, readonly Path[]>,
    decisions: readonly Decision[],
  ): readonly string[] {
    const other = this.#settle(prefix, start, 'reversed');
    this.#forget();
    if (other.moving) return other.moving;
    const differs = ({ index }: Speaker): boolean => !samePath(decisions[index]?.best, other.decisions[index]?.best);
    return [...new Set(this.#speakers.filter(differs).map(({ table }) => table.node))].sort();
  }

  /** Every prefix that somebody brings in, longest first. */
  #prefixesToExchange(own: ReadonlyMap<PrefixId, unknown>, lines: readonly AggregateLine[]): readonly PrefixId[] {
    const { prefixes } = this.#context;
    const all = new Set<PrefixId>(own.keys());
    for (const line of lines) all.add(line.prefix);
    for (const text of ['0.0.0.0/0', '::/0']) {
      const prefix = prefixes.internText(text) as PrefixId;
      const { version } = prefixes.get(prefix);
      if (this.#ends.some((ends) => ends.some((end) => familySettings(end, version)?.defaultOriginate)))
        all.add(prefix);
    }
    for (const speaker of this.#speakers)
      if (speaker.table.behaviour.bgp.exportsActiveRoutes)
        for (const route of this.#bases[speaker.index]?.routes() ?? []) all.add(route.prefix);
    for (const host of this.#vpn.hostPrefixes) all.add(host);
    return [...all].sort((a, b) => prefixes.get(b).length - prefixes.get(a).length || prefixes.compare(a, b));
  }

  #aggregate(line: AggregateLine, contributors: readonly Path[]): Path | undefined {
    const { speaker } = line;
    const fromTable =
      speaker.table.behaviour.bgp.aggregateContributors === 'any' &&
      [...(this.#bases[speaker.index]?.routes() ?? [])].some((route) => isInside(this.#context, line, route.prefix));
    return aggregatePathOf(this.#context, line, contributors, fromTable);
  }

  #pathsOf(speaker: Speaker, own: readonly Path[]): readonly Path[] {
    let paths = own;
    const ends = this.#endNumbers[speaker.index] as Int32Array;
    for (let at = 0; at < ends.length; at += 1) {
      const path = this.#received[ends[at] as number];
      if (!path) continue;
      if (paths === own) paths = [...own];
      (paths as Path[]).push(path);
      if (this.#additional.size > 0) (paths as Path[]).push(...(this.#additional.get(ends[at] as number) ?? NO_PATHS));
    }
    if (this.#vpn.isIdle) return paths;
    return [...paths, ...this.#vpn.pathsOf(speaker)];
  }

  #settle(prefix: PrefixId, start: ReadonlyMap<number, readonly Path[]>, turns: 'in-order' | 'reversed' = 'in-order') {
    const decisions: Decision[] = this.#speakers.map(() => UNDECIDED);
    const paths: (readonly Path[] | undefined)[] = this.#speakers.map(() => undefined);
    let wave = new Set<number>();
    for (const speaker of this.#speakers)
      if (start.has(speaker.index) || this.#speaksAnyway(speaker, prefix)) wave.add(speaker.index);
    const first = new Set(wave);
    const limit = waveLimit(this.#speakers.length);
    const seen = new Map<string, number>();
    const moves: { readonly round: number; readonly node: string }[] = [];
    let rounds = 0;
    while (wave.size > 0) {
      rounds += 1;
      const next = new Set<number>();
      const turn = Int32Array.from(wave).sort();
      if (turns === 'reversed') turn.reverse();
      for (const index of turn) {
        const speaker = this.#speakers[index] as Speaker;
        const memory = this.#decisions[index] as DecisionMemory;
        const heard = this.#pathsOf(speaker, start.get(index) ?? NO_PATHS);
        const decision = memory.decide(heard);
        paths[index] = heard;
        const before = decisions[index]?.best;
        decisions[index] = decision;
        const fresh = first.delete(index) || !samePath(before, decision.best);
        if (!fresh && !this.#sendsMore(speaker, prefix)) continue;
        if (fresh && rounds > QUIET_WAVES) moves.push({ round: rounds, node: speaker.table.node });
        if (fresh) this.#advertise(speaker, prefix, decision.best, next);
        this.#advertiseMore(speaker, prefix, heard, decision, next);
      }
      wave = next;
      if (rounds <= QUIET_WAVES || wave.size === 0) continue;
      const hash = this.#situation(wave);
      const earlier = seen.get(hash);
      if (earlier !== undefined || rounds >= limit) {
        const since = moves.filter((move) => move.round > (earlier ?? rounds - 2));
        return { decisions, paths, rounds, moving: [...new Set(since.map((move) => move.node))].sort() };
      }
      seen.set(hash, rounds);
    }
    return { decisions, paths, rounds, moving: undefined };
  }

  /** Speakers that send something without a path of their own: a default route, an active route of another protocol. */
  #speaksAnyway(speaker: Speaker, prefix: PrefixId): boolean {
    const { length, version } = this.#context.prefixes.get(prefix);
    if (speaker.table.behaviour.bgp.exportsActiveRoutes && this.#bases[speaker.index]?.get(prefix)) return true;
    if (this.#vpn.bringsHost(speaker, prefix)) return true;
    return (
      length === 0 && (this.#ends[speaker.index] ?? []).some((end) => familySettings(end, version)?.defaultOriginate)
    );
  }

  #situation(wave: ReadonlySet<number>): string {
    const hash = new ContentHash();
    for (const index of wave) hash.number(index);
    for (const path of this.#received) hash.number(path ? path.attributes.id : -1);
    for (const [end, paths] of this.#additional) {
      hash.number(end);
      for (const path of paths) hash.number(path.attributes.id);
    }
    this.#vpn.fingerprint(hash);
    return hash.digest();
  }

  #advertise(speaker: Speaker, prefix: PrefixId, best: Path | undefined, next: Set<number>): void {
    const { version, length } = this.#context.prefixes.get(prefix);
    const path = this.#advertised(speaker, prefix, best);
    const lines = path && this.#suppressing(speaker, prefix, path);
    if (!this.#vpn.isIdle) this.#vpn.offer(speaker, prefix, path, next);
    const fromClient = path?.from ? this.#transfers.channel(path.from, version).reflectorClient : false;
    const fan = this.#fanOf(speaker, version);
    const isNew = this.#spoke[speaker.index] === 0;
    if (!isNew) this.#restless.add(speaker.index);
    this.#spoke[speaker.index] = 1;
    if (path instanceof LearnedPath && isNew && !lines && fan.spreads && this.#vpn.isIdle && length > 0) {
      fan.spread(prefix, path, fromClient, (end, other, arrival, asPath) => {
        this.#touched.push(end);
        this.#received[end] = new LearnedPath(arrival, asPath);
        next.add(other);
      });
      return;
    }
    for (const outlet of fan.outlets) {
      const received = this.#transfers.transfer(outlet, prefix, path, fromClient, lines ?? false);
      const { peering } = outlet.other;
      const before = this.#received[peering.index];
      if (samePath(before, received)) continue;
      if (before === undefined) this.#touched.push(peering.index);
      this.#promoted.delete(peering.index);
      this.#received[peering.index] = received;
      next.add(peering.speaker.index);
    }
  }

  #sendsMore(speaker: Speaker, prefix: PrefixId): boolean {
    return this.#fanOf(speaker, this.#context.prefixes.get(prefix).version).additional.length > 0;
  }

  /** Sends what goes over a session besides the best path, where the ends have agreed on it (RFC 7911). */
  #advertiseMore(
    speaker: Speaker,
    prefix: PrefixId,
    heard: readonly Path[],
    decision: Decision,
    next: Set<number>,
  ): void {
    const { version, length } = this.#context.prefixes.get(prefix);
    for (const { outlet, which } of this.#fanOf(speaker, version).additional) {
      // A default route that is made for the neighbour is the only one that it is sent.
      if (length === 0 && outlet.channel.settings?.defaultOriginate) continue;
      const { peering } = outlet.other;
      const best = this.#promoted.has(peering.index) ? undefined : this.#received[peering.index];
      const arrived: Path[] = [];
      for (const path of pathsBehind(speaker, this.#rules[speaker.index] as Rules, heard, decision, which)) {
        const fromClient = path.from ? this.#transfers.channel(path.from, version).reflectorClient : false;
        const suppressed = this.#suppressing(speaker, prefix, path);
        const received = this.#transfers.transfer(outlet, prefix, path, fromClient, suppressed);
        if (received && !samePath(best, received) && !arrived.some((known) => samePath(known, received)))
          arrived.push(received);
      }
      // Where the best path itself is kept back, the next one stands in its place.
      const [first, ...others] = best ? [best, ...arrived] : arrived;
      const had = this.#received[peering.index];
      if (!best && !samePath(had, first)) {
        if (had === undefined) this.#touched.push(peering.index);
        this.#received[peering.index] = first;
        if (first) this.#promoted.add(peering.index);
        else this.#promoted.delete(peering.index);
        next.add(peering.speaker.index);
      }
      const before = this.#additional.get(peering.index) ?? NO_PATHS;
      if (before.length === others.length && before.every((path, at) => samePath(path, others[at]))) continue;
      this.#additional.set(peering.index, others);
      next.add(peering.speaker.index);
    }
  }

  #fanOf(speaker: Speaker, version: 4 | 6): Fan {
    const fans = this.#fans[version];
    const known = fans[speaker.index];
    if (known) return known;
    const family = familyFor(version);
    const ends = (this.#ends[speaker.index] ?? []).filter((end) => end.families.includes(family));
    const made = new Fan(this.#transfers, this.#context.attributes, ends, version);
    fans[speaker.index] = made;
    return made;
  }

  /** The path that a speaker has to offer: its best one, where the table agrees if the system asks for that. */
  #advertised(speaker: Speaker, prefix: PrefixId, best: Path | undefined): Path | undefined {
    const { behaviour } = speaker.table;
    const active = this.#bases[speaker.index]?.get(prefix);
    // Host routes of own addresses are never exported (Junos: "local routes").
    const base = active?.protocol === 'local' ? undefined : active;
    const exportsActive = behaviour.bgp.exportsActiveRoutes ?? false;
    const inactive = speaker.process.options.advertiseInactive?.value ?? behaviour.advertisesInactiveBgp;
    if (!base || (inactive && (best !== undefined || !exportsActive))) return best;
    if (best?.source === 'network' || best?.source === 'redistributed') return best;
    const route = best && routeOf(this.#context, speaker, prefix, [best]);
    if (route && compareRoutes(route, base) < 0) return best;
    return exportsActive ? activeRoutePath(this.#context, speaker, base) : undefined;
  }

  /** An aggregate of the speaker keeps the more specific path back. */
  #suppressing(speaker: Speaker, prefix: PrefixId, path: Path): boolean {
    return (this.#aggregates[speaker.index] ?? []).some(
      (line) => isInside(this.#context, line, prefix) && suppresses(this.#context, line, prefix, path),
    );
  }
}
