import { type Args, type At, type Effect, type Entry, rowsOf } from '../../command-table.ts';
import type { BgpNeighbour, BgpNeighbourFamily, MaximumPrefix } from '../../device/bgp.ts';
import type { SymbolKind } from '../../device/device.ts';
import type { Located } from '../../span.ts';
import { type BgpContext, knownNeighbour, knownNeighbourFamily, neighbourFamilyOf, neighbourOf } from './bgp-model.ts';
import { interfaceName, no, yes } from './drafts.ts';
import { policyUse } from './redistribution.ts';
import { routingKey } from './secrets.ts';

/*
 * What can be said of a neighbour, written once without its `neighbor X` in front: the same lines stand under
 * `neighbor X` and in a template.
 */

type Arguments = Readonly<Record<string, Located<unknown>>>;

/** One setting of a neighbour: of the session, or of one address family. */
export interface NeighbourSetting {
  readonly level: 'session' | 'family';
  readonly pattern: string;
  readonly doc: string;
  readonly effect: Effect;
  readonly refers: Readonly<Record<string, SymbolKind>>;
  readonly apply?: (target: never, args: never, at: At) => void;
  readonly undo?: (target: never, args: never, at: At) => void;
}

interface Extra {
  readonly effect?: Effect;
  readonly refers?: Readonly<Record<string, SymbolKind>>;
}

const settingOf =
  <T>(level: NeighbourSetting['level']) =>
  <const P extends string>(
    pattern: P,
    doc: string,
    apply?: (target: T, args: Args<P>, at: At) => void,
    undo?: (target: T, args: Partial<Args<P>>, at: At) => void,
    extra: Extra = {},
  ): NeighbourSetting => ({
    level,
    pattern,
    doc,
    effect: extra.effect ?? 'routing',
    refers: extra.refers ?? {},
    ...(apply && { apply: apply as NeighbourSetting['apply'] & object }),
    ...(undo && { undo: undo as NeighbourSetting['undo'] & object }),
  });

/** A setting of the session. Without `apply` it is known and listed as not modelled. */
export const session = settingOf<BgpNeighbour>('session');
/** A setting of one address family. */
export const family = settingOf<BgpNeighbourFamily>('family');

type Target = (target: unknown, args: Arguments, at: At) => void;

/** The settings as `neighbor X ...` lines. */
export function neighbourRows(settings: readonly NeighbourSetting[]): readonly Entry[] {
  const row = rowsOf<BgpContext>();
  return settings.map((setting) => {
    const [apply, undo] = [setting.apply as Target | undefined, setting.undo as Target | undefined];
    return row(`neighbor <peer:word> ${setting.pattern}` as 'neighbor <peer:word> x', {
      doc: setting.doc,
      effect: setting.effect,
      refers: { peer: 'bgp-neighbour', ...setting.refers },
      ...(apply && {
        apply: (context: BgpContext, args: { readonly peer: Located<string> }, at: At) => {
          const neighbour = neighbourOf(context.process, args.peer);
          apply(
            setting.level === 'session' ? neighbour : neighbourFamilyOf(context, neighbour, at.span),
            args as unknown as Arguments,
            at,
          );
        },
      }),
      ...(undo && {
        undo: (context: BgpContext, args: { readonly peer?: Located<string> }, at: At) => {
          // A negative line about a neighbour that is not there has no effect on the device either.
          const neighbour = args.peer && knownNeighbour(context.process, args.peer.value);
          if (!neighbour) return;
          const target =
            setting.level === 'session'
              ? neighbour
              : (knownNeighbourFamily(context, neighbour) ?? neighbourFamilyOf(context, neighbour, at.span));
          undo(target, args as unknown as Arguments, at);
        },
      }),
    });
  });
}

/** The settings as lines of a template, whose context is the template itself. */
export function templateRows<C>(
  settings: readonly NeighbourSetting[],
  targetOf: (context: C, level: NeighbourSetting['level'], at: At) => unknown,
): readonly Entry[] {
  const row = rowsOf<C>();
  return settings.map((setting) => {
    const [apply, undo] = [setting.apply as Target | undefined, setting.undo as Target | undefined];
    return row(setting.pattern as 'x', {
      doc: setting.doc,
      effect: setting.effect,
      refers: setting.refers as Record<never, SymbolKind>,
      ...(apply && {
        apply: (context: C, args: unknown, at: At) =>
          apply(targetOf(context, setting.level, at), args as Arguments, at),
      }),
      ...(undo && {
        undo: (context: C, args: unknown, at: At) => undo(targetOf(context, setting.level, at), args as Arguments, at),
      }),
    });
  });
}

// ---- settings that all three systems share ---------------------------------------------------------------------------

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
