import { makePrefix } from '../../../config/address.ts';
import type { Span } from '../../../config/span.ts';
import { bandwidthKbps } from '../../bandwidth.ts';
import type { Adjacency } from '../../state.ts';
import type { L3Address, L3Interface, Table } from '../../topology.ts';
import { passiveOn, sameName } from '../passive.ts';
import type { Context } from '../protocol.ts';
import {
  type Circuit,
  type Instance,
  type IsisProcessConfig,
  LARGEST_METRIC,
  LEVELS,
  type Level,
  type MetricStyle,
  type Neighbour,
} from './model.ts';

const levelsOf = (text: '1' | '2' | '1-2' | undefined): readonly Level[] =>
  text === '1' ? [1] : text === '2' ? [2] : LEVELS;

/** Area and system id of a network entity title (ISO 10589 section 7.1): the last octet is the selector. */
export function readNet(net: string): { readonly area: string; readonly systemId: string } | undefined {
  const digits = net.replaceAll('.', '').toLowerCase();
  if (!/^[0-9a-f]{16,40}$/.test(digits)) return undefined;
  return { area: digits.slice(0, -14), systemId: digits.slice(-14, -2) };
}

function styleOf(process: IsisProcessConfig, table: Table): MetricStyle {
  const { wideMetrics, bothMetricStyles } = table.behaviour.isis;
  if (process.wideMetrics) return { wide: process.wideMetrics.value, narrow: !process.wideMetrics.value };
  if (bothMetricStyles) return { wide: true, narrow: true };
  return { wide: wideMetrics, narrow: !wideMetrics };
}

/** The line by which the process runs on an interface. */
function attachment(instance: Omit<Instance, 'circuits'>, one: L3Interface): Span | undefined {
  const { process, table } = instance;
  const { isis } = one.config;
  if (isis && (isis.process === undefined || isis.process === process.id) && (isis.ipv4 || isis.ipv6)) return isis.span;
  const named = process.interfaces.find(({ value }) => sameName(value, one.name));
  if (named) return named.span;
  if (!table.behaviour.isis.passiveLineEnables) return undefined;
  return process.passiveInterfaces.find(({ value }) => sameName(value, one.name))?.span;
}

function metricsOf(context: Context, instance: Omit<Instance, 'circuits'>, one: L3Interface, silent: boolean) {
  const loopback = one.config.kind === 'loopback';
  const { process, table, style } = instance;
  const own = one.config.isis?.metric;
  const largest = style.wide ? LARGEST_METRIC.wide : LARGEST_METRIC.narrow;
  const { isis } = table.behaviour;
  const reference = process.referenceBandwidthMbps?.value;
  const made =
    reference === undefined
      ? isis.defaultMetric
      : Math.max(1, Math.floor((reference * 1_000) / bandwidthKbps(context.topology, one)));
  const quiet = loopback ? isis.loopbackMetric : silent ? isis.passiveMetric : undefined;
  const of = (level: Level): number => {
    const [set, common] =
      level === 1 ? [own?.level1, process.defaultMetric?.level1] : [own?.level2, process.defaultMetric?.level2];
    return Math.min(largest, set?.value ?? quiet ?? common?.value ?? made);
  };
  return { 1: of(1), 2: of(2) };
}

function circuitOf(context: Context, instance: Instance, one: L3Interface, index: number): Circuit | undefined {
  const { process } = instance;
  const { prefixes, topology } = context;
  const span = attachment(instance, one);
  if (!span || one.config.kind === 'null') return undefined;
  const { isis } = one.config;
  const families = { 4: isis?.ipv4 ?? isis?.ipv6 === undefined, 6: isis?.ipv6 ?? isis?.ipv4 === undefined };
  const own = one.addresses.filter((each) => families[each.ip.version]);
  const borrowed = one.borrowsFrom ? (topology.interfaceOf(one.table.node, one.borrowsFrom)?.addresses ?? []) : [];
  const first = (test: (each: L3Address) => boolean) => [...own, ...borrowed].find(test)?.ip;
  const loopback = one.config.kind === 'loopback';
  const passive: Circuit['passive'] = isis?.passive
    ? isis.passive.value
      ? { span: isis.passive.span }
      : undefined
    : (passiveOn(process, one.name) ?? (loopback ? {} : undefined));
  const levels = levelsOf(isis?.level?.value).filter((level) => instance.levels.includes(level));
  return {
    index,
    instance,
    l3: one,
    levels,
    metric: metricsOf(context, instance, one, passive !== undefined),
    pointToPoint: isis?.pointToPoint?.value ?? one.config.kind === 'tunnel',
    passive,
    ipv4: families[4],
    ipv6: families[6],
    addresses: {
      4: first(({ ip, secondary }) => ip.version === 4 && !secondary),
      6: first(({ ip, linkLocal }) => ip.version === 6 && linkLocal),
    },
    networks: own.filter((each) => !each.linkLocal).map((each) => prefixes.intern(makePrefix(each.ip, each.length))),
    span,
  };
}

/** The IS-IS processes of the lab and the interfaces on which they run. */
export function instancesOf(context: Context): readonly Instance[] {
  const { topology, caveat } = context;
  const instances: Instance[] = [];
  let index = 0;
  for (const table of topology.tables) {
    for (const process of table.device.isis) {
      if (process.vrf !== table.vrf || process.shutdown?.value) continue;
      const net = process.net && readNet(process.net.value);
      if (!net) {
        const why = process.net ? `its title ${process.net.value} is none` : 'it has no network entity title';
        caveat(table.node, `IS-IS does not run: ${why}.`, process.net?.span ?? process.span);
        continue;
      }
      const circuits: Circuit[] = [];
      const instance: Instance = {
        index: instances.length,
        table,
        process,
        ...net,
        levels: levelsOf(process.level?.value),
        style: styleOf(process, table),
        circuits,
      };
      for (const one of topology.interfacesOf(table)) {
        const circuit = one.up ? circuitOf(context, instance, one, index) : undefined;
        if (!circuit) continue;
        circuits.push(circuit);
        index += 1;
      }
      instances.push(instance);
    }
  }
  return instances;
}

const place = ({ instance, l3 }: Circuit): string => `${instance.table.node} ${l3.name}`;

const sharesSubnet = (a: Circuit, b: Circuit): boolean =>
  a.networks.some((network) => b.networks.includes(network)) ||
  a.l3.addresses.every(({ ip }) => ip.version === 6) ||
  b.l3.addresses.every(({ ip }) => ip.version === 6);

/** What keeps two routers on a link apart at every level. */
function obstacle(a: Circuit, b: Circuit): string | undefined {
  const silent = [a, b].filter((circuit) => circuit.passive);
  if (silent.length > 0) return `passive on ${silent.map(place).join(' and ')}`;
  if (a.instance.systemId === b.instance.systemId)
    return `both ${a.instance.table.node} and ${b.instance.table.node} have the system id ${a.instance.systemId}`;
  if (a.pointToPoint !== b.pointToPoint)
    return `network types differ: ${place(a.pointToPoint ? a : b)} is point-to-point, ${place(a.pointToPoint ? b : a)} is not`;
  if (!a.pointToPoint && !sharesSubnet(a, b)) return `no common subnet on ${place(a)} and ${place(b)}`;
  const levels = a.levels.filter((level) => b.levels.includes(level));
  if (levels.length === 0)
    return `no common level: ${a.levels.join(' and ')} on ${place(a)}, ${b.levels.join(' and ')} on ${place(b)}`;
  if (levels.every((level) => level === 1) && a.instance.area !== b.instance.area)
    return `areas differ at level 1: ${a.instance.area} on ${a.instance.table.node}, ${b.instance.area} on ${b.instance.table.node}`;
  return undefined;
}

/** Neighbours of all processes, both directions of each, and why others on the same link are none. */
export function neighboursOf(
  context: Context,
  instances: readonly Instance[],
): { readonly neighbours: readonly Neighbour[]; readonly adjacencies: readonly Adjacency[] } {
  const byInterface = new Map<number, Circuit>();
  const circuits = instances.flatMap((instance) => instance.circuits);
  for (const circuit of circuits) byInterface.set(circuit.l3.index, circuit);
  const neighbours: Neighbour[] = [];
  const adjacencies: Adjacency[] = [];
  for (const from of circuits) {
    if (from.l3.segment < 0) continue;
    for (const one of context.topology.neighboursOf(from.l3)) {
      const to = byInterface.get(one.index);
      if (!to || to.instance === from.instance || (from.passive && to.passive)) continue;
      const detail = from.index < to.index ? obstacle(from, to) : obstacle(to, from);
      const levels = from.levels.filter(
        (level) => to.levels.includes(level) && (level === 2 || from.instance.area === to.instance.area),
      );
      adjacencies.push({
        protocol: 'isis',
        node: from.instance.table.node,
        vrf: from.instance.table.vrf,
        interface: from.l3.name,
        peerNode: to.instance.table.node,
        peerInterface: to.l3.name,
        state: detail ? 'down' : 'up',
        detail: detail ?? (levels.length === 2 ? 'levels 1 and 2' : `level ${levels.join()}`),
        span: from.span,
      });
      if (!detail) neighbours.push({ from, to, levels });
    }
  }
  return { neighbours, adjacencies };
}
