import type { DeviceDraft, SymbolKind } from './device/device.ts';
import { type Located, located, type Span } from './span.ts';
import { type SlotTypeName, type SlotValue, slotTypes } from './slot-types.ts';
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

type Choice<T extends string> = T extends `${infer A}|${infer B}` ? Choice<A> | Choice<B> : T extends SlotTypeName ? SlotValue<T> : T;
type Slots<P extends string> = P extends `${string}<${infer Name}:${infer Type}>${infer Tail}` ? { [K in Name]: Located<Choice<Type>> } & Slots<Tail> : unknown;
type Flat<T> = { [K in keyof T]: T[K] };
type RawArgs<P extends string> = P extends `${infer Head}[${infer Inner}]${infer Tail}` ? Slots<Head> & Partial<Slots<Inner>> & RawArgs<Tail> : Slots<P>;
/** Values of a pattern's slots by name; those in optional parts may be undefined. */
export type Args<P extends string> = Flat<RawArgs<P>>;

/** Where a row is applied: the device that is built, the statement and its span. */
export interface At {
  readonly device: DeviceDraft;
  readonly statement: Statement;
  readonly span: Span;
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
  /** The `no` form; trailing slots may be missing. Without it a `no` form of a modelled row is listed as not modelled. */
  readonly undo?: (context: C, args: Partial<Args<P>>, at: At) => void;
  /** Leaves the innermost open mode (`exit`, `exit-address-family`). */
  readonly closes?: boolean;
}

// biome-ignore lint/suspicious/noExplicitAny: a table holds rows of many contexts; each row was type-checked when it was made.
type Any = any;

export interface Entry {
  readonly pattern: string;
  readonly nodes: readonly Node[];
  readonly doc: string;
  readonly effect: Effect;
  readonly defines: Readonly<Record<string, SymbolKind>>;
  readonly refers: Readonly<Record<string, SymbolKind>>;
  readonly apply?: (context: Any, args: Any, at: At) => void;
  readonly undo?: (context: Any, args: Any, at: At) => void;
  readonly closes: boolean;
  /** Present for a mode: makes the context of the children. */
  readonly enter?: (context: Any, args: Any, at: At) => Any;
  readonly children?: Table;
}

/** The commands of one mode, indexed by first word. */
export interface Table {
  readonly entries: readonly Entry[];
  readonly byFirstWord: ReadonlyMap<string, readonly Entry[]>;
  /** Entries whose first word is a slot. */
  readonly open: readonly Entry[];
}

export type Node =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'slot'; readonly name: string; readonly choices: readonly (SlotTypeName | { readonly literal: string })[] }
  | { readonly kind: 'optional'; readonly nodes: readonly Node[] }
  | { readonly kind: 'any-order'; readonly parts: readonly (readonly Node[])[] };

/** A statement matched by an entry. */
export interface Match {
  readonly entry: Entry;
  readonly args: Readonly<Record<string, Located<unknown>>>;
  readonly negated: boolean;
}

// ---- patterns -------------------------------------------------------------------------------------------------------

function parsePattern(pattern: string): readonly Node[] {
  const tokens = pattern.match(/<[^>]+>|\*\[|\[|\]|[^\s[\]<>]+/g) ?? [];
  let at = 0;
  const sequence = (): Node[] => {
    const nodes: Node[] = [];
    while (at < tokens.length && tokens[at] !== ']') {
      const token = tokens[at] as string;
      at += 1;
      if (token === '[' || token === '*[') {
        const inner = sequence();
        at += 1; // the closing bracket
        const last = nodes.at(-1);
        if (token === '[') nodes.push({ kind: 'optional', nodes: inner });
        else if (last?.kind === 'any-order') nodes[nodes.length - 1] = { kind: 'any-order', parts: [...last.parts, inner] };
        else nodes.push({ kind: 'any-order', parts: [inner] });
      } else if (token.startsWith('<')) {
        const [name = '', types = ''] = token.slice(1, -1).split(':');
        const choices = types.split('|').map((type) => (type in slotTypes ? (type as SlotTypeName) : { literal: type }));
        nodes.push({ kind: 'slot', name, choices });
      } else nodes.push({ kind: 'literal', text: token });
    }
    return nodes;
  };
  return sequence();
}

const makeEntry = (pattern: string, spec: RowSpec<Any, string>): Entry => ({
  pattern,
  nodes: parsePattern(pattern),
  doc: spec.doc,
  effect: spec.effect ?? 'routing',
  defines: (spec.defines ?? {}) as Record<string, SymbolKind>,
  refers: (spec.refers ?? {}) as Record<string, SymbolKind>,
  closes: spec.closes ?? false,
  ...(spec.apply && { apply: spec.apply }),
  ...(spec.undo && { undo: spec.undo }),
});

/** A command. `rowsOf<Context>()` gives a `row` that knows its mode's context. */
export const rowsOf =
  <C>() =>
  <const P extends string>(pattern: P, spec: RowSpec<C, P>): Entry =>
    makeEntry(pattern, spec as RowSpec<Any, string>);

/** A command that opens a mode: `enter` makes the context in which the children are applied. */
export const modesOf =
  <C>() =>
  <const P extends string, D>(pattern: P, spec: Omit<RowSpec<C, P>, 'apply'> & { readonly enter: (context: C, args: Args<P>, at: At) => D }, children: readonly Entry[]): Entry => ({
    ...makeEntry(pattern, spec as RowSpec<Any, string>),
    enter: spec.enter as Entry['enter'] & object,
    children: table(children),
  });

export function table(entries: readonly Entry[]): Table {
  const byFirstWord = new Map<string, Entry[]>();
  const open: Entry[] = [];
  for (const entry of entries) {
    const first = entry.nodes[0];
    if (first?.kind === 'literal') {
      const list = byFirstWord.get(first.text) ?? [];
      list.push(entry);
      byFirstWord.set(first.text, list);
    } else open.push(entry);
  }
  return { entries, byFirstWord, open };
}

// ---- matching -------------------------------------------------------------------------------------------------------

export interface MatchOptions {
  /** `int gi0/1` for `interface GigabitEthernet0/1`: a literal may be shortened while it stays the only one that fits. */
  readonly abbreviations: boolean;
  /** First word of the negative form: `no`, `delete`, `undo`. */
  readonly negation?: string;
}

// Weight of a word: an exact literal is surer than a typed slot, that surer than a shortened literal, that than any word.
const EXACT = 4;
const TYPED = 3;
const SHORTENED = 2;
const FREE = 1;
const FREE_TYPES: readonly string[] = ['word', 'rest', 'words', 'interface'];

interface Attempt {
  readonly at: number;
  readonly args: Readonly<Record<string, Located<unknown>>>;
  readonly score: readonly number[];
}

const spanOfWords = (words: readonly Word[], from: number, count: number, line: number): Span => ({
  line,
  start: words[from]?.start ?? 0,
  end: words[from + count - 1]?.end ?? words[from]?.end ?? 0,
});

interface Matching {
  readonly words: readonly Word[];
  readonly line: number;
  readonly abbreviations: boolean;
  /** The pattern may end early (negative forms). */
  readonly partial: boolean;
  /** Words may be left over (a mode's own words, the rest belongs to its children). */
  readonly prefix: boolean;
}

function literalWeight(literal: string, word: string, abbreviations: boolean): number {
  if (literal === word || literal === word.toLowerCase()) return EXACT;
  return abbreviations && word.length < literal.length && literal.startsWith(word.toLowerCase()) ? SHORTENED : 0;
}

function* run(nodes: readonly Node[], index: number, state: Attempt, m: Matching): Generator<Attempt> {
  const node = nodes[index];
  if (!node || (m.partial && state.at >= m.words.length)) {
    yield state;
    return;
  }
  if (node.kind === 'literal') {
    const word = m.words[state.at];
    const weight = word ? literalWeight(node.text, word.text, m.abbreviations) : 0;
    if (weight) yield* run(nodes, index + 1, { at: state.at + 1, args: state.args, score: [...state.score, weight] }, m);
  } else if (node.kind === 'slot') {
    for (const choice of node.choices) {
      let [value, count, weight]: [unknown, number, number] = [undefined, 0, 0];
      if (typeof choice === 'object') {
        const word = m.words[state.at];
        weight = word ? literalWeight(choice.literal, word.text, m.abbreviations) : 0;
        if (weight) [value, count] = [choice.literal, 1];
      } else {
        const taken = slotTypes[choice](m.words, state.at);
        if (taken) [value, count, weight] = [taken.value, taken.count, FREE_TYPES.includes(choice) ? FREE : TYPED];
      }
      if (!weight) continue;
      const args = { ...state.args, [node.name]: located(value, spanOfWords(m.words, state.at, count, m.line)) };
      yield* run(nodes, index + 1, { at: state.at + count, args, score: [...state.score, ...Array<number>(count).fill(weight)] }, m);
    }
  } else if (node.kind === 'optional') {
    for (const inner of run(node.nodes, 0, state, m)) if (inner.at > state.at) yield* run(nodes, index + 1, inner, m);
    yield* run(nodes, index + 1, state, m);
  } else {
    for (const [which, part] of node.parts.entries())
      for (const inner of run(part, 0, state, m)) {
        if (inner.at === state.at) continue;
        const others: Node = { kind: 'any-order', parts: node.parts.filter((_, other) => other !== which) };
        yield* run([others, ...nodes.slice(index + 1)], 0, inner, m);
      }
    yield* run(nodes, index + 1, state, m);
  }
}

const better = (a: readonly number[], b: readonly number[]): boolean => {
  for (let i = 0; i < Math.max(a.length, b.length); i += 1) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
};

function* candidates(of: Table, word: string, abbreviations: boolean): Generator<Entry> {
  const exact = of.byFirstWord.get(word) ?? of.byFirstWord.get(word.toLowerCase());
  if (exact) yield* exact;
  else if (abbreviations) for (const [literal, entries] of of.byFirstWord) if (literal.startsWith(word.toLowerCase())) yield* entries;
  yield* of.open;
}

function bestOf(of: Table, m: Matching, only: (entry: Entry) => boolean): { entry: Entry; attempt: Attempt } | undefined {
  const first = m.words[0];
  if (!first) return undefined;
  let best: { entry: Entry; attempt: Attempt } | undefined;
  for (const entry of candidates(of, first.text, m.abbreviations)) {
    if (!only(entry)) continue;
    for (const attempt of run(entry.nodes, 0, { at: 0, args: {}, score: [] }, m)) {
      if (attempt.at === 0 || (!m.prefix && attempt.at < m.words.length)) continue;
      const longer = m.prefix && best !== undefined && attempt.at !== best.attempt.at ? attempt.at > best.attempt.at : undefined;
      if (!best || (longer ?? better(attempt.score, best.attempt.score))) best = { entry, attempt };
      if (!m.prefix) break; // the first complete path of a pattern is its intended one
    }
  }
  return best;
}

/** The row of the table that the statement is, with its slots' values; undefined when there is none. */
export function matchStatement(of: Table, statement: Statement, options: MatchOptions): Match | undefined {
  const negated = options.negation !== undefined && statement.words[0]?.text === options.negation;
  const words = negated ? statement.words.slice(1) : statement.words;
  const found = bestOf(of, { words, line: statement.span.line, abbreviations: options.abbreviations, partial: negated, prefix: false }, () => true);
  return found && { entry: found.entry, args: found.attempt.args, negated };
}

/**
 * The mode whose own words begin the statement, and the rest of the words as a statement inside it: how
 * `set protocols bgp group X` and `from protocol static;` name several levels on one line.
 */
export function matchInlineMode(of: Table, statement: Statement, options: MatchOptions): { match: Match; inner: Statement } | undefined {
  const m: Matching = { words: statement.words, line: statement.span.line, abbreviations: options.abbreviations, partial: false, prefix: true };
  const found = bestOf(of, m, (entry) => entry.children !== undefined);
  if (!found || found.attempt.at >= statement.words.length) return undefined;
  const words = statement.words.slice(found.attempt.at);
  const span = { ...statement.span, start: words[0]?.start ?? statement.span.start };
  return { match: { entry: found.entry, args: found.attempt.args, negated: false }, inner: { ...statement, words, span } };
}
