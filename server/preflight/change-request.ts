import { withBuffers } from '../../core/network/load/buffer-reader.ts';
import type { FileReader } from '../../core/network/load/file-reader.ts';
import { type ConfigParser, type LoadOptions, loadSnapshot } from '../../core/network/load/load-snapshot.ts';
import { changeBetween } from '../../core/orchestrator/change.ts';
import { readFolderOverlay } from '../../core/orchestrator/change-sources/folder-overlay.ts';
import { pastedTexts } from '../../core/orchestrator/change-sources/pasted.ts';
import type { PreflightRequest } from '../../core/orchestrator/run.ts';

/** Where a change comes from, as a front door asks for it. */
export type ChangeOrigin =
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'pasted'; readonly device: string; readonly text: string }
  /** The files as they are, with unsaved buffers by path, against a git revision. */
  | { readonly kind: 'working_tree'; readonly revision: string; readonly buffers?: ReadonlyMap<string, string> };

export interface ChangeSettings {
  readonly reader: FileReader;
  readonly parse: ConfigParser;
  readonly dialectOfFile?: LoadOptions['dialectOfFile'];
  /** Makes two spellings of a path equal, for buffers. */
  readonly pathOf?: (path: string) => string;
  readonly operator: string;
  /** Overrides the intent that a change folder declares. */
  readonly intent?: string;
  readonly signal?: AbortSignal;
}

/** Loads the lab twice, as it is without and with the change. Throws `UnusableInput`. */
export async function changeRequest(
  lab: string,
  origin: ChangeOrigin,
  settings: ChangeSettings,
): Promise<PreflightRequest & { readonly title?: string }> {
  const { reader, parse, dialectOfFile, operator } = settings;
  const load = (from: FileReader) =>
    loadSnapshot(lab, { reader: from, parse, ...(dialectOfFile && { dialectOfFile }) });
  const request = (intent: string | undefined) => {
    const words = settings.intent ?? intent;
    return { operator, ...(words !== undefined && { intent: words }) };
  };
  if (origin.kind === 'working_tree') {
    const { gitBaseline } = await import('../files/git-baseline.ts');
    const after = await load(origin.buffers ? withBuffers(reader, origin.buffers, settings.pathOf) : reader);
    const { reader: past, commit } = await gitBaseline(after.folder, origin.revision, settings.signal);
    const before = await load(past);
    const change = changeBetween(before, after, 'working_tree', settings.intent ?? '');
    return { change, ...request(undefined), baseline: `git revision ${origin.revision} (${commit})` };
  }
  const before = await load(reader);
  const overlay =
    origin.kind === 'folder'
      ? await readFolderOverlay(origin.folder, before, reader)
      : { texts: pastedTexts(before, origin.device, origin.text) };
  const after = await load(withBuffers(reader, overlay.texts));
  const intent = 'intent' in overlay ? overlay.intent : undefined;
  const change = changeBetween(
    before,
    after,
    origin.kind === 'folder' ? 'folder_overlay' : 'pasted',
    settings.intent ?? intent ?? '',
  );
  return {
    change,
    ...request(intent),
    baseline: `the lab ${before.name} as it stands`,
    ...('record' in overlay && overlay.record !== undefined && { record: overlay.record }),
    ...('title' in overlay && overlay.title !== undefined && { title: overlay.title }),
  };
}
