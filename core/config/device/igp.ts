import type { Located, Span } from '../span.ts';
import type { PolicyUse, Redistribution } from './bgp.ts';
import type { OspfInterface } from './interface.ts';

/** A filter on the routes that a process takes in or hands on; without an interface it holds on all. */
export interface DistributeList {
  readonly list: Located<string>;
  readonly kind: 'access-list' | 'prefix-list' | 'route-map';
  readonly direction: 'in' | 'out';
  readonly interface?: string;
  /** Source protocol that an outbound list is limited to. */
  readonly source?: string;
  readonly span: Span;
}

export interface OspfArea {
  /** Dotted form, e.g. 0.0.0.0. */
  readonly id: string;
  span: Span;
  type?: Located<'normal' | 'stub' | 'nssa'>;
  /** Totally stubby / totally NSSA: no type 3 summaries. */
  noSummary?: Located<boolean>;
  nssaDefaultOriginate?: Located<boolean>;
  defaultCost?: Located<number>;
  ranges: { readonly prefix: string; readonly advertise: boolean; readonly cost?: number; readonly span: Span }[];
  filterIn?: Located<string>;
  filterOut?: Located<string>;
  authentication?: Located<'simple' | 'message-digest'>;
  /** IOS / FRR: type 3 summaries limited by an access-list (`import-list`, `export-list`). */
  importList?: Located<string>;
  exportList?: Located<string>;
  virtualLinks: Located<string>[];
  /** Prefixes of `network ... area` statements: address and wildcard. */
  networks: { readonly address: string; readonly wildcard: string; readonly span: Span }[];
  /** Interfaces named under the area (Junos, SR OS, IOS-XR, SR Linux). */
  interfaces: Located<string>[];
  /** What holds on the interfaces of the area that do not say otherwise (IOS-XR); copied into them by the dialect. */
  interfaceDefaults?: OspfInterface;
}

export interface OspfProcess {
  /** The same for all areas. */
  interfaceDefaults?: OspfInterface;
  readonly id: string;
  readonly version: 2 | 3;
  readonly vrf: string;
  span: Span;
  routerId?: Located<string>;
  areas: Map<string, OspfArea>;
  redistribute: Redistribution[];
  referenceBandwidthMbps?: Located<number>;
  passiveDefault?: Located<boolean>;
  passiveInterfaces: Located<string>[];
  activeInterfaces: Located<string>[];
  defaultOriginate?: Located<{
    readonly always: boolean;
    readonly metric?: number;
    readonly metricType?: 1 | 2;
    readonly policy?: string;
  }>;
  defaultMetric?: Located<number>;
  distances?: Located<{ readonly intra?: number; readonly inter?: number; readonly external?: number }>;
  summaries: { readonly prefix: string; readonly advertise: boolean; readonly tag?: number; readonly span: Span }[];
  maximumPaths?: Located<number>;
  maxMetricRouterLsa?: Located<boolean>;
  /** RFC 6860: networks of links are not announced, those of loopbacks and passive interfaces are. */
  prefixSuppression?: Located<boolean>;
  distributeLists?: DistributeList[];
  rfc1583Compatible?: Located<boolean>;
  exportPolicy?: PolicyUse;
  importPolicy?: PolicyUse;
  shutdown?: Located<boolean>;
}

export interface IsisProcess {
  readonly id: string;
  readonly vrf: string;
  span: Span;
  /** Network entity title, e.g. 49.0001.0000.0000.0001.00. */
  net?: Located<string>;
  level?: Located<'1' | '2' | '1-2'>;
  wideMetrics?: Located<boolean>;
  redistribute: Redistribution[];
  defaultOriginate?: Located<{
    readonly policy?: string;
    readonly level?: '1' | '2' | '1-2';
    readonly always?: boolean;
    readonly metric?: number;
  }>;
  leak?: { readonly from: '1' | '2'; readonly to: '1' | '2'; readonly policy?: string; readonly span: Span }[];
  summaries: { readonly prefix: string; readonly level?: '1' | '2' | '1-2'; readonly span: Span }[];
  overload?: Located<boolean>;
  /** No default route towards routers with the attached bit; the bit is never sent. */
  ignoresAttached?: Located<boolean>;
  suppressesAttached?: Located<boolean>;
  distance?: Located<number>;
  /** Distances of internal and external routes per level (Junos). */
  levelDistances?: {
    level1?: Located<number>;
    level2?: Located<number>;
    level1External?: Located<number>;
    level2External?: Located<number>;
  };
  maximumPaths?: Located<number>;
  exportPolicy?: PolicyUse;
  passiveDefault?: Located<boolean>;
  passiveInterfaces: Located<string>[];
  activeInterfaces?: Located<string>[];
  interfaces: Located<string>[];
  /** Metric of interfaces that have no own, per level. */
  defaultMetric?: { level1?: Located<number>; level2?: Located<number> };
  referenceBandwidthMbps?: Located<number>;
  shutdown?: Located<boolean>;
}

export interface EigrpProcess {
  readonly asn: string;
  readonly name?: string;
  /** Name of the instance where it is not the autonomous system's number (NX-OS). */
  readonly instance?: string;
  readonly vrf: string;
  readonly family: 'ipv4' | 'ipv6';
  span: Span;
  routerId?: Located<string>;
  networks: { readonly address: string; readonly wildcard: string; readonly span: Span }[];
  redistribute: Redistribution[];
  passiveDefault?: Located<boolean>;
  passiveInterfaces: Located<string>[];
  activeInterfaces: Located<string>[];
  distances?: Located<{ readonly internal: number; readonly external: number }>;
  defaultMetric?: Located<readonly number[]>;
  autoSummary?: Located<boolean>;
  summaries: { readonly interface?: string; readonly prefix: string; readonly span: Span }[];
  distributeLists?: DistributeList[];
  stub?: Located<readonly string[]>;
  offsetLists?: RipOffset[];
  variance?: Located<number>;
  maximumPaths?: Located<number>;
  kValues?: Located<readonly number[]>;
  wideMetrics?: boolean;
}

export interface RipProcess {
  readonly vrf: string;
  span: Span;
  version?: Located<1 | 2>;
  networks: Located<string>[];
  redistribute: Redistribution[];
  passiveDefault?: Located<boolean>;
  passiveInterfaces: Located<string>[];
  activeInterfaces?: Located<string>[];
  distributeLists?: DistributeList[];
  defaultOriginate?: Located<{ readonly always?: boolean; readonly policy?: string }>;
  autoSummary?: Located<boolean>;
  defaultMetric?: Located<number>;
  distance?: Located<number>;
  offsetLists?: RipOffset[];
  /** Neighbours that are spoken to by their address, on passive interfaces as well. */
  neighbours?: Located<string>[];
  maximumPaths?: Located<number>;
  shutdown?: Located<boolean>;
}

/** Adds to the metric of routes that an access-list permits; without a list to that of all. */
export interface RipOffset {
  readonly list?: Located<string>;
  readonly direction: 'in' | 'out';
  readonly offset: number;
  readonly interface?: string;
  readonly span: Span;
}
