import { adjacenciesOf } from '../network/adjacencies.ts';
import type { Snapshot } from '../network/snapshot.ts';
import type { Adjacency } from '../network/state.ts';
import { groupBy } from './group-by.ts';
import { head } from './restore.ts';
import type { RawFinding } from './rule.ts';

/** Interior adjacencies that cannot come up, sorted by what keeps them down. */

export type Cause = 'mtu' | 'authentication' | 'parameters';

type Found = RawFinding & { readonly node: string };

/** How the reasons of the protocols begin. Passive ends and router-ids are other rules' matter. */
const causes: readonly (readonly [RegExp, Cause])[] = [
  [/^MTU /, 'mtu'],
  [/^(?:authentication|keys) /, 'authentication'],
  [/^(?:areas?|subnets|hello intervals|dead intervals|network types|levels?|AS numbers|K values) /, 'parameters'],
];

const causeOf = ({ detail = '' }: Adjacency): Cause | undefined =>
  causes.find(([expression]) => expression.test(detail))?.[1];

const cache = new WeakMap<Snapshot, ReadonlyMap<Cause | undefined, readonly Adjacency[]>>();

function byCause(snapshot: Snapshot): ReadonlyMap<Cause | undefined, readonly Adjacency[]> {
  const known =
    cache.get(snapshot) ??
    groupBy(
      adjacenciesOf(snapshot).filter(({ detail }) => detail),
      causeOf,
    );
  cache.set(snapshot, known);
  return known;
}

const portOf = (snapshot: Snapshot, node: string, name: string) =>
  snapshot.nodes.get(node)?.config.device.interfaces.get(name);

/** The line of an interface that a rule of this cause is about. */
function placeOf(snapshot: Snapshot, node: string, name: string, cause: Cause): RawFinding['span'] | undefined {
  const port = portOf(snapshot, node, name);
  const settings = port?.ospf ?? port?.ospfv3;
  const spans = {
    mtu: [port?.ipMtu?.span, port?.mtu?.span],
    authentication: [settings?.authenticationKey?.span, settings?.authentication?.span],
    parameters: [
      settings?.helloSeconds?.span,
      settings?.deadSeconds?.span,
      settings?.networkType?.span,
      settings?.area?.span,
    ],
  }[cause];
  const found = spans.find((span) => span !== undefined) ?? port?.span;
  return found && head(found);
}

/** Findings for the adjacencies that a cause keeps down, at both ends. */
export function brokenAdjacencies(snapshot: Snapshot, cause: Cause): Found[] {
  return (byCause(snapshot).get(cause) ?? []).flatMap((adjacency): Found[] => {
    const { node, interface: name, peerNode, peerInterface, detail = '', protocol, vrf } = adjacency;
    const span = placeOf(snapshot, node, name, cause);
    const there = placeOf(snapshot, peerNode, peerInterface, cause);
    const peer = snapshot.nodes.get(peerNode)?.config;
    if (!span) return [];
    const title = { ospf: 'OSPF', ospfv3: 'OSPFv3', isis: 'IS-IS', eigrp: 'EIGRP' }[protocol];
    return [
      {
        node,
        span,
        message: `${title} with ${peerNode} ${peerInterface}: ${detail}`,
        key: `${protocol} ${vrf} ${name} ${peerNode} ${peerInterface} ${detail}`,
        ...(there &&
          peer && {
            related: [
              {
                node: peerNode,
                file: there.file ?? peer.file,
                span: there,
                message: `the other end, ${peerInterface}`,
              },
            ],
          }),
      },
    ];
  });
}
