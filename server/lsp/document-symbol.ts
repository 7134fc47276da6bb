import { type DocumentSymbol, SymbolKind } from 'vscode-languageserver';
import type { ParsedConfig } from '../../core/config/parse.ts';
import { type Statement, statementText } from '../../core/config/tree.ts';
import type { OpenDocument } from './documents.ts';
import { rangeOf, wholeRange } from './ranges.ts';
import type { Session } from './session.ts';
import { nameOnLine } from './stanzas.ts';
import { symbolKindOf } from './symbol-kinds.ts';

/** `textDocument/documentSymbol`: stanzas with what they define, nested as they stand. */
export async function documentSymbol(session: Session, document: OpenDocument): Promise<DocumentSymbol[]> {
  const config = await session.workspace.config(document);
  return outline(config, config.tree.statements);
}

function outline(config: ParsedConfig, statements: readonly Statement[]): DocumentSymbol[] {
  const symbols: DocumentSymbol[] = [];
  /** Names of this level that several lines define: a prefix-list's entries, a neighbour's settings. */
  const named = new Map<string, DocumentSymbol>();
  for (const statement of statements) {
    const name = nameOnLine(config, statement);
    const isStanza = statement.children.length > 0 || config.matches.get(statement)?.entry.enter !== undefined;
    if (name && !isStanza) {
      const key = `${name.kind} ${name.text}`;
      const known = named.get(key);
      const range = wholeRange(statement.span, config.tree.lines);
      if (known) {
        // Lines of one name that follow each other are one element.
        if (range.start.line === known.range.end.line + 1) known.range = { start: known.range.start, end: range.end };
        continue;
      }
      const symbol = {
        ...symbolOf(config, statement),
        name: name.text,
        detail: name.kind,
        kind: symbolKindOf(name.kind) ?? SymbolKind.Key,
      };
      named.set(key, symbol);
      symbols.push(symbol);
    } else if (isStanza) {
      symbols.push({
        ...symbolOf(config, statement),
        kind: (name && symbolKindOf(name.kind)) ?? SymbolKind.Module,
        children: outline(config, statement.children),
      });
    }
  }
  return symbols;
}

const symbolOf = (config: ParsedConfig, statement: Statement): DocumentSymbol => ({
  name: statementText(statement) || '(empty)',
  kind: SymbolKind.Module,
  range: wholeRange(statement.span, config.tree.lines),
  selectionRange: rangeOf(statement.span),
});
