import type { Snapshot, SnapshotNode } from '../../network/snapshot.ts';
import { familySetting, isExternal, neighboursOf } from '../bgp.ts';
import { type Command, commandsOf } from '../commands.ts';
import { groupBy } from '../group-by.ts';
import { own } from '../restore.ts';
import { type RawFinding, rule } from '../rule.ts';

type Found = RawFinding & { readonly node: string };

interface Group {
  readonly title: string;
  readonly members: readonly string[];
}

/** Devices that stand in for each other: the members of a first-hop group, and the route reflectors of an AS. */
function groupsOf(snapshot: Snapshot): readonly Group[] {
  const nodes = [...snapshot.nodes.values()];
  const gateways = nodes.flatMap((node) =>
    [...node.config.device.interfaces.values()].flatMap(({ firstHop, vrf }) =>
      firstHop.flatMap(({ addresses }) =>
        addresses.map(({ value }) => ({ node: node.name, key: `${vrf?.value ?? 'default'} ${value}` })),
      ),
    ),
  );
  const reflectors = nodes.flatMap((node) =>
    neighboursOf(node.config.device)
      .filter(
        ({ process, neighbour }) =>
          isExternal(process, neighbour) === false &&
          [...neighbour.families.keys(), 'ipv4-unicast' as const].some(
            (family) =>
              familySetting(process, neighbour, family, (from) => from.routeReflectorClient)?.value.value === true,
          ),
      )
      .map(({ process }) => ({ node: node.name, key: String(process.asn.value) })),
  );
  const made = (title: (key: string) => string, list: readonly { readonly node: string; readonly key: string }[]) =>
    [...groupBy(list, ({ key }) => key)].map(([key, same]) => ({
      title: title(key),
      members: [...new Set(same.map(({ node }) => node))].sort(),
    }));
  const all = [
    ...made((key) => `the gateway ${key.split(' ')[1]}`, gateways),
    ...made((key) => `the route reflectors of AS ${key}`, reflectors),
  ].filter(({ members }) => members.length > 1);
  // A pair is the gateway of many networks: it is one group.
  return [...new Map(all.map((group) => [group.members.join(' '), group])).values()];
}

const addressOf = ({ path, words, negated }: Command): string =>
  [...path.map((mode) => mode.words.join(' ')), `${negated ? 'no ' : ''}${words.join(' ')}`].join(' / ');

/** Lines that a change takes away or rewrites and that may touch routing; what is merely added takes nothing away. */
function taken(before: SnapshotNode, after: SnapshotNode): ReadonlySet<string> {
  if (before.config.text === after.config.text) return new Set();
  const now = new Set(commandsOf(after.config).map(addressOf));
  return new Set(
    commandsOf(before.config)
      .filter((command) => before.config.matches.get(command.statement)?.entry.effect !== 'none')
      .map(addressOf)
      .filter((address) => !now.has(address)),
  );
}

/** The first line of the new configuration that has no counterpart in the old one, or the first line. */
function placeOf(before: SnapshotNode, after: SnapshotNode): RawFinding['span'] {
  const old = new Set(commandsOf(before.config).map(addressOf));
  const fresh = commandsOf(after.config).find((command) => !old.has(addressOf(command)));
  return fresh ? own(fresh) : { line: 0, start: 0, end: (after.config.tree.lines[0] ?? '').length };
}

export default rule({
  id: 'redundancy-changed-together',
  number: 16,
  priority: 'P1',
  scope: 'network',
  title: 'The same change on every member of a redundant group',
  why: 'A second device protects against the failure of the first one only as long as they do not fail alike. A mistake that is made on both gateways, or on all route reflectors, in one change leaves nothing that stands in.',
  sources: [
    'Optus, November 2023: about 90 routers isolated themselves by the same default (public review)',
    'Meta, October 2021: one command withdrew every backbone link (public report)',
  ],
  remedy: 'Change one member, watch it under load, and change the others in a change of their own.',
  check: ({ snapshot, before }) => {
    if (!before) return [];
    return groupsOf(before).flatMap(({ title, members }): Found[] => {
      const pairs = members.map((name) => ({ old: before.nodes.get(name), now: snapshot.nodes.get(name) }));
      if (pairs.some(({ old, now }) => !old || !now)) return [];
      const lines = pairs.map(({ old, now }) => taken(old as SnapshotNode, now as SnapshotNode));
      const [first, ...others] = lines;
      const common = [...(first ?? [])].filter((line) => others.every((set) => set.has(line)));
      const [example] = common;
      if (example === undefined) return [];
      return pairs.map(({ old, now }) => {
        const node = now as SnapshotNode;
        return {
          node: node.name,
          span: placeOf(old as SnapshotNode, node),
          message: `all of ${members.join(', ')} (${title}) lose or change "${example}"${common.length > 1 ? ` and ${common.length - 1} more` : ''} at once`,
          key: `${members.join(' ')} ${example}`,
        };
      });
    });
  },
});
