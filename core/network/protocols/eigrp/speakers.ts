import { makePrefix, parseIp } from '../../../config/address.ts';
import type { Device } from '../../../config/device/device.ts';
import type { Span } from '../../../config/span.ts';
import { prefixFilter, type RouteFilter } from '../../distribute-lists.ts';
import { offsetsOn } from '../../offset-lists.ts';
import type { PrefixId } from '../../prefix-table.ts';
import type { Adjacency } from '../../state.ts';
import type { L3Address, L3Interface, Table } from '../../topology.ts';
import { passiveOn, sameName } from '../passive.ts';
import type { Context } from '../protocol.ts';
import { attachedVector, DEFAULT_K_VALUES, type KValues, type Vector } from './metric.ts';

export type EigrpProcessConfig = Device['eigrp'][number];

/** An EIGRP process of one table. */
export interface Speaker {
  readonly index: number;
  readonly table: Table;
  readonly process: EigrpProcessConfig;
  readonly kValues: KValues;
  readonly wide: boolean;
  readonly circuits: readonly Circuit[];
}

/** An interface on which a process runs. */
export interface Circuit {
  readonly speaker: Speaker;
  readonly l3: L3Interface;
  readonly address: L3Address;
  readonly vector: Vector;
  readonly networks: readonly PrefixId[];
  readonly passive: { readonly span: Span } | undefined;
  readonly span: Span;
  readonly permitsIn: RouteFilter;
  readonly permitsOut: RouteFilter;
  /** What offset lists add to the metric of a prefix here. */
  readonly offset: (direction: 'in' | 'out', prefix: PrefixId) => number;
  readonly summaries: readonly { readonly prefix: PrefixId; readonly span: Span }[];
}

/** A neighbour, seen from `from`. */
export interface Neighbour {
  readonly from: Circuit;
  readonly to: Circuit;
}

function covers({ networks }: EigrpProcessConfig, address: L3Address): Span | undefined {
  const value = address.ip.words[0] as number;
  return networks.find((line) => {
    const [base, wildcard] = [parseIp(line.address)?.words[0] ?? 0, parseIp(line.wildcard)?.words[0] ?? 0];
    return ((value ^ base) & ~wildcard) === 0;
  })?.span;
}

const kValuesOf = ({ kValues }: EigrpProcessConfig): KValues =>
  DEFAULT_K_VALUES.map((otherwise, at) => kValues?.value[at] ?? otherwise) as unknown as KValues;

function circuitOf(context: Context, speaker: Speaker, one: L3Interface): Circuit | undefined {
  const { process, table } = speaker;
  const { prefixes, topology } = context;
  const own = one.addresses.filter(({ ip }) => ip.version === 4);
  const address = own.find((each) => !each.secondary) ?? own[0];
  if (!address || one.config.kind === 'null') return undefined;
  const line = one.config.eigrp?.find((each) => each.asn === process.asn || each.asn === process.name);
  const span = (line?.enabled ? line.span : undefined) ?? covers(process, address);
  if (!span) return undefined;
  const lists = [
    ...(process.distributeLists ?? []).filter((list) => list.source === undefined),
    ...(line?.distributeLists ?? []).map((list) => ({ ...list, span: list.list.span })),
  ];
  const everywhere = (name: string | undefined): boolean =>
    name === undefined || name === 'default' || sameName(name, one.name);
  return {
    speaker,
    l3: one,
    address,
    vector: attachedVector(topology, one),
    networks: own
      .filter((each) => line?.enabled || covers(process, each))
      .map((each) => prefixes.intern(makePrefix(each.ip, each.length))),
    passive: line?.passive ? { span: line.span } : passiveOn(process, one.name),
    span,
    permitsIn: prefixFilter(context, table, lists, 'in', 4),
    permitsOut: prefixFilter(context, table, lists, 'out', 4),
    offset: speaker.wide ? () => 0 : offsetsOn(context, table, process, one.name),
    summaries: process.summaries.flatMap((summary) => {
      const prefix = everywhere(summary.interface) ? prefixes.internText(summary.prefix) : undefined;
      return prefix === undefined ? [] : [{ prefix, span: summary.span }];
    }),
  };
}

/** The EIGRP processes for IPv4, with their interfaces. */
export function speakersOf(context: Context): readonly Speaker[] {
  const { topology, caveat } = context;
  const speakers: Speaker[] = [];
  for (const table of topology.tables) {
    for (const process of table.device.eigrp) {
      if (process.vrf !== table.vrf) continue;
      if (process.family !== 'ipv4') {
        caveat(table.node, 'EIGRP for IPv6 is not simulated: its routes are missing.', process.span);
        continue;
      }
      if (process.asn === '') {
        caveat(table.node, 'EIGRP has no autonomous system number here: it does not run.', process.span);
        continue;
      }
      if (process.autoSummary?.value)
        caveat(table.node, 'Automatic summaries of EIGRP are not simulated.', process.autoSummary.span);
      const [offset] = process.wideMetrics ? (process.offsetLists ?? []) : [];
      if (offset) caveat(table.node, 'Offset lists of EIGRP with wide metrics are not simulated.', offset.span);
      const circuits: Circuit[] = [];
      const speaker: Speaker = {
        index: speakers.length,
        table,
        process,
        kValues: kValuesOf(process),
        wide: process.wideMetrics ?? false,
        circuits,
      };
      for (const one of topology.interfacesOf(table)) {
        const circuit = one.up ? circuitOf(context, speaker, one) : undefined;
        if (circuit) circuits.push(circuit);
      }
      speakers.push(speaker);
    }
  }
  return speakers;
}

const place = ({ speaker, l3 }: Circuit): string => `${speaker.table.node} ${l3.name}`;

/** What keeps two processes of one link apart; undefined when nothing does. */
function obstacle(a: Circuit, b: Circuit): string | undefined {
  const silent = [a, b].filter((circuit) => circuit.passive);
  if (silent.length > 0) return `passive on ${silent.map(place).join(' and ')}`;
  if (a.speaker.process.asn !== b.speaker.process.asn)
    return `autonomous systems differ: ${a.speaker.process.asn} on ${place(a)}, ${b.speaker.process.asn} on ${place(b)}`;
  if (a.address.network !== b.address.network)
    return `subnets differ: ${a.address.network} on ${place(a)}, ${b.address.network} on ${place(b)}`;
  const [x, y] = [a.speaker.kValues.slice(0, 5).join(' '), b.speaker.kValues.slice(0, 5).join(' ')];
  return x === y ? undefined : `metric weights differ: ${x} on ${place(a)}, ${y} on ${place(b)}`;
}

/** Neighbours of all processes, both directions of each, and why others on the same link are none. */
export function neighboursOf(
  context: Context,
  speakers: readonly Speaker[],
): { readonly neighbours: readonly Neighbour[]; readonly adjacencies: readonly Adjacency[] } {
  const byInterface = new Map<number, Circuit[]>();
  const circuits = speakers.flatMap((speaker) => speaker.circuits);
  for (const circuit of circuits)
    byInterface.set(circuit.l3.index, [...(byInterface.get(circuit.l3.index) ?? []), circuit]);
  const neighbours: Neighbour[] = [];
  const adjacencies: Adjacency[] = [];
  for (const from of circuits) {
    if (from.l3.segment < 0) continue;
    for (const one of context.topology.neighboursOf(from.l3)) {
      const found = byInterface.get(one.index) ?? [];
      // With several processes on a wire only those of one number speak with each other.
      const same = found.filter((to) => to.speaker.process.asn === from.speaker.process.asn);
      const others = context.topology.neighboursOf(from.l3).length;
      for (const to of same.length > 0 ? same : found) {
        if (from.passive && to.passive) continue;
        if (others > 1 && (same.length === 0 || from.address.network !== to.address.network)) continue;
        const detail = from.l3.index < to.l3.index ? obstacle(from, to) : obstacle(to, from);
        adjacencies.push({
          protocol: 'eigrp',
          node: from.speaker.table.node,
          vrf: from.speaker.table.vrf,
          interface: from.l3.name,
          peerNode: to.speaker.table.node,
          peerInterface: to.l3.name,
          state: detail ? 'down' : 'up',
          ...(detail && { detail }),
          span: from.span,
        });
        if (!detail) neighbours.push({ from, to });
      }
    }
  }
  return { neighbours, adjacencies };
}
