/** The verdict as a word, a shape and a colour: a triangle, an octagon and a circle differ without any colour. */
import type { BundleVerdict } from '../bundle.ts';
import type { Document } from './canvas.ts';
import type { Flow } from './flow.ts';
import { COLOR, CONTENT_WIDTH, PAGE, TEXT } from './style.ts';

interface Look {
  readonly word: string;
  readonly meaning: string;
  readonly color: string;
  readonly band: string;
  readonly draw: (document: Document, x: number, y: number, r: number) => void;
}

export const VERDICT: Readonly<Record<BundleVerdict, Look>> = {
  ship_ready: {
    word: 'SHIP READY',
    meaning: 'Every test that this run requires was run and passed. The promotion gate decides separately.',
    color: COLOR.good,
    band: COLOR.goodBand,
    draw: (document, x, y, r) => {
      document.lineWidth(2.4).circle(x, y, r).stroke();
      document
        .moveTo(x - r * 0.45, y + r * 0.05)
        .lineTo(x - r * 0.1, y + r * 0.4)
        .lineTo(x + r * 0.5, y - r * 0.35)
        .stroke();
    },
  },
  needs_approval: {
    word: 'NEEDS APPROVAL',
    meaning: 'Nothing blocks this change, but a person must approve it before it may ship.',
    color: COLOR.caution,
    band: COLOR.cautionBand,
    draw: (document, x, y, r) => {
      document
        .lineWidth(2.4)
        .polygon([x, y - r], [x + r * 1.05, y + r * 0.82], [x - r * 1.05, y + r * 0.82])
        .stroke();
      document
        .moveTo(x, y - r * 0.35)
        .lineTo(x, y + r * 0.22)
        .stroke();
      document.circle(x, y + r * 0.52, 0.9).stroke();
    },
  },
  blocked: {
    word: 'BLOCKED',
    meaning: 'This change must not ship as it is. The reasons are below.',
    color: COLOR.bad,
    band: COLOR.badBand,
    draw: (document, x, y, r) => {
      const corners = Array.from({ length: 8 }, (_, index): [number, number] => {
        const angle = Math.PI / 8 + (index * Math.PI) / 4;
        return [x + r * 1.06 * Math.cos(angle), y + r * 1.06 * Math.sin(angle)];
      });
      document
        .lineWidth(2.4)
        .polygon(...corners)
        .stroke();
      document
        .moveTo(x - r * 0.4, y - r * 0.4)
        .lineTo(x + r * 0.4, y + r * 0.4)
        .stroke();
      document
        .moveTo(x + r * 0.4, y - r * 0.4)
        .lineTo(x - r * 0.4, y + r * 0.4)
        .stroke();
    },
  },
};

const HEIGHT = 66;

/** A box over the whole width with the verdict and what it means. */
export function writeVerdictBanner(flow: Flow, verdict: BundleVerdict): void {
  const { canvas } = flow;
  const look = VERDICT[verdict];
  const top = flow.y;
  canvas.artifact('Layout', () => {
    const { document } = canvas;
    document.rect(PAGE.left, top, CONTENT_WIDTH, HEIGHT).fill(look.band);
    document.lineWidth(1.2).strokeColor(look.color).rect(PAGE.left, top, CONTENT_WIDTH, HEIGHT).stroke();
    document.lineCap('round').lineJoin('round').strokeColor(look.color);
    look.draw(document, PAGE.left + 36, top + HEIGHT / 2, 17);
  });
  for (const [text, offset, style] of [
    [look.word, 11, { ...TEXT.verdict, color: look.color }],
    [look.meaning, 39, TEXT.body],
  ] as const) {
    const element = canvas.element(flow.sectionElement, 'P');
    canvas.content(element, 'P', () => canvas.put(text, PAGE.left + 72, top + offset, style));
    element.end();
  }
  flow.y = top + HEIGHT + 12;
}
