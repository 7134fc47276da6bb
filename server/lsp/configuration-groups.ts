import { type Position, SymbolKind, type TypeHierarchyItem } from 'vscode-languageserver';
import type { ParsedConfig } from '../../core/config/parse.ts';
import { type Statement, statementText } from '../../core/config/tree.ts';
import { rangeOf, wholeRange } from './ranges.ts';
import { statementAt, statementsByLine } from './statements.ts';

/*
 * Junos configuration groups as a hierarchy: a group is above the stanzas that take it over by `apply-groups` (Junos OS
 * CLI User Guide, "Configuration Groups").
 */

/** What finds an item again: a group by its name, a stanza that applies groups by its line. */
export type GroupPlace =
  | { readonly kind: 'configuration-group'; readonly name: string }
  | { readonly kind: 'applies-groups'; readonly line: number };

/** The groups that a configuration has, by name. */
const groupsOf = ({ tree }: ParsedConfig): ReadonlyMap<string, Statement> =>
  new Map(
    tree.statements
      .filter(({ words }) => words[0]?.text === 'groups')
      .flatMap((top) => top.children.map((group) => [group.words[0]?.text ?? '', group] as const)),
  );

const isApply = ({ words }: Statement): boolean => words[0]?.text === 'apply-groups';

const appliedBy = ({ children }: Statement): readonly string[] =>
  children.filter(isApply).flatMap(({ words }) => words.slice(1).map(({ text }) => text));

/** The group or the applying stanza at a position; undefined where there is neither. */
export function groupsAt(
  config: ParsedConfig,
  uri: string,
  position: Position,
): readonly TypeHierarchyItem[] | undefined {
  const groups = groupsOf(config);
  if (groups.size === 0) return undefined;
  const placed = statementAt(config, position.line, position.character);
  if (!placed) return undefined;
  const { statement, parents } = placed;
  const word = statement.words.find(({ start, end }) => start <= position.character && position.character <= end);
  const isGroup = parents.length === 1 && parents[0]?.words[0]?.text === 'groups';
  const group = isApply(statement) || isGroup ? groups.get(word?.text ?? '') : undefined;
  if (group && word) return [groupItem(config, uri, word.text, group)];
  return appliedBy(statement).length > 0 ? [stanzaItem(config, uri, statement)] : undefined;
}

/** The groups that a stanza applies, the one that wins first. */
export function groupsAbove(config: ParsedConfig, uri: string, place: GroupPlace): TypeHierarchyItem[] {
  if (place.kind === 'configuration-group') return [];
  const stanza = statementsByLine(config).get(place.line)?.statement;
  const groups = groupsOf(config);
  return (stanza ? appliedBy(stanza) : []).flatMap((name) => {
    const group = groups.get(name);
    return group ? [groupItem(config, uri, name, group)] : [];
  });
}

/** The stanzas that apply a group; a line that applies it to the whole configuration stands for itself. */
export function stanzasBelow(config: ParsedConfig, uri: string, place: GroupPlace): TypeHierarchyItem[] {
  if (place.kind !== 'configuration-group') return [];
  const found: Statement[] = [];
  const open: { readonly statement: Statement; readonly parent: Statement | undefined }[] = config.tree.statements.map(
    (statement) => ({ statement, parent: undefined }),
  );
  for (let next = open.pop(); next; next = open.pop()) {
    const { statement, parent } = next;
    if (isApply(statement) && statement.words.slice(1).some(({ text }) => text === place.name))
      found.push(parent ?? statement);
    for (const child of statement.children) open.push({ statement: child, parent: statement });
  }
  return found.sort((a, b) => a.span.line - b.span.line).map((statement) => stanzaItem(config, uri, statement));
}

function groupItem(config: ParsedConfig, uri: string, name: string, { span }: Statement): TypeHierarchyItem {
  const place: GroupPlace = { kind: 'configuration-group', name };
  return {
    ...{ name, uri, kind: SymbolKind.Class, detail: `configuration group, ${config.device.name}` },
    ...{ range: wholeRange(span, config.tree.lines), selectionRange: rangeOf(span), data: place },
  };
}

function stanzaItem(config: ParsedConfig, uri: string, statement: Statement): TypeHierarchyItem {
  const { span } = statement;
  const place: GroupPlace = { kind: 'applies-groups', line: span.line };
  return {
    ...{ name: statementText(statement), uri, kind: SymbolKind.Module, detail: config.device.name },
    ...{ range: wholeRange(span, config.tree.lines), selectionRange: rangeOf(span), data: place },
  };
}

export const isGroupPlace = (data: unknown): data is GroupPlace =>
  typeof data === 'object' &&
  data !== null &&
  'kind' in data &&
  (data.kind === 'configuration-group' || data.kind === 'applies-groups');
