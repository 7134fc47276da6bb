import type { BundleVerdict } from '../bundle.ts';
import type { CodeLine, ReportWriter } from '../report/report-writer.ts';
import { COLOR, type TextStyle } from '../report/style.ts';
import type { Cell, Column, Mark } from '../report/table.ts';
import { VERDICT } from '../report/verdict-banner.ts';
import { visibleText } from '../visible-text.ts';

/** Text as text: markup in it stays visible, and so does what would hide itself. */
export const escaped = (text: string): string =>
  text
    .split('\n')
    .map((line) => visibleText(line))
    .join('\n')
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const SIGNS: Readonly<Record<Mark, string>> = { passed: '✓', failed: '✗', skipped: '–', open: '○' };
const VERDICT_SIGNS: Readonly<Record<BundleVerdict, string>> = { ship_ready: '✓', needs_approval: '▲', blocked: '✕' };

const BACKGROUNDS: Readonly<Record<string, string>> = {
  [COLOR.goodBand]: 'added',
  [COLOR.badBand]: 'removed',
  [COLOR.band]: 'hunk',
};

const classOf = (style: TextStyle | undefined): string =>
  style?.font === 'mono' ? ' mono' : style?.font === 'bold' ? ' bold' : '';

/** Writes the sections of a report as the body of one page. */
export class HtmlWriter implements ReportWriter {
  readonly #parts: string[] = [];
  readonly #sections: { readonly id: string; readonly title: string }[] = [];
  #open = false;
  /** What the tables and listings below are about: their name for a screen reader. */
  #about = '';

  title(title: string, subtitle: string, note: string): void {
    this.#parts.push(
      `<header><h1>${escaped(title)}</h1><p class="quiet">${escaped(subtitle)}. ${escaped(note)}</p></header>`,
    );
  }

  banner(verdict: BundleVerdict): void {
    const { word, meaning } = VERDICT[verdict];
    this.#parts.push(
      `<div class="banner ${verdict}" role="note"><span class="sign" aria-hidden="true">${VERDICT_SIGNS[verdict]}</span><div><strong>${word}</strong><span>${escaped(meaning)}</span></div></div>`,
    );
  }

  section(title: string): void {
    const id = `s${this.#sections.length + 1}`;
    this.#sections.push({ id, title });
    this.#parts.push(
      `${this.#open ? '</section>' : ''}<section aria-labelledby="${id}"><h2 id="${id}">${escaped(title)}</h2>`,
    );
    this.#open = true;
    this.#about = title;
  }

  subheading(title: string): void {
    this.#parts.push(`<h3>${escaped(title)}</h3>`);
    this.#about = title;
  }

  paragraph(text: string, style?: TextStyle): void {
    const quiet = style?.color === COLOR.quiet ? ' class="quiet"' : '';
    this.#parts.push(`<p${quiet}>${escaped(text)}</p>`);
  }

  list(items: readonly string[]): void {
    this.#parts.push(`<ul>${items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul>`);
  }

  facts(rows: readonly (readonly [name: string, value: string | Cell])[]): void {
    const body = rows.map(([name, value]) => `<tr><th scope="row">${escaped(name)}</th>${cell(value, undefined)}</tr>`);
    this.#scrolling(`<table><tbody>${body.join('')}</tbody></table>`);
  }

  table(columns: readonly Column[], rows: readonly (readonly (string | Cell)[])[]): void {
    const head = columns.map(
      ({ title, align }) => `<th scope="col"${align === 'right' ? ' class="right"' : ''}>${escaped(title)}</th>`,
    );
    const body = rows.map((row) => `<tr>${row.map((value, at) => cell(value, columns[at])).join('')}</tr>`);
    this.#scrolling(`<table><thead><tr>${head.join('')}</tr></thead><tbody>${body.join('')}</tbody></table>`);
  }

  code(lines: readonly CodeLine[], title: string | null = null): void {
    const label = escaped(title ?? this.#about);
    const body = lines.map(({ gutter, text, background }) => {
      const kind = background === undefined ? undefined : BACKGROUNDS[background];
      return `<div${kind ? ` class="${kind}"` : ''}><span class="gutter">${escaped(gutter)}</span>${escaped(text)}</div>`;
    });
    this.#parts.push(`<div class="code" role="region" tabindex="0" aria-label="${label}">${body.join('')}</div>`);
  }

  /** A wide table scrolls by itself, with the keyboard too. */
  #scrolling(table: string): void {
    this.#parts.push(
      `<div class="scroll" role="region" tabindex="0" aria-label="${escaped(this.#about)}">${table}</div>`,
    );
  }

  get contents(): string {
    return `<ol>${this.#sections.map(({ id, title }) => `<li><a href="#${id}">${escaped(title)}</a></li>`).join('')}</ol>`;
  }

  get body(): string {
    return `${this.#parts.join('\n')}${this.#open ? '</section>' : ''}`;
  }
}

function cell(value: string | Cell, column: Column | undefined): string {
  const { text, style, mark }: Cell = typeof value === 'string' ? { text: value } : value;
  const classes = `lines${classOf(style ?? column?.style)}${column?.align === 'right' ? ' right' : ''}`;
  const sign = mark ? `<span class="${mark}" aria-hidden="true">${SIGNS[mark]}</span> ` : '';
  return `<td class="${classes}">${sign}${escaped(text)}</td>`;
}
