import type { ParsedConfig } from '../../network/snapshot.ts';
import { describe } from '../characters.ts';
import { replaceSpan } from '../edits.ts';
import type { RawFinding } from '../rule.ts';

/** One finding per line and kind of character, with a fix that takes all of that kind from the line. */
export function hiddenCharacters(
  config: ParsedConfig,
  expression: RegExp,
  message: (what: string) => string,
  options: {
    readonly replacement?: string;
    readonly ignore?: (line: number, column: number, character: string) => boolean;
  } = {},
): RawFinding[] {
  const { replacement = '', ignore = () => false } = options;
  // A search over the whole text first: nearly every file has none of them.
  if (config.text.search(expression) < 0) return [];
  return config.tree.lines.flatMap((text, line) => {
    const found = [...text.matchAll(expression)].filter((match) => !ignore(line, match.index, match[0]));
    const kinds = new Set(found.map((match) => match[0]));
    return [...kinds].map((kind): RawFinding => {
      const places = found.filter((match) => match[0] === kind);
      const first = places[0]?.index ?? 0;
      const edits = places.map(({ index }) => replaceSpan(line, index, index + kind.length, replacement));
      return {
        span: { line, start: first, end: first + kind.length },
        message: message(describe(kind)),
        key: `${kind} ${text}`,
        fix: { title: replacement ? 'Replace it by a blank' : 'Remove the character', edits, safe: true },
      };
    });
  });
}
