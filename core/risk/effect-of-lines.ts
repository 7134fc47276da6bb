import type { Statement } from '../config/tree.ts';
import type { DeviceChange } from '../network/change.ts';
import type { ParsedConfig } from '../network/snapshot.ts';

/**
 * What a line can change: `none` is a comment, a blank line or a command that the dialect knows to be without effect on
 * routes, sessions and forwarding; everything else, also what is not understood, is `routing`.
 */
export type LineEffect = 'none' | 'routing';

/** The effect of each line of a configuration, by zero-based line number. */
export function lineEffects(config: ParsedConfig): readonly LineEffect[] {
  const effects: LineEffect[] = config.tree.lines.map((line) => (line.trim() === '' ? 'none' : 'routing'));
  const fill = (from: number, to: number, effect: LineEffect): void => {
    for (let line = from; line <= to && line < effects.length; line += 1) effects[line] = effect;
  };
  for (const { line, endLine } of config.tree.comments) fill(line, endLine ?? line, 'none');
  // A statement covers its own words and body, and below them its children, which decide for themselves.
  const walk = (statements: readonly Statement[]): void => {
    for (const statement of statements) {
      const match = config.matches.get(statement);
      const { line, endLine } = statement.span;
      if (match) fill(line, statement.children.length > 0 ? line : (endLine ?? line), match.entry.effect);
      walk(statement.children);
    }
  };
  walk(config.tree.statements);
  for (const { span, mayAffectRouting } of config.device.notModelled) {
    fill(span.line, span.line, mayAffectRouting ? 'routing' : 'none');
  }
  return effects;
}

/** Whether every line that a change removes or adds is without effect on routes, sessions and forwarding. */
export function isCosmetic(
  change: DeviceChange,
  before: ParsedConfig | undefined,
  after: ParsedConfig | undefined,
): boolean {
  if (change.kind !== 'changed' || !before || !after) return false;
  const old = lineEffects(before);
  const now = lineEffects(after);
  const inert = (effects: readonly LineEffect[], from: number, count: number): boolean =>
    effects.slice(from, from + count).every((effect) => effect === 'none');
  return change.hunks.every(
    (hunk) => inert(old, hunk.before.line, hunk.before.count) && inert(now, hunk.after.line, hunk.after.count),
  );
}
