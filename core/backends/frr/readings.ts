/* What FRR's daemons answer, in the parts that are read. Everything is validated: an answer of another form is an error. */
import * as z from 'zod/mini';
import { TwinFailure } from './failure.ts';

const text = z.string();
const number = z.number();
const flag = z.optional(z.boolean());

const zebraHop = z.looseObject({
  ip: z.optional(text),
  interfaceName: z.optional(text),
  active: flag,
  fib: flag,
  blackhole: flag,
  reject: flag,
  unreachable: flag,
  vrf: z.optional(text),
  recursive: flag,
  duplicate: flag,
});

const zebraRoute = z.looseObject({
  prefix: text,
  protocol: text,
  vrfName: z.optional(text),
  selected: flag,
  installed: flag,
  distance: number,
  metric: number,
  tag: z.optional(number),
  nexthops: z.optional(z.array(zebraHop)),
});
export type ZebraRoute = z.infer<typeof zebraRoute>;

/** zebra `show ip route json`, `show ipv6 route json`. */
export const zebraTable = z.record(text, z.array(zebraRoute));

const families = z.record(text, z.boolean());

const bgpPeer = z.looseObject({
  remoteAs: number,
  localAs: number,
  nbrInternalLink: flag,
  nbrExternalLink: flag,
  bgpState: text,
  bgpTimerLastRead: z.optional(number),
  adminShutDown: flag,
  lastResetDueTo: z.optional(text),
  lastNotificationReason: z.optional(text),
  neighborCapabilities: z.optional(
    z.looseObject({ multiprotocolExtensions: z.optional(z.record(text, z.record(text, z.unknown()))) }),
  ),
  gracefulRestartInfo: z.optional(
    z.looseObject({ endOfRibSend: z.optional(families), endOfRibRecv: z.optional(families) }),
  ),
  messageStats: z.optional(
    z.looseObject({ depthInq: number, depthOutq: number, updatesSent: number, updatesRecv: number }),
  ),
  addressFamilyInfo: z.optional(
    z.record(text, z.looseObject({ packetQueueLength: z.optional(number), prefixAllowedMax: z.optional(number) })),
  ),
  remoteRouterId: z.optional(text),
  prefixOverflow: flag,
});
export type BgpPeer = z.infer<typeof bgpPeer>;

/** bgpd `show bgp vrf all neighbors json`: beside the peers stand facts of the VRF, which are no objects. */
export function bgpPeers(answer: unknown): ReadonlyMap<string, ReadonlyMap<string, BgpPeer>> {
  const vrfs = check(z.record(text, z.record(text, z.unknown())), answer, 'neighbours of bgpd');
  return new Map(
    Object.entries(vrfs).map(([vrf, members]) => [
      vrf,
      new Map(
        Object.entries(members)
          .filter(([, value]) => typeof value === 'object' && value !== null)
          .map(([peer, value]) => [peer, check(bgpPeer, value, `the neighbour ${peer} of bgpd`)]),
      ),
    ]),
  );
}

const bgpPath = z.looseObject({
  valid: flag,
  bestpath: flag,
  multipath: flag,
  selectionReason: z.optional(text),
  pathFrom: z.optional(text),
  metric: z.optional(number),
  locPrf: z.optional(number),
  weight: z.optional(number),
  peerId: z.optional(text),
  path: z.optional(text),
  origin: z.optional(text),
  nexthops: z.optional(z.array(z.looseObject({ ip: z.optional(text), used: flag, scope: z.optional(text) }))),
});
export type BgpTablePath = z.infer<typeof bgpPath>;

/** bgpd `show bgp vrf all ipv4 unicast json`. */
export const bgpTables = z.record(
  text,
  z.looseObject({
    vrfName: z.optional(text),
    defaultLocPrf: z.optional(number),
    routes: z.optional(z.record(text, z.array(bgpPath))),
  }),
);

/** bgpd `show bgp vrf X ipv4 unicast 10.0.0.0/8 json`. */
export const bgpPrefix = z.looseObject({
  paths: z.optional(
    z.array(
      z.looseObject({
        aspath: z.optional(z.looseObject({ string: z.optional(text) })),
        community: z.optional(z.looseObject({ list: z.optional(z.array(text)), string: z.optional(text) })),
        largeCommunity: z.optional(z.looseObject({ list: z.optional(z.array(text)), string: z.optional(text) })),
        extendedCommunity: z.optional(z.looseObject({ string: z.optional(text) })),
        peer: z.optional(z.looseObject({ peerId: z.optional(text) })),
        locPrf: z.optional(number),
      }),
    ),
  ),
});

const ospfNeighbour = z.looseObject({
  ifaceAddress: z.optional(text),
  ifaceName: text,
  areaId: z.optional(text),
  nbrState: text,
  routerDesignatedId: z.optional(text),
  databaseSummaryListCounter: z.optional(number),
  linkStateRequestListCounter: z.optional(number),
  linkStateRetransmissionListCounter: z.optional(number),
});
export type OspfNeighbour = z.infer<typeof ospfNeighbour>;

/** ospfd `show ip ospf vrf all neighbor detail json`: router ids with their entries, per VRF. */
export const ospfNeighbours = z.record(
  text,
  z.looseObject({ neighbors: z.optional(z.record(text, z.array(ospfNeighbour))) }),
);

/** ospfd `show ip ospf vrf all json`. */
export const ospfProcesses = z.record(
  text,
  z.looseObject({
    routerId: z.optional(text),
    spfTimerDueInMsecs: z.optional(number),
    areas: z.optional(z.record(text, z.unknown())),
  }),
);

/** ospfd `show ip ospf vrf all route json`: besides prefixes stand facts of the VRF and routers. */
export const ospfRoute = z.looseObject({ routeType: text, cost: z.optional(number), type2cost: z.optional(number) });

/** ospf6d `show ipv6 ospf6 vrf all neighbor json`. */
export const ospf6Neighbours = z.looseObject({
  neighbors: z.optional(
    z.array(z.looseObject({ neighborId: text, state: text, ifState: z.optional(text), interfaceName: text })),
  ),
});

/** ospf6d `show ipv6 ospf6 vrf all json`. */
export const ospf6Process = z.looseObject({ routerId: z.optional(text), spfTimerActive: flag });

/** ospf6d `show ipv6 ospf6 vrf all route detail json`. */
export const ospf6Routes = z.looseObject({
  routes: z.optional(z.record(text, z.looseObject({ pathType: z.optional(text) }))),
});

/** Any daemon's `show route-map json`: the maps by the daemon's name in capitals. */
const routeMaps = z.record(text, z.record(text, z.looseObject({ processedChange: flag })));

/**
 * Whether a daemon has changed route-maps that do not take effect yet: in spite of its name FRR's `processedChange` is
 * lib/routemap.c's `to_be_processed`, which lists that a map refers to set as well. Undefined where it does not say.
 */
export function routeMapsWaiting(answer: unknown): boolean | undefined {
  const maps = Object.values(check(routeMaps, answer, 'route-maps')).flatMap((of) => Object.values(of));
  if (maps.some(({ processedChange }) => processedChange === undefined)) return undefined;
  return maps.some(({ processedChange }) => processedChange);
}

/** isisd `show isis vrf all neighbor json`. */
export const isisNeighbours = z.looseObject({
  areas: z.optional(
    z.array(
      z.looseObject({
        area: z.optional(text),
        circuits: z.optional(
          z.array(
            z.looseObject({
              adj: z.optional(text),
              interface: z.optional(text),
              level: z.optional(number),
              state: z.optional(text),
            }),
          ),
        ),
      }),
    ),
  ),
});

/** Validates an answer; throws what is wrong with it. */
export function check<T>(schema: z.ZodMiniType<T>, answer: unknown, what: string): T {
  const result = z.safeParse(schema, answer);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue?.path.map(String).join('.') ?? '';
  throw new TwinFailure(
    `FRR lists the ${what} in a form that is not known${where === '' ? '' : ` (at ${where})`}: ${issue?.message ?? ''}. This version of FRR may be newer than this software.`,
  );
}
