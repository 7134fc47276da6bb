/* What the commands print. Colour is an addition to words and only on a terminal that wants it. */
import { styleText } from 'node:util';

type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** Colour on this stream: a terminal, and nobody said otherwise (https://no-color.org). */
const coloured = (stream: NodeJS.WriteStream): boolean =>
  stream.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb';

export const style = (kind: Style | readonly Style[], text: string): string =>
  coloured(process.stdout) ? styleText(kind as Style, text, { validateStream: false }) : text;

export const print = (text: string): void => void process.stdout.write(`${text}\n`);

export const heading = (text: string): string => style('bold', shown(text));

/** Text from outside on one line, without anything that a terminal would act on. */
export const shown = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu, (character) =>
    character === '\t' ? ' ' : `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`,
  );

/** Columns aligned by their widest cell; the last one is not padded. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const clean = rows.map((row) => row.map(shown));
  const widths = head.map((title, column) => Math.max(title.length, ...clean.map((row) => (row[column] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => (column === cells.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  return [style('dim', line(head)), ...clean.map(line)].join('\n');
}
