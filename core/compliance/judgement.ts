/** What is known about one control on one device: it holds, it does not, it does not concern the device, or nobody could tell. */
export type ControlStatus = 'pass' | 'fail' | 'not_applicable' | 'not_tested';

/** What an answer rests on: a line of a configuration, or the place at which a line is missing. */
export interface Citation {
  readonly device: string;
  /** As the caller names the configuration's file. Null for a fact of the run. */
  readonly file: string | null;
  /** Counted from 1. Null where the whole file is meant: no line of it says what is asked for. */
  readonly line: number | null;
  readonly text: string;
}

export interface Judgement {
  readonly status: ControlStatus;
  readonly citations: readonly Citation[];
}

/** Severest first: one failure fails the whole, one gap leaves it untested, and what does not apply says nothing. */
const ORDER: readonly ControlStatus[] = ['fail', 'not_tested', 'pass', 'not_applicable'];

/** The severest of several statuses; `not_applicable` of none. */
export const severest = (statuses: readonly ControlStatus[]): ControlStatus =>
  ORDER.find((status) => statuses.includes(status)) ?? 'not_applicable';

/** Several answers as one, with the citations of those that decide it. */
export function together(parts: readonly Judgement[]): Judgement {
  const status = severest(parts.map((part) => part.status));
  return { status, citations: parts.flatMap((part) => (part.status === status ? part.citations : [])) };
}
