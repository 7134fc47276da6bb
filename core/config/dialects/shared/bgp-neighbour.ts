import type { MaximumPrefix } from '../../device/bgp.ts';
import { interfaceName, no, yes } from './drafts.ts';
import { family, type NeighbourSetting, session } from './neighbour-setting.ts';
import { policyUse } from './redistribution.ts';
import { routingKey } from './secrets.ts';

// Settings of a BGP neighbour that FRR, EOS and IOS share; the lines in front of them differ (see neighbour-setting.ts).

const prefixLists = { list: 'prefix-list' } as const;
const accessLists = { list: 'access-list' } as const;
const maps = { map: 'route-map' } as const;

export const sharedSessionSettings: readonly NeighbourSetting[] = [
  session(
    'description <text:rest>',
    'Text for people.',
    (n, { text }) => {
      n.description = text;
    },
    (n) => {
      delete n.description;
    },
    { effect: 'none' },
  ),
  session(
    'update-source <source:interface>',
    'Interface or address that the session is opened from; the peer must expect it.',
    (n, { source }, at) => {
      n.updateSource = interfaceName(at.device, source);
    },
    (n) => {
      delete n.updateSource;
    },
  ),
  session(
    'ebgp-multihop [<hops:int>]',
    'Allows an external neighbour that is not on a connected subnet.',
    (n, { hops }, at) => {
      n.ebgpMultihop = hops ?? { value: 255, span: at.span };
    },
    (n) => {
      delete n.ebgpMultihop;
    },
  ),
  session(
    'timers <keepalive:int> <hold:int> [<minimum:int>]',
    'Keepalive and hold time in seconds.',
    (n, { keepalive, hold }, at) => {
      n.timers = { value: { keepaliveSeconds: keepalive.value, holdSeconds: hold.value }, span: at.span };
    },
    (n) => {
      delete n.timers;
    },
  ),
  session('timers connect <seconds:int>', 'Seconds between attempts to connect.', undefined, undefined, {
    effect: 'none',
  }),
  session(
    'password [<type:0|6|7|8a>] <key:word>',
    'TCP MD5 key; both ends must have the same.',
    (n, { type, key }, at) => {
      n.password = { value: routingKey(key.value, type?.value), span: at.span };
    },
    (n) => {
      delete n.password;
    },
  ),
  session(
    'shutdown',
    'Switches the session off.',
    (n, _, at) => {
      n.shutdown = yes(at.span);
    },
    (n, _, at) => {
      n.shutdown = no(at.span);
    },
  ),
  session(
    'passive',
    'Waits for the neighbour to connect.',
    (n, _, at) => {
      n.passive = yes(at.span);
    },
    (n, _, at) => {
      n.passive = no(at.span);
    },
  ),
  session(
    'bfd [<options:words>]',
    'Bidirectional forwarding detection for the session.',
    (n, _, at) => {
      n.bfd = yes(at.span);
    },
    (n, _, at) => {
      n.bfd = no(at.span);
    },
  ),
  session(
    'enforce-first-as',
    'Drops updates whose first AS is not the neighbour’s.',
    (n, _, at) => {
      n.enforceFirstAs = yes(at.span);
    },
    (n, _, at) => {
      n.enforceFirstAs = no(at.span);
    },
  ),
  session('advertisement-interval <seconds:int>', 'Seconds between updates to the neighbour.', undefined, undefined, {
    effect: 'none',
  }),
];

export const sharedFamilySettings: readonly NeighbourSetting[] = [
  family(
    'activate',
    'Exchanges routes of this address family with the neighbour.',
    (f, _, at) => {
      f.activate = yes(at.span);
    },
    (f, _, at) => {
      f.activate = no(at.span);
    },
  ),
  family(
    'route-map <map:word> <direction:in|out>',
    'Policy applied to routes received from, or sent to, the neighbour.',
    (f, { map, direction }) => {
      if (direction.value === 'in') f.policyIn = policyUse(map);
      else f.policyOut = policyUse(map);
    },
    (f, { direction }) => {
      if (direction?.value !== 'out') delete f.policyIn;
      if (direction?.value !== 'in') delete f.policyOut;
    },
    { refers: maps },
  ),
  family(
    'prefix-list <list:word> <direction:in|out>',
    'Prefixes accepted from, or sent to, the neighbour.',
    (f, { list, direction }) => {
      if (direction.value === 'in') f.prefixListIn = list;
      else f.prefixListOut = list;
    },
    (f, { direction }) => {
      if (direction?.value !== 'out') delete f.prefixListIn;
      if (direction?.value !== 'in') delete f.prefixListOut;
    },
    { refers: prefixLists },
  ),
  family(
    'distribute-list <list:word> <direction:in|out>',
    'Access-list of the prefixes accepted from, or sent to, the neighbour.',
    (f, { list, direction }) => {
      if (direction.value === 'in') f.distributeListIn = list;
      else f.distributeListOut = list;
    },
    (f, { direction }) => {
      if (direction?.value !== 'out') delete f.distributeListIn;
      if (direction?.value !== 'in') delete f.distributeListOut;
    },
    { refers: accessLists },
  ),
  family(
    'filter-list <list:word> <direction:in|out>',
    'AS-path list of the routes accepted from, or sent to, the neighbour.',
    (f, { list, direction }) => {
      if (direction.value === 'in') f.asPathListIn = list;
      else f.asPathListOut = list;
    },
    (f, { direction }) => {
      if (direction?.value !== 'out') delete f.asPathListIn;
      if (direction?.value !== 'in') delete f.asPathListOut;
    },
    { refers: { list: 'as-path-list' } },
  ),
  family(
    'next-hop-self [<force:all|force>]',
    'Announces routes with this device as next hop; `all` and `force` include routes learned by iBGP.',
    (f, { force }, at) => {
      f.nextHopSelf = { value: force ? 'force' : 'set', span: at.span };
    },
    (f, _, at) => {
      f.nextHopSelf = { value: 'off', span: at.span };
    },
  ),
  family(
    'next-hop-unchanged [<allpaths:allpaths>]',
    'Keeps the next hop towards an external neighbour.',
    (f, _, at) => {
      f.nextHopUnchanged = yes(at.span);
    },
    (f, _, at) => {
      f.nextHopUnchanged = no(at.span);
    },
  ),
  family(
    'route-reflector-client',
    'Reflects routes of internal neighbours to this one, and its routes to them (RFC 4456).',
    (f, _, at) => {
      f.routeReflectorClient = yes(at.span);
    },
    (f, _, at) => {
      f.routeReflectorClient = no(at.span);
    },
  ),
  family(
    'default-originate *[<always:always>] *[route-map <map:word>]',
    'Sends a default route to the neighbour.',
    (f, { always, map }, at) => {
      f.defaultOriginate = {
        value: { ...(map && { policy: map.value }), ...(always && { always: true }) },
        span: at.span,
      };
    },
    (f) => {
      delete f.defaultOriginate;
    },
    { refers: maps },
  ),
  family(
    'allowas-in [<count:int>]',
    'Accepts routes whose path holds our own AS, up to so many times (3 unless given).',
    (f, { count }, at) => {
      f.allowAsIn = count ?? { value: 3, span: at.span };
    },
    (f) => {
      delete f.allowAsIn;
    },
  ),
  family(
    'weight <weight:int>',
    'Weight of routes received from the neighbour.',
    (f, { weight }) => {
      f.weight = weight;
    },
    (f) => {
      delete f.weight;
    },
  ),
  family(
    'soft-reconfiguration inbound [<always:all|always>]',
    'Keeps received routes, so that a policy change needs no refresh.',
    (f, _, at) => {
      f.softReconfiguration = yes(at.span);
    },
    (f) => {
      delete f.softReconfiguration;
    },
    { effect: 'none' },
  ),
  family(
    'remove-private-as [<all:all>] [<replace:replace-as>]',
    'Takes private AS numbers out of the path.',
    (f, { all, replace }, at) => {
      f.removePrivateAs = { value: replace ? 'replace' : all ? 'all' : 'remove', span: at.span };
    },
    (f) => {
      delete f.removePrivateAs;
    },
  ),
  family(
    'as-override [split-horizon]',
    'Replaces the neighbour’s AS in the path by our own.',
    (f, _, at) => {
      f.asOverride = yes(at.span);
    },
    (f, _, at) => {
      f.asOverride = no(at.span);
    },
  ),
  family(
    'route-server-client',
    'Passes routes on as a route server: without its own AS and with the next hop as it came (RFC 7947).',
    (f, _, at) => {
      f.routeServerClient = yes(at.span);
    },
    (f, _, at) => {
      f.routeServerClient = no(at.span);
    },
  ),
  family(
    'unsuppress-map <map:word>',
    'Sends routes that an aggregate suppresses when the route-map permits them.',
    (f, { map }) => {
      f.unsuppressMap = map;
    },
    (f) => {
      delete f.unsuppressMap;
    },
    { refers: maps },
  ),
  family(
    'advertise-map <map:word> <when:exist-map|non-exist-map> <condition:word>',
    'Sends the routes of a route-map while another route exists, or while it does not.',
    (f, { map, when, condition }, at) => {
      f.advertiseMap = {
        value: { map: map.value, condition: condition.value, when: when.value === 'exist-map' ? 'exist' : 'non-exist' },
        span: at.span,
      };
    },
    (f) => {
      delete f.advertiseMap;
    },
    { refers: { ...maps, condition: 'route-map' } },
  ),
];

const ALL_COMMUNITIES = ['standard', 'extended', 'large'] as const;

/** `send-community`, whose bare form means `bare`: standard ones on IOS, all on EOS, standard and extended on FRR. */
export const sendCommunity = (bare: readonly (typeof ALL_COMMUNITIES)[number][]): NeighbourSetting =>
  family(
    'send-community [<first:standard|extended|large|both|all>] [<second:standard|extended|large>] [<third:standard|extended|large>]',
    'Sends communities to the neighbour.',
    (f, args, at) => {
      const named = [args.first, args.second, args.third].flatMap((kind) => (kind ? [kind.value] : []));
      const added =
        named.length === 0
          ? bare
          : named.flatMap((kind) =>
              kind === 'all' ? ALL_COMMUNITIES : kind === 'both' ? (['standard', 'extended'] as const) : [kind],
            );
      // Lines add up: IOS writes `send-community` and `send-community extended` as two lines.
      const value = ALL_COMMUNITIES.filter((kind) => added.includes(kind) || f.sendCommunity?.value.includes(kind));
      f.sendCommunity = { value, span: at.span };
    },
    (f, args, at) => {
      const first = args.first?.value;
      const removed: readonly string[] =
        first === undefined || first === 'all'
          ? ALL_COMMUNITIES
          : first === 'both'
            ? ['standard', 'extended']
            : [first];
      f.sendCommunity = {
        value: (f.sendCommunity?.value ?? ALL_COMMUNITIES).filter((kind) => !removed.includes(kind)),
        span: at.span,
      };
    },
  );

/** `maximum-prefix` of IOS and FRR. */
export const maximumPrefix: NeighbourSetting = family(
  'maximum-prefix <limit:int> [<percent:int>] *[<warning:warning-only>] *[restart <minutes:int>] *[<force:force>] *[<discard:discard-extra>]',
  'Most prefixes accepted from the neighbour; beyond it the session is torn down, unless warning-only.',
  (f, { limit, percent, warning, minutes }, at) => {
    const value: MaximumPrefix = {
      limit: limit.value,
      ...(percent && { warnPercent: percent.value }),
      action: warning ? 'warning-only' : minutes ? 'restart' : 'shutdown',
      ...(minutes && { restartMinutes: minutes.value }),
    };
    f.maximumPrefix = { value, span: at.span };
  },
  (f) => {
    delete f.maximumPrefix;
  },
);

/** `local-as` of IOS, EOS and FRR. */
export const localAs: NeighbourSetting = session(
  'local-as <asn:asn> [<noPrepend:no-prepend>] [<replaceAs:replace-as>] [<dualAs:dual-as|fallback>]',
  'Speaks to this neighbour as another AS.',
  (n, { asn, noPrepend, replaceAs, dualAs }, at) => {
    const value = {
      asn: asn.value,
      noPrepend: noPrepend !== undefined,
      replaceAs: replaceAs !== undefined,
      dualAs: dualAs !== undefined,
    };
    n.localAs = { value, span: at.span };
  },
  (n) => {
    delete n.localAs;
  },
);

/** `ttl-security hops` of IOS and FRR. */
export const ttlSecurity: NeighbourSetting = session(
  'ttl-security hops <hops:int>',
  'Accepts packets of the neighbour only from so many hops away (RFC 5082).',
  (n, { hops }) => {
    n.ttlSecurityHops = hops;
  },
  (n) => {
    delete n.ttlSecurityHops;
  },
);

/** `disable-connected-check` of IOS and FRR. */
export const disableConnectedCheck: NeighbourSetting = session(
  'disable-connected-check',
  'Allows a single-hop external neighbour on a loopback.',
  (n, _, at) => {
    n.disableConnectedCheck = yes(at.span);
  },
  (n) => {
    delete n.disableConnectedCheck;
  },
);
