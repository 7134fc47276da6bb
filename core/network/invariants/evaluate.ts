import type { Reason } from '../state.ts';
import { prefixAdvertised, prefixPresent, sessionsEstablished } from './routes.ts';
import type { Declaration } from './schema.ts';
import { statementOf } from './statement.ts';
import { type Finding, type InvariantStatus, notTested, type Subject } from './subject.ts';
import { isolated, noLoops, pathAvoids, pathThrough, reachable, redundancy } from './traffic.ts';

/** What became of one invariant in one state. */
export interface InvariantResult {
  readonly declaration: Declaration;
  readonly status: InvariantStatus;
  /** What must hold, and what was found, in sentences. */
  readonly expected: string;
  readonly actual: string;
  /** Configuration lines behind what was found. */
  readonly places: readonly Reason[];
}

/** An invariant before and after the change. */
export interface InvariantRow {
  readonly declaration: Declaration;
  readonly before: InvariantResult;
  readonly after: InvariantResult;
  /** The change takes the declaration out of the file, or alters it; what it demanded still counts. */
  readonly withdrawn: boolean;
}

function findingOf(subject: Subject, { kind, settings }: Declaration): Finding {
  switch (kind) {
    case 'sessions-established':
      return sessionsEstablished(subject, settings);
    case 'reachable':
      return reachable(subject, settings);
    case 'isolated':
      return isolated(subject, settings);
    case 'path-through':
      return pathThrough(subject, settings);
    case 'path-avoids':
      return pathAvoids(subject, settings);
    case 'no-loops':
      return noLoops(subject);
    case 'redundancy':
      return redundancy(subject, settings);
    case 'prefix-present':
      return prefixPresent(subject, settings, true);
    case 'prefix-absent':
      return prefixPresent(subject, settings, false);
    case 'prefix-advertised':
      return prefixAdvertised(subject, settings, true);
    case 'prefix-not-advertised':
      return prefixAdvertised(subject, settings, false);
  }
}

/** Evaluates a declaration. In a network without a stable state nothing holds and nothing is broken. */
export function evaluate(subject: Subject, declaration: Declaration): InvariantResult {
  const { status, actual, places } = subject.state.converged
    ? findingOf(subject, declaration)
    : notTested('The network has no stable state.');
  return { declaration, status, expected: statementOf(declaration), actual, places };
}

export const evaluateAll = (subject: Subject, declarations: readonly Declaration[]): readonly InvariantResult[] =>
  declarations.map((declaration) => {
    subject.checkCancelled();
    return evaluate(subject, declaration);
  });
