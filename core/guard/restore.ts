import type { Span } from '../config/span.ts';
import type { ParsedConfig } from '../network/snapshot.ts';
import { type Command, commandsOf } from './commands.ts';
import { deleteLines, insertAfter } from './edits.ts';
import type { Fix, TextEdit } from './rule.ts';

/** Puts lines of the state before a change back where they stood. */

const textOf = (command: Command): string => `${command.negated ? 'no ' : ''}${command.words.join(' ')}`;

const addressOf = (command: Command): string => [...command.path, command].map(textOf).join(' / ');

const lastLine = (command: Command): number => command.statement.span.endLine ?? command.statement.span.line;

/**
 * An edit that restores the command at a line of `before` in `after`: behind the nearest earlier sibling that is still
 * there, or as the first line of its mode. Undefined where its mode is gone too, or where no command stands there.
 */
export function restoreLine(before: ParsedConfig, line: number, after: ParsedConfig): TextEdit | undefined {
  const old = commandsOf(before);
  const command = old.find(({ statement }) => statement.span.line === line);
  if (!command) return undefined;
  const removed = before.tree.lines.slice(line, lastLine(command) + 1);
  const now = new Map(commandsOf(after).map((candidate) => [addressOf(candidate), candidate]));
  const parent = command.path.at(-1);
  const siblings = old.filter(
    (candidate) => candidate.path.at(-1)?.statement === parent?.statement && candidate.statement.span.line < line,
  );
  for (const sibling of siblings.toReversed()) {
    const same = now.get(addressOf(sibling));
    if (same) return insertAfter(after, lastLine(same), removed);
  }
  const mode = parent && now.get(addressOf(parent));
  if (mode) return insertAfter(after, mode.statement.span.line, removed);
  return parent
    ? undefined
    : { span: { line: 0, start: 0, end: 0 }, newText: removed.map((text) => `${text}\n`).join('') };
}

/** The line of `after` that takes the command away: `no` in front of the same words, or of their beginning. */
export function negationOf(after: ParsedConfig, before: ParsedConfig, line: number): Command | undefined {
  const command = commandsOf(before).find(({ statement }) => statement.span.line === line);
  if (!command) return undefined;
  const text = command.words.join(' ');
  return commandsOf(after).findLast(
    ({ negated, words }) => negated && words.length > 1 && `${text} `.startsWith(`${words.join(' ')} `),
  );
}

/** The command's own line, without its children. */
export const own = ({ statement: { span } }: Command): Span => head(span);

/** The first line of an element, in its file. */
export const head = ({ line, start, end, file }: Span): Span => ({
  line,
  start,
  end,
  ...(file !== undefined && { file }),
});

export const withoutLine = (config: ParsedConfig, command: Command): Fix => ({
  title: 'Remove this line',
  edits: [deleteLines(config, command.statement.span.line, command.statement.span.endLine)],
  safe: false,
});

/**
 * Where to report, and how to undo, that the command at a line of `before` is gone: at the `no` line that took it
 * away, or else at `fallback`, with the line put back.
 */
export function undoing(
  before: ParsedConfig,
  line: number,
  config: ParsedConfig,
  fallback: Span,
): { span: Span; fix?: Fix } {
  const command = negationOf(config, before, line);
  if (command) return { span: own(command), fix: withoutLine(config, command) };
  const edit = restoreLine(before, line, config);
  return { span: fallback, ...(edit && { fix: { title: 'Restore the line', edits: [edit], safe: false } }) };
}

/**
 * Where to report a command of `before` that is gone without a trace: at the nearest command of the same kind (its
 * first words) that is left in its mode, else at any left in its mode, else at the mode, and for a
 * mode that is gone too in the same way for that.
 */
export function standIn(before: ParsedConfig, line: number, after: ParsedConfig): Span {
  const old = commandsOf(before);
  const command = old.find(({ statement }) => statement.span.line === line);
  const now = new Map(commandsOf(after).map((candidate) => [addressOf(candidate), candidate]));
  const parent = command?.path.at(-1);
  const siblings = old
    .filter((candidate) => candidate !== command && candidate.path.at(-1)?.statement === parent?.statement)
    .flatMap((candidate) => {
      const left = now.get(addressOf(candidate));
      const distance = candidate.statement.span.line - line;
      // Of two equally near ones the one in front is where the eye looks.
      return left ? [{ left, rank: 2 * Math.abs(distance) + (distance > 0 ? 1 : 0) }] : [];
    })
    .sort((a, b) => a.rank - b.rank);
  const alike = (count: number) =>
    siblings.find(({ left }) => left.words.slice(0, count).join(' ') === command?.words.slice(0, count).join(' '));
  const same = alike(2) ?? alike(1) ?? siblings[0];
  const mode = parent && now.get(addressOf(parent));
  if (same) return own(same.left);
  if (!mode && parent) return standIn(before, parent.statement.span.line, after);
  return mode ? own(mode) : { line: 0, start: 0, end: (after.tree.lines[0] ?? '').length };
}
