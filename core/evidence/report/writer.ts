/** Sets headings, paragraphs, lists, tables and code one below the other, and breaks pages. */
import type { Canvas, Structure } from './canvas.ts';
import { breakCode } from './line-breaking.ts';
import { COLOR, CONTENT_BOTTOM, CONTENT_WIDTH, PAGE, TEXT, type TextStyle } from './style.ts';

export type Mark = 'passed' | 'failed' | 'skipped' | 'open';

export interface Cell {
  readonly text: string;
  readonly style?: TextStyle;
  /** A small drawn sign before the text; the text says the same in words. */
  readonly mark?: Mark;
}

export interface Column {
  readonly title: string;
  /** Share of the width; the shares of a table are relative to each other. */
  readonly share: number;
  readonly align?: 'right';
  readonly style?: TextStyle;
}

export interface CodeLine {
  /** Printed before the line, right-aligned in a column of its own. */
  readonly gutter: string;
  readonly text: string;
  readonly background?: string;
}

const CELL_PADDING = { x: 5, y: 2.6 } as const;
const MARK_WIDTH = 11;

export class Writer {
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
    this.#table(
      [
        { title: 'Item', share: 26 },
        { title: 'Value', share: 74 },
      ],
      cells,
      false,
    );
  }

  /** A table whose heading is repeated on every page. */
  table(columns: readonly Column[], rows: readonly (readonly (string | Cell)[])[]): void {
    const cells = rows.map((row) => row.map((cell): Cell => (typeof cell === 'string' ? { text: cell } : cell)));
    this.#table(columns, cells, true);
  }

  #table(columns: readonly Column[], rows: readonly (readonly Cell[])[], headed: boolean): void {
    const total = columns.reduce((sum, { share }) => sum + share, 0);
    const widths = columns.map(({ share }) => (share / total) * CONTENT_WIDTH);
    const starts = widths.map((_, index) => PAGE.left + widths.slice(0, index).reduce((sum, width) => sum + width, 0));
    const table = this.canvas.element(this.#section, 'Table');
    const head = columns.map(({ title }): Cell => ({ text: title, style: TEXT.cellHead }));
    const layout = (row: readonly Cell[]): LaidOutRow => this.#layOut(row, columns, widths);
    const headRow = layout(head);
    const heading = (repeated: boolean): void => {
      this.canvas.band(PAGE.left, this.y, CONTENT_WIDTH, headRow.height, COLOR.band);
      this.#putRow(headRow, columns, starts, widths, repeated ? null : table, 'TH', 0, headRow.lines);
      this.canvas.rule(PAGE.left, this.y, CONTENT_WIDTH);
    };
    const first = rows[0];
    this.keep((headed ? headRow.height : 0) + Math.min(first ? layout(first).height : 0, 80));
    if (headed) heading(false);
    else this.canvas.rule(PAGE.left, this.y, CONTENT_WIDTH);
    for (const row of rows) this.#bodyRow(layout(row), columns, starts, widths, table, () => headed && heading(true));
    table.end();
    this.y += 8;
  }

  /** One row; a row that fits no page is continued on the next ones. */
  #bodyRow(
    row: LaidOutRow,
    columns: readonly Column[],
    starts: readonly number[],
    widths: readonly number[],
    table: Structure,
    heading: () => void,
  ): void {
    const wholePage = CONTENT_BOTTOM - PAGE.top - 40;
    let done = 0;
    const element = this.canvas.element(table, 'TR');
    const cells = columns.map(() => this.canvas.element(element, 'TD'));
    while (done < row.lines || done === 0) {
      const rest = (row.lines - done) * row.leading + 2 * CELL_PADDING.y;
      const room = CONTENT_BOTTOM - this.y;
      if (rest > room && (rest <= wholePage || room < 4 * row.leading)) {
        this.newPage();
        heading();
        continue;
      }
      const count = Math.min(row.lines - done, Math.max(1, Math.floor((room - 2 * CELL_PADDING.y) / row.leading)));
      this.#putRow(row, columns, starts, widths, cells, 'TD', done, count);
      this.canvas.rule(PAGE.left, this.y, CONTENT_WIDTH, COLOR.rule, 0.35);
      done += Math.max(1, count);
    }
    for (const cell of cells) cell.end();
    element.end();
  }

  #layOut(row: readonly Cell[], columns: readonly Column[], widths: readonly number[]): LaidOutRow {
    const cells = columns.map((column, index): LaidOutCell => {
      const cell = row[index] ?? { text: '' };
      const style = cell.style ?? column.style ?? TEXT.cell;
      const indent = cell.mark ? MARK_WIDTH : 0;
      const lines = this.canvas.lines(cell.text, style, (widths[index] ?? 0) - 2 * CELL_PADDING.x - indent);
      return { lines, style, indent, mark: cell.mark };
    });
    const leading = Math.max(...cells.map(({ style }) => style.leading));
    const lines = Math.max(1, ...cells.map((cell) => cell.lines.length));
    return { cells, leading, lines, height: lines * leading + 2 * CELL_PADDING.y };
  }

  /** Puts `count` lines of a row from line `from` on. Without elements the row is an artifact: a repeated heading. */
  #putRow(
    row: LaidOutRow,
    columns: readonly Column[],
    starts: readonly number[],
    widths: readonly number[],
    parent: Structure | readonly Structure[] | null,
    tag: 'TH' | 'TD',
    from: number,
    count: number,
  ): void {
    const { canvas } = this;
    const top = this.y + CELL_PADDING.y;
    const ownRow = parent !== null && !Array.isArray(parent) ? canvas.element(parent as Structure, 'TR') : null;
    for (const [index, cell] of row.cells.entries()) {
      const x = (starts[index] ?? 0) + CELL_PADDING.x;
      const inner = (widths[index] ?? 0) - 2 * CELL_PADDING.x;
      const part = cell.lines.slice(from, from + count);
      if (from === 0 && cell.mark) drawMark(canvas, cell.mark, x, top + row.leading / 2);
      const draw = (): void => {
        for (const [line, text] of part.entries()) {
          const offset = columns[index]?.align === 'right' ? inner - canvas.width(text, cell.style) : cell.indent;
          canvas.put(text, x + offset, top + line * row.leading, { ...cell.style, leading: row.leading });
        }
      };
      if (parent === null) canvas.artifact('Pagination', draw);
      else {
        const element = ownRow
          ? canvas.element(ownRow, tag, { scope: 'Column' })
          : (parent as readonly Structure[])[index];
        if (element && part.length > 0) canvas.content(element, tag, draw);
        if (ownRow) element?.end();
      }
    }
    ownRow?.end();
    this.y += count * row.leading + 2 * CELL_PADDING.y;
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

interface LaidOutCell {
  readonly lines: readonly string[];
  readonly style: TextStyle;
  readonly indent: number;
  readonly mark: Mark | undefined;
}

interface LaidOutRow {
  readonly cells: readonly LaidOutCell[];
  readonly leading: number;
  readonly lines: number;
  readonly height: number;
}

/** Small signs that differ in shape, not in colour alone. */
function drawMark(canvas: Canvas, mark: Mark, x: number, y: number): void {
  const { document } = canvas;
  const r = 3;
  const cx = x + r;
  canvas.artifact('Layout', () => {
    document.lineWidth(1.2).lineCap('round').lineJoin('round');
    if (mark === 'passed') {
      document
        .strokeColor(COLOR.good)
        .moveTo(cx - r, y)
        .lineTo(cx - r / 4, y + r * 0.8)
        .lineTo(cx + r, y - r * 0.9)
        .stroke();
    } else if (mark === 'failed') {
      document
        .strokeColor(COLOR.bad)
        .moveTo(cx - r * 0.8, y - r * 0.8)
        .lineTo(cx + r * 0.8, y + r * 0.8);
      document
        .moveTo(cx + r * 0.8, y - r * 0.8)
        .lineTo(cx - r * 0.8, y + r * 0.8)
        .stroke();
    } else if (mark === 'skipped') {
      document
        .strokeColor(COLOR.quiet)
        .moveTo(cx - r, y)
        .lineTo(cx + r, y)
        .stroke();
    } else
      document
        .strokeColor(COLOR.quiet)
        .circle(cx, y, r * 0.8)
        .stroke();
  });
}
