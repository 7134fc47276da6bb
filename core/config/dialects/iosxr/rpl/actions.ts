import { parseIp } from '../../../address.ts';
import type { Action } from '../../../device/policy.ts';
import { parseAsn } from '../../../slot-types.ts';
import type { Span } from '../../../span.ts';
import type { Scope } from './conditions.ts';
import { addCommunityList, communityEntries, setSymbols } from './library.ts';
import { elementsOf, literalCommunity } from './sets.ts';
import { spanOf, type Token, textOf } from './tokens.ts';

type CommunityKind = 'standard' | 'extended' | 'large';

const numberOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : undefined;

/** `100`, `+10`, `-10`, also with a blank after the sign. */
function amount(words: readonly string[]): { operation: 'set' | 'add' | 'subtract'; value: number } | undefined {
  const found = /^([+-]?) ?(\d{1,10})$/.exec(words.join(' '));
  if (!found) return undefined;
  return { operation: found[1] === '+' ? 'add' : found[1] === '-' ? 'subtract' : 'set', value: Number(found[2]) };
}

/** Members and named sets of a community action: `X`, `(65001:1, no-export)`. */
function communityOperand(
  { library, policy }: Scope,
  kind: CommunityKind,
  tokens: readonly Token[],
  operation: 'replace' | 'add' | 'delete',
  target: string | undefined,
  span: Span,
): Action | undefined {
  const { device } = library;
  const [first] = tokens;
  if (!first) return undefined;
  if (first.value !== '(') {
    if (tokens.length > 1) return undefined;
    const { references } = device;
    if (!references.some((known) => known.span.line === first.span.line && known.span.start === first.span.start))
      references.push({ kind: setSymbols[kind], name: first.value, span: first.span });
    return { kind: 'set-communities', operation, type: kind, members: [], lists: [first], span };
  }
  if (tokens.at(-1)?.value !== ')') return undefined;
  const elements = elementsOf(tokens.slice(1, -1));
  const members = elements.map((element) => literalCommunity(kind, element, target));
  if (!members.includes(undefined))
    return {
      kind: 'set-communities',
      operation,
      type: kind,
      members: members.flatMap((one) => one ?? []),
      lists: [],
      span,
    };
  if (operation !== 'delete') return undefined;
  let complete = true;
  const entries = communityEntries(kind, elements, span, () => {
    complete = false;
  });
  if (!complete) return undefined;
  const name = `${policy} line ${first.span.line + 1} column ${first.span.start + 1}`;
  addCommunityList(device, kind, name, entries, span);
  return {
    kind: 'set-communities',
    operation,
    type: kind,
    members: [],
    lists: [{ value: name, span: first.span }],
    span,
  };
}

const communityKinds: Readonly<Record<string, CommunityKind>> = {
  community: 'standard',
  extcommunity: 'extended',
  'large-community': 'large',
};

/** The kind of communities that the words name, and the words after it (`extcommunity rt`). */
function communityWords(
  tokens: readonly Token[],
): { kind: CommunityKind; target: string | undefined; rest: readonly Token[] } | undefined {
  const kind = communityKinds[tokens[0]?.value ?? ''];
  if (!kind) return undefined;
  const target = kind === 'extended' ? tokens[1]?.value : undefined;
  if (target !== undefined && target !== 'rt' && target !== 'soo') return undefined;
  return { kind, target, rest: tokens.slice(target === undefined ? 1 : 2) };
}

function setCommunity(scope: Scope, tokens: readonly Token[], span: Span): Action | undefined {
  const words = communityWords(tokens);
  if (!words) return undefined;
  const additive = words.rest.at(-1)?.value === 'additive';
  const operand = additive ? words.rest.slice(0, -1) : words.rest;
  return communityOperand(scope, words.kind, operand, additive ? 'add' : 'replace', words.target, span);
}

function deleteCommunity(scope: Scope, tokens: readonly Token[], span: Span): Action | undefined {
  const words = communityWords(tokens);
  const [first, ...rest] = words?.rest ?? [];
  if (!words || !first) return undefined;
  if (first.value === 'all' && rest.length === 0)
    return { kind: 'set-communities', operation: 'none', type: words.kind, members: [], lists: [], span };
  return first.value === 'in' ? communityOperand(scope, words.kind, rest, 'delete', words.target, span) : undefined;
}

function setNextHop(words: readonly string[], span: Span): Action | undefined {
  const [value, ...rest] = words;
  if (value === undefined || (rest.length > 0 && rest.join(' ') !== 'destination-vrf')) return undefined;
  if (rest.length > 0) return undefined;
  if (value === 'self' || value === 'peer-address' || value === 'unchanged' || value === 'discard')
    return { kind: 'set-next-hop', value, span };
  const ip = parseIp(value);
  return ip && { kind: 'set-next-hop', value: { address: ip.text }, family: ip.version === 4 ? 'ipv4' : 'ipv6', span };
}

const metricTypes: Readonly<Record<string, 'type-1' | 'type-2' | 'internal' | 'external'>> = {
  'type-1': 'type-1',
  'type-2': 'type-2',
  internal: 'internal',
  external: 'external',
};

function setMed(words: readonly string[], span: Span): Action | undefined {
  if (words.join(' ') === 'igp-cost') return { kind: 'set-metric', operation: 'igp', value: 0, span };
  if (words.join(' ') === 'max-reachable') return { kind: 'set-metric', operation: 'set', value: 4_294_967_295, span };
  const change = amount(words);
  return change && { kind: 'set-metric', ...change, span };
}

/** `set` by the attribute that is set. */
const setters: Readonly<Record<string, (words: readonly string[], span: Span) => Action | undefined>> = {
  'local-preference': (words, span) => {
    const change = amount(words);
    return change && { kind: 'set-local-preference', ...change, span };
  },
  med: setMed,
  'ospf-metric': setMed,
  'isis-metric': setMed,
  'rip-metric': setMed,
  'eigrp-metric': (words, span) => {
    const values = words.map(Number);
    return values.length === 5 && values.every(Number.isInteger)
      ? { kind: 'set-eigrp-metric', values, span }
      : undefined;
  },
  'metric-type': ([value], span) => {
    const type = metricTypes[value ?? ''];
    return type && { kind: 'set-metric-type', value: type, span };
  },
  weight: ([value], span) => {
    const weight = numberOf(value);
    return weight === undefined ? undefined : { kind: 'set-weight', value: weight, span };
  },
  tag: ([value], span) => {
    const tag = numberOf(value);
    return tag === undefined ? undefined : { kind: 'set-tag', value: tag, span };
  },
  'administrative-distance': ([value], span) => {
    const distance = numberOf(value);
    return distance === undefined ? undefined : { kind: 'set-distance', value: distance, span };
  },
  origin: ([value], span) =>
    value === 'igp' || value === 'egp' || value === 'incomplete' ? { kind: 'set-origin', value, span } : undefined,
  'next-hop': setNextHop,
  'path-selection': (words, span) => {
    if (words.at(-1) !== 'advertise') return undefined;
    if (words[0] === 'all') return { kind: 'select-paths', which: 'all', span };
    return words[0] === 'backup' ? { kind: 'select-paths', which: 2, span } : undefined;
  },
};

/** Most times that a number is put in front of a path. */
const MAX_PREPENDS = 255;

function prepend({ library }: Scope, [what, which, times]: readonly string[], span: Span): Action | undefined {
  const count = times === undefined ? 1 : numberOf(times);
  if (what !== 'as-path' || which === undefined || count === undefined || count > MAX_PREPENDS) return undefined;
  if (which === 'most-recent') return { kind: 'prepend-last-as', count, span };
  const asn = which === 'own-as' ? library.device.bgp[0]?.asn.value : parseAsn(which);
  return asn === undefined ? undefined : { kind: 'prepend-as-path', asns: Array<number>(count).fill(asn), span };
}

/** An action of the policy language as one of the model; one without a meaning here is kept in its words. */
export function actionOf(scope: Scope, tokens: readonly Token[], otherwise: Span): Action {
  const span = spanOf(tokens, otherwise);
  const [verb, ...rest] = tokens;
  const words = rest.map(({ value }) => value);
  const [attribute = '', ...values] = words;
  const found = ((): Action | undefined => {
    if (verb?.value === 'set') {
      const setter = Object.hasOwn(setters, attribute) ? setters[attribute] : undefined;
      return setter ? setter(values, span) : setCommunity(scope, rest, span);
    }
    if (verb?.value === 'delete') return deleteCommunity(scope, rest, span);
    if (verb?.value === 'prepend') return prepend(scope, words, span);
    return undefined;
  })();
  if (found) return found;
  const text = textOf(tokens);
  scope.library.note(`route-policy ${scope.policy} / ${text}`, span);
  return { kind: 'not-modelled', text, span };
}
