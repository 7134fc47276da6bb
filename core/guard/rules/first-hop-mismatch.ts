import { makePrefix, parseIp } from '../../config/address.ts';
import { isShutdown } from '../../network/interfaces.ts';
import type { Snapshot, SnapshotNode } from '../../network/snapshot.ts';
import { groupBy } from '../group-by.ts';
import { vrfOfInterface } from '../peers.ts';
import { head } from '../restore.ts';
import { type RawFinding, rule } from '../rule.ts';

type Found = RawFinding & { readonly node: string };

/** A router's part in a first-hop group, with the subnet in which it stands. */
interface Member {
  readonly node: SnapshotNode;
  readonly port: string;
  readonly subnet: string;
  readonly protocol: string;
  readonly group: number;
  readonly addresses: readonly string[];
  readonly priority: number;
  readonly span: RawFinding['span'];
}

/** Priority where none is configured: 100 for both protocols (RFC 9568 section 5.2.4, RFC 2281). */
const DEFAULT_PRIORITY = 100;

const membersOf = (snapshot: Snapshot): Member[] =>
  [...snapshot.nodes.values()].flatMap((node) =>
    [...node.config.device.interfaces.values()].flatMap((port) => {
      const own = port.addresses.find(({ family, secondary }) => family === 'ipv4' && !secondary);
      const ip = own && parseIp(own.address);
      if (!own || !ip || isShutdown(port)) return [];
      const subnet = `${vrfOfInterface(port)} ${makePrefix(ip, own.length).text}`;
      return port.firstHop
        .filter(({ protocol }) => protocol !== 'varp')
        .map(
          ({ protocol, group, addresses, priority, span }): Member => ({
            node,
            port: port.name,
            subnet,
            protocol: protocol.toUpperCase(),
            group,
            addresses: addresses.map(({ value }) => value).sort(),
            priority: priority?.value ?? DEFAULT_PRIORITY,
            span: head(span),
          }),
        );
    }),
  );

export default rule({
  id: 'first-hop-mismatch',
  number: 39,
  priority: 'P1',
  scope: 'network',
  title: 'First-hop redundancy group that differs between its routers',
  why: 'Two routers of one VRRP or HSRP group with different addresses are both active, each for its own; hosts that use the other address have no way out when its router fails.',
  sources: ['RFC 9568, VRRP version 3', 'RFC 2281, HSRP'],
  remedy: 'Give the group the same address on all its routers, and different priorities.',
  check: ({ snapshot }) =>
    [
      ...groupBy(membersOf(snapshot), ({ subnet, protocol, group }) => `${subnet} ${protocol} ${group}`).values(),
    ].flatMap((members): Found[] => {
      if (new Set(members.map(({ node }) => node.name)).size < 2) return [];
      const texts = new Set(members.map(({ addresses }) => addresses.join(', ')));
      const highest = Math.max(...members.map(({ priority }) => priority));
      const rivals = members.filter(({ priority }) => priority === highest);
      return members.flatMap((member): Found[] => {
        const other = members.find(
          ({ node, addresses }) => node !== member.node && addresses.join(', ') !== member.addresses.join(', '),
        );
        const title = `${member.protocol} group ${member.group} of ${member.port}`;
        const related = (peer: Member): RawFinding['related'] => [
          {
            node: peer.node.name,
            file: peer.span.file ?? peer.node.config.file,
            span: peer.span,
            message: `${peer.node.name} ${peer.port}`,
          },
        ];
        if (texts.size > 1 && other)
          return [
            {
              node: member.node.name,
              span: member.span,
              message: `${title} has ${member.addresses.join(', ') || 'no address'}, but ${other.node.name} has ${other.addresses.join(', ') || 'none'}`,
              key: `address ${member.port} ${member.group}`,
              related: related(other),
            },
          ];
        const rival = rivals.find(({ node }) => node !== member.node);
        if (!rival || !rivals.includes(member)) return [];
        return [
          {
            node: member.node.name,
            span: member.span,
            priority: 'P2',
            message: `${title} has priority ${member.priority}, as ${rival.node.name} has: the higher address decides who is active`,
            key: `priority ${member.port} ${member.group}`,
            related: related(rival),
          },
        ];
      });
    }),
});
