import { type Ip, parseIp } from '../../config/address.ts';
import { isActiveMember } from '../protocols/first-hop.ts';
import type { NetworkState } from '../state.ts';
import type { L3Interface, Topology } from '../topology.ts';

/** What a packet meets that leaves an interface towards an address or towards whoever is there. */
export type Arrival =
  | { readonly kind: 'device'; readonly interfaces: readonly L3Interface[] }
  /** No device of the lab answers, and one outside of it may. */
  | { readonly kind: 'outside' }
  /** The link leads to devices of the lab alone, and none of them has the address. */
  | { readonly kind: 'nobody'; readonly text: string };

/** Who answers for an address on a link (ARP, neighbour discovery): interfaces of the devices there, by broadcast domain. */
export class Neighbours {
  readonly #topology: Topology;
  readonly #state: NetworkState;
  readonly #virtual = new Map<number, ReadonlyMap<string, readonly L3Interface[]>>();
  readonly #peers = new Map<string, ReadonlySet<string>>();
  readonly #outside: ReadonlySet<string>;

  constructor(topology: Topology, state: NetworkState) {
    this.#topology = topology;
    this.#state = state;
    this.#outside = new Set(topology.snapshot.unmodelledNodes.map(({ name }) => name));
    for (const { node, interface: port, peerNode, state: up } of state.adjacencies)
      if (up === 'up') this.#addPeer(node, port, peerNode);
    for (const { node, peer, peerNode, state: up } of state.sessions)
      if (up === 'established' && peerNode !== null) this.#addPeer(node, peer, peerNode);
  }

  #addPeer(node: string, port: string, peerNode: string): void {
    const key = `${node} ${port.toLowerCase()}`;
    this.#peers.set(key, new Set([...(this.#peers.get(key) ?? []), peerNode]));
  }

  /** Who has the address on the link of an interface. */
  at(from: L3Interface, ip: Ip): Arrival {
    const there = this.#topology.neighboursOf(from);
    const owners = there.filter((one) => one.addresses.some((address) => address.ip.text === ip.text));
    if (owners.length > 0) return { kind: 'device', interfaces: owners };
    const virtual =
      this.#virtualOn(from)
        .get(ip.text)
        ?.filter((one) => one !== from) ?? [];
    if (virtual.length > 0) return { kind: 'device', interfaces: virtual };
    // A link-local address that is made by the system is in no configuration: it is that of the only other end.
    if (/^fe[89ab]/i.test(ip.text) && there.length === 1) return { kind: 'device', interfaces: there };
    return this.#absent(from, ip.text);
  }

  /** Who is at the other end of an unnumbered link. */
  peer(from: L3Interface): Arrival {
    const there = this.#topology.neighboursOf(from);
    const named = this.#peers.get(`${from.table.node} ${from.name.toLowerCase()}`);
    const peers = there.length <= 1 || !named ? there : there.filter((one) => named.has(one.table.node));
    if (peers.length > 0) return { kind: 'device', interfaces: peers };
    return this.#absent(from, 'a neighbour');
  }

  #absent(from: L3Interface, who: string): Arrival {
    const { node } = from.table;
    const there = this.#topology.neighboursOf(from);
    if (there.length === 0 || this.#mayHoldStrangers(from)) return { kind: 'outside' };
    const names = there.map((one) => `${one.table.node} ${one.name}`).join(', ');
    return {
      kind: 'nobody',
      text: `${who} answers on none of the devices that ${node} ${from.name} is connected to (${names})`,
    };
  }

  /** Whether something may be on the link that the lab does not model. */
  #mayHoldStrangers(from: L3Interface): boolean {
    const { snapshot } = this.#topology;
    if (!snapshot.linksComplete) return true;
    const members = [from, ...this.#topology.neighboursOf(from)];
    // A switched segment may have hosts on any port; a cable between two routers has none.
    if (members.some((one) => one.config.kind === 'vlan' || one.config.kind === 'bridge')) return true;
    return snapshot.links.some((link) =>
      [
        [link.a, link.b],
        [link.b, link.a],
      ].some(
        ([own, far]) =>
          this.#outside.has((far as typeof link.a).node) &&
          members.some(
            (one) =>
              one.table.node === (own as typeof link.a).node &&
              (one.name.toLowerCase() === (own as typeof link.a).interface.toLowerCase() ||
                one.config.parent?.toLowerCase() === (own as typeof link.a).interface.toLowerCase()),
          ),
      ),
    );
  }

  /** Virtual addresses (VRRP, HSRP, anycast gateways) on the link of an interface, with those that answer for them. */
  #virtualOn(from: L3Interface): ReadonlyMap<string, readonly L3Interface[]> {
    const known = this.#virtual.get(from.segment);
    if (known && from.segment >= 0) return known;
    const found = new Map<string, L3Interface[]>();
    for (const one of [from, ...this.#topology.neighboursOf(from)]) {
      for (const ip of this.virtualAddresses(one)) found.set(ip, [...(found.get(ip) ?? []), one]);
    }
    if (from.segment >= 0) this.#virtual.set(from.segment, found);
    return found;
  }

  /** Virtual addresses for which the interface answers now. */
  virtualAddresses(one: L3Interface): readonly string[] {
    if (!one.up) return [];
    return one.config.firstHop.flatMap((group) =>
      group.addresses.flatMap(({ value }) => {
        const ip = parseIp(value.split('/')[0] ?? '');
        if (!ip) return [];
        return group.protocol === 'varp' || isActiveMember(this.#topology, one, group, ip) ? [ip.text] : [];
      }),
    );
  }

  get state(): NetworkState {
    return this.#state;
  }
}
