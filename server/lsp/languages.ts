import { dialectOfText } from '../../core/config/detect.ts';
import type { OpenDocument } from './documents.ts';
import type { Session } from './session.ts';

/** The file in which a lab declares what must hold. */
export const isLabFile = (path: string): boolean => /(?:^|\/)aegis\.yml$/.test(path);

/** The site's policy. */
export const isPolicyFile = (path: string): boolean => /(?:^|\/)aegis\.policy\.yml$/.test(path);

export const isTopology = (path: string): boolean => /\.clab\.ya?ml$/.test(path);

/** Files that are never a configuration, whatever their text looks like. */
const OTHER = /\.(ya?ml|json|md|[cm]?[jt]sx?|py|sh|html|css|pdf|tmLanguage)$/i;

/** Whether a document is checked: a configuration of a lab, one by its language, or one by its content. */
export async function isConfiguration(session: Session, { path, languageId, text }: OpenDocument): Promise<boolean> {
  if (languageId.startsWith('aegis-')) return true;
  if (path !== undefined && (await session.workspace.isLabConfiguration(path))) return true;
  return languageId === 'plaintext' && !OTHER.test(path ?? '') && dialectOfText(text) !== 'unknown';
}
