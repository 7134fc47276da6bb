import { SymbolKind } from 'vscode-languageserver';
import type { SymbolKind as NameKind } from '../../core/config/device/device.ts';

/** What outlines, searches and hierarchies show for a name. */
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

export const symbolKindOf = (kind: NameKind): SymbolKind | undefined => KINDS[kind];
