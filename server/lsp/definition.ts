import type { Location, Position } from 'vscode-languageserver';
import { leadsTo } from './cross-device.ts';
import type { OpenDocument } from './documents.ts';
import { labPlaceOf } from './lab-place.ts';
import { rangeOf } from './ranges.ts';
import type { Session } from './session.ts';
import { definitionsOf, symbolAt } from './symbols.ts';

/**
 * `textDocument/definition`: the lines that define the name within the device; for what several devices share the place
 * in the other one (a neighbour's address: the peer's interface; an interface: the other end of its link).
 */
export async function definition(session: Session, document: OpenDocument, position: Position): Promise<Location[]> {
  const config = await session.workspace.config(document);
  const place = await labPlaceOf(session, document);
  const elsewhere = place ? leadsTo(config, place, position) : [];
  if (elsewhere.length > 0)
    return elsewhere.map(({ node, span }) => ({ uri: session.uris.uriOf(node.config.file), range: rangeOf(span) }));
  const symbol = symbolAt(config, position);
  if (!symbol) return [];
  return definitionsOf(config, symbol.kind, symbol.name).map(({ span }) => ({
    uri: document.uri,
    range: rangeOf(span),
  }));
}
