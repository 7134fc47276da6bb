import {
  ErrorCodes,
  type Position,
  type Range,
  ResponseError,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { parseIp } from '../../core/config/address.ts';
import type { Symbol as NamedSymbol, SymbolKind } from '../../core/config/device/device.ts';
import type { ParsedConfig } from '../../core/config/parse.ts';
import { ownersOf } from '../../core/guard/peers.ts';
import { addressAt, usesOfAddress } from './cross-device.ts';
import type { OpenDocument } from './documents.ts';
import { type LabPlace, labPlaceOf } from './lab-place.ts';
import { rangeOf } from './ranges.ts';
import type { Session } from './session.ts';
import { definitionsOf, referencesOf, symbolAt } from './symbols.ts';

/** Names that the operator chooses. An interface, an address or a number is not renamed by changing its text. */
const RENAMABLE: ReadonlySet<SymbolKind> = new Set([
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
  'aaa-list',
  'class-map',
  'policy-map',
  'object-group',
]);

/** `textDocument/prepareRename`: the place of a name that can be renamed; null for everything else. */
export async function prepareRename(
  session: Session,
  document: OpenDocument,
  position: Position,
): Promise<{ range: Range; placeholder: string } | null> {
  const config = await session.workspace.config(document);
  const symbol = renamable(config, position);
  if (symbol) return { range: rangeOf(symbol.span), placeholder: symbol.name };
  const address = addressAt(config, position);
  const place = address && (await labPlaceOf(session, document));
  return place && ownersOf(place.snapshot).get(address.address)?.length === 1
    ? { range: rangeOf(address.span), placeholder: address.address }
    : null;
}

/** `textDocument/rename`: the name everywhere in the device; an address everywhere in the lab. */
export async function rename(
  session: Session,
  document: OpenDocument,
  position: Position,
  newName: string,
): Promise<WorkspaceEdit | ResponseError> {
  const config = await session.workspace.config(document);
  const symbol = renamable(config, position);
  const address = symbol ? undefined : addressAt(config, position);
  const place = address && (await labPlaceOf(session, document));
  if (place) return renameAddress(session, place, address.address, newName);
  if (!symbol) return new ResponseError(ErrorCodes.InvalidParams, 'There is no name here that can be renamed.');
  const { kind, name } = symbol;
  if (!/^[^\s"!#{};]{1,128}$/.test(newName))
    return new ResponseError(
      ErrorCodes.InvalidParams,
      `${JSON.stringify(newName)} is not a name: it must be one word.`,
    );
  if (newName !== name && definitionsOf(config, kind, newName).length > 0)
    return new ResponseError(ErrorCodes.InvalidParams, `There is a ${kind} ${newName} already.`);
  const places = [...definitionsOf(config, kind, name), ...referencesOf(config, kind, name)];
  const ranges = new Map(places.map(({ span }) => [`${span.line} ${span.start}`, rangeOf(span)]));
  return { changes: { [document.uri]: [...ranges.values()].map((range) => ({ range, newText: newName })) } };
}

/** A new address for one interface of the lab, in every line of every device that names the old one. */
function renameAddress(
  session: Session,
  { snapshot }: LabPlace,
  address: string,
  newName: string,
): WorkspaceEdit | ResponseError {
  const refuse = (message: string) => new ResponseError(ErrorCodes.InvalidParams, message);
  const owners = ownersOf(snapshot).get(address) ?? [];
  if (owners.length === 0) return refuse(`${address} is no address of an interface of this lab.`);
  if (owners.length > 1)
    return refuse(`${address} is an address of ${owners.length} interfaces; change the lines one by one.`);
  const ip = parseIp(newName);
  if (!ip || ip.version !== parseIp(address)?.version)
    return refuse(`${JSON.stringify(newName)} is not an address of the same kind as ${address}.`);
  const taken = ownersOf(snapshot).get(ip.text)?.[0];
  if (taken && ip.text !== address)
    return refuse(`${taken.node.name} ${taken.interface.name} has the address ${ip.text} already.`);
  const changes: Record<string, TextEdit[]> = {};
  for (const { node, span } of usesOfAddress(snapshot, address)) {
    const uri = session.uris.uriOf(node.config.file);
    changes[uri] = [...(changes[uri] ?? []), { range: rangeOf(span), newText: newName }];
  }
  return { changes };
}

/** The name at a position, when its text stands there as it is (a number or a shortened name does not). */
function renamable(config: ParsedConfig, position: Position): NamedSymbol | undefined {
  const symbol = symbolAt(config, position);
  if (!symbol || !RENAMABLE.has(symbol.kind) || /^\d+$/.test(symbol.name)) return undefined;
  const { line, start, end } = symbol.span;
  return config.tree.lines[line]?.slice(start, end) === symbol.name ? symbol : undefined;
}
