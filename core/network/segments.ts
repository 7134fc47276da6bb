import { makePrefix, parseIp } from '../config/address.ts';
import {
  type InterfaceConfig,
  type InterfaceStates,
  linkEnds,
  portKey,
  portOf,
  switchedVlans,
  vlanOf,
} from './interfaces.ts';
import type { Snapshot } from './snapshot.ts';

export interface BroadcastDomains {
  /** Number of the broadcast domain that a layer-3 interface is attached to. */
  readonly segmentOf: (node: string, interfaceName: string) => number;
}

/** Nodes that a containerlab topology names as switches without a configuration: they join all that is plugged in. */
const BRIDGE_KINDS: readonly string[] = ['bridge', 'ovs-bridge'];

/** Disjoint sets of text keys, numbered in order of first appearance. */
class DisjointSets {
  readonly #ids = new Map<string, number>();
  readonly #parents: number[] = [];

  find(key: string): number {
    let at = this.#ids.get(key);
    if (at === undefined) {
      at = this.#parents.length;
      this.#ids.set(key, at);
      this.#parents.push(at);
      return at;
    }
    while (this.#parents[at] !== at) {
      this.#parents[at] = this.#parents[this.#parents[at] as number] as number;
      at = this.#parents[at] as number;
    }
    return at;
  }

  join(a: string, b: string): void {
    const [x, y] = [this.find(a), this.find(b)];
    this.#parents[Math.max(x, y)] = Math.min(x, y);
  }
}

const UNTAGGED = 0;
const port = (node: string, name: string, tag: number): string => `port ${portKey(node, name)} ${tag}`;
const bridge = (node: string, vlan: number): string => `vlan ${node} ${vlan}`;
/** A bridge domain that has a name instead of a VLAN number (SR Linux MAC-VRF). */
const domain = (node: string, name: string): string => `bridge ${node} ${name}`;

/**
 * Which interfaces hear each other. A frame leaves a port untagged or with a VLAN tag; a link joins equal tags of its
 * two ends; a switch joins the ports of a VLAN; members of an aggregate are one port. An interface that is up and has
 * no declared link is joined with those of its subnet: layer 1 is not known there, and the shared subnet is the only
 * sign of a link.
 */
export function broadcastDomains(snapshot: Snapshot, states: InterfaceStates): BroadcastDomains {
  const sets = new DisjointSets();
  const ends = linkEnds(snapshot);
  const bridges = new Set(
    snapshot.unmodelledNodes.filter((node) => BRIDGE_KINDS.includes(node.kind)).map((node) => node.name),
  );

  /** The port that frames of an interface leave by: its aggregate where it is a member. */
  const carrier = (node: string, name: string): string => {
    if (bridges.has(node)) return '*';
    const wanted = name.toLowerCase();
    for (const state of states.get(node)?.values() ?? [])
      if (state.name.toLowerCase() === wanted) return state.config.aggregate?.value ?? state.name;
    return name;
  };

  /** Tags that a port of a node may use. */
  const tags = new Map<string, Set<number>>();
  const use = (node: string, name: string, tag: number): void => {
    const key = portKey(node, name);
    tags.set(key, (tags.get(key) ?? new Set([UNTAGGED])).add(tag));
  };

  const vlansOf = (node: string): Set<number> => {
    const vlans = new Set(snapshot.nodes.get(node)?.config.device.vlans.keys() ?? []);
    for (const { config } of states.get(node)?.values() ?? []) {
      const vlan = vlanOf(config);
      if (vlan !== undefined) vlans.add(vlan);
      const access = switchedVlans(config)?.untagged;
      if (access !== undefined) vlans.add(access);
    }
    return vlans;
  };

  for (const [node, interfaces] of states) {
    const vlans = vlansOf(node);
    for (const { config, up } of interfaces.values()) {
      if (config.kind === 'subinterface' && config.parent !== undefined && config.encapsulationVlan)
        use(node, config.parent, config.encapsulationVlan.value);
      const switched = switchedVlans(config);
      if (!switched || !up || config.aggregate) continue;
      if (switched.untagged !== undefined)
        sets.join(port(node, config.name, UNTAGGED), bridge(node, switched.untagged));
      for (const vlan of vlans) {
        if (!switched.carries(vlan)) continue;
        use(node, config.name, vlan);
        sets.join(port(node, config.name, vlan), bridge(node, vlan));
      }
    }
  }

  const isDown = (node: string, name: string): boolean => {
    const wanted = name.toLowerCase();
    for (const state of states.get(node)?.values() ?? []) if (state.name.toLowerCase() === wanted) return !state.up;
    return false;
  };
  for (const link of snapshot.links) {
    if (link.source === 'inferred') continue;
    const { a, b } = link;
    if (isDown(a.node, a.interface) || isDown(b.node, b.interface)) continue;
    const [nameA, nameB] = [carrier(a.node, a.interface), carrier(b.node, b.interface)];
    const used = new Set([
      ...(tags.get(portKey(a.node, nameA)) ?? [UNTAGGED]),
      ...(tags.get(portKey(b.node, nameB)) ?? []),
    ]);
    for (const tag of used) sets.join(port(a.node, nameA, tag), port(b.node, nameB, tag));
  }

  const portName = (node: string, config: InterfaceConfig): string =>
    portOf(config, (name) => ends.has(portKey(node, name)));

  /** The place in the layer-2 network where a layer-3 interface is attached. */
  const attachment = (node: string, config: InterfaceConfig): string => {
    const vlan = vlanOf(config);
    if (config.kind === 'vlan' && vlan !== undefined) return bridge(node, vlan);
    if (config.kind === 'vlan' && config.bridge) return domain(node, config.bridge.value);
    if (config.kind === 'subinterface' && config.parent !== undefined)
      return port(node, carrier(node, config.parent), config.encapsulationVlan?.value ?? UNTAGGED);
    return port(node, carrier(node, portName(node, config)), UNTAGGED);
  };

  for (const [node, interfaces] of states)
    for (const { config, up } of interfaces.values())
      if (up && config.kind === 'subinterface' && config.bridge)
        sets.join(attachment(node, config), domain(node, config.bridge.value));

  const linked = (node: string, config: InterfaceConfig): boolean => {
    const physical = portName(node, config);
    if (ends.has(portKey(node, physical))) return true;
    for (const { config: other } of states.get(node)?.values() ?? [])
      if (other.aggregate?.value.toLowerCase() === physical.toLowerCase() && ends.has(portKey(node, other.name)))
        return true;
    return false;
  };

  // An SVI whose switch has declared links is joined through its ports; elsewhere the subnet is the sign.
  const nodesWithLinks = new Set(
    snapshot.links.filter((link) => link.source !== 'inferred').flatMap((link) => [link.a.node, link.b.node]),
  );
  for (const [node, interfaces] of states) {
    for (const { config, up } of interfaces.values()) {
      if (!up || config.kind === 'loopback' || config.kind === 'null') continue;
      const known = config.kind === 'vlan' ? nodesWithLinks.has(node) : linked(node, config);
      if (known) continue;
      for (const address of config.addresses) {
        const ip = address.linkLocal ? undefined : parseIp(address.address);
        if (ip) sets.join(attachment(node, config), `subnet ${makePrefix(ip, address.length).text}`);
      }
    }
  }

  for (const { a, b } of snapshot.joins ?? []) {
    const [one, other] = [a, b].map((end) => states.get(end.node)?.get(end.interface));
    if (one?.up && other?.up) sets.join(attachment(a.node, one.config), attachment(b.node, other.config));
  }

  return {
    segmentOf: (node, interfaceName) => {
      const config = states.get(node)?.get(interfaceName)?.config;
      return config ? sets.find(attachment(node, config)) : -1;
    },
  };
}
