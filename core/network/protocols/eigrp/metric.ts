import { bandwidthKbps } from '../../bandwidth.ts';
import type { L3Interface, Topology } from '../../topology.ts';

/** What a route carries: its worst bandwidth and load, its summed delay (RFC 7868 section 5.6). */
export interface Vector {
  /** Smallest bandwidth on the way in kbit/s. */
  readonly bandwidthKbps: number;
  /** Sum of the delays in picoseconds. */
  readonly delayPicoseconds: number;
  /** 255 = never lost a packet. */
  readonly reliability: number;
  /** 1 = idle, 255 = full. */
  readonly load: number;
  readonly hops: number;
  /** What offset lists have added to the metric. Absent: nothing. */
  readonly offset?: number;
}

export const PICOSECONDS_PER_TEN_MICROSECONDS = 10_000_000;

/** K1 to K6 (RFC 7868 section 5.4); the last one counts for wide metrics alone. */
export type KValues = readonly [number, number, number, number, number, number];

export const DEFAULT_K_VALUES: KValues = [1, 0, 1, 0, 0, 0];

/** Delays in tens of microseconds that the names stand for (Cisco document 16406, "Bandwidth and delay values"). */
const DELAYS: readonly (readonly [name: RegExp, tens: number])[] = [
  [/^(loopback|lo\d)/i, 500],
  [/^tunnel/i, 5_000],
  [/^serial/i, 2_000],
  [/^fastethernet/i, 10],
];

const LEAST_DELAY = 1;
/** An Ethernet port of 10 Mbit/s. */
const SLOW_ETHERNET_DELAY = 100;

const delayOf = (name: string, kbps: number): number =>
  DELAYS.find(([pattern]) => pattern.test(name))?.[1] ??
  (kbps <= 10_000 ? SLOW_ETHERNET_DELAY : kbps <= 100_000 ? 10 : LEAST_DELAY);

/** The vector of a network that a router is attached to by this interface. */
export function attachedVector(topology: Topology, one: L3Interface): Vector {
  const kbps = bandwidthKbps(topology, one);
  const tens = one.config.delayTensOfMicroseconds?.value ?? delayOf(one.name, kbps);
  return {
    bandwidthKbps: kbps,
    delayPicoseconds: tens * PICOSECONDS_PER_TEN_MICROSECONDS,
    reliability: 255,
    load: 1,
    hops: 0,
  };
}

/** Bandwidth in kbit/s, delay in tens of microseconds, reliability, load, MTU: as `redistribute ... metric` names them. */
export function seedVector([bandwidth = 1, delay = 1, reliability = 255, load = 1]: readonly number[]): Vector {
  return {
    bandwidthKbps: Math.max(1, bandwidth),
    delayPicoseconds: delay * PICOSECONDS_PER_TEN_MICROSECONDS,
    reliability,
    load,
    hops: 0,
  };
}

/** A neighbour's vector as it is seen through the interface by which it came. */
export const through = (link: Vector, told: Vector): Vector => ({
  bandwidthKbps: Math.min(link.bandwidthKbps, told.bandwidthKbps),
  delayPicoseconds: link.delayPicoseconds + told.delayPicoseconds,
  reliability: Math.min(link.reliability, told.reliability),
  load: Math.max(link.load, told.load),
  hops: told.hops + 1,
  ...(told.offset !== undefined && { offset: told.offset }),
});

/** The vector with what an offset list adds to its metric. */
export const raised = (vector: Vector, offset: number): Vector =>
  offset === 0 ? vector : { ...vector, offset: (vector.offset ?? 0) + offset };

const LARGEST_CLASSIC = 0xffffffff;
/** RFC 7868 section 5.6.2.5: wide metrics scale both parts by 2^16 and the table shows them divided by 128. */
const WIDE_SCALE = 65_536;
export const RIB_SCALE = 128;

const reliabilityFactor = ([, , , , k5]: KValues, combined: number, k4: number, reliability: number): number =>
  k5 === 0 ? combined : combined * (k5 / (k4 + reliability));

/** The composite metric of a vector: 32 bits as in classic mode, or wide (named mode). Wide ones are not scaled down. */
export function composite(vector: Vector, k: KValues, wide: boolean): number {
  const [k1, k2, k3, k4] = k;
  const { load, reliability } = vector;
  if (!wide) {
    const bandwidth = Math.floor(10_000_000 / vector.bandwidthKbps);
    const delay = Math.floor(vector.delayPicoseconds / PICOSECONDS_PER_TEN_MICROSECONDS);
    const sum = k1 * bandwidth + (k2 * bandwidth) / (256 - load) + k3 * delay;
    const scaled = Math.floor(reliabilityFactor(k, sum, k4, reliability)) * 256;
    return Math.min(LARGEST_CLASSIC, scaled + (vector.offset ?? 0));
  }
  const throughput = Math.floor((10_000_000 * WIDE_SCALE) / vector.bandwidthKbps);
  const latency = Math.floor((vector.delayPicoseconds * WIDE_SCALE) / 1_000_000);
  const sum = k1 * throughput + (k2 * throughput) / (256 - load) + k3 * latency;
  return Math.floor(reliabilityFactor(k, sum, k4, reliability));
}

/** The metric as the routing table shows it. */
export const tableMetric = (metric: number, wide: boolean): number =>
  wide ? Math.min(LARGEST_CLASSIC, Math.floor(metric / RIB_SCALE)) : metric;
