import type { Location, Position } from 'vscode-languageserver';
import type { OpenDocument } from './documents.ts';
import { rangeOf } from './ranges.ts';
import type { Session } from './session.ts';
import { definitionsOf, symbolAt } from './symbols.ts';

/** `textDocument/definition`: the lines that define the name, within the device. */
export async function definition(session: Session, document: OpenDocument, position: Position): Promise<Location[]> {
  const config = await session.workspace.config(document);
  const symbol = symbolAt(config, position);
  if (!symbol) return [];
  return definitionsOf(config, symbol.kind, symbol.name).map(({ span }) => ({
    uri: document.uri,
    range: rangeOf(span),
  }));
}
