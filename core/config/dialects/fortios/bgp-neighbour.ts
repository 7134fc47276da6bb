import { type Args, type Entry, rowsOf } from '../../command-table.ts';
import type { AddressFamily, BgpNeighbour, BgpNeighbourFamily, MaximumPrefix } from '../../device/bgp.ts';
import type { Located, Span } from '../../span.ts';
import { getOrMake, no, yes } from '../shared/drafts.ts';
import { policyUse } from '../shared/redistribution.ts';

/** A neighbour or a neighbour group; of a setting with a 6 the IPv6 family is meant. */
export interface Peer {
  readonly neighbour: BgpNeighbour;
}

const row = rowsOf<Peer>();

const familyOf = ({ neighbour }: Peer, family: AddressFamily, span: Span): BgpNeighbourFamily =>
  getOrMake(neighbour.families, family, (): BgpNeighbourFamily => ({ span }));

const FAMILIES = [
  ['', 'ipv4-unicast'],
  ['6', 'ipv6-unicast'],
] as const;

/** One row for each family: `route-map-in` and `route-map-in6`. */
const both = <const P extends string>(
  name: string,
  slots: P,
  doc: string,
  apply: (family: BgpNeighbourFamily, args: Args<P>, span: Span) => void,
): readonly Entry[] =>
  FAMILIES.map(([suffix, family]) =>
    row(`${name}${suffix} ${slots}`, {
      doc,
      apply: (peer, args, at) => apply(familyOf(peer, family, at.span), args as Args<P>, at.span),
    }),
  );

const isOn = (state: Located<string>): boolean => state.value === 'enable';
const flag = (span: Span, state: Located<string>): Located<boolean> => (isOn(state) ? yes(span) : no(span));

const limit = (family: BgpNeighbourFamily, change: Partial<MaximumPrefix>, span: Span): void => {
  const before = family.maximumPrefix?.value ?? { limit: 0, action: 'shutdown' as const };
  family.maximumPrefix = { value: { ...before, ...change }, span };
};

const COMMUNITIES = {
  standard: ['standard'],
  extended: ['extended'],
  both: ['standard', 'extended'],
  disable: [],
} as const;

const familyRows: readonly Entry[] = [
  ...both('activate', '<state:enable|disable>', 'Whether routes of the family are exchanged.', (f, { state }, span) => {
    f.activate = flag(span, state);
  }),
  ...both('route-map-in', '<map:word>', 'Route map on routes that are received.', (f, { map }) => {
    f.policyIn = policyUse(map);
  }),
  ...both('route-map-out', '<map:word>', 'Route map on routes that are sent.', (f, { map }) => {
    f.policyOut = policyUse(map);
  }),
  ...both('prefix-list-in', '<list:word>', 'Prefix list on routes that are received.', (f, { list }) => {
    f.prefixListIn = list;
  }),
  ...both('prefix-list-out', '<list:word>', 'Prefix list on routes that are sent.', (f, { list }) => {
    f.prefixListOut = list;
  }),
  ...both('distribute-list-in', '<list:word>', 'Access list on routes that are received.', (f, { list }) => {
    f.distributeListIn = list;
  }),
  ...both('distribute-list-out', '<list:word>', 'Access list on routes that are sent.', (f, { list }) => {
    f.distributeListOut = list;
  }),
  ...both('filter-list-in', '<list:word>', 'List of AS paths on routes that are received.', (f, { list }) => {
    f.asPathListIn = list;
  }),
  ...both('filter-list-out', '<list:word>', 'List of AS paths on routes that are sent.', (f, { list }) => {
    f.asPathListOut = list;
  }),
  ...both('next-hop-self', '<state:enable|disable>', 'The firewall names itself as next hop.', (f, { state }, span) => {
    f.nextHopSelf = { value: isOn(state) ? 'set' : 'off', span };
  }),
  ...both(
    'route-reflector-client',
    '<state:enable|disable>',
    'Routes of internal neighbours are reflected to it.',
    (f, { state }, span) => {
      f.routeReflectorClient = flag(span, state);
    },
  ),
  ...both(
    'route-server-client',
    '<state:enable|disable>',
    'The neighbour is a client of this route server.',
    (f, { state }, span) => {
      f.routeServerClient = flag(span, state);
    },
  ),
  ...both('soft-reconfiguration', '<state:enable|disable>', 'Routes are kept as they came.', (f, { state }, span) => {
    f.softReconfiguration = flag(span, state);
  }),
  ...both(
    'as-override',
    '<state:enable|disable>',
    'Replaces the neighbour’s AS number in the path by the own.',
    (f, { state }, span) => {
      f.asOverride = flag(span, state);
    },
  ),
  ...both('allowas-in', '<count:int>', 'Times that the own AS may stand in a path.', (f, { count }) => {
    f.allowAsIn = count;
  }),
  ...both(
    'allowas-in-enable',
    '<state:enable|disable>',
    'Whether the own AS may stand in a path.',
    (f, { state }, span) => {
      if (!isOn(state)) delete f.allowAsIn;
      else f.allowAsIn ??= { value: 3, span };
    },
  ),
  ...both(
    'remove-private-as',
    '<state:enable|disable>',
    'Takes private AS numbers out of the path.',
    (f, { state }, span) => {
      if (isOn(state)) f.removePrivateAs = { value: 'remove', span };
    },
  ),
  ...both('capability-default-originate', '<state:enable|disable>', 'Sends a default route.', (f, { state }, span) => {
    if (isOn(state)) f.defaultOriginate = { value: { ...f.defaultOriginate?.value }, span };
    else delete f.defaultOriginate;
  }),
  ...both(
    'default-originate-routemap',
    '<map:word>',
    'Route map on the default route that is sent.',
    (f, { map }, span) => {
      f.defaultOriginate = { value: { policy: map.value }, span };
    },
  ),
  ...both('maximum-prefix', '<count:int>', 'Most prefixes that are taken.', (f, { count }, span) =>
    limit(f, { limit: count.value }, span),
  ),
  ...both(
    'maximum-prefix-threshold',
    '<percent:int>',
    'Percentage from which on it is logged.',
    (f, { percent }, span) => limit(f, { warnPercent: percent.value }, span),
  ),
  ...both(
    'maximum-prefix-warning-only',
    '<state:enable|disable>',
    'Whether the session stays up.',
    (f, { state }, span) => limit(f, { action: isOn(state) ? 'warning-only' : 'shutdown' }, span),
  ),
  ...both(
    'send-community',
    '<kinds:standard|extended|both|disable>',
    'Communities that are sent; both kinds by default.',
    (f, { kinds }, span) => {
      f.sendCommunity = { value: COMMUNITIES[kinds.value], span };
    },
  ),
  ...both('unsuppress-map', '<map:word>', 'Routes that an aggregate does not keep back from it.', (f, { map }) => {
    f.unsuppressMap = map;
  }),
  row('weight <value:int>', {
    doc: 'Weight of routes from the neighbour.',
    apply: (peer, { value }, at) => {
      familyOf(peer, 'ipv4-unicast', at.span).weight = value;
    },
  }),
  ...both('attribute-unchanged', '<names:words>', 'Attributes that are sent on as they came.', (f, { names }, span) => {
    f.attributesUnchanged = {
      value: names.value.flatMap((name) => (name === 'as-path' || name === 'med' || name === 'next-hop' ? [name] : [])),
      span,
    };
  }),
];

const NO_LOCAL_AS = { asn: 0, noPrepend: false, replaceAs: false, dualAs: false };
const localAs = ({ neighbour }: Peer, change: Partial<typeof NO_LOCAL_AS>, span: Span): void => {
  neighbour.localAs = { value: { ...(neighbour.localAs?.value ?? NO_LOCAL_AS), ...change }, span };
};

const sessionRows: readonly Entry[] = [
  row('remote-as <asn:asn>', {
    doc: 'AS number of the neighbour.',
    apply: ({ neighbour }, { asn }) => {
      neighbour.remoteAs = asn;
    },
  }),
  row('remote-as <kind:internal|external>', {
    doc: 'Whether the neighbour is in the own AS.',
    apply: ({ neighbour }, { kind }) => {
      neighbour.remoteAs = kind;
    },
  }),
  row('description <text:rest>', {
    doc: 'A text for people.',
    effect: 'none',
    apply: ({ neighbour }, { text }) => {
      neighbour.description = text;
    },
  }),
  row('shutdown <state:enable|disable>', {
    doc: 'Switches the session off.',
    apply: ({ neighbour }, { state }, at) => {
      neighbour.shutdown = flag(at.span, state);
    },
  }),
  row('update-source <interface:word>', {
    doc: 'Interface that the session is opened from.',
    refers: { interface: 'interface' },
    apply: ({ neighbour }, { interface: name }) => {
      neighbour.updateSource = name;
    },
  }),
  row('interface <interface:word>', {
    doc: 'Interface that the neighbour is reached by.',
    refers: { interface: 'interface' },
    apply: ({ neighbour }, { interface: name }) => {
      neighbour.interface = name;
    },
  }),
  row('ebgp-enforce-multihop <state:enable|disable>', {
    doc: 'The neighbour may be more than one hop away.',
    apply: ({ neighbour }, { state }, at) => {
      if (state.value === 'enable') neighbour.ebgpMultihop ??= { value: 255, span: at.span };
    },
  }),
  row('ebgp-multihop-ttl <hops:int>', {
    doc: 'Hops that the neighbour may be away.',
    apply: ({ neighbour }, { hops }) => {
      if (hops.value !== 255) neighbour.ebgpMultihop = hops;
    },
  }),
  row('passive <state:enable|disable>', {
    doc: 'Waits for the neighbour to open the session.',
    apply: ({ neighbour }, { state }, at) => {
      neighbour.passive = flag(at.span, state);
    },
  }),
  row('password ENC <key:word>', {
    doc: 'TCP MD5 key of the session, as stored.',
    apply: ({ neighbour }, { key }) => {
      neighbour.password = { value: { text: key.value, storage: 'reversible' }, span: key.span };
    },
  }),
  row('password <key:word>', {
    doc: 'TCP MD5 key of the session.',
    apply: ({ neighbour }, { key }) => {
      neighbour.password = { value: { text: key.value, storage: 'plain' }, span: key.span };
    },
  }),
  row('local-as <asn:asn>', {
    doc: 'AS number that the firewall shows to the neighbour.',
    apply: (peer, { asn }, at) => localAs(peer, { asn: asn.value }, at.span),
  }),
  row('local-as-no-prepend <state:enable|disable>', {
    doc: 'The local AS is not put into paths that come in.',
    apply: (peer, { state }, at) => localAs(peer, { noPrepend: state.value === 'enable' }, at.span),
  }),
  row('local-as-replace-as <state:enable|disable>', {
    doc: 'The local AS stands in the path in place of the own.',
    apply: (peer, { state }, at) => localAs(peer, { replaceAs: state.value === 'enable' }, at.span),
  }),
  row('enforce-first-as <state:enable|disable>', {
    doc: 'The neighbour’s AS must be the first of the path.',
    apply: ({ neighbour }, { state }, at) => {
      neighbour.enforceFirstAs = flag(at.span, state);
    },
  }),
  row('bfd <state:enable|disable>', {
    doc: 'BFD watches the neighbour.',
    apply: ({ neighbour }, { state }, at) => {
      neighbour.bfd = flag(at.span, state);
    },
  }),
  row('additional-path disable', { doc: 'No additional paths; the default.', effect: 'none' }),
  row(
    '<what:advertisement-interval|link-down-failover|stale-route|keep-alive-timer|holdtime-timer|connect-timer|capability-graceful-restart|capability-graceful-restart6|capability-route-refresh|capability-dynamic|capability-orf|capability-orf6|dont-capability-negotiate|override-capability|strict-capability-match|restart-time|graceful-restart-helper|rr-attr-allow-change> [<rest:rest>]',
    { doc: 'A setting of the session that changes no route while it is up.', effect: 'none' },
  ),
];

/** Lines of `config neighbor` and `config neighbor-group`. */
export const peerRows: readonly Entry[] = [...sessionRows, ...familyRows];
