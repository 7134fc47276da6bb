import { makePrefix, parseIp, prefixContains } from '../config/address.ts';
import type { BgpProcess } from '../config/device/bgp.ts';
import type { Device } from '../config/device/device.ts';
import { parseConfig } from '../config/parse.ts';
import { type InterfaceConfig, linkEnds, portKey, portOf } from './interfaces.ts';
import type { Link, OutsideSpeaker, Snapshot, SnapshotNode } from './snapshot.ts';

/** Nodes that stand for declared neighbours; no device of a lab has a colon in its name. */
const PREFIX = 'outside:';

export const isOutsideNode = (node: string): boolean => node.startsWith(PREFIX);
/** The address of the neighbour that such a node stands for. */
export const addressOfOutside = (node: string): string => node.slice(PREFIX.length);

/** Where a declared neighbour is attached: an interface of a device that has it as a BGP neighbour. */
interface Attachment {
  readonly node: string;
  readonly interface: InterfaceConfig;
  /** The device's own address there, and the length of its subnet. */
  readonly address: string;
  readonly length: number;
  readonly internal: boolean;
}

const isNeighbour = (process: BgpProcess | Device['bgp'][number], address: string): boolean =>
  [...process.neighbours.values()].some(({ kind, id }) => kind === 'address' && parseIp(id)?.text === address) ||
  process.listenRanges.some(({ prefix }) => {
    const [network = '', length = ''] = prefix.split('/');
    const [own, ip] = [parseIp(network), parseIp(address)];
    return own !== undefined && ip !== undefined && prefixContains(makePrefix(own, Number(length)), ip);
  });

function attachmentsOf(nodes: readonly SnapshotNode[], { address, asn }: OutsideSpeaker): readonly Attachment[] {
  const ip = parseIp(address);
  if (!ip) return [];
  return nodes.flatMap(({ name, config: { device } }) =>
    device.bgp
      .filter((process) => isNeighbour(process, address))
      .flatMap((process) =>
        [...device.interfaces.values()]
          .filter((one) => (one.vrf?.value ?? 'default') === process.vrf && one.kind !== 'loopback')
          .flatMap((one) =>
            one.addresses.flatMap((own): readonly Attachment[] => {
              const mine = parseIp(own.address);
              if (!mine || own.linkLocal || mine.version !== ip.version || mine.text === ip.text) return [];
              if (!prefixContains(makePrefix(mine, own.length), ip)) return [];
              const internal = (process.options.confederation?.identifier?.value ?? process.asn.value) === asn;
              return [{ node: name, interface: one, address: mine.text, length: own.length, internal }];
            }),
          ),
      ),
  );
}

const list = (words: readonly (string | number)[]): string => words.join(' ');

/** The configuration by which a declared neighbour behaves: it announces what is declared, and passes nothing on. */
function configurationOf({ address, asn, announcements }: OutsideSpeaker, attachments: readonly Attachment[]): string {
  const version = parseIp(address)?.version ?? 4;
  const family = (prefix: string): 'ipv4' | 'ipv6' => (prefix.includes(':') ? 'ipv6' : 'ipv4');
  const [first] = attachments;
  const lines = ['interface eth0', ` ${version === 4 ? 'ip' : 'ipv6'} address ${address}/${first?.length ?? 32}`];
  for (const [at, one] of announcements.entries()) {
    lines.push(`${family(one.prefix) === 'ipv4' ? 'ip' : 'ipv6'} prefix-list OWN permit ${one.prefix}`);
    lines.push(`route-map A${at} permit 10`, ` set origin ${one.origin}`);
    if (one.asPath.length > 0) lines.push(` set as-path prepend ${list(one.asPath)}`);
    if (one.communities.length > 0) lines.push(` set community ${list(one.communities)}`);
    if (one.largeCommunities.length > 0) lines.push(` set large-community ${list(one.largeCommunities)}`);
    if (one.med !== undefined) lines.push(` set metric ${one.med}`);
    if (one.localPreference !== undefined) lines.push(` set local-preference ${one.localPreference}`);
    if (one.nextHop !== undefined) lines.push(` set ip next-hop ${one.nextHop}`);
  }
  lines.push('route-map OUT permit 10', ' match ip address prefix-list OWN');
  lines.push('route-map OUT permit 20', ' match ipv6 address prefix-list OWN');
  lines.push(`router bgp ${asn}`);
  if (version === 4) lines.push(` bgp router-id ${address}`);
  lines.push(' no bgp ebgp-requires-policy', ' no bgp default ipv4-unicast', ' no bgp network import-check');
  for (const one of attachments) {
    lines.push(` neighbor ${one.address} remote-as ${one.internal ? 'internal' : 'external'}`);
    lines.push(` neighbor ${one.address} disable-connected-check`, ` neighbor ${one.address} ebgp-multihop 255`);
  }
  for (const name of ['ipv4', 'ipv6'] as const) {
    const own = announcements.flatMap((one, at) => (family(one.prefix) === name ? [{ ...one, at }] : []));
    if (own.length === 0 && name !== (version === 4 ? 'ipv4' : 'ipv6')) continue;
    lines.push(` address-family ${name} unicast`);
    for (const { prefix, at } of own) lines.push(`  network ${prefix} route-map A${at}`);
    for (const one of attachments)
      lines.push(`  neighbor ${one.address} activate`, `  neighbor ${one.address} route-map OUT out`);
    lines.push(' exit-address-family');
  }
  return `${lines.join('\n')}\n`;
}

/**
 * The lab with its declared outside neighbours as further speakers: each has an interface in the subnet that it shares
 * with the lab, and a session with every device there that has it as a neighbour. Only computations see them; the lab's
 * own list of devices stays as it is. `complain` hears of neighbours that are attached to nothing.
 */
export function withOutsideSpeakers(
  snapshot: Snapshot,
  complain: (speaker: OutsideSpeaker, text: string) => void = () => undefined,
): Snapshot {
  const { outside = [] } = snapshot;
  if (outside.length === 0) return snapshot;
  const lab = [...snapshot.nodes.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const taken = new Map<string, string>();
  for (const { name, config } of lab)
    for (const one of config.device.interfaces.values())
      for (const { address } of one.addresses) taken.set(parseIp(address)?.text ?? address, name);
  const ends = linkEnds(snapshot);
  const nodes = new Map(snapshot.nodes);
  const links: Link[] = [...snapshot.links];
  const joins: { readonly a: Link['a']; readonly b: Link['b'] }[] = [];
  for (const speaker of outside) {
    const owner = taken.get(speaker.address);
    if (owner !== undefined) {
      complain(speaker, `its address is that of ${owner}, a device of the lab`);
      continue;
    }
    const attachments = attachmentsOf(lab, speaker);
    if (attachments.length === 0) {
      complain(speaker, 'no device of the lab has it as a BGP neighbour on a subnet of its own');
      continue;
    }
    const name = `${PREFIX}${speaker.address}`;
    const text = configurationOf(speaker, attachments);
    nodes.set(name, { name, config: parseConfig({ text, file: speaker.file, node: name, dialect: 'frr' }) });
    const far = { node: name, interface: 'eth0' };
    // Its port is wired, also where nothing else says so.
    links.push({ a: far, b: { node: `${name}:wire`, interface: 'port' }, source: 'topology' });
    for (const { node, interface: one } of attachments) {
      const port = portOf(one, (each) => ends.has(portKey(node, each)));
      const wired = ends.has(portKey(node, port));
      if (!wired && (one.kind === 'physical' || one.kind === 'subinterface'))
        links.push({ a: { node, interface: port }, b: { node: `${name}:wire`, interface: port }, source: 'topology' });
      joins.push({ a: { node, interface: one.name }, b: far });
    }
  }
  return { ...snapshot, nodes, links, joins };
}
