import { isShutdown } from '../../network/interfaces.ts';
import type { Link, Snapshot, SnapshotNode } from '../../network/snapshot.ts';
import { isManagementPort } from '../management.ts';
import { head, standIn } from '../restore.ts';
import { type RawFinding, rule } from '../rule.ts';

type Found = RawFinding & { readonly node: string };

const portOf = (node: SnapshotNode | undefined, name: string) => {
  const ports = node?.config.device.interfaces;
  return (
    ports?.get(name) ?? [...(ports?.values() ?? [])].find((port) => port.name.toLowerCase() === name.toLowerCase())
  );
};

/** Whether both ends of the link are configured and up; the out-of-band network is not part of the backbone. */
function isUp(snapshot: Snapshot, { a, b }: Link): boolean {
  const ends = [a, b].map((end) => portOf(snapshot.nodes.get(end.node), end.interface));
  return ends.every((port) => port !== undefined && !isShutdown(port) && !isManagementPort(port));
}

/** Nodes that are connected by the links, each with the name of its part. */
function partsOf(nodes: Iterable<string>, links: readonly Link[]): ReadonlyMap<string, string> {
  const parent = new Map([...nodes].map((node) => [node, node]));
  const rootOf = (node: string): string => {
    let root = node;
    for (let next = parent.get(root); next !== undefined && next !== root; next = parent.get(root)) root = next;
    return root;
  };
  for (const { a, b } of links) {
    if (!parent.has(a.node) || !parent.has(b.node)) continue;
    const [first, second] = [rootOf(a.node), rootOf(b.node)].sort();
    if (first !== undefined && second !== undefined) parent.set(second, first);
  }
  return new Map([...parent.keys()].map((node) => [node, rootOf(node)]));
}

/** Where an end that was up is down or gone now: the line that shuts it, or near where it stood. */
function endOf(snapshot: Snapshot, before: Snapshot, end: Link['a']): { down: boolean; span: RawFinding['span'] } {
  const port = portOf(snapshot.nodes.get(end.node), end.interface);
  const old = before.nodes.get(end.node)?.config;
  const oldPort = portOf(before.nodes.get(end.node), end.interface);
  const now = snapshot.nodes.get(end.node)?.config;
  if (!port)
    return {
      down: true,
      span: old && oldPort && now ? standIn(old, oldPort.span.line, now) : { line: 0, start: 0, end: 0 },
    };
  const span = typeof port.shutdown === 'boolean' ? head(port.span) : head(port.shutdown.span);
  return { down: isShutdown(port), span };
}

export default rule({
  id: 'device-cut-off',
  number: 14,
  priority: 'P0',
  scope: 'network',
  title: 'Change severs every path to a part of the network',
  why: 'When the last link to a device or a site goes down, it can be neither reached nor repaired from the other side, whatever its configuration says.',
  sources: ['Meta, outage of 4 October 2021 (a command took down every backbone link)'],
  remedy: 'Keep one link to every device up, or make the change from the side that is cut off, with a timed revert.',
  check: ({ snapshot, before }) => {
    if (!before) return [];
    const nodes = [...snapshot.nodes.keys()].filter((node) => before.nodes.has(node));
    const wasUp = before.links.filter((link) => isUp(before, link));
    const isUpNow = snapshot.links.filter((link) => isUp(snapshot, link));
    const was = partsOf(nodes, wasUp);
    const now = partsOf(nodes, isUpNow);
    const severed = wasUp.filter(
      ({ a, b }) => was.get(a.node) === was.get(b.node) && now.get(a.node) !== now.get(b.node),
    );
    return severed.flatMap((link): Found[] =>
      [
        { near: link.a, far: link.b },
        { near: link.b, far: link.a },
      ].flatMap(({ near, far }): Found[] => {
        const { down, span } = endOf(snapshot, before, near);
        if (!down || !snapshot.nodes.has(near.node)) return [];
        const part = nodes.filter((node) => now.get(node) === now.get(far.node));
        const names = part.slice(0, 3).join(', ') + (part.length > 3 ? ` and ${part.length - 3} more` : '');
        const message = `takes down ${near.interface}, the last way from ${near.node} to ${names}`;
        return [{ node: near.node, span, message, key: `cut ${near.interface}` }];
      }),
    );
  },
});
