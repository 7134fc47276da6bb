import { maskWords, type Prefix, parseIp, parsePrefix, prefixContains } from '../../config/address.ts';
import type { Device } from '../../config/device/device.ts';
import type { AsPathList, CommunityList, CommunityListEntry, Family, PrefixList } from '../../config/device/policy.ts';
import type { AsPath, CommunitySet } from '../path-attributes.ts';
import type { PrefixId, PrefixTable } from '../prefix-table.ts';
import { asNumberExpression } from './as-number-expression.ts';
import { ciscoExpression } from './cisco-expression.ts';
import { normaliseCommunity } from './communities.ts';
import { ExpressionError } from './expression.ts';

type Readonlyed<T> = { readonly [K in keyof T]: T[K] extends (infer U)[] ? readonly U[] : T[K] };
type AccessListConfig = Device['accessLists'] extends ReadonlyMap<string, infer L> ? L : never;

/** Remembers answers by a small integer: lists are asked again and again about the same prefix, path or community set. */
export function remembered<T>(answer: (value: T) => boolean, idOf: (value: T) => number): (value: T) => boolean {
  const known: (boolean | undefined)[] = [];
  return (value) => {
    const id = idOf(value);
    const before = known[id];
    if (before !== undefined) return before;
    const result = answer(value);
    known[id] = result;
    return result;
  };
}

const sharedTests = new WeakMap<PrefixTable, Map<string, (prefix: PrefixId) => boolean>>();

/** The same function for the same question, whichever device asks it: devices of one kind tend to have the same lists. */
export function sharedTest(
  prefixes: PrefixTable,
  question: unknown,
  make: () => (prefix: PrefixId) => boolean,
): (prefix: PrefixId) => boolean {
  let tests = sharedTests.get(prefixes);
  if (!tests) {
    tests = new Map();
    sharedTests.set(prefixes, tests);
  }
  const key = JSON.stringify(question);
  let test = tests.get(key);
  if (!test) {
    test = remembered(make(), (id) => id);
    tests.set(key, test);
  }
  return test;
}

/** What a prefix list permits, without the lines that say so. */
export const prefixListContent = ({ entries }: Readonlyed<PrefixList>): unknown =>
  entries.map(({ sequence, action, prefix, minLength, maxLength }) => [sequence, action, prefix, minLength, maxLength]);

/** First entry decides; no entry: deny. */
export const prefixListMatcher = (
  prefixes: PrefixTable,
  list: Readonlyed<PrefixList>,
): ((prefix: PrefixId) => boolean) =>
  sharedTest(prefixes, ['prefix-list', prefixListContent(list)], () => newPrefixListMatcher(prefixes, list));

function newPrefixListMatcher(prefixes: PrefixTable, list: Readonlyed<PrefixList>): (prefix: PrefixId) => boolean {
  const entries = list.entries
    .flatMap((entry) => {
      const prefix = parsePrefix(entry.prefix);
      return prefix ? [{ ...entry, prefix }] : [];
    })
    .sort((a, b) => a.sequence - b.sequence);
  return (id) => {
    const asked = prefixes.get(id);
    for (const { prefix, minLength, maxLength, action } of entries)
      if (asked.length >= minLength && asked.length <= maxLength && prefixContains(prefix, asked))
        return action === 'permit';
    return false;
  };
}

/** Mask of a prefix as address words, for extended access lists that match it in the place of the destination. */
const maskOf = (prefix: Prefix): readonly number[] =>
  maskWords(
    prefix.words.map(() => 0xffffffff),
    prefix.length,
  );

type AclAddress = AccessListConfig['entries'][number]['source'];

function addressMatches(at: AclAddress, words: readonly number[]): boolean {
  if (at.kind === 'any') return true;
  if (at.kind === 'group') return false;
  const [base, wildcard] = [parseIp(at.address), parseIp(at.wildcard)];
  if (!base || !wildcard || base.words.length !== words.length) return false;
  return words.every((word, index) => {
    const care = ~(wildcard.words[index] as number);
    return ((word ^ (base.words[index] as number)) & care) === 0;
  });
}

/**
 * An access list that filters routes: a standard one is asked about the network's address, an extended one about the
 * address as source and the mask as destination (Cisco's reading of `distribute-list` and `match ip address`).
 */
export function accessListMatcher(prefixes: PrefixTable, list: AccessListConfig): (prefix: PrefixId) => boolean {
  const answer = (id: PrefixId): boolean => {
    const prefix = prefixes.get(id);
    for (const entry of list.entries) {
      const sourceMatches = addressMatches(entry.source, prefix.words);
      if (sourceMatches && (list.type === 'standard' || addressMatches(entry.destination, maskOf(prefix))))
        return entry.action === 'permit';
    }
    return false;
  };
  return remembered(answer, (id) => id);
}

/** The text against which an expanded community list matches: all communities in order, blanks between. */
export const communityText = (set: CommunitySet): string => set.members.join(' ');

type EntryTest = (set: CommunitySet) => boolean;
export type Complain = (what: string) => void;

function expressionTest(expression: string, complain: Complain): (text: string) => boolean {
  try {
    return ciscoExpression(expression);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    complain(`the expression "${expression}" cannot be read (${error.message}) and matches nothing`);
    return () => false;
  }
}

function communityEntry(entry: Readonlyed<CommunityListEntry>, exact: boolean, complain: Complain): EntryTest {
  if (entry.expression !== undefined) {
    const matches = expressionTest(entry.expression, complain);
    return (set) => matches(communityText(set));
  }
  const members = (entry.members ?? []).map(normaliseCommunity);
  // `internet` matches every route (Cisco, EOS, FRR).
  if (members.includes('internet')) return () => true;
  return (set) =>
    members.every((member) => set.members.includes(member)) && (!exact || set.members.length === members.length);
}

export interface CommunityMatcher {
  /** The first entry that fits decides. */
  readonly matches: (set: CommunitySet) => boolean;
  /** Whether the list permits one community by itself, as deleting by a list asks. */
  readonly permits: (community: string) => boolean;
  /** Literal communities of the permitting entries, for adding by a list. */
  readonly members: readonly string[];
}

export function communityMatcher(
  list: Readonlyed<CommunityList>,
  exact: boolean,
  complain: Complain,
): CommunityMatcher {
  const entries = list.entries.map((entry) => ({
    permit: entry.action === 'permit',
    test: communityEntry(entry, exact, complain),
  }));
  const single = list.entries.map((entry) => ({
    permit: entry.action === 'permit',
    test: communityEntry(entry, false, complain),
  }));
  const decide = (tests: typeof entries, set: CommunitySet): boolean =>
    tests.find(({ test }) => test(set))?.permit ?? false;
  return {
    matches: remembered(
      (set: CommunitySet) => decide(entries, set),
      (set) => set.id,
    ),
    permits: (community) => decide(single, { id: -1, members: [community] }),
    members: list.entries.flatMap((entry) =>
      entry.action === 'permit' ? (entry.members ?? []).map(normaliseCommunity) : [],
    ),
  };
}

export type AsPathMatcher = (path: AsPath) => boolean;

/** One as-path expression in the system's own alphabet. */
export function asPathExpression(
  expression: string,
  alphabet: 'characters' | 'as-numbers',
  complain: Complain,
): AsPathMatcher {
  if (alphabet === 'characters') {
    const matches = expressionTest(expression, complain);
    return remembered(
      (path: AsPath) => matches(path.text),
      (path) => path.id,
    );
  }
  try {
    const matches = asNumberExpression(expression);
    return remembered(
      (path: AsPath) => matches(path.segments.flatMap((segment) => segment.asns)),
      (path) => path.id,
    );
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    complain(`the as-path expression "${expression}" cannot be read (${error.message}) and matches nothing`);
    return () => false;
  }
}

export function asPathListMatcher(
  list: Readonlyed<AsPathList>,
  alphabet: 'characters' | 'as-numbers',
  complain: Complain,
): AsPathMatcher {
  const entries = list.entries.map((entry) => ({
    permit: entry.action === 'permit',
    test: asPathExpression(entry.expression, alphabet, complain),
  }));
  return (path) => entries.find(({ test }) => test(path))?.permit ?? false;
}

export const familyOf = (prefixes: PrefixTable, prefix: PrefixId): Family =>
  prefixes.get(prefix).version === 4 ? 'ipv4' : 'ipv6';
