import { parsePrefix } from '../../address.ts';
import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import { type AccessList, type AclAddress, type AclEntry, type Family, prefixListKey } from '../../device/policy.ts';
import type { Located, Span } from '../../span.ts';
import { getOrMake } from '../shared/drafts.ts';
import { complain } from './common.ts';
import { kept, type Mutable } from './notes.ts';

interface Filter {
  readonly list: AccessList;
}
interface Item extends Filter {
  readonly entry: Mutable<AclEntry>;
}
type End = 'source' | 'destination';
interface AtEnd extends Item {
  readonly end: End;
  address?: string;
}

const row = rowsOf<Item>();
const mode = modesOf<Item>();
const endRow = rowsOf<AtEnd>();
const endMode = modesOf<AtEnd>();

const doubt = (entry: Mutable<AclEntry>, text: string): void => {
  entry.notModelled = entry.notModelled ? `${entry.notModelled}, ${text}` : text;
};

function addressOf(prefix: string): AclAddress {
  const parsed = parsePrefix(prefix);
  const [address = ''] = (parsed?.text ?? prefix).split('/');
  if (parsed?.version !== 4)
    return { kind: 'wildcard', address, wildcard: `/${parsed?.length ?? 128}`, family: 'ipv6' };
  const host = parsed.length === 32 ? 0 : 0xffffffff >>> parsed.length;
  const wildcard = [24, 16, 8, 0].map((shift) => (host >>> shift) & 255).join('.');
  return { kind: 'wildcard', address, wildcard, family: 'ipv4' };
}

/** Ports by number; names of ports are not resolved, so that an entry with one is not trusted. */
function ports({ entry, end }: AtEnd, operator: 'eq' | 'ge' | 'le', word: string): void {
  const value = Number(word);
  if (!/^\d{1,5}$/.test(word) || value > 65535) {
    doubt(entry, `${end}-port ${operator} ${word}`);
    return;
  }
  const range = operator === 'eq' ? [value, value] : operator === 'ge' ? [value, 65535] : [0, value];
  entry[end === 'source' ? 'sourcePorts' : 'destinationPorts'] = [range as unknown as readonly [number, number]];
}

const endRows: readonly Entry[] = [
  endRow('prefix <prefix:prefix>', {
    doc: 'Network of the address.',
    apply: ({ entry, end }, { prefix }) => {
      entry[end] = addressOf(prefix.value);
    },
  }),
  endRow('address <address:ip>', {
    doc: 'An address, with a mask of its own.',
    apply: (context, { address }) => {
      context.address = address.value;
      context.entry[context.end] = addressOf(`${address.value}/${address.value.includes(':') ? 128 : 32}`);
    },
  }),
  endRow('mask <mask:ip>', {
    doc: 'Bits of the address that do not count.',
    apply: ({ entry, end, address }, { mask }) => {
      if (address === undefined) doubt(entry, `${end} mask ${mask.value}`);
      else
        entry[end] = {
          kind: 'wildcard',
          address,
          wildcard: mask.value,
          family: address.includes(':') ? 'ipv6' : 'ipv4',
        };
    },
  }),
  endRow('prefix-list <name:word>', {
    doc: 'Networks of a list of the filter’s own.',
    apply: ({ entry, end }, { name }) => {
      entry[end] = { kind: 'group', name: name.value };
    },
  }),
];

interface Range extends AtEnd {
  start?: number;
}

const portRows: readonly Entry[] = [
  endRow('operator <operator:eq|ge|le>', {
    doc: 'How the port is compared.',
    apply: (context, { operator }) => {
      (context as AtEnd & { operator?: string }).operator = operator.value;
      const { value } = context as AtEnd & { value?: string };
      if (value !== undefined) ports(context, operator.value, value);
    },
  }),
  endRow('value <value:word>', {
    doc: 'The port.',
    apply: (context, { value }) => {
      (context as AtEnd & { value?: string }).value = value.value;
      const { operator = 'eq' } = context as AtEnd & { operator?: 'eq' | 'ge' | 'le' };
      ports(context, operator, value.value);
    },
  }),
  endMode(
    'range',
    {
      doc: 'Ports from one to another.',
      enter: (context): Range => kept(context.entry, `range ${context.end}`, () => ({ ...context })),
    },
    [
      rowsOf<Range>()('<which:start|end> <value:word>', {
        doc: 'First or last port.',
        apply: (context, { which, value }) => {
          const number = Number(value.value);
          if (!Number.isInteger(number)) doubt(context.entry, `${context.end}-port ${which.value} ${value.value}`);
          else if (which.value === 'start') context.start = number;
          else
            context.entry[context.end === 'source' ? 'sourcePorts' : 'destinationPorts'] = [
              [context.start ?? 0, number],
            ];
        },
      }),
    ],
  ),
];

const atEnd = (name: string, end: End, doc: string, rows: readonly Entry[]): Entry =>
  mode(name, { doc, enter: (context): AtEnd => kept(context.entry, end, () => ({ ...context, end })) }, rows);

const protocolRow = row('<what:protocol|next-header> <name:word>', {
  doc: 'Protocol of the packet.',
  apply: ({ entry }, { name }) => {
    entry.protocol = name.value;
  },
});

const notModelled = (pattern: string): Entry =>
  row(pattern, {
    doc: 'A condition that is not modelled.',
    apply: ({ entry }, _, at) => doubt(entry, at.statement.words.map((word) => word.text).join(' ')),
  });

const ipRows: readonly Entry[] = [
  protocolRow,
  atEnd('source-ip', 'source', 'Where the packet comes from.', endRows),
  atEnd('destination-ip', 'destination', 'Where the packet goes.', endRows),
];
const transportRows: readonly Entry[] = [
  atEnd('source-port', 'source', 'Port that the packet comes from.', portRows),
  atEnd('destination-port', 'destination', 'Port that the packet goes to.', portRows),
];

const matchRows: readonly Entry[] = [
  ...ipRows,
  ...transportRows,
  mode('<family:ipv4|ipv6>', { doc: 'Fields of IP.', enter: (context) => context }, [
    ...ipRows,
    notModelled('<what:fragment|first-fragment|dscp-set|icmp|icmp6|tcp-flags> [<rest:rest>]'),
  ]),
  mode('transport', { doc: 'Fields of TCP and UDP.', enter: (context) => context }, [
    ...transportRows,
    notModelled('<what:tcp-flags> [<rest:rest>]'),
  ]),
  notModelled('<what:fragment|first-fragment|dscp-set|icmp|icmp6|tcp-flags|l2> [<rest:rest>]'),
];

const decide = (name: 'accept' | 'drop'): Entry =>
  mode(
    name,
    {
      doc: name === 'accept' ? 'The packet passes.' : 'The packet is dropped.',
      enter: (context) => {
        context.entry.action = name === 'accept' ? 'permit' : 'deny';
        return context;
      },
    },
    [
      row('log <state:true|false>', {
        doc: 'The packet is logged.',
        effect: 'none',
        apply: ({ entry }, { state }) => {
          entry.log = state.value === 'true';
        },
      }),
      notModelled('<what:rate-limit|forwarding-class|collect-stats> [<rest:rest>]'),
    ],
  );

const numbers = new WeakMap<object, number>();

/** An entry without an action drops nothing: `accept` and `drop` are said. Entries are evaluated in order of number. */
function itemOf({ list }: Filter, sequence: number, span: Span): Item {
  const known = list.entries.find((entry) => numbers.get(entry) === sequence) as Mutable<AclEntry> | undefined;
  if (known) return { list, entry: known };
  const any: AclAddress = { kind: 'any' };
  const entry: Mutable<AclEntry> = { sequence, action: 'deny', protocol: 'ip', source: any, destination: any, span };
  numbers.set(entry, sequence);
  const at = list.entries.findIndex((other) => other.sequence > sequence);
  list.entries.splice(at < 0 ? list.entries.length : at, 0, entry);
  return { list, entry };
}

const listOf = (device: DeviceDraft, family: Family, name: string, span: Span): Filter => ({
  list: getOrMake(
    device.accessLists,
    prefixListKey(family, name),
    (): AccessList => ({ name, family, type: 'extended', span, entries: [], remarks: [] }),
  ),
});

const filterRows: readonly Entry[] = [
  modesOf<Filter>()(
    'entry <number:int>',
    { doc: 'An entry of the filter.', enter: (filter, { number }, at) => itemOf(filter, number.value, at.span) },
    [
      mode('match', { doc: 'Packets that the entry is about.', enter: (context) => context }, matchRows),
      mode('action', { doc: 'What happens to these packets.', enter: (context) => context }, [
        decide('accept'),
        decide('drop'),
      ]),
      row('description <text:rest>', { doc: 'A text for people.', effect: 'none' }),
      notModelled('<what:collect-stats|rate-limit|log> [<rest:rest>]'),
    ],
  ),
  rowsOf<Filter>()('description <text:rest>', { doc: 'A text for people.', effect: 'none' }),
  rowsOf<Filter>()('<what:statistics-per-entry|subinterface-specific> <value:word>', {
    doc: 'How packets are counted.',
    effect: 'none',
  }),
];

const device = modesOf<DeviceDraft>();

/** Name of the filter on packets to the router itself. */
export const CONTROL = 'cpm';

const named = (family: Family): Entry =>
  device(
    `${family}-filter <name:word>`,
    {
      doc: 'A packet filter (before release 24.3).',
      enter: (draft, args, at) => {
        const { name } = args as unknown as { readonly name: Located<string> };
        draft.definitions.push({
          kind: family === 'ipv4' ? 'access-list' : 'ipv6-access-list',
          name: name.value,
          span: name.span,
        });
        return listOf(draft, family, name.value, at.span);
      },
    },
    filterRows,
  );

const control = (family: Family): Entry =>
  device(
    `${family}-filter`,
    {
      doc: 'Filter on packets to the router itself.',
      enter: (draft, _, at) => listOf(draft, family, CONTROL, at.span),
    },
    filterRows,
  );

const families = { ipv4: 'ipv4', ipv6: 'ipv6' } as const;

/** `acl { ... }`. */
export const acl: Entry = device('acl', { doc: 'Packet filters.', enter: (draft) => draft }, [
  device(
    'acl-filter <name:word> type <type:ipv4|ipv6>',
    {
      doc: 'A packet filter.',
      enter: (draft, { name, type }, at) => {
        const family = families[type.value];
        draft.definitions.push({
          kind: family === 'ipv4' ? 'access-list' : 'ipv6-access-list',
          name: name.value,
          span: name.span,
        });
        return listOf(draft, family, name.value, at.span);
      },
    },
    filterRows,
  ),
  rowsOf<DeviceDraft>()('acl-filter <name:word> type <type:mac|user-defined> [<rest:rest>]', {
    doc: 'Known, and not simulated.',
  }),
  named('ipv4'),
  named('ipv6'),
  device('cpm-filter', { doc: 'Filters on packets to the router itself.', enter: (draft) => draft }, [
    control('ipv4'),
    control('ipv6'),
    rowsOf<DeviceDraft>()('mac-filter [<rest:rest>]', { doc: 'Known, and not simulated.' }),
  ]),
  modesOf<DeviceDraft>()(
    'interface <name:word>',
    {
      doc: 'Filters of a subinterface.',
      enter: (draft, { name }): Bound =>
        kept(draft, `acl interface ${name.value}`, () => ({ draft, name, target: name.value })),
    },
    [
      modesOf<Bound>()('interface-ref', { doc: 'The subinterface.', enter: (context) => context }, [
        rowsOf<Bound>()('<what:interface|subinterface> <value:word>', {
          doc: 'Parts of the subinterface’s name.',
          apply: (context, { what, value }) => {
            const [port = '', index = ''] = context.target.split(/\.(?=\d+$)/);
            context.target = what.value === 'interface' ? `${value.value}.${index}` : `${port}.${value.value}`;
          },
        }),
      ]),
      ...(['input', 'output'] as const).map((word) =>
        modesOf<Bound>()(
          word,
          { doc: `Packets that ${word === 'input' ? 'come in' : 'go out'}.`, enter: (context) => context },
          [
            modesOf<Bound>()(
              'acl-filter <name:word> type <type:ipv4|ipv6>',
              {
                doc: 'A filter of the subinterface.',
                refers: { name: 'access-list' },
                enter: (context, { name, type }) => {
                  const port = context.draft.interfaces.get(context.target);
                  const direction = word === 'input' ? 'in' : 'out';
                  if (port) port.accessGroups.push({ list: name, direction, family: type.value });
                  else
                    pendingOf(context.draft).push({
                      target: context.target,
                      list: name,
                      direction,
                      family: type.value,
                    });
                  return context;
                },
              },
              [],
            ),
            rowsOf<Bound>()('acl-filter <name:word> type <type:mac|user-defined>', {
              doc: 'Known, and not simulated.',
            }),
          ],
        ),
      ),
    ],
  ),
  rowsOf<DeviceDraft>()(
    '<what:policers|system-filter|capture-filter|match-list|tcam-profile|egress-mac-filtering|mac-filter> [<rest:rest>]',
    {
      doc: 'Known, and not simulated.',
    },
  ),
]);

interface Bound {
  readonly draft: DeviceDraft;
  readonly name: Located<string>;
  target: string;
}

interface Pending {
  readonly target: string;
  readonly list: Located<string>;
  readonly direction: 'in' | 'out';
  readonly family: Family;
}

/** Filters that are bound before their subinterface is made: `acl` stands in front of `interface`. */
const pending = new WeakMap<DeviceDraft, Pending[]>();
const pendingOf = (draft: DeviceDraft): Pending[] => {
  const known = pending.get(draft) ?? [];
  pending.set(draft, known);
  return known;
};

export function finishAcl(draft: DeviceDraft): void {
  for (const { target, list, direction, family } of pendingOf(draft)) {
    const port = draft.interfaces.get(target);
    if (port) port.accessGroups.push({ list, direction, family });
    else complain(draft, `acl / interface ${target}: there is no such subinterface`, list.span);
  }
}
