/*
 * What an earlier exchange tells about a later one. The exchange of a prefix is a sequence of turns, and each turn asks
 * a few functions: which paths speakers bring in, what a session makes of a path, how a speaker decides, where a next
 * hop leads. Where each of them answers what it answered in the earlier exchange, the turns are the same ones, and so
 * is their result. This holds whatever policies do, since nothing is said about which stable states there are: a prefix
 * for which an answer differs, or may differ, is exchanged from the start.
 */
import type { PrefixId } from '../../prefix-table.ts';
import { type Rib, type RibRoute, sameRoute } from '../../rib.ts';
import type { Context, Ribs } from '../protocol.ts';
import { prefers } from './decision-memory.ts';
import { type Arrival, LearnedPath } from './learned-path.ts';
import type { Decision, Path, Peering, Speaker } from './model.ts';
import { type NextHops, type Resolutions, resolveHop, sameResolution } from './next-hops.ts';
import type { Settled } from './settled.ts';
import { isAlike } from './speaker-facts.ts';
import type { Transfers } from './transfers.ts';

/** What an exchange rested on, and what came of each prefix. */
export interface ExchangeMemory {
  readonly context: Context;
  readonly speakers: readonly Speaker[];
  readonly peerings: readonly Peering[];
  /** The tables without BGP, by `Speaker.index`. */
  readonly bases: readonly Rib[];
  readonly own: ReadonlyMap<PrefixId, ReadonlyMap<number, readonly Path[]>>;
  readonly results: ReadonlyMap<PrefixId, Remembered>;
  readonly resolutions: Resolutions;
  readonly resolving: ReadonlySet<PrefixId>;
  /** What was said of devices, each for a line and not for a route. */
  readonly told: readonly Parameters<Context['caveat']>[];
  /** Prefixes whose result was taken over from the exchange before. */
  readonly reused: number;
}

/** The result of a prefix, with the routes that speakers offered for it, in the order of the entries. */
export interface Remembered {
  readonly settled: Settled;
  readonly routes: readonly (RibRoute | undefined)[];
}

/** The exchange that asks. */
export interface Asking {
  readonly context: Context;
  readonly ribs: Ribs;
  readonly speakers: readonly Speaker[];
  readonly peerings: readonly Peering[];
  /** Ends by `Speaker.index`. */
  readonly ends: readonly (readonly Peering[])[];
  readonly bases: readonly Rib[];
  readonly transfers: Transfers;
  readonly nextHops: NextHops;
  readonly decide: (speaker: Speaker, paths: readonly Path[]) => Decision;
  readonly advertised: (speaker: Speaker, prefix: PrefixId, best: Path | undefined) => Path | undefined;
}

type Entry = Settled['entries'][number];

const NO_PATHS: readonly Path[] = [];

/** Whether a speaker looks into its table before it advertises a path. */
export const looksIntoTable = ({ process, table: { behaviour } }: Speaker): boolean =>
  !(process.options.advertiseInactive?.value ?? behaviour.advertisesInactiveBgp) ||
  (behaviour.bgp.exportsActiveRoutes ?? false);

export class Reuse {
  readonly #old: ExchangeMemory;
  readonly #asking: Asking;
  /** Ends of now by those of then, and the other way round. */
  readonly #now = new Map<Peering, Peering>();
  readonly #then = new Map<Peering, Peering>();
  /** `Peering.index` of now by that of then, of ends of speakers that are as they were; -1 for others. */
  readonly #numbers: Int32Array;
  /** Speakers whose configuration, interfaces, sessions or ways to next hops differ, by index. */
  readonly #changed: ReadonlySet<number>;
  /** Those, and their neighbours of then and now. */
  readonly #near: ReadonlySet<number>;
  /** Prefixes about which a speaker that looks into its table would find something else there. */
  readonly #moved: ReadonlySet<PrefixId>;
  readonly #arrivals = new Map<Arrival, Arrival>();
  /** Ends of then that are there no more. */
  readonly #gone: Peering[] = [];
  readonly #versions = new Set<4 | 6>();

  private constructor(old: ExchangeMemory, asking: Asking) {
    this.#old = old;
    this.#asking = asking;
    const changed = new Set(
      asking.speakers
        .filter(
          (speaker, at) => !sameSurroundings(old, asking, speaker, at) || !stillResolves(old, asking, speaker, at),
        )
        .map(({ index }) => index),
    );
    this.#numbers = new Int32Array(old.peerings.length).fill(-1);
    const now = new Map(asking.peerings.map((end) => [keyOf(end), end]));
    for (const end of old.peerings) {
      const other = now.get(keyOf(end));
      if (other) {
        this.#now.set(end, other);
        this.#then.set(other, end);
        if (sameEnd(end, other)) continue;
      } else this.#gone.push(end);
      changed.add(end.speaker.index);
      changed.add(end.reverse.speaker.index);
    }
    for (const end of asking.peerings)
      if (!this.#then.has(end)) {
        changed.add(end.speaker.index);
        changed.add(end.reverse.speaker.index);
      }
    this.#changed = changed;
    for (const [end, other] of this.#now) if (!changed.has(other.speaker.index)) this.#numbers[end.index] = other.index;
    const near = new Set(changed);
    for (const end of [...old.peerings, ...asking.peerings])
      if (changed.has(end.speaker.index)) near.add(end.reverse.speaker.index);
    this.#near = near;
    this.#moved = new Set(
      asking.speakers
        .filter(looksIntoTable)
        .flatMap(({ index }) => movedPrefixes(old.bases[index] as Rib, asking.bases[index] as Rib)),
    );
    const nodes = new Set(asking.speakers.filter(({ index }) => changed.has(index)).map(({ table }) => table.node));
    for (const told of old.told) if (!nodes.has(told[0])) asking.context.caveat(...told);
  }

  /** Undefined where an earlier exchange tells nothing about this one. */
  static of(old: ExchangeMemory | undefined, asking: Asking): Reuse | undefined {
    if (!old || old.speakers.length !== asking.speakers.length) return undefined;
    if (!asking.speakers.every((speaker, at) => isAlike(old.speakers[at] as Speaker, speaker))) return undefined;
    return inSameOrder(old.peerings, asking) ? new Reuse(old, asking) : undefined;
  }

  /** What comes of a prefix; undefined when it is to be exchanged. */
  resultFor(prefix: PrefixId, start: ReadonlyMap<number, readonly Path[]>): Remembered | undefined {
    const { length, version } = this.#asking.context.prefixes.get(prefix);
    const known = this.#old.results.get(prefix);
    if (!known || length === 0) return undefined;
    const { settled } = known;
    if (settled.moving || settled.undecided.length > 0 || this.#old.resolving.has(prefix)) return undefined;
    if (settled.restless.some((index) => this.#near.has(index))) return undefined;
    if (!sameStart(this.#old.own.get(prefix), start)) return undefined;
    if (this.#moved.has(prefix)) return undefined;
    this.#prepare(version);
    const before = (index: number): Entry | undefined => entryAt(settled.entries, index);
    const parts: { readonly entry: Entry; readonly route: RibRoute | undefined }[] = [];
    const accepted: number[] = [];
    for (const index of this.#changed) {
      const entry = this.#entryOf(index, prefix, before, start, settled.reversed);
      if (entry === 'differs') return undefined;
      if (!entry) continue;
      parts.push({ entry, route: undefined });
      for (const { from } of entry.paths) if (from) accepted.push(from.index);
    }
    const some = parts.length > 0;
    for (const [at, entry] of settled.entries.entries())
      if (!this.#changed.has(entry.index))
        parts.push({ entry: this.#renewedEntry(entry, start.get(entry.index) ?? NO_PATHS), route: known.routes[at] });
    if (some) parts.sort((a, b) => a.entry.index - b.entry.index);
    for (const index of settled.accepted) {
      const now = this.#numbers[index] as number;
      if (now >= 0) accepted.push(now);
    }
    const { rounds, restless, reversed } = settled;
    return {
      settled: {
        entries: parts.map(({ entry }) => entry),
        accepted,
        rounds,
        moving: undefined,
        undecided: [],
        restless,
        reversed,
      },
      routes: parts.map(({ route }) => route),
    };
  }

  /** Whether the routes of that speaker are to be made anew. */
  isChanged(index: number): boolean {
    return this.#changed.has(index);
  }

  /** Channels of the changed speakers are made in any case: what is to be said of their lines is said when they are. */
  #prepare(version: 4 | 6): void {
    if (this.#versions.has(version)) return;
    this.#versions.add(version);
    for (const end of this.#asking.peerings)
      if (this.#changed.has(end.speaker.index)) this.#asking.transfers.channel(end, version);
  }

  /**
   * What a changed speaker has now; `differs` where something goes from it that did not go then, or may have gone while
   * the exchange went on. Where it passes nothing on, then and now, nobody else sees what came to it.
   */
  #entryOf(
    index: number,
    prefix: PrefixId,
    before: (index: number) => Entry | undefined,
    start: ReadonlyMap<number, readonly Path[]>,
    reversed: boolean,
  ): Entry | undefined | 'differs' {
    const { speakers, ends, decide, advertised } = this.#asking;
    const speaker = speakers[index] as Speaker;
    const old = before(index);
    const own = start.get(index) ?? NO_PATHS;
    const paths = [...own];
    let hearsAnew = this.#gone.some((end) => end.speaker.index === index && receivedFrom(old, end));
    for (const end of ends[index] ?? []) {
      const sender = end.reverse.speaker;
      const best = this.#renewed(before(sender.index), start, sender.index);
      const path = this.#carried(end.reverse, prefix, advertised(sender, prefix, best));
      if (!sameLearned(receivedFrom(old, this.#then.get(end)), path)) hearsAnew = true;
      if (path) paths.push(path);
    }
    const decision = decide(speaker, paths);
    const entry = paths.length === 0 ? undefined : { index, own, paths, decision };
    if (hearsAnew) {
      const tried = decision.shared?.prefers ?? prefers(paths);
      return (reversed || !tried) && this.#passesNothingOn(index, prefix, before, paths) ? entry : 'differs';
    }
    if (!sameLearned(this.#renewed(old, start, index), decision.best)) return 'differs';
    const goes = advertised(speaker, prefix, decision.best);
    for (const end of ends[index] ?? []) {
      // A changed neighbour is asked what it hears by itself.
      if (this.#changed.has(end.reverse.speaker.index)) continue;
      if (!sameLearned(this.#thenFrom(end, before), this.#carried(end, prefix, goes))) return 'differs';
    }
    return entry;
  }

  /** Whether a speaker sends none of its paths to anybody, whichever it may have chosen for a while, and never did. */
  #passesNothingOn(
    index: number,
    prefix: PrefixId,
    before: (index: number) => Entry | undefined,
    paths: readonly Path[],
  ): boolean {
    const { speakers, ends, advertised } = this.#asking;
    const speaker = speakers[index] as Speaker;
    const goes = [undefined, ...paths].map((path) => advertised(speaker, prefix, path));
    return (ends[index] ?? []).every(
      (end) => this.#thenFrom(end, before) === undefined && goes.every((path) => !this.#carried(end, prefix, path)),
    );
  }

  /** What the other end of a session had from this one. */
  #thenFrom(end: Peering, before: (index: number) => Entry | undefined): Path | undefined {
    return receivedFrom(before(end.reverse.speaker.index), this.#then.get(end.reverse));
  }

  #carried(end: Peering, prefix: PrefixId, path: Path | undefined): Path | undefined {
    const { context, transfers } = this.#asking;
    const { version } = context.prefixes.get(prefix);
    const family = version === 4 ? 'ipv4-unicast' : 'ipv6-unicast';
    if (!end.families.includes(family)) return undefined;
    const fromClient = path?.from ? transfers.channel(path.from, version).reflectorClient : false;
    return transfers.transfer(transfers.outlet(end, version), prefix, path, fromClient, false);
  }

  /** The path that a speaker had chosen, with the ends of now; undefined where the end that brought it is gone. */
  #renewed(entry: Entry | undefined, start: ReadonlyMap<number, readonly Path[]>, index: number): Path | undefined {
    const path = entry?.decision.best;
    if (!path || !entry) return undefined;
    if (path instanceof LearnedPath) return this.#now.has(path.from) ? this.#learned(path) : undefined;
    return start.get(index)?.[entry.own.indexOf(path)];
  }

  #learned(path: LearnedPath): LearnedPath {
    const { arrival, asPath } = path;
    const known = this.#arrivals.get(arrival);
    if (known) return new LearnedPath(known, asPath);
    const made: Arrival = { ...arrival, from: this.#now.get(arrival.from) as Peering, onwards: undefined };
    this.#arrivals.set(arrival, made);
    return new LearnedPath(made, asPath);
  }

  #renewedEntry({ index, own, paths, decision }: Entry, start: readonly Path[]): Entry {
    const made = paths.map((path) =>
      path instanceof LearnedPath ? this.#learned(path) : (start[own.indexOf(path)] as Path),
    );
    const at = (path: Path): Path => made[paths.indexOf(path)] as Path;
    const { best, multipath, byAge, shared } = decision;
    return {
      index,
      own: start,
      paths: made,
      decision: { best: best && at(best), multipath: multipath.map(at), byAge, ...(shared && { shared }) },
    };
  }
}

/** Entries are in the order of speakers. */
function entryAt(entries: readonly Entry[], index: number): Entry | undefined {
  let [low, high] = [0, entries.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const entry = entries[middle] as Entry;
    if (entry.index === index) return entry;
    if (entry.index < index) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}

const keyOf = ({ speaker, peer, reverse }: Peering): string =>
  `${speaker.index} ${peer} ${reverse.speaker.index} ${reverse.peer}`;

const sameEnd = (a: Peering, b: Peering): boolean =>
  a.localAddress === b.localAddress &&
  a.attached?.name === b.attached?.name &&
  a.localAs === b.localAs &&
  a.remoteAs === b.remoteAs &&
  a.type === b.type &&
  a.dynamic === b.dynamic &&
  a.families.join() === b.families.join();

/** Whether a speaker has the configuration and the interfaces that it had. */
function sameSurroundings(old: ExchangeMemory, { context }: Asking, speaker: Speaker, at: number): boolean {
  const before = old.speakers[at] as Speaker;
  if (before.table.device !== speaker.table.device) return false;
  const [then, now] = [old.context.topology, context.topology];
  const [a, b] = [then.interfacesOf(before.table), now.interfacesOf(speaker.table)];
  return a.length === b.length && a.every((one, place) => one.name === b[place]?.name && one.up === b[place]?.up);
}

/** Whether every speaker lists its sessions as it did: where paths are equal, and where MEDs are compared, order counts. */
function inSameOrder(then: readonly Peering[], { ends }: Asking): boolean {
  const places = new Map(ends.flatMap((list) => list.map((end, at) => [keyOf(end), at] as const)));
  const last = new Map<number, number>();
  for (const end of then) {
    const place = places.get(keyOf(end));
    if (place === undefined) continue;
    if (place < (last.get(end.speaker.index) ?? -1)) return false;
    last.set(end.speaker.index, place);
  }
  return true;
}

/** Whether every next hop that the speaker followed leads where it led. Those are then followed in this exchange, too. */
function stillResolves(
  old: ExchangeMemory,
  { context, ribs, nextHops }: Asking,
  speaker: Speaker,
  at: number,
): boolean {
  const followed = [...(old.resolutions.get((old.speakers[at] as Speaker).table.index) ?? [])];
  const same = followed.every(([nextHop, { resolution }]) =>
    sameResolution(resolution, resolveHop(context, ribs, speaker, nextHop)),
  );
  if (same) for (const [nextHop] of followed) nextHops.of(speaker, NO_PREFIX, nextHop === '' ? null : nextHop);
  return same;
}

/** A number that no prefix has. */
const NO_PREFIX: PrefixId = -2;

function movedPrefixes(then: Rib, now: Rib): readonly PrefixId[] {
  const moved: PrefixId[] = [];
  for (const route of then.routes()) if (!sameBase(route, now.get(route.prefix))) moved.push(route.prefix);
  for (const { prefix } of now.routes()) if (!then.get(prefix)) moved.push(prefix);
  return moved;
}

const sameBase = (a: RibRoute | undefined, b: RibRoute | undefined): boolean =>
  a === b ||
  (a !== undefined && b !== undefined && sameRoute(a, b) && a.noReadvertise === b.noReadvertise && a.evpn === b.evpn);

function sameStart(
  a: ReadonlyMap<number, readonly Path[]> | undefined,
  b: ReadonlyMap<number, readonly Path[]>,
): boolean {
  if (!a) return b.size === 0;
  if (a.size !== b.size) return false;
  for (const [index, paths] of a) {
    const others = b.get(index);
    if (!others || others.length !== paths.length) return false;
    if (!paths.every((path, at) => sameOwn(path, others[at] as Path))) return false;
  }
  return true;
}

const sameOwn = (a: Path, b: Path): boolean =>
  a.attributes.id === b.attributes.id &&
  a.source === b.source &&
  a.protocol === b.protocol &&
  a.valid === b.valid &&
  a.interface === b.interface &&
  a.igpMetric === b.igpMetric &&
  a.tag === b.tag &&
  a.distance === b.distance &&
  a.advertiseOnly === b.advertiseOnly &&
  sameBase(a.route, b.route);

const receivedFrom = (entry: Entry | undefined, end: Peering | undefined): Path | undefined =>
  end && entry?.paths.find((path) => path.from === end && path.source === 'learned');

/** Whether two paths of one speaker do the same, then and now. */
const sameLearned = (a: Path | undefined, b: Path | undefined): boolean =>
  a === b ||
  (a !== undefined &&
    b !== undefined &&
    a.attributes.id === b.attributes.id &&
    a.source === b.source &&
    a.valid === b.valid &&
    a.protocol === b.protocol &&
    (a.hop === b.hop || a.from === null) &&
    a.interface === b.interface &&
    a.igpMetric === b.igpMetric &&
    a.tag === b.tag &&
    a.distance === b.distance);
