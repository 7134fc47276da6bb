import { dialects } from '../../config/dialects/index.ts';
import type { InterfaceConfig, InterfaceState, InterfaceStates } from '../../network/interfaces.ts';
import { broadcastDomains } from '../../network/segments.ts';
import type { Snapshot } from '../../network/snapshot.ts';
import { buildTopology, GLOBAL_VRF, type L3Interface } from '../../network/topology.ts';
import { daemonsFor } from './daemons.ts';
import { type PlannedProbes, planProbes, withHosts } from './endpoints.ts';
import { isVrfDevice, nativeConfig } from './native.ts';
import type { PlannedPort, PlannedRouter, PlannedSegment } from './planned.ts';
import { type Protocols, protocolsOf } from './render/context.ts';
import { portNames } from './render/names.ts';
import { renderConfig } from './render/render.ts';
import { vrfObstacles } from './vrfs.ts';

/** Everything that a twin of a snapshot consists of. Pure data, made before anything is started. */
export interface TwinPlan {
  readonly routers: ReadonlyMap<string, PlannedRouter>;
  readonly segments: readonly PlannedSegment[];
  readonly probes: PlannedProbes;
  /** Why this lab cannot run on FRR's daemons, a sentence each; empty when it can. */
  readonly obstacles: readonly string[];
}

/** Longest name of a Linux interface (IFNAMSIZ without the zero). */
const LONGEST_NAME = 15;
const LINUX_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.:-]*$/;

/** A port that routes by itself: whether it is up is for the daemons to find out, not for the plan. */
const routes = ({ config }: L3Interface): boolean =>
  config.kind === 'physical' || config.kind === 'other' || config.kind === 'management';

/**
 * The interface states by which ports are wired: a routed port has its cable whether it is shut down or not, as on a
 * device. Where ports switch, the configuration decides what is connected, since the twin has no switches of its own.
 */
function wiredStates(states: InterfaceStates, routed: ReadonlySet<InterfaceConfig>): InterfaceStates {
  const wired = ([name, state]: readonly [string, InterfaceState]) =>
    [name, routed.has(state.config) ? { ...state, up: true } : state] as const;
  return new Map([...states].map(([node, interfaces]) => [node, new Map([...interfaces].map(wired))]));
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Plans a twin: an FRR device by its own text, every other one by its model. */
export function planTwin(snapshot: Snapshot): TwinPlan {
  const topology = buildTopology(snapshot);
  const obstacles: string[] = [];
  const linked = new Set(
    snapshot.links.flatMap(({ a, b }) => [a, b]).map((end) => `${end.node} ${end.interface.toLowerCase()}`),
  );
  const failed = new Set(
    [...snapshot.runtime].flatMap(([node, ports]) =>
      [...ports].flatMap(([name, state]) => (state.failed ? [`${node} ${name.toLowerCase()}`] : [])),
    ),
  );
  // A port whose line fails is left out: to the daemons it is as one that is down.
  const fails = ({ table, name }: L3Interface): boolean => failed.has(`${table.node} ${name.toLowerCase()}`);
  const exists = (one: L3Interface): boolean =>
    !fails(one) &&
    (!routes(one) || !snapshot.linksComplete || linked.has(`${one.table.node} ${one.name.toLowerCase()}`) || one.up);
  let protocols: Protocols | undefined;

  const routers = new Map<string, PlannedRouter>();
  for (const node of snapshot.nodes.values()) {
    const { device, dialect, tree } = node.config;
    if (!dialects.has(dialect)) {
      obstacles.push(`The language of ${node.name} (${dialect}) is not modelled, so it cannot run on FRR's daemons.`);
      continue;
    }
    const native = dialect === 'frr';
    const vrfs = new Set(topology.tables.filter((table) => table.node === node.name).map(({ vrf }) => vrf));
    vrfs.delete(GLOBAL_VRF);
    const interfaces = topology.interfaces.filter(
      (one) =>
        one.table.node === node.name && !(native && (one.name === 'lo' || isVrfDevice(one.config))) && exists(one),
    );
    const names = portNames(interfaces);
    const ports = interfaces.map((one): PlannedPort => {
      const mtu = mtuOf(one);
      return {
        name: native ? one.name : (names.get(one.name.toLowerCase()) as string),
        interface: one.name,
        vrf: one.table.vrf,
        ...(mtu !== undefined && { mtu }),
      };
    });
    for (const { name } of ports)
      if (name.length > LONGEST_NAME || !LINUX_NAME.test(name))
        obstacles.push(
          `${node.name} has an interface ${name}, which is no name that Linux takes (at most 15 characters).`,
        );
    if (!native) protocols ??= protocolsOf(topology);
    routers.set(node.name, {
      node: node.name,
      ports,
      vrfs: [...vrfs].sort(byText),
      daemons: native ? daemonsFor(device, tree) : daemonsFor({ ...device, eigrp: [] }),
      config: native
        ? nativeConfig(node)
        : renderConfig({ node, interfaces, protocols: protocols as Protocols, ports: names, vrfs }),
    });
    obstacles.push(...vrfObstacles(node.name, device, vrfs));
  }
  const segments = segmentsOf(snapshot, topology.states, topology.interfaces, routers);
  const probes = planProbes(snapshot, topology, routers, segments);
  return { routers, segments: withHosts(segments, probes.hosts), probes, obstacles };
}

/** The MTU that a link is given: the IP MTU as configured, without the layer-2 header where the system counts it. */
function mtuOf({ config, table }: L3Interface): number | undefined {
  const { header = 0 } = table.behaviour.ipMtu ?? {};
  const mtu = config.ipMtu?.value ?? (config.mtu === undefined ? undefined : config.mtu.value - header);
  // Beneath 1,280 bytes the kernel takes IPv6 away; above 65,535 it takes no MTU at all.
  return mtu === undefined || mtu < 1280 || mtu > 65_535 ? undefined : mtu;
}

function segmentsOf(
  snapshot: Snapshot,
  states: InterfaceStates,
  interfaces: readonly L3Interface[],
  routers: TwinPlan['routers'],
): readonly PlannedSegment[] {
  const routed = new Set(interfaces.filter(routes).map(({ config }) => config));
  const domains = broadcastDomains(snapshot, wiredStates(states, routed));
  const bySegment = new Map<string, End[]>();
  for (const { node, ports } of routers.values()) {
    for (const port of ports) {
      const config = states.get(node)?.get(port.interface)?.config;
      const segment = config?.kind === 'loopback' ? -1 : domains.segmentOf(node, port.interface);
      const key = segment < 0 ? `${node} ${port.name}` : String(segment);
      const vrf = port.vrf === GLOBAL_VRF ? {} : { vrf: port.vrf };
      bySegment.set(key, [...(bySegment.get(key) ?? []), { node, port: port.name, ...vrf }]);
    }
  }
  const direct = directLinks(snapshot, routers);
  return [...bySegment.values()]
    .map((ends): PlannedSegment => {
      const sorted = [...ends].sort((a, b) => byText(a.node, b.node) || byText(a.port, b.port));
      const [a, b] = sorted;
      if (sorted.length === 1) return { kind: 'stub', ends: sorted };
      const cable = sorted.length === 2 && a && b && (!snapshot.linksComplete || direct(a, b));
      return { kind: cable ? 'cable' : 'switch', ends: sorted };
    })
    .sort((x, y) => byText(segmentKey(x), segmentKey(y)));
}

type End = PlannedSegment['ends'][number];

/** Whether a declared link joins two ports without anything between them. */
function directLinks(snapshot: Snapshot, routers: TwinPlan['routers']): (a: End, b: End) => boolean {
  const key = (node: string, name: string): string => `${node} ${name.toLowerCase()}`;
  const joined = new Set(
    snapshot.links.flatMap(({ a, b }) => {
      const [x, y] = [key(a.node, a.interface), key(b.node, b.interface)];
      return [`${x} ${y}`, `${y} ${x}`];
    }),
  );
  const own = ({ node, port }: End): string =>
    key(node, routers.get(node)?.ports.find(({ name }) => name === port)?.interface ?? port);
  return (a, b) => joined.has(`${own(a)} ${own(b)}`);
}

/** Names a segment by its kind and ends: equal keys are the same wiring. */
export const segmentKey = ({ kind, ends, hosts = [] }: PlannedSegment): string =>
  [
    kind,
    ...ends.map(({ node, port, vrf }) => `${node}:${port}${vrf === undefined ? '' : `%${vrf}`}`),
    ...hosts.map(({ address, length, gateway }) => `${address}/${length}>${gateway}`),
  ].join(' ');
