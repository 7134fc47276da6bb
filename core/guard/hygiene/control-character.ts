import { control } from '../characters.ts';
import { rule } from '../rule.ts';
import { hiddenCharacters } from './hidden-characters.ts';

const loneCarriageReturn = /\r(?!\n)/;

export default rule({
  id: 'control-character',
  number: 105,
  priority: 'P0',
  scope: 'device',
  title: 'Control character, or a line ended by a carriage return alone',
  why: 'NUL ends the text for many programs, ESC and BACKSPACE rewrite what a terminal has shown, and a lone carriage return hides a line behind the next one.',
  sources: ['CWE-150, improper neutralization of escape sequences', 'ECMA-48, control functions'],
  remedy: 'Remove the character; end lines by LF or CR LF.',
  check: ({ config }) => {
    const bannerLines = new Set(config.text.includes('\u0003') ? config.tree.statements.flatMap(bannerDelimiters) : []);
    const findings = hiddenCharacters(config, control, (what) => `control character ${what}`, {
      ignore: (line, _column, character) => character === '\u0003' && bannerLines.has(line),
    });
    const at = config.text.search(loneCarriageReturn);
    if (at < 0) return findings;
    const line = config.text.slice(0, at + 1).split(/\r\n|\n|\r/).length - 1;
    const end = (config.tree.lines[line] ?? '').length;
    const message =
      'A carriage return without a line feed stands in front of this text: a terminal shows it over the line before, and hides that';
    return [...findings, { span: { line, start: 0, end }, message, key: 'lone carriage return' }];
  },
});

/** IOS stores a banner's delimiter as a real Ctrl-C: it is allowed on the first and on the last line of the banner. */
function bannerDelimiters(statement: {
  words: readonly { text: string }[];
  span: { line: number; endLine?: number };
}): number[] {
  return statement.words[0]?.text === 'banner'
    ? [statement.span.line, statement.span.endLine ?? statement.span.line]
    : [];
}
