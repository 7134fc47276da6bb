import { zeroWidth } from '../characters.ts';
import { rule } from '../rule.ts';
import { hiddenCharacters } from './hidden-characters.ts';

export default rule({
  id: 'zero-width-character',
  number: 102,
  priority: 'P0',
  scope: 'device',
  title: 'Invisible character',
  why: 'A character without a width makes two names that look the same differ: the device sees another route-map, user or address than the reviewer.',
  sources: ['Unicode Technical Standard 39, default ignorable code points', 'CWE-1007, insufficient visual distinction of homoglyphs'],
  remedy: 'Remove the character.',
  check: ({ config }) => hiddenCharacters(config, zeroWidth, (what) => `invisible character ${what}`),
});
