import type { Ip } from '../../config/address.ts';

/**
 * Packets of one kind. What is left out stands for every value: an access-list entry that asks for it may or may not
 * take such a packet.
 */
export interface Flow {
  readonly source?: Ip;
  readonly destination: Ip;
  /** Number of the protocol in the IP header (IANA). */
  readonly protocol?: number;
  readonly sourcePort?: number;
  readonly destinationPort?: number;
  /** Belongs to a TCP connection that is open already. Absent: it opens one. */
  readonly established?: boolean;
  readonly icmpType?: number;
}

/** IANA protocol numbers by the names that configurations use. */
const PROTOCOLS: Readonly<Record<string, number>> = {
  icmp: 1,
  igmp: 2,
  ipinip: 4,
  ipip: 4,
  tcp: 6,
  egp: 8,
  igp: 9,
  udp: 17,
  rsvp: 46,
  gre: 47,
  nos: 4,
  esp: 50,
  ahp: 51,
  ah: 51,
  icmpv6: 58,
  icmp6: 58,
  'ipv6-icmp': 58,
  eigrp: 88,
  ospf: 89,
  pim: 103,
  vrrp: 112,
  pcp: 108,
  sctp: 132,
  udplite: 136,
};

export const TCP = 6;
export const UDP = 17;
export const ICMP = 1;
export const ICMP6 = 58;

/** Protocols that have ports. */
export const hasPorts = (protocol: number): boolean => [TCP, UDP, 33, 132, 136].includes(protocol);
export const isIcmp = (protocol: number): boolean => protocol === ICMP || protocol === ICMP6;

/** Number of a protocol by name or number; `any` for the words that stand for all, undefined for one that is not known. */
export function protocolNumber(text: string): number | 'any' | undefined {
  const name = text.toLowerCase();
  if (['ip', 'ipv4', 'ipv6', 'any', 'all'].includes(name)) return 'any';
  if (/^\d{1,3}$/.test(name)) return Number(name) <= 255 ? Number(name) : undefined;
  return Object.hasOwn(PROTOCOLS, name) ? PROTOCOLS[name] : undefined;
}

/** The usual name of a protocol, or `protocol N`. */
export function protocolName(protocol: number): string {
  const found = Object.entries(PROTOCOLS).find(([, number]) => number === protocol);
  return found ? found[0] : `protocol ${protocol}`;
}

/** What a flow is, in words: `tcp from 10.0.0.1 to 10.0.0.2 port 443`. */
export function flowText({ source, destination, ...flow }: Flow): string {
  const what = flow.protocol === undefined ? 'packets' : protocolName(flow.protocol);
  const from = source ? ` from ${source.text}${flow.sourcePort === undefined ? '' : ` port ${flow.sourcePort}`}` : '';
  const to = `${destination.text}${flow.destinationPort === undefined ? '' : ` port ${flow.destinationPort}`}`;
  return `${what}${from} to ${to}${flow.established ? ' (established)' : ''}`;
}
