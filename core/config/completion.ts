import type { Entry, Table } from './command-table.ts';
import type { SymbolKind } from './device/device.ts';
import { literalWeight } from './matching.ts';
import type { SlotChoice, Step } from './pattern.ts';
import { type Language, slotTypes } from './slot-types.ts';
import type { Word } from './tree.ts';

/** What may stand at a place of a line: a literal, or a value of some types. */
export interface Completion {
  /** The word itself; absent for a value that the user makes up. */
  readonly text?: string;
  /** Name and types of the slot, where a value stands. */
  readonly slot?: { readonly name: string; readonly types: readonly string[] };
  /** Kind of name that the value makes or uses, so that known names can be offered. */
  readonly symbol?: SymbolKind;
  /** One sentence about the command, and its pattern. */
  readonly doc: string;
  readonly pattern: string;
  /** The command may end behind this word. */
  readonly last: boolean;
}

export interface CompletionOptions extends Language {
  readonly abbreviations: boolean;
  readonly negation?: string;
}

/** Enough for any list that a person looks at. */
const LIMIT = 500;

/**
 * What may stand as the word of that index, given the words before it; the word itself, as far as it is typed, selects
 * among the literals. Words that no row begins with give nothing. Sorted: literals by name, then values.
 */
export function completionsAt(
  of: Table,
  words: readonly Word[],
  index: number,
  options: CompletionOptions,
): readonly Completion[] {
  const skip = options.negation !== undefined && words[0]?.text === options.negation && index > 0 ? 1 : 0;
  const before = words.slice(skip, index);
  const typed = words[index]?.text.toLowerCase() ?? '';
  const found = new Map<string, Completion>();
  for (const entry of of.entries) {
    if (found.size >= LIMIT) break;
    for (const completion of continuations(entry, before, options)) {
      if (completion.text !== undefined && !completion.text.toLowerCase().startsWith(typed)) continue;
      const key = completion.text ?? `<${completion.slot?.name}:${completion.slot?.types.join('|')}>`;
      if (!found.has(key)) found.set(key, completion);
    }
  }
  return [...found.values()].sort((a, b) => compare(a.text, b.text));
}

const compare = (a: string | undefined, b: string | undefined): number => {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return a < b ? -1 : a > b ? 1 : 0;
};

/** Every word with which the entry can go on after the words before. */
function continuations(entry: Entry, words: readonly Word[], options: CompletionOptions): readonly Completion[] {
  const found: Completion[] = [];
  const used: number[] = [];
  const offer = (text: string | undefined, step: Step & { op: 'literal' | 'slot' }): void => {
    const symbol = step.op === 'slot' ? (entry.refers[step.name] ?? entry.defines[step.name]) : undefined;
    const types = step.op === 'slot' ? step.choices.filter((choice) => typeof choice === 'string') : [];
    found.push({
      ...(text === undefined ? { slot: { name: step.op === 'slot' ? step.name : '', types } } : { text }),
      ...(symbol && { symbol }),
      doc: entry.doc,
      pattern: entry.pattern,
      last: mayEnd(step.next),
    });
  };
  const visit = (step: Step, at: number): void => {
    switch (step.op) {
      case 'end':
        return;
      case 'fork':
        visit(step.inside, at);
        visit(step.next, at);
        return;
      case 'again':
        if (step.to.step) visit(step.to.step, at);
        return;
      case 'any-order': {
        const taken = used[step.register] ?? 0;
        step.parts.forEach((part, which) => {
          if (taken & (1 << which)) return;
          used[step.register] = taken | (1 << which);
          visit(part, at);
        });
        used[step.register] = taken;
        visit(step.next, at);
        return;
      }
      case 'literal':
        if (at === words.length) offer(step.text, step);
        else if (literalWeight(step.lower, words[at]?.text.toLowerCase() ?? '', options.abbreviations))
          visit(step.next, at + 1);
        return;
      case 'slot':
        if (at < words.length)
          for (const count of counts(step.choices, words, at, options)) visit(step.next, at + count);
        else {
          for (const choice of step.choices) if (typeof choice === 'object') offer(choice.literal, step);
          if (step.choices.some((choice) => typeof choice === 'string')) offer(undefined, step);
        }
    }
  };
  visit(entry.start, 0);
  return found;
}

/** How many words each way of reading the slot takes. */
function counts(
  choices: readonly SlotChoice[],
  words: readonly Word[],
  at: number,
  options: CompletionOptions,
): ReadonlySet<number> {
  const found = new Set<number>();
  for (const choice of choices) {
    if (typeof choice === 'object') {
      if (literalWeight(choice.literal.toLowerCase(), words[at]?.text.toLowerCase() ?? '', options.abbreviations))
        found.add(1);
      continue;
    }
    const taken = slotTypes[choice](words, at, options);
    if (!taken) continue;
    // A list of names takes as few words as the rest of the pattern lets it.
    if (choice === 'names') for (let count = 1; count <= taken.count; count += 1) found.add(count);
    else found.add(taken.count);
  }
  return found;
}

/** Whether nothing but optional parts follows. */
const mayEnd = (step: Step): boolean => {
  if (step.op === 'end') return true;
  if (step.op === 'again') return step.to.step !== undefined && mayEnd(step.to.step.next);
  return (step.op === 'fork' || step.op === 'any-order') && mayEnd(step.next);
};
