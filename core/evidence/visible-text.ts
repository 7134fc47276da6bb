/**
 * Text in which nothing is hidden: control characters, invisible characters and bidirectional overrides are written
 * as their code points. What an examiner reads must be what the machine read.
 */

/** Control, format (zero-width, bidirectional), line and paragraph separators, surrogates, private use. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu;

function codePoint(character: string): string {
  return `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`;
}

/** One line in which every hidden character is written as `<U+200B>`; tabs become spaces. */
export function visibleText(text: string): string {
  return text.replace(/\t/g, '    ').replace(HIDDEN, codePoint);
}

/** Any text as one line that the bundle's schema accepts: hidden characters written out, cut at `limit` characters. */
export function asLine(text: string, limit = 4000): string {
  const shown = visibleText(text.replace(/\r?\n/g, ' ')).trim();
  if (shown === '') return '(empty)';
  if (shown.length <= limit) return shown;
  // Do not cut a surrogate pair in two.
  return `${shown.slice(0, limit - 2).replace(/[\uD800-\uDBFF]$/, '')} …`;
}
