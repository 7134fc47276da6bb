import { isShutdown, switchedVlans } from '../../network/interfaces.ts';
import type { Snapshot } from '../../network/snapshot.ts';
import { head } from '../restore.ts';
import { type RawFinding, rule } from '../rule.ts';
import { lostVlans, nameVlans } from '../trunks.ts';

type Found = RawFinding & { readonly node: string };

/** The two ends of each declared link that are switchports and up. */
function switchLinks(snapshot: Snapshot) {
  return snapshot.links.flatMap((link) => {
    if (link.source === 'inferred') return [];
    const [a, b] = [link.a, link.b].map((end) => {
      const node = snapshot.nodes.get(end.node);
      const port =
        node &&
        [...node.config.device.interfaces.values()].find(
          ({ name }) => name.toLowerCase() === end.interface.toLowerCase(),
        );
      // A member follows its port-channel; the port-channel's own settings are those that count.
      const carrier = port?.aggregate && node?.config.device.interfaces.get(port.aggregate.value);
      const used = carrier ?? port;
      return node && port && used?.switchport?.mode && used.switchport.mode.value !== 'routed' && !isShutdown(port)
        ? { node, port: used }
        : undefined;
    });
    return a && b ? [{ a, b }] : [];
  });
}

type End = NonNullable<ReturnType<typeof switchLinks>[number]>['a'];

/** Why two switchports do not fit; each end gets the sentence with the other end's value. */
function mismatch(end: End, other: End): { message: string; span: RawFinding['span'] } | undefined {
  const [mine, theirs] = [end.port.switchport, other.port.switchport];
  const [own, far] = [switchedVlans(end.port), switchedVlans(other.port)];
  if (!mine?.mode || !theirs?.mode || !own || !far) return undefined;
  if (mine.mode.value !== theirs.mode.value)
    return { message: `is ${mine.mode.value}, but the other end is ${theirs.mode.value}`, span: mine.mode.span };
  if (own.untagged !== far.untagged) {
    const what = mine.mode.value === 'access' ? 'access VLAN' : 'native VLAN';
    const span = (mine.mode.value === 'access' ? mine.accessVlan : mine.nativeVlan)?.span ?? end.port.span;
    return { message: `has ${what} ${own.untagged ?? 'none'}, but the other end ${far.untagged ?? 'none'}`, span };
  }
  const missing =
    mine.allowedVlans && theirs.allowedVlans ? lostVlans(theirs.allowedVlans.value, mine.allowedVlans.value) : [];
  if (missing.length === 0 || !mine.allowedVlans) return undefined;
  return { message: `does not allow ${nameVlans(missing)}, which the other end does`, span: mine.allowedVlans.span };
}

export default rule({
  id: 'switch-link-mismatch',
  number: 38,
  priority: 'P1',
  scope: 'network',
  title: 'Two ends of a switched link do not fit',
  why: 'With different native VLANs the traffic of one leaks into the other; with an access port against a trunk, or different lists, VLANs stop at the link without any port going down.',
  sources: ['IEEE 802.1Q', 'Cisco, VLAN trunking: native VLAN mismatch'],
  remedy: 'Give both ends the same mode, native VLAN and list of allowed VLANs.',
  check: ({ snapshot }) => {
    const found = switchLinks(snapshot).flatMap(({ a, b }) =>
      [
        { end: a, other: b },
        { end: b, other: a },
      ].flatMap(({ end, other }): Found[] => {
        const problem = mismatch(end, other);
        if (!problem) return [];
        const related = {
          node: other.node.name,
          file: other.node.config.file,
          span: head(other.port.span),
          message: `the other end, ${other.port.name}`,
        };
        return [
          {
            node: end.node.name,
            span: head(problem.span),
            message: `${end.port.name} ${problem.message}, ${other.node.name} ${other.port.name}`,
            key: `${end.port.name} ${other.node.name}`,
            related: [related],
          },
        ];
      }),
    );
    // Members of one port-channel say the same.
    return [...new Map(found.map((each) => [`${each.node} ${each.key} ${each.message}`, each])).values()];
  },
});
