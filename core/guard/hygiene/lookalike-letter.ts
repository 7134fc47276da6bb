import { imitationOf } from '../characters.ts';
import { commandsOf } from '../commands.ts';
import { replaceSpan } from '../edits.ts';
import type { RawFinding } from '../rule.ts';
import { rule } from '../rule.ts';
import { freeTextLines } from './free-text.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII.
const notAscii = /[^\u0000-\u007F]/u;

export default rule({
  id: 'lookalike-letter',
  number: 104,
  priority: 'P0',
  scope: 'device',
  title: 'Letter of another alphabet in a name or a command',
  why: 'A Cyrillic or Greek letter that looks like a Latin one makes a second name: the reviewer sees the known device, route-map or user, the device another one.',
  sources: [
    'Unicode Technical Standard 39, confusable characters',
    'CWE-1007, insufficient visual distinction of homoglyphs',
  ],
  remedy: 'Type the name again in plain ASCII.',
  check: ({ config, device }) => {
    if (!notAscii.test(config.text)) return [];
    const freeText = freeTextLines(config);
    return commandsOf(config).flatMap(({ statement }): RawFinding[] => {
      const { line } = statement.span;
      if (freeText.has(line)) return [];
      return statement.words.flatMap((word): RawFinding[] => {
        if (!notAscii.test(word.text)) return [];
        const isHostname = device.hostname?.span.line === line && word.start >= device.hostname.span.start;
        const letters = [...word.text];
        const copied = letters.filter((letter) => imitationOf(letter) !== undefined);
        if (copied.length === 0 && !isHostname) return [];
        const ascii = letters.map((letter) => imitationOf(letter) ?? letter).join('');
        const [letter] = copied;
        const message = letter
          ? `"${letter}" in this word is not the ASCII character "${imitationOf(letter)}" that it looks like`
          : 'The name of the device has characters that are not ASCII';
        const span = { line, start: word.start, end: word.end };
        if (notAscii.test(ascii) || word.quoted) return [{ span, message, key: word.text }];
        const fix = {
          title: `Write "${ascii}" in ASCII`,
          edits: [replaceSpan(line, word.start, word.end, ascii)],
          safe: false,
        };
        return [{ span, message, key: word.text, fix }];
      });
    });
  },
});
