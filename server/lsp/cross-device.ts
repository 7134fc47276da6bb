import type { Position } from 'vscode-languageserver';
import { parseIp } from '../../core/config/address.ts';
import type { ParsedConfig } from '../../core/config/parse.ts';
import type { Span } from '../../core/config/span.ts';
import { neighboursOf } from '../../core/guard/bgp.ts';
import { ownersOf, peerOf } from '../../core/guard/peers.ts';
import type { Snapshot, SnapshotNode } from '../../core/network/snapshot.ts';
import type { LabPlace } from './lab-place.ts';
import { statementAt } from './statements.ts';
import { symbolAt } from './symbols.ts';

/* What a line of one device has to do with other devices of its lab. */

/** A place in a device's configuration. */
export interface DevicePlace {
  readonly node: SnapshotNode;
  readonly span: Span;
}

/** An address as it stands in a line, without the prefix length behind it, and where. */
export interface AddressAt {
  /** In canonical form. */
  readonly address: string;
  readonly span: Span;
}

/** The address at a position. */
export function addressAt(config: ParsedConfig, position: Position): AddressAt | undefined {
  const statement = statementAt(config, position.line, position.character)?.statement;
  const word = statement?.words.find(({ start, end }) => start <= position.character && position.character <= end);
  if (!statement || !word) return undefined;
  const [text = ''] = word.text.split('/');
  const ip = parseIp(text);
  const { line } = statement.span;
  return ip && { address: ip.text, span: { line, start: word.start, end: word.start + text.length } };
}

/**
 * Where a name leads in other devices: a neighbour's address, or any other address of the lab, to the interface that has
 * it; an interface where it is defined to the other end of its link.
 */
export function leadsTo(
  config: ParsedConfig,
  { snapshot, node }: LabPlace,
  position: Position,
): readonly DevicePlace[] {
  if (!node) return [];
  const symbol = symbolAt(config, position);
  const isDefinition = symbol !== undefined && config.device.definitions.includes(symbol);
  if (symbol?.kind === 'interface' && isDefinition) return linkEnds(snapshot, node, symbol.name);
  const found = addressAt(config, position);
  if (!found) return [];
  const session = neighboursOf(config.device).find(({ neighbour }) => neighbour.id === found.address);
  const peer = session && peerOf(snapshot, { node, ...session });
  if (peer) return [{ node: peer.node, span: peer.address.span }];
  return (ownersOf(snapshot).get(found.address) ?? []).map((owner) => ({ node: owner.node, span: owner.address.span }));
}

/** The interfaces at the other ends of a port's links. */
function linkEnds(snapshot: Snapshot, { name }: SnapshotNode, port: string): readonly DevicePlace[] {
  return snapshot.links.flatMap(({ a, b }) => {
    const end = a.node === name && a.interface === port ? b : b.node === name && b.interface === port ? a : undefined;
    const node = end && snapshot.nodes.get(end.node);
    const there = node?.config.device.interfaces.get(end?.interface ?? '');
    return node && there ? [{ node, span: there.span }] : [];
  });
}

/** Every word of a configuration that is an address, in the order of its lines. */
export function addressUses({ tree, text: whole, matches }: ParsedConfig, address: string): readonly Span[] {
  // Most devices do not have the address anywhere in their text, in whatever way it may be written.
  if (address.includes('.') && !whole.includes(address)) return [];
  const spans: Span[] = [];
  const open = [...tree.statements];
  for (let next = open.pop(); next; next = open.pop()) {
    for (const child of next.children) open.push(child);
    if (!matches.has(next)) continue;
    for (const { text, start } of next.words) {
      const [word = ''] = text.split('/');
      if (parseIp(word)?.text === address) spans.push({ line: next.span.line, start, end: start + word.length });
    }
  }
  return spans.sort((a, b) => a.line - b.line || a.start - b.start);
}

/** Every word of the lab that is an address, device by device in the order of their texts. */
export const usesOfAddress = (snapshot: Snapshot, address: string): readonly DevicePlace[] =>
  [...snapshot.nodes.values()].flatMap((node) => addressUses(node.config, address).map((span) => ({ node, span })));
