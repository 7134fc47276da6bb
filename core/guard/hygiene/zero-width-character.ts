import { zeroWidth } from '../characters.ts';
import { rule } from '../rule.ts';
import { freeTextLines } from './free-text.ts';
import { hiddenCharacters } from './hidden-characters.ts';

/** Variation selector 16, zero-width joiner and non-joiner. */
const joiners: ReadonlySet<string> = new Set(['\uFE0F', '\u200D', '\u200C']);

export default rule({
  id: 'zero-width-character',
  number: 102,
  priority: 'P0',
  scope: 'device',
  title: 'Invisible character',
  why: 'A character without a width makes two names that look the same differ: the device sees another route-map, user or address than the reviewer.',
  sources: [
    'Unicode Technical Standard 39, default ignorable code points',
    'CWE-1007, insufficient visual distinction of homoglyphs',
  ],
  remedy: 'Remove the character.',
  check: ({ config }) => {
    if (config.text.search(zeroWidth) < 0) return [];
    const freeText = freeTextLines(config);
    return hiddenCharacters(config, zeroWidth, (what) => `invisible character ${what}`, {
      // Where people write to people, other scripts and pictures join their letters by them.
      ignore: (line, column, character) =>
        joiners.has(character) && freeText.has(line) && (config.tree.lines[line]?.charCodeAt(column - 1) ?? 0) > 0x7f,
    });
  },
});
