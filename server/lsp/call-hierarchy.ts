import {
  type CallHierarchyIncomingCall,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  type Position,
  type Range,
  SymbolKind,
} from 'vscode-languageserver';
import type { Symbol as NamedSymbol, SymbolKind as NameKind } from '../../core/config/device/device.ts';
import type { ParsedConfig } from '../../core/config/parse.ts';
import { configOfUri } from './config-of-uri.ts';
import type { OpenDocument } from './documents.ts';
import { nameOf } from './names.ts';
import { rangeOf, wholeRange } from './ranges.ts';
import type { Session } from './session.ts';
import { type Owner, ownerOf } from './stanzas.ts';
import { statementsByLine } from './statements.ts';
import { symbolKindOf } from './symbol-kinds.ts';
import { symbolAt } from './symbols.ts';

/** What finds an item again: its name, or the line of a stanza that has none. */
interface ItemData {
  readonly kind?: NameKind;
  readonly name?: string;
  readonly line: number;
}

/** `textDocument/prepareCallHierarchy`: the policy, list, group or stanza at the cursor. */
export async function prepareCallHierarchy(
  session: Session,
  document: OpenDocument,
  position: Position,
): Promise<CallHierarchyItem[] | null> {
  const config = await session.workspace.config(document);
  const symbol = symbolAt(config, position);
  if (symbol) {
    const item = itemOfName(config, document.uri, symbol.kind, symbol.name);
    return item && [item];
  }
  const owner = ownerOf(config, position.line);
  return owner ? [itemOfOwner(config, document.uri, owner)] : null;
}

/** `callHierarchy/incomingCalls`: who applies the name. */
export async function incomingCalls(
  session: Session,
  { uri, data }: CallHierarchyItem,
): Promise<CallHierarchyIncomingCall[]> {
  const config = await configOfUri(session, uri);
  const { kind, name } = data as ItemData;
  if (!config || kind === undefined || name === undefined) return [];
  const users = new Map<number, { readonly owner: Owner; readonly ranges: Range[] }>();
  for (const { span } of nameOf(config, kind, name)?.references ?? []) {
    const owner = ownerOf(config, span.line);
    if (!owner || (owner.name?.kind === kind && owner.name.text === name)) continue;
    const { line } = owner.statement.span;
    const user = users.get(line) ?? { owner, ranges: [] };
    users.set(line, user);
    user.ranges.push(rangeOf(span));
  }
  return merged(
    [...users.values()].map(({ owner, ranges }) => ({ item: itemOfOwner(config, uri, owner), ranges })),
  ).map(({ item, ranges }) => ({ from: item, fromRanges: ranges }));
}

/** `callHierarchy/outgoingCalls`: the names that the item's lines use. */
export async function outgoingCalls(
  session: Session,
  { uri, data }: CallHierarchyItem,
): Promise<CallHierarchyOutgoingCall[]> {
  const config = await configOfUri(session, uri);
  if (!config) return [];
  const { kind, name, line } = data as ItemData;
  const own = kind === undefined || name === undefined ? [line] : linesOf(config, kind, name);
  const within = ({ span }: NamedSymbol): boolean =>
    own.some((first) => {
      const statement = statementsByLine(config).get(first)?.statement.span;
      return statement !== undefined && span.line >= first && span.line <= (statement.endLine ?? statement.line);
    });
  const used = config.device.references.filter(
    (symbol) => within(symbol) && !(symbol.kind === kind && symbol.name === name),
  );
  const calls = used.flatMap(({ kind: target, name: text, span }) => {
    const item = itemOfName(config, uri, target, text);
    return item ? [{ item, ranges: [rangeOf(span)] }] : [];
  });
  return merged(calls).map(({ item, ranges }) => ({ to: item, fromRanges: ranges }));
}

interface Call {
  readonly item: CallHierarchyItem;
  readonly ranges: readonly Range[];
}

/** Calls of one item are one call from several places. */
function merged(calls: readonly Call[]): readonly { readonly item: CallHierarchyItem; readonly ranges: Range[] }[] {
  const byItem = new Map<string, { readonly item: CallHierarchyItem; readonly ranges: Range[] }>();
  for (const { item, ranges } of calls) {
    const { kind, name, line } = item.data as ItemData;
    const key = kind === undefined ? String(line) : `${kind} ${name}`;
    const known = byItem.get(key);
    if (known) known.ranges.push(...ranges);
    else byItem.set(key, { item, ranges: [...ranges] });
  }
  return [...byItem.values()];
}

/** Lines that say something of a name: those that make it, and for a neighbour all that are about it. */
function linesOf(config: ParsedConfig, kind: NameKind, name: string): readonly number[] {
  const found = nameOf(config, kind, name);
  const about = kind === 'bgp-neighbour' || kind === 'bgp-group' ? (found?.references ?? []) : [];
  return [...(found?.definitions ?? []), ...about].map(({ span }) => span.line);
}

function itemOfName(config: ParsedConfig, uri: string, kind: NameKind, name: string): CallHierarchyItem | null {
  const [first] = linesOf(config, kind, name);
  const statement = first === undefined ? undefined : statementsByLine(config).get(first)?.statement;
  if (!statement) return null;
  return itemOfOwner(config, uri, { name: { kind, text: name }, title: name, statement });
}

function itemOfOwner(config: ParsedConfig, uri: string, { name, title, statement }: Owner): CallHierarchyItem {
  const { span } = statement;
  const data: ItemData = { ...(name && { kind: name.kind, name: name.text }), line: span.line };
  return {
    name: title,
    kind: (name && symbolKindOf(name.kind)) ?? SymbolKind.Module,
    detail: name ? `${name.kind}, ${config.device.name}` : config.device.name,
    uri,
    range: wholeRange(span, config.tree.lines),
    selectionRange: rangeOf(span),
    data,
  };
}
