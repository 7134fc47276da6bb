import type { DeviceDraft, SymbolKind } from './device/device.ts';
import { type Capture, compareWeights, type Extent, isAmbiguous, type WordMatch, WordMatcher } from './matching.ts';
import { compile, type Node, parsePattern, type Step, takesOneWord } from './pattern.ts';
import type { Language, SlotTypeName, SlotValue } from './slot-types.ts';
import type { Located, Span } from './span.ts';
import type { Statement, Word } from './tree.ts';

/*
 * A dialect is a table of commands. A pattern is written as the vendor's manual writes it:
 *   literal words          neighbor ... remote-as
 *   slots                  <peer:ip>  <as:asn|internal|external>   (types of slot-types.ts, or literal choices)
 *   optional parts         [le <max:int>]
 *   options in any order   *[summary-only] *[as-set]   (consecutive starred parts)
 * A slot's value arrives in `apply` with the place where it stands. Parser, completion, hover, definition, rename,
 * unknown-line reporting and the grounding of proposed commands all read the same rows.
 */

type Choice<T extends string> = T extends `${infer A}|${infer B}`
  ? Choice<A> | Choice<B>
  : T extends SlotTypeName
    ? SlotValue<T>
    : T;
type Slots<P extends string> = P extends `${string}<${infer Name}:${infer Type}>${infer Tail}`
  ? { [K in Name]: Located<Choice<Type>> } & Slots<Tail>
  : unknown;
type Flat<T> = { [K in keyof T]: T[K] };
type RawArgs<P extends string> = P extends `${infer Head}[${infer Inner}]${infer Tail}`
  ? Slots<Head> & Partial<Slots<Inner>> & RawArgs<Tail>
  : Slots<P>;
/** Values of a pattern's slots by name; those in optional parts may be undefined. */
export type Args<P extends string> = Flat<RawArgs<P>>;

/** Where a row is applied: the device that is built, the statement and its span. */
export interface At {
  readonly device: DeviceDraft;
  readonly statement: Statement;
  readonly span: Span;
}

/** The values of a slot that takes one word for each, with the place of each word. */
export function eachOf<T>(list: Located<readonly T[]>, statement: Statement): Located<T>[] {
  const inside = statement.words.filter((word) => word.start >= list.span.start && word.end <= list.span.end);
  // Words of a list over several lines stand in no order of columns: they are the last ones.
  const words = inside.length === list.value.length ? inside : statement.words.slice(-list.value.length);
  return list.value.map((value, index) => {
    const word = words.length === list.value.length ? words[index] : undefined;
    const line = word?.line ?? list.span.line;
    return { value, span: word ? { line, start: word.start, end: word.end } : list.span };
  });
}

/**
 * What a command can change. `none`: documentation only (description, banner, logging, NTP ...), so a change of it
 * is cosmetic for routing. A row of effect `routing` without `apply` is known but not modelled, and is listed as such.
 */
export type Effect = 'routing' | 'none';

export interface RowSpec<C, P extends string> {
  /** One sentence for hover and completion. */
  readonly doc: string;
  readonly effect?: Effect;
  /** Slot -> kind of name that this command makes. */
  readonly defines?: { readonly [K in keyof Args<P>]?: SymbolKind };
  /** Slot -> kind of name that this command uses. */
  readonly refers?: { readonly [K in keyof Args<P>]?: SymbolKind };
  readonly apply?: (context: C, args: Args<P>, at: At) => void;
  /**
   * The `no` form; trailing slots may be missing. Without it a `no` form of a row of effect `routing` is listed as not
   * modelled; `undo: nothing` says that it is the default and means nothing.
   */
  readonly undo?: (context: C, args: Partial<Args<P>>, at: At) => void;
  /** What `apply` keeps is not the whole effect: the line is listed as not modelled all the same. */
  readonly listed?: true;
  /** Leaves the innermost open mode (`exit`, `exit-address-family`), or all of them (`end`). */
  readonly closes?: true | 'all';
}

// biome-ignore lint/suspicious/noExplicitAny: a table holds rows of many contexts; each row was type-checked when it was made.
type Any = any;

export interface Entry {
  readonly pattern: string;
  readonly nodes: readonly Node[];
  /** The pattern as the matcher runs it. */
  readonly start: Step;
  readonly registers: number;
  readonly doc: string;
  readonly effect: Effect;
  readonly defines: Readonly<Record<string, SymbolKind>>;
  readonly refers: Readonly<Record<string, SymbolKind>>;
  readonly apply?: (context: Any, args: Any, at: At) => void;
  readonly undo?: (context: Any, args: Any, at: At) => void;
  readonly listed?: true;
  readonly closes?: true | 'all';
  /** Present for a mode: makes the context of the children. */
  readonly enter?: (context: Any, args: Any, at: At) => Any;
  readonly children?: Table;
}

/** The commands of one mode, indexed by first word. */
export interface Table {
  readonly entries: readonly Entry[];
  readonly byFirstWord: ReadonlyMap<string, FirstWord>;
  /** Entries whose first word is a slot. */
  readonly open: readonly Entry[];
  /** Place of each entry in the table: of two that fit equally well the first one is meant. */
  readonly order: ReadonlyMap<Entry, number>;
}

/** Entries that begin with the same word, parted by the next literal whose place in the line is known. */
interface FirstWord {
  readonly entries: readonly Entry[];
  /** Place of a word -> literal -> entries that have it there. */
  readonly byLaterWord: ReadonlyMap<number, ReadonlyMap<string, readonly Entry[]>>;
  /** Entries without such a literal. */
  readonly others: readonly Entry[];
}

/** A statement matched by an entry. */
export interface Match {
  readonly entry: Entry;
  readonly args: Readonly<Record<string, Located<unknown>>>;
  readonly negated: boolean;
}

/** The negative form of a row that says what holds anyway: `undo: nothing`. */
export const nothing = (): void => undefined;

const makeEntry = (pattern: string, spec: RowSpec<Any, string>): Entry => {
  const nodes = parsePattern(pattern);
  return {
    pattern,
    nodes,
    ...compile(nodes),
    doc: spec.doc,
    effect: spec.effect ?? 'routing',
    defines: (spec.defines ?? {}) as Record<string, SymbolKind>,
    refers: (spec.refers ?? {}) as Record<string, SymbolKind>,
    ...(spec.closes && { closes: spec.closes }),
    ...(spec.listed && { listed: spec.listed }),
    ...(spec.apply && { apply: spec.apply }),
    ...(spec.undo && { undo: spec.undo }),
  };
};

/** A command. `rowsOf<Context>()` gives a `row` that knows its mode's context. */
export const rowsOf =
  <C>() =>
  <const P extends string>(pattern: P, spec: RowSpec<C, P>): Entry =>
    makeEntry(pattern, spec as RowSpec<Any, string>);

/** A command that opens a mode: `enter` makes the context in which the children are applied. */
export const modesOf =
  <C>() =>
  <const P extends string, D>(
    pattern: P,
    spec: Omit<RowSpec<C, P>, 'apply'> & { readonly enter: (context: C, args: Args<P>, at: At) => D },
    children: readonly Entry[],
  ): Entry => ({
    ...makeEntry(pattern, spec as RowSpec<Any, string>),
    enter: spec.enter as Entry['enter'] & object,
    children: table(children),
  });

export function table(entries: readonly Entry[]): Table {
  const open: Entry[] = [];
  const firstWords = new Map<string, Entry[]>();
  for (const entry of entries) {
    const words = leadingLiterals(entry.start);
    for (const word of words) getOrMake(firstWords, word, () => []).push(entry);
    if (words.length === 0) open.push(entry);
  }
  return {
    entries,
    byFirstWord: new Map([...firstWords].map(([word, list]) => [word, firstWord(list)])),
    open,
    order: new Map(entries.map((entry, at) => [entry, at])),
  };
}

/** The literals that a pattern may begin with; none where its first word is a slot that takes other text too. */
function leadingLiterals(start: Step): readonly string[] {
  if (start.op === 'literal') return [start.lower];
  if (start.op !== 'slot') return [];
  const literals = start.choices.flatMap((choice) =>
    typeof choice === 'object' ? [choice.literal.toLowerCase()] : [],
  );
  return literals.length === start.choices.length ? literals : [];
}

function firstWord(entries: readonly Entry[]): FirstWord {
  const byLaterWord = new Map<number, Map<string, Entry[]>>();
  const others: Entry[] = [];
  for (const entry of entries) {
    const later = laterLiteral(entry.start);
    if (later)
      getOrMake(
        getOrMake(byLaterWord, later.at, () => new Map()),
        later.lower,
        () => [],
      ).push(entry);
    else others.push(entry);
  }
  return { entries, byLaterWord, others };
}

/** The next literal after the first one, where only slots of one word each stand between them. */
function laterLiteral(start: Step): { readonly at: number; readonly lower: string } | undefined {
  if (start.op !== 'literal' && start.op !== 'slot') return undefined;
  let step = start.next;
  let at = 1;
  for (; step.op === 'slot' && step.choices.every(takesOneWord); step = step.next) at += 1;
  return step.op === 'literal' ? { at, lower: step.lower } : undefined;
}

const getOrMake = <K, V>(map: Map<K, V>, key: K, make: () => V): V => {
  const known = map.get(key) ?? make();
  map.set(key, known);
  return known;
};

// ---- matching -------------------------------------------------------------------------------------------------------

export interface MatchOptions extends Language {
  /** `int gi0/1` for `interface GigabitEthernet0/1`: a literal may be shortened while it stays the only one that fits. */
  readonly abbreviations: boolean;
  /** First word of the negative form: `no`, `delete`, `undo`. */
  readonly negation?: string;
}

/** A row that says no more than "this cannot change routes": taken only where its first word is written in full. */
const saysNothing = ({ effect, apply, undo, enter, closes }: Entry): boolean =>
  effect === 'none' && !apply && !undo && !enter && !closes;

type Candidates = readonly (readonly Entry[])[];

/** Rows that may be the words when every literal is written out. */
function exactCandidates(of: Table, matcher: WordMatcher): Candidates {
  const first = of.byFirstWord.get(matcher.lower[0] ?? '');
  if (!first) return [of.open];
  const found: (readonly Entry[])[] = [first.others, of.open];
  for (const [at, literals] of first.byLaterWord) {
    const list = literals.get(matcher.lower[at] ?? '');
    if (list) found.push(list);
  }
  return found;
}

/**
 * Rows that may be the words when literals may be shortened, or slots missing at the end. A shortened word is not taken
 * for a harmless command: the device may know another one that begins so, as `do write erase` is no `dot11` and
 * `sw trunk allowed vlan 8` no `switch`.
 */
function looseCandidates(of: Table, matcher: WordMatcher, abbreviations: boolean): Candidates {
  const word = matcher.lower[0] ?? '';
  const exact = of.byFirstWord.get(word);
  if (exact) return [exact.entries, of.open];
  if (!abbreviations) return [of.open];
  const found: (readonly Entry[])[] = [of.open];
  for (const [literal, { entries }] of of.byFirstWord)
    if (literal.startsWith(word)) found.push(entries.filter((entry) => !saysNothing(entry)));
  return found;
}

interface Found {
  readonly entry: Entry;
  readonly match: WordMatch;
}

/** The surest row; undefined when there is none or the words, as shortened, may mean several. */
function surest(
  { order }: Table,
  candidates: Candidates,
  matcher: WordMatcher,
  extent: Extent,
  abbreviations: boolean,
): Found | undefined {
  let best: Found | undefined;
  let ambiguous = false;
  for (const entries of candidates)
    for (const entry of entries) {
      const match = matcher.match(entry.start, entry.registers, extent, abbreviations);
      if (!match) continue;
      const longer = best && extent === 'prefix' ? match.used - best.match.used : 0;
      const difference = best ? longer || compareWeights(match.weights, best.match.weights) : 1;
      if (difference > 0) {
        best = { entry, match };
        ambiguous = false;
      } else if (best && difference === 0) {
        if (isAmbiguous(match, best.match)) ambiguous = true;
        else if ((order.get(entry) ?? 0) < (order.get(best.entry) ?? 0)) best = { entry, match };
      }
    }
  return ambiguous ? undefined : best;
}

function spanOf(words: readonly Word[], { from, count }: Capture, line: number): Span {
  const [first, last] = [words[from], words[from + count - 1]];
  const [own, until] = [first?.line ?? line, last?.line ?? line];
  const start = first?.start ?? 0;
  const end = (own === until ? last?.end : first?.end) ?? 0;
  return { line: own, start, end, ...(until > own && { endLine: until }) };
}

function toMatch(found: Found, words: readonly Word[], line: number, negated: boolean): Match {
  const args: Record<string, Located<unknown>> = {};
  for (const capture of found.match.captures)
    args[capture.name] = { value: capture.value, span: spanOf(words, capture, line) };
  return { entry: found.entry, args, negated };
}

/** Remembers which rows statements are: nothing decides that but the statement and the table. */
export interface MatchMemory {
  /** Turns to the next statement. */
  read(statement: Statement): void;
  /** What was found for it in the table, be it nothing; undefined when nobody has looked. */
  find(table: Table, abbreviations: boolean): { readonly match: Match | undefined } | undefined;
  add(table: Table, abbreviations: boolean, match: Match | undefined): void;
}

/** Matches one statement after the other against the tables of the modes that are open. */
export class StatementMatcher {
  readonly #options: MatchOptions;
  readonly #plain: WordMatcher;
  readonly #negative: WordMatcher;
  readonly #memory: MatchMemory | undefined;
  #statement: Statement | undefined;
  #isNegative = false;
  #wordsRead = false;

  constructor(options: MatchOptions, memory?: MatchMemory) {
    this.#options = options;
    this.#memory = memory;
    this.#plain = new WordMatcher(options);
    this.#negative = new WordMatcher(options);
  }

  /** Turns to the next statement. */
  read(statement: Statement): this {
    this.#statement = statement;
    this.#wordsRead = false;
    this.#memory?.read(statement);
    return this;
  }

  #readWords(): void {
    if (this.#wordsRead) return;
    this.#wordsRead = true;
    const words = this.#statement?.words ?? [];
    this.#plain.read(words);
    this.#isNegative = words.length > 1 && words[0]?.text === this.#options.negation;
    if (this.#isNegative) this.#negative.read(words.slice(1));
  }

  /**
   * The row of the table that the statement is, with its slots' values; undefined when there is none. A row that is
   * itself written with `no` comes first, then the row whose negative form the words are completely, then one whose last
   * slots are missing (`no neighbor 10.0.0.1 maximum-prefix`).
   */
  match(of: Table, abbreviations: boolean): Match | undefined {
    const known = this.#memory?.find(of, abbreviations);
    if (known) return known.match;
    this.#readWords();
    const match = this.#match(of, abbreviations);
    this.#memory?.add(of, abbreviations, match);
    return match;
  }

  #match(of: Table, abbreviations: boolean): Match | undefined {
    const line = this.#statement?.span.line ?? 0;
    const plain = this.#surest(of, this.#plain, 'complete', abbreviations);
    if (plain) return toMatch(plain, this.#plain.words, line, false);
    if (!this.#isNegative) return undefined;
    const found =
      this.#surest(of, this.#negative, 'complete', abbreviations) ??
      this.#surest(of, this.#negative, 'short', abbreviations);
    return found && toMatch(found, this.#negative.words, line, true);
  }

  #surest(of: Table, matcher: WordMatcher, extent: Extent, abbreviations: boolean): Found | undefined {
    const exactly = !abbreviations && extent === 'complete';
    const candidates = exactly ? exactCandidates(of, matcher) : looseCandidates(of, matcher, abbreviations);
    return surest(of, candidates, matcher, extent, abbreviations);
  }
}

/** The row of the table that the statement is; words in full are preferred to shortened ones. */
export function matchStatement(of: Table, statement: Statement, options: MatchOptions): Match | undefined {
  const matcher = new StatementMatcher(options).read(statement);
  return matcher.match(of, false) ?? (options.abbreviations ? matcher.match(of, true) : undefined);
}

/**
 * The mode whose own words begin the statement, and the rest of the words as a statement inside it: how
 * `set protocols bgp group X` and `from protocol static;` name several levels on one line.
 */
export function matchInlineMode(
  of: Table,
  statement: Statement,
  options: MatchOptions,
): { match: Match; inner: Statement } | undefined {
  const matcher = new WordMatcher(options).read(statement.words);
  const modes = looseCandidates(of, matcher, options.abbreviations).map((list) =>
    list.filter((entry) => entry.children !== undefined),
  );
  const found = surest(of, modes, matcher, 'prefix', options.abbreviations);
  if (!found || found.match.used >= statement.words.length) return undefined;
  const words = statement.words.slice(found.match.used);
  const span = { ...statement.span, start: words[0]?.start ?? statement.span.start };
  const match = toMatch(found, statement.words, statement.span.line, false);
  return { match, inner: { ...statement, words, span } };
}
