import type { Located } from '../../config/span.ts';
import type { Snapshot, SnapshotNode } from '../../network/snapshot.ts';
import { groupBy } from '../group-by.ts';
import { head } from '../restore.ts';
import { type RawFinding, rule } from '../rule.ts';

type Found = RawFinding & { readonly node: string };
type ReadonlyVrf = SnapshotNode['config']['device']['vrfs'] extends ReadonlyMap<string, infer V> ? V : never;

interface Use {
  readonly node: SnapshotNode;
  readonly vrf: ReadonlyVrf;
  readonly target: Located<string>;
}

const targetsOf = (vrf: ReadonlyVrf, side: 'importTargets' | 'exportTargets'): readonly Located<string>[] => [
  ...vrf[side],
  ...(vrf.evpn?.[side] ?? []),
  ...(vrf.ipv6?.[side] ?? []),
];

const uses = (snapshot: Snapshot, side: 'importTargets' | 'exportTargets'): readonly Use[] =>
  [...snapshot.nodes.values()].flatMap((node) =>
    [...node.config.device.vrfs.values()].flatMap((vrf) =>
      targetsOf(vrf, side).map((target): Use => ({ node, vrf, target })),
    ),
  );

/** Targets that are exported and imported nowhere, of VRFs that several devices have; and the other way round. */
function oneSided(snapshot: Snapshot): Found[] {
  const [imports, exports] = [uses(snapshot, 'importTargets'), uses(snapshot, 'exportTargets')];
  const shared = groupBy([...imports, ...exports], ({ vrf }) => vrf.name);
  const isShared = ({ vrf }: Use): boolean => new Set(shared.get(vrf.name)?.map(({ node }) => node.name)).size > 1;
  const report = (list: readonly Use[], others: readonly Use[], text: string): Found[] => {
    const known = new Set(others.map(({ target }) => target.value));
    return (
      list
        // One VRF without a partner in the lab says nothing: its partner may be outside.
        .filter((use) => isShared(use) && !known.has(use.target.value))
        .map(({ node, vrf, target }) => ({
          node: node.name,
          span: head(target.span),
          message: `the route target ${target.value} of VRF ${vrf.name} is ${text}, although other devices have this VRF`,
          key: `${vrf.name} ${target.value} ${text}`,
        }))
    );
  };
  return [...report(exports, imports, 'imported nowhere'), ...report(imports, exports, 'exported nowhere')];
}

/** One route distinguisher for two VRFs of a device: the routes of one take the place of the other's. */
function duplicates(node: SnapshotNode): Found[] {
  const named = [...node.config.device.vrfs.values()].flatMap(({ name, routeDistinguisher }) =>
    routeDistinguisher && routeDistinguisher.value !== 'auto' ? [{ name, rd: routeDistinguisher }] : [],
  );
  return [...groupBy(named, ({ rd }) => rd.value).values()].flatMap((same): Found[] =>
    same.length < 2
      ? []
      : same.map(({ name, rd }) => ({
          node: node.name,
          span: head(rd.span),
          message: `the route distinguisher ${rd.value} of VRF ${name} is also that of ${same
            .filter((other) => other.name !== name)
            .map((other) => other.name)
            .join(', ')}`,
          key: `rd ${name} ${rd.value}`,
        })),
  );
}

export default rule({
  id: 'route-target-mismatch',
  number: 36,
  priority: 'P1',
  scope: 'network',
  title: 'Route target on one side only, or a route distinguisher twice',
  why: 'A VRF takes the routes that carry a target which it imports. A target that is exported and imported nowhere carries its routes to nobody, and no session shows it. A route distinguisher that two VRFs share makes their prefixes one.',
  sources: ['RFC 4364 sections 4.1 to 4.3', 'RFC 8365 section 5.1.2'],
  remedy: 'Export what the others import; give each VRF of a device a route distinguisher of its own.',
  check: ({ snapshot }) => [...oneSided(snapshot), ...[...snapshot.nodes.values()].flatMap(duplicates)],
});
