import type { Change } from '../change.ts';
import { inferLinks } from '../load/inferred-links.ts';
import type { ConfigParser } from '../load/load-snapshot.ts';
import type { Link, Snapshot, SnapshotNode } from '../snapshot.ts';
import { textWithout, type Unit } from './units.ts';

/** The lab after a change, of which some lines are left out. Cabling stays as it is after the change. */
export function snapshotWithout(
  { before, after, devices }: Change,
  leaves: ReadonlySet<Unit>,
  parse: ConfigParser,
): Snapshot {
  const nodes = new Map<string, SnapshotNode>(after.nodes);
  for (const [device, change] of devices.entries()) {
    const left = [...leaves].filter(({ leaf }) => leaf?.device === device);
    if (left.length === 0) continue;
    const { node } = change;
    const old = before.nodes.get(node);
    const now = after.nodes.get(node);
    if (left.some(({ leaf }) => leaf?.whole) || !now) {
      if (old) nodes.set(node, old);
      else nodes.delete(node);
      continue;
    }
    const text = textWithout(change, device, leaves);
    if (text === undefined) continue;
    const { kind, image, config } = now;
    const known = { ...(kind !== undefined && { kind }), ...(image !== undefined && { image }) };
    const { file, dialect, companions } = config;
    nodes.set(node, {
      name: node,
      ...known,
      config: parse({ text, file, node, dialect, ...known, ...(companions && { companions }) }),
    });
  }
  const sorted = new Map([...nodes].sort(([a], [b]) => (a < b ? -1 : 1)));
  return { ...after, nodes: sorted, links: linksOf(after, sorted) };
}

/** Links that follow from shared subnets follow from those of the new configurations. */
function linksOf(after: Snapshot, nodes: ReadonlyMap<string, SnapshotNode>): readonly Link[] {
  if (after.linksComplete && !after.links.some(({ source }) => source === 'inferred')) return after.links;
  const declared = after.links.filter(({ source }) => source !== 'inferred');
  const mentioned = new Set(declared.flatMap(({ a, b }) => [a.node, b.node]));
  return [...declared, ...inferLinks(nodes, (a, b) => !mentioned.has(a) || !mentioned.has(b))];
}
