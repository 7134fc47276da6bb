import { formatIp, parseIp } from '../../address.ts';
import type { At } from '../../command-table.ts';
import type { DeviceDraft, Vrf } from '../../device/device.ts';
import type { Interface } from '../../device/interface.ts';
import { canonicalInterface } from '../../interface-names.ts';
import type { Located, Span } from '../../span.ts';
import { statementText } from '../../tree.ts';

/** Name of the global routing table. */
export const GLOBAL = 'default';

const kinds: readonly (readonly [RegExp, Interface['kind']])[] = [
  [/^(lo\d*|loopback\d+|dummy\d*)$/i, 'loopback'],
  [/^(port-?channel|bond|bundle-(ether|pos))\d+$/i, 'aggregate'],
  [/^vlan\d+$/i, 'vlan'],
  [/^(management\d|mgmt)/i, 'management'],
  [/^(tunnel|tunnel-(ip|te|mpls|mte)|gre|wg|tun)\d+$/i, 'tunnel'],
  [/^null\d*$/i, 'null'],
  [/^(bdi|bvi)\d+$/i, 'bridge'],
  [/^(vxlan|nve)\d*$/i, 'other'],
  [/^(virtual-template|virtual-access|virtualportgroup|pseudowire|lisp|dialer)\d/i, 'other'],
  [/^[\w/:-]+\.\d+$/, 'subinterface'],
];

const kindOf = (name: string): Interface['kind'] => kinds.find(([pattern]) => pattern.test(name))?.[1] ?? 'physical';

/** The interface of that name, made when the configuration had not named it before. */
export function interfaceOf(device: DeviceDraft, written: string, span: Span): Interface {
  const name = canonicalInterface(device.dialect, written);
  const known = device.interfaces.get(name);
  if (known) return known;
  const kind = kindOf(name);
  const made: Interface = { name, span, kind, shutdown: false, addresses: [], accessGroups: [], firstHop: [] };
  const vlan = kind === 'vlan' ? Number(/\d+$/.exec(name)?.[0]) : undefined;
  if (vlan !== undefined) made.vlan = vlan;
  if (kind === 'subinterface') made.parent = name.slice(0, name.lastIndexOf('.'));
  device.interfaces.set(name, made);
  return made;
}

/** An interface name where a line uses it, as the system shows it. */
export const interfaceName = (device: DeviceDraft, name: Located<string>): Located<string> => ({
  value: canonicalInterface(device.dialect, name.value),
  span: name.span,
});

export function vrfOf(device: DeviceDraft, name: string, span: Span): Vrf {
  const known = device.vrfs.get(name);
  if (known) return known;
  const made: Vrf = { name, span, importTargets: [], exportTargets: [], interfaces: [] };
  device.vrfs.set(name, made);
  return made;
}

/** A later stanza of the same name continues the earlier one; the span stays that of the first. */
export function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/** Adds a name to a list once; a repeated line keeps its first place. */
export function addOnce(list: Located<string>[], item: Located<string>): void {
  if (!list.some((known) => known.value === item.value)) list.push(item);
}

export function removeName(list: Located<string>[], name: string | undefined): void {
  for (let at = list.length - 1; at >= 0; at -= 1)
    if (name === undefined || list[at]?.value === name) list.splice(at, 1);
}

/** Lists a line whose words are known, but not their whole meaning, among those that are not modelled. */
export function listLine(at: At): void {
  at.device.notModelled.push({ span: at.span, text: statementText(at.statement), mayAffectRouting: true });
}

/** Removes the items for which the test holds, in place. */
export function removeWhere<T>(list: T[], test: (item: T) => boolean): void {
  for (let at = list.length - 1; at >= 0; at -= 1) if (test(list[at] as T)) list.splice(at, 1);
}

/** `0`, `10` and `0.0.0.10` name areas; the dotted form is the one kept. Other text comes back as it is. */
export function areaId(text: string): string {
  if (/^\d{1,10}$/.test(text) && Number(text) <= 0xffffffff) return formatIp(4, [Number(text)]);
  return parseIp(text)?.text ?? text;
}

export const yes = (span: Span): Located<boolean> => ({ value: true, span });
export const no = (span: Span): Located<boolean> => ({ value: false, span });
