import { type Entry, type MatchOptions, matchInlineMode, type Table } from './command-table.ts';
import type { SymbolKind } from './device/device.ts';
import { literalWeight } from './matching.ts';
import type { Step } from './pattern.ts';
import { type SlotTypeName, slotTypes } from './slot-types.ts';
import type { Statement, Word } from './tree.ts';

/** A word that a command may go on with. */
export type Expected =
  | { readonly kind: 'literal'; readonly text: string; readonly entry: Entry }
  | {
      readonly kind: 'slot';
      readonly name: string;
      readonly type: SlotTypeName;
      readonly entry: Entry;
      /** Kind of name that the slot uses, where it uses one. */
      readonly refers?: SymbolKind;
    };

type Used = ReadonlyMap<number, number>;

/**
 * What may stand after the given words of a line in a mode, read from the same rows as the parser's. With no words:
 * the first words of every command. A word that is still being typed is not among them.
 */
export function expectedNext(
  of: Table,
  words: readonly Word[],
  options: MatchOptions & { readonly inlineModes: boolean },
): readonly Expected[] {
  const [first] = words;
  const found: Expected[] = [];
  if (options.inlineModes && words.length > 0) {
    const statement: Statement = { words, span: { line: 0, start: 0, end: 0 }, children: [] };
    const inline = matchInlineMode(of, statement, options);
    if (inline?.match.entry.children)
      found.push(...expectedNext(inline.match.entry.children, inline.inner.words, options));
    // All words may be the mode's own: then what stands in it follows.
    for (const entry of of.entries)
      if (entry.children && isWhole(entry, words, options)) found.push(...expectedNext(entry.children, [], options));
  }
  const negated = first !== undefined && first.text === options.negation;
  const rest = negated ? words.slice(1) : words;
  for (const entry of of.entries) {
    if (negated && entry.effect === 'routing' && !entry.undo) continue;
    collect(entry, rest, options, found);
  }
  return distinct(found);
}

const isWhole = (entry: Entry, words: readonly Word[], options: MatchOptions): boolean => {
  let whole = false;
  walk(entry, words, options, (step) => {
    whole ||= step.op === 'end';
  });
  return whole;
};

function collect(entry: Entry, words: readonly Word[], options: MatchOptions, found: Expected[]): void {
  walk(entry, words, options, (step) => {
    if (step.op === 'literal') found.push({ kind: 'literal', text: step.text, entry });
    else if (step.op === 'slot') {
      const refers = entry.refers[step.name];
      for (const choice of step.choices) {
        if (typeof choice === 'object') found.push({ kind: 'literal', text: choice.literal, entry });
        else found.push({ kind: 'slot', name: step.name, type: choice, entry, ...(refers && { refers }) });
      }
    }
  });
}

/** Calls `reached` with each step at which all words are used up. */
function walk(entry: Entry, words: readonly Word[], options: MatchOptions, reached: (step: Step) => void): void {
  const run = (step: Step, at: number, used: Used, enteredAt: ReadonlyMap<number, number>): void => {
    switch (step.op) {
      case 'fork':
        run(step.inside, at, used, enteredAt);
        run(step.next, at, used, enteredAt);
        return;
      case 'any-order': {
        const mask = used.get(step.register) ?? 0;
        for (const [part, inside] of step.parts.entries()) {
          if (mask & (1 << part)) continue;
          run(
            inside,
            at,
            new Map(used).set(step.register, mask | (1 << part)),
            new Map(enteredAt).set(step.register, at),
          );
        }
        run(step.next, at, used, enteredAt);
        return;
      }
      case 'again': {
        const { step: loop } = step.to;
        if (loop && at > (enteredAt.get(loop.register) ?? 0)) run(loop, at, used, enteredAt);
        return;
      }
      default:
    }
    const word = words[at];
    if (word === undefined) reached(step);
    else if (step.op === 'literal') {
      if (literalWeight(step.lower, word.text, options.abbreviations) > 0) run(step.next, at + 1, used, enteredAt);
    } else if (step.op === 'slot') {
      for (const choice of step.choices) {
        const count =
          typeof choice === 'object'
            ? Math.sign(literalWeight(choice.literal.toLowerCase(), word.text, options.abbreviations))
            : (slotTypes[choice](words, at, options)?.count ?? 0);
        if (count > 0) run(step.next, at + count, used, enteredAt);
      }
    }
  };
  run(entry.start, 0, new Map(), new Map());
}

function distinct(found: readonly Expected[]): readonly Expected[] {
  const known = new Map<string, Expected>();
  for (const one of found) {
    const key = one.kind === 'literal' ? `literal ${one.text}` : `slot ${one.type} ${one.refers ?? ''}`;
    if (!known.has(key)) known.set(key, one);
  }
  return [...known.values()];
}
