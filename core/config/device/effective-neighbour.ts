import type { AddressFamily, BgpNeighbour, BgpNeighbourFamily, BgpProcess } from './bgp.ts';
import type { Device } from './device.ts';

type ReadonlyProcess = Device['bgp'][number] | BgpProcess;
type ReadonlyNeighbour = ReadonlyProcess['neighbours'] extends infer M
  ? M extends ReadonlyMap<string, infer N>
    ? N
    : never
  : never;
type ReadonlyFamily = ReadonlyNeighbour['families'] extends infer M
  ? M extends ReadonlyMap<AddressFamily, infer F>
    ? F
    : never
  : never;

/** Groups are followed so deep at most; a cycle ends earlier because each group counts once. */
const MAX_DEPTH = 16;

/**
 * The neighbour and what it inherits from, strongest first: itself, its templates in their order, its group, and what
 * those inherit from in turn (a peer group of FRR, EOS and IOS is one level; NX-OS and IOS-XR templates nest).
 */
export function ancestry(process: ReadonlyProcess, neighbour: ReadonlyNeighbour): readonly ReadonlyNeighbour[] {
  const found: ReadonlyNeighbour[] = [];
  const visit = (each: ReadonlyNeighbour, depth: number): void => {
    if (found.includes(each) || depth > MAX_DEPTH) return;
    found.push(each);
    for (const name of [...(each.templates ?? []), ...(each.group ? [each.group] : [])]) {
      const group = process.groups.get(name.value);
      if (group) visit(group, depth + 1);
    }
  };
  visit(neighbour, 0);
  return found;
}

const SESSION_FIELDS = [
  'remoteAs', 'description', 'shutdown', 'updateSource', 'interface', 'ebgpMultihop', 'ttlSecurityHops', 'disableConnectedCheck',
  'password', 'authenticatedBy', 'localAs', 'localAddress', 'passive', 'timers', 'bfd', 'enforceFirstAs', 'clusterId', 'extendedNextHop',
] as const satisfies readonly (keyof BgpNeighbour)[]; // biome-ignore format: a list of names reads better packed

/** First definition of each field wins. */
function merge<T extends object>(parts: readonly T[], fields: readonly (keyof T)[]): Partial<T> {
  const merged: Partial<T> = {};
  for (const field of fields) {
    const owner = parts.find((part) => part[field] !== undefined);
    if (owner) merged[field] = owner[field];
  }
  return merged;
}

/** A part of a neighbour's settings and the templates that it alone inherits, in their order, nested ones behind each. */
function withTemplates(
  process: ReadonlyProcess,
  part: ReadonlyFamily | undefined,
  family: AddressFamily,
  seen: Set<string>,
): readonly ReadonlyFamily[] {
  if (!part) return [];
  return [
    part,
    ...(part.templates ?? []).flatMap(({ value: name }) => {
      const template = process.groups.get(name);
      if (!template || seen.has(name) || seen.size > MAX_DEPTH) return [];
      seen.add(name);
      return [
        ...withTemplates(process, template.families.get(family), family, seen),
        ...withTemplates(process, template.everyFamily, family, seen),
      ];
    }),
  ];
}

/** The settings of one address family, own before inherited, each field by itself; undefined where nothing is set. */
export function effectiveFamily(
  process: ReadonlyProcess,
  neighbour: ReadonlyNeighbour,
  family: AddressFamily,
): BgpNeighbourFamily | undefined {
  const parts = ancestry(process, neighbour).flatMap((each): readonly ReadonlyFamily[] => {
    const seen = new Set<string>();
    return [
      ...withTemplates(process, each.families.get(family), family, seen),
      ...withTemplates(process, each.everyFamily, family, seen),
    ];
  });
  const first = parts[0];
  if (!first) return undefined;
  const fields = new Set(parts.flatMap((part) => Object.keys(part) as (keyof ReadonlyFamily)[]));
  return { ...merge(parts, [...fields]), span: first.span } as BgpNeighbourFamily;
}

/**
 * A neighbour as the device sees it: every setting that it, its templates or its group make, field by field and address
 * family by address family, the neighbour's own first. Nothing is added that no line says: what holds without a line
 * (activation, timers, policies) is the caller's to take from `Behaviour` and the process options.
 */
export function effectiveNeighbour(process: ReadonlyProcess, neighbour: ReadonlyNeighbour): BgpNeighbour {
  const parts = ancestry(process, neighbour);
  const families = new Map<AddressFamily, BgpNeighbourFamily>();
  // A template without a family of its own holds in every family that the process has.
  const everywhere = parts.some((each) => each.everyFamily)
    ? (['ipv4-unicast', ...process.families.keys()] as const)
    : [];
  for (const name of new Set([...everywhere, ...parts.flatMap((each) => [...each.families.keys()])])) {
    const merged = effectiveFamily(process, neighbour, name);
    if (merged) families.set(name, merged);
  }
  const { id, kind, span, group, templates } = neighbour;
  return {
    ...(merge(parts, SESSION_FIELDS) as Partial<BgpNeighbour>),
    id,
    kind,
    span,
    ...(group && { group }),
    ...(templates && { templates: [...templates] }),
    families,
  };
}
