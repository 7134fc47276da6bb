import type { ParsedConfig } from '../../core/config/parse.ts';
import type { Session } from './session.ts';

/** The configuration behind a URI: an open document, or a file of a lab. */
export async function configOfUri(
  { documents, workspace, uris }: Session,
  uri: string,
): Promise<ParsedConfig | undefined> {
  const document = documents.get(uri);
  if (document) return workspace.config(document);
  const path = uris.pathOf(uri);
  const lab = path === undefined ? undefined : await workspace.labOfFile(path);
  if (!lab) return undefined;
  const { snapshot } = await workspace.load(lab);
  for (const { config } of snapshot?.nodes.values() ?? [])
    if (uris.uriOf(config.file) === uris.uriOf(path ?? '')) return config;
  return undefined;
}
