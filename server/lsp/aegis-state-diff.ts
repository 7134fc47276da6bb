import type { CancellationToken } from 'vscode-languageserver';
import type { StateDiffOutcome } from '../engine/engine.ts';
import type { RibDocumentParams, StateDiffParams, StateDiffResult } from '../protocol.ts';
import { signalOfToken } from './cancellation.ts';
import { labTask } from './lab-task.ts';
import { requireTrust, type Session } from './session.ts';

/** `aegis/stateDiff`: what the working tree does to routes and sessions, without a verdict and without evidence. */
export async function stateDiff(
  session: Session,
  { lab: id }: StateDiffParams,
  cancellation: CancellationToken,
): Promise<StateDiffResult> {
  requireTrust(session);
  const lab = await session.requireLab(id);
  const outcome = await session.engine.stateDiff(await labTask(session, lab), signalOfToken(cancellation));
  const whole = { device: null, before: outcome.before, after: outcome.after };
  const own = outcome.devices.map(({ node, before, after }) => ({ device: node, before, after }));
  return {
    lab: id,
    devices: outcome.devices.map(({ node, file, before: _before, after: _after, ...counts }) => ({
      device: node,
      uri: session.uris.uriOf(file),
      ...counts,
    })),
    documents: session.ribDocuments.add(outcome.lab, [whole, ...own]),
    lines: lineCounts(session, outcome),
  };
}

/** `aegis/ribDocument`: the text behind a virtual document; a sentence when it is too old. */
export const ribDocument = (session: Session, { uri }: RibDocumentParams): string =>
  session.ribDocuments.get(uri) ?? 'This state is no longer kept. Run "AEGIS: Show State Diff" again.\n';

/**
 * Counts for the ends of changed lines. All changes take effect together, so each changed stretch shows the whole
 * effect; which line causes which part is not said, since it is not known.
 */
function lineCounts(
  { uris }: Session,
  { counts, changes, details, devices }: StateDiffOutcome,
): StateDiffResult['lines'] {
  const text = summary(counts);
  const affected = devices.map(({ node }) => node).join(', ');
  const several = changes.length > 1 ? `All ${changes.length} changes together. ` : '';
  const detail = [`${several}Devices: ${affected || 'none'}.`, ...details].join('\n');
  return changes.map(({ file, line, count }) => {
    const at = Math.max(0, count === 0 ? line - 1 : line);
    return {
      uri: uris.uriOf(file),
      range: { start: { line: at, character: 0 }, end: { line: at, character: 0 } },
      text,
      detail,
    };
  });
}

/** `-3 routes, +1 route, ~2 changed, -1 session`: signs and words, whatever the colour. */
export function summary({
  routesAdded,
  routesRemoved,
  routesChanged,
  sessionsLost,
  sessionsAdded,
}: StateDiffOutcome['counts']): string {
  const part = (sign: string, count: number, one: string): readonly string[] =>
    count === 0 ? [] : [`${sign}${count} ${one}${count === 1 ? '' : 's'}`];
  const parts = [
    ...part('-', routesRemoved, 'route'),
    ...part('+', routesAdded, 'route'),
    ...part('~', routesChanged, 'route'),
    ...part('-', sessionsLost, 'session'),
    ...part('+', sessionsAdded, 'session'),
  ];
  return parts.length === 0 ? 'no change of state' : parts.join(', ');
}
