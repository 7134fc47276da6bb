import type { BgpNeighbour, BgpProcess } from '../config/device/bgp.ts';
import type { Device } from '../config/device/device.ts';
import type { Snapshot } from '../network/snapshot.ts';
import { isCosmetic } from './effect-of-lines.ts';
import type { RiskInputs } from './inputs.ts';
import { sameMeaning } from './meaning.ts';

/** Classes of change that decide who may ship it, whatever its effect in the twin. */
export type ChangeClass = 'asn' | 'rd_rt' | 'spine' | 'underlay';

export interface ClassifiedChange {
  readonly class: ChangeClass;
  readonly node: string;
  /** What was found, one sentence. */
  readonly reason: string;
}

type Check = (node: string, before: Device, after: Device, inputs: RiskInputs) => readonly string[];

const CHECKS: Readonly<Record<ChangeClass, Check>> = {
  asn: (_, before, after) => [
    ...before.bgp.flatMap((old) => {
      const now = after.bgp.find(({ vrf }) => vrf === old.vrf);
      return now ? asnChanges(old as BgpProcess, now as BgpProcess) : [];
    }),
    // An AS number that moves to another VRF's process is changed all the same.
    ...exchanged(
      'the AS number of a BGP process',
      unpaired(before.bgp, after.bgp).map(({ asn }) => String(asn.value)),
      unpaired(after.bgp, before.bgp).map(({ asn }) => String(asn.value)),
    ),
  ],
  rd_rt: (_, before, after) => [
    ...[...before.vrfs.values()].flatMap((old) => {
      const now = after.vrfs.get(old.name);
      if (!now) return [];
      const same =
        old.routeDistinguisher?.value === now.routeDistinguisher?.value &&
        sameSet(old.importTargets, now.importTargets) &&
        sameSet(old.exportTargets, now.exportTargets);
      return same ? [] : [`the route distinguisher or route targets of VRF ${old.name} change`];
    }),
    // The same when the VRF goes and another one takes its place.
    ...exchanged('the route distinguisher of a VRF', ...bothWays(before, after)),
  ],
  spine: (node, _before, _after, { before, after }) =>
    isCore(before, node) || isCore(after, node) ? ['routing configuration of a core device changes'] : [],
  underlay: (node, before, after, { before: lab }) => {
    const found: string[] = [];
    for (const protocol of ['ospf', 'isis', 'eigrp', 'rip'] as const) {
      if (!sameMeaning(before[protocol], after[protocol]))
        found.push(`the configuration of ${protocol.toUpperCase()} changes`);
    }
    const inside = lab.links.filter(({ a, b }) => lab.nodes.has(a.node) && lab.nodes.has(b.node));
    const linked = new Set(
      inside.flatMap(({ a, b }) => [a, b]).flatMap((end) => (end.node === node ? [end.interface] : [])),
    );
    for (const name of linked) {
      const [old, now] = [before.interfaces.get(name), after.interfaces.get(name)];
      const facts = (port: typeof old) =>
        port && [port.addresses, shutdownOf(port), port.mtu, port.ipMtu, port.vrf, port.ospf, port.ospfv3, port.isis];
      if (!sameMeaning(facts(old), facts(now))) found.push(`addresses or state of the linked interface ${name} change`);
    }
    return found;
  },
};

const unpaired = <T extends { readonly vrf: string }>(own: readonly T[], other: readonly T[]): readonly T[] =>
  own.filter(({ vrf }) => !other.some((one) => one.vrf === vrf));

/** Route distinguishers of the VRFs that go, and of those that come. */
function bothWays(before: Device, after: Device): readonly [readonly string[], readonly string[]] {
  const distinguishers = (own: Device, other: Device): readonly string[] =>
    [...own.vrfs.values()]
      .filter(({ name }) => !other.vrfs.has(name))
      .flatMap(({ routeDistinguisher }) => (routeDistinguisher ? [routeDistinguisher.value] : []));
  return [distinguishers(before, after), distinguishers(after, before)];
}

/** Something goes and something else comes in its place: a change by another name. */
const exchanged = (what: string, gone: readonly string[], come: readonly string[]): readonly string[] =>
  gone.length > 0 && come.length > 0 && !sameMeaning([...gone].sort(), [...come].sort())
    ? [`${what} is replaced: ${gone.join(', ')} by ${come.join(', ')}`]
    : [];

const shutdownOf = ({ shutdown }: { readonly shutdown: boolean | { readonly value: boolean } }): boolean =>
  typeof shutdown === 'boolean' ? shutdown : shutdown.value;

const sameSet = (a: readonly { readonly value: string }[], b: readonly { readonly value: string }[]): boolean =>
  sameMeaning([...new Set(a.map(({ value }) => value))].sort(), [...new Set(b.map(({ value }) => value))].sort());

/** A neighbour's AS as it holds, also when a group gives it. */
function remoteAsOf(process: BgpProcess, neighbour: BgpNeighbour): number | string | undefined {
  return neighbour.remoteAs?.value ?? (neighbour.group && process.groups.get(neighbour.group.value)?.remoteAs?.value);
}

function asnChanges(old: BgpProcess, now: BgpProcess): readonly string[] {
  const where = old.vrf === 'default' ? '' : ` in VRF ${old.vrf}`;
  const found: string[] = [];
  if (old.asn.value !== now.asn.value)
    found.push(`the AS number${where} changes from ${old.asn.value} to ${now.asn.value}`);
  if (!sameMeaning(old.options.confederation, now.options.confederation))
    found.push(`the confederation${where} changes`);
  for (const [id, neighbour] of old.neighbours) {
    const other = now.neighbours.get(id);
    if (!other) continue;
    const [from, to] = [remoteAsOf(old, neighbour), remoteAsOf(now, other)];
    if (from !== to)
      found.push(`the AS number of neighbour ${id}${where} changes from ${from ?? 'none'} to ${to ?? 'none'}`);
    if (!sameMeaning(neighbour.localAs, other.localAs))
      found.push(`the local AS towards neighbour ${id}${where} changes`);
  }
  return found;
}

/** Fewer devices than this have no core to speak of. */
const LEAST_DEVICES = 4;

/**
 * Whether a device is one of the core: a BGP route reflector, or one linked to at least three others and to clearly
 * more of them than the devices of this lab are on average. Names say nothing.
 */
export function isCore(snapshot: Snapshot, node: string): boolean {
  const device = snapshot.nodes.get(node)?.config.device;
  const reflects = device?.bgp.some((process) =>
    [...process.neighbours.values(), ...process.groups.values()].some(({ families }) =>
      [...families.values()].some(({ routeReflectorClient }) => routeReflectorClient?.value === true),
    ),
  );
  if (reflects) return true;
  if (snapshot.nodes.size < LEAST_DEVICES) return false;
  const peers = new Map<string, Set<string>>([...snapshot.nodes.keys()].map((name) => [name, new Set()]));
  for (const { a, b } of snapshot.links) {
    if (a.node === b.node) continue;
    if (peers.has(b.node)) peers.get(a.node)?.add(b.node);
    if (peers.has(a.node)) peers.get(b.node)?.add(a.node);
  }
  const own = peers.get(node)?.size ?? 0;
  const total = [...peers.values()].reduce((sum, set) => sum + set.size, 0);
  return own >= 3 && own * peers.size >= 1.5 * total;
}

/** The classes that a change falls into, device by device, computed from the configurations alone. */
export function classifyChange(inputs: RiskInputs): readonly ClassifiedChange[] {
  return inputs.devices.flatMap((change) => {
    const old = inputs.before.nodes.get(change.node)?.config;
    const now = inputs.after.nodes.get(change.node)?.config;
    if (!old || !now || isCosmetic(change, old, now)) return [];
    return (Object.keys(CHECKS) as ChangeClass[]).flatMap((name) =>
      CHECKS[name](change.node, old.device, now.device, inputs).map((reason) => ({
        class: name,
        node: change.node,
        reason,
      })),
    );
  });
}
