import type { Span } from '../../../config/span.ts';
import { type AsPath, type PathAttributes, withAsPath } from '../../path-attributes.ts';
import type { PrefixId } from '../../prefix-table.ts';
import type { Resolution } from '../../resolve.ts';
import type { NextHop, RouteProtocol } from '../../state.ts';
import type { Outlet } from './channel.ts';
import type { Path, Peering } from './model.ts';

/** All of a learned path but its AS path: the same for the many prefixes that fare alike on their way to an end. */
export interface Arrival {
  /** Numbers the arrivals of one exchange. */
  readonly id: number;
  readonly protocol: RouteProtocol;
  readonly from: Peering;
  /** The attributes with an empty AS path. */
  readonly like: PathAttributes;
  readonly resolution: Resolution | undefined;
  readonly hop: NextHop;
  readonly interface: string | null;
  readonly igpMetric: number;
  readonly tag: number | undefined;
  readonly distance: number | undefined;
  readonly spans: readonly Span[];
  /** The prefix of the route that its next hop resolves by recursion: that one cannot use it as it is. */
  readonly resolvedBy: PrefixId;
  /** What becomes of it when its owner passes it on; undefined while the owner has not. */
  onwards: Onwards | undefined;
}

/** Where a path goes from its owner, whatever its AS path. */
export interface Onwards {
  /** The numbers of the prefix by which the ends of the sessions judge. */
  readonly answers: readonly number[];
  /** One for each session over which it may go. */
  hops: readonly Hop[];
}

/** One session over which a path goes on. */
export interface Hop {
  /** `Peering.index` of the receiving end, the index of its speaker, and the AS that must not be in the path so often. */
  readonly end: number;
  readonly speaker: number;
  readonly asn: number;
  readonly allowed: number;
  /** The AS that goes in front of the path; undefined where more is done to it, or asked about it. */
  readonly prepended: number | undefined;
  readonly outlet: Outlet;
  /** As what it arrives; undefined while no path has gone there. */
  arrival: Arrival | undefined;
}

/**
 * A path that was learned over a session. A network has as many as it has messages, so that each must be small. To make
 * another path of it, take `changedPath`: a spread takes over nothing but its two parts.
 */
export class LearnedPath implements Path {
  readonly arrival: Arrival;
  readonly asPath: AsPath;

  constructor(arrival: Arrival, asPath: AsPath) {
    this.arrival = arrival;
    this.asPath = asPath;
  }

  get attributes(): PathAttributes {
    return withAsPath(this.arrival.like, this.asPath);
  }

  get source(): 'learned' {
    return 'learned';
  }
  get protocol(): RouteProtocol {
    return this.arrival.protocol;
  }
  get from(): Peering {
    return this.arrival.from;
  }
  get resolution(): Resolution | undefined {
    return this.arrival.resolution;
  }
  get valid(): boolean {
    return this.arrival.resolution !== undefined;
  }
  get hop(): NextHop {
    return this.arrival.hop;
  }
  get interface(): string | null {
    return this.arrival.interface;
  }
  get igpMetric(): number {
    return this.arrival.igpMetric;
  }
  get tag(): number | undefined {
    return this.arrival.tag;
  }
  get distance(): number | undefined {
    return this.arrival.distance;
  }
  get spans(): readonly Span[] {
    return this.arrival.spans;
  }
  get route(): undefined {
    return undefined;
  }
  get advertiseOnly(): undefined {
    return undefined;
  }
  get evpn(): undefined {
    return undefined;
  }
  get leaked(): undefined {
    return undefined;
  }
  get exportedFrom(): undefined {
    return undefined;
  }
}

/** A path like another one but for some of its parts. */
export const changedPath = (path: Path, changes: Partial<Path>): Path => ({
  source: path.source,
  route: path.route,
  protocol: path.protocol,
  attributes: path.attributes,
  from: path.from,
  resolution: path.resolution,
  valid: path.valid,
  hop: path.hop,
  advertiseOnly: path.advertiseOnly,
  evpn: path.evpn,
  leaked: path.leaked,
  exportedFrom: path.exportedFrom,
  interface: path.interface,
  igpMetric: path.igpMetric,
  tag: path.tag,
  distance: path.distance,
  spans: path.spans,
  ...changes,
});
