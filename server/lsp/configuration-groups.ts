import { type Position, SymbolKind, type TypeHierarchyItem } from 'vscode-languageserver';
import type { ParsedConfig } from '../../core/config/parse.ts';
import type { Span } from '../../core/config/span.ts';
import { type Statement, statementText } from '../../core/config/tree.ts';
import { rangeOf, wholeRange } from './ranges.ts';
import { type Placed, statementAt } from './statements.ts';

/*
 * Junos configuration groups as a hierarchy: a group is above the stanzas that take it over by `apply-groups` (Junos OS
 * CLI User Guide, "Configuration Groups"). Both forms of a configuration are read: in braces a stanza is a statement
 * with its children, as set commands it is the words that lines begin with.
 */

/** What finds an item again: a group by its name, a stanza that applies groups by its path. */
export type GroupPlace =
  | { readonly kind: 'configuration-group'; readonly name: string }
  | { readonly kind: 'applies-groups'; readonly path: string };

/** A stanza that applies groups. */
interface Applying {
  /** The words that lead to it, those of the stanzas around it first. */
  readonly path: string;
  readonly title: string;
  /** The groups, the one that wins first. */
  readonly groups: readonly string[];
  readonly span: Span;
}

const APPLY = 'apply-groups';
const textOf = (words: Statement['words']): string => words.map(({ text }) => text).join(' ');

/** Every group of the configuration, by name, with the line that begins it. */
function groupsOf({ tree }: ParsedConfig): ReadonlyMap<string, Span> {
  const groups = new Map<string, Span>();
  for (const { words, children, span } of tree.statements) {
    if (words[0]?.text !== 'groups') continue;
    const made = words[1] ? [{ name: words[1].text, span }] : [];
    for (const group of children) made.push({ name: group.words[0]?.text ?? '', span: group.span });
    for (const { name, span: first } of made) if (!groups.has(name)) groups.set(name, first);
  }
  return groups;
}

/** Every stanza that applies groups, in the order of the text; a line for the whole configuration stands for itself. */
function applyingOf({ tree }: ParsedConfig): readonly Applying[] {
  const found = new Map<string, Applying>();
  const add = (one: Applying): void => {
    const known = found.get(one.path);
    found.set(one.path, known ? { ...known, groups: [...known.groups, ...one.groups] } : one);
  };
  const visit = (statement: Statement, parents: readonly Statement[]): void => {
    const { words, span } = statement;
    const at = words.findIndex(({ text }) => text === APPLY);
    if (at >= 0) {
      const groups = words.slice(at + 1).map(({ text }) => text);
      const around = [...parents.map(({ words: own }) => textOf(own)), textOf(words.slice(0, at))].filter(
        (part) => part !== '',
      );
      const parent = at === 0 ? parents.at(-1) : undefined;
      const title = parent ? statementText(parent) : around.length > 0 ? around.join(' ') : statementText(statement);
      add({ path: around.length > 0 ? around.join(' ') : title, title, groups, span: parent?.span ?? span });
    }
    for (const child of statement.children) visit(child, [...parents, statement]);
  };
  for (const statement of tree.statements) visit(statement, []);
  return [...found.values()];
}

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
  const { words } = placed.statement;
  const at = words.findIndex(({ start, end }) => start <= position.character && position.character <= end);
  const name = words[at]?.text ?? '';
  const group = namesGroup(placed, at) ? groups.get(name) : undefined;
  if (group) return [groupItem(config, uri, name, group)];
  const stanza = stanzaAt(placed, at, applyingOf(config));
  return stanza && [stanzaItem(config, uri, stanza)];
}

/** Whether a word is the name of a group: where the group is made, or where it is applied. */
function namesGroup({ statement: { words }, parents }: Placed, at: number): boolean {
  const applies = words.findIndex(({ text }) => text === APPLY);
  if (applies >= 0) return at > applies;
  const made = words[0]?.text === 'groups' ? at === 1 : at === 0 && parents.length === 1;
  return made && (parents[0] ?? { words }).words[0]?.text === 'groups';
}

/** The applying stanza that the words up to the one at the cursor lead to, or whose line this is. */
function stanzaAt(
  { statement: { words }, parents }: Placed,
  at: number,
  applying: readonly Applying[],
): Applying | undefined {
  const around = parents.map(({ words: own }) => textOf(own));
  const of = (own: Statement['words']): Applying | undefined => {
    const path = [...around, textOf(own)].filter((part) => part !== '').join(' ');
    return applying.find((one) => one.path === path);
  };
  const applies = words.findIndex(({ text }) => text === APPLY);
  if (applies >= 0) return of(words.slice(0, applies)) ?? of(words);
  return (at >= 0 ? of(words.slice(0, at + 1)) : undefined) ?? of(words);
}

/** The groups that a stanza applies, the one that wins first. */
export function groupsAbove(config: ParsedConfig, uri: string, place: GroupPlace): TypeHierarchyItem[] {
  if (place.kind === 'configuration-group') return [];
  const groups = groupsOf(config);
  const stanza = applyingOf(config).find(({ path }) => path === place.path);
  return (stanza?.groups ?? []).flatMap((name) => {
    const group = groups.get(name);
    return group ? [groupItem(config, uri, name, group)] : [];
  });
}

/** The stanzas that apply a group. */
export function stanzasBelow(config: ParsedConfig, uri: string, place: GroupPlace): TypeHierarchyItem[] {
  if (place.kind !== 'configuration-group') return [];
  return applyingOf(config)
    .filter(({ groups }) => groups.includes(place.name))
    .sort((a, b) => a.span.line - b.span.line)
    .map((stanza) => stanzaItem(config, uri, stanza));
}

function groupItem(config: ParsedConfig, uri: string, name: string, span: Span): TypeHierarchyItem {
  const place: GroupPlace = { kind: 'configuration-group', name };
  return {
    ...{ name, uri, kind: SymbolKind.Class, detail: `configuration group, ${config.device.name}` },
    ...{ range: wholeRange(span, config.tree.lines), selectionRange: rangeOf(span), data: place },
  };
}

function stanzaItem(config: ParsedConfig, uri: string, { path, title, span }: Applying): TypeHierarchyItem {
  const place: GroupPlace = { kind: 'applies-groups', path };
  return {
    ...{ name: title, uri, kind: SymbolKind.Module, detail: config.device.name },
    ...{ range: wholeRange(span, config.tree.lines), selectionRange: rangeOf(span), data: place },
  };
}

export const isGroupPlace = (data: unknown): data is GroupPlace =>
  typeof data === 'object' &&
  data !== null &&
  'kind' in data &&
  (data.kind === 'configuration-group' || data.kind === 'applies-groups');
