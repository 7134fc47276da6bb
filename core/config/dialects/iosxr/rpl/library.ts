import type { DeviceDraft, SymbolKind } from '../../../device/device.ts';
import { type CommunityList, type CommunityListEntry, type Condition, prefixListKey } from '../../../device/policy.ts';
import type { Span } from '../../../span.ts';
import type { ConfigTree, Statement } from '../../../tree.ts';
import { communityEntry, elementsOf, pathCondition, prefixElement } from './sets.ts';
import { type PolicyText, readPolicy } from './syntax.ts';
import { type Token, textOf, tokensOf } from './tokens.ts';

/** Policies and sets of a device as written, for making the policies of the model from them. */
export interface Library {
  readonly device: DeviceDraft;
  readonly policies: ReadonlyMap<string, PolicyText>;
  /** Conditions of the elements of each as-path-set. */
  readonly pathSets: ReadonlyMap<string, readonly Condition[]>;
  /** Notes a line that is not modelled, once. */
  readonly note: (text: string, span: Span) => void;
}

type CommunityKind = 'standard' | 'extended' | 'large';

/** What a community-set is called on the device, and what of the model it becomes. */
export const communityStores = {
  standard: 'communityLists',
  extended: 'extendedCommunityLists',
  large: 'largeCommunityLists',
} as const satisfies Record<CommunityKind, keyof DeviceDraft>;

const lists: Readonly<Record<string, CommunityKind>> = {
  'community-set': 'standard',
  'extcommunity-set': 'extended',
  'large-community-set': 'large',
};

export const setSymbols: Readonly<Record<CommunityKind, SymbolKind>> = {
  standard: 'community-list',
  extended: 'extended-community-list',
  large: 'large-community-list',
};

/** Entries of a community-set. An element whose meaning is not known makes the set unusable: undefined then. */
export function communityEntries(
  kind: CommunityKind,
  elements: readonly (readonly Token[])[],
  span: Span,
  note: (tokens: readonly Token[]) => void,
  target?: string,
): readonly CommunityListEntry[] {
  return elements.flatMap((tokens) => {
    const entry = communityEntry(kind, tokens, span, target);
    if (!entry) note(tokens);
    return entry ? [entry] : [];
  });
}

export function addCommunityList(
  device: DeviceDraft,
  kind: CommunityKind,
  name: string,
  entries: readonly CommunityListEntry[],
  span: Span,
): void {
  const type: CommunityList['kind'] = kind;
  device[communityStores[kind]].set(name, { name, kind: type, span, entries: [...entries] });
}

/** `extcommunity-set rt NAME`: the kind of its members stands in front of the name. */
function nameOf(statement: Statement): { readonly name: string; readonly target: string | undefined } {
  const [command, second, third] = statement.words.map((word) => word.text);
  return command === 'extcommunity-set' && third !== undefined
    ? { name: third, target: second }
    : { name: second ?? '', target: undefined };
}

/** Reads all policies and sets of the text; a later one of the same name takes the place of the earlier. */
export function readLibrary(device: DeviceDraft, tree: ConfigTree): Library {
  const policies = new Map<string, PolicyText>();
  const pathSets = new Map<string, readonly Condition[]>();
  const noted = new Set<string>();
  const note = (text: string, span: Span): void => {
    const key = `${span.line} ${span.start} ${text}`;
    if (noted.has(key)) return;
    noted.add(key);
    device.notModelled.push({ span, text, mayAffectRouting: true });
  };

  const readSet = (statement: Statement, command: string): void => {
    const { name, target } = nameOf(statement);
    const elements = elementsOf(tokensOf(statement));
    const complain = (tokens: readonly Token[]) =>
      note(`${command} ${name} / ${textOf(tokens)}`, tokens[0]?.span ?? statement.span);
    const kind = lists[command];
    if (kind) {
      addCommunityList(
        device,
        kind,
        name,
        communityEntries(kind, elements, statement.span, complain, target),
        statement.span,
      );
      return;
    }
    if (command === 'as-path-set') {
      const conditions = elements.map((tokens) => pathCondition(tokens, statement.span));
      pathSets.set(name, conditions);
      for (const [at, condition] of conditions.entries())
        if (condition.kind === 'not-modelled') complain(elements[at] ?? []);
      const entries = conditions.flatMap((condition) =>
        condition.kind === 'as-path-expression'
          ? [{ action: 'permit' as const, expression: condition.expression, span: condition.span }]
          : [],
      );
      device.asPathLists.set(name, { name, span: statement.span, entries });
      return;
    }
    for (const family of ['ipv4', 'ipv6'] as const) device.prefixLists.delete(prefixListKey(family, name));
    for (const [at, tokens] of elements.entries()) {
      const found = prefixElement(tokens);
      if (!found) complain(tokens);
      else addPrefix(device, name, found.family, { ...found.entry, sequence: 10 * (at + 1) }, statement.span);
    }
    if (elements.length === 0)
      device.prefixLists.set(prefixListKey('ipv4', name), { name, family: 'ipv4', span: statement.span, entries: [] });
  };

  const remove = (command: string, name: string): void => {
    const kind = lists[command];
    if (command === 'route-policy') policies.delete(name);
    else if (kind) device[communityStores[kind]].delete(name);
    else if (command === 'as-path-set') {
      pathSets.delete(name);
      device.asPathLists.delete(name);
    } else for (const family of ['ipv4', 'ipv6'] as const) device.prefixLists.delete(prefixListKey(family, name));
  };

  for (const statement of tree.statements) {
    const [first, second, third] = statement.words.map((word) => word.text);
    if (first === 'no' && second !== undefined && third !== undefined && (second === 'route-policy' || isSet(second)))
      remove(second, statement.words.at(-1)?.text ?? third);
    else if (statement.body === undefined || first === undefined) continue;
    else if (first === 'route-policy') {
      const policy = readPolicy(statement);
      policies.set(policy.name, policy);
    } else if (isSet(first)) readSet(statement, first);
  }
  return { device, policies, pathSets, note };
}

const isSet = (command: string): boolean => command === 'prefix-set' || command === 'as-path-set' || command in lists;

function addPrefix(
  device: DeviceDraft,
  name: string,
  family: 'ipv4' | 'ipv6',
  entry: NonNullable<ReturnType<DeviceDraft['prefixLists']['get']>>['entries'][number],
  span: Span,
): void {
  const key = prefixListKey(family, name);
  const list = device.prefixLists.get(key) ?? { name, family, span, entries: [] };
  list.entries.push(entry);
  device.prefixLists.set(key, list);
}
