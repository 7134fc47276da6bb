import type { SymbolKind } from '../../../device/device.ts';
import { type Condition, prefixListKey } from '../../../device/policy.ts';
import type { Span } from '../../../span.ts';
import { addCommunityList, communityEntries, communityStores, type Library, setSymbols } from './library.ts';
import { comparedRange, elementsOf, pathCondition, prefixElement } from './sets.ts';
import { spanOf, type Token, textOf } from './tokens.ts';

/** What a comparison is compiled with: the sets of the device, and the policy that it stands in. */
export interface Scope {
  readonly library: Library;
  readonly policy: string;
}

const MAX_UINT32 = 4_294_967_295;

const always = (span: Span): Condition => ({ kind: 'all', of: [], span });
const never = (span: Span): Condition => ({ kind: 'any', of: [], span });
const anyOf = (of: readonly Condition[], span: Span): Condition =>
  of.length === 1 ? (of[0] as Condition) : { kind: 'any', of, span };

function refer({ library }: Scope, kind: SymbolKind, { value: name, span }: Token): void {
  const { references } = library.device;
  if (
    !references.some((known) => known.kind === kind && known.span.line === span.line && known.span.start === span.start)
  )
    references.push({ kind, name, span });
}

/** The words in brackets of an inline set; undefined when the words are none. */
const inlineSet = (tokens: readonly Token[]): readonly Token[] | undefined =>
  tokens[0]?.value === '(' && !tokens[0].quoted && tokens.at(-1)?.value === ')' ? tokens.slice(1, -1) : undefined;

/** A comparison that is not understood: the policy is not trusted where it counts. */
function unknown({ library, policy }: Scope, tokens: readonly Token[], span: Span): Condition {
  library.note(`route-policy ${policy} / if ${textOf(tokens)}`, span);
  return { kind: 'not-modelled', text: textOf(tokens), span };
}

/** `destination in X` and `next-hop in X`. */
function prefixes(
  scope: Scope,
  what: 'destination' | 'next-hop',
  tokens: readonly Token[],
  span: Span,
): Condition | undefined {
  const { device } = scope.library;
  const inline = inlineSet(tokens);
  const kind = what === 'destination' ? 'prefix-list' : 'next-hop-prefix-list';
  if (!inline) {
    const [name] = tokens;
    if (!name || tokens.length > 1) return undefined;
    refer(scope, 'prefix-list', name);
    const families = (['ipv4', 'ipv6'] as const).filter((family) =>
      device.prefixLists.has(prefixListKey(family, name.value)),
    );
    // A set that is not there is kept as a reference to nothing.
    return anyOf(
      (families.length > 0 ? families : (['ipv4'] as const)).map((family) => ({ kind, family, lists: [name], span })),
      span,
    );
  }
  const found = elementsOf(inline).map(prefixElement);
  if (found.includes(undefined)) return undefined;
  if (what === 'destination')
    return anyOf(
      found.flatMap((each) => {
        if (!each) return [];
        const { prefix, minLength, maxLength, span: place } = each.entry;
        return [{ kind: 'prefix' as const, prefix, minLength, maxLength, span: place }];
      }),
      span,
    );
  const hosts = found.flatMap((each) => {
    const [address, length] = each?.entry.prefix.split('/') ?? [];
    return length === '32' || length === '128' ? [address ?? ''] : [];
  });
  return hosts.length === found.length ? { kind: 'next-hop', addresses: hosts, span } : undefined;
}

type CommunityKind = 'standard' | 'extended' | 'large';

/** `community matches-any X`, `matches-every X`, `is-empty`. */
function communities(scope: Scope, kind: CommunityKind, tokens: readonly Token[], span: Span): Condition | undefined {
  const { device } = scope.library;
  const lists = device[communityStores[kind]];
  const condition = (name: string, place: Span): Condition => {
    const list = [{ value: name, span: place }];
    if (kind === 'extended') return { kind: 'extended-community-list', lists: list, span };
    return { kind: kind === 'large' ? 'large-community-list' : 'community-list', lists: list, exact: false, span };
  };
  const [verb, ...rest] = tokens;
  const inline = inlineSet(rest);
  const [name] = rest;
  if (verb?.value === 'is-empty' && rest.length === 0) {
    const any = `${scope.policy} any community`;
    addCommunityList(device, kind, any, [{ action: 'permit', expression: '[0-9]', span }], span);
    return { kind: 'not', of: condition(any, span), span };
  }
  if ((verb?.value !== 'matches-any' && verb?.value !== 'matches-every') || !name) return undefined;
  let entries = lists.get(name.value)?.entries ?? [];
  let listName = name.value;
  if (inline) {
    let complete = true;
    const read = communityEntries(kind, elementsOf(inline), span, () => {
      complete = false;
    });
    if (!complete) return undefined;
    // A set without a name of its own gets one that no configuration can write.
    listName = `${scope.policy} line ${name.span.line + 1} column ${name.span.start + 1}`;
    addCommunityList(device, kind, listName, read, span);
    entries = [...read];
  } else if (rest.length > 1) return undefined;
  else refer(scope, setSymbols[kind], name);
  if (verb.value === 'matches-any') return condition(listName, name.span);
  const every = entries.map((entry, at): Condition => {
    const single = `${listName} element ${at + 1}`;
    addCommunityList(device, kind, single, [entry], entry.span);
    return condition(single, name.span);
  });
  return every.length > 0 ? { kind: 'all', of: every, span } : condition(listName, name.span);
}

/** `as-path in X`, and the comparisons that stand without a set. */
function asPath(scope: Scope, tokens: readonly Token[], span: Span): Condition | undefined {
  const { library } = scope;
  if (tokens[0]?.value !== 'in') {
    const made = pathCondition(tokens, span);
    return made.kind === 'not-modelled' ? undefined : made;
  }
  const rest = tokens.slice(1);
  const inline = inlineSet(rest);
  const [name] = rest;
  if (!inline && name && rest.length === 1) {
    refer(scope, 'as-path-list', name);
    const known = library.pathSets.get(name.value);
    return known ? anyOf(known, span) : { kind: 'as-path-list', lists: [name], span };
  }
  if (!inline) return undefined;
  const of = elementsOf(inline).map((element) => pathCondition(element, span));
  return of.some((each) => each.kind === 'not-modelled') ? undefined : anyOf(of, span);
}

const routeTypes: Readonly<Record<string, string>> = {
  internal: 'internal',
  'type-1': 'type-1',
  'type-2': 'type-2',
  'level-1': 'level-1',
  'level-2': 'level-2',
  local: 'local',
  'ospf-external-type-1': 'type-1',
  'ospf-external-type-2': 'type-2',
};

/** Protocols of a comparison: `bgp 65001`, `ospf 1`, `(static, connected)`. */
function protocol(tokens: readonly Token[], span: Span): Condition | undefined {
  const [verb, ...rest] = tokens;
  const elements = verb?.value === 'in' ? elementsOf(inlineSet(rest) ?? []) : verb?.value === 'is' ? [rest] : [];
  const names = elements.map(([name]) => name?.value ?? '');
  if (names.length === 0 || names.some((name) => !/^(bgp|connected|static|ospf|ospfv3|isis|eigrp|rip)$/.test(name)))
    return undefined;
  return { kind: 'protocol', protocols: names.map((name) => (name === 'ospfv3' ? 'ospf3' : name)), span };
}

const comparers: Readonly<
  Record<string, (scope: Scope, tokens: readonly Token[], span: Span) => Condition | undefined>
> = {
  destination: (scope, tokens, span) =>
    tokens[0]?.value === 'in' ? prefixes(scope, 'destination', tokens.slice(1), span) : undefined,
  'next-hop': (scope, tokens, span) =>
    tokens[0]?.value === 'in' ? prefixes(scope, 'next-hop', tokens.slice(1), span) : undefined,
  'as-path': asPath,
  community: (scope, tokens, span) => communities(scope, 'standard', tokens, span),
  'large-community': (scope, tokens, span) => communities(scope, 'large', tokens, span),
  extcommunity: (scope, tokens, span) =>
    tokens[0]?.value === 'rt' || tokens[0]?.value === 'soo'
      ? communities(scope, 'extended', tokens.slice(1), span)
      : undefined,
  med: (_scope, tokens, span) => {
    const range = comparedRange(tokens, MAX_UINT32);
    return range && { kind: 'metric', ...range, span };
  },
  'local-preference': (_scope, tokens, span) => {
    const range = comparedRange(tokens, MAX_UINT32);
    return range && { kind: 'local-preference', ...range, span };
  },
  tag: (_scope, tokens, span) => {
    const range = tokens[0]?.value === 'in' ? undefined : comparedRange(tokens, MAX_UINT32);
    const listed = elementsOf(inlineSet(tokens.slice(1)) ?? []).map(([only]) => Number(only?.value));
    const tags = range && range.min === range.max ? [range.min] : tokens[0]?.value === 'in' ? listed : [];
    return tags.length > 0 && tags.every(Number.isInteger) ? { kind: 'tag', tags, span } : undefined;
  },
  origin: (_scope, [verb, value], span) => {
    const origin = value?.value;
    if (verb?.value !== 'is' || (origin !== 'igp' && origin !== 'egp' && origin !== 'incomplete')) return undefined;
    return { kind: 'origin', origin, span };
  },
  'route-type': (_scope, [verb, value], span) => {
    const type = routeTypes[value?.value ?? ''];
    return verb?.value === 'is' && type !== undefined ? { kind: 'route-type', types: [type], span } : undefined;
  },
  'path-type': (_scope, [verb, value], span) =>
    verb?.value === 'is' && (value?.value === 'ebgp' || value?.value === 'ibgp')
      ? { kind: 'protocol', protocols: [value.value], span }
      : undefined,
  protocol: (_scope, tokens, span) => protocol(tokens, span),
};

/** A comparison as a condition of the model. */
export function compare(scope: Scope, tokens: readonly Token[], otherwise: Span): Condition {
  const span = spanOf(tokens, otherwise);
  const [first, ...rest] = tokens;
  if (first?.value === 'true') return always(span);
  if (first?.value === 'false') return never(span);
  const comparer = first && Object.hasOwn(comparers, first.value) ? comparers[first.value] : undefined;
  return comparer?.(scope, rest, span) ?? unknown(scope, tokens, span);
}
