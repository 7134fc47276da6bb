import type { Adjacency, NetworkState } from '../../../network/state.ts';
import type { TwinPlan } from '../plan.ts';
import type { IgpNeighbour, RouterReading } from '../read-router.ts';

/**
 * Adjacencies as the daemons show them, and those that the configurations ask for and no daemon lists, as down. Lines
 * and reasons come from the computed state.
 */
export function adjacenciesOf(
  readings: readonly RouterReading[],
  plan: TwinPlan,
  computed: NetworkState,
): readonly Adjacency[] {
  const owners = new Map(
    readings.flatMap(({ node, igps }) =>
      igps.flatMap(({ protocol, ids }) => [...ids].map(([vrf, id]) => [`${protocol} ${vrf} ${id}`, node] as const)),
    ),
  );
  const far = farEnds(plan);
  const known = new Map(computed.adjacencies.map((one) => [keyOf(one), one]));
  const found = new Map<string, Adjacency>();
  const put = (node: string, neighbour: IgpNeighbour): void => {
    const { protocol, vrf, id, port, state, up } = neighbour;
    const peerNode = owners.get(`${protocol} ${vrf} ${id}`) ?? id;
    const ends = far.get(`${node} ${port}`) ?? [];
    const peerPort = ends.find((end) => end.node === peerNode)?.interface ?? '';
    const own = plan.routers.get(node)?.ports.find(({ name }) => name === port)?.interface ?? port;
    const at = { protocol, node, vrf, interface: own, peerNode, peerInterface: peerPort };
    const same = known.get(keyOf(at));
    const before = found.get(keyOf(at));
    if (before?.state === 'up') return;
    found.set(keyOf(at), {
      ...at,
      state: up ? 'up' : 'down',
      ...(!up && { detail: `${same?.detail === undefined ? '' : `${same.detail} `}(the daemon says ${state})` }),
      ...(same?.span && { span: same.span }),
    });
  };
  for (const { node, igps } of readings)
    for (const { neighbours } of igps) for (const one of neighbours) put(node, one);
  for (const [key, one] of known) {
    if (found.has(key) || one.protocol === 'eigrp') continue;
    found.set(key, { ...one, state: 'down', detail: one.detail ?? 'the daemon lists no neighbour there' });
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

const keyOf = ({ protocol, node, vrf, interface: port, peerNode, peerInterface }: Omit<Adjacency, 'state'>): string =>
  [node, vrf, protocol, port, peerNode, peerInterface].join('\n');

/** The other ends of the segment that a port is plugged into, by `node port`, with the devices' own names. */
function farEnds({ segments, routers }: TwinPlan): ReadonlyMap<string, readonly { node: string; interface: string }[]> {
  const own = (node: string, port: string): string =>
    routers.get(node)?.ports.find(({ name }) => name === port)?.interface ?? port;
  return new Map(
    segments.flatMap(({ ends }) =>
      ends.map((end) => [
        `${end.node} ${end.port}`,
        ends.filter((other) => other !== end).map(({ node, port }) => ({ node, interface: own(node, port) })),
      ]),
    ),
  );
}
