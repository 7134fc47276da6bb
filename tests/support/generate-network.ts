import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseConfig } from '../../core/config/parse.ts';
import type { ConfigParser } from '../../core/network/load/load-snapshot.ts';
import type { Snapshot } from '../../core/network/snapshot.ts';
import { eosPort, eosText } from './networks/eos-text.ts';
import { frrPort, frrText } from './networks/frr-text.ts';
import { iosPort, iosText } from './networks/ios-text.ts';
import type { GeneratedDialect, NetworkPlan, PortName, RouterPlan } from './networks/plan.ts';
import { type NetworkRouting, planOf } from './networks/routing.ts';
import { seededRandom } from './networks/seeded-random.ts';
import { graphOf, type NetworkShape } from './networks/shapes.ts';

export type { GeneratedDialect, NetworkPlan, NetworkRouting, NetworkShape };

export interface NetworkOptions {
  readonly shape: NetworkShape;
  /** Routers; a fat-tree has the next size that exists (5, 20, 45, 80, 125 ... 320 ... 1,280). */
  readonly size: number;
  /** The same options and seed give the same texts. */
  readonly seed: number;
  /** Default: `ebgp` for a fat-tree and a leaf-spine, `mixed` otherwise. */
  readonly routing?: NetworkRouting;
  /** `filters` never has more than one stable state, `preferences` may have several, or none. Default: `filters`. */
  readonly policies?: 'none' | 'filters' | 'preferences';
  /** Default: `none` for a fat-tree and a leaf-spine, `one-way` otherwise. */
  readonly redistribution?: 'none' | 'one-way' | 'mutual';
  /** Dialects to choose from for each router. Default: all three. */
  readonly dialects?: readonly GeneratedDialect[];
  /** Subnets of hosts behind each router that is no spine. Default: 1. */
  readonly prefixesPerEdge?: number;
  /** Default: `r001`, and so on. */
  readonly nameOf?: (router: number) => string;
}

export interface GeneratedDevice {
  readonly name: string;
  readonly dialect: GeneratedDialect;
  readonly text: string;
}

export interface GeneratedNetwork {
  readonly plan: NetworkPlan;
  /** In the order of the plan. */
  readonly devices: readonly GeneratedDevice[];
  /** By the names that the systems give their ports. */
  readonly links: readonly {
    readonly a: { readonly node: string; readonly interface: string };
    readonly b: { readonly node: string; readonly interface: string };
  }[];
}

const WRITERS: Readonly<
  Record<
    GeneratedDialect,
    {
      readonly text: (router: RouterPlan) => string;
      readonly port: (number: number) => string;
      readonly kind: string;
      readonly image: string;
    }
  >
> = {
  frr: { text: frrText, port: frrPort, kind: 'linux', image: 'quay.io/frrouting/frr:10.2.1' },
  eos: { text: eosText, port: eosPort, kind: 'arista_ceos', image: 'ceos:4.32.2F' },
  ios: { text: iosText, port: iosPort, kind: 'cisco_iol', image: 'vrnetlab/cisco_iol:17.12.01' },
};

/** A network of any size with real configuration texts: `generateNetwork({ shape: 'ring', size: 12, seed: 1 })`. */
export function generateNetwork(options: NetworkOptions): GeneratedNetwork {
  const { shape, size, seed, dialects = ['frr', 'eos', 'ios'] } = options;
  const fabric = shape === 'fat-tree' || shape === 'leaf-spine';
  const random = seededRandom(seed);
  const graph = graphOf(shape, size, random);
  const chosen = graph.nodes.map(() => random.pick(dialects));
  const plan = planOf(
    graph,
    {
      routing: options.routing ?? (fabric ? 'ebgp' : 'mixed'),
      policies: options.policies ?? 'filters',
      redistribution: options.redistribution ?? (fabric ? 'none' : 'one-way'),
      prefixesPerEdge: options.prefixesPerEdge ?? 1,
      dialectOf: (router) => chosen[router] as GeneratedDialect,
      nameOf: options.nameOf ?? ((router) => `r${String(router + 1).padStart(3, '0')}`),
    },
    random,
  );
  const end = ({ router, port }: PortName) => {
    const { name, dialect } = plan.routers[router] as RouterPlan;
    return { node: name, interface: WRITERS[dialect].port(port) };
  };
  return {
    plan,
    devices: plan.routers.map((router) => ({
      name: router.name,
      dialect: router.dialect,
      text: WRITERS[router.dialect].text(router),
    })),
    links: plan.links.map(({ a, b }) => ({ a: end(a), b: end(b) })),
  };
}

/** The network as a lab that was read, without a file system. */
export function snapshotOf(
  { devices, links }: Pick<GeneratedNetwork, 'devices' | 'links'>,
  parse: ConfigParser = parseConfig,
): Snapshot {
  const nodes = devices.map(({ name, dialect, text }) => {
    const { kind, image } = WRITERS[dialect];
    return [
      name,
      { name, kind, image, config: parse({ text, file: `configs/${name}.cfg`, node: name, kind, image }) },
    ] as const;
  });
  return {
    name: 'generated',
    format: 'containerlab',
    folder: '.',
    nodes: new Map(nodes.sort(([a], [b]) => (a < b ? -1 : 1))),
    links: links.map((link) => ({ ...link, source: 'topology' as const })),
    linksComplete: true,
    runtime: new Map(),
    unmodelledNodes: [],
    problems: [],
  };
}

/** Writes the network as a containerlab lab. @returns the path of its topology file */
export function writeNetwork(folder: string, { devices, links }: GeneratedNetwork, name = 'generated'): string {
  mkdirSync(join(folder, 'configs'), { recursive: true });
  for (const device of devices) writeFileSync(join(folder, 'configs', `${device.name}.cfg`), device.text);
  const nodes = devices.map((device) => {
    const { kind, image } = WRITERS[device.dialect];
    return `    ${device.name}: { kind: ${kind}, image: "${image}", startup-config: configs/${device.name}.cfg }`;
  });
  const joined = links.map(({ a, b }) => `    - endpoints: ["${a.node}:${a.interface}", "${b.node}:${b.interface}"]`);
  const file = join(folder, `${name}.clab.yml`);
  writeFileSync(file, [`name: ${name}`, 'topology:', '  nodes:', ...nodes, '  links:', ...joined, ''].join('\n'));
  return file;
}
