import { type At, type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import { type Family, type PrefixList, type PrefixListEntry, prefixListKey } from '../../device/policy.ts';
import type { Located, Span } from '../../span.ts';
import { getOrMake } from './drafts.ts';
import { forget, nextSequence, placeBySequence } from './names.ts';

const row = rowsOf<DeviceDraft>();

interface EntryArgs {
  readonly sequence?: Located<number>;
  readonly action: Located<'permit' | 'deny'>;
  readonly prefix: Located<string>;
  readonly eq?: Located<number>;
  readonly ge?: Located<number>;
  readonly le?: Located<number>;
}

const listOf = (device: DeviceDraft, family: Family, name: string, span: Span): PrefixList =>
  getOrMake(device.prefixLists, prefixListKey(family, name), () => ({ name, family, span, entries: [] }));

/** Lengths that an entry takes: exactly its own, from `ge`, up to `le`, or exactly `eq`. */
function lengths(family: Family, own: number, { eq, ge, le }: EntryArgs): readonly [number, number] {
  if (eq) return [eq.value, eq.value];
  if (!ge && !le) return [own, own];
  return [ge?.value ?? own, le?.value ?? (family === 'ipv4' ? 32 : 128)];
}

function addEntry(list: PrefixList, args: EntryArgs, step: number, at: At): void {
  const prefix = args.prefix.value;
  const [minLength, maxLength] = lengths(list.family, Number(prefix.slice(prefix.indexOf('/') + 1)), args);
  const sequence = args.sequence?.value ?? nextSequence(list.entries, step);
  const entry: PrefixListEntry = { sequence, action: args.action.value, prefix, minLength, maxLength, span: at.span };
  placeBySequence(list.entries, entry);
}

const sameEntry = (entry: PrefixListEntry, other: PrefixListEntry): boolean =>
  entry.action === other.action &&
  entry.prefix === other.prefix &&
  entry.minLength === other.minLength &&
  entry.maxLength === other.maxLength;

/** `no` with a sequence number removes that entry, without one the entry of the same content. */
function removeEntry(device: DeviceDraft, family: Family, name: string, args: Partial<EntryArgs>, at: At): void {
  const list = device.prefixLists.get(prefixListKey(family, name));
  if (!list) return;
  if (args.sequence) list.entries = list.entries.filter((entry) => entry.sequence !== args.sequence?.value);
  else if (args.action && args.prefix) {
    const probe: PrefixList = { name, family, span: at.span, entries: [] };
    addEntry(probe, args as EntryArgs, 1, at);
    list.entries = list.entries.filter((entry) => !sameEntry(entry, probe.entries[0] as PrefixListEntry));
  }
  if (list.entries.length === 0) removeList(device, family, name);
}

function removeList(device: DeviceDraft, family: Family, name: string): void {
  device.prefixLists.delete(prefixListKey(family, name));
  forget(device, symbolOf(family), name);
}

const symbolOf = (family: Family) => (family === 'ipv4' ? 'prefix-list' : 'ipv6-prefix-list');

const doc = 'An entry of a prefix-list: a prefix, and the lengths of more specific prefixes that it takes (ge, le).';
const docAny = 'An entry of a prefix-list that takes every prefix.';

const flat = (family: Family, step: number): readonly Entry[] => {
  const [ip, type, all] =
    family === 'ipv4' ? (['ip', 'prefix4', '0.0.0.0/0'] as const) : (['ipv6', 'prefix6', '::/0'] as const);
  const defines = { name: symbolOf(family) } as const;
  const everything = ({ span }: At) => ({
    prefix: { value: all, span },
    le: { value: family === 'ipv4' ? 32 : 128, span },
  });
  return [
    row(
      `${ip} prefix-list <name:word> [seq <sequence:int>] <action:permit|deny> <prefix:${type}> *[eq <eq:int>] *[ge <ge:int>] *[le <le:int>]`,
      {
        doc,
        defines,
        apply: (device, { name, ...args }, at) => addEntry(listOf(device, family, name.value, at.span), args, step, at),
        undo: (device, { name, ...args }, at) => name && removeEntry(device, family, name.value, args, at),
      },
    ),
    row(`${ip} prefix-list <name:word> [seq <sequence:int>] <action:permit|deny> any`, {
      doc: docAny,
      defines,
      apply: (device, { name, ...args }, at) =>
        addEntry(listOf(device, family, name.value, at.span), { ...args, ...everything(at) }, step, at),
      undo: (device, { name, ...args }, at) =>
        name && removeEntry(device, family, name.value, { ...args, ...everything(at) }, at),
    }),
    row(`${ip} prefix-list <name:word> seq <sequence:int>`, {
      doc: 'An entry of a prefix-list; its negative form removes the entry of this number.',
      undo: (device, { name, sequence }, at) => name && removeEntry(device, family, name.value, { sequence }, at),
    }),
    row(`${ip} prefix-list <name:word> description <text:rest>`, {
      doc: 'Free text about the prefix-list.',
      effect: 'none',
      defines,
    }),
    row(`${ip} prefix-list sequence-number`, { doc: 'Shows sequence numbers of prefix-lists.', effect: 'none' }),
  ];
};

interface ListContext {
  readonly list: PrefixList;
  readonly step: number;
}

const nestedRow = rowsOf<ListContext>();

/** EOS: the entries stand as lines of their own under `ip prefix-list NAME`. */
const nestedRows = (family: Family): readonly Entry[] => {
  const type = family === 'ipv4' ? ('prefix4' as const) : ('prefix6' as const);
  return [
    nestedRow(
      `[seq <sequence:int>] <action:permit|deny> <prefix:${type}> *[eq <eq:int>] *[ge <ge:int>] *[le <le:int>]`,
      {
        doc,
        apply: ({ list, step }, args, at) => addEntry(list, args, step, at),
        undo: ({ list }, { sequence }) => {
          if (sequence) list.entries = list.entries.filter((entry) => entry.sequence !== sequence.value);
        },
      },
    ),
    nestedRow('seq <sequence:int>', {
      doc: 'An entry of a prefix-list; its negative form removes the entry of this number.',
      undo: ({ list }, { sequence }) => {
        list.entries = list.entries.filter((entry) => entry.sequence !== sequence?.value);
      },
    }),
    nestedRow('remark <text:rest>', { doc: 'Free text about the prefix-list.', effect: 'none' }),
  ];
};

const stanza = (family: Family, step: number): Entry =>
  modesOf<DeviceDraft>()(
    `${family === 'ipv4' ? 'ip' : 'ipv6'} prefix-list <name:word>` as 'ip prefix-list <name:word>',
    {
      doc: 'A prefix-list: prefixes that a policy permits or denies, by sequence number; what no entry takes is denied.',
      defines: { name: symbolOf(family) },
      enter: (device, { name }, at): ListContext => ({ list: listOf(device, family, name.value, at.span), step }),
      undo: (device, { name }) => name && removeList(device, family, name.value),
    },
    nestedRows(family),
  );

/** Prefix-lists of both families; `step` is how far apart the system numbers entries without a number. */
export const prefixLists = (step: number): readonly Entry[] => [
  ...flat('ipv4', step),
  ...flat('ipv6', step),
  stanza('ipv4', step),
  stanza('ipv6', step),
];
