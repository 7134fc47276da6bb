import type { Snapshot } from '../../network/snapshot.ts';
import { inherited, inVrf, isShutdown, neighboursOf } from '../bgp.ts';
import { peerOf, type Session } from '../peers.ts';
import { head } from '../restore.ts';
import { type RawFinding, rule } from '../rule.ts';

type Found = RawFinding & { readonly node: string };

const ttlSecurity = ({ process, neighbour }: Session) =>
  inherited(process, neighbour, (from) => from.ttlSecurityHops)?.value;

/** A session over several hops may be sent with a TTL that is high enough as it is (Junos `multihop ttl 255`). */
const sendsHigh = ({ process, neighbour }: Session, hops: number): boolean =>
  (inherited(process, neighbour, (from) => from.ebgpMultihop)?.value.value ?? 1) > 255 - hops;

function oneSided(snapshot: Snapshot, session: Session): Found[] {
  const own = ttlSecurity(session);
  const [back] = peerOf(snapshot, session)?.back ?? [];
  if (!own || !back || ttlSecurity(back) || sendsHigh(back, own.value)) return [];
  const span = back.neighbour.remoteAs?.span ?? head(back.neighbour.span);
  return [
    {
      node: session.node.name,
      span: head(own.span),
      message: `${session.neighbour.id} is accepted only from ${own.value} ${own.value === 1 ? 'hop' : 'hops'} away, but ${back.node.name} sends with a low TTL${inVrf(session.process.vrf)}: the session stays down`,
      key: `ttl ${session.process.vrf} ${session.neighbour.id}`,
      related: [
        {
          node: back.node.name,
          file: span.file ?? back.node.config.file,
          span,
          message: `${back.node.name} has no ttl-security here`,
        },
      ],
    },
  ];
}

export default rule({
  id: 'ttl-security-one-sided',
  number: 25,
  priority: 'P1',
  scope: 'network',
  title: 'TTL security on one side of a BGP session only',
  why: 'With TTL security a router expects packets that have hardly been forwarded, sent with TTL 255. A peer without it sends external sessions with TTL 1, and all its packets are dropped.',
  sources: ['RFC 5082, generalized TTL security mechanism', 'DISA STIG CISC-RT-000470, ARST-RT-000600'],
  remedy: 'Configure `ttl-security hops` on both ends in the same change.',
  check: ({ snapshot }) =>
    [...snapshot.nodes.values()].flatMap((node) =>
      neighboursOf(node.config.device).flatMap(({ process, neighbour }) =>
        isShutdown(process, neighbour) ? [] : oneSided(snapshot, { node, process, neighbour }),
      ),
    ),
});
