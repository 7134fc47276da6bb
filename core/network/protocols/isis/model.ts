import type { Ip } from '../../../config/address.ts';
import type { Device } from '../../../config/device/device.ts';
import type { Span } from '../../../config/span.ts';
import type { PrefixId } from '../../prefix-table.ts';
import type { L3Interface, Table } from '../../topology.ts';

export type IsisProcessConfig = Device['isis'][number];

export type Level = 1 | 2;
export const LEVELS: readonly Level[] = [1, 2];

/** Kinds of metrics that a router announces and understands. */
export interface MetricStyle {
  readonly narrow: boolean;
  readonly wide: boolean;
}

/** Largest metric of an interface (ISO 10589 section 7.2.2, RFC 5305 section 3.7). */
export const LARGEST_METRIC = { narrow: 63, wide: 0xffffff } as const;

/** An IS-IS process of one table. */
export interface Instance {
  readonly index: number;
  readonly table: Table;
  readonly process: IsisProcessConfig;
  readonly systemId: string;
  readonly area: string;
  readonly levels: readonly Level[];
  readonly style: MetricStyle;
  readonly circuits: readonly Circuit[];
}

/** An interface on which a process runs. */
export interface Circuit {
  readonly index: number;
  readonly instance: Instance;
  readonly l3: L3Interface;
  readonly levels: readonly Level[];
  /** Metric by level. */
  readonly metric: Readonly<Record<Level, number>>;
  readonly pointToPoint: boolean;
  readonly passive: { readonly span?: Span } | undefined;
  readonly ipv4: boolean;
  readonly ipv6: boolean;
  /** Next hops that a neighbour sees, by IP version; null where the address is not known (link-local). */
  readonly addresses: Readonly<Record<4 | 6, Ip | undefined>>;
  readonly networks: readonly PrefixId[];
  readonly span: Span;
}

export interface Neighbour {
  readonly from: Circuit;
  readonly to: Circuit;
  readonly levels: readonly Level[];
}
