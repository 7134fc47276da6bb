import { makePrefix, parseIp, prefixContains } from '../../config/address.ts';
import type { Span } from '../../config/span.ts';
import { isShutdown } from '../../network/interfaces.ts';
import type { Snapshot, SnapshotNode } from '../../network/snapshot.ts';
import { inVrf } from '../bgp.ts';
import { groupBy } from '../group-by.ts';
import { isManagementPort } from '../management.ts';
import { type Owner, ownersOf, vrfOfInterface } from '../peers.ts';
import { head } from '../restore.ts';
import { type RawFinding, rule } from '../rule.ts';

type Found = RawFinding & { readonly node: string };

/** Ports that the lab itself, or the host of a virtual device, gives the same address on every node. */
const isOutOfBand = ({ interface: port }: Owner): boolean => isManagementPort(port);

/** The same address on several devices is intended: anycast gateways, and loopbacks shared by a pair. */
const mayBeShared = ({ interface: port, address }: Owner): boolean =>
  port.kind === 'loopback' ||
  port.kind === 'vlan' ||
  port.kind === 'bridge' ||
  port.firstHop.some(({ addresses }) => addresses.some(({ value }) => value === address.address));

/** A host address may stand on several interfaces of its device: they are unnumbered. */
const isHost = ({ family, length }: Owner['address']): boolean => length === (family === 'ipv4' ? 32 : 128);

/** Addresses by which a device is known: a second device with one of them takes its sessions. */
function identities(snapshot: Snapshot): ReadonlySet<string> {
  const used = new Set<string>();
  for (const { config } of snapshot.nodes.values()) {
    for (const process of config.device.bgp) {
      if (process.routerId) used.add(process.routerId.value);
      for (const id of process.neighbours.keys()) used.add(id);
    }
    for (const { routerId } of config.device.ospf) if (routerId) used.add(routerId.value);
  }
  return used;
}

const relatedTo = ({ node, interface: port, address }: Owner): NonNullable<RawFinding['related']>[number] => ({
  node: node.name,
  file: address.span.file ?? node.config.file,
  span: head(address.span),
  message: `${node.name} ${port.name} has it too`,
});

function duplicates(snapshot: Snapshot): Found[] {
  const known = identities(snapshot);
  return [...ownersOf(snapshot)].flatMap(([address, owners]): Found[] => {
    if (owners.length < 2) return [];
    return owners.flatMap((owner): Found[] => {
      if (isOutOfBand(owner) || (mayBeShared(owner) && !(owner.interface.kind === 'loopback' && known.has(address))))
        return [];
      const others = owners.filter(
        (other) =>
          other !== owner &&
          other.vrf === owner.vrf &&
          !(other.node === owner.node && (isHost(other.address) || isHost(owner.address))) &&
          !isOutOfBand(other) &&
          (!mayBeShared(other) || (other.interface.kind === 'loopback' && known.has(address))),
      );
      const [first] = others;
      if (!first) return [];
      return [
        {
          node: owner.node.name,
          span: head(owner.address.span),
          message: `${address} is also on ${first.node.name} ${first.interface.name}${others.length > 1 ? ` and ${others.length - 1} more` : ''}${inVrf(owner.vrf)}`,
          key: `address ${owner.vrf} ${address} ${owner.interface.name}`,
          related: others.slice(0, 8).map(relatedTo),
        },
      ];
    });
  });
}

interface RouterId {
  readonly node: SnapshotNode;
  readonly protocol: string;
  /** Devices with the same scope hear each other: an AS, an OSPF domain. */
  readonly scope: string;
  readonly id: string;
  readonly span: Span;
}

const routerIds = (node: SnapshotNode): RouterId[] => {
  const { bgp, ospf, routerId } = node.config.device;
  const made = (protocol: string, scope: string, id: { value: string; span: Span } | undefined): RouterId[] => {
    const found = id ?? routerId;
    return found ? [{ node, protocol, scope: `${protocol} ${scope}`, id: found.value, span: found.span }] : [];
  };
  return [
    ...bgp.flatMap((process) => made('BGP', `${process.asn.value} ${process.vrf}`, process.routerId)),
    ...ospf.flatMap((process) => made(process.version === 2 ? 'OSPF' : 'OSPFv3', process.vrf, process.routerId)),
  ];
};

function duplicateRouterIds(snapshot: Snapshot): Found[] {
  const byScope = groupBy([...snapshot.nodes.values()].flatMap(routerIds), ({ scope, id }) => `${scope} ${id}`);
  return [...byScope.values()].flatMap((same) => {
    const nodes = new Set(same.map(({ node }) => node.name));
    if (nodes.size < 2) return [];
    return same.map(({ node, protocol, id, span }): Found => {
      const others = same.filter((other) => other.node.name !== node.name);
      return {
        node: node.name,
        span: head(span),
        message: `${protocol} router-id ${id} is also that of ${[...new Set(others.map((other) => other.node.name))].join(', ')}`,
        key: `router-id ${protocol} ${id}`,
        related: others.map((other) => ({
          node: other.node.name,
          file: other.span.file ?? other.node.config.file,
          span: head(other.span),
          message: `${other.node.name} has it too`,
        })),
      };
    });
  });
}

type Interface = Owner['interface'];
type Address = Owner['address'];

const prefixOf = ({ address, length }: Address) => {
  const ip = parseIp(address);
  return ip && makePrefix(ip, length);
};

const usable = (port: Interface): Address[] => port.addresses.filter(({ linkLocal }) => !linkLocal);

/** Two interfaces of one device in one VRF whose subnets overlap. Most systems reject the second. */
function overlaps(node: SnapshotNode): Found[] {
  const list = [...node.config.device.interfaces.values()]
    .filter((port) => !isShutdown(port))
    .flatMap((port) => usable(port).map((address) => ({ port, address, prefix: prefixOf(address) })))
    .filter((item) => item.prefix !== undefined);
  const byVrf = groupBy(list, ({ port }) => vrfOfInterface(port));
  return [...byVrf.values()].flatMap((items) => {
    // Sorted by first address and length, whatever overlaps with an item stands behind it until the first that does not.
    const sorted = items.toSorted((a, b) => comparePrefix(a.prefix!, b.prefix!));
    return sorted.flatMap((outer, index) => {
      const found: Found[] = [];
      for (let at = index + 1; at < sorted.length; at += 1) {
        const inner = sorted[at]!;
        if (!prefixContains(outer.prefix!, inner.prefix!)) break;
        // A host route of a loopback may lie in a subnet of another interface; one interface may have two addresses in one.
        const isHost = (prefix: { version: number; length: number }) =>
          prefix.length === (prefix.version === 4 ? 32 : 128);
        if (inner.port.name === outer.port.name || isHost(inner.prefix!)) continue;
        const [later, earlier] = inner.address.span.line > outer.address.span.line ? [inner, outer] : [outer, inner];
        found.push({
          node: node.name,
          span: head(later.address.span),
          message: `${later.port.name} ${later.prefix!.text} overlaps with ${earlier.port.name} ${earlier.prefix!.text}${inVrf(vrfOfInterface(later.port))}`,
          key: `overlap ${later.port.name} ${earlier.port.name} ${later.prefix!.text} ${earlier.prefix!.text}`,
          related: [
            {
              node: node.name,
              file: node.config.file,
              span: head(earlier.address.span),
              message: `${earlier.port.name} has ${earlier.prefix!.text}`,
            },
          ],
        });
      }
      return found;
    });
  });
}

type Prefix = NonNullable<ReturnType<typeof prefixOf>>;

function comparePrefix(a: Prefix, b: Prefix): number {
  if (a.version !== b.version) return a.version - b.version;
  for (const [at, word] of a.words.entries()) if (word !== b.words[at]) return word - (b.words[at] ?? 0);
  return a.length - b.length;
}

/** A declared link whose two ends have addresses and no subnet in common, or one subnet with two lengths. */
function linkEnds(snapshot: Snapshot): Found[] {
  return snapshot.links.flatMap((link): Found[] => {
    if (link.source === 'inferred') return [];
    const ends = [link.a, link.b].map(({ node, interface: name }) => {
      const at = snapshot.nodes.get(node);
      const port =
        at &&
        [...at.config.device.interfaces.values()].find(
          (candidate) => candidate.name.toLowerCase() === name.toLowerCase(),
        );
      return at && port ? { node: at, port } : undefined;
    });
    const [a, b] = ends;
    if (!a || !b || isShutdown(a.port) || isShutdown(b.port)) return [];
    return (['ipv4', 'ipv6'] as const).flatMap((family): Found[] => {
      const [ours, theirs] = [a, b].map(({ port }) => usable(port).filter((address) => address.family === family));
      const [first] = ours ?? [];
      const [second] = theirs ?? [];
      if (!ours || !theirs || !first || !second) return [];
      const isSame = ours.some((x) => theirs.some((y) => prefixOf(x)?.text === prefixOf(y)?.text));
      if (isSame || (isHost(first) && isHost(second))) return [];
      const near = [first, second].map((address) => prefixOf(address));
      const mask = near[0] && near[1] && (prefixContains(near[0], near[1]) || prefixContains(near[1], near[0]));
      const describe = (end: typeof a, address: Address, other: typeof a, otherAddress: Address): Found => ({
        node: end.node.name,
        span: head(address.span),
        message: `${end.port.name} has ${address.address}/${address.length}, but the other end of the link, ${other.node.name} ${other.port.name}, has ${otherAddress.address}/${otherAddress.length}${mask ? ' (another mask)' : ''}`,
        key: `link ${family} ${end.port.name}`,
        related: [
          {
            node: other.node.name,
            file: other.node.config.file,
            span: head(otherAddress.span),
            message: `the other end, ${other.port.name}`,
          },
        ],
      });
      return [describe(a, first, b, second), describe(b, second, a, first)];
    });
  });
}

export default rule({
  id: 'duplicate-address',
  number: 28,
  priority: 'P1',
  scope: 'network',
  title: 'Duplicate address or router-id, overlapping subnets, link ends in different subnets',
  why: 'Two devices with one address or router-id take turns at being reachable, and adjacencies flap or never form. It shows only when the devices are put side by side.',
  sources: [
    'RFC 4271 section 6.8, RFC 6286 (BGP identifier)',
    'RFC 2328 section 10.6 (router id)',
    'Cisco, troubleshooting duplicate router ids with OSPF',
  ],
  remedy: 'Give each device its own address and router-id, and both ends of a link the same subnet and mask.',
  check: ({ snapshot }) => [
    ...duplicates(snapshot),
    ...duplicateRouterIds(snapshot),
    ...[...snapshot.nodes.values()].flatMap(overlaps),
    ...linkEnds(snapshot),
  ],
});
