import { makePrefix, parseIp } from '../../address.ts';
import { type At, type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { AddressFamily, BgpNeighbour } from '../../device/bgp.ts';
import type { DeviceDraft } from '../../device/device.ts';
import { type BgpContext, bgpProcessOf, enterBgp, familyNamed, familyOf, groupOf } from '../shared/bgp-model.ts';
import {
  disableConnectedCheck,
  localAs,
  maximumPrefix,
  sendCommunity,
  sharedFamilySettings,
  sharedSessionSettings,
  ttlSecurity,
} from '../shared/bgp-neighbour.ts';
import {
  aggregateRows,
  clearNetwork,
  declarationRows,
  option,
  redistributeRows,
  removalRow,
  setNetwork,
  sharedFamilyRows,
  sharedProcessRows,
} from '../shared/bgp-process.ts';
import { addOnce, GLOBAL, yes } from '../shared/drafts.ts';
import { family, type NeighbourSetting, neighbourRows, session, templateRows } from '../shared/neighbour-setting.ts';

const row = rowsOf<BgpContext>();

const settings: readonly NeighbourSetting[] = [
  ...sharedSessionSettings,
  ...sharedFamilySettings,
  localAs,
  ttlSecurity,
  disableConnectedCheck,
  maximumPrefix,
  sendCommunity(['standard']),
  session(
    'transport connection-mode <mode:active|passive>',
    'Which side opens the session.',
    (n, { mode }, at) => {
      n.passive = { value: mode.value === 'passive', span: at.span };
    },
    (n) => {
      delete n.passive;
    },
  ),
  session('transport path-mtu-discovery', 'Path MTU discovery of the session.', undefined, undefined, {
    effect: 'none',
  }),
  session('transport multi-session', 'One TCP session per address family.'),
  session(
    'fall-over bfd [<options:words>]',
    'Bidirectional forwarding detection for the session.',
    (n, _, at) => {
      n.bfd = yes(at.span);
    },
    (n) => {
      delete n.bfd;
    },
  ),
  session('fall-over', 'Ends the session when the route to the neighbour is lost.', undefined, undefined, {
    effect: 'none',
  }),
  session('version <version:int>', 'BGP version; 4 is the only one.', undefined, undefined, { effect: 'none' }),
  session('ha-mode <mode:words>', 'Graceful restart or stateful switch-over of this session.', undefined, undefined, {
    effect: 'none',
  }),
  session('dont-capability-negotiate', 'Opens the session without capabilities, for IPv4 unicast alone.'),
  session(
    'cluster-id <id:word>',
    'Cluster of this reflector towards the neighbour.',
    (n, { id }) => {
      n.clusterId = id;
    },
    (n) => {
      delete n.clusterId;
    },
  ),
  session(
    'inherit <kind:peer-session|peer-policy> <template:word>',
    'Takes the settings of a template.',
    (n, { template }) => {
      n.templates ??= [];
      addOnce(n.templates, template);
    },
    (n, { template }) => {
      n.templates = n.templates?.filter((known) => known.value !== template?.value) ?? [];
    },
    { refers: { template: 'bgp-group' } },
  ),
  family(
    'advertise additional-paths all',
    'Sends all paths (RFC 7911).',
    (f, _, at) => {
      f.addPathsSend = { value: 'all', span: at.span };
    },
    (f) => {
      delete f.addPathsSend;
    },
  ),
  family(
    'advertise additional-paths best <count:int>',
    'Sends the best paths, so many of them (RFC 7911).',
    (f, { count }) => {
      f.addPathsSend = count;
    },
    (f) => {
      delete f.addPathsSend;
    },
  ),
  family('advertise additional-paths group-best', 'Sends the best path of each neighbouring AS (RFC 7911).'),
  family(
    'additional-paths <direction:send|receive|disable> [<receive:receive>]',
    'Exchanges more than one path per prefix (RFC 7911).',
    (f, { direction, receive }, at) => {
      f.addPathsReceive = { value: direction.value === 'receive' || receive !== undefined, span: at.span };
      f.addPathsMaySend = { value: direction.value === 'send', span: at.span };
    },
    (f) => {
      delete f.addPathsReceive;
      delete f.addPathsMaySend;
    },
  ),
  family('send-label [<explicit:explicit-null>]', 'Sends MPLS labels with the routes.'),
  family('soo <value:word>', 'Site of origin of routes from this neighbour.'),
  family('advertise <what:best-external|diverse-path> [<options:words>]', 'Sends a path besides the best one.'),
  family('capability orf prefix-list <direction:send|receive|both>', 'Exchanges prefix-lists as filters (RFC 5291).'),
  family('slow-peer <options:words>', 'What happens when the neighbour is slow.', undefined, undefined, {
    effect: 'none',
  }),
  family(
    '<what:aigp|translate-update|internal-vpn-client|inter-as-hybrid|send-label> [<options:words>]',
    'Further settings of the family.',
  ),
  session(
    'shutdown graceful <options:words>',
    'Drains traffic, then switches the session off (RFC 8326).',
    (n, _, at) => {
      n.shutdown = yes(at.span);
    },
  ),
  session(
    'fall-over route-map <map:word>',
    'Ends the session when no route of the route-map leads to the neighbour.',
    undefined,
    undefined,
    { refers: { map: 'route-map' } },
  ),
  session('transport path-mtu-discovery disable', 'No path MTU discovery of the session.', undefined, undefined, {
    effect: 'none',
  }),
  session(
    'ao <chain:word> [<options:words>]',
    'TCP authentication option; both ends must have the same keys.',
    (n, { chain }) => {
      n.authenticatedBy = { keyChain: chain };
    },
    undefined,
    { refers: { chain: 'key-chain' }, listed: true },
  ),
  session('remote-as <as:asn> alternate-as <others:words>', 'AS numbers that the neighbour may have.'),
  family('dmzlink-bw', 'Sends the bandwidth of the link with the routes.'),
];

/** Length that the class of an address gives (RFC 791), for lines without a mask. */
export function classfulPrefix(address: string): string | undefined {
  const ip = parseIp(address);
  const first = (ip?.words[0] ?? 0) >>> 24;
  if (ip?.version !== 4) return undefined;
  return makePrefix(ip, first < 128 ? 8 : first < 192 ? 16 : 24).text;
}

const familyLines: readonly Entry[] = [
  row('network <prefix:prefix> [route-map <map:word>] [<backdoor:backdoor>]', {
    doc: 'Announces a prefix that the routing table has.',
    refers: { map: 'route-map' },
    apply: (context, { prefix, map, backdoor }, at) => setNetwork(context, prefix.value, { map, backdoor }, at),
    undo: (context, { prefix }) => clearNetwork(context, prefix?.value),
  }),
  row('network <address:ip4> mask <mask:ip4> [route-map <map:word>] [<backdoor:backdoor>]', {
    doc: 'Announces a prefix that the routing table has.',
    refers: { map: 'route-map' },
    apply: (context, { address, mask, map, backdoor }, at) => {
      const prefix = withMask(address.value, mask.value);
      if (prefix) setNetwork(context, prefix, { map, backdoor }, at);
    },
    undo: (context, { address, mask }) => {
      if (address && mask) clearNetwork(context, withMask(address.value, mask.value));
    },
  }),
  row('network <address:ip4> [route-map <map:word>] [<backdoor:backdoor>]', {
    doc: 'Announces the network of the address’s class when the routing table has it.',
    refers: { map: 'route-map' },
    apply: (context, { address, map, backdoor }, at) => {
      const prefix = classfulPrefix(address.value);
      if (prefix) setNetwork(context, prefix, { map, backdoor }, at);
    },
    undo: (context, { address }) => {
      if (address) clearNetwork(context, classfulPrefix(address.value));
    },
  }),
  row('maximum-paths <paths:int> [import <count:int>]', {
    doc: 'Most equal external paths that share traffic.',
    apply: ({ process, family: name }, { paths }, at) => {
      familyOf(process, name, at.span).maximumPaths = paths;
    },
    undo: ({ process, family: name }) => {
      delete process.families.get(name)?.maximumPaths;
    },
  }),
  row('maximum-paths eibgp <paths:int> [import <count:int>]', {
    doc: 'Most equal external and internal paths that share traffic.',
    apply: ({ process, family: name }, { paths }, at) => {
      familyOf(process, name, at.span).maximumPathsEibgp = paths;
    },
    undo: ({ process, family: name }) => {
      delete process.families.get(name)?.maximumPathsEibgp;
    },
  }),
  row('default-metric <metric:int>', {
    doc: 'MED of redistributed routes.',
    apply: ({ process }, { metric }) => {
      process.options.defaultMetric = metric;
    },
    undo: ({ process }) => {
      delete process.options.defaultMetric;
    },
  }),
  ...sharedFamilyRows,
  ...aggregateRows,
  ...redistributeRows('connected|static|rip'),
  option('synchronization', 'synchronization', 'Waits for the IGP before a route learned by iBGP is used.'),
  option('auto-summary', 'autoSummary', 'Announces redistributed routes by their classful networks.'),
  option('bgp redistribute-internal', 'redistributeInternal', 'Internal routes may be redistributed into an IGP.'),
  row('bgp dampening [<options:words>]', {
    doc: 'Suppresses routes that flap; a stable state does not have any.',
    effect: 'none',
  }),
  row('bgp additional-paths select all', {
    doc: 'All paths may be sent besides the best one (RFC 7911); neighbours say which of them are.',
    apply: () => undefined,
    undo: () => undefined,
  }),
  row('bgp additional-paths select <which:words>', { doc: 'Which paths may be sent besides the best one (RFC 7911).' }),
  row('bgp additional-paths <direction:send|receive> [<receive:receive>]', {
    doc: 'Exchanges more than one path per prefix with the neighbours of the family (RFC 7911).',
    apply: ({ process, family: name }, { direction, receive }, at) => {
      const made = familyOf(process, name, at.span);
      made.addPathsMaySend = { value: direction.value === 'send', span: at.span };
      made.addPathsReceive = { value: direction.value === 'receive' || receive !== undefined, span: at.span };
    },
    undo: ({ process, family: name }) => {
      delete process.families.get(name)?.addPathsMaySend;
      delete process.families.get(name)?.addPathsReceive;
    },
  }),
  row('bgp additional-paths install', { doc: 'Installs a backup path.' }),
  row('distance <distance:int> <source:ip4> <wildcard:ip4> [<list:word>]', {
    doc: 'Administrative distance of routes of certain neighbours.',
  }),
  row('redistribute lisp [<options:words>]', { doc: 'Announces LISP routes.' }),
  row('import path <options:words>', { doc: 'Which paths a VRF takes from others.' }),
  row('bgp nexthop route-map <map:word>', { doc: 'Which routes may resolve next hops.', refers: { map: 'route-map' } }),
  row(
    'bgp <what:advertise-best-external|recursion|rr-group|inject-map|soft-reconfig-backup|mpls-local-label> [<options:words>]',
    { doc: 'Further settings of the family.' },
  ),
  row('bgp default route-target filter', { doc: 'Drops VPN routes whose targets no VRF takes.' }),
  row('bgp graceful-shutdown all <options:words>', {
    doc: 'Drains traffic of neighbours before maintenance (RFC 8326).',
  }),
  row('bgp suppress-inactive', { doc: 'Sends only routes that are in the routing table.' }),
  row('bgp nexthop trigger <options:words>', { doc: 'How soon a change of a next hop is acted on.', effect: 'none' }),
  row('bgp scan-time <seconds:int>', { doc: 'How often next hops are checked.', effect: 'none' }),
  row('bgp aggregate-timer <seconds:int>', { doc: 'How often aggregates are recomputed.', effect: 'none' }),
  row('advertise l2vpn evpn', { doc: 'Announces the routes of this VRF as EVPN type 5.' }),
];

const withMask = (address: string, mask: string): string | undefined => {
  const [ip, bits] = [parseIp(address), parseIp(mask)?.words[0]];
  if (!ip || bits === undefined) return undefined;
  const inverted = ~bits >>> 0;
  return (inverted & (inverted + 1)) === 0 ? makePrefix(ip, Math.clz32(inverted)).text : undefined;
};

const processLines: readonly Entry[] = [
  row('bgp router-id interface <source:interface>', { doc: 'Identifier of this speaker, taken from an interface.' }),
  row('bgp router-id vrf auto-assign', { doc: 'Gives each VRF its own identifier.' }),
  option(
    'bgp bestpath compare-routerid',
    'compareRouterId',
    'The router id decides between external paths, not their age.',
  ),
  option('bgp bestpath igp-metric ignore', 'igpMetricIgnore', 'The IGP metric to the next hop does not count.'),
  option(
    'bgp fast-external-fallover',
    'fastExternalFailover',
    'An external session ends when its interface goes down.',
  ),
  option('bgp bestpath cost-community ignore', 'costCommunityIgnore', 'The cost community does not count.'),
  row('bgp maxas-limit <limit:int>', { doc: 'Drops routes with a longer AS path.' }),
  row('bgp asnotation dot', { doc: 'Shows 4-byte AS numbers in dotted notation.', effect: 'none' }),
  row('bgp transport path-mtu-discovery', { doc: 'Path MTU discovery of all sessions.', effect: 'none' }),
  row('bgp route-map-cache', { doc: 'Caches route-map results.', effect: 'none' }),
  row('bgp listen range <prefix:prefix> peer-group <group:word>', {
    doc: 'Accepts neighbours from a range, with the settings of a group.',
    refers: { group: 'bgp-group' },
    apply: ({ process }, { prefix, group }, at) => {
      process.listenRanges = [
        ...process.listenRanges.filter((known) => known.prefix !== prefix.value),
        { prefix: prefix.value, group: group.value, span: at.span },
      ];
    },
    undo: ({ process }, { prefix }) => {
      process.listenRanges = process.listenRanges.filter((known) => known.prefix !== prefix?.value);
    },
  }),
];

const neighbourLines: readonly Entry[] = [
  removalRow,
  ...declarationRows('peer-group', 'asn'),
  ...neighbourRows(settings),
];

interface Template {
  readonly template: BgpNeighbour;
}

/** A template holds its family settings for whichever family inherits it. */
const targetOf = ({ template }: Template, level: NeighbourSetting['level'], at: At): unknown => {
  if (level === 'session') return template;
  template.everyFamily ??= { span: at.span };
  return template.everyFamily;
};

const templateLines: readonly Entry[] = [
  rowsOf<Template>()('remote-as <as:asn>', {
    doc: 'AS of the neighbours that inherit the template.',
    apply: ({ template }, { as }) => {
      template.remoteAs = as;
    },
  }),
  ...templateRows<Template>(settings, targetOf),
  rowsOf<Template>()('<end:exit-peer-session|exit-peer-policy>', {
    doc: 'Leaves the template.',
    effect: 'none',
    closes: true,
  }),
];

const templates: Entry = modesOf<BgpContext>()(
  'template <kind:peer-session|peer-policy> <template:word>',
  {
    doc: 'Settings that neighbours inherit.',
    defines: { template: 'bgp-group' },
    enter: ({ process }, { template }): Template => ({ template: groupOf(process, template) }),
  },
  templateLines,
);

const inFamily = (context: BgpContext, name: AddressFamily, vrf: string | undefined, at: At): BgpContext => {
  const process = vrf === undefined ? context.process : bgpProcessOf(at.device, context.process.asn, vrf, at.span);
  familyOf(process, name, at.span);
  return { ...context, process, family: name };
};

const families: Entry = modesOf<BgpContext>()(
  'address-family <afi:ipv4|ipv6|vpnv4|vpnv6|l2vpn> [<safi:unicast|multicast|evpn>] [vrf <vrf:word>]',
  {
    doc: 'Settings of one address family, in the global table or in a VRF.',
    refers: { vrf: 'vrf' },
    enter: (context, { afi, safi, vrf }, at) => inFamily(context, familyNamed(afi.value, safi?.value), vrf?.value, at),
  },
  [...neighbourLines, ...familyLines, ...sharedProcessRows],
);

/** `router bgp` of IOS and IOS-XE. Lines outside of an address family mean IPv4 unicast. */
export const iosBgp: Entry = modesOf<DeviceDraft>()(
  'router bgp <as:asn>',
  {
    doc: 'BGP: one AS per device, with an instance per VRF.',
    enter: (_, { as }, at): BgpContext => ({
      process: enterBgp(at, as, GLOBAL),
      family: 'ipv4-unicast',
      everyFamily: false,
    }),
    undo: (device) => {
      device.bgp = [];
    },
  },
  [...neighbourLines, ...sharedProcessRows, ...processLines, ...familyLines, templates, families],
);

/** Fills in what the VRF instances take from the main one. */
export function finishIosBgp(device: DeviceDraft): void {
  const main = device.bgp.find((process) => process.vrf === GLOBAL);
  if (!main) return;
  for (const process of device.bgp) {
    if (process === main) continue;
    // Options stand once under `router bgp` and hold in every VRF that has no own; so does the router id.
    process.options = { ...main.options, ...process.options };
    if (main.routerId) process.routerId ??= main.routerId;
    // Templates are declared once for all VRFs.
    const used = [...process.neighbours.values(), ...process.groups.values()].flatMap(
      (neighbour) => neighbour.templates ?? [],
    );
    for (const { value } of used) {
      const template = main.groups.get(value);
      if (template && !process.groups.has(value)) process.groups.set(value, template);
    }
  }
}
