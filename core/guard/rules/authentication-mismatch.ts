import { sameSecret } from '../../network/secret-text.ts';
import type { Snapshot } from '../../network/snapshot.ts';
import { brokenAdjacencies } from '../adjacencies.ts';
import { inherited, inVrf, isShutdown, neighboursOf } from '../bgp.ts';
import { peerOf, type Session } from '../peers.ts';
import { head } from '../restore.ts';
import { type RawFinding, rule } from '../rule.ts';

type Found = RawFinding & { readonly node: string };

const passwordOf = ({ process, neighbour }: Session) => inherited(process, neighbour, (from) => from.password)?.value;

/** Keys that cannot be read (type 6) are taken to be equal: only what surely differs is reported. */
function differentPasswords(snapshot: Snapshot, session: Session): Found[] {
  const peer = peerOf(snapshot, session);
  const back = peer?.back.find(({ process }) => process.vrf === peer.vrf) ?? peer?.back[0];
  if (!back) return [];
  const [own, far] = [passwordOf(session), passwordOf(back)];
  if (!own && !far) return [];
  const same = own && far ? sameSecret(own.value, far.value) : false;
  if (same !== false) return [];
  const there = far?.span ?? back.neighbour.remoteAs?.span ?? head(back.neighbour.span);
  const span = own?.span ?? session.neighbour.remoteAs?.span ?? head(session.neighbour.span);
  const what = own && far ? 'has another password than' : own ? 'has a password, but not' : 'has no password, but';
  return [
    {
      node: session.node.name,
      span: head(span),
      message: `${session.neighbour.id} ${what} ${back.node.name}${own && !far ? "'s side" : ''}${inVrf(session.process.vrf)}: the session stays down`,
      key: `bgp ${session.process.vrf} ${session.neighbour.id}`,
      related: [
        {
          node: back.node.name,
          file: there.file ?? back.node.config.file,
          span: head(there),
          message: `${back.node.name}'s side of the session`,
        },
      ],
    },
  ];
}

export default rule({
  id: 'authentication-mismatch',
  number: 23,
  priority: 'P1',
  scope: 'network',
  title: 'Authentication differs between the two ends',
  why: 'A key on one side only, or two different keys, ends the session or the adjacency at the moment at which the second side is changed, often long after the first.',
  sources: ['RFC 5925, the TCP authentication option; RFC 2385', 'RFC 2328 appendix D', 'DISA STIG CISC-RT-000050'],
  remedy: 'Change both ends in the same window, or use a key chain whose lifetimes overlap.',
  check: ({ snapshot }) => [
    ...brokenAdjacencies(snapshot, 'authentication'),
    ...[...snapshot.nodes.values()].flatMap((node) =>
      neighboursOf(node.config.device).flatMap(({ process, neighbour }) =>
        isShutdown(process, neighbour) ? [] : differentPasswords(snapshot, { node, process, neighbour }),
      ),
    ),
  ],
});
