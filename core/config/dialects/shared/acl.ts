import { type At, type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import { type AccessList, type AclEntry, type Family, prefixListKey } from '../../device/policy.ts';
import type { Located, Span } from '../../span.ts';
import { statementText } from '../../tree.ts';
import { extendedRule, standardRule } from './acl-rule.ts';
import { getOrMake } from './drafts.ts';
import { forget, nextSequence, placeBySequence } from './names.ts';

const row = rowsOf<DeviceDraft>();

const symbolOf = (family: Family) => (family === 'ipv4' ? 'access-list' : 'ipv6-access-list');

/** What an access-list's rows work on. */
interface ListContext {
  readonly list: AccessList;
  readonly step: number;
}

const listOf = (device: DeviceDraft, family: Family, type: AccessList['type'], name: string, span: Span): AccessList =>
  getOrMake(device.accessLists, prefixListKey(family, name), () => ({
    name,
    family,
    type,
    span,
    entries: [],
    remarks: [],
  }));

function removeList(device: DeviceDraft, family: Family, name: string): void {
  device.accessLists.delete(prefixListKey(family, name));
  forget(device, symbolOf(family), name);
}

interface EntryArgs {
  readonly sequence?: Located<number>;
  readonly action: Located<'permit' | 'deny'>;
  readonly rule: Located<readonly string[]>;
}

function entryOf({ list, step }: ListContext, { sequence, action, rule }: EntryArgs, span: Span): AclEntry {
  const read = list.type === 'standard' ? standardRule : extendedRule;
  return {
    sequence: sequence?.value ?? nextSequence(list.entries, step),
    action: action.value,
    ...read(rule.value, list.family),
    span,
  };
}

function addEntry(context: ListContext, args: EntryArgs, at: At): void {
  const entry = entryOf(context, args, at.span);
  placeBySequence(context.list.entries, entry);
  if (entry.notModelled === undefined) return;
  const text = `access-list ${context.list.name} / ${statementText(at.statement)}`;
  at.device.notModelled.push({ span: at.span, text, mayAffectRouting: true });
}

const content = ({ sequence: _sequence, span: _span, ...rest }: AclEntry): string => JSON.stringify(rest);

/** Without a sequence number the entry of the same content goes. */
function removeEntry(context: ListContext, args: Partial<EntryArgs>, at: At): void {
  const { list } = context;
  const { sequence, action, rule } = args;
  if (sequence) list.entries = list.entries.filter((entry) => entry.sequence !== sequence.value);
  else if (action && rule) {
    const gone = content(entryOf(context, { action, rule }, at.span));
    list.entries = list.entries.filter((entry) => content(entry) !== gone);
  }
}

const nested = rowsOf<ListContext>();

const entryDoc = 'An entry of an access-list: what it takes is permitted or denied; what no entry takes is denied.';

const entryRows: readonly Entry[] = [
  nested('[<sequence:int>] <action:permit|deny> <rule:words>', {
    doc: entryDoc,
    apply: addEntry,
    undo: removeEntry,
  }),
  // IOS writes `sequence 10 permit ...` in IPv6 lists.
  nested('sequence <sequence:int> <action:permit|deny> <rule:words>', {
    doc: entryDoc,
    apply: addEntry,
    undo: removeEntry,
  }),
  nested('<sequence:int>', {
    doc: 'An entry by its number; the negative form removes it.',
    undo: ({ list }, { sequence }) => {
      list.entries = list.entries.filter((entry) => entry.sequence !== sequence?.value);
    },
  }),
  nested('[<sequence:int>] remark <text:rest>', {
    doc: 'Free text about the entries that follow.',
    effect: 'none',
    apply: ({ list }, _args, { span }) => {
      list.remarks.push(span);
    },
  }),
  nested('counters per-entry', { doc: 'Counts the packets of each entry.', effect: 'none' }),
  nested('statistics per-entry', { doc: 'Counts the packets of each entry.', effect: 'none' }),
  nested('hardware statistics count', { doc: 'Counts the packets of each entry.', effect: 'none' }),
];

/** A stanza: `words` is the command up to the name, e.g. `ip access-list standard`. */
const stanza = (words: string, family: Family, type: AccessList['type'], step: number): Entry =>
  modesOf<DeviceDraft>()(
    `${words} <name:word>` as 'x <name:word>',
    {
      doc: 'An access-list: entries that permit or deny, tried by sequence number; what no entry takes is denied.',
      defines: { name: symbolOf(family) },
      enter: (device, { name }, { span }): ListContext => ({
        list: listOf(device, family, type, name.value, span),
        step,
      }),
      undo: (device, { name }) => name && removeList(device, family, name.value),
    },
    entryRows,
  );

// Cisco IOS: 1-99 and 1300-1999 are standard lists, 100-199 and 2000-2699 extended ones.
const isStandardNumber = (number: number): boolean => number < 100 || (number >= 1300 && number <= 1999);

const IOS_STEP = 10;
const FRR_STEP = 5;

/** `noEntryRemovesList`: IOS takes `no access-list 10 permit ...` for the whole list; FRR removes the entry. */
const numbered = (step: number, noEntryRemovesList: boolean): readonly Entry[] => [
  row('access-list <number:int> [seq <sequence:int>] <action:permit|deny> <rule:words>', {
    doc: 'An entry of a numbered access-list: 1-99 and 1300-1999 take source addresses, 100-199 and 2000-2699 whole packets.',
    defines: { number: 'access-list' },
    apply: (device, { number, ...args }, at) => {
      const list = listOf(
        device,
        'ipv4',
        isStandardNumber(number.value) ? 'standard' : 'extended',
        String(number.value),
        at.span,
      );
      addEntry({ list, step }, args, at);
    },
    undo: (device, { number, ...args }, at) => {
      const list = number && device.accessLists.get(prefixListKey('ipv4', String(number.value)));
      if (!list) return;
      if (!noEntryRemovesList) removeEntry({ list, step }, args, at);
      if (noEntryRemovesList || list.entries.length === 0) removeList(device, 'ipv4', list.name);
    },
  }),
  row('access-list <number:int> remark <text:rest>', {
    doc: 'Free text about the entries that follow.',
    effect: 'none',
    defines: { number: 'access-list' },
  }),
  row('access-list <number:int>', {
    doc: 'A numbered access-list; the negative form removes all of it.',
    undo: (device, { number }) => number && removeList(device, 'ipv4', String(number.value)),
  }),
];

/** Cisco IOS and IOS-XE: numbered and named lists of both families. */
export const iosAccessLists: readonly Entry[] = [
  ...numbered(IOS_STEP, true),
  stanza('ip access-list standard', 'ipv4', 'standard', IOS_STEP),
  stanza('ip access-list extended', 'ipv4', 'extended', IOS_STEP),
  stanza('ipv6 access-list', 'ipv6', 'extended', IOS_STEP),
  row('ip access-list resequence <name:word> <start:int> <step:int>', { doc: 'Numbers the entries of a list anew.' }),
  row('ip access-list <options:logging|log-update|persistent|helper> <rest:rest>', {
    doc: 'How access-list messages are logged.',
    effect: 'none',
  }),
];

/** EOS: a list without `standard` is an extended one. */
export const eosAccessLists: readonly Entry[] = [
  stanza('ip access-list standard', 'ipv4', 'standard', IOS_STEP),
  stanza('ip access-list', 'ipv4', 'extended', IOS_STEP),
  stanza('ipv6 access-list standard', 'ipv6', 'standard', IOS_STEP),
  stanza('ipv6 access-list', 'ipv6', 'extended', IOS_STEP),
];

/** NX-OS: named lists of whole packets, without a word for their kind. */
export const nxosAccessLists: readonly Entry[] = [
  stanza('ip access-list', 'ipv4', 'extended', IOS_STEP),
  stanza('ipv6 access-list', 'ipv6', 'extended', IOS_STEP),
];

/** IOS-XR: named lists of whole packets. */
export const iosxrAccessLists: readonly Entry[] = [
  stanza('ipv4 access-list', 'ipv4', 'extended', IOS_STEP),
  stanza('ipv6 access-list', 'ipv6', 'extended', IOS_STEP),
];

/** FRR: named lists of prefixes on single lines; `exact-match` refuses more specific prefixes. */
const frrNamed = (words: string, family: Family): readonly Entry[] => [
  row(
    `${words} <name:word> [seq <sequence:int>] <action:permit|deny> <rule:words>` as 'x <name:word> [seq <sequence:int>] <action:permit|deny> <rule:words>',
    {
      doc: 'An entry of an access-list of prefixes; exact-match refuses more specific ones.',
      defines: { name: symbolOf(family) },
      apply: (device, { name, ...args }, at) =>
        addEntry({ list: listOf(device, family, 'standard', name.value, at.span), step: FRR_STEP }, args, at),
      undo: (device, { name, ...args }, at) => {
        const list = name && device.accessLists.get(prefixListKey(family, name.value));
        if (!list) return;
        removeEntry({ list, step: FRR_STEP }, args, at);
        if (list.entries.length === 0) removeList(device, family, list.name);
      },
    },
  ),
  row(`${words} <name:word> remark <text:rest>` as 'x <name:word> remark <text:rest>', {
    doc: 'Free text about the access-list.',
    effect: 'none',
    defines: { name: symbolOf(family) },
  }),
  row(`${words} <name:word>` as 'x <name:word>', {
    doc: 'An access-list; the negative form removes all of it.',
    undo: (device, { name }) => name && removeList(device, family, name.value),
  }),
];

export const frrAccessLists: readonly Entry[] = [
  ...numbered(FRR_STEP, false),
  ...frrNamed('access-list', 'ipv4'),
  ...frrNamed('ipv6 access-list', 'ipv6'),
];
