import { dialectOfText } from '../../core/config/detect.ts';
import type { DialectParams, DialectResult } from '../protocol.ts';
import { isTopology } from './languages.ts';
import type { Session } from './session.ts';
import { dialectBySetting } from './settings.ts';

/** `aegis/dialect`: the language of a file, by the setting, the kind of the lab's node, or the content. */
export async function dialect(session: Session, { uri, text }: DialectParams): Promise<DialectResult> {
  const path = session.uris.pathOf(uri);
  if (path === undefined) return { dialect: dialectOfText(text) };
  if (isTopology(path)) return { dialect: 'unknown' };
  const set = dialectBySetting(session.settings, path, session.workspace.folderOf(path));
  if (set !== undefined) return { dialect: set };
  const lab = await session.workspace.labOfFile(path);
  const loaded = lab && (await session.workspace.load(lab));
  const node = [...(loaded?.snapshot?.nodes.values() ?? [])].find(({ config }) => config.file === path);
  return { dialect: node?.config.dialect ?? dialectOfText(text) };
}
