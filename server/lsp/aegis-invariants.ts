import type { CancellationToken } from 'vscode-languageserver';
import type { InvariantsParams, InvariantsResult } from '../protocol.ts';
import { signalOfToken } from './cancellation.ts';
import { labTask } from './lab-task.ts';
import { lineRange } from './ranges.ts';
import { requireTrust, type Session } from './session.ts';

/** `aegis/invariants`: what the lab declares and whether it holds in the lab as it is in the editor now. */
export async function invariants(
  session: Session,
  { lab: id }: InvariantsParams,
  cancellation: CancellationToken,
): Promise<InvariantsResult> {
  requireTrust(session);
  const lab = await session.requireLab(id);
  const outcomes = await session.engine.invariants(await labTask(session, lab), signalOfToken(cancellation));
  return {
    lab: id,
    invariants: outcomes.map(({ file, line, places, ...outcome }) => ({
      ...outcome,
      uri: session.uris.uriOf(file),
      range: lineRange(line),
      places: places.map((place) => ({
        text: place.text,
        uri: session.uris.uriOf(place.file),
        range: lineRange(place.line),
      })),
    })),
  };
}
