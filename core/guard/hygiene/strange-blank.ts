import { strangeBlank } from '../characters.ts';
import { rule } from '../rule.ts';
import { freeTextLines } from './free-text.ts';
import { hiddenCharacters } from './hidden-characters.ts';

export default rule({
  id: 'strange-blank',
  number: 103,
  priority: 'P0',
  scope: 'device',
  title: 'Byte order mark or no-break space in a command',
  why: 'It looks like a blank, or like nothing, but the device does not separate words at it and rejects the line or takes two words as one name.',
  sources: [
    'Configurations pasted from web pages, word processors and chat programs',
    'RFC 3629 section 6, byte order mark',
  ],
  remedy: 'Replace the character by an ordinary blank; save the file as UTF-8 without a byte order mark.',
  check: ({ config }) => {
    const freeText = freeTextLines(config);
    const isFreeText = (line: number, character: string) => character !== '\uFEFF' && freeText.has(line);
    const ignoring = { ignore: (line: number, _column: number, character: string) => isFreeText(line, character) };
    return [
      ...hiddenCharacters(config, /\uFEFF/gu, (what) => `${what} is part of the first word for the device`, ignoring),
      ...hiddenCharacters(
        config,
        new RegExp(strangeBlank.source.replace('\\uFEFF', ''), 'gu'),
        (what) => `${what} does not separate words for the device`,
        {
          replacement: ' ',
          ...ignoring,
        },
      ),
    ];
  },
});
