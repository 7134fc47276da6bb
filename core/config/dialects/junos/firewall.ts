import { parsePrefix } from '../../address.ts';
import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import { type AccessList, type AclAddress, type AclEntry, type Family, prefixListKey } from '../../device/policy.ts';
import type { Span } from '../../span.ts';
import { getOrMake } from '../shared/drafts.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

interface FilterContext {
  readonly list: AccessList;
}

/** A term: alternatives of a field make one entry each when the filter is complete. */
interface TermContext {
  readonly entry: Mutable<AclEntry>;
}

const any: AclAddress = { kind: 'any' };

function termOf({ list }: FilterContext, name: string, span: Span): TermContext {
  const known = list.entries.find((entry) => names.get(entry) === name);
  if (known) return { entry: known as Mutable<AclEntry> };
  const entry: Mutable<AclEntry> = {
    sequence: list.entries.length + 1,
    action: 'permit',
    protocol: 'ip',
    source: any,
    destination: any,
    span,
  };
  names.set(entry, name);
  list.entries.push(entry);
  return { entry };
}

const names = new WeakMap<object, string>();
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

/** A second value of a field is not modelled: the entry says so and is not trusted. */
function setOnce<K extends 'source' | 'destination'>(
  entry: Mutable<AclEntry>,
  field: K,
  value: AclAddress,
  text: string,
): void {
  if (entry[field].kind === 'any') entry[field] = value;
  else entry.notModelled = `${entry.notModelled ? `${entry.notModelled}, ` : ''}${text}`;
}

const complain = (entry: Mutable<AclEntry>, text: string): void => {
  entry.notModelled = `${entry.notModelled ? `${entry.notModelled}, ` : ''}${text}`;
};

const from: readonly Entry[] = [
  row('source-address <prefix:prefix>', {
    doc: 'Source of the packet.',
    apply: ({ entry }, { prefix }) =>
      setOnce(entry, 'source', wildcardOf(prefix.value), `source-address ${prefix.value}`),
  }),
  row('destination-address <prefix:prefix>', {
    doc: 'Destination of the packet.',
    apply: ({ entry }, { prefix }) =>
      setOnce(entry, 'destination', wildcardOf(prefix.value), `destination-address ${prefix.value}`),
  }),
  row('source-prefix-list <name:word>', {
    doc: 'Source of the packet is in a prefix list.',
    refers: { name: 'prefix-list' },
    apply: ({ entry }, { name }) =>
      setOnce(entry, 'source', { kind: 'group', name: name.value }, `source-prefix-list ${name.value}`),
  }),
  row('destination-prefix-list <name:word>', {
    doc: 'Destination of the packet is in a prefix list.',
    refers: { name: 'prefix-list' },
    apply: ({ entry }, { name }) =>
      setOnce(entry, 'destination', { kind: 'group', name: name.value }, `destination-prefix-list ${name.value}`),
  }),
  row('protocol <name:word>', {
    doc: 'Protocol of the packet.',
    apply: ({ entry }, { name }) => {
      entry.protocol = name.value;
    },
  }),
  row('<what:words>', {
    doc: 'A condition that is not modelled.',
    apply: ({ entry }, { what }) => complain(entry, `from ${what.value.join(' ')}`),
  }),
];

const then: readonly Entry[] = [
  row('<what:accept|discard|reject>', {
    doc: 'What happens to the packet.',
    apply: ({ entry }, { what }) => {
      entry.action = what.value === 'accept' ? 'permit' : 'deny';
    },
  }),
  row('<what:log|syslog>', {
    doc: 'The packet is logged.',
    effect: 'none',
    apply: ({ entry }) => {
      entry.log = true;
    },
  }),
  row('<what:count|loss-priority|forwarding-class|policer|sample> [<rest:rest>]', {
    doc: 'Counts or marks the packet.',
    effect: 'none',
  }),
  row('<what:words>', {
    doc: 'An action that is not modelled.',
    apply: ({ entry }, { what }) => complain(entry, `then ${what.value.join(' ')}`),
  }),
];

const inTerm = modesOf<TermContext>();

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
        { doc: 'A term of the filter.', enter: (context, { name }, at) => termOf(context, name.value, at.span) },
        [
          inTerm('from', { doc: 'Packets that the term applies to.', enter: (term) => term }, from),
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
