import { parseIp } from '../../../config/address.ts';
import { ContentHash } from '../../content-hash.ts';
import type { PrefixId } from '../../prefix-table.ts';
import type { Resolution } from '../../resolve.ts';
import { compareRoutes, type Rib, type RibRoute } from '../../rib.ts';
import type { Context, Ribs } from '../protocol.ts';
import { decide, rulesOf } from './decision.ts';
import { type Advertisement, exportPath } from './export.ts';
import { importPath } from './import.ts';
import {
  type Decision,
  type Entry,
  familyFor,
  familySettings,
  type Path,
  type Peering,
  type Speaker,
} from './model.ts';
import {
  type AggregateLine,
  activeRoutePath,
  aggregateLines,
  aggregatePathOf,
  contributes,
  defaultPath,
  isInside,
  ownPaths,
  permits,
  suppresses,
} from './originate.ts';
import { routeOf } from './table-routes.ts';

export interface Exchange {
  /** By `Speaker.index`, prefixes from long to short. */
  readonly entries: readonly (readonly Entry[])[];
  /** Number of prefixes that an end accepted, by `Peering.index`: IPv4, then IPv6. */
  readonly accepted: readonly (readonly [number, number])[];
  readonly unstable: readonly {
    readonly prefix: PrefixId;
    readonly rounds: number;
    readonly nodes: readonly string[];
  }[];
}

/** Waves before situations are remembered; a path seldom needs more hops. */
const QUIET_WAVES = 24;
const waveLimit = (speakers: number): number => 64 + 8 * speakers;

const samePath = (a: Path | undefined, b: Path | undefined): boolean =>
  a === b ||
  (a !== undefined &&
    b !== undefined &&
    a.attributes === b.attributes &&
    a.from === b.from &&
    a.source === b.source &&
    a.valid === b.valid &&
    a.igpMetric === b.igpMetric &&
    a.tag === b.tag &&
    a.distance === b.distance);

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
  readonly #bases: readonly Rib[];
  readonly #rules: readonly ReturnType<typeof rulesOf>[];
  readonly #aggregates: readonly (readonly AggregateLine[])[];
  readonly #received: (Path | undefined)[];
  readonly #accepted: [number, number][];
  readonly #resolutions: Map<string, Resolution | undefined>;

  constructor(
    context: Context,
    ribs: Ribs,
    speakers: readonly Speaker[],
    peerings: readonly Peering[],
    resolutions: Map<string, Resolution | undefined>,
  ) {
    this.#context = context;
    this.#ribs = ribs;
    this.#speakers = speakers;
    const ends: Peering[][] = speakers.map(() => []);
    for (const peering of peerings) ends[peering.speaker.index]?.push(peering);
    this.#ends = ends;
    this.#bases = speakers.map((speaker) => ribs.without(speaker.table, 'bgp'));
    this.#rules = speakers.map(rulesOf);
    this.#aggregates = speakers.map((speaker) => aggregateLines(context, speaker));
    this.#received = peerings.map(() => undefined);
    this.#accepted = peerings.map(() => [0, 0]);
    this.#resolutions = resolutions;
  }

  run(): Exchange {
    const { prefixes } = this.#context;
    const own = this.#speakers.map((speaker) => ownPaths(this.#context, this.#ribs, speaker));
    const entries: Entry[][] = this.#speakers.map(() => []);
    const unstable: Exchange['unstable'][number][] = [];
    const contributors = new Map<AggregateLine, Path[]>();
    const lines = this.#aggregates.flat();
    const order = this.#prefixesToExchange(own, lines);

    for (const [at, prefix] of order.entries()) {
      if (at % 256 === 0) this.#context.checkCancelled();
      const start = this.#speakers.map((speaker) => [
        ...(own[speaker.index]?.get(prefix) ?? []),
        ...this.#aggregatesFor(speaker, prefix, contributors),
      ]);
      const { decisions, rounds, moving } = this.#settle(prefix, start);
      if (moving) unstable.push({ prefix, rounds, nodes: moving });
      const { version } = prefixes.get(prefix);
      for (const speaker of this.#speakers) {
        const paths = this.#pathsOf(speaker, start[speaker.index] ?? []);
        if (paths.length === 0) continue;
        const decision = decisions[speaker.index] as Decision;
        entries[speaker.index]?.push({ prefix, paths, decision });
        const { best } = decision;
        if (!best) continue;
        for (const line of this.#aggregates[speaker.index] ?? []) {
          if (!isInside(this.#context, line, prefix) || !contributes(this.#context, line, prefix, best)) continue;
          const list = contributors.get(line);
          if (list) list.push(best);
          else contributors.set(line, [best]);
        }
      }
      for (const [index, path] of this.#received.entries()) {
        if (!path) continue;
        (this.#accepted[index] as [number, number])[version === 4 ? 0 : 1] += 1;
        this.#received[index] = undefined;
      }
    }
    return { entries, accepted: this.#accepted, unstable };
  }

  /** Every prefix that somebody brings in, longest first. */
  #prefixesToExchange(
    own: readonly ReadonlyMap<PrefixId, readonly Path[]>[],
    lines: readonly AggregateLine[],
  ): readonly PrefixId[] {
    const { prefixes } = this.#context;
    const all = new Set<PrefixId>();
    for (const paths of own) for (const prefix of paths.keys()) all.add(prefix);
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
    return [...all].sort((a, b) => prefixes.get(b).length - prefixes.get(a).length || prefixes.compare(a, b));
  }

  #aggregatesFor(
    speaker: Speaker,
    prefix: PrefixId,
    contributors: ReadonlyMap<AggregateLine, readonly Path[]>,
  ): readonly Path[] {
    return (this.#aggregates[speaker.index] ?? []).flatMap((line) => {
      if (line.prefix !== prefix) return [];
      const fromTable =
        speaker.table.behaviour.bgp.aggregateContributors === 'any' &&
        [...(this.#bases[speaker.index]?.routes() ?? [])].some((route) => isInside(this.#context, line, route.prefix));
      return aggregatePathOf(this.#context, line, contributors.get(line) ?? [], fromTable) ?? [];
    });
  }

  #pathsOf(speaker: Speaker, own: readonly Path[]): readonly Path[] {
    let paths = own;
    for (const end of this.#ends[speaker.index] ?? []) {
      const path = this.#received[end.index];
      if (path) {
        if (paths === own) paths = [...own];
        (paths as Path[]).push(path);
      }
    }
    return paths;
  }

  #settle(prefix: PrefixId, start: readonly (readonly Path[])[]) {
    const decisions: Decision[] = this.#speakers.map(() => ({ best: undefined, multipath: [], byAge: false }));
    let wave = new Set<number>();
    for (const speaker of this.#speakers)
      if ((start[speaker.index]?.length ?? 0) > 0 || this.#speaksAnyway(speaker, prefix)) wave.add(speaker.index);
    const first = new Set(wave);
    const limit = waveLimit(this.#speakers.length);
    const seen = new Map<string, number>();
    const moves: { readonly round: number; readonly node: string }[] = [];
    let rounds = 0;
    while (wave.size > 0) {
      rounds += 1;
      const next = new Set<number>();
      for (const index of [...wave].sort((a, b) => a - b)) {
        const speaker = this.#speakers[index] as Speaker;
        const decision = decide(
          speaker,
          this.#rules[index] as ReturnType<typeof rulesOf>,
          this.#pathsOf(speaker, start[index] ?? []),
        );
        const before = decisions[index]?.best;
        decisions[index] = decision;
        if (!first.delete(index) && samePath(before, decision.best)) continue;
        if (rounds > QUIET_WAVES) moves.push({ round: rounds, node: speaker.table.node });
        this.#advertise(speaker, prefix, decision.best, next);
      }
      wave = next;
      if (rounds <= QUIET_WAVES || wave.size === 0) continue;
      const hash = this.#situation(wave);
      const earlier = seen.get(hash);
      if (earlier !== undefined || rounds >= limit) {
        const since = moves.filter((move) => move.round > (earlier ?? rounds - 2));
        return { decisions, rounds, moving: [...new Set(since.map((move) => move.node))].sort() };
      }
      seen.set(hash, rounds);
    }
    return { decisions, rounds, moving: undefined };
  }

  /** Speakers that send something without a path of their own: a default route, an active route of another protocol. */
  #speaksAnyway(speaker: Speaker, prefix: PrefixId): boolean {
    const { length, version } = this.#context.prefixes.get(prefix);
    if (speaker.table.behaviour.bgp.exportsActiveRoutes && this.#bases[speaker.index]?.get(prefix)) return true;
    return (
      length === 0 && (this.#ends[speaker.index] ?? []).some((end) => familySettings(end, version)?.defaultOriginate)
    );
  }

  #situation(wave: ReadonlySet<number>): string {
    const hash = new ContentHash();
    for (const index of wave) hash.number(index);
    for (const path of this.#received) hash.number(path ? path.attributes.id : -1);
    return hash.digest();
  }

  #advertise(speaker: Speaker, prefix: PrefixId, best: Path | undefined, next: Set<number>): void {
    const { version } = this.#context.prefixes.get(prefix);
    const family = familyFor(version);
    const path = this.#advertised(speaker, prefix, best);
    for (const end of this.#ends[speaker.index] ?? []) {
      if (!end.families.includes(family)) continue;
      const sent = this.#sent(end, prefix, path, version);
      const { reverse } = end;
      const received = sent && this.#receive(reverse, prefix, sent);
      if (samePath(this.#received[reverse.index], received)) continue;
      this.#received[reverse.index] = received;
      next.add(reverse.speaker.index);
    }
  }

  /** The path that a speaker has to offer: its best one, where the table agrees if the system asks for that. */
  #advertised(speaker: Speaker, prefix: PrefixId, best: Path | undefined): Path | undefined {
    const { behaviour } = speaker.table;
    const base = this.#bases[speaker.index]?.get(prefix);
    const exportsActive = behaviour.bgp.exportsActiveRoutes ?? false;
    if (!base || (behaviour.advertisesInactiveBgp && !exportsActive)) return best;
    if (best?.source === 'network' || best?.source === 'redistributed') return best;
    const route = best && routeOf(this.#context, speaker, prefix, [best]);
    if (route && compareRoutes(route, base) < 0) return best;
    return exportsActive ? activeRoutePath(this.#context, speaker, base) : undefined;
  }

  #sent(end: Peering, prefix: PrefixId, path: Path | undefined, version: 4 | 6): Advertisement | undefined {
    const settings = familySettings(end, version);
    if (this.#context.prefixes.get(prefix).length === 0 && settings?.defaultOriginate) {
      const { value, span } = settings.defaultOriginate;
      const own = defaultPath(this.#context, this.#ribs.of(end.speaker.table), end.speaker, prefix, value, span);
      // The neighbour's filters do not apply to a default route that is made for it.
      if (own) return exportPath(this.#context, withoutFilters(end, version), prefix, own);
    }
    if (!path) return undefined;
    const suppressed = (this.#aggregates[end.speaker.index] ?? []).some(
      (line) => isInside(this.#context, line, prefix) && suppresses(this.#context, line, prefix, path),
    );
    if (
      suppressed &&
      !(settings?.unsuppressMap && permits(this.#context, end.speaker, settings.unsuppressMap, prefix, path))
    )
      return undefined;
    return exportPath(this.#context, end, prefix, path);
  }

  #receive(end: Peering, prefix: PrefixId, sent: Advertisement): Path | undefined {
    const accepted = importPath(this.#context, end, prefix, sent);
    if (!accepted) return undefined;
    const { attributes, spans, distance, tag } = accepted;
    const resolution = this.#resolve(end, prefix, attributes.nextHop);
    return {
      source: 'learned',
      protocol: end.type === 'ebgp' ? 'ebgp' : 'ibgp',
      attributes,
      from: end,
      resolution,
      valid: resolution !== undefined,
      igpMetric: resolution?.metric ?? 0,
      tag,
      distance,
      spans,
    };
  }

  #resolve(end: Peering, prefix: PrefixId, nextHop: string | null): Resolution | undefined {
    if (nextHop === null) return undefined;
    const { table } = end.speaker;
    if (nextHop.startsWith('%')) return onInterface(nextHop.slice(1), prefix);
    const key = `${table.index} ${nextHop}`;
    if (!this.#resolutions.has(key)) this.#resolutions.set(key, resolveHop(this.#ribs, end.speaker, nextHop));
    const known = this.#resolutions.get(key);
    // A route is never resolved by itself; the table may hold it already from an earlier round.
    if (known?.route.prefix !== prefix) return known;
    return resolveHop(this.#ribs, end.speaker, nextHop, prefix);
  }
}

export function resolveHop(ribs: Ribs, { table }: Speaker, nextHop: string, self?: PrefixId): Resolution | undefined {
  const ip = parseIp(nextHop);
  const viaDefault = table.behaviour.bgpResolvesViaDefault ?? true;
  return ip && ribs.resolve(table, ip, { viaDefault, ...(self !== undefined && { self }) });
}

/** The next hop of an unnumbered session is the other end of its link. */
function onInterface(name: string, prefix: PrefixId): Resolution | undefined {
  if (name === '') return undefined;
  const nextHops = [{ ip: null, interface: name, vrf: null }];
  const route: RibRoute = { prefix, protocol: 'connected', process: '', ad: 0, metric: 0, nextHops, spans: [] };
  return { route, nextHops, metric: 0 };
}

function withoutFilters(end: Peering, version: 4 | 6): Peering {
  const family = familyFor(version);
  const settings = end.settings.families.get(family);
  if (!settings) return end;
  const { policyOut, prefixListOut, distributeListOut, asPathListOut, ...rest } = settings;
  // A policy is present for RFC 8212, and lets everything pass.
  const open =
    policyOut || prefixListOut || distributeListOut || asPathListOut
      ? { policyOut: { policies: [], span: settings.span } }
      : {};
  return {
    ...end,
    settings: { ...end.settings, families: new Map([...end.settings.families, [family, { ...rest, ...open }]]) },
  };
}
