import { comparePrefixes, parsePrefix } from '../../../config/address.ts';
import type { Snapshot } from '../../../network/snapshot.ts';
import type { BgpPath, Caveat, NetworkState, Route, RouteProtocol, VrfState } from '../../../network/state.ts';
import type { RunOptions } from '../../backend.ts';
import { inTurns } from '../in-turns.ts';
import type { TwinPlan } from '../plan.ts';
import type { RouterReading } from '../read-router.ts';
import type { Settled } from '../settle.ts';
import type { FrrTwin, RunningRouter } from '../twin.ts';
import { adjacenciesOf } from './adjacencies.ts';
import { type BgpTable, lookupBudget, readBgp } from './bgp.ts';
import { isisKinds, ospf6Kinds, ospfKinds, type RouteKinds } from './interior.ts';
import { routesOf } from './routes.ts';
import { sessionsOf } from './sessions.ts';

const NO_KINDS: RouteKinds = new Map();
const NO_KIND: ReadonlyMap<string, RouteProtocol> = new Map();

/** Reads the state of a twin that has come to rest. `computed` explains what is measured; it adds nothing to it. */
export async function collect(
  twin: FrrTwin,
  plan: TwinPlan,
  snapshot: Snapshot,
  settled: Settled,
  computed: NetworkState,
  { signal, onProgress }: RunOptions,
): Promise<NetworkState> {
  onProgress?.('reading the tables');
  const caveats: Caveat[] = [];
  const nodes = new Map<string, ReadonlyMap<string, VrfState>>();
  const budget = lookupBudget();
  const states = new Map<string, ReadonlyMap<string, VrfState>>();
  await inTurns([...twin.routers.values()], 4, async (router) => {
    signal?.throwIfAborted();
    const reading = settled.readings.get(router.planned.node);
    if (reading) states.set(router.planned.node, await stateOf(twin, router, reading, budget, caveats, snapshot));
  });
  for (const node of snapshot.nodes.keys()) nodes.set(node, states.get(node) ?? new Map());
  for (const { planned, refused } of twin.routers.values()) caveats.push(...notesOf(planned, refused));
  const readings = [...settled.readings.values()];
  return {
    nodes,
    sessions: sessionsOf(readings, computed),
    adjacencies: adjacenciesOf(readings, plan, computed),
    converged: settled.converged,
    rounds: settled.polls,
    settled: settled.how,
    ...(!settled.converged && {
      oscillation: { rounds: settled.polls, ...settled.moving },
    }),
    notModelled: computed.notModelled,
    caveats: [
      ...caveats,
      ...(settled.converged
        ? []
        : settled.pending
            .slice(0, 5)
            .map((text): Caveat => ({ node: '', text: `The twin did not come to rest: ${text}.` }))),
    ].sort((a, b) => compare(a.node, b.node) || compare(a.text, b.text)),
  };
}

async function stateOf(
  { inside }: FrrTwin,
  router: RunningRouter,
  reading: RouterReading,
  budget: ReturnType<typeof lookupBudget>,
  caveats: Caveat[],
  snapshot: Snapshot,
): Promise<ReadonlyMap<string, VrfState>> {
  const { node, daemons, ports, vrfs } = router.planned;
  const has = (daemon: (typeof daemons)[number]): boolean => daemons.includes(daemon);
  const tables: readonly BgpTable[] = has('bgpd') ? await readBgp(inside, router, budget) : [];
  const ospf = has('ospfd') ? await ospfKinds(inside, router) : NO_KINDS;
  const ospf6 = has('ospf6d') ? await ospf6Kinds(inside, router) : NO_KINDS;
  const isis = has('isisd') ? await isisKinds(inside, router) : NO_KINDS;
  const names = new Map(ports.map((port) => [port.name, port.interface]));
  const unknown = new Set<string>();
  const result = new Map<string, VrfState>();
  for (const vrf of ['default', ...vrfs]) {
    const table = tables.find((one) => one.vrf === vrf);
    const own = reading.routes.filter(({ vrfName }) => vrfName === vrf);
    const routes = routesOf(
      own,
      {
        bgp: table?.best ?? new Map(),
        globalOf: table?.globalOf ?? new Map(),
        ospf: ospf.get(vrf) ?? NO_KIND,
        ospf6: ospf6.get(vrf) ?? NO_KIND,
        isis: isis.get(vrf) ?? NO_KIND,
      },
      (port) => (vrf !== 'default' && port === 'lo' ? vrf : (names.get(port) ?? port)),
      unknown,
    );
    result.set(vrf, {
      routes: [...routes].sort(byPrefix),
      ...(table && { bgp: [...table.paths].sort(byPrefix) }),
    });
    if (table) caveats.push(...tieBreaks(node, vrf, table.paths, snapshot));
  }
  for (const protocol of unknown)
    caveats.push({ node, text: `Routes of the protocol ${protocol} are in its table and are not compared.` });
  return result;
}

/** Prefixes whose best path only the overlay's tie-break decided, where production would ask which path is the oldest. */
function tieBreaks(node: string, vrf: string, paths: readonly BgpPath[], snapshot: Snapshot): readonly Caveat[] {
  const config = snapshot.nodes.get(node)?.config;
  const process = config?.device.bgp.find((one) => one.vrf === vrf);
  if (!process || process.options.compareRouterId?.value || !config?.behaviour.bgp.prefersOldestExternal) return [];
  const shared = new Set(paths.filter(({ multipath }) => multipath).map(({ prefix }) => prefix));
  const prefixes = paths
    .filter(({ best, decidedBy, prefix }) => best && decidedBy === 'Router ID' && !shared.has(prefix))
    .map(({ prefix }) => prefix);
  if (prefixes.length === 0) return [];
  const shown = prefixes.slice(0, 3).join(', ');
  const more = prefixes.length > 3 ? ` and ${prefixes.length - 3} more` : '';
  return [
    {
      node,
      text: `The best path of ${shown}${more} depends on which of several equal paths is the oldest; the twin takes the lowest router id.`,
      span: process.asn.span,
    },
  ];
}

function notesOf({ node, config }: RunningRouter['planned'], refused: RunningRouter['refused']): readonly Caveat[] {
  const lost = refused.flatMap(({ line, message }): readonly Caveat[] => {
    const place = config.placeOf(line);
    // A refused line of an FRR device is an error of its configuration; it is reported as such, with the state.
    if (!place) return [];
    const span = { line: place.line, start: 0, end: 0 };
    const text = config.native
      ? `The daemons run without a line that they do not take: ${message}`
      : `A line could not be carried over to FRR: ${message}`;
    return [{ node, text, span, ofLine: true }];
  });
  return [...config.notes, ...lost];
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

type Prefixed = Pick<Route, 'prefix'>;

/** IPv4 before IPv6, then by address and length. */
function byPrefix(a: Prefixed, b: Prefixed): number {
  const [x, y] = [parsePrefix(a.prefix), parsePrefix(b.prefix)];
  return x && y ? comparePrefixes(x, y) : compare(a.prefix, b.prefix);
}
