import { sameSecret } from '../../secret-text.ts';
import type { Adjacency } from '../../state.ts';
import type { L3Interface } from '../../topology.ts';
import type { Context } from '../protocol.ts';
import { sameSubnet } from './circuits.ts';
import type { Circuit, Instance, Neighbour } from './model.ts';

const place = (circuit: Circuit): string => `${circuit.instance.table.node} ${circuit.l3.name}`;

const isMultiAccess = ({ type }: Circuit): boolean => type === 'broadcast' || type === 'non-broadcast';

/** Largest IP packet of an interface in bytes; undefined where it is not known. */
export function ipMtu(context: Context, one: L3Interface): number | undefined {
  const { behaviour, node } = one.table;
  const { default: assumed, header } = behaviour.ipMtu ?? { default: 1500, header: 0 };
  const parent =
    one.config.parent === undefined ? undefined : context.topology.states.get(node)?.get(one.config.parent);
  const mtu = one.config.mtu ?? parent?.config.mtu;
  return one.config.ipMtu?.value ?? (mtu ? mtu.value - header : (assumed ?? undefined));
}

const areaType = ({ instance, area }: Circuit): 'normal' | 'stub' | 'nssa' =>
  instance.process.areas.get(area)?.type?.value ?? 'normal';

const authentication = ({ config, instance, area }: Circuit): string =>
  config.authentication?.value ?? instance.process.areas.get(area)?.authentication?.value ?? 'none';

type Check = (a: Circuit, b: Circuit, context: Context) => string | undefined;

/** What keeps two routers on one link from becoming neighbours, in the order in which a packet is looked at. */
const CHECKS: readonly Check[] = [
  (a, b) => {
    const silent = [a, b].filter((circuit) => circuit.passive);
    return silent.length === 0 ? undefined : `passive on ${silent.map(place).join(' and ')}`;
  },
  (a, b) => (a.area === b.area ? undefined : `areas differ: ${a.area} on ${place(a)}, ${b.area} on ${place(b)}`),
  (a, b) =>
    a.instance.routerId === b.instance.routerId
      ? `both ${a.instance.table.node} and ${b.instance.table.node} have the router id ${a.instance.routerId}`
      : undefined,
  // RFC 2328 section 10.5: the mask is compared except on point-to-point links.
  (a, b) =>
    a.instance.process.version === 2 && isMultiAccess(a) && isMultiAccess(b) && !sameSubnet(a, b)
      ? `subnets differ: ${a.address?.text}/${a.networkLength} on ${place(a)}, ${b.address?.text}/${b.networkLength} on ${place(b)}`
      : undefined,
  (a, b) =>
    a.helloSeconds === b.helloSeconds
      ? undefined
      : `hello intervals differ: ${a.helloSeconds} s on ${place(a)}, ${b.helloSeconds} s on ${place(b)}`,
  (a, b) =>
    a.deadSeconds === b.deadSeconds
      ? undefined
      : `dead intervals differ: ${a.deadSeconds} s on ${place(a)}, ${b.deadSeconds} s on ${place(b)}`,
  (a, b) =>
    areaType(a) === areaType(b)
      ? undefined
      : `area ${a.area} is ${areaType(a)} on ${a.instance.table.node} and ${areaType(b)} on ${b.instance.table.node}`,
  (a, b) =>
    authentication(a) === authentication(b)
      ? undefined
      : `authentication differs: ${authentication(a)} on ${place(a)}, ${authentication(b)} on ${place(b)}`,
  (a, b, context) => {
    const [x, y] = [a.config.authenticationKey, b.config.authenticationKey];
    if (authentication(a) === 'none' || authentication(a) === 'key-chain' || (!x && !y)) return undefined;
    const same = x && y ? sameSecret(x.value, y.value) : false;
    if (same === undefined)
      context.caveat(
        a.instance.table.node,
        `The OSPF key of ${a.l3.name} is stored so that it cannot be compared with that of ${place(b)}; they are taken to be equal.`,
        x?.span,
      );
    return same === false ? `keys differ between ${place(a)} and ${place(b)}` : undefined;
  },
  // RFC 2328 section 10.6: a database description with a larger MTU than one's own is rejected.
  (a, b, context) => {
    const [x, y] = [ipMtu(context, a.l3), ipMtu(context, b.l3)];
    if (x === undefined || y === undefined || x === y) return undefined;
    const smaller = x < y ? a : b;
    return smaller.config.mtuIgnore?.value ? undefined : `MTU differs: ${x} on ${place(a)}, ${y} on ${place(b)}`;
  },
];

/** Network types that make the same link in the database of both ends. */
const routesAcross = (a: Circuit, b: Circuit): boolean => isMultiAccess(a) === isMultiAccess(b);

export interface OspfNeighbours {
  /** Both directions of every adjacency over which routes are computed. */
  readonly neighbours: readonly Neighbour[];
  readonly adjacencies: readonly Adjacency[];
}

/** Which interfaces become neighbours, and why others on the same link do not. */
export function neighboursOf(context: Context, instances: readonly Instance[]): OspfNeighbours {
  const neighbours: Neighbour[] = [];
  const adjacencies: Adjacency[] = [];
  const byInterface = new Map<string, Circuit>();
  const key = (version: number, one: L3Interface): string => `${version} ${one.index}`;
  const circuits = instances.flatMap((instance) => instance.circuits);
  for (const circuit of circuits) byInterface.set(key(circuit.instance.process.version, circuit.l3), circuit);

  const electable = (members: readonly Circuit[]): boolean => members.some(({ priority }) => priority > 0);
  for (const a of circuits) {
    if (a.type === 'loopback' || a.l3.segment < 0) continue;
    const { version } = a.instance.process;
    const others = context.topology
      .neighboursOf(a.l3)
      .flatMap((one) => byInterface.get(key(version, one)) ?? [])
      .filter((b) => b.type !== 'loopback' && b.instance !== a.instance);
    for (const b of others) {
      if (a.passive && b.passive) continue;
      // Several subnets may share a wire; only with one neighbour there a difference is a mistake.
      const stranger = version === 2 && others.length > 1 && isMultiAccess(a) && !sameSubnet(a, b);
      if (stranger) continue;
      let detail: string | undefined;
      for (const check of CHECKS) {
        // The lower index speaks first, so that both ends give the same reason.
        detail = a.index < b.index ? check(a, b, context) : check(b, a, context);
        if (detail) break;
      }
      if (!detail && isMultiAccess(a) && isMultiAccess(b) && !electable([a, ...others]))
        detail = 'no designated router can be elected: every router here has priority 0';
      const across = routesAcross(a, b);
      adjacencies.push({
        protocol: version === 2 ? 'ospf' : 'ospfv3',
        node: a.instance.table.node,
        vrf: a.instance.table.vrf,
        interface: a.l3.name,
        peerNode: b.instance.table.node,
        peerInterface: b.l3.name,
        state: detail ? 'down' : 'up',
        ...(detail && { detail }),
        ...(!detail && !across && { detail: `network types differ (${a.type}, ${b.type}): no route crosses it` }),
        span: a.span,
      });
      if (!detail && across) neighbours.push({ from: a, to: b });
    }
  }
  return { neighbours, adjacencies };
}
