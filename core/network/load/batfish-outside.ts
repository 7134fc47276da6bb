/* Neighbours outside of a Batfish snapshot: external_bgp_announcements.json and batfish/isp_config.json, as Batfish documents them. */
import * as z from 'zod/mini';
import { makePrefix, parseIp, prefixContains } from '../../config/address.ts';
import { effectiveNeighbour } from '../../config/device/effective-neighbour.ts';
import type { OutsideAnnouncement, OutsideSpeaker, SnapshotNode, SnapshotProblem } from '../snapshot.ts';
import { readJson } from './batfish.ts';
import { communitiesOf, networkOf } from './outside.ts';
import { inputProblem, unusable } from './unusable.ts';

type Nodes = ReadonlyMap<string, SnapshotNode>;
type NodeOf = (hostname: string) => string | undefined;

export interface OutsideOfBatfish {
  readonly speakers: readonly OutsideSpeaker[];
  readonly problems: readonly SnapshotProblem[];
}

const optionalText = z.optional(z.nullable(z.string()));
const optionalNumber = z.optional(z.nullable(z.number()));
const path = z.array(z.union([z.number(), z.array(z.number())]));
const announcements = z.object({
  Announcements: z.array(
    z.object({
      type: z.string(),
      network: z.string(),
      srcIp: z.string(),
      dstIp: optionalText,
      nextHopIp: optionalText,
      asPath: z.optional(z.nullable(path)),
      communities: z.optional(z.nullable(z.array(z.union([z.string(), z.number()])))),
      originType: z.optional(z.nullable(z.string())),
      med: optionalNumber,
      localPreference: optionalNumber,
    }),
  ),
});

/** A BGP neighbour of the lab whose address no device of the lab has. */
interface Peer {
  readonly node: string;
  readonly vrf: string;
  readonly address: string;
  readonly asn: number | undefined;
  readonly internal: boolean;
  /** Interface in whose subnet it is. */
  readonly interface: string | undefined;
}

function peersOf(nodes: Nodes): readonly Peer[] {
  const owned = new Set<string>();
  for (const { config } of nodes.values())
    for (const one of config.device.interfaces.values())
      for (const { address } of one.addresses) owned.add(parseIp(address)?.text ?? address);
  return [...nodes.values()].flatMap(({ name, config: { device } }) =>
    device.bgp.flatMap((process) =>
      [...process.neighbours.values()].flatMap((neighbour): readonly Peer[] => {
        const ip = neighbour.kind === 'address' ? parseIp(neighbour.id) : undefined;
        if (!ip || owned.has(ip.text)) return [];
        const asked = effectiveNeighbour(process, neighbour).remoteAs?.value;
        const on = [...device.interfaces.values()].find(
          (one) =>
            (one.vrf?.value ?? 'default') === process.vrf &&
            one.addresses.some(({ address, length, linkLocal }) => {
              const own = linkLocal ? undefined : parseIp(address);
              return own?.version === ip.version && prefixContains(makePrefix(own, length), ip);
            }),
        );
        const asn = asked === 'internal' ? process.asn.value : typeof asked === 'number' ? asked : undefined;
        const internal = asn === process.asn.value;
        return [{ node: name, vrf: process.vrf, address: ip.text, asn, internal, interface: on?.name }];
      }),
    ),
  );
}

const ORIGINS: ReadonlySet<string> = new Set(['igp', 'egp', 'incomplete']);

/** external_bgp_announcements.json: what neighbours send, before the import policies of the lab. */
export function readAnnouncements(text: string, file: string, nodes: Nodes): OutsideOfBatfish {
  const problems: SnapshotProblem[] = [];
  const peers = peersOf(nodes);
  const bySource = new Map<string, { asn: number; list: OutsideAnnouncement[] }>();
  for (const one of readJson(announcements, text, file).Announcements) {
    const shown = `${one.network} from ${one.srcIp}`;
    const skip = (why: string): void => void problems.push(inputProblem(file, `${shown} is left out: ${why}.`));
    const complain = (message: string): never => {
      throw unusable(file, `${shown}: ${message}`);
    };
    if (!/^[ei]bgp_sent$/i.test(one.type)) {
      skip(`only announcements as they are sent are computed, not ${one.type}`);
      continue;
    }
    const source = parseIp(one.srcIp)?.text ?? complain('srcIp is no address.');
    const prefix = networkOf(one.network) ?? complain('network is no network such as 192.0.2.0/24.');
    const segments = (one.asPath ?? []).map((segment) => (typeof segment === 'number' ? [segment] : segment));
    if (segments.some((segment) => segment.length !== 1)) {
      skip('its AS path has a set of ASes');
      continue;
    }
    const asPath = segments.flat();
    const peer = peers.find(({ address }) => address === source);
    if (!peer) {
      skip(`no device of the lab has ${source} as a neighbour outside of the lab`);
      continue;
    }
    const asn = peer.asn ?? asPath[0];
    if (asn === undefined) {
      skip('the AS of its neighbour is not known');
      continue;
    }
    if (!peer.internal && asPath[0] !== asn) {
      skip(`its AS path does not begin with AS ${asn} of the neighbour`);
      continue;
    }
    const origin = (one.originType ?? 'igp').toLowerCase();
    if (!ORIGINS.has(origin)) complain(`originType is "${one.originType}".`);
    const nextHop = parseIp(one.nextHopIp ?? '')?.text;
    const known = bySource.get(source) ?? { asn, list: [] };
    bySource.set(source, known);
    known.list.push({
      prefix,
      asPath: peer.internal ? asPath : asPath.slice(1),
      origin: origin as OutsideAnnouncement['origin'],
      ...communitiesOf(one.communities ?? [], complain),
      ...(one.med ? { med: one.med } : {}),
      ...(peer.internal && one.localPreference ? { localPreference: one.localPreference } : {}),
      ...(nextHop !== undefined && nextHop !== source && nextHop !== '0.0.0.0' && { nextHop }),
    });
  }
  const speakers = [...bySource].map(([address, { asn, list }]) => ({ address, asn, announcements: list, file }));
  return { speakers, problems };
}

const ispConfig = z.object({
  borderInterfaces: z.optional(
    z.nullable(z.array(z.object({ borderInterface: z.object({ hostname: z.string(), interface: z.string() }) }))),
  ),
  bgpPeers: z.optional(
    z.nullable(z.array(z.object({ hostname: z.string(), peerAddress: z.string(), vrf: optionalText }))),
  ),
  filter: z.optional(
    z.nullable(
      z.object({
        onlyRemoteAsns: z.optional(z.nullable(z.array(z.number()))),
        onlyRemoteIps: z.optional(z.nullable(z.array(z.string()))),
      }),
    ),
  ),
  ispNodeInfo: z.optional(
    z.nullable(
      z.array(
        z.object({
          asn: z.number(),
          name: optionalText,
          role: optionalText,
          additionalAnnouncements: z.optional(z.nullable(z.array(z.object({ prefix: z.string() })))),
        }),
      ),
    ),
  ),
});

/** The AS that Batfish gives the Internet, behind every transit provider. */
const INTERNET_AS = 65537;

/**
 * isp_config.json: a provider at each external neighbour of the border interfaces and of the named peers. A transit
 * provider announces the default route of the Internet, and every one what the file adds.
 */
export function readProviders(text: string, file: string, nodes: Nodes, nodeOf: NodeOf): OutsideOfBatfish {
  const config = readJson(ispConfig, text, file);
  const problems: SnapshotProblem[] = [];
  const [asns, ips] = [config.filter?.onlyRemoteAsns ?? [], config.filter?.onlyRemoteIps ?? []];
  const peers = peersOf(nodes).filter(
    ({ internal, asn, address }) =>
      !internal &&
      (asns.length === 0 || (asn !== undefined && asns.includes(asn))) &&
      (ips.length === 0 || ips.some((one) => parseIp(one)?.text === address)),
  );
  const chosen = new Set<Peer>();
  for (const { borderInterface } of config.borderInterfaces ?? []) {
    const node = nodeOf(borderInterface.hostname);
    const found = peers.filter(
      (peer) => peer.node === node && peer.interface?.toLowerCase() === borderInterface.interface.toLowerCase(),
    );
    if (found.length === 0)
      problems.push(
        inputProblem(
          file,
          `${borderInterface.hostname} ${borderInterface.interface} has no external neighbour outside of the lab.`,
        ),
      );
    for (const peer of found) chosen.add(peer);
  }
  for (const { hostname, peerAddress, vrf } of config.bgpPeers ?? []) {
    const address = parseIp(peerAddress)?.text;
    if (address === undefined) throw unusable(file, `bgpPeers: "${peerAddress}" is no address.`);
    const node = nodeOf(hostname);
    const found = peers.find((peer) => peer.node === node && peer.address === address && (!vrf || peer.vrf === vrf));
    if (found) chosen.add(found);
    else problems.push(inputProblem(file, `${hostname} has no external neighbour ${peerAddress} outside of the lab.`));
  }
  const infos = new Map((config.ispNodeInfo ?? []).map((info) => [info.asn, info]));
  const byAddress = new Map<string, OutsideSpeaker>();
  for (const { node, address, asn } of chosen) {
    if (asn === undefined) {
      problems.push(inputProblem(file, `The AS of the neighbour ${address} of ${node} is not known; it is left out.`));
      continue;
    }
    const info = infos.get(asn);
    const own = { origin: 'igp' as const, communities: [], largeCommunities: [] };
    const transit = (info?.role ?? 'TRANSIT').toUpperCase() === 'TRANSIT';
    byAddress.set(address, {
      address,
      asn,
      file,
      announcements: [
        ...(transit ? [{ ...own, prefix: '0.0.0.0/0', asPath: [INTERNET_AS] }] : []),
        ...(info?.additionalAnnouncements ?? []).map(({ prefix }) => ({
          ...own,
          asPath: [],
          prefix: networkOf(prefix) ?? complainOf(file, prefix),
        })),
      ],
    });
  }
  const shared = [...byAddress.values()].filter((one, _, all) => all.some((two) => two !== one && two.asn === one.asn));
  if (shared.length > 0)
    problems.push(
      inputProblem(
        file,
        `What AS ${shared[0]?.asn} passes from one border of the lab to another is not computed: providers announce what this file says.`,
      ),
    );
  return { speakers: [...byAddress.values()], problems };
}

const complainOf = (file: string, prefix: string): never => {
  throw unusable(file, `additionalAnnouncements: "${prefix}" is no network such as 192.0.2.0/24.`);
};
