import type { RunDocumentParams } from '../protocol.ts';
import { readBundle } from './aegis-evidence.ts';
import { pathGiven } from './aegis-verify-evidence.ts';
import { requireTrust, type Session } from './session.ts';

/** `aegis/runDocument`: a run's evidence as a text. */
export async function runDocument(session: Session, { folder }: RunDocumentParams): Promise<string> {
  requireTrust(session);
  const read = await readBundle(pathGiven(session, folder));
  if (read === undefined) throw new Error(`There is no evidence package at ${folder}.`);
  if (!read.ok) throw new Error(`The evidence at ${folder} cannot be read: ${read.problem}`);
  const { runText } = await import('./run-text.ts');
  return runText(read.bundle);
}
