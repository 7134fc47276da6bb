import { bidirectional } from '../characters.ts';
import { rule } from '../rule.ts';
import { hiddenCharacters } from './hidden-characters.ts';

export default rule({
  id: 'bidirectional-control',
  number: 101,
  priority: 'P0',
  scope: 'device',
  title: 'Text shown in another order than it is read',
  why: 'A bidirectional control character changes the order in which an editor shows a line, so a reviewer approves other words than the device receives.',
  sources: ['CVE-2021-42574, "Trojan Source"', 'Unicode Standard Annex 9, directional formatting characters'],
  remedy: 'Remove the character and read the line again.',
  check: ({ config }) =>
    hiddenCharacters(config, bidirectional, (what) => `${what} changes the order in which this line is shown`),
});
