import { type Position, SymbolKind, type TypeHierarchyItem } from 'vscode-languageserver';
import type { Device } from '../../core/config/device/device.ts';
import type { ParsedConfig } from '../../core/config/parse.ts';
import { configOfUri } from './config-of-uri.ts';
import { groupsAbove, groupsAt, isGroupPlace, stanzasBelow } from './configuration-groups.ts';
import type { OpenDocument } from './documents.ts';
import { rangeOf, wholeRange } from './ranges.ts';
import type { Session } from './session.ts';
import { statementsByLine } from './statements.ts';
import { symbolAt } from './symbols.ts';

type Process = Device['bgp'][number];
type Neighbour = Process['neighbours'] extends ReadonlyMap<string, infer N> ? N : never;

/** A neighbour or a group of neighbours, and the process that it belongs to. */
interface Place {
  readonly process: number;
  readonly kind: 'neighbour' | 'group';
  readonly id: string;
}

/** `textDocument/prepareTypeHierarchy`: the BGP neighbour, peer group, template or configuration group at the cursor. */
export async function prepareTypeHierarchy(
  session: Session,
  document: OpenDocument,
  position: Position,
): Promise<TypeHierarchyItem[] | null> {
  const config = await session.workspace.config(document);
  const groups = groupsAt(config, document.uri, position);
  if (groups) return [...groups];
  const symbol = symbolAt(config, position);
  if (symbol?.kind !== 'bgp-group' && symbol?.kind !== 'bgp-neighbour') return null;
  const items = config.device.bgp.flatMap((process, index): TypeHierarchyItem[] => {
    const [group, neighbour] = [process.groups.get(symbol.name), process.neighbours.get(symbol.name)];
    if (group) return [itemOf(config, document.uri, { process: index, kind: 'group', id: group.id }, group)];
    return neighbour
      ? [itemOf(config, document.uri, { process: index, kind: 'neighbour', id: neighbour.id }, neighbour)]
      : [];
  });
  return items.length > 0 ? items : null;
}

/** `typeHierarchy/supertypes`: the templates and the group that it inherits from directly, strongest first. */
export async function supertypes(session: Session, { uri, data }: TypeHierarchyItem): Promise<TypeHierarchyItem[]> {
  const config = await configOfUri(session, uri);
  if (config && isGroupPlace(data)) return groupsAbove(config, uri, data);
  const { process: index, kind, id } = data as Place;
  const process = config?.device.bgp[index];
  const own = (kind === 'group' ? process?.groups : process?.neighbours)?.get(id);
  if (!config || !process || !own) return [];
  return parentsOf(own).flatMap((name) => {
    const group = process.groups.get(name);
    return group ? [itemOf(config, uri, { process: index, kind: 'group', id: name }, group)] : [];
  });
}

/** `typeHierarchy/subtypes`: the groups and neighbours that inherit from it directly. */
export async function subtypes(session: Session, { uri, data }: TypeHierarchyItem): Promise<TypeHierarchyItem[]> {
  const config = await configOfUri(session, uri);
  if (config && isGroupPlace(data)) return stanzasBelow(config, uri, data);
  const { process: index, kind, id } = data as Place;
  const process = config?.device.bgp[index];
  if (!config || !process || kind !== 'group') return [];
  const inherits = (one: Neighbour): boolean => parentsOf(one).includes(id);
  return [
    ...[...process.groups.values()]
      .filter(inherits)
      .map((group) => itemOf(config, uri, { process: index, kind: 'group', id: group.id }, group)),
    ...[...process.neighbours.values()]
      .filter(inherits)
      .map((one) => itemOf(config, uri, { process: index, kind: 'neighbour', id: one.id }, one)),
  ];
}

const parentsOf = ({ templates, group }: Neighbour): readonly string[] =>
  [...(templates ?? []), ...(group ? [group] : [])].map(({ value }) => value);

function itemOf(config: ParsedConfig, uri: string, place: Place, neighbour: Neighbour): TypeHierarchyItem {
  const { line } = neighbour.span;
  const span = statementsByLine(config).get(line)?.statement.span ?? neighbour.span;
  const process = config.device.bgp[place.process];
  return {
    name: place.id,
    kind: place.kind === 'group' ? SymbolKind.Class : SymbolKind.Object,
    detail: `${place.kind === 'group' ? 'peer group' : 'neighbour'}, ${config.device.name}${process && process.vrf !== 'default' ? `, VRF ${process.vrf}` : ''}`,
    uri,
    range: wholeRange(span, config.tree.lines),
    selectionRange: rangeOf(span),
    data: place,
  };
}
