import type { AddressFamily } from '../../../config/device/bgp.ts';
import type { PrefixId } from '../../prefix-table.ts';
import type { Rib } from '../../rib.ts';
import type { Session } from '../../state.ts';
import type { Context, Protocol, ProtocolResult, Ribs } from '../protocol.ts';
import { accountsOf } from './account.ts';
import { chosenBy } from './additional-paths.ts';
import { BgpExchange, type Exchange } from './exchange.ts';
import type { Peering, Speaker } from './model.ts';
import { type Resolutions, resolveHop, sameResolution } from './next-hops.ts';
import type { ExchangeMemory } from './reuse.ts';
import { endKey, prepareSessions, type SessionTable } from './sessions.ts';
import { speakersOf } from './speakers.ts';
import { bgpPathsOf } from './table-routes.ts';

type Reason = NonNullable<Session['reason']>;

/** What the last computation rested on: when none of it moved, neither does the result. */
interface Memory {
  readonly bases: readonly Rib[];
  /** The whole tables, where policies ask about other routes. */
  readonly tables: readonly Rib[];
  readonly established: string;
  readonly resolutions: Resolutions;
  readonly result: ProtocolResult;
}

const describeSessions = ({ sessions }: SessionTable): string =>
  sessions
    .map((session) => `${session.node} ${session.vrf} ${session.peer} ${session.state} ${session.reason?.text ?? ''}`)
    .join('\n');

/** Ends whose neighbour sent more prefixes than allowed, and what the system then does. */
function overLimit(peerings: readonly Peering[], { accepted }: Exchange): ReadonlyMap<string, Reason> {
  const found = new Map<string, Reason>();
  for (const end of peerings) {
    for (const [at, family] of (['ipv4-unicast', 'ipv6-unicast'] as const).entries()) {
      const limit = end.settings.families.get(family)?.maximumPrefix;
      const count = accepted[2 * end.index + at] ?? 0;
      if (!limit || limit.value.action === 'warning-only' || limit.value.limit === 0 || count <= limit.value.limit)
        continue;
      const { node } = end.speaker.table;
      found.set(endKey(end.speaker, end.peer), {
        code: 'maximum-prefix',
        text: `${node} allows ${limit.value.limit} prefixes from ${end.peer} and was sent ${count}`,
        spans: [{ node, span: limit.span }],
      });
    }
  }
  return found;
}

function noteTies(context: Context, speakers: readonly Speaker[], { ties }: Exchange): void {
  for (const speaker of speakers) {
    const [first, ...others] = ties[speaker.index] ?? [];
    if (first === undefined) continue;
    const more = others.length > 0 ? ` and ${others.length} other prefixes` : '';
    context.caveat(
      speaker.table.node,
      `For ${context.prefixes.text(first)}${more} several external paths are equal and ${speaker.table.node} prefers the oldest; the one with the lowest router id was taken.`,
      speaker.process.span,
    );
  }
}

/** Policies that allow several stable states: which of them is reached depends on who speaks first. */
function noteUndecided(context: Context, speakers: readonly Speaker[], { undecided }: Exchange): void {
  for (const { table, process } of speakers) {
    const [first, ...others] = undecided.filter(({ nodes }) => nodes.includes(table.node));
    if (!first) continue;
    const more = others.length > 0 ? ` and ${others.length} other prefixes` : '';
    context.caveat(
      table.node,
      `For ${context.prefixes.text(first.prefix)}${more} the policies allow more than one stable state (RFC 4264), which ${first.nodes.join(', ')} reach by the order in which routers speak; one of them is shown.`,
      process.span,
    );
  }
}

/** Families whose routes are exchanged; of EVPN those of VRFs (type 5). */
const SIMULATED: readonly AddressFamily[] = [
  'ipv4-unicast',
  'ipv6-unicast',
  'vpnv4-unicast',
  'vpnv6-unicast',
  'l2vpn-evpn',
];

const isOfVpn = (family: AddressFamily): boolean => family !== 'ipv4-unicast' && family !== 'ipv6-unicast';

/** Things of BGP that are configured and left out. */
function noteOmissions(context: Context, speakers: readonly Speaker[]): void {
  for (const speaker of speakers) {
    const { table, process } = speaker;
    for (const { addPathsPolicy: policy, addPathsMaySend: may, family } of process.families.values())
      if (policy && may?.value && (isOfVpn(family) || chosenBy(speaker, policy.value) === undefined))
        context.caveat(
          table.node,
          `Additional paths that ${policy.value} chooses are not simulated: only the best path is advertised.`,
          policy.span,
        );
    for (const neighbour of process.neighbours.values()) {
      for (const [family, settings] of neighbour.families) {
        if (settings.addPathsSend && isOfVpn(family))
          context.caveat(
            table.node,
            'Additional paths of VPN routes are not simulated: only the best path is advertised.',
            settings.addPathsSend.span,
          );
        if (!SIMULATED.includes(family) && (settings.activate?.value ?? false))
          context.caveat(
            table.node,
            `Routes of the address family ${family} are not simulated; its sessions are.`,
            settings.span,
          );
      }
    }
  }
}

type ConditionConfig =
  Speaker['table']['device']['policies'] extends ReadonlyMap<string, infer P>
    ? P extends { readonly terms: readonly { readonly conditions: readonly (infer C)[] }[] }
      ? C
      : never
    : never;

function isAboutRoutes(condition: ConditionConfig): boolean {
  if (condition.kind === 'not') return isAboutRoutes(condition.of as ConditionConfig);
  if (condition.kind === 'all' || condition.kind === 'any')
    return condition.of.some((inner) => isAboutRoutes(inner as ConditionConfig));
  return condition.kind === 'route-exists';
}

/** Whether a policy of the device has a condition on another route, so that the whole table matters to it. */
const asksAboutRoutes = ({ table, process }: Speaker): boolean =>
  [...table.device.policies.values()].some((policy) =>
    policy.terms.some((term) => term.conditions.some(isAboutRoutes)),
  ) ||
  [...process.neighbours.values(), ...process.groups.values()].some((one) =>
    [...one.families.values()].some((family) => family.defaultOriginate || family.advertiseMap),
  );

/** Prefixes of the last exchange, and those of them whose result was taken over from an earlier computation. */
export function takenOver(result: ProtocolResult | undefined): { readonly prefixes: number; readonly reused: number } {
  const last = ((result?.memory ?? []) as readonly (ExchangeMemory | undefined)[]).at(-1);
  return { prefixes: last?.results.size ?? 0, reused: last?.reused ?? 0 };
}

/** BGP-4 with policies, reflection, confederations and aggregates, over sessions that both ends configure. */
export const bgp: Protocol = {
  name: 'bgp',
  prepare: (context, earlier) => {
    // The exchanges of a computation follow from one another; the same one of an earlier computation resembles each most.
    const before = (earlier ?? []) as readonly (ExchangeMemory | undefined)[];
    const memories: (ExchangeMemory | undefined)[] = [];
    const speakers = speakersOf(context.topology);
    const sessionsFor = prepareSessions(context, speakers);
    noteOmissions(context, speakers);
    const curious = speakers.filter(asksAboutRoutes);
    let memory: Memory | undefined;

    return (ribs: Ribs): ProtocolResult => {
      const bases = speakers.map((speaker) => ribs.without(speaker.table, 'bgp'));
      const tables = curious.map((speaker) => ribs.of(speaker.table));
      let table = sessionsFor(ribs, new Map());
      const established = describeSessions(table);
      if (memory && memory.established === established && unmoved(context, memory, ribs, bases, tables, speakers))
        return memory.result;

      const stopped = new Map<string, Reason>();
      const resolutions: Resolutions = new Map();
      const run = (): Exchange => {
        const exchange = new BgpExchange(context, ribs, speakers, table.peerings, resolutions).run({
          earlier: before[memories.length],
          remembers: curious.length === 0,
        });
        memories.push(exchange.memory);
        return exchange;
      };
      let exchange = run();
      for (let over = overLimit(table.peerings, exchange); over.size > 0; over = overLimit(table.peerings, exchange)) {
        for (const [key, reason] of over) stopped.set(key, reason);
        table = sessionsFor(ribs, stopped);
        exchange = run();
      }
      noteTies(context, speakers, exchange);
      noteUndecided(context, speakers, exchange);
      const result = { ...resultOf(context, speakers, table, exchange), memory: memories };
      memory = { bases, tables, established, resolutions, result };
      return result;
    };
  },
};

/** Whether the tables and next hops that the last result rests on are as they were. */
function unmoved(
  context: Context,
  memory: Memory,
  ribs: Ribs,
  bases: readonly Rib[],
  tables: readonly Rib[],
  speakers: readonly Speaker[],
): boolean {
  if (!bases.every((rib, at) => rib === memory.bases[at])) return false;
  if (!tables.every((rib, at) => rib === memory.tables[at])) return false;
  const byTable = new Map(speakers.map((speaker) => [speaker.table.index, speaker]));
  for (const [index, byHop] of memory.resolutions) {
    const speaker = byTable.get(index);
    if (!speaker) continue;
    for (const [nextHop, known] of byHop)
      if (!sameResolution(known.resolution, resolveHop(context, ribs, speaker, nextHop))) return false;
  }
  return true;
}

function resultOf(
  context: Context,
  speakers: readonly Speaker[],
  { sessions }: SessionTable,
  exchange: Exchange,
): ProtocolResult {
  const routes = new Map(speakers.map((speaker) => [speaker.table.index, exchange.offers[speaker.index] ?? []]));
  const tables = new Map(
    speakers.map((speaker) => [
      speaker.table.index,
      () => bgpPathsOf(context, speaker, exchange.entries()[speaker.index] ?? []),
    ]),
  );
  const { unstable } = exchange;
  return {
    routes,
    sessions,
    bgp: tables,
    explain: (table, prefix) => {
      const speaker = speakers.find((one) => one.table === table);
      return speaker ? accountsOf(exchange, speaker, prefix) : [];
    },
    ...(unstable.length > 0 && {
      oscillation: {
        rounds: Math.max(...unstable.map((one) => one.rounds)),
        nodes: [...new Set(unstable.flatMap((one) => one.nodes))].sort(),
        prefixes: unstable.map((one): PrefixId => one.prefix),
      },
    }),
  };
}
