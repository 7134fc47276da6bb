import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft, SymbolKind } from '../../device/device.ts';
import type { CommunityList, CommunityListEntry } from '../../device/policy.ts';
import type { Located, Span } from '../../span.ts';
import { getOrMake } from './drafts.ts';
import { forget, placeBySequence } from './names.ts';

const row = rowsOf<DeviceDraft>();

type Kind = CommunityList['kind'];
type Store = 'communityLists' | 'extendedCommunityLists' | 'largeCommunityLists';

const stores: Readonly<Record<Store, SymbolKind>> = {
  communityLists: 'community-list',
  extendedCommunityLists: 'extended-community-list',
  largeCommunityLists: 'large-community-list',
};

interface EntryArgs {
  readonly name: Located<string>;
  readonly sequence?: Located<number>;
  readonly action: Located<'permit' | 'deny'>;
}

const listOf = (device: DeviceDraft, store: Store, kind: Kind, name: string, span: Span): CommunityList =>
  getOrMake(device[store], name, () => ({ name, kind, span, entries: [] }));

const sameContent = (a: CommunityListEntry, b: CommunityListEntry): boolean =>
  a.action === b.action && a.expression === b.expression && String(a.members) === String(b.members);

function removeList(device: DeviceDraft, store: Store, name: string): void {
  device[store].delete(name);
  forget(device, stores[store], name);
}

function removeEntry(device: DeviceDraft, store: Store, name: string, entry: CommunityListEntry): void {
  const list = device[store].get(name);
  if (!list) return;
  list.entries = list.entries.filter((known) =>
    entry.sequence === undefined ? !sameContent(known, entry) : known.sequence !== entry.sequence,
  );
  if (list.entries.length === 0) removeList(device, store, name);
}

/** `internet` stands for every route: an entry that asks for no community. */
const withoutInternet = (members: readonly string[]): readonly string[] => members.filter((member) => member !== '0:0');

const memberTypes = { standard: 'communities', extended: 'extended-communities', large: 'large-communities' } as const;

/** An entry whose members must all be there: `words` is the command up to the name, e.g. `ip community-list standard`. */
function membersRow(words: string, store: Store, type: keyof typeof memberTypes): Entry {
  const pattern =
    `${words} <name:word> [seq <sequence:int>] <action:permit|deny> <members:${memberTypes[type]}>` as const;
  const kind: Kind = type;
  const entryOf = ({ sequence, action }: EntryArgs, members: readonly string[], span: Span): CommunityListEntry => ({
    ...(sequence && { sequence: sequence.value }),
    action: action.value,
    members: withoutInternet(members),
    span,
  });
  return row(pattern as 'x <name:word> [seq <sequence:int>] <action:permit|deny> <members:communities>', {
    doc: 'An entry of a community-list: a route is taken that has all of these communities.',
    defines: { name: stores[store] },
    apply: (device, { members, ...args }, { span }) =>
      placeBySequence(listOf(device, store, kind, args.name.value, span).entries, entryOf(args, members.value, span)),
    undo: (device, { name, action, members, sequence }, { span }) => {
      if (name && action && members)
        removeEntry(device, store, name.value, entryOf({ name, action, sequence }, members.value, span));
    },
  });
}

/** An entry whose regular expression must match the route's communities. */
function expressionRow(words: string, store: Store, kind: Kind): Entry {
  const entryOf = ({ sequence, action }: EntryArgs, expression: string, span: Span): CommunityListEntry => ({
    ...(sequence && { sequence: sequence.value }),
    action: action.value,
    expression,
    span,
  });
  return row(
    `${words} <name:word> [seq <sequence:int>] <action:permit|deny> <expression:rest>` as 'x <name:word> [seq <sequence:int>] <action:permit|deny> <expression:rest>',
    {
      doc: 'An entry of a community-list: a route is taken whose communities match the regular expression.',
      defines: { name: stores[store] },
      apply: (device, { expression, ...args }, { span }) =>
        placeBySequence(
          listOf(device, store, kind, args.name.value, span).entries,
          entryOf(args, expression.value, span),
        ),
      undo: (device, { name, action, expression, sequence }, { span }) => {
        if (name && action && expression)
          removeEntry(device, store, name.value, entryOf({ name, action, sequence }, expression.value, span));
      },
    },
  );
}

/** A list whose number says what it holds: 1-99 communities, 100-500 regular expressions (IOS, FRR). */
function numberedRow(words: string, store: Store, type: keyof typeof memberTypes, expanded: Kind): Entry {
  const pattern = `${words} <number:int> [seq <sequence:int>] <action:permit|deny> <members:${memberTypes[type]}|rest>`;
  return row(pattern as 'x <number:int> [seq <sequence:int>] <action:permit|deny> <members:communities|rest>', {
    doc: 'An entry of a numbered community-list: 1-99 holds communities, 100-500 a regular expression.',
    defines: { number: stores[store] },
    apply: (device, { number, sequence, action, members }, at) => {
      const isExpression = number.value >= 100;
      const list = listOf(device, store, isExpression ? expanded : type, String(number.value), at.span);
      const written = at.statement.words
        .filter((word) => word.start >= members.span.start)
        .map((word) => word.text)
        .join(' ');
      const values = Array.isArray(members.value) ? (members.value as readonly string[]) : [];
      placeBySequence(list.entries, {
        ...(sequence && { sequence: sequence.value }),
        action: action.value,
        ...(isExpression || values.length === 0 ? { expression: written } : { members: withoutInternet(values) }),
        span: at.span,
      });
    },
  });
}

const wholeList = (words: string, store: Store): Entry =>
  row(`${words} <name:word>` as 'x <name:word>', {
    doc: 'A community-list; its negative form removes the whole list.',
    undo: (device, { name }) => name && removeList(device, store, name.value),
  });

interface ListContext {
  readonly list: CommunityList;
}

/** IOS: `ip extcommunity-list standard NAME` opens a mode in which the entries stand by number. */
function extendedStanza(words: string, kind: 'extended' | 'expanded'): Entry {
  const nested = rowsOf<ListContext>();
  return modesOf<DeviceDraft>()(
    `${words} <name:word>` as 'x <name:word>',
    {
      doc: 'A list of extended communities; what no entry takes is denied.',
      defines: { name: 'extended-community-list' },
      enter: (device, { name }, { span }): ListContext => ({
        list: listOf(device, 'extendedCommunityLists', kind, name.value, span),
      }),
      undo: (device, { name }) => name && removeList(device, 'extendedCommunityLists', name.value),
    },
    [
      nested('[<sequence:int>] <action:permit|deny> <members:extended-communities>', {
        doc: 'An entry: a route is taken that has all of these extended communities.',
        apply: ({ list }, { sequence, action, members }, { span }) =>
          placeBySequence(list.entries, {
            ...(sequence && { sequence: sequence.value }),
            action: action.value,
            members: members.value,
            span,
          }),
      }),
      nested('[<sequence:int>] <action:permit|deny> <expression:rest>', {
        doc: 'An entry: a route is taken whose extended communities match the regular expression.',
        apply: ({ list }, { sequence, action, expression }, { span }) =>
          placeBySequence(list.entries, {
            ...(sequence && { sequence: sequence.value }),
            action: action.value,
            expression: expression.value,
            span,
          }),
      }),
    ],
  );
}

const asPath = (words: string, tail: string): readonly Entry[] => [
  row(
    `${words} <name:word> [seq <sequence:int>] <action:permit|deny> <expression:names>${tail}` as 'x <name:word> [seq <sequence:int>] <action:permit|deny> <expression:names>',
    {
      doc: 'An entry of an as-path access-list: a route is taken whose AS path matches the regular expression.',
      defines: { name: 'as-path-list' },
      apply: (device, { name, sequence, action, expression }, { span }) => {
        const list = getOrMake(device.asPathLists, name.value, () => ({ name: name.value, span, entries: [] }));
        placeBySequence(list.entries, {
          ...(sequence && { sequence: sequence.value }),
          action: action.value,
          expression: expression.value.join(' '),
          span,
        });
      },
      undo: (device, { name, action, expression }) => {
        const list = name && device.asPathLists.get(name.value);
        if (!list || !action || !expression) return;
        const text = expression.value.join(' ');
        list.entries = list.entries.filter((entry) => entry.action !== action.value || entry.expression !== text);
        if (list.entries.length === 0) removeAsPath(device, list.name);
      },
    },
  ),
  row(`${words} <name:word>` as 'x <name:word>', {
    doc: 'An as-path access-list; its negative form removes the whole list.',
    undo: (device, { name }) => name && removeAsPath(device, name.value),
  }),
];

function removeAsPath(device: DeviceDraft, name: string): void {
  device.asPathLists.delete(name);
  forget(device, 'as-path-list', name);
}

const iosLike = (community: string, extended: string, large: string): readonly Entry[] => [
  membersRow(`${community} standard`, 'communityLists', 'standard'),
  expressionRow(`${community} expanded`, 'communityLists', 'expanded'),
  numberedRow(community, 'communityLists', 'standard', 'expanded'),
  wholeList(community, 'communityLists'),
  wholeList(`${community} standard`, 'communityLists'),
  wholeList(`${community} expanded`, 'communityLists'),
  membersRow(`${extended} standard`, 'extendedCommunityLists', 'extended'),
  expressionRow(`${extended} expanded`, 'extendedCommunityLists', 'expanded'),
  numberedRow(extended, 'extendedCommunityLists', 'extended', 'expanded'),
  wholeList(extended, 'extendedCommunityLists'),
  membersRow(`${large} standard`, 'largeCommunityLists', 'large'),
  expressionRow(`${large} expanded`, 'largeCommunityLists', 'large-expanded'),
  numberedRow(large, 'largeCommunityLists', 'large', 'large-expanded'),
  wholeList(large, 'largeCommunityLists'),
  wholeList(`${large} standard`, 'largeCommunityLists'),
  wholeList(`${large} expanded`, 'largeCommunityLists'),
];

/** Cisco IOS: community, extended community, large community and as-path lists. */
export const iosLists: readonly Entry[] = [
  ...iosLike('ip community-list', 'ip extcommunity-list', 'ip large-community-list'),
  extendedStanza('ip extcommunity-list standard', 'extended'),
  extendedStanza('ip extcommunity-list expanded', 'expanded'),
  row('ip bgp-community new-format', { doc: 'Shows communities as AS:number.', effect: 'none' }),
  ...asPath('ip as-path access-list', ''),
];

/** FRR: the same under `bgp`; older releases wrote `ip`. */
export const frrLists: readonly Entry[] = [
  ...iosLike('bgp community-list', 'bgp extcommunity-list', 'bgp large-community-list'),
  ...iosLike('ip community-list', 'ip extcommunity-list', 'ip large-community-list'),
  wholeList('bgp extcommunity-list standard', 'extendedCommunityLists'),
  wholeList('bgp extcommunity-list expanded', 'extendedCommunityLists'),
  ...asPath('bgp as-path access-list', ''),
  ...asPath('ip as-path access-list', ''),
];

/** EOS: lists without a kind hold communities, `regexp` ones an expression; as-path lists end in the origin they want. */
export const eosLists: readonly Entry[] = [
  membersRow('ip community-list', 'communityLists', 'standard'),
  membersRow('ip community-list standard', 'communityLists', 'standard'),
  expressionRow('ip community-list regexp', 'communityLists', 'expanded'),
  expressionRow('ip community-list expanded', 'communityLists', 'expanded'),
  wholeList('ip community-list', 'communityLists'),
  wholeList('ip community-list regexp', 'communityLists'),
  membersRow('ip extcommunity-list', 'extendedCommunityLists', 'extended'),
  membersRow('ip extcommunity-list standard', 'extendedCommunityLists', 'extended'),
  expressionRow('ip extcommunity-list regexp', 'extendedCommunityLists', 'expanded'),
  expressionRow('ip extcommunity-list expanded', 'extendedCommunityLists', 'expanded'),
  wholeList('ip extcommunity-list', 'extendedCommunityLists'),
  wholeList('ip extcommunity-list regexp', 'extendedCommunityLists'),
  membersRow('ip large-community-list', 'largeCommunityLists', 'large'),
  expressionRow('ip large-community-list regexp', 'largeCommunityLists', 'large-expanded'),
  wholeList('ip large-community-list', 'largeCommunityLists'),
  wholeList('ip large-community-list regexp', 'largeCommunityLists'),
  ...asPath('ip as-path access-list', ' [any]'),
  row('ip as-path regex-mode asn', {
    doc: 'Regular expressions on AS paths see whole AS numbers (the default).',
    effect: 'none',
  }),
  row('ip as-path regex-mode string', { doc: 'Regular expressions on AS paths see the path as text.' }),
];
