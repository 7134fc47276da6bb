import { type Ip, makePrefix, type Prefix, parseIp, prefixContains } from '../config/address.ts';
import type { Behaviour } from '../config/behaviour.ts';
import type { BgpNeighbour } from '../config/device/bgp.ts';
import type { Device } from '../config/device/device.ts';
import { effectiveNeighbour } from '../config/device/effective-neighbour.ts';
import type { Span } from '../config/span.ts';
import { type InterfaceConfig, isShutdown } from '../network/interfaces.ts';
import type { ParsedConfig, Snapshot } from '../network/snapshot.ts';
import type { Citation, Judgement } from './judgement.ts';
import { together } from './judgement.ts';
import { type SystemFacts, systemFacts } from './systems.ts';

export type Process = Device['bgp'][number];

/** A neighbour with all that it inherits, and the process that it belongs to. */
export interface Peer {
  readonly process: Process;
  readonly neighbour: BgpNeighbour;
  readonly external: boolean;
  /** AS number of the peer; undefined for `external` without a number. */
  readonly asn: number | undefined;
}

/** One device, with what checks ask about it again and again. */
export interface Subject {
  readonly node: string;
  readonly config: ParsedConfig;
  readonly device: Device;
  readonly behaviour: Behaviour;
  readonly system: SystemFacts;
  readonly snapshot: Snapshot;
  /** Neighbours that are not switched off. */
  readonly peers: readonly Peer[];
  /** Interfaces that are up and have an address, loopbacks and management ports left out. */
  readonly routed: readonly InterfaceConfig[];
  /** Routed interfaces that face a neighbour of another AS. Empty: the configuration shows no perimeter. */
  readonly external: readonly InterfaceConfig[];
  /** Routed interfaces that do not, on a device that has a perimeter. */
  readonly internal: readonly InterfaceConfig[];
}

const asOf = (process: Process, { remoteAs, localAs }: BgpNeighbour): Pick<Peer, 'external' | 'asn'> | undefined => {
  const own = localAs?.value.asn ?? process.asn.value;
  const value = remoteAs?.value;
  if (value === undefined) return undefined;
  if (value === 'internal') return { external: false, asn: process.asn.value };
  if (value === 'external') return { external: true, asn: undefined };
  return { external: value !== own && value !== process.asn.value, asn: value };
};

const peersOf = (device: Device): readonly Peer[] =>
  device.bgp.flatMap((process) =>
    [...process.neighbours.values()].flatMap((each) => {
      const neighbour = effectiveNeighbour(process, each);
      const kind = asOf(process, neighbour);
      return kind && !neighbour.shutdown?.value ? [{ process, neighbour, ...kind }] : [];
    }),
  );

const subnets = (port: InterfaceConfig): readonly Prefix[] =>
  port.addresses.flatMap(({ address, length, linkLocal }) => {
    const ip = linkLocal ? undefined : parseIp(address);
    return ip ? [makePrefix(ip, length)] : [];
  });

const vrfOf = (port: InterfaceConfig): string => port.vrf?.value ?? 'default';

const holds = (port: InterfaceConfig, address: Ip): boolean =>
  subnets(port).some((subnet) => prefixContains(subnet, address));

function faces(port: InterfaceConfig, { process, neighbour }: Peer): boolean {
  if (neighbour.kind === 'interface') return neighbour.id === port.name;
  if (vrfOf(port) !== process.vrf) return false;
  const address = parseIp(neighbour.id);
  return address !== undefined && holds(port, address);
}

const ROUTED: readonly InterfaceConfig['kind'][] = [
  'physical',
  'aggregate',
  'vlan',
  'subinterface',
  'tunnel',
  'bridge',
];

export function subjectOf(snapshot: Snapshot, node: string, config: ParsedConfig): Subject {
  const { device, behaviour } = config;
  const peers = peersOf(device);
  const routed = [...device.interfaces.values()].filter(
    (port) =>
      ROUTED.includes(port.kind) &&
      !isShutdown(port) &&
      (port.addresses.length > 0 ||
        port.unnumbered !== undefined ||
        peers.some(({ neighbour }) => neighbour.id === port.name)),
  );
  const external = routed.filter((port) => peers.some((peer) => peer.external && faces(port, peer)));
  return {
    node,
    config,
    device,
    behaviour,
    system: systemFacts(config.dialect),
    snapshot,
    peers,
    routed,
    external,
    internal: external.length === 0 ? [] : routed.filter((port) => !external.includes(port)),
  };
}

/** A line that answers the question. */
export const cite = ({ node, config }: Subject, span: Span, text: string): Citation => ({
  device: node,
  file: span.file ?? config.file,
  line: span.line + 1,
  text,
});

/** No line answers it: the stanza in which it would stand, or the whole file. */
export const absent = (subject: Subject, text: string, stanza?: Span): Citation =>
  stanza ? cite(subject, stanza, text) : { device: subject.node, file: subject.config.file, line: null, text };

const judgement =
  (status: Judgement['status']) =>
  (...citations: readonly Citation[]): Judgement => ({ status, citations });

export const pass = judgement('pass');
export const fail = judgement('fail');
export const untested = judgement('not_tested');

export const notApplicable = (subject: Subject, why: string): Judgement => ({
  status: 'not_applicable',
  citations: [absent(subject, why)],
});
export const notTested = (subject: Subject, why: string): Judgement => untested(absent(subject, why));

/** The answer over all of them; without any the question does not concern the device, for the reason given. */
export const overAll = <T>(
  subject: Subject,
  items: readonly T[],
  none: string,
  judge: (item: T) => Judgement,
): Judgement => (items.length === 0 ? notApplicable(subject, none) : together(items.map(judge)));

/**
 * Over the interfaces of the perimeter. Which interfaces face outside is known only from external BGP sessions; where
 * there are none, the answer counts when it is the same for every routed interface, and is open otherwise.
 */
export function overPerimeter(
  subject: Subject,
  side: 'external' | 'internal',
  judge: (port: InterfaceConfig) => Judgement,
): Judgement {
  if (subject.external.length > 0)
    return overAll(subject, subject[side], `The device has no ${side} interface.`, judge);
  if (subject.routed.length === 0) return notApplicable(subject, 'The device has no routed interface.');
  const every = together(subject.routed.map(judge));
  if (every.status === 'pass' || every.status === 'not_applicable') return every;
  return notTested(
    subject,
    'Which interfaces face outside is not known: no external BGP neighbour is configured, and not every routed interface complies.',
  );
}
