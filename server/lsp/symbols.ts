import type { Position } from 'vscode-languageserver';
import type { Symbol as NamedSymbol, SymbolKind } from '../../core/config/device/device.ts';
import type { ParsedConfig } from '../../core/config/parse.ts';
import { nameOf } from './names.ts';
import { contains } from './ranges.ts';

/* Names within one configuration: who defines them, and who uses them. */

/** The name at a position: a definition or a use of it. */
export function symbolAt({ device }: ParsedConfig, position: Position): NamedSymbol | undefined {
  const at = ({ span }: NamedSymbol): boolean => contains(span, position);
  return device.definitions.find(at) ?? device.references.find(at);
}

export const definitionsOf = (config: ParsedConfig, kind: SymbolKind, name: string): readonly NamedSymbol[] =>
  nameOf(config, kind, name)?.definitions ?? [];

export const referencesOf = (config: ParsedConfig, kind: SymbolKind, name: string): readonly NamedSymbol[] =>
  nameOf(config, kind, name)?.references ?? [];
