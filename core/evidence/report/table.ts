/** Tables: columns of wrapped text, a heading that is repeated on every page, rows that continue where none fits. */
import type { Canvas, Structure } from './canvas.ts';
import type { Flow } from './flow.ts';
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

const PADDING = { x: 5, y: 2.6 } as const;
const MARK_WIDTH = 11;

interface PlacedColumn extends Column {
  readonly x: number;
  /** Room for text. */
  readonly width: number;
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

function place(columns: readonly Column[]): readonly PlacedColumn[] {
  const total = columns.reduce((sum, { share }) => sum + share, 0);
  let x = PAGE.left;
  return columns.map((column) => {
    const width = (column.share / total) * CONTENT_WIDTH;
    const placed = { ...column, x: x + PADDING.x, width: width - 2 * PADDING.x };
    x += width;
    return placed;
  });
}

function layOut(canvas: Canvas, row: readonly Cell[], columns: readonly PlacedColumn[]): LaidOutRow {
  const cells = columns.map((column, index): LaidOutCell => {
    const cell = row[index] ?? { text: '' };
    const style = cell.style ?? column.style ?? TEXT.cell;
    const indent = cell.mark ? MARK_WIDTH : 0;
    return { lines: canvas.lines(cell.text, style, column.width - indent), style, indent, mark: cell.mark };
  });
  const leading = Math.max(...cells.map(({ style }) => style.leading));
  const lines = Math.max(1, ...cells.map((cell) => cell.lines.length));
  return { cells, leading, lines, height: lines * leading + 2 * PADDING.y };
}

/**
 * Puts `count` lines of a row from line `from` on. `elements` are the cells' places in the structure, one a column;
 * null makes the row an artifact, as a repeated heading is.
 */
function putRow(
  flow: Flow,
  row: LaidOutRow,
  columns: readonly PlacedColumn[],
  elements: readonly Structure[] | null,
  { tag, from, count }: { readonly tag: 'TH' | 'TD'; readonly from: number; readonly count: number },
): void {
  const { canvas } = flow;
  const top = flow.y + PADDING.y;
  for (const [index, column] of columns.entries()) {
    const cell = row.cells[index];
    const part = cell?.lines.slice(from, from + count) ?? [];
    if (!cell || part.length === 0) continue;
    if (from === 0 && cell.mark) drawMark(canvas, cell.mark, column.x, top + row.leading / 2);
    const draw = (): void => {
      for (const [line, text] of part.entries()) {
        const offset = column.align === 'right' ? column.width - canvas.width(text, cell.style) : cell.indent;
        canvas.put(text, column.x + offset, top + line * row.leading, { ...cell.style, leading: row.leading });
      }
    };
    const element = elements?.[index];
    if (element) canvas.content(element, tag, draw);
    else canvas.artifact('Pagination', draw);
  }
  flow.y += count * row.leading + 2 * PADDING.y;
}

function putHeading(flow: Flow, row: LaidOutRow, columns: readonly PlacedColumn[], table: Structure | null): void {
  const { canvas } = flow;
  canvas.band(PAGE.left, flow.y, CONTENT_WIDTH, row.height, COLOR.band);
  const tr = table && canvas.element(table, 'TR');
  const elements = tr && columns.map(() => canvas.element(tr, 'TH', { scope: 'Column' }));
  putRow(flow, row, columns, elements, { tag: 'TH', from: 0, count: row.lines });
  for (const element of elements ?? []) element.end();
  tr?.end();
  canvas.rule(PAGE.left, flow.y, CONTENT_WIDTH);
}

/** Writes a table at the writer's place. Without a heading the first cell of each row is what names the row. */
export function writeTable(
  flow: Flow,
  columnList: readonly Column[],
  rows: readonly (readonly Cell[])[],
  headed: boolean,
): void {
  const { canvas } = flow;
  const columns = place(columnList);
  const table = canvas.element(flow.sectionElement, 'Table');
  const heading = layOut(
    canvas,
    columns.map(({ title }) => ({ text: title, style: TEXT.cellHead })),
    columns,
  );
  const first = rows[0] ? layOut(canvas, rows[0], columns).height : 0;
  // A heading at the foot of a page with no row below it helps nobody.
  flow.keep((headed ? heading.height : 0) + Math.min(first, 80));
  if (headed) putHeading(flow, heading, columns, table);
  else canvas.rule(PAGE.left, flow.y, CONTENT_WIDTH);

  const wholePage = CONTENT_BOTTOM - PAGE.top - heading.height;
  for (const cells of rows) {
    const row = layOut(canvas, cells, columns);
    const tr = canvas.element(table, 'TR');
    const elements = columns.map((_, index) =>
      !headed && index === 0 ? canvas.element(tr, 'TH', { scope: 'Row' }) : canvas.element(tr, 'TD'),
    );
    for (let done = 0; done < row.lines; ) {
      const rest = (row.lines - done) * row.leading + 2 * PADDING.y;
      const room = CONTENT_BOTTOM - flow.y;
      // A row stays in one piece where a page can hold it; a longer one is continued.
      if (rest > room && (rest <= wholePage || room < 4 * row.leading)) {
        flow.newPage();
        if (headed) putHeading(flow, heading, columns, null);
        continue;
      }
      const fitting = Math.max(1, Math.floor((room - 2 * PADDING.y) / row.leading));
      const count = Math.min(row.lines - done, fitting);
      putRow(flow, row, columns, elements, { tag: 'TD', from: done, count });
      canvas.rule(PAGE.left, flow.y, CONTENT_WIDTH, COLOR.rule, 0.35);
      done += count;
    }
    for (const element of elements) element.end();
    tr.end();
  }
  table.end();
  flow.y += 8;
}

/** Small signs that differ in shape, not in colour alone. */
function drawMark(canvas: Canvas, mark: Mark, x: number, y: number): void {
  const { document } = canvas;
  const r = 3;
  const cx = x + r;
  canvas.artifact('Layout', () => {
    document.lineWidth(1.2).lineCap('round').lineJoin('round');
    if (mark === 'passed') {
      document.strokeColor(COLOR.good);
      document
        .moveTo(cx - r, y)
        .lineTo(cx - r / 4, y + r * 0.8)
        .lineTo(cx + r, y - r * 0.9)
        .stroke();
    } else if (mark === 'failed') {
      document.strokeColor(COLOR.bad);
      document.moveTo(cx - r * 0.8, y - r * 0.8).lineTo(cx + r * 0.8, y + r * 0.8);
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
