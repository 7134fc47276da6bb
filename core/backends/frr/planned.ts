/* The parts of a twin as data: what `plan.ts` makes of a snapshot, and `wiring.ts` and `twin.ts` build. */
import type { Daemon } from './daemons.ts';
import type { RouterConfig } from './native.ts';

/** An interface of a router in the twin. */
export interface PlannedPort {
  /** Name in the twin, which is a Linux name. */
  readonly name: string;
  /** Name on the device. */
  readonly interface: string;
  readonly vrf: string;
  /** Largest packet, where the configuration says it. */
  readonly mtu?: number;
}

export interface PlannedRouter {
  readonly node: string;
  readonly ports: readonly PlannedPort[];
  readonly vrfs: readonly string[];
  readonly daemons: readonly Daemon[];
  readonly config: RouterConfig;
}

/** What interfaces are plugged into: one cable between two, a switch between several, or nothing but a live end. */
export interface PlannedSegment {
  readonly kind: 'cable' | 'switch' | 'stub';
  /** Each end as `node` and name in the twin, sorted; with its VRF where that is not the global table. */
  readonly ends: readonly { readonly node: string; readonly port: string; readonly vrf?: string }[];
  /** Hosts on it, which stand for addresses that `aegis.yml` names. */
  readonly hosts?: readonly PlannedHost[];
}

/** A host that stands for a declared address, on the segment of a router's port. */
export interface PlannedHost {
  readonly address: string;
  readonly length: number;
  /** The router's own address on the subnet, by which the host sends everything else. */
  readonly gateway: string;
  readonly node: string;
  readonly port: string;
}
