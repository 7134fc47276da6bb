import type { Span } from '../../../config/span.ts';
import type { AsPath, PathAttributes } from '../../path-attributes.ts';
import type { PolicyConditions } from '../../policy/evaluation.ts';
import type { PrefixId } from '../../prefix-table.ts';
import type { Context, Ribs } from '../protocol.ts';
import { type Channel, channelOf, type Outlet } from './channel.ts';
import { advertisesNow } from './conditional.ts';
import { type Arrival, changedPath, LearnedPath } from './learned-path.ts';
import { familyFor, type Path, type Peering, type Speaker } from './model.ts';
import type { NextHops } from './next-hops.ts';
import { defaultPath, permits } from './originate.ts';
import { type Accepted, pathOnArrival, receive, refusesPath } from './receive.ts';
import { isOfPeerAs, pathOnDeparture, send } from './send.ts';

/** What became of a path on its way over one end, and all that this rested on besides its attributes. */
interface Carried
  extends Pick<Path, 'from' | 'protocol' | 'source' | 'tag' | 'interface' | 'igpMetric' | 'leaked' | 'evpn'> {
  /** Distance of the route that the path stands for. */
  readonly ad: number | undefined;
  readonly classOut: number;
  readonly classIn: number;
  readonly version: Channel['family'];
  readonly accepted: Accepted | undefined;
}

/** A number that no prefix has. */
const NO_PREFIX: PrefixId = -2;

/** Paths remembered for one end; more would be kept for no use. */
const MOST_REMEMBERED = 4096;

/** Carries paths from one end of a session to the other: what the sender sends, and what the receiver makes of it. */
export class Transfers {
  readonly #context: Context;
  readonly #ribs: Ribs;
  readonly #nextHops: NextHops;
  readonly #channels4: (Channel | undefined)[];
  readonly #channels6: (Channel | undefined)[];
  /** By the number of the attributes; without the AS path where it neither is asked about nor changed by policies. */
  readonly #carriedBy: readonly Map<number, Carried>[];
  /** What arrived at each end, by the number of its attributes. */
  readonly #arrivals: (Map<number, Arrival[]> | undefined)[];
  #numbered = 0;

  constructor(context: Context, ribs: Ribs, peerings: readonly Peering[], nextHops: NextHops) {
    this.#context = context;
    this.#ribs = ribs;
    this.#nextHops = nextHops;
    this.#channels4 = peerings.map(() => undefined);
    this.#channels6 = peerings.map(() => undefined);
    this.#carriedBy = peerings.map(() => new Map());
    this.#arrivals = peerings.map(() => undefined);
  }

  /** Lets go of what is remembered about paths. */
  forget(): void {
    for (const carried of this.#carriedBy) carried.clear();
    for (const byRest of this.#arrivals)
      for (const arrivals of byRest?.values() ?? []) for (const arrival of arrivals) arrival.onwards = undefined;
    this.#arrivals.fill(undefined);
  }

  channel(end: Peering, version: 4 | 6): Channel {
    const channels = version === 4 ? this.#channels4 : this.#channels6;
    const known = channels[end.index];
    if (known) return known;
    const made = channelOf(this.#context, end, version, this.conditions(end.speaker), familyFor(version), (settings) =>
      advertisesNow(this.#context, this.#ribs, end.speaker, settings),
    );
    channels[end.index] = made;
    return made;
  }

  /** Conditions of policies on other routes, answered from the tables as they were when the exchange began. */
  conditions({ table }: Speaker): PolicyConditions {
    const { topology } = this.#context;
    return {
      routeExists: (prefix, name) => {
        const vrf = /^(?:(.+)\.)?inet6?\.0$/.exec(name)?.[1] ?? table.vrf;
        const other = topology.tableOf(table.node, vrf);
        return other !== undefined && this.#ribs.of(other).get(prefix) !== undefined;
      },
    };
  }

  outlet(end: Peering, version: 4 | 6): Outlet {
    return { channel: this.channel(end, version), other: this.channel(end.reverse, version) };
  }

  /** The path as the other end has it afterwards; undefined when it has none. */
  transfer(
    outlet: Outlet,
    prefix: PrefixId,
    path: Path | undefined,
    fromClient: boolean,
    suppressed: boolean,
  ): Path | undefined {
    const { channel, other } = outlet;
    const { peering: end, settings } = channel;
    if (settings?.defaultOriginate && this.#context.prefixes.get(prefix).length === 0) {
      const { value, span } = settings.defaultOriginate;
      const own = defaultPath(this.#context, this.#ribs.of(end.speaker.table), end.speaker, prefix, value, span);
      const accepted = own && this.#carry(channel, prefix, own, false, true);
      if (own) return accepted && this.arrive(end.reverse, prefix, accepted);
    }
    if (!path) return undefined;
    const unsuppress = suppressed ? settings?.unsuppressMap : undefined;
    if (suppressed && !(unsuppress && permits(this.#context, end.speaker, unsuppress, prefix, path))) return undefined;
    const { asPath } = path.attributes;
    if (channel.keepsPath && refusesPath(other.peering, asPath, other.allowedLoops)) return undefined;
    if (!channel.classOut || !other.classIn) {
      const accepted = this.#carry(channel, prefix, path, fromClient, false);
      return accepted && this.arrive(end.reverse, prefix, accepted);
    }
    if (!channel.ignoresPathOut || !other.ignoresPathIn) {
      const accepted = this.#carried(channel, other, prefix, path, path.attributes.id, fromClient).accepted;
      return accepted && this.arrive(end.reverse, prefix, accepted);
    }
    if (isOfPeerAs(channel, path)) return undefined;
    const { accepted } = this.#carried(channel, other, prefix, path, path.attributes.rest, fromClient);
    if (!accepted) return undefined;
    const arrived = this.pathOver(outlet, path);
    return arrived && this.#arrived(end.reverse, prefix, accepted, arrived);
  }

  /**
   * As what a path arrives whatever its AS path, at an end where that does not matter to policies; undefined when it is
   * not sent or not accepted.
   */
  arrivalOver(
    { channel, other }: Outlet,
    prefix: PrefixId,
    path: LearnedPath,
    fromClient: boolean,
  ): Arrival | undefined {
    // What the path would be refused for at the other end is asked of every path by itself.
    const judged = new LearnedPath(path.arrival, path.arrival.like.asPath);
    const accepted = this.#carry(channel, prefix, judged, fromClient, false);
    return accepted && this.#arrivalOf(other.peering, accepted);
  }

  /** The AS path as it is at the other end; undefined when it is refused there for the ASes in it, or not sent for them. */
  pathOver({ channel, other }: Outlet, path: Path): AsPath | undefined {
    const { asPath } = path.attributes;
    if (channel.keepsPath && refusesPath(other.peering, asPath, other.allowedLoops)) return undefined;
    if (isOfPeerAs(channel, path)) return undefined;
    const sent = pathOnDeparture(this.#context, channel, asPath);
    return refusesPath(other.peering, sent, other.allowedLoops) ? undefined : pathOnArrival(this.#context, other, sent);
  }

  /** Sends and receives. Paths with the same attributes and prefixes that all policies treat alike fare alike. */
  #carried(
    channel: Channel,
    other: Channel,
    prefix: PrefixId,
    path: Path,
    key: number,
    fromClient: boolean,
  ): Pick<Carried, 'accepted'> {
    const classOut = channel.classOut?.(prefix) ?? 0;
    const classIn = other.classIn?.(prefix) ?? 0;
    const carried = this.#carriedBy[channel.peering.index] as Map<number, Carried>;
    const known = carried.get(key);
    if (
      known !== undefined &&
      known.classOut === classOut &&
      known.classIn === classIn &&
      known.from === path.from &&
      known.protocol === path.protocol &&
      known.source === path.source &&
      known.tag === path.tag &&
      known.interface === path.interface &&
      known.igpMetric === path.igpMetric &&
      known.leaked === path.leaked &&
      known.ad === path.route?.ad &&
      known.evpn === path.evpn &&
      known.version === channel.family
    )
      return known;
    // What the path would be refused for at the other end is asked of every path by itself.
    const judged =
      key === path.attributes.id
        ? path
        : changedPath(path, { attributes: this.#context.attributes.withEmptyPath(path.attributes) });
    const { from, protocol, source, tag, interface: leaves, igpMetric, leaked, evpn } = path;
    if (carried.size >= MOST_REMEMBERED) carried.clear();
    const made: Carried = {
      ad: path.route?.ad,
      classOut,
      classIn,
      from,
      protocol,
      source,
      tag,
      interface: leaves,
      igpMetric,
      leaked,
      evpn,
      version: channel.family,
      accepted: this.#carry(channel, prefix, judged, fromClient, false),
    };
    carried.set(key, made);
    return made;
  }

  #carry(
    channel: Channel,
    prefix: PrefixId,
    path: Path,
    fromClient: boolean,
    unfiltered: boolean,
  ): Accepted | undefined {
    const sent = send(this.#context, channel, prefix, path, fromClient, unfiltered);
    const other = this.channel(channel.peering.reverse, channel.family === 'ipv4' ? 4 : 6);
    return sent && receive(this.#context, other, prefix, sent);
  }

  arrive(end: Peering, prefix: PrefixId, accepted: Accepted): Path {
    return this.#arrived(end, prefix, accepted, accepted.attributes.asPath);
  }

  #arrived(end: Peering, prefix: PrefixId, accepted: Accepted, asPath: AsPath): Path {
    return new LearnedPath(this.arrivalFor(prefix, this.#arrivalOf(end, accepted)), asPath);
  }

  /** The arrival of a route to `prefix`, which is never resolved by itself. */
  arrivalFor(prefix: PrefixId, arrival: Arrival): Arrival {
    return arrival.resolvedBy === prefix ? this.#newArrival(arrival.from, prefix, arrival, arrival.like) : arrival;
  }

  /** The same arrival for all that is accepted alike. */
  #arrivalOf(end: Peering, accepted: Accepted): Arrival {
    let byRest = this.#arrivals[end.index];
    if (!byRest) {
      byRest = new Map();
      this.#arrivals[end.index] = byRest;
    }
    const { rest } = accepted.attributes;
    const bucket = byRest.get(rest);
    const known = bucket?.find(
      ({ tag, distance, spans }) =>
        tag === accepted.tag && distance === accepted.distance && sameSpans(spans, accepted.spans),
    );
    if (known) return known;
    const made = this.#newArrival(
      end,
      NO_PREFIX,
      accepted,
      this.#context.attributes.withEmptyPath(accepted.attributes),
    );
    if (bucket) bucket.push(made);
    else byRest.set(rest, [made]);
    return made;
  }

  #newArrival(
    end: Peering,
    prefix: PrefixId,
    { tag, distance, spans }: Omit<Accepted, 'attributes'>,
    like: PathAttributes,
  ): Arrival {
    const { resolution, hop } = this.#nextHops.of(end.speaker, prefix, like.nextHop);
    this.#numbered += 1;
    return {
      id: this.#numbered,
      protocol: end.type === 'ebgp' ? 'ebgp' : 'ibgp',
      from: end,
      like,
      resolution,
      hop,
      interface: resolution?.nextHops[0]?.interface ?? null,
      igpMetric: resolution?.metric ?? 0,
      tag,
      distance,
      spans,
      resolvedBy: resolution && resolution.route.protocol !== 'connected' ? resolution.route.prefix : NO_PREFIX,
      onwards: undefined,
    };
  }
}

const sameSpans = (a: readonly Span[], b: readonly Span[]): boolean =>
  a === b || (a.length === b.length && a.every((span, at) => span === b[at]));
