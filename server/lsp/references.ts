import type { Location, Position } from 'vscode-languageserver';
import { addressAt, usesOfAddress } from './cross-device.ts';
import type { OpenDocument } from './documents.ts';
import { labPlaceOf } from './lab-place.ts';
import { rangeOf } from './ranges.ts';
import type { Session } from './session.ts';
import { definitionsOf, referencesOf, symbolAt } from './symbols.ts';

/**
 * `textDocument/references`: every use of the name within the device, and on request its definitions; of an address
 * every line of the lab that names it.
 */
export async function references(
  session: Session,
  document: OpenDocument,
  position: Position,
  withDefinitions: boolean,
): Promise<Location[]> {
  const config = await session.workspace.config(document);
  const address = addressAt(config, position);
  const place = address && (await labPlaceOf(session, document));
  if (place)
    return usesOfAddress(place.snapshot, address.address).map(({ node, span }) => ({
      uri: session.uris.uriOf(node.config.file),
      range: rangeOf(span),
    }));
  const symbol = symbolAt(config, position);
  if (!symbol) return [];
  const { kind, name } = symbol;
  return [...(withDefinitions ? definitionsOf(config, kind, name) : []), ...referencesOf(config, kind, name)]
    .map(({ span }) => ({ uri: document.uri, range: rangeOf(span) }))
    .sort((a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character);
}
