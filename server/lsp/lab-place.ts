import type { Snapshot, SnapshotNode } from '../../core/network/snapshot.ts';
import type { OpenDocument } from './documents.ts';
import type { Session } from './session.ts';
import type { WorkspaceLab } from './workspace.ts';

/** Where a document stands in a lab. */
export interface LabPlace {
  readonly lab: WorkspaceLab;
  readonly snapshot: Snapshot;
  /** The device that starts with the file, as it is in the editor now; undefined for the topology. */
  readonly node: SnapshotNode | undefined;
}

/** The lab of a document and its device there; undefined where it belongs to none, or the lab cannot be used. */
export async function labPlaceOf({ workspace }: Session, document: OpenDocument): Promise<LabPlace | undefined> {
  const lab = document.path === undefined ? undefined : await workspace.labOfFile(document.path);
  const snapshot = lab && (await workspace.load(lab)).snapshot;
  if (!lab || !snapshot) return undefined;
  const config = await workspace.config(document);
  const node = snapshot.nodes.get(config.device.name);
  return { lab, snapshot, node: node?.config.file === config.file ? node : undefined };
}
