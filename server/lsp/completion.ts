import { type CompletionItem, CompletionItemKind, type Position } from 'vscode-languageserver';
import type { Table } from '../../core/config/command-table.ts';
import type { SymbolKind } from '../../core/config/device/device.ts';
import type { Dialect } from '../../core/config/dialect.ts';
import { dialects } from '../../core/config/dialects/index.ts';
import { type Expected, expectedNext } from '../../core/config/expected.ts';
import type { ParsedConfig } from '../../core/config/parse.ts';
import { wordsOf } from '../../core/config/readers/indented.ts';
import type { Statement } from '../../core/config/tree.ts';
import { offersOf } from './completion-peers.ts';
import type { OpenDocument } from './documents.ts';
import { labPlaceOf } from './lab-place.ts';
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
  const above = stanzasAbove(config, position.line, /^\s*/.exec(line)?.[0].length ?? 0);
  const table = modeAt(config, dialect, above);
  if (!table) return [];
  const words = wordsOf(line.slice(0, from), 0, true);
  const setForm = dialect.matching.inlineModes && (words[0]?.text === 'set' || words[0]?.text === 'delete');
  const expected = expectedNext(setForm ? dialect.commands : table, setForm ? words.slice(1) : words, dialect.matching);
  const range = { start: { line: position.line, character: from }, end: position };
  const slots = expected.some((one) => one.kind === 'slot' && (one.type === 'peer' || one.type === 'asn'));
  const place = slots ? await labPlaceOf(session, document) : undefined;
  const around = [...above.toReversed().flatMap((one) => one.words), ...words].map(({ text }) => text);
  const fromLab = (one: Expected): readonly CompletionItem[] =>
    place && one.kind === 'slot'
      ? offersOf(place, one, around).map((offer) => ({ ...offer, kind: CompletionItemKind.Value }))
      : [];
  return distinct(expected.flatMap((one) => [...itemsOf(config, one), ...fromLab(one)])).map((item, index) => ({
    ...item,
    sortText: String(index).padStart(4, '0'),
    textEdit: { range, newText: item.label },
  }));
}

/** The stanzas that a line with this indentation stands in, innermost first; none at the top level. */
function stanzasAbove(config: ParsedConfig, line: number, indent: number): readonly Statement[] {
  if (indent === 0) return [];
  const index = statementsByLine(config);
  for (let above = line - 1; above >= 0; above -= 1) {
    const placed = index.get(above);
    if (!placed || placed.statement.span.start >= indent) continue;
    const parents = placed.parents.toReversed();
    const opens = config.matches.get(placed.statement)?.entry.children !== undefined;
    // A command that opens no mode: the line continues the mode in which that command stands.
    return opens ? [placed.statement, ...parents] : parents;
  }
  return [];
}

/** The commands that may stand in the innermost of these stanzas; undefined in one that is not modelled. */
const modeAt = (config: ParsedConfig, dialect: Dialect, [innermost]: readonly Statement[]): Table | undefined =>
  innermost ? config.matches.get(innermost)?.entry.children : dialect.commands;

/** What the device and the lab both have is offered once. */
const distinct = (items: readonly CompletionItem[]): readonly CompletionItem[] => [
  ...new Map(items.map((item) => [item.label, item])).values(),
];

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
