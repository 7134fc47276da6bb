import type { Canvas, Structure } from './canvas.ts';

/** Where the next thing is set: what writes below what was written before it needs this much of the writer. */
export interface Flow {
  readonly canvas: Canvas;
  /** Top of the next line on the current page. */
  y: number;
  /** The section to which the next element belongs. */
  readonly sectionElement: Structure;
  newPage(): void;
  /** Starts a new page unless this much room is left. */
  keep(height: number): void;
}
