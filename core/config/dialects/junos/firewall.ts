import { parsePrefix } from '../../address.ts';
import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import { type AccessList, type AclAddress, type AclEntry, type Family, prefixListKey } from '../../device/policy.ts';
import type { Span } from '../../span.ts';
import { icmpTypes, portNumber } from '../shared/acl-rule.ts';
import { getOrMake } from '../shared/drafts.ts';

/** Names of ICMP types that Junos has beside those of IOS. */
const JUNOS_ICMP: Readonly<Record<Family, Readonly<Record<string, number>>>> = {
  ipv4: { 'echo-request': 8 },
  ipv6: { 'neighbor-solicit': 135, 'neighbor-advertisement': 136, 'router-solicit': 133, 'router-advertisement': 134 },
};

const icmpTypeOf = (family: Family, word: string): number | undefined =>
  /^\d{1,3}$/.test(word) ? Number(word) : (JUNOS_ICMP[family][word] ?? icmpTypes[family][word]);

interface FilterContext {
  readonly list: AccessList;
}

type Ports = readonly (readonly [number, number])[];

/** A term as it is read: values of one field are alternatives of each other, fields must all hold. */
interface Term {
  readonly name: string;
  readonly span: Span;
  action: AclEntry['action'];
  readonly sources: AclAddress[];
  readonly destinations: AclAddress[];
  readonly eitherAddress: AclAddress[];
  readonly protocols: string[];
  sourcePorts?: Ports;
  destinationPorts?: Ports;
  eitherPort?: Ports;
  readonly icmpTypes: string[];
  established?: boolean;
  log?: boolean;
  readonly notModelled: string[];
}

interface TermContext {
  readonly term: Term;
  /** Writes the term into its list again, as entries. */
  readonly write: () => void;
}

const any: AclAddress = { kind: 'any' };
const termsOf = new WeakMap<AccessList, Term[]>();

function termContext({ list }: FilterContext, name: string, span: Span): TermContext {
  const terms = termsOf.get(list) ?? [];
  termsOf.set(list, terms);
  const write = (): void => {
    list.entries = terms.flatMap((term, at) => entriesOf(term, at + 1, list.family));
  };
  const known = terms.find((term) => term.name === name);
  if (known) return { term: known, write };
  const term: Term = {
    name,
    span,
    action: 'permit',
    sources: [],
    destinations: [],
    eitherAddress: [],
    protocols: [],
    icmpTypes: [],
    notModelled: [],
  };
  terms.push(term);
  write();
  return { term, write };
}

/** One entry for each combination of alternatives. "address" and "port" hold on either side of the packet. */
function entriesOf(term: Term, sequence: number, family: Family): AclEntry[] {
  const or = <T, E>(list: readonly T[], empty: E): readonly (T | E)[] => (list.length === 0 ? [empty] : list);
  const sides = [
    ...term.eitherAddress.map((address) => ({ source: address, destination: undefined })),
    ...term.eitherAddress.map((address) => ({ source: undefined, destination: address })),
  ];
  const ports = term.eitherPort ? [{ sourcePorts: term.eitherPort }, { destinationPorts: term.eitherPort }] : [{}];
  // Two conditions on one field of one side would have to hold together; an entry has room for one.
  const clash =
    (term.eitherAddress.length > 0 && (term.sources.length > 0 || term.destinations.length > 0)) ||
    (term.eitherPort !== undefined && (term.sourcePorts !== undefined || term.destinationPorts !== undefined));
  const types = term.icmpTypes.map((word) => icmpTypeOf(family, word));
  const unknown = term.icmpTypes.filter((_, at) => types[at] === undefined).map((word) => `icmp-type ${word}`);
  const notModelled = [
    ...term.notModelled,
    ...unknown,
    ...(clash ? ['a condition on either side beside one on one side'] : []),
  ];
  const entries: AclEntry[] = [];
  for (const side of or(sides, { source: undefined, destination: undefined }))
    for (const source of side.source ? [side.source] : or(term.sources, any))
      for (const destination of side.destination ? [side.destination] : or(term.destinations, any))
        for (const protocol of or(term.protocols, family === 'ipv6' ? 'ipv6' : 'ip'))
          for (const icmpType of or(types, undefined))
            for (const port of ports)
              entries.push({
                sequence,
                action: term.action,
                protocol: protocol === 'ipv6' ? 'ip' : protocol,
                source,
                destination,
                ...(term.sourcePorts && { sourcePorts: term.sourcePorts }),
                ...(term.destinationPorts && { destinationPorts: term.destinationPorts }),
                ...port,
                ...(term.established && { established: true }),
                ...(icmpType !== undefined && { icmpType }),
                ...(term.log && { log: true }),
                ...(notModelled.length > 0 && { notModelled: notModelled.join(', ') }),
                span: term.span,
              });
  return entries;
}

const row = rowsOf<TermContext>();

function wildcardOf(prefix: string): AclAddress {
  const parsed = parsePrefix(prefix);
  if (parsed?.version !== 4)
    return {
      kind: 'wildcard',
      address: prefix.split('/')[0] ?? '',
      wildcard: `/${parsed?.length ?? 128}`,
      family: 'ipv6',
    };
  const host = parsed.length === 32 ? 0 : 0xffffffff >>> parsed.length;
  const wildcard = [24, 16, 8, 0].map((shift) => (host >>> shift) & 255).join('.');
  return { kind: 'wildcard', address: prefix.split('/')[0] ?? '', wildcard, family: 'ipv4' };
}

const complain = ({ term }: TermContext, text: string): void => void term.notModelled.push(text);

/** `ssh`, `443`, `1024-65535`; undefined when one of them cannot be read. */
function portsOf(words: readonly string[]): Ports | undefined {
  const found = words.map((word): readonly [number, number] | undefined => {
    const range = /^(\d+)-(\d+)$/.exec(word);
    const [low, high] = range ? [range[1], range[2]].map(portNumber) : [portNumber(word), portNumber(word)];
    return low === undefined || high === undefined ? undefined : [low, high];
  });
  return found.every((one) => one !== undefined) ? found : undefined;
}

/** A condition that is written on one line or as a block with one value per line. */
const values = (
  keyword: string,
  slot: '<value:prefix>' | '<value:word>',
  doc: string,
  refers: 'prefix-list' | undefined,
  add: (term: Term, value: string) => void,
): readonly Entry[] => {
  const take = (context: TermContext, value: string): void => {
    add(context.term, value);
    context.write();
  };
  const options = { doc, ...(refers && { refers: { value: refers } as const }) };
  const except = rowsOf<TermContext>()('<value:word> except', {
    doc: 'All but these; not modelled.',
    apply: (context, { value }) => {
      complain(context, `${keyword} ${value.value} except`);
      context.write();
    },
  });
  const inBlock =
    slot === '<value:prefix>'
      ? row('<value:prefix>', { doc, apply: (context, { value }) => take(context, value.value) })
      : row('<value:word>', { ...options, apply: (context, { value }) => take(context, value.value) });
  const onLine =
    slot === '<value:prefix>'
      ? row(`${keyword} <value:prefix>` as 'x <value:prefix>', {
          doc,
          apply: (context, { value }) => take(context, value.value),
        })
      : row(`${keyword} <value:word>` as 'x <value:word>', {
          ...options,
          apply: (context, { value }) => take(context, value.value),
        });
  return [onLine, inTerm(keyword as 'x', { doc, enter: (context) => context }, [except, inBlock])];
};

/** A condition with a list of words behind it. */
const words = (keyword: string, doc: string, add: (term: Term, values: readonly string[]) => boolean): Entry =>
  row(`${keyword} <values:words>` as 'x <values:words>', {
    doc,
    apply: (context, { values: list }) => {
      if (!add(context.term, list.value)) complain(context, `from ${keyword} ${list.value.join(' ')}`);
      context.write();
    },
  });

const inTerm = modesOf<TermContext>();

const group = (name: string): AclAddress => ({ kind: 'group', name });

const ports = (keyword: string, doc: string, field: 'sourcePorts' | 'destinationPorts' | 'eitherPort'): Entry =>
  words(keyword, doc, (term, list) => {
    const found = portsOf(list);
    if (found) term[field] = [...(term[field] ?? []), ...found];
    return found !== undefined;
  });

const from: readonly Entry[] = [
  ...values('source-address', '<value:prefix>', 'Source of the packet.', undefined, (term, prefix) =>
    term.sources.push(wildcardOf(prefix)),
  ),
  ...values('destination-address', '<value:prefix>', 'Destination of the packet.', undefined, (term, prefix) =>
    term.destinations.push(wildcardOf(prefix)),
  ),
  ...values('address', '<value:prefix>', 'Source or destination of the packet.', undefined, (term, prefix) =>
    term.eitherAddress.push(wildcardOf(prefix)),
  ),
  ...values(
    'source-prefix-list',
    '<value:word>',
    'Source of the packet is in a prefix list.',
    'prefix-list',
    (term, name) => term.sources.push(group(name)),
  ),
  ...values(
    'destination-prefix-list',
    '<value:word>',
    'Destination of the packet is in a prefix list.',
    'prefix-list',
    (term, name) => term.destinations.push(group(name)),
  ),
  ...values('prefix-list', '<value:word>', 'Source or destination is in a prefix list.', 'prefix-list', (term, name) =>
    term.eitherAddress.push(group(name)),
  ),
  words('protocol', 'Protocol of the packet.', (term, list) => term.protocols.push(...list) > 0),
  words('next-header', 'Protocol of an IPv6 packet.', (term, list) => term.protocols.push(...list) > 0),
  words('payload-protocol', 'Protocol of an IPv6 packet.', (term, list) => term.protocols.push(...list) > 0),
  ports('source-port', 'Source port.', 'sourcePorts'),
  ports('destination-port', 'Destination port.', 'destinationPorts'),
  ports('port', 'Source or destination port.', 'eitherPort'),
  words('icmp-type', 'Type of an ICMP message.', (term, list) => term.icmpTypes.push(...list) > 0),
  row('tcp-established', {
    doc: 'The packet belongs to a TCP connection that is open.',
    apply: ({ term, write }) => {
      term.established = true;
      write();
    },
  }),
  row('<what:words>', {
    doc: 'A condition that is not modelled.',
    apply: (context, { what }) => {
      complain(context, `from ${what.value.join(' ')}`);
      context.write();
    },
  }),
];

const then: readonly Entry[] = [
  row('<what:accept|discard|reject>', {
    doc: 'What happens to the packet.',
    apply: ({ term, write }, { what }) => {
      term.action = what.value === 'accept' ? 'permit' : 'deny';
      write();
    },
  }),
  row('<what:log|syslog>', {
    doc: 'The packet is logged.',
    effect: 'none',
    apply: ({ term, write }) => {
      term.log = true;
      write();
    },
  }),
  row('<what:count|loss-priority|forwarding-class|policer|sample> [<rest:rest>]', {
    doc: 'Counts or marks the packet.',
    effect: 'none',
  }),
  row('<what:words>', {
    doc: 'An action that is not modelled.',
    apply: (context, { what }) => {
      complain(context, `then ${what.value.join(' ')}`);
      context.write();
    },
  }),
];

const filter = (family: Family): Entry =>
  modesOf<DeviceDraft>()(
    'filter <name:word>',
    {
      doc: 'A firewall filter: terms from top to bottom.',
      defines: { name: 'access-list' },
      enter: (device, { name }, at) => ({
        list: getOrMake(
          device.accessLists,
          prefixListKey(family, name.value),
          (): AccessList => ({ name: name.value, family, type: 'extended', span: at.span, entries: [], remarks: [] }),
        ),
      }),
    },
    [
      modesOf<FilterContext>()(
        'term <name:word>',
        { doc: 'A term of the filter.', enter: (context, { name }, at) => termContext(context, name.value, at.span) },
        [
          inTerm('from', { doc: 'Packets that the term applies to.', enter: (context) => context }, from),
          inTerm('then', { doc: 'What happens to these packets.', enter: (term) => term }, then),
        ],
      ),
    ],
  );

/** `firewall { ... }`. */
export const firewall: Entry = modesOf<DeviceDraft>()(
  'firewall',
  { doc: 'Packet filters.', enter: (device) => device },
  [
    modesOf<DeviceDraft>()('family inet', { doc: 'Filters for IPv4.', enter: (device) => device }, [filter('ipv4')]),
    modesOf<DeviceDraft>()('family inet6', { doc: 'Filters for IPv6.', enter: (device) => device }, [filter('ipv6')]),
    filter('ipv4'),
    rowsOf<DeviceDraft>()('<what:policer|three-color-policer> [<rest:rest>]', {
      doc: 'Limits the rate of packets.',
      effect: 'none',
    }),
  ],
);
