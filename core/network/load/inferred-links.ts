import { makePrefix, parseIp } from '../../config/address.ts';
import type { Endpoint, Link, SnapshotNode } from '../snapshot.ts';

/**
 * Links that follow from shared subnets: every two interfaces of different devices with addresses in the same subnet.
 * Host routes and link-local addresses say nothing about a link. `between` restricts the pairs that are considered.
 */
export function inferLinks(
  nodes: ReadonlyMap<string, SnapshotNode>,
  between: (a: string, b: string) => boolean = () => true,
): readonly Link[] {
  const segments = new Map<string, Map<string, Endpoint>>();
  for (const { name, config } of nodes.values()) {
    for (const port of config.device.interfaces.values()) {
      if (port.kind === 'loopback' || port.kind === 'null') continue;
      for (const { address, length, linkLocal } of port.addresses) {
        const ip = parseIp(address);
        if (!ip || linkLocal || length >= (ip.version === 4 ? 32 : 128)) continue;
        const subnet = makePrefix(ip, length).text;
        const segment = segments.get(subnet) ?? new Map<string, Endpoint>();
        segment.set(`${name} ${port.name}`, { node: name, interface: port.name });
        segments.set(subnet, segment);
      }
    }
  }
  const links = new Map<string, Link>();
  for (const segment of segments.values()) {
    const ends = [...segment.values()];
    for (const [index, a] of ends.entries()) {
      for (const b of ends.slice(index + 1)) {
        if (a.node === b.node || !between(a.node, b.node)) continue;
        // IPv4 and IPv6 of one link share it.
        links.set([a.node, a.interface, b.node, b.interface].join(' '), { a, b, source: 'inferred' });
      }
    }
  }
  return [...links.values()];
}
