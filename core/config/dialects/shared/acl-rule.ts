import { formatIp, parseIp, parsePrefix } from '../../address.ts';
import type { AclAddress, AclEntry, Family } from '../../device/policy.ts';

/** What an access-list entry says after `permit` or `deny`. */
export type AclRule = Omit<AclEntry, 'sequence' | 'action' | 'span'>;

type Ports = readonly (readonly [number, number])[];

// IANA service names as IOS and EOS write them.
const ports: Readonly<Record<string, number>> = {
  echo: 7, discard: 9, daytime: 13, chargen: 19, 'ftp-data': 20, ftp: 21, ssh: 22, telnet: 23, smtp: 25, time: 37,
  nameserver: 42, whois: 43, tacacs: 49, domain: 53, bootps: 67, bootpc: 68, tftp: 69, gopher: 70, finger: 79, www: 80,
  http: 80, hostname: 101, pop2: 109, pop3: 110, sunrpc: 111, ident: 113, nntp: 119, ntp: 123, 'netbios-ns': 137,
  'netbios-dgm': 138, 'netbios-ss': 139, snmp: 161, snmptrap: 162, xdmcp: 177, bgp: 179, irc: 194, 'dnsix': 195,
  'mobile-ip': 434, ldap: 389, https: 443, isakmp: 500, biff: 512, exec: 512, login: 513, who: 513, cmd: 514,
  syslog: 514, lpd: 515, talk: 517, rip: 520, uucp: 540, klogin: 543, kshell: 544, ldaps: 636, 'pim-auto-rp': 496,
  radius: 1812, 'radius-acct': 1813, bfd: 3784, 'bfd-echo': 3785, 'msrpc': 135, 'non500-isakmp': 4500, vxlan: 4789,
}; // biome-ignore format: a table of names reads better packed

// RFC 792, RFC 4443: types; names that also fix a code are not here, and the entry then says so.
export const icmpTypes: Readonly<Record<Family, Readonly<Record<string, number>>>> = {
  ipv4: {
    'echo-reply': 0, unreachable: 3, 'source-quench': 4, redirect: 5, echo: 8, 'router-advertisement': 9,
    'router-solicitation': 10, 'time-exceeded': 11, 'parameter-problem': 12, 'timestamp-request': 13,
    'timestamp-reply': 14, 'mask-request': 17, 'mask-reply': 18, traceroute: 30,
  },
  ipv6: {
    unreachable: 1, 'destination-unreachable': 1, 'packet-too-big': 2, 'time-exceeded': 3, 'parameter-problem': 4,
    'echo-request': 128, 'echo-reply': 129, 'mld-query': 130, 'mld-report': 131, 'router-solicitation': 133,
    'router-advertisement': 134, 'nd-ns': 135, 'nd-na': 136, 'neighbor-solicitation': 135, 'neighbor-advertisement': 136,
  },
}; // biome-ignore format: a table of names reads better packed

const MAX_PORT = 65_535;

/** Words of an entry, read from left to right. */
class Cursor {
  readonly #words: readonly string[];
  #at = 0;

  constructor(words: readonly string[]) {
    this.#words = words;
  }

  get word(): string | undefined {
    return this.#words[this.#at]?.toLowerCase();
  }

  next(): string | undefined {
    const word = this.#words[this.#at];
    if (word !== undefined) this.#at += 1;
    return word;
  }

  take(...texts: readonly string[]): boolean {
    if (this.word === undefined || !texts.includes(this.word)) return false;
    this.#at += 1;
    return true;
  }

  rest(): readonly string[] {
    return this.#words.slice(this.#at);
  }
}

const host = (address: string, family: Family): AclAddress => ({
  kind: 'wildcard',
  address,
  wildcard: family === 'ipv4' ? '0.0.0.0' : '::',
  family,
});

/** Bits that a prefix length leaves free, as an address of that family. */
const wildcardOf = (family: Family, length: number): string => {
  const words = family === 'ipv4' ? [0] : [0, 1, 2, 3];
  const free = words.map((at) =>
    length >= 32 * (at + 1) ? 0 : length <= 32 * at ? 0xffffffff : 0xffffffff >>> (length - 32 * at),
  );
  return formatIp(family === 'ipv4' ? 4 : 6, free);
};

/** `any`, `host A`, `A/length`, `A wildcard`, a bare address (standard lists), or an object group. */
function address(cursor: Cursor, family: Family): AclAddress | undefined {
  if (cursor.take('any', 'any4', 'any6')) return { kind: 'any' };
  if (cursor.take('object-group', 'addrgroup', 'net-group')) {
    const name = cursor.next();
    return name === undefined ? undefined : { kind: 'group', name };
  }
  const named = cursor.take('host');
  const word = cursor.word;
  if (word === undefined) return undefined;
  const version = family === 'ipv4' ? 4 : 6;
  const prefix = parsePrefix(word);
  if (prefix?.version === version) {
    cursor.next();
    return {
      kind: 'wildcard',
      address: formatIp(version, prefix.words),
      wildcard: wildcardOf(family, prefix.length),
      family,
    };
  }
  const ip = parseIp(word);
  if (ip?.version !== version) return undefined;
  cursor.next();
  const wildcard = named || family === 'ipv6' ? undefined : parseIp(cursor.word ?? '');
  if (wildcard?.version !== 4) return host(ip.text, family);
  cursor.next();
  return { kind: 'wildcard', address: ip.text, wildcard: wildcard.text, family };
}

/** A port by number or IANA name; undefined when it is neither. */
export const portNumber = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  if (/^\d{1,5}$/.test(text)) return Number(text) <= MAX_PORT ? Number(text) : undefined;
  return Object.hasOwn(ports, text) ? ports[text] : undefined;
};

/** `eq 80 443`, `range 1 100`, `gt 1023`, `neq 22`; undefined when no port condition follows, `bad` when it cannot be read. */
function portRanges(cursor: Cursor): Ports | undefined | 'bad' {
  const operator = ['eq', 'neq', 'gt', 'lt', 'range'].find((word) => cursor.take(word));
  if (operator === undefined) return undefined;
  const numbers: number[] = [];
  for (let port = portNumber(cursor.word); port !== undefined; port = portNumber(cursor.word)) {
    numbers.push(port);
    cursor.next();
    if (operator === 'gt' || operator === 'lt' || (operator === 'range' && numbers.length === 2)) break;
  }
  const [first, second] = numbers;
  if (first === undefined || (operator === 'range' && second === undefined)) return 'bad';
  if (operator === 'eq') return numbers.map((port) => [port, port] as const);
  if (operator === 'range') return [[first, second as number]];
  if (operator === 'gt') return [[first + 1, MAX_PORT]];
  if (operator === 'lt') return [[0, first - 1]];
  const sorted = [...new Set(numbers)].sort((a, b) => a - b);
  return [-1, ...sorted]
    .map((port, at) => [port + 1, (sorted[at] ?? MAX_PORT + 1) - 1] as const)
    .filter(([low, high]) => low <= high);
}

/** The whole entry in words: it keeps its place in the list, and nobody trusts it. */
const opaque = (words: readonly string[]): AclRule => ({
  protocol: 'ip',
  source: { kind: 'any' },
  destination: { kind: 'any' },
  notModelled: words.join(' '),
});

/** An entry of a standard list: a source address. */
export function standardRule(words: readonly string[], family: Family): AclRule {
  const cursor = new Cursor(words);
  const source = address(cursor, family);
  if (!source) return opaque(words);
  const log = cursor.take('log');
  const rest = cursor.rest();
  return {
    protocol: 'ip',
    source,
    destination: { kind: 'any' },
    ...(log && { log }),
    ...(rest.length > 0 && { notModelled: rest.join(' ') }),
  };
}

/** An entry of an extended list: protocol, source and destination with their ports, and what else it asks for. */
export function extendedRule(words: readonly string[], family: Family): AclRule {
  const cursor = new Cursor(words);
  const protocol = cursor.next()?.toLowerCase();
  if (protocol === undefined || protocol === 'object-group') return opaque(words);
  const source = address(cursor, family);
  const sourcePorts = portRanges(cursor);
  const destination = source && address(cursor, family);
  const destinationPorts = portRanges(cursor);
  if (!source || !destination || sourcePorts === 'bad' || destinationPorts === 'bad') return opaque(words);
  let [established, log, icmpType]: [boolean, boolean, number | undefined] = [false, false, undefined];
  const unknown: string[] = [];
  for (let word = cursor.next(); word !== undefined; word = cursor.next()) {
    const text = word.toLowerCase();
    const type = icmpTypes[family][text] ?? (/^\d{1,3}$/.test(text) ? Number(text) : undefined);
    if (text === 'log' || text === 'log-input') log = true;
    else if (text === 'established') established = true;
    else if (protocol.startsWith('icmp') && icmpType === undefined && type !== undefined) icmpType = type;
    else unknown.push(word);
  }
  return {
    protocol: protocol === 'ipv4' || protocol === 'ipv6' ? 'ip' : protocol,
    source,
    destination,
    ...(sourcePorts && { sourcePorts }),
    ...(destinationPorts && { destinationPorts }),
    ...(established && { established }),
    ...(icmpType !== undefined && { icmpType }),
    ...(log && { log }),
    ...(unknown.length > 0 && { notModelled: unknown.join(' ') }),
  };
}
