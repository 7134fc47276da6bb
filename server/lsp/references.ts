import type { Location, Position } from 'vscode-languageserver';
import type { OpenDocument } from './documents.ts';
import { rangeOf } from './ranges.ts';
import type { Session } from './session.ts';
import { definitionsOf, referencesOf, symbolAt } from './symbols.ts';

/** `textDocument/references`: every use of the name within the device, and on request its definitions. */
export async function references(
  session: Session,
  document: OpenDocument,
  position: Position,
  withDefinitions: boolean,
): Promise<Location[]> {
  const config = await session.workspace.config(document);
  const symbol = symbolAt(config, position);
  if (!symbol) return [];
  const { kind, name } = symbol;
  return [...(withDefinitions ? definitionsOf(config, kind, name) : []), ...referencesOf(config, kind, name)]
    .map(({ span }) => ({ uri: document.uri, range: rangeOf(span) }))
    .sort((a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character);
}
