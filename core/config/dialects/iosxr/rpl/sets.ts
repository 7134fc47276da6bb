import { makePrefix, parseIp, parsePrefix } from '../../../address.ts';
import { canonicalCommunity, canonicalExtendedValue, canonicalLargeCommunity } from '../../../communities.ts';
import type { CommunityListEntry, Condition, PrefixListEntry } from '../../../device/policy.ts';
import type { Span } from '../../../span.ts';
import { communityExpression, pathExpression } from './expressions.ts';
import { spanOf, type Token, textOf } from './tokens.ts';

/** Elements of a set are separated by commas; in a set of its own they also stand on lines of their own. */
export function elementsOf(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const elements: Token[][] = [];
  let open: Token[] = [];
  for (const token of tokens) {
    if (!token.quoted && token.value === ',') {
      if (open.length > 0) elements.push(open);
      open = [];
    } else open.push(token);
  }
  if (open.length > 0) elements.push(open);
  return elements;
}

export interface Matched {
  readonly family: 'ipv4' | 'ipv6';
  readonly entry: Omit<PrefixListEntry, 'sequence'>;
}

/** `10.0.0.0/8 ge 16 le 24`: undefined when it is none. An address without a length is a host. */
export function prefixElement(tokens: readonly Token[]): Matched | undefined {
  const [first, ...options] = tokens;
  if (!first) return undefined;
  const host = parseIp(first.value);
  const prefix = host ? makePrefix(host, host.version === 4 ? 32 : 128) : parsePrefix(first.value);
  if (!prefix) return undefined;
  const whole = prefix.version === 4 ? 32 : 128;
  let [min, max] = [prefix.length, prefix.length];
  for (let at = 0; at < options.length; at += 2) {
    const [word, number] = [options[at]?.value, Number(options[at + 1]?.value ?? Number.NaN)];
    if (!Number.isInteger(number)) return undefined;
    if (word === 'eq') [min, max] = [number, number];
    else if (word === 'le') max = number;
    else if (word === 'ge') {
      min = number;
      if (!options.some(({ value }) => value === 'le')) max = whole;
    } else return undefined;
  }
  const span = spanOf(tokens, first.span);
  return {
    family: prefix.version === 4 ? 'ipv4' : 'ipv6',
    entry: { action: 'permit', prefix: prefix.text, minLength: min, maxLength: max, span },
  };
}

const numberOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : undefined;

/** `eq 5`, `ge 5`, `is 5`, `le 5`, `between 3 and 5` as a range; undefined when it is none. */
export function comparedRange(tokens: readonly Token[], most: number): { min: number; max: number } | undefined {
  const [word, first] = tokens.map(({ value }) => value);
  const value = numberOf(first);
  if (value === undefined || tokens.length !== 2) return undefined;
  if (word === 'eq' || word === 'is') return { min: value, max: value };
  if (word === 'ge') return { min: value, max: most };
  if (word === 'le') return { min: 0, max: value };
  return undefined;
}

/** Longest AS path that a comparison asks for. */
const LONGEST_PATH = 2_048;

const notModelled = (tokens: readonly Token[], span: Span): Condition => ({
  kind: 'not-modelled',
  text: textOf(tokens),
  span,
});

/** An element of an as-path-set, or an as-path comparison without its `as-path`. */
export function pathCondition(tokens: readonly Token[], otherwise: Span): Condition {
  const span = spanOf(tokens, otherwise);
  const [word, value, ...rest] = tokens;
  if (!word) return notModelled(tokens, span);
  if (word.value === 'is-local') return { kind: 'as-path-length', min: 0, max: 0, span };
  if (word.value === 'length') {
    const range = comparedRange(tokens.slice(1, 3), LONGEST_PATH);
    if (range && tokens.length === 3) return { kind: 'as-path-length', ...range, span };
  }
  if (value?.quoted && (word.value === 'ios-regex' || word.value === 'dfa-regex') && rest.length === 0)
    return { kind: 'as-path-expression', expression: value.value, span };
  const exact = rest.length === 1 && rest[0]?.value === 'exact';
  const expression = value && (rest.length === 0 || exact) ? pathExpression(word.value, value.value, exact) : undefined;
  return expression === undefined ? notModelled(tokens, span) : { kind: 'as-path-expression', expression, span };
}

/** Literal values of a set, for actions; undefined when an element is an expression. */
export function literalCommunity(
  type: 'standard' | 'extended' | 'large',
  tokens: readonly Token[],
  target = 'rt',
): string | undefined {
  const [only] = tokens;
  if (!only || tokens.length !== 1 || only.quoted) return undefined;
  if (type === 'standard') return canonicalCommunity(only.value);
  if (type === 'large') return canonicalLargeCommunity(only.value);
  const value = canonicalExtendedValue(only.value);
  return value === undefined ? undefined : `${target}:${value}`;
}

/** An element of a community-set as an entry that takes routes having it; undefined when its meaning is not known. */
export function communityEntry(
  type: 'standard' | 'extended' | 'large',
  tokens: readonly Token[],
  otherwise: Span,
  target?: string,
): CommunityListEntry | undefined {
  const span = spanOf(tokens, otherwise);
  const literal = literalCommunity(type, tokens, target);
  // `internet` (0:0) stands for every route.
  if (literal !== undefined) return { action: 'permit', members: literal === '0:0' ? [] : [literal], span };
  const [word, value] = tokens;
  if (!word) return undefined;
  if (value?.quoted && tokens.length === 2 && (word.value === 'ios-regex' || word.value === 'dfa-regex'))
    return { action: 'permit', expression: value.value, span };
  const expression = tokens.length === 1 && type === 'standard' ? communityExpression(word.value) : undefined;
  return expression === undefined ? undefined : { action: 'permit', expression, span };
}
