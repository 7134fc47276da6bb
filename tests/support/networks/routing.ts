import type {
  BgpNeighbour,
  GeneratedDialect,
  NetworkPlan,
  Port,
  PrefixListEntry,
  RedistributedProtocol,
  RoutePolicyTerm,
  RouterPlan,
} from './plan.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { Graph } from './shapes.ts';

/**
 * `ebgp`: an AS per group, external sessions on every link between groups (and internal ones inside).
 * `ospf`: one OSPF domain, areas by group.
 * `mixed`: OSPF inside each group, internal BGP over it between loopbacks, external BGP between groups.
 */
export type NetworkRouting = 'ebgp' | 'ospf' | 'mixed';

export interface RoutingOptions {
  readonly routing: NetworkRouting;
  /**
   * `none`; `filters`: prefix lists, communities, longer paths and MEDs, under which a stable state is reached from
   * everywhere; `preferences`: local preferences too, which may have several stable states or none.
   */
  readonly policies: 'none' | 'filters' | 'preferences';
  /** `one-way`: static and connected routes, and OSPF into BGP; `mutual`: BGP into OSPF as well. */
  readonly redistribution: 'none' | 'one-way' | 'mutual';
  readonly prefixesPerEdge: number;
  readonly dialectOf: (router: number) => GeneratedDialect;
  readonly nameOf: (router: number) => string;
}

const FIRST_AS = 4_200_000_000;
const FIRST_SMALL_AS = 64_512;

const dotted = (value: number): string =>
  [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255].join('.');
const LINKS = 0x0a000000;
const HOSTS = 0x0a800000;
const LOOPBACKS = 0xac100000;
const STATICS = 0xc6120000;

/** Addresses, protocols and policies of every router of a graph. */
export function planOf(graph: Graph, options: RoutingOptions, random: SeededRandom): NetworkPlan {
  const ports: Port[][] = graph.nodes.map(() => []);
  const links: NetworkPlan['links'][number][] = [];
  const areas = areasOf(graph);
  for (const [at, [a, b]] of graph.links.entries()) {
    const interior =
      options.routing === 'ospf' || (options.routing === 'mixed' && graph.nodes[a]?.group === graph.nodes[b]?.group);
    const area = options.routing === 'ospf' ? areas(a, b) : 0;
    const costs = [1 + random.below(4), 1 + random.below(4)];
    const shutdown = options.policies !== 'none' && graph.nodes[a]?.tier === 'plain' && random.chance(0.04);
    const names = [a, b].map((own, end) => {
      const number = (ports[own]?.length ?? 0) + 1;
      ports[own]?.push({
        number,
        address: `${dotted(LINKS + 2 * at + end)}/31`,
        peer: end === 0 ? b : a,
        ...(interior && { ospf: { area, cost: 10 * (costs[end] as number) } }),
        ...(shutdown && end === 0 && { shutdown }),
      });
      return { router: own, port: number };
    });
    links.push({ a: names[0] as never, b: names[1] as never });
  }
  const planner = new Planner(graph, options, random, ports);
  return { routers: graph.nodes.map((_, at) => planner.router(at)), links };
}

/** OSPF areas: the first group is the backbone; a link is in the area of the group that is not. */
const areasOf =
  ({ nodes }: Graph) =>
  (a: number, b: number): number => {
    const [x, y] = [nodes[a]?.group ?? 0, nodes[b]?.group ?? 0];
    // An area touches the backbone only: a link between two other groups belongs to the backbone.
    return x === y ? x : x === 0 ? y : y === 0 ? x : 0;
  };

class Planner {
  readonly #graph: Graph;
  readonly #options: RoutingOptions;
  readonly #random: SeededRandom;
  readonly #ports: readonly (readonly Port[])[];
  #hosts = 0;

  constructor(graph: Graph, options: RoutingOptions, random: SeededRandom, ports: readonly (readonly Port[])[]) {
    this.#graph = graph;
    this.#options = options;
    this.#random = random;
    this.#ports = ports;
  }

  router(number: number): RouterPlan {
    const { routing, prefixesPerEdge, dialectOf, nameOf, redistribution } = this.#options;
    const random = this.#random;
    const node = this.#graph.nodes[number] as Graph['nodes'][number];
    const ports = this.#ports[number] as readonly Port[];
    const dialect = dialectOf(number);
    const count = node.tier === 'core' || node.tier === 'aggregation' ? 0 : prefixesPerEdge;
    const hosts = Array.from({ length: count }, () => `${dotted(HOSTS + this.#hosts++ * 256 + 1)}/24`);
    const redistributes = redistribution !== 'none' && random.chance(0.4);
    const statics =
      redistribution === 'none'
        ? []
        : Array.from({ length: random.below(3) }, () => {
            const port = random.chance(0.5) && ports.length > 0 ? random.pick(ports) : undefined;
            return {
              prefix: `${dotted(STATICS + random.below(8) * 256)}/24`,
              via: port ? otherEnd(port) : ('discard' as const),
            };
          });
    const draft = {
      prefixLists: new Map<string, readonly PrefixListEntry[]>(),
      communityLists: new Map<string, string>(),
      policies: new Map<string, readonly RoutePolicyTerm[]>(),
    };
    const loopback = `${dotted(LOOPBACKS + number)}/32`;
    const interior = routing === 'ospf' || routing === 'mixed';
    const exterior = routing !== 'ospf';
    const intoBgp: RedistributedProtocol[] = redistributes ? ['static'] : [];
    if (redistributes && routing === 'mixed' && random.chance(0.5)) intoBgp.push('ospf');
    const intoOspf: RedistributedProtocol[] = redistributes ? ['static'] : [];
    if (redistributes && redistribution === 'mutual' && routing === 'mixed' && random.chance(0.5)) intoOspf.push('bgp');
    const own = hosts.map((address) => `${dotted(networkOf(address))}/24`);
    return {
      number,
      name: nameOf(number),
      dialect,
      loopback,
      ports,
      hosts,
      statics: distinct(statics),
      ...(interior && {
        ospf: {
          area: routing === 'ospf' ? (ports.find((port) => port.ospf?.area)?.ospf?.area ?? 0) : 0,
          redistribute: intoOspf,
          defaultOriginate: redistributes && random.chance(0.2),
        },
      }),
      ...(exterior && {
        bgp: {
          asn: this.#asOf(number),
          neighbours: this.#neighbours(number, draft),
          networks: routing === 'ebgp' ? [...own, loopback] : own,
          redistribute: intoBgp,
          aggregates: redistribution !== 'none' && hosts.length > 0 && random.chance(0.1) ? ['10.128.0.0/12'] : [],
          maximumPaths: node.tier === 'plain' ? 1 : 64,
        },
      }),
      ...draft,
    };
  }

  /** One AS per group; four-byte numbers where the groups of a fat-tree need many. */
  #asOf(router: number): number {
    const group = this.#graph.nodes[router]?.group ?? 0;
    return this.#graph.nodes.length > 500 ? FIRST_AS + group : FIRST_SMALL_AS + group;
  }

  #neighbours(number: number, draft: Drafts): readonly BgpNeighbour[] {
    const { routing } = this.#options;
    const own = this.#asOf(number);
    const external = (this.#ports[number] as readonly Port[])
      .filter((port) => routing === 'ebgp' || this.#asOf(port.peer) !== own)
      .map((port): BgpNeighbour => {
        const remoteAs = this.#asOf(port.peer);
        if (remoteAs === own) return { address: otherEnd(port), remoteAs, nextHopSelf: true };
        return { address: otherEnd(port), remoteAs, ...this.#policiesFor(number, port.peer, draft) };
      });
    if (routing !== 'mixed') return external;
    const members = this.#graph.nodes.flatMap((_, at) => (this.#asOf(at) === own && at !== number ? [at] : []));
    // A group with many members has its first one as a route reflector, as networks do.
    const first = Math.min(number, ...members);
    const reflects = members.length >= 4;
    const internal = members
      .filter((member) => !reflects || number === first || member === first)
      .map(
        (member): BgpNeighbour => ({
          address: dotted(LOOPBACKS + member),
          remoteAs: own,
          fromLoopback: true,
          nextHopSelf: true,
          ...(reflects && number === first && { reflectorClient: true }),
        }),
      );
    return [...external, ...internal];
  }

  /** Policies towards one neighbour. A data centre has the same ones everywhere, by tier; other networks have what chance gives. */
  #policiesFor(number: number, peer: number, draft: Drafts): Pick<BgpNeighbour, 'policyIn' | 'policyOut'> {
    const { policies } = this.#options;
    if (policies === 'none') return {};
    const node = this.#graph.nodes[number] as Graph['nodes'][number];
    const other = this.#graph.nodes[peer] as Graph['nodes'][number];
    draft.prefixLists.set('FABRIC', [
      { permit: true, prefix: '10.128.0.0/9', le: 24 },
      { permit: true, prefix: '172.16.0.0/16', le: 32 },
      { permit: true, prefix: '198.18.0.0/15', le: 24 },
    ]);
    if (node.tier !== 'plain') {
      const upwards = other.tier === 'core' || node.tier === 'edge';
      draft.communityLists.set('FROM-ABOVE', '65000:1');
      draft.policies.set('FABRIC-IN', [
        {
          permit: true,
          match: { prefixList: 'FABRIC' },
          ...(upwards && { set: { communities: ['65000:1'] } }),
        },
      ]);
      // What came from above does not go up again: no valleys.
      draft.policies.set('UP', [
        { permit: false, match: { community: 'FROM-ABOVE' } },
        { permit: true, match: { prefixList: 'FABRIC' } },
      ]);
      draft.policies.set('DOWN', [{ permit: true, match: { prefixList: 'FABRIC' } }]);
      if (upwards) {
        draft.policies.set('FABRIC-IN-ABOVE', draft.policies.get('FABRIC-IN') ?? []);
        draft.policies.set('FABRIC-IN', [{ permit: true, match: { prefixList: 'FABRIC' } }]);
      }
      return { policyIn: upwards ? 'FABRIC-IN-ABOVE' : 'FABRIC-IN', policyOut: upwards ? 'UP' : 'DOWN' };
    }
    const random = this.#random;
    const name = `TO-${peer}`;
    const incoming = `FROM-${peer}`;
    draft.policies.set(name, [...this.#terms(number, draft), { permit: true, match: { prefixList: 'FABRIC' } }]);
    draft.policies.set(incoming, [...this.#terms(number, draft), { permit: true }]);
    return {
      ...(random.chance(0.8) && { policyIn: incoming }),
      ...(random.chance(0.8) && { policyOut: name }),
    };
  }

  #terms(number: number, draft: Drafts): readonly RoutePolicyTerm[] {
    const random = this.#random;
    return Array.from({ length: random.below(3) }, (): RoutePolicyTerm => {
      const list = `SOME-${random.below(3)}`;
      if (!draft.prefixLists.has(list))
        draft.prefixLists.set(list, [
          { permit: true, prefix: `${dotted(HOSTS + random.below(8) * 1024)}/22`, le: 32 },
          { permit: true, prefix: `${dotted(STATICS + random.below(8) * 256)}/24` },
        ]);
      const community = `65000:${100 + random.below(3)}`;
      if (random.chance(0.3)) {
        draft.communityLists.set(`MARK-${community.slice(6)}`, community);
        return {
          permit: random.chance(0.7),
          match: { community: `MARK-${community.slice(6)}` },
        };
      }
      const match = { prefixList: list };
      const kind = random.below(this.#options.policies === 'preferences' ? 6 : 4);
      if (kind === 0) return { permit: false, match };
      if (kind === 1) return { permit: true, match, set: { communities: [community] } };
      if (kind === 2) {
        const asn = this.#asOf(number);
        return { permit: true, match, set: { prepend: [asn, asn] } };
      }
      if (kind === 3) return { permit: true, match, set: { metric: 10 * random.below(5) } };
      return { permit: true, match, set: { localPreference: 80 + 20 * random.below(5) } };
    });
  }
}

interface Drafts {
  readonly prefixLists: Map<string, readonly PrefixListEntry[]>;
  readonly communityLists: Map<string, string>;
  readonly policies: Map<string, readonly RoutePolicyTerm[]>;
}

/** The address of `10.0.0.1` or `10.0.0.1/24` as a number. */
const addressValue = (address: string): number =>
  address
    .replace(/\/.*$/, '')
    .split('.')
    .reduce((value, part) => (value * 256 + Number(part)) >>> 0, 0);

const networkOf = (address: string): number => (addressValue(address) & 0xffffff00) >>> 0;

const otherEnd = ({ address }: Port): string => dotted((addressValue(address) ^ 1) >>> 0);

const distinct = <T extends { readonly prefix: string }>(list: readonly T[]): readonly T[] => [
  ...new Map(list.map((one) => [one.prefix, one])).values(),
];
