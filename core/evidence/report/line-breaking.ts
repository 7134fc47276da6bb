/** Breaks text into lines of a given width. Nothing is ever cut off: a word that is too long is broken. */

export type Measure = (text: string) => number;

/** The longest start of a word, by whole code points, that fits; at least one code point. */
function fittingStart(word: string, width: number, measure: Measure): string {
  const points = [...word];
  let low = 1;
  let high = points.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(points.slice(0, middle).join('')) <= width) low = middle;
    else high = middle - 1;
  }
  // A long path or a list reads better when it breaks after a separator, if one is near.
  const start = points.slice(0, low).join('');
  const separator = low < points.length ? /^(.*[/,;:_-]).{0,12}$/su.exec(start)?.[1] : undefined;
  return separator !== undefined && separator.length * 3 > start.length ? separator : start;
}

/**
 * Lines of flowing text. Line breaks in the text are kept. A line that ends at a blank keeps one, which takes no room but
 * tells software that extracts the text that two words end and begin there; a word that was broken has none.
 */
export function breakText(text: string, width: number, measure: Measure): readonly string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (let word of paragraph.split(/ +/)) {
      const joined = line === '' ? word : `${line} ${word}`;
      if (measure(joined) <= width) {
        line = joined;
        continue;
      }
      if (line !== '') lines.push(`${line} `);
      while (measure(word) > width && [...word].length > 1) {
        const start = fittingStart(word, width, measure);
        lines.push(start);
        word = word.slice(start.length);
      }
      line = word;
    }
    lines.push(`${line} `);
  }
  const last = lines.length - 1;
  return lines.map((line, index) => (index === last ? line.trimEnd() : line));
}

/** A long line of code in pieces; every blank is kept, and a piece that continues a line begins with an arrow. */
export function breakCode(text: string, columns: number): readonly string[] {
  const points = [...text];
  if (points.length <= columns) return [text];
  const pieces = [points.slice(0, columns).join('')];
  for (let at = columns; at < points.length; at += columns - 2) {
    pieces.push(`→ ${points.slice(at, at + columns - 2).join('')}`);
  }
  return pieces;
}
