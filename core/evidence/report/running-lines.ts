import type { Canvas } from './canvas.ts';
import type { ReportContext } from './section.ts';
import { CONTENT_WIDTH, PAGE, TEXT } from './style.ts';
import { VERDICT } from './verdict-banner.ts';

export const UNVERIFIED = 'UNVERIFIED';

/** Page header and footer, drawn when the number of pages is known. */
export function writeRunningLines(canvas: Canvas, { bundle, verified }: ReportContext, name: string): void {
  const { start, count } = canvas.document.bufferedPageRange();
  const right = PAGE.left + CONTENT_WIDTH;
  for (let page = 0; page < count; page += 1) {
    canvas.document.switchToPage(start + page);
    canvas.artifact('Pagination', () => {
      const left = verified ? name : `${UNVERIFIED}: the signature of this evidence was not verified`;
      canvas.put(left, PAGE.left, 38, verified ? TEXT.running : TEXT.runningBold);
      const run = `Run ${bundle.runId}`;
      canvas.put(run, right - canvas.width(run, TEXT.running), 38, TEXT.running);
      const { word } = VERDICT[bundle.verdict.value];
      const foot = PAGE.height - 42;
      canvas.put(`Verdict: ${word}`, PAGE.left, foot, TEXT.runningBold);
      const number = `Page ${page + 1} of ${count}`;
      canvas.put(number, right - canvas.width(number, TEXT.running), foot, TEXT.running);
    });
    canvas.rule(PAGE.left, 53, CONTENT_WIDTH);
    canvas.rule(PAGE.left, PAGE.height - 48, CONTENT_WIDTH);
  }
}
