import type { Daemon } from './daemons.ts';
import type { Inside } from './inside.ts';
import {
  type BgpPeer,
  bgpPeers,
  check,
  isisNeighbours,
  type OspfNeighbour,
  ospf6Neighbours,
  ospf6Process,
  ospfNeighbours,
  ospfProcesses,
  routeMapsWaiting,
  type ZebraRoute,
  zebraTable,
} from './readings.ts';
import type { RunningRouter } from './twin.ts';

/** An OSPF or IS-IS neighbour in the terms that both judging and listing need. */
export interface IgpNeighbour {
  readonly protocol: 'ospf' | 'ospfv3' | 'isis';
  readonly vrf: string;
  readonly port: string;
  /** Router id (OSPF), or hostname or system id (IS-IS). */
  readonly id: string;
  readonly state: string;
  readonly up: boolean;
  /** The state may be final: full, or two-way with a designated router elected. */
  readonly settled: boolean;
  /** OSPF area, or IS-IS level. */
  readonly area: string;
}

export interface IgpReading {
  readonly protocol: IgpNeighbour['protocol'];
  /** Own identifiers, by VRF. */
  readonly ids: ReadonlyMap<string, string>;
  readonly neighbours: readonly IgpNeighbour[];
  /** Signature of the database by `VRF area`. */
  readonly databases: ReadonlyMap<string, string>;
  readonly computing: boolean;
}

/** What one router shows at one moment. */
export interface RouterReading {
  readonly node: string;
  readonly routes: readonly ZebraRoute[];
  readonly bgp: ReadonlyMap<string, ReadonlyMap<string, BgpPeer>>;
  readonly igps: readonly IgpReading[];
  /** Changed route-maps are yet to take effect; undefined where the daemons do not say. */
  readonly routeMapsWaiting: boolean | undefined;
}

/** Asks a router's daemons once. Throws when one of them is gone or answers in a form that is not known. */
export async function readRouter(inside: Inside, router: RunningRouter, hostname: string): Promise<RouterReading> {
  const { address, planned } = router;
  const ask = (daemon: Daemon, command: string) => inside.askJson(address, daemon, command);
  const has = (daemon: Daemon): boolean => planned.daemons.includes(daemon);
  const vrfs = ['default', ...planned.vrfs];
  const tables = await Promise.all(
    vrfs.flatMap((vrf) =>
      ['ip', 'ipv6'].map(async (family) => {
        const where = vrf === 'default' ? '' : ` vrf ${vrf}`;
        const table = check(zebraTable, await ask('zebra', `show ${family} route${where} json`), 'routes of zebra');
        return Object.values(table)
          .flat()
          .map((route) => ({ ...route, vrfName: vrf }));
      }),
    ),
  );
  const igps: IgpReading[] = [];
  if (has('ospfd')) igps.push(await readOspf(ask));
  if (has('ospf6d')) igps.push(await readOspf6(ask));
  if (has('isisd')) igps.push(await readIsis(inside, router, hostname));
  // The other daemons use a changed map at once, or count it among what their own windows wait for.
  const waiting = await Promise.all(
    (['zebra', 'bgpd'] as const)
      .filter(has)
      .map(async (daemon) => routeMapsWaiting(await ask(daemon, 'show route-map json'))),
  );
  return {
    node: planned.node,
    routeMapsWaiting: waiting.includes(undefined) ? undefined : waiting.includes(true),
    routes: tables.flat(),
    bgp: has('bgpd') ? bgpPeers(await ask('bgpd', 'show bgp vrf all neighbors json')) : new Map(),
    igps,
  };
}

type Ask = (daemon: Daemon, command: string) => Promise<unknown>;

async function readOspf(ask: Ask): Promise<IgpReading> {
  const neighbours = check(
    ospfNeighbours,
    await ask('ospfd', 'show ip ospf vrf all neighbor detail json'),
    'neighbours of ospfd',
  );
  const processes = check(ospfProcesses, await ask('ospfd', 'show ip ospf vrf all json'), 'processes of ospfd');
  const database = await ask('ospfd', 'show ip ospf vrf all database json');
  return {
    protocol: 'ospf',
    ids: new Map(
      Object.entries(processes).flatMap(([vrf, { routerId }]) => (routerId === undefined ? [] : [[vrf, routerId]])),
    ),
    neighbours: Object.entries(neighbours).flatMap(([vrf, { neighbors = {} }]) =>
      Object.entries(neighbors).flatMap(([id, entries]) => entries.map((entry) => ospfEntry(vrf, id, entry))),
    ),
    databases: ospfDatabases(database),
    computing: Object.values(processes).some(({ spfTimerDueInMsecs }) => spfTimerDueInMsecs !== undefined),
  };
}

function ospfEntry(vrf: string, id: string, entry: OspfNeighbour): IgpNeighbour {
  const { ifaceName, nbrState, areaId = '', routerDesignatedId = '0.0.0.0' } = entry;
  const [state = '', role = ''] = nbrState.split('/');
  const lists = [
    entry.databaseSummaryListCounter,
    entry.linkStateRequestListCounter,
    entry.linkStateRetransmissionListCounter,
  ];
  const twoWay = /^2-?way/i.test(state) && role === 'DROther' && routerDesignatedId !== '0.0.0.0';
  const full = /^full/i.test(state);
  return {
    protocol: 'ospf',
    vrf,
    // `eth1:10.0.0.1` in the plain form of the answer.
    port: ifaceName.split(':')[0] ?? ifaceName,
    id,
    state: nbrState,
    up: full || twoWay,
    settled: (full && lists.every((count) => (count ?? 0) === 0)) || twoWay,
    area: areaId.split(' ')[0] ?? '',
  };
}

/** What tells two databases of an area apart: the announcements with their sequence numbers, without their ages. */
function ospfDatabases(answer: unknown): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [vrf, value] of Object.entries(record(answer))) {
    for (const [area, lists] of Object.entries(record(record(value).areas))) {
      const announcements = Object.entries(record(lists)).flatMap(([kind, list]) =>
        Array.isArray(list)
          ? list.map((one) => {
              const { lsId, advertisedRouter, sequenceNumber, checksum } = record(one);
              return `${kind} ${String(lsId)} ${String(advertisedRouter)} ${String(sequenceNumber)} ${String(checksum)}`;
            })
          : [],
      );
      found.set(`${vrf} ${area.split(' ')[0]}`, announcements.sort().join('\n'));
    }
  }
  return found;
}

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

async function readOspf6(ask: Ask): Promise<IgpReading> {
  const { neighbors = [] } = check(
    ospf6Neighbours,
    await ask('ospf6d', 'show ipv6 ospf6 neighbor json'),
    'neighbours of ospf6d',
  );
  const process = check(ospf6Process, await ask('ospf6d', 'show ipv6 ospf6 json'), 'process of ospf6d');
  const database = record(await ask('ospf6d', 'show ipv6 ospf6 database json'));
  const areas = Array.isArray(database.areaScopedLinkStateDb) ? database.areaScopedLinkStateDb.map(record) : [];
  return {
    protocol: 'ospfv3',
    ids: new Map(process.routerId === undefined ? [] : [['default', process.routerId]]),
    neighbours: neighbors.map(({ neighborId, state, ifState = '', interfaceName }) => {
      const full = /^full/i.test(state);
      const twoWay = /^two-?way/i.test(state) && /^DROther$/i.test(ifState);
      return {
        protocol: 'ospfv3' as const,
        vrf: 'default',
        port: interfaceName,
        id: neighborId,
        state,
        up: full || twoWay,
        settled: full || twoWay,
        area: '',
      };
    }),
    databases: new Map(
      areas.map(({ areaId, lsa }) => [
        `default ${String(areaId)}`,
        (Array.isArray(lsa) ? lsa.map(record) : [])
          .map(({ type, lsId, advRouter, seqNum }) => `${type} ${lsId} ${advRouter} ${seqNum}`)
          .sort()
          .join('\n'),
      ]),
    ),
    computing: process.spfTimerActive === true,
  };
}

/** `r1.00-00   *   60   0x00000001  0x012d  1139  0/0/0` of `show isis database`; its JSON form loses all but the last. */
const LSP = /^(\S+)\s+(?:\*\s+)?\d+\s+(0x[0-9a-f]+)\s+(0x[0-9a-f]+)\s+(?:\d+|\(\d+\))\s/;

async function readIsis(inside: Inside, { address }: RunningRouter, hostname: string): Promise<IgpReading> {
  const { areas = [] } = check(
    isisNeighbours,
    await inside.askJson(address, 'isisd', 'show isis neighbor json'),
    'neighbours of isisd',
  );
  const databases = new Map<string, string>();
  let level = '';
  for (const line of (await inside.ask(address, 'isisd', 'show isis database')).split('\n')) {
    const heading = /^IS-IS Level-([12]) link-state database/.exec(line);
    if (heading) level = `default ${heading[1]}`;
    const [, id, sequence, checksum] = LSP.exec(line) ?? [];
    if (id) databases.set(level, `${databases.get(level) ?? ''}${id} ${sequence} ${checksum}\n`);
  }
  return {
    protocol: 'isis',
    ids: new Map([['default', hostname]]),
    neighbours: areas.flatMap(({ circuits = [] }) =>
      circuits.flatMap(({ adj, interface: port, level: on, state = '' }) =>
        adj === undefined || port === undefined
          ? []
          : [
              {
                protocol: 'isis' as const,
                vrf: 'default',
                port,
                id: adj,
                state,
                up: state === 'Up',
                settled: state === 'Up',
                area: String(on ?? ''),
              },
            ],
      ),
    ),
    databases,
    computing: false,
  };
}
