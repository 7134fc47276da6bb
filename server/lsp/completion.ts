import { type CompletionItem, CompletionItemKind, type Position } from 'vscode-languageserver';
import type { Table } from '../../core/config/command-table.ts';
import type { SymbolKind } from '../../core/config/device/device.ts';
import type { Dialect } from '../../core/config/dialect.ts';
import { dialects } from '../../core/config/dialects/index.ts';
import { type Expected, expectedNext } from '../../core/config/expected.ts';
import type { ParsedConfig } from '../../core/config/parse.ts';
import { wordsOf } from '../../core/config/readers/indented.ts';
import type { OpenDocument } from './documents.ts';
import type { Session } from './session.ts';
import { statementsByLine } from './statements.ts';

/** `textDocument/completion`: the words that the mode's commands go on with, and the names that they may use. */
export async function completion(
  session: Session,
  document: OpenDocument,
  position: Position,
): Promise<CompletionItem[]> {
  const config = await session.workspace.config(document);
  const dialect = dialects.get(config.dialect);
  if (!dialect) return [];
  const line = (config.tree.lines[position.line] ?? '').slice(0, position.character);
  const from = position.character - (/[^\s]*$/.exec(line)?.[0].length ?? 0);
  const table = modeAt(config, dialect, position.line, /^\s*/.exec(line)?.[0].length ?? 0);
  if (!table) return [];
  const words = wordsOf(line.slice(0, from), 0, true);
  const setForm = dialect.matching.inlineModes && (words[0]?.text === 'set' || words[0]?.text === 'delete');
  const expected = expectedNext(setForm ? dialect.commands : table, setForm ? words.slice(1) : words, dialect.matching);
  const range = { start: { line: position.line, character: from }, end: position };
  return expected
    .flatMap((one) => itemsOf(config, one))
    .map((item, index) => ({
      ...item,
      sortText: String(index).padStart(4, '0'),
      textEdit: { range, newText: item.label },
    }));
}

/** The commands that may stand on a line: those of the mode that the nearest line above with less indentation opens. */
function modeAt(config: ParsedConfig, dialect: Dialect, line: number, indent: number): Table | undefined {
  if (indent === 0) return dialect.commands;
  const index = statementsByLine(config);
  for (let above = line - 1; above >= 0; above -= 1) {
    const placed = index.get(above);
    if (!placed || placed.statement.span.start >= indent) continue;
    const opened = config.matches.get(placed.statement)?.entry.children;
    if (opened) return opened;
    // A command that opens no mode: the line continues the mode in which that command stands.
    const parent = placed.parents.at(-1);
    return parent ? config.matches.get(parent)?.entry.children : undefined;
  }
  return dialect.commands;
}

function itemsOf(config: ParsedConfig, expected: Expected): readonly CompletionItem[] {
  if (expected.kind === 'literal') {
    const { doc, pattern } = expected.entry;
    return [{ label: expected.text, kind: CompletionItemKind.Keyword, detail: pattern, documentation: doc }];
  }
  const names = namesOf(config, expected);
  return names.map((label) => ({
    label,
    kind: CompletionItemKind.Reference,
    detail: expected.refers ?? expected.name,
  }));
}

/** Names of the device that fit a slot, in the order of the file. */
function namesOf({ device }: ParsedConfig, { refers, type }: Expected & { readonly kind: 'slot' }): readonly string[] {
  const kind: SymbolKind | undefined = refers ?? (type === 'peer' ? 'bgp-neighbour' : undefined);
  const defined =
    kind === undefined ? [] : device.definitions.filter((one) => one.kind === kind).map(({ name }) => name);
  const interfaces = kind === 'interface' || type === 'interface' ? [...device.interfaces.keys()] : [];
  const vlans = type === 'vlan' || type === 'vlans' ? [...device.vlans.keys()].map(String) : [];
  return [...new Set([...defined, ...interfaces, ...vlans])];
}
