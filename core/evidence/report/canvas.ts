/**
 * The paper: a tagged PDF/A-3a document on which text lines and shapes are put at given places. Every mark belongs to the
 * document's structure (for screen readers and for extraction) or is declared an artifact (rules, bands, page numbers).
 */
import { visibleText } from '../visible-text.ts';
import type { ReportFonts } from './fonts.ts';
import { breakText } from './line-breaking.ts';
import { plainFont } from './plain-font.ts';
import { COLOR, type FontName, PAGE, type TextStyle } from './style.ts';

export type Document = PDFKit.PDFDocument;
export type Structure = PDFKit.PDFStructureElement;

export interface DocumentFacts {
  readonly title: string;
  readonly subject: string;
  readonly created: Date;
  readonly producer: string;
}

/** pdfkit keeps the font that it has read; only its character map is of interest here. */
interface CurrentFont {
  readonly _font: { readonly font: { hasGlyphForCodePoint(codePoint: number): boolean } };
}

/** Fonts without their layout tables, made once: several documents may be set in the same ones. */
const plainFonts = new WeakMap<Uint8Array, Buffer>();

function plain(font: Uint8Array): Buffer {
  const known = plainFonts.get(font) ?? Buffer.from(plainFont(font));
  plainFonts.set(font, known);
  return known;
}

export class Canvas {
  readonly document: Document;
  readonly root: Structure;
  readonly #chunks: Uint8Array[] = [];
  readonly #finished: Promise<void>;
  readonly #glyphs = new Map<string, boolean>();
  readonly #widths = new Map<string, number>();
  readonly #watermark: string | null;

  private constructor(document: Document, fonts: ReportFonts, watermark: string | null) {
    this.document = document;
    this.#watermark = watermark;
    this.#finished = new Promise((resolve, reject) => {
      document.on('data', (chunk: Uint8Array) => this.#chunks.push(chunk));
      document.on('end', resolve);
      document.on('error', reject);
    });
    document.registerFont('sans', plain(fonts.sans));
    document.registerFont('bold', plain(fonts.sansBold));
    document.registerFont('italic', plain(fonts.sansItalic));
    document.registerFont('mono', plain(fonts.mono));
    this.root = document.struct('Document');
    document.addStructure(this.root);
  }

  /** An empty document. pdfkit is large and needed for reports only, hence loaded here. */
  static async create(facts: DocumentFacts, fonts: ReportFonts, watermark: string | null): Promise<Canvas> {
    const { default: PDFDocument } = await import('pdfkit');
    const document = new PDFDocument({
      size: [PAGE.width, PAGE.height],
      margin: 0,
      autoFirstPage: false,
      bufferPages: true,
      pdfVersion: '1.7',
      subset: 'PDF/A-3a',
      tagged: true,
      lang: 'en',
      displayTitle: true,
      info: {
        Title: facts.title,
        Subject: facts.subject,
        Creator: facts.producer,
        Producer: facts.producer,
        // No ModDate: PDF/A wants its twin in the metadata, which pdfkit does not write.
        CreationDate: facts.created,
      },
      // Null: with no word about a font pdfkit loads Helvetica, which it cannot embed. Its types allow a name only.
      font: null as unknown as string,
    });
    return new Canvas(document, fonts, watermark);
  }

  addPage(): void {
    this.document.addPage();
    if (this.#watermark !== null) this.#drawWatermark(this.#watermark);
  }

  #drawWatermark(text: string): void {
    const { document } = this;
    this.artifact('Layout', () => {
      document.save();
      document.rotate(-52, { origin: [PAGE.width / 2, PAGE.height / 2] });
      document.font('bold').fontSize(104).fillColor(COLOR.watermark);
      const width = document.widthOfString(text);
      document.text(text, (PAGE.width - width) / 2, PAGE.height / 2 - 60, { lineBreak: false });
      document.restore();
    });
  }

  /** Draws what has no meaning of its own. */
  artifact(type: 'Pagination' | 'Layout', draw: () => void): void {
    this.document.markContent('Artifact', { type });
    draw();
    this.document.endMarkedContent();
  }

  /** Draws on the current page what belongs to an element of the structure. */
  content(element: Structure, tag: string, draw: () => void): void {
    const content = this.document.markStructureContent(tag);
    draw();
    this.document.endMarkedContent();
    element.add(content);
  }

  /** A new element below another one; the caller ends it when it is complete. */
  element(parent: Structure, type: string, options: { title?: string; scope?: string } = {}): Structure {
    const element = this.document.struct(type as Parameters<Document['struct']>[0], options);
    parent.add(element);
    return element;
  }

  /** Text in which every character can be seen: hidden ones, and those that the font lacks, as code points. */
  printable(text: string, font: FontName): string {
    let result = '';
    for (const character of text) {
      if (character === '\n') result += character;
      else {
        const shown = visibleText(character);
        result += shown !== character || this.#hasGlyph(character, font) ? shown : missing(character);
      }
    }
    return result;
  }

  #hasGlyph(character: string, font: FontName): boolean {
    const key = `${font}${character}`;
    let known = this.#glyphs.get(key);
    if (known === undefined) {
      this.document.font(font);
      const current = this.document as unknown as CurrentFont;
      known = current._font.font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0);
      this.#glyphs.set(key, known);
    }
    return known;
  }

  /** Width of a text in points, without blanks at its end. */
  width(whole: string, style: TextStyle): number {
    const text = whole.trimEnd();
    const key = `${style.font}${style.size}${text}`;
    let width = this.#widths.get(key);
    if (width === undefined) {
      width = this.document.font(style.font).fontSize(style.size).widthOfString(text);
      this.#widths.set(key, width);
    }
    return width;
  }

  /** Lines of a text in a column of a width. */
  lines(text: string, style: TextStyle, width: number): readonly string[] {
    const measure = (part: string): number => this.width(part, style);
    return breakText(this.printable(text, style.font), width, measure);
  }

  /** Puts one line; `y` is the top of its line box. To be called within `content` or `artifact`. */
  put(text: string, x: number, y: number, style: TextStyle): void {
    if (text === '') return;
    // The line box is taller than the font's own: set the text in its middle.
    const lead = (style.leading - style.size * 1.3) / 2;
    this.document.font(style.font).fontSize(style.size).fillColor(style.color);
    this.document.text(text, x, y + lead, { lineBreak: false });
  }

  /** Horizontal hairline. */
  rule(x: number, y: number, width: number, color: string = COLOR.rule, thickness = 0.5): void {
    this.artifact('Layout', () => {
      this.document
        .lineWidth(thickness)
        .strokeColor(color)
        .moveTo(x, y)
        .lineTo(x + width, y)
        .stroke();
    });
  }

  /** Filled rectangle. */
  band(x: number, y: number, width: number, height: number, color: string): void {
    this.artifact('Layout', () => {
      this.document.rect(x, y, width, height).fill(color);
    });
  }

  /** Ends the document and gives its bytes. */
  async finish(): Promise<Uint8Array> {
    this.root.end();
    this.document.end();
    await this.#finished;
    return new Uint8Array(Buffer.concat(this.#chunks));
  }
}

function missing(character: string): string {
  return `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`;
}
