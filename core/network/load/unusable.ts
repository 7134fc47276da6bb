import type { SnapshotProblem } from '../snapshot.ts';

/** Where and why an input cannot be used. */
export type InputProblem = SnapshotProblem;

/** `file:line: message`, lines counted from 1. */
export const problemLine = ({ file, span, message }: InputProblem): string =>
  `${file}${span ? `:${span.line + 1}` : ''}: ${message}`;

/**
 * An input from which nothing can be made: a lab that is not there, a topology that is not one. `message` is one clear
 * line about the first problem and says how many more there are; `problems` holds them all.
 */
export class UnusableInput extends Error {
  readonly problems: readonly InputProblem[];

  constructor(problems: readonly InputProblem[]) {
    const [first, ...more] = problems;
    const rest = more.length === 0 ? '' : ` (and ${more.length} more problem${more.length === 1 ? '' : 's'})`;
    super(first ? `${problemLine(first)}${rest}` : 'The input cannot be used.');
    this.name = 'UnusableInput';
    this.problems = problems;
  }
}

/** The problem of a file, at a line counted from 0 where one is known. */
export function unusable(file: string, message: string, line?: number): UnusableInput {
  return new UnusableInput([inputProblem(file, message, line)]);
}

export const inputProblem = (file: string, message: string, line?: number): InputProblem => ({
  file,
  ...(line !== undefined && { span: { line, start: 0, end: 0 } }),
  message,
});
