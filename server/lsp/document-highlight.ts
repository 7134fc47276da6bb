import { type DocumentHighlight, DocumentHighlightKind, type Position } from 'vscode-languageserver';
import type { OpenDocument } from './documents.ts';
import { rangeOf } from './ranges.ts';
import type { Session } from './session.ts';
import { definitionsOf, referencesOf, symbolAt } from './symbols.ts';

/** `textDocument/documentHighlight`: where the name stands; its definitions as writes, its uses as reads. */
export async function documentHighlight(
  session: Session,
  document: OpenDocument,
  position: Position,
): Promise<DocumentHighlight[]> {
  const config = await session.workspace.config(document);
  const symbol = symbolAt(config, position);
  if (!symbol) return [];
  const { kind, name } = symbol;
  return [
    ...definitionsOf(config, kind, name).map(({ span }) => ({
      range: rangeOf(span),
      kind: DocumentHighlightKind.Write,
    })),
    ...referencesOf(config, kind, name).map(({ span }) => ({ range: rangeOf(span), kind: DocumentHighlightKind.Read })),
  ];
}
