import { HopStore } from './hop-store.ts';
import { AttributeStore } from './path-attributes.ts';
import { PolicyEngine } from './policy/engine.ts';
import { PrefixTable } from './prefix-table.ts';
import { neighboursOf } from './protocols/ospf/adjacencies.ts';
import { instancesOf } from './protocols/ospf/circuits.ts';
import type { Context } from './protocols/protocol.ts';
import type { Snapshot } from './snapshot.ts';
import type { Adjacency } from './state.ts';
import { buildTopology } from './topology.ts';

/**
 * The adjacencies that the interior protocols of a lab try to make, up or down and why, without computing a route:
 * cheap enough to run while someone types.
 */
export function adjacenciesOf(snapshot: Snapshot): readonly Adjacency[] {
  const prefixes = new PrefixTable();
  const attributes = new AttributeStore();
  // What a protocol cannot decide is said with the state that is computed from it, not here.
  const caveat = (): void => undefined;
  const context: Context = {
    topology: buildTopology(snapshot),
    prefixes,
    attributes,
    hops: new HopStore(),
    policies: new PolicyEngine(prefixes, attributes, caveat),
    caveat,
    hearing: (work) => ({ result: work(), told: [] }),
    checkCancelled: () => undefined,
  };
  return neighboursOf(context, instancesOf(context)).adjacencies;
}
