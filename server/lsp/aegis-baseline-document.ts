import type { EvidenceBundle } from '../../core/evidence/bundle.ts';
import type { BaselineDocumentParams, BaselineDocumentResult } from '../protocol.ts';
import { evidence } from './aegis-evidence.ts';
import { allowedSignersOf } from './aegis-verify-evidence.ts';
import { requireTrust, type Session } from './session.ts';
import type { WorkspaceLab } from './workspace.ts';

/** Packages that are verified for one answer, newest first: behind more that do not count there is nothing of today. */
const MOST_VERIFIED = 20;

/** `aegis/baselineDocument`: a device's configuration as the baseline has it; null where the baseline has none. */
export async function baselineDocument(
  session: Session,
  { uri, source, trust }: BaselineDocumentParams,
): Promise<BaselineDocumentResult> {
  requireTrust(session);
  const path = session.uris.pathOf(uri);
  const lab = path === undefined ? undefined : await session.workspace.labOfFile(path);
  const snapshot = lab && (await session.workspace.load(lab)).snapshot;
  const node = [...(snapshot?.nodes.values() ?? [])].find(({ config }) => config.file === path);
  if (!lab || !snapshot || !node) return null;
  if (source === 'evidence') return lastAccepted(session, snapshot.name, node.name, trust);
  const baseline = await gitBaseline(session, lab);
  const text = baseline?.snapshot.nodes.get(node.name)?.config.text;
  return text === undefined || baseline === undefined ? null : { text, title: baseline.title };
}

/** Read again: the reference may name another commit than before. */
async function gitBaseline({ baselines }: Session, lab: WorkspaceLab) {
  await baselines.refresh(lab);
  return baselines.get(lab);
}

/** From the newest package of the lab that verifies and whose change was accepted. A package is believed only so. */
async function lastAccepted(
  session: Session,
  lab: string,
  device: string,
  trust: string | undefined,
): Promise<BaselineDocumentResult> {
  const runs = (await evidence(session)).filter(
    ({ problem, verdict, lab: name }) => problem === undefined && verdict !== 'blocked' && name === lab,
  );
  if (runs.length === 0) return null;
  const allowedSigners = await allowedSignersOf(session, trust);
  for (const { folder, runId } of runs.slice(0, MOST_VERIFIED)) {
    const accepted = await readAccepted(folder, allowedSigners);
    if (accepted === undefined) continue;
    const { configurationAfter } = await import('./accepted-run.ts');
    const text = configurationAfter(accepted.bundle, accepted.files, device);
    return text === undefined ? null : { text, title: `run ${runId}` };
  }
  return null;
}

interface Accepted {
  readonly bundle: EvidenceBundle;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

async function readAccepted(folder: string, allowedSigners: string): Promise<Accepted | undefined> {
  const [{ readPackage }, { verifyContents }, { isAccepted }] = await Promise.all([
    import('../../core/evidence/files.ts'),
    import('../../core/evidence/package/verify.ts'),
    import('./accepted-run.ts'),
  ]);
  const contents = await readPackage(folder);
  const { bundle } = verifyContents(contents, { allowedSigners, principal: null, now: Date.now() });
  return bundle && isAccepted(bundle, contents.files) ? { bundle, files: contents.files } : undefined;
}
