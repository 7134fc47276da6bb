import type { Statement } from '../../config/tree.ts';
import { commandsOf } from '../commands.ts';
import { type RawFinding, rule } from '../rule.ts';
import { systemOf } from '../systems.ts';

/** Lines after a banner in which a second, lone delimiter shows that the banner was meant to be longer. */
const REACH = 40;

const delimiterOf = (statement: Statement): string | undefined => {
  const word = statement.words[2] ?? statement.words[1];
  if (!word) return undefined;
  return /^\^[A-Za-z]/.test(word.text) ? word.text.slice(0, 2) : String.fromCodePoint(word.text.codePointAt(0) ?? 32);
};

export default rule({
  id: 'banner-boundary',
  number: 107,
  priority: 'P0',
  scope: 'device',
  title: 'Banner that hides commands, or is never closed',
  why: "A banner ends at its delimiter wherever that stands. What looks like the banner's text after it is executed as commands; without a closing delimiter all following commands become text.",
  sources: ['Cisco IOS Configuration Fundamentals, banner commands', 'Arista EOS manual, banner login / motd (EOF)'],
  remedy: 'Close the banner on a line of its own with a delimiter that its text does not contain.',
  check: ({ config }) => {
    const isProblem = (statement: Statement, line: number) =>
      line >= statement.span.line && line <= (statement.span.endLine ?? statement.span.line);
    return commandsOf(config).flatMap(({ statement, words }): RawFinding[] => {
      if (words[0] !== 'banner' || statement.body === undefined) return [];
      const problems = config.tree.problems
        .filter(({ span }) => isProblem(statement, span.line))
        .map(({ span, message }) => ({ span, message, key: 'banner problem' }));
      if (problems.length > 0 || !systemOf(config.dialect).delimitedBanner) return problems;
      // Closed in the middle of a line, and soon after a line that is only the delimiter: the end that was meant.
      const delimiter = delimiterOf(statement);
      const last = statement.span.endLine ?? statement.span.line;
      const closing = config.tree.lines[last] ?? '';
      if (delimiter === undefined || last === statement.span.line || closing.trim() === delimiter) return [];
      const later = config.tree.lines.slice(last + 1, last + 1 + REACH).findIndex((line) => line.trim() === delimiter);
      if (later < 0) return [];
      const start = closing.lastIndexOf(delimiter);
      return [
        {
          span: { line: last, start, end: start + delimiter.length },
          message: `The banner ends here, and the device executes the ${later} lines up to the next "${delimiter}" as commands`,
          key: 'banner ends early',
        },
      ];
    });
  },
});
