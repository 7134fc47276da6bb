import { cp, lstat, mkdir, rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { isMissing } from '../files/node-file-reader.ts';
import type { ExportEvidenceParams, ExportEvidenceResult } from '../protocol.ts';
import { pathGiven, verify } from './aegis-verify-evidence.ts';
import { requireTrust, type Session } from './session.ts';

/** `aegis/exportEvidence`: copies a package to a folder of its own name, after verifying it, and verifies the copy. */
export async function exportEvidence(session: Session, params: ExportEvidenceParams): Promise<ExportEvidenceResult> {
  requireTrust(session);
  const folder = resolve(pathGiven(session, params.folder));
  const destination = resolve(pathGiven(session, params.destination));
  const original = await verify(session, folder);
  const failed = original.checks.find(({ status }) => status !== 'ok');
  if (failed) throw new Error(`The package ${folder} is not exported, since it does not verify: ${failed.summary}`);
  const target = join(destination, basename(folder));
  if (await exists(target))
    throw new Error(`${target} exists already; choose another folder. Evidence is never overwritten.`);
  await mkdir(destination, { recursive: true });
  try {
    await cp(folder, target, { recursive: true, errorOnExist: true, force: false });
    const copy = await verify(session, target);
    if (!copy.ok) throw new Error(`The copy at ${target} does not verify and was removed; try again.`);
  } catch (error) {
    await rm(target, { recursive: true, force: true });
    throw error;
  }
  return { folder: target, report: join(target, 'report.pdf') };
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
