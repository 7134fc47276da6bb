import type { Symbol as NamedSymbol, SymbolKind } from '../../core/config/device/device.ts';
import type { ParsedConfig } from '../../core/config/parse.ts';

/** A name of one configuration: where it is made and where it is used. */
export interface Name {
  readonly kind: SymbolKind;
  readonly text: string;
  readonly definitions: readonly NamedSymbol[];
  readonly references: readonly NamedSymbol[];
}

interface Draft extends Name {
  readonly definitions: NamedSymbol[];
  readonly references: NamedSymbol[];
}

const indexes = new WeakMap<ParsedConfig, ReadonlyMap<string, Name>>();

const keyOf = (kind: SymbolKind, name: string): string => `${kind} ${name}`;

/** All names of a configuration, in the order in which they are met. Made once per text. */
export function namesOf(config: ParsedConfig): ReadonlyMap<string, Name> {
  const known = indexes.get(config);
  if (known) return known;
  const index = new Map<string, Draft>();
  const at = ({ kind, name }: NamedSymbol): Draft => {
    const key = keyOf(kind, name);
    const found = index.get(key) ?? { kind, text: name, definitions: [], references: [] };
    index.set(key, found);
    return found;
  };
  for (const symbol of config.device.definitions) at(symbol).definitions.push(symbol);
  for (const symbol of config.device.references) at(symbol).references.push(symbol);
  indexes.set(config, index);
  return index;
}

const byLine = new WeakMap<ParsedConfig, ReadonlyMap<number, NamedSymbol>>();

/** The first name that each line makes. */
export function definitionsByLine(config: ParsedConfig): ReadonlyMap<number, NamedSymbol> {
  const known = byLine.get(config);
  if (known) return known;
  const index = new Map<number, NamedSymbol>();
  for (const symbol of config.device.definitions) if (!index.has(symbol.span.line)) index.set(symbol.span.line, symbol);
  byLine.set(config, index);
  return index;
}

export const nameOf = (config: ParsedConfig, kind: SymbolKind, name: string): Name | undefined =>
  namesOf(config).get(keyOf(kind, name));

/** Kinds that some command names without telling them apart: a neighbour's list is of the family of the session. */
const INTERCHANGEABLE: readonly (readonly SymbolKind[])[] = [
  ['prefix-list', 'ipv6-prefix-list'],
  ['access-list', 'ipv6-access-list'],
  ['community-list', 'extended-community-list', 'large-community-list'],
];

/** Kinds whose names exist only where a line makes them; ports, addresses and accounts may be there without one. */
const MADE_BY_LINES: ReadonlySet<SymbolKind> = new Set([
  'vrf',
  'route-map',
  'prefix-list',
  'ipv6-prefix-list',
  'community-list',
  'extended-community-list',
  'large-community-list',
  'as-path-list',
  'access-list',
  'ipv6-access-list',
  'bgp-group',
  'key-chain',
  'class-map',
  'policy-map',
  'object-group',
]);

/** Names that every system has. */
const BUILT_IN: ReadonlySet<string> = new Set(['default', 'global', 'management']);

/** Whether a name stands for nothing in this configuration. */
export function isUndefined(config: ParsedConfig, { kind, name }: NamedSymbol): boolean {
  if (!MADE_BY_LINES.has(kind) || (kind === 'vrf' && BUILT_IN.has(name.toLowerCase()))) return false;
  const kinds = INTERCHANGEABLE.find((alike) => alike.includes(kind)) ?? [kind];
  return kinds.every((one) => (nameOf(config, one, name)?.definitions.length ?? 0) === 0);
}
