import { describe, expect, it } from 'vitest';
import { type Entry, rowsOf, table } from './command-table.ts';
import { completionsAt } from './completion.ts';
import { interfaceLanguage } from './dialects/shared/frame.ts';
import { wordsOf } from './readers/indented.ts';

const row = rowsOf<object>();
const entries: readonly Entry[] = [
  row('neighbor <peer:ip> remote-as <as:asn|internal|external>', { doc: 'AS of the neighbour.' }),
  row('neighbor <peer:ip> route-map <map:word> <direction:in|out>', { doc: 'Policy.', refers: { map: 'route-map' } }),
  row('network <prefix:prefix> [route-map <map:word>]', { doc: 'A prefix.' }),
  row('aggregate-address <prefix:prefix> *[as-set] *[summary-only]', { doc: 'An aggregate.' }),
  row('match community <lists:names> [exact-match]', { doc: 'Communities.' }),
];

/** What may stand at the end of the line, where a blank at its end asks for the next word. */
function complete(line: string): readonly string[] {
  const words = wordsOf(line, 0, false);
  const index = /\s$/.test(line) || line === '' ? words.length : words.length - 1;
  const options = { abbreviations: true, negation: 'no', ...interfaceLanguage('ios') };
  return completionsAt(table(entries), words, index, options).map(
    ({ text, slot, symbol, last }) =>
      `${text ?? `<${slot?.name}:${slot?.types.join('|')}>`}${symbol ? ` ${symbol}` : ''}${last ? ' .' : ''}`,
  );
}

describe('completion', () => {
  it.each([
    ['', ['aggregate-address', 'match', 'neighbor', 'network']],
    ['ne', ['neighbor', 'network']],
    ['no ne', ['neighbor', 'network']],
    ['neighbor ', ['<peer:ip>']],
    ['neighbor 10.0.0.1 ', ['remote-as', 'route-map']],
    ['neigh 10.0.0.1 ro', ['route-map']],
    ['neighbor 10.0.0.1 remote-as ', ['external .', 'internal .', '<as:asn> .']],
    ['neighbor 10.0.0.1 route-map ', ['<map:word> route-map']],
    ['neighbor 10.0.0.1 route-map M ', ['in .', 'out .']],
    ['network 10.0.0.0 255.0.0.0 ', ['route-map']],
    ['aggregate-address 10.0.0.0/8 summary-only ', ['as-set .']],
    ['match community A B ', ['exact-match .']],
    ['nonsense ', []],
  ])('%j', (line, expected) => expect(complete(line)).toEqual(expected));
});
