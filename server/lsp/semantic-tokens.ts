import {
  type Range,
  type SemanticTokens,
  SemanticTokensBuilder,
  type SemanticTokensDelta,
  type SemanticTokensLegend,
} from 'vscode-languageserver';
import type { Symbol as NamedSymbol, SymbolKind } from '../../core/config/device/device.ts';
import type { ParsedConfig } from '../../core/config/parse.ts';
import type { OpenDocument } from './documents.ts';
import { isUndefined, nameOf } from './names.ts';
import type { Session } from './session.ts';

/** Types of the protocol that themes colour; what is no name is the grammar's matter. */
const TYPES = ['namespace', 'function', 'variable', 'class', 'interface', 'property'] as const;

const MODIFIERS = ['definition', 'undefined'] as const;

export const legend: SemanticTokensLegend = { tokenTypes: [...TYPES], tokenModifiers: [...MODIFIERS] };

const TYPE_OF: { readonly [K in SymbolKind]?: (typeof TYPES)[number] } = {
  vrf: 'namespace',
  interface: 'interface',
  'route-map': 'function',
  'policy-map': 'function',
  'bgp-group': 'class',
  'class-map': 'class',
  'bgp-neighbour': 'property',
  'ospf-process': 'property',
};

/** Commands take a group of neighbours where they take one neighbour. */
function typeOf(config: ParsedConfig, { kind, name }: NamedSymbol): (typeof TYPES)[number] {
  const isGroup = kind === 'bgp-neighbour' && (nameOf(config, 'bgp-group', name)?.definitions.length ?? 0) > 0;
  return TYPE_OF[isGroup ? 'bgp-group' : kind] ?? 'variable';
}

interface Token {
  readonly line: number;
  readonly start: number;
  readonly length: number;
  readonly type: number;
  readonly modifiers: number;
}

const bit = (modifier: (typeof MODIFIERS)[number]): number => 1 << MODIFIERS.indexOf(modifier);

/** The names of a configuration in the order of the text, each once; a name that nothing makes says so. */
function tokensOf(config: ParsedConfig): readonly Token[] {
  const { definitions, references, file } = config.device;
  const token = (symbol: NamedSymbol, modifiers: number): Token => ({
    line: symbol.span.line,
    start: symbol.span.start,
    length: symbol.span.end - symbol.span.start,
    type: TYPES.indexOf(typeOf(config, symbol)),
    modifiers,
  });
  const isHere = ({ span }: NamedSymbol): boolean => span.file === undefined || span.file === file;
  const all = [
    ...definitions.filter(isHere).map((symbol) => token(symbol, bit('definition'))),
    ...references.filter(isHere).map((symbol) => token(symbol, isUndefined(config, symbol) ? bit('undefined') : 0)),
  ].sort((a, b) => a.line - b.line || a.start - b.start || b.modifiers - a.modifiers);
  // A word may make a name and use another; tokens must not overlap.
  let end = { line: -1, column: 0 };
  return all.filter(({ line, start, length }) => {
    if (length <= 0 || (line === end.line && start < end.column)) return false;
    end = { line, column: start + length };
    return true;
  });
}

function fill(builder: SemanticTokensBuilder, tokens: readonly Token[]): SemanticTokensBuilder {
  for (const { line, start, length, type, modifiers } of tokens) builder.push(line, start, length, type, modifiers);
  return builder;
}

/** `textDocument/semanticTokens/full`: all names of the file. */
export async function semanticTokens(session: Session, document: OpenDocument): Promise<SemanticTokens> {
  const config = await session.workspace.config(document);
  session.tokens.forget(document.uri);
  return fill(session.tokens.builder(document.uri), tokensOf(config)).build();
}

/** `textDocument/semanticTokens/full/delta`: what differs from the tokens that the client has. */
export async function semanticTokensDelta(
  session: Session,
  document: OpenDocument,
  previousResultId: string,
): Promise<SemanticTokens | SemanticTokensDelta> {
  const config = await session.workspace.config(document);
  const builder = session.tokens.builder(document.uri);
  builder.previousResult(previousResultId);
  return fill(builder, tokensOf(config)).buildEdits();
}

/** `textDocument/semanticTokens/range`: the names of some lines. */
export async function semanticTokensRange(
  session: Session,
  document: OpenDocument,
  { start, end }: Range,
): Promise<SemanticTokens> {
  const config = await session.workspace.config(document);
  const within = tokensOf(config).filter(({ line }) => line >= start.line && line <= end.line);
  return fill(new SemanticTokensBuilder(), within).build();
}
