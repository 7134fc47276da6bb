import { makePrefix, type Prefix, parseIp, parsePrefix, prefixContains } from '../../../config/address.ts';
import type { Device } from '../../../config/device/device.ts';
import type { Span } from '../../../config/span.ts';
import { prefixFilter, type RouteFilter } from '../../distribute-lists.ts';
import { offsetsOn } from '../../offset-lists.ts';
import type { PrefixId } from '../../prefix-table.ts';
import type { L3Address, L3Interface, Table } from '../../topology.ts';
import { passiveOn, sameName } from '../passive.ts';
import type { Context } from '../protocol.ts';
import { classLength } from './classes.ts';

type RipConfig = Device['rip'][number];
type RipBehaviour = NonNullable<Table['behaviour']['rip']>;
type InterfaceSettings = NonNullable<L3Interface['config']['rip']>;

/** The RIP process of one table. */
export interface Speaker {
  readonly index: number;
  readonly table: Table;
  readonly process: RipConfig;
  readonly behaviour: RipBehaviour;
  readonly circuits: readonly Circuit[];
  readonly autoSummary: boolean;
}

/** An interface on which a process runs. */
export interface Circuit {
  readonly speaker: Speaker;
  readonly l3: L3Interface;
  readonly address: L3Address;
  /** Subnet of the first address. */
  readonly link: Prefix;
  /** Networks that are announced because RIP runs here. */
  readonly networks: readonly PrefixId[];
  readonly settings: InterfaceSettings | undefined;
  readonly passive: boolean;
  readonly sends: readonly (1 | 2)[];
  readonly receives: readonly (1 | 2)[];
  readonly summaries: readonly Prefix[];
  readonly permitsIn: RouteFilter;
  readonly permitsOut: RouteFilter;
  /** What offset lists add to the metric of a prefix here. */
  readonly offset: (direction: 'in' | 'out', prefix: PrefixId) => number;
  readonly span: Span;
}

/** The sender `to` as the receiver `from` hears it. */
export interface Neighbour {
  readonly from: Circuit;
  readonly to: Circuit;
  readonly version: 1 | 2;
}

/** The `network` line that an address is in: an interface by name, a prefix, or the class of an address. */
function covers({ networks }: RipConfig, name: string, address: L3Address): Span | undefined {
  return networks.find(({ value }) => {
    const prefix = parsePrefix(value);
    if (prefix && value.includes('/')) return prefixContains(prefix, address.ip);
    const ip = parseIp(value);
    if (!ip) return sameName(value, name);
    if (ip.version !== 4) return false;
    const word = ip.words[0] as number;
    // `network 0.0.0.0` stands for every interface.
    return word === 0 || prefixContains(makePrefix(ip, classLength(word)), address.ip);
  })?.span;
}

function circuitOf(context: Context, speaker: Speaker, one: L3Interface): Circuit | undefined {
  const { process, table, behaviour } = speaker;
  const own = one.addresses.filter(({ ip }) => ip.version === 4);
  const address = own.find((each) => !each.secondary) ?? own[0];
  if (!address || one.config.kind === 'null') return undefined;
  const inside = own.filter((each) => covers(process, one.name, each));
  const span = inside[0] && covers(process, one.name, inside[0]);
  if (!span) return undefined;
  const settings = one.config.rip;
  const lists = process.distributeLists ?? [];
  const version = process.version?.value;
  return {
    speaker,
    l3: one,
    address,
    link: makePrefix(address.ip, address.length),
    networks: inside.map((each) => context.prefixes.intern(makePrefix(each.ip, each.length))),
    settings,
    passive: settings?.passive?.value ?? passiveOn(process, one.name) !== undefined,
    sends: settings?.sends?.value ?? (version ? [version] : behaviour.sends),
    receives: settings?.receives?.value ?? (version ? [version] : behaviour.receives),
    summaries: (settings?.summaries ?? []).flatMap(({ value }) => parsePrefix(value) ?? []),
    permitsIn: prefixFilter(context, table, lists, 'in', 4),
    permitsOut: prefixFilter(
      context,
      table,
      lists.filter((list) => list.source === undefined),
      'out',
      4,
    ),
    offset: offsetsOn(context, table, process, one.name),
    span,
  };
}

/** The RIP processes, with their interfaces. */
export function speakersOf(context: Context): readonly Speaker[] {
  const { topology, caveat } = context;
  const speakers: Speaker[] = [];
  for (const table of topology.tables) {
    for (const process of table.device.rip) {
      if (process.vrf !== table.vrf || process.shutdown?.value) continue;
      const behaviour = table.behaviour.rip;
      if (!behaviour) {
        caveat(table.node, 'RIP of this system is not simulated: its routes are missing.', process.span);
        continue;
      }
      const circuits: Circuit[] = [];
      const speaker: Speaker = {
        index: speakers.length,
        table,
        process,
        behaviour,
        circuits,
        autoSummary: process.autoSummary?.value ?? behaviour.autoSummary ?? false,
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

/** Whether `to` sends its routes to the router at `from`. */
const speaksTo = (to: Circuit, from: Circuit): boolean =>
  !to.passive || (to.speaker.process.neighbours ?? []).some(({ value }) => value === from.address.ip.text);

/**
 * Who hears whom. Updates whose sender is in another subnet are ignored (RFC 2453 section 3.9.2), and so are versions
 * that the receiver does not take.
 */
export function neighboursOf(context: Context, speakers: readonly Speaker[]): readonly Neighbour[] {
  const circuits = speakers.flatMap((speaker) => speaker.circuits);
  const byInterface = new Map(circuits.map((circuit) => [circuit.l3.index, circuit]));
  return circuits.flatMap((from) =>
    from.l3.segment < 0
      ? []
      : context.topology.neighboursOf(from.l3).flatMap((one) => {
          const to = byInterface.get(one.index);
          if (!to || to.address.network !== from.address.network || !speaksTo(to, from)) return [];
          const version = ([2, 1] as const).find((each) => to.sends.includes(each) && from.receives.includes(each));
          return version === undefined ? [] : [{ from, to, version }];
        }),
  );
}
