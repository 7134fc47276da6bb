import { type DocumentSymbol, SymbolKind } from 'vscode-languageserver';
import type { SymbolKind as NameKind } from '../../core/config/device/device.ts';
import type { ParsedConfig } from '../../core/config/parse.ts';
import { type Statement, statementText } from '../../core/config/tree.ts';
import type { OpenDocument } from './documents.ts';
import { rangeOf, wholeRange } from './ranges.ts';
import type { Session } from './session.ts';

/** What the outline shows for a name that a line defines. */
const KINDS: { readonly [K in NameKind]?: SymbolKind } = {
  interface: SymbolKind.Interface,
  vrf: SymbolKind.Namespace,
  'route-map': SymbolKind.Function,
  'prefix-list': SymbolKind.Array,
  'ipv6-prefix-list': SymbolKind.Array,
  'community-list': SymbolKind.Array,
  'extended-community-list': SymbolKind.Array,
  'large-community-list': SymbolKind.Array,
  'as-path-list': SymbolKind.Array,
  'access-list': SymbolKind.Array,
  'ipv6-access-list': SymbolKind.Array,
  'bgp-group': SymbolKind.Class,
  'bgp-neighbour': SymbolKind.Object,
  vlan: SymbolKind.Number,
  user: SymbolKind.Key,
};

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
    const name = definedName(config, statement);
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
        kind: KINDS[name.kind] ?? SymbolKind.Key,
      };
      named.set(key, symbol);
      symbols.push(symbol);
    } else if (isStanza) {
      symbols.push({
        ...symbolOf(config, statement),
        kind: (name && KINDS[name.kind]) ?? SymbolKind.Module,
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

/** The name that a line defines, or the neighbour that it is about. */
function definedName(
  config: ParsedConfig,
  statement: Statement,
): { readonly kind: NameKind; readonly text: string } | undefined {
  const match = config.matches.get(statement);
  if (!match || match.negated) return undefined;
  const { defines, refers } = match.entry;
  const [slot] = Object.keys(defines);
  const kind = slot === undefined ? undefined : defines[slot];
  const value = slot === undefined ? undefined : match.args[slot]?.value;
  if (kind !== undefined && value !== undefined) return { kind, text: String(value) };
  const peer = Object.keys(refers).find((name) => refers[name] === 'bgp-neighbour');
  const about = peer === undefined ? undefined : match.args[peer]?.value;
  return about === undefined ? undefined : { kind: 'bgp-neighbour', text: String(about) };
}
