/** Sets headings, paragraphs, lists, tables and code one below the other, and breaks pages. */

import type { BundleVerdict } from '../bundle.ts';
import type { Canvas, Structure } from './canvas.ts';
import type { Flow } from './flow.ts';
import { breakCode } from './line-breaking.ts';
import type { CodeLine, ReportWriter } from './report-writer.ts';
import { COLOR, CONTENT_BOTTOM, CONTENT_WIDTH, PAGE, TEXT, type TextStyle } from './style.ts';
import { type Cell, type Column, writeTable } from './table.ts';
import { writeVerdictBanner } from './verdict-banner.ts';

const FACT_COLUMNS: readonly Column[] = [
  { title: 'Item', share: 26 },
  { title: 'Value', share: 74 },
];

export class Writer implements Flow, ReportWriter {
  readonly canvas: Canvas;
  /** Top of the next line on the current page. */
  y: number = PAGE.top;
  #section: Structure;

  constructor(canvas: Canvas) {
    this.canvas = canvas;
    this.#section = canvas.root;
    this.newPage();
  }

  newPage(): void {
    this.canvas.addPage();
    this.y = PAGE.top;
  }

  /** Starts a new page unless this much room is left. */
  keep(height: number): void {
    if (this.y + height > CONTENT_BOTTOM) this.newPage();
  }

  space(height: number): void {
    if (this.y > PAGE.top) this.y += height;
  }

  /** The document's title, its subtitle and a quiet line below. */
  title(title: string, subtitle: string, note: string): void {
    for (const [text, offset, style] of [
      [title, 0, TEXT.title],
      [subtitle, 27, TEXT.subtitle],
    ] as const) {
      const element = this.canvas.element(this.#section, 'P');
      this.canvas.content(element, 'P', () => this.canvas.put(text, PAGE.left, this.y + offset, style));
      element.end();
    }
    this.y += 50;
    this.paragraph(note, TEXT.quiet);
    this.y += 4;
  }

  banner(verdict: BundleVerdict): void {
    writeVerdictBanner(this, verdict);
  }

  /** A numbered section with its bookmark; what follows belongs to it. */
  section(title: string): void {
    if (this.#section !== this.canvas.root) this.#section.end();
    this.space(20);
    this.keep(96);
    this.canvas.document.outline.addItem(title);
    this.#section = this.canvas.element(this.canvas.root, 'Sect', { title });
    this.#lines('H1', title, TEXT.h1, PAGE.left, CONTENT_WIDTH);
    this.canvas.rule(PAGE.left, this.y + 2, CONTENT_WIDTH, COLOR.accent, 0.8);
    this.y += 9;
  }

  subheading(title: string, room = 60): void {
    this.space(8);
    this.keep(room);
    this.#lines('H2', title, TEXT.h2, PAGE.left, CONTENT_WIDTH);
    this.y += 3;
  }

  paragraph(text: string, style: TextStyle = TEXT.body): void {
    this.#lines('P', text, style, PAGE.left, CONTENT_WIDTH);
    this.y += 5;
  }

  /** A list with a dash before each item. */
  list(items: readonly string[], style: TextStyle = TEXT.body): void {
    const list = this.canvas.element(this.#section, 'L');
    for (const item of items) {
      const element = this.canvas.element(list, 'LI');
      const lines = this.canvas.lines(item, style, CONTENT_WIDTH - 14);
      const label = this.canvas.element(element, 'Lbl');
      const body = this.canvas.element(element, 'LBody');
      this.keep(style.leading * Math.min(2, lines.length));
      this.canvas.content(label, 'Lbl', () => this.canvas.put('–', PAGE.left + 2, this.y, style));
      this.#putLines(body, 'LBody', lines, style, PAGE.left + 14);
      label.end();
      body.end();
      element.end();
      this.y += 2;
    }
    list.end();
    this.y += 4;
  }

  #lines(tag: string, text: string, style: TextStyle, x: number, width: number): void {
    const element = this.canvas.element(this.#section, tag);
    this.#putLines(element, tag, this.canvas.lines(text, style, width), style, x);
    element.end();
  }

  /** Lines one below the other; each page gets its own piece of content of the same element. */
  #putLines(element: Structure, tag: string, lines: readonly string[], style: TextStyle, x: number): void {
    let next = 0;
    while (next < lines.length) {
      this.keep(style.leading);
      const room = Math.max(1, Math.floor((CONTENT_BOTTOM - this.y) / style.leading));
      const part = lines.slice(next, next + room);
      this.canvas.content(element, tag, () => {
        for (const [index, line] of part.entries()) this.canvas.put(line, x, this.y + index * style.leading, style);
      });
      this.y += part.length * style.leading;
      next += part.length;
    }
  }

  /** Names on the left, values on the right. */
  facts(rows: readonly (readonly [name: string, value: string | Cell])[]): void {
    const cells = rows.map(([name, value]): readonly Cell[] => [
      { text: name, style: { ...TEXT.cell, color: COLOR.quiet } },
      typeof value === 'string' ? { text: value } : value,
    ]);
    writeTable(this, FACT_COLUMNS, cells, false);
  }

  /** A table whose heading is repeated on every page. */
  table(columns: readonly Column[], rows: readonly (readonly (string | Cell)[])[]): void {
    const cells = rows.map((row) => row.map((cell): Cell => (typeof cell === 'string' ? { text: cell } : cell)));
    writeTable(this, columns, cells, true);
  }

  /** Lines of code with a gutter; long lines are continued below. `title` is repeated on every further page. */
  code(lines: readonly CodeLine[], title: string | null = null): void {
    const style = TEXT.code;
    const advance = this.canvas.width('0', style);
    const gutterColumns = Math.max(0, ...lines.map(({ gutter }) => gutter.length));
    const gutterWidth = gutterColumns === 0 ? 0 : gutterColumns * advance + 8;
    const columns = Math.floor((CONTENT_WIDTH - gutterWidth - 8) / advance);
    const paragraph = this.canvas.element(this.#section, 'P');
    const element = this.canvas.element(paragraph, 'Code');
    const pieces = lines.flatMap(({ gutter, text, background }) =>
      breakCode(this.canvas.printable(text, 'mono'), columns).map((piece, index) => ({
        gutter: index === 0 ? gutter : '',
        text: piece,
        background,
      })),
    );
    let next = 0;
    this.keep(style.leading * Math.min(4, pieces.length));
    while (next < pieces.length) {
      if (this.y + style.leading > CONTENT_BOTTOM) {
        this.newPage();
        if (title !== null) this.#continuation(title);
      }
      const room = Math.max(1, Math.floor((CONTENT_BOTTOM - this.y) / style.leading));
      const part = pieces.slice(next, next + room);
      const top = this.y;
      for (const [index, { background }] of part.entries()) {
        if (background)
          this.canvas.band(PAGE.left, top + index * style.leading, CONTENT_WIDTH, style.leading, background);
      }
      this.canvas.content(element, 'Code', () => {
        for (const [index, { gutter, text }] of part.entries()) {
          const y = top + index * style.leading;
          const gutterX = PAGE.left + 4 + (gutterColumns - gutter.length) * advance;
          this.canvas.put(gutter, gutterX, y, { ...style, color: COLOR.quiet });
          this.canvas.put(text, PAGE.left + 4 + gutterWidth, y, style);
        }
      });
      this.y += part.length * style.leading;
      next += part.length;
    }
    element.end();
    paragraph.end();
    this.y += 8;
  }

  #continuation(title: string): void {
    this.canvas.artifact('Pagination', () => this.canvas.put(`${title}, continued`, PAGE.left, this.y, TEXT.quiet));
    this.y += TEXT.quiet.leading + 3;
  }

  /** Where the next element of this section goes: for what draws itself. */
  get sectionElement(): Structure {
    return this.#section;
  }

  /** Ends the last section. */
  end(): void {
    if (this.#section !== this.canvas.root) this.#section.end();
    this.#section = this.canvas.root;
  }
}
