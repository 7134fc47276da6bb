import { HopStore } from '../../../network/hop-store.ts';
import { AttributeStore } from '../../../network/path-attributes.ts';
import { PolicyEngine } from '../../../network/policy/engine.ts';
import { PrefixTable } from '../../../network/prefix-table.ts';
import type { Speaker } from '../../../network/protocols/bgp/model.ts';
import { speakersOf } from '../../../network/protocols/bgp/speakers.ts';
import { instancesOf as isisInstances } from '../../../network/protocols/isis/circuits.ts';
import type { Instance as IsisInstance } from '../../../network/protocols/isis/model.ts';
import { instancesOf as ospfInstances } from '../../../network/protocols/ospf/circuits.ts';
import type { Instance as OspfInstance } from '../../../network/protocols/ospf/model.ts';
import type { Context } from '../../../network/protocols/protocol.ts';
import { type Speaker as RipSpeaker, speakersOf as ripSpeakers } from '../../../network/protocols/rip/speakers.ts';
import type { Topology } from '../../../network/topology.ts';

/** Protocol instances of a lab as its configurations mean them, with every default filled in. */
export interface Protocols {
  readonly bgp: readonly Speaker[];
  readonly ospf: readonly OspfInstance[];
  readonly isis: readonly IsisInstance[];
  readonly rip: readonly RipSpeaker[];
}

export function protocolsOf(topology: Topology): Protocols {
  const prefixes = new PrefixTable();
  const attributes = new AttributeStore();
  // What the simulator cannot decide is said with its own state, not here.
  const caveat = (): void => undefined;
  const context: Context = {
    topology,
    prefixes,
    attributes,
    hops: new HopStore(),
    policies: new PolicyEngine(prefixes, attributes, caveat),
    caveat,
    hearing: (work) => ({ result: work(), told: [] }),
    checkCancelled: () => undefined,
  };
  return {
    bgp: speakersOf(topology),
    ospf: ospfInstances(context),
    isis: isisInstances(context),
    rip: ripSpeakers(context),
  };
}
