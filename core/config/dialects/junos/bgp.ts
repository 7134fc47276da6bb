import { parseIp } from '../../address.ts';
import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type {
  AddressFamily,
  BgpFamily,
  BgpNeighbour,
  BgpNeighbourFamily,
  BgpProcess,
  PolicyUse,
} from '../../device/bgp.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Located, Span } from '../../span.ts';
import { bgpProcessOf } from '../shared/bgp-model.ts';
import { GLOBAL, getOrMake, no, yes } from '../shared/drafts.ts';
import { useRibGroup } from './rib-groups.ts';

/** The three levels of `protocols bgp`: the protocol, a group, a neighbour. Each inherits from the one above it. */
export interface Level {
  readonly process: BgpProcess;
  readonly settings: BgpNeighbour;
}

interface Instance {
  readonly device: DeviceDraft;
  readonly vrf: string;
}

/** The name of the group that stands for the protocol level; no group of a configuration can have it. */
const PROTOCOL_LEVEL = '(bgp)';

const empty = (id: string, kind: BgpNeighbour['kind'], span: Span): BgpNeighbour => ({
  id,
  kind,
  span,
  families: new Map(),
  everyFamily: { span },
});

/** The instance's process and its protocol level. AS number 0 stands until `autonomous-system` says it. */
export function globalGroup(device: DeviceDraft, vrf: string, span: Span): Level {
  const process = bgpProcessOf(device, { value: 0, span }, vrf, span);
  return { process, settings: getOrMake(process.groups, PROTOCOL_LEVEL, () => empty(PROTOCOL_LEVEL, 'group', span)) };
}

function groupLevel({ process }: Level, name: Located<string>, span: Span): Level {
  const settings = getOrMake(process.groups, name.value, () => ({
    ...empty(name.value, 'group', span),
    group: { value: PROTOCOL_LEVEL, span },
  }));
  return { process, settings };
}

function neighbourLevel({ process, settings: group }: Level, address: Located<string>, span: Span): Level {
  const id = parseIp(address.value)?.text ?? address.value;
  const settings = getOrMake(process.neighbours, id, () => ({
    ...empty(id, 'address', span),
    group: { value: group.id, span },
  }));
  return { process, settings };
}

const every = ({ settings }: Level): BgpNeighbourFamily => {
  settings.everyFamily ??= { span: settings.span };
  return settings.everyFamily;
};

const policies = (known: PolicyUse | undefined, names: Located<readonly string[]>): PolicyUse => ({
  policies: [...(known?.policies ?? []), ...names.value.map((value) => ({ value, span: names.span }))],
  span: known?.span ?? names.span,
});

const row = rowsOf<Level>();
const mode = modesOf<Level>();

const families: readonly (readonly [string, AddressFamily])[] = [
  ['inet unicast', 'ipv4-unicast'],
  ['inet6 unicast', 'ipv6-unicast'],
  ['inet-vpn unicast', 'vpnv4-unicast'],
  ['inet6-vpn unicast', 'vpnv6-unicast'],
  ['inet labeled-unicast', 'ipv4-labeled'],
  ['inet6 labeled-unicast', 'ipv6-labeled'],
  ['evpn signaling', 'l2vpn-evpn'],
];

const familyOf = (process: BgpProcess, family: AddressFamily, span: Span): BgpFamily =>
  getOrMake(process.families, family, () => ({ family, span, networks: [], redistribute: [], aggregates: [] }));

function activate({ process, settings }: Level, family: AddressFamily, span: Span): BgpNeighbourFamily {
  familyOf(process, family, span);
  const own = getOrMake(settings.families, family, (): BgpNeighbourFamily => ({ span }));
  own.activate = yes(span);
  return own;
}

/** "loops": a path is discarded when it holds the AS that often, so one less is allowed. */
export const allowed = (loops: Located<number>): Located<number> => ({
  value: Math.max(0, loops.value - 1),
  span: loops.span,
});

const familyRows: readonly Entry[] = [
  rowsOf<BgpNeighbourFamily>()('<which:prefix-limit|accepted-prefix-limit> maximum <limit:int>', {
    doc: 'Most routes that are accepted from the neighbour.',
    apply: (own, { limit }, at) => {
      own.maximumPrefix = {
        value: { limit: limit.value, action: own.maximumPrefix?.value.action ?? 'warning-only' },
        span: at.span,
      };
    },
  }),
  rowsOf<BgpNeighbourFamily>()('<which:prefix-limit|accepted-prefix-limit> teardown [<percent:int>] [<rest:rest>]', {
    doc: 'The session is closed above the limit.',
    apply: (own, _, at) => {
      own.maximumPrefix = {
        value: { limit: own.maximumPrefix?.value.limit ?? 0, action: 'shutdown' },
        span: at.span,
      };
    },
  }),
  modesOf<BgpNeighbourFamily>()(
    '<which:prefix-limit|accepted-prefix-limit>',
    { doc: 'Limits the routes of the neighbour.', enter: (own) => own },
    [
      rowsOf<BgpNeighbourFamily>()('maximum <limit:int>', {
        doc: 'Most routes that are accepted from the neighbour.',
        apply: (own, { limit }, at) => {
          own.maximumPrefix = {
            value: { limit: limit.value, action: own.maximumPrefix?.value.action ?? 'warning-only' },
            span: at.span,
          };
        },
      }),
      rowsOf<BgpNeighbourFamily>()('teardown [<percent:int>] [<rest:rest>]', {
        doc: 'The session is closed above the limit.',
        apply: (own, _, at) => {
          own.maximumPrefix = {
            value: { limit: own.maximumPrefix?.value.limit ?? 0, action: 'shutdown' },
            span: at.span,
          };
        },
      }),
    ],
  ),
  rowsOf<BgpNeighbourFamily>()('add-path send path-count <count:int>', {
    doc: 'Sends several paths of a prefix.',
    apply: (own, { count }) => {
      own.addPathsSend = count;
    },
  }),
  rowsOf<BgpNeighbourFamily>()('add-path receive', {
    doc: 'Accepts several paths of a prefix.',
    apply: (own, _, at) => {
      own.addPathsReceive = yes(at.span);
    },
  }),
  rowsOf<BgpNeighbourFamily>()('loops <count:int>', {
    doc: 'Own AS number in received paths is allowed so often.',
    apply: (own, { count }) => {
      own.allowAsIn = allowed(count);
    },
  }),
  rowsOf<BgpNeighbourFamily>()('<what:extended-nexthop|graceful-restart> [<rest:rest>]', {
    doc: 'Known, and not simulated.',
  }),
];

const familyDoc = 'Routes of this family are exchanged.';

/** `family inet unicast`, and in braces `family inet { unicast { ... } }`. */
const familyEntries: readonly Entry[] = [
  ...families.map(([name, family]) =>
    mode(`family ${name}`, { doc: familyDoc, enter: (level, _, at) => activate(level, family, at.span) }, familyRows),
  ),
  ...[...new Set(families.map(([name]) => name.split(' ')[0] as string))].map((afi) =>
    mode(
      `family ${afi}`,
      { doc: familyDoc, enter: (level) => level },
      families
        .filter(([name]) => name.startsWith(`${afi} `))
        .map(([name, family]) =>
          mode(
            name.slice(afi.length + 1),
            { doc: familyDoc, enter: (level, _, at) => activate(level, family, at.span) },
            familyRows,
          ),
        ),
    ),
  ),
];

const levelRows: readonly Entry[] = [
  row('type <type:internal|external>', {
    doc: 'Whether the neighbours are in the own AS.',
    apply: ({ settings }, { type }) => {
      settings.remoteAs ??= type;
    },
  }),
  row('peer-as <asn:asn>', {
    doc: 'AS number of the neighbour.',
    apply: ({ settings }, { asn }) => {
      settings.remoteAs = asn;
    },
  }),
  row(
    'local-as <asn:asn> *[<private:private>] *[<alias:alias>] *[<global:no-prepend-global-as>] *[loops <loops:int>]',
    {
      doc: 'AS number that the router shows to the neighbour.',
      apply: (level, { asn, private: hidden, global, loops }, at) => {
        if (loops) every(level).allowAsIn = allowed(loops);
        level.settings.localAs = {
          value: { asn: asn.value, noPrepend: hidden !== undefined, replaceAs: global !== undefined, dualAs: false },
          span: at.span,
        };
      },
    },
  ),
  row('local-address <address:ip>', {
    doc: 'Address that the session is opened from.',
    apply: ({ settings }, { address }) => {
      settings.localAddress = address;
    },
  }),
  row('import <names:words>', {
    doc: 'Policies on routes that are received.',
    refers: { names: 'route-map' },
    apply: (level, { names }) => {
      const own = every(level);
      own.policyIn = policies(own.policyIn, names);
    },
  }),
  row('export <names:words>', {
    doc: 'Policies on routes that are sent.',
    refers: { names: 'route-map' },
    apply: (level, { names }) => {
      const own = every(level);
      own.policyOut = policies(own.policyOut, names);
    },
  }),
  mode(
    'multihop',
    {
      doc: 'The neighbour may be several hops away.',
      enter: (level, _, at) => {
        level.settings.ebgpMultihop ??= { value: 64, span: at.span };
        return level;
      },
    },
    [
      row('ttl <ttl:int>', {
        doc: 'Most hops.',
        apply: ({ settings }, { ttl }) => {
          settings.ebgpMultihop = ttl;
        },
      }),
      row('no-nexthop-change', {
        doc: 'Routes go to the neighbour with the next hop that they have.',
        apply: (level, _, at) => {
          every(level).nextHopUnchanged = yes(at.span);
        },
      }),
    ],
  ),
  row('multipath [<relax:multiple-as>]', {
    doc: 'Uses several equal paths.',
    apply: ({ process }, { relax }, at) => {
      const family = familyOf(process, 'ipv4-unicast', at.span);
      for (const each of [family, familyOf(process, 'ipv6-unicast', at.span)]) {
        each.maximumPaths = { value: 64, span: at.span };
        each.maximumPathsIbgp = { value: 64, span: at.span };
      }
      if (relax) process.options.asPathMultipathRelax = yes(at.span);
    },
  }),
  row('cluster <id:ip4>', {
    doc: 'The router reflects the routes of these neighbours, under this cluster.',
    apply: (level, { id }, at) => {
      level.process.clusterId = id;
      every(level).routeReflectorClient = yes(at.span);
    },
  }),
  row('authentication-key <key:word>', {
    doc: 'TCP MD5 key of the session.',
    apply: ({ settings }, { key }) => {
      settings.password = {
        value: { text: key.value, storage: key.value.startsWith('$9$') ? 'reversible' : 'plain' },
        span: key.span,
      };
    },
  }),
  row('authentication-key-chain <chain:word>', {
    doc: 'Keys of the session; both ends must have the same.',
    listed: true,
    apply: ({ settings }, { chain }) => {
      settings.authenticatedBy = { ...settings.authenticatedBy, keyChain: chain };
    },
  }),
  row('authentication-algorithm <algorithm:word>', {
    doc: 'How the keys of the session are used: md5, hmac-sha-1-96, aes-128-cmac-96, ao.',
    listed: true,
    apply: ({ settings }, { algorithm }) => {
      settings.authenticatedBy = { ...settings.authenticatedBy, algorithm };
    },
  }),
  row('passive', {
    doc: 'Waits for the neighbour to open the session.',
    apply: ({ settings }, _, at) => {
      settings.passive = yes(at.span);
    },
  }),
  row('as-override', {
    doc: 'Replaces the neighbour’s AS number in the path by the own.',
    apply: (level, _, at) => {
      every(level).asOverride = yes(at.span);
    },
  }),
  row('remove-private [<how:all|replace>] [<rest:rest>]', {
    doc: 'Removes private AS numbers from the path.',
    apply: (level, { how }, at) => {
      every(level).removePrivateAs = { value: how?.value ?? 'remove', span: at.span };
    },
  }),
  row('hold-time <seconds:int>', {
    doc: 'Seconds without a message until the session is closed.',
    apply: ({ settings }, { seconds }) => {
      settings.timers = {
        value: { keepaliveSeconds: Math.floor(seconds.value / 3), holdSeconds: seconds.value },
        span: seconds.span,
      };
    },
  }),
  row('advertise-inactive', {
    doc: 'Sends the best BGP path although another protocol’s route is active.',
    apply: ({ process }, _, at) => {
      process.options.advertiseInactive = yes(at.span);
    },
  }),
  row(
    'path-selection <how:cisco-non-deterministic|always-compare-med|external-router-id|med-plus-igp|as-path-ignore> [<rest:rest>]',
    {
      doc: 'Changes how the best path is chosen.',
      apply: ({ process }, { how }, at) => {
        if (how.value === 'always-compare-med') process.options.alwaysCompareMed = yes(at.span);
        if (how.value === 'external-router-id') process.options.compareRouterId = yes(at.span);
        if (how.value === 'as-path-ignore') process.options.asPathIgnore = yes(at.span);
      },
    },
  ),
  row('metric-out <value:int>', {
    doc: 'MED of routes that are sent.',
    apply: (level, { value }) => {
      every(level).metricOut = value;
    },
  }),
  row('metric-out <how:igp|minimum-igp> [<offset:int>]', {
    doc: 'MED of routes that are sent: the cost of their next hop.',
    apply: (level, { how, offset }, at) => {
      every(level).metricOut = { value: 'igp', span: at.span };
      if (offset || how.value === 'minimum-igp')
        at.device.notModelled.push({
          span: at.span,
          text: 'metric-out by the lowest cost seen',
          mayAffectRouting: true,
        });
    },
  }),
  row('preference <value:int>', {
    doc: 'Preference of routes from these neighbours.',
    apply: (level, { value }) => {
      every(level).distance = value;
    },
  }),
  row('local-preference <value:int>', {
    doc: 'Local preference of routes from external neighbours, and of own ones to internal neighbours.',
    apply: (level, { value }) => {
      every(level).localPreference = value;
    },
  }),
  row('as-path-options loops <count:int>', {
    doc: 'Own AS number in received paths is allowed so often.',
    apply: (level, { count }) => {
      every(level).allowAsIn = allowed(count);
    },
  }),
  row('advertise-peer-as', {
    doc: 'Sends routes to a neighbour whose AS they come from.',
    apply: (level, _, at) => {
      every(level).peerAsCheckDisabled = yes(at.span);
    },
  }),
  row('no-client-reflect', {
    doc: 'Routes of clients are not reflected to other clients.',
    apply: ({ process }, _, at) => {
      process.options.clientToClientReflection = no(at.span);
    },
  }),
  row('enforce-first-as', {
    doc: 'The neighbour’s AS must be the first of the path.',
    apply: ({ settings }, _, at) => {
      settings.enforceFirstAs = yes(at.span);
    },
  }),
  row('shutdown [<rest:rest>]', {
    doc: 'Closes the session.',
    apply: ({ settings }, _, at) => {
      settings.shutdown = yes(at.span);
    },
  }),
  row('ttl <ttl:int>', {
    doc: 'Most hops.',
    apply: ({ settings }, { ttl }) => {
      settings.ebgpMultihop = ttl;
    },
  }),
  row(
    '<what:description|log-updown|mtu-discovery|traceoptions|graceful-restart|tcp-mss|precision-timers|out-delay|include-mp-next-hop|keep|damping|accept-remote-nexthop|no-aggregator-id|tcp-aggressive-transmission|unconfigured-peer-graceful-restart|authentication-key-chain|authentication-algorithm|hold-down-interval|idle-after-switch-over> [<rest:rest>]',
    {
      doc: 'Does not change routes of a converged network.',
      effect: 'none',
    },
  ),
  mode('bfd-liveness-detection', { doc: 'Finds a dead neighbour quickly.', enter: (level) => level }, [
    row('<what:word> [<rest:rest>]', { doc: 'Timers of BFD.', effect: 'none' }),
  ]),
  row('family <family:inet|inet6> unicast rib-group <name:word>', {
    doc: 'Routes of the protocol are in the tables of the group as well.',
    apply: (level, { family, name }, at) => {
      const { vrf } = level.process;
      activate(level, family.value === 'inet' ? 'ipv4-unicast' : 'ipv6-unicast', at.span);
      const use = { group: name.value, vrf, protocol: 'bgp' as const, span: at.span };
      useRibGroup(at.device, { ...use, family: family.value === 'inet' ? 'ipv4' : 'ipv6' });
    },
  }),
  ...familyEntries,
];

const neighbourEntries: readonly Entry[] = [
  mode(
    'neighbor <address:word>',
    {
      doc: 'A neighbour of the group.',
      defines: { address: 'bgp-neighbour' },
      enter: (level, { address }, at) => neighbourLevel(level, address, at.span),
    },
    levelRows,
  ),
  row('allow <prefix:prefix>', {
    doc: 'Neighbours of this network may open sessions.',
    apply: ({ process, settings }, { prefix }, at) => {
      process.listenRanges.push({ prefix: prefix.value, group: settings.id, span: at.span });
    },
  }),
];

/** `protocols { bgp { ... } }`. */
export const bgpGroups: Entry = modesOf<Instance>()(
  'bgp',
  { doc: 'Border Gateway Protocol.', enter: ({ device, vrf }, _, at) => globalGroup(device, vrf, at.span) },
  [
    ...levelRows,
    ...neighbourEntries,
    mode(
      'group <name:word>',
      {
        doc: 'Neighbours with the same settings.',
        defines: { name: 'bgp-group' },
        enter: (level, { name }, at) => groupLevel(level, name, at.span),
      },
      [...levelRows, ...neighbourEntries],
    ),
  ],
);

/** What follows from the whole configuration: AS numbers of instances, families where none is named. */
export function finishBgp(device: DeviceDraft): void {
  const own = device.bgp.find(({ vrf }) => vrf === GLOBAL)?.asn;
  for (const process of device.bgp) {
    if (process.asn.value === 0 && own) process.asn = own;
    if (process.asn.value === 0) {
      // `local-as` alone may name the AS number.
      const local = [...process.groups.values(), ...process.neighbours.values()].find(
        ({ localAs }) => localAs,
      )?.localAs;
      if (local) process.asn = { value: local.value.asn, span: local.span };
    }
    if (!process.routerId && device.routerId) process.routerId = device.routerId;
    for (const neighbour of process.neighbours.values()) {
      const chain = [neighbour, ...ancestors(process, neighbour)];
      if (chain.some(({ families: named }) => named.size > 0)) continue;
      const family: AddressFamily = neighbour.id.includes(':') ? 'ipv6-unicast' : 'ipv4-unicast';
      familyOf(process, family, neighbour.span);
      neighbour.families.set(family, { span: neighbour.span, activate: yes(neighbour.span) });
    }
  }
  device.bgp = device.bgp.filter(({ neighbours, listenRanges }) => neighbours.size > 0 || listenRanges.length > 0);
}

function ancestors(process: BgpProcess, neighbour: BgpNeighbour): BgpNeighbour[] {
  const group = neighbour.group && process.groups.get(neighbour.group.value);
  return group ? [group, ...ancestors(process, group)] : [];
}
