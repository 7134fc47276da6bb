import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Verification } from '../../core/evidence/package/verify.ts';
import { isMissing } from '../files/node-file-reader.ts';
import type { VerifyEvidenceParams, VerifyEvidenceResult } from '../protocol.ts';
import { requireTrust, type Session } from './session.ts';

/** `aegis/verifyEvidence`: every check of a package, against the keys that the user trusts. */
export async function verifyEvidence(
  session: Session,
  { folder, trust }: VerifyEvidenceParams,
): Promise<VerifyEvidenceResult> {
  requireTrust(session);
  const { ok, checks } = await verify(session, pathGiven(session, folder), trust);
  return {
    ok,
    checks: checks.map(({ title, status, summary, problems }) => ({
      name: title,
      ok: status === 'ok',
      detail: [
        status === 'not_run' ? `Not run. ${summary}` : summary,
        ...problems.map(({ file, message, action }) => `${file === undefined ? '' : `${file}: `}${message} ${action}`),
      ].join('\n'),
    })),
  };
}

/** Verifies a package. `trust` is a file of trusted keys; the user's own when absent. */
export async function verify(session: Session, folder: string, trust?: string): Promise<Verification> {
  const [{ readPackage }, { verifyContents }, { ownConfigFolder, ownTrust }, { recordedTime }] = await Promise.all([
    import('../../core/evidence/files.ts'),
    import('../../core/evidence/package/verify.ts'),
    import('../site/trust.ts'),
    import('../site/recorded.ts'),
  ]);
  const allowedSigners = await allowedSignersOf(session, trust);
  try {
    const now = Date.now();
    const { revokedKeys } = await ownTrust(ownConfigFolder(session.options.keyFolder));
    const contents = await readPackage(folder);
    const recordedAt = await recordedTime(folder, contents, { allowedSigners, revokedKeys, now });
    return verifyContents(contents, {
      allowedSigners,
      revokedKeys,
      principal: null,
      now,
      ...(recordedAt !== null && { recordedAt }),
    });
  } catch (error) {
    if (isMissing(error)) throw new Error(`There is no evidence package at ${folder}.`);
    throw error;
  }
}

/** The text of the file of trusted keys; the user's own when none is given. Throws a sentence when there is none. */
export async function allowedSignersOf(session: Session, trust: string | undefined): Promise<string> {
  const { defaultConfigFolder } = await import('../../core/evidence/key-store.ts');
  const own = session.options.keyFolder ?? defaultConfigFolder(process.env, process.platform, homedir());
  const file = trust === undefined ? join(own, 'allowed_signers') : pathGiven(session, trust);
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const why = isMissing(error) ? 'it does not exist' : 'it cannot be read';
    throw new Error(`The file of trusted keys ${file} is needed to verify evidence, and ${why}.`);
  }
}

/** A path that the client gave as a path or as a URI. */
export const pathGiven = ({ uris }: Session, given: string): string =>
  /^(file|vscode-remote):/.test(given) ? (uris.pathOf(given) ?? given) : given;
