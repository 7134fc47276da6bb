import { type DocumentHighlight, DocumentHighlightKind, type Position } from 'vscode-languageserver';
import { addressAt, addressUses } from './cross-device.ts';
import type { OpenDocument } from './documents.ts';
import { rangeOf } from './ranges.ts';
import type { Session } from './session.ts';
import { definitionsOf, referencesOf, symbolAt } from './symbols.ts';

/**
 * `textDocument/documentHighlight`: where the name stands; its definitions as writes, its uses as reads. An address is
 * made where an interface has it, and used wherever else it stands.
 */
export async function documentHighlight(
  session: Session,
  document: OpenDocument,
  position: Position,
): Promise<DocumentHighlight[]> {
  const config = await session.workspace.config(document);
  const address = addressAt(config, position)?.address;
  const uses = address === undefined ? [] : addressUses(config, address);
  if (uses.length > 0) {
    const interfaces = [...config.device.interfaces.values()];
    const owned = new Set(interfaces.flatMap(({ addresses }) => addresses.map(({ span }) => span.line)));
    return uses.map((span) => ({
      range: rangeOf(span),
      kind: owned.has(span.line) ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
    }));
  }
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
