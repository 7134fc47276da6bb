import type { Span } from '../../../config/span.ts';
import type { PathAttributes } from '../../path-attributes.ts';
import type { PrefixId } from '../../prefix-table.ts';
import type { Resolution } from '../../resolve.ts';
import type { NextHop, RouteProtocol } from '../../state.ts';
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
  /** What becomes of it when its owner passes it on, by the place of the end among those of the owner. */
  readonly onwards: (Onwards | undefined)[];
}

/** What becomes of a path, whatever its AS path, at the other end of a session. */
export interface Onwards {
  /** Numbers of the prefix by which the two ends judge. */
  readonly classOut: number;
  readonly classIn: number;
  /** Undefined when it is not sent or not accepted. */
  readonly arrival: Arrival | undefined;
}

/**
 * A path that was learned over a session. A network has as many as it has messages, so that each must be small. To make
 * another path of it, take `changedPath`: a spread takes over nothing but its two parts.
 */
export class LearnedPath implements Path {
  readonly arrival: Arrival;
  readonly attributes: PathAttributes;

  constructor(arrival: Arrival, attributes: PathAttributes) {
    this.arrival = arrival;
    this.attributes = attributes;
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
