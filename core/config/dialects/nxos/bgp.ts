import { formatIp, parseIp, parsePrefix } from '../../address.ts';
import { type At, type Entry, modesOf, nothing, rowsOf } from '../../command-table.ts';
import type { BgpNeighbour, BgpNeighbourFamily, BgpProcess } from '../../device/bgp.ts';
import type { DeviceDraft } from '../../device/device.ts';
import { canonicalInterface } from '../../interface-names.ts';
import type { Located } from '../../span.ts';
import {
  type BgpContext,
  bgpProcessOf,
  familyNamed,
  familyOf,
  groupOf,
  interfaceNeighbour,
  neighbourOf,
} from '../shared/bgp-model.ts';
import {
  additionalPathsRows,
  aggregateRows,
  clearNetwork,
  option,
  setNetwork,
  sharedFamilyRows,
} from '../shared/bgp-process.ts';
import { addOnce, GLOBAL, getOrMake, removeName, removeWhere, yes } from '../shared/drafts.ts';
import { familyTarget, type NeighbourContext, targetOf } from '../shared/neighbour-block.ts';
import { templateRows } from '../shared/neighbour-setting.ts';
import { familySettings, neighbourSettings } from './bgp-settings.ts';
import { redistributeRows } from './redistribution.ts';

const row = rowsOf<BgpContext>();

// ---- neighbours ------------------------------------------------------------------------------------------------------

const onNeighbour = rowsOf<NeighbourContext>();

const remoteAsRows: readonly Entry[] = [
  onNeighbour('remote-as <as:asn|internal|external>', {
    doc: 'AS of the neighbour. The session is external when it differs from our own.',
    apply: ({ neighbour }, { as }) => {
      neighbour.remoteAs = { value: as.value, span: as.span };
    },
    undo: ({ neighbour }) => {
      delete neighbour.remoteAs;
    },
  }),
  onNeighbour('remote-as route-map <map:word>', {
    doc: 'ASes that a neighbour of the range may have, as the route-map permits them.',
    refers: { map: 'route-map' },
  }),
];

const inheritRows: readonly Entry[] = [
  onNeighbour('inherit peer <template:word>', {
    doc: 'Takes the settings of a template.',
    refers: { template: 'bgp-group' },
    apply: ({ neighbour }, { template }) => {
      neighbour.group = template;
    },
    undo: ({ neighbour }) => {
      delete neighbour.group;
    },
  }),
  onNeighbour('inherit peer-session <template:word>', {
    doc: 'Takes the session settings of a template.',
    refers: { template: 'bgp-group' },
    apply: ({ neighbour }, { template }) => {
      neighbour.templates ??= [];
      addOnce(neighbour.templates, template);
    },
    undo: ({ neighbour }, { template }) => removeName(neighbour.templates ?? [], template?.value),
  }),
];

const inheritPolicy: Entry = onNeighbour('inherit peer-policy <template:word> [<preference:int>]', {
  doc: 'Takes the settings of a template for this address family; the lowest number counts first.',
  refers: { template: 'bgp-group' },
  apply: (context, { template }, at) => {
    const family = familyTarget(context, at);
    family.templates ??= [];
    addOnce(family.templates, template);
  },
  undo: (context, { template }, at) => removeName(familyTarget(context, at).templates ?? [], template?.value),
});

const familyLines: readonly Entry[] = [...templateRows<NeighbourContext>(familySettings, targetOf), inheritPolicy];

const neighbourFamily: Entry = modesOf<NeighbourContext>()(
  'address-family <afi:ipv4|ipv6|vpnv4|vpnv6|l2vpn|link-state> [<safi:unicast|multicast|labeled-unicast|evpn|mvpn>]',
  {
    doc: 'Exchanges routes of this address family with the neighbour.',
    enter: ({ process, neighbour }, { afi, safi }, at): NeighbourContext => {
      const family = familyNamed(afi.value, safi?.value);
      const settings = getOrMake(neighbour.families, family, (): BgpNeighbourFamily => ({ span: at.span }));
      settings.activate = yes(at.span);
      return { process, neighbour, family };
    },
    undo: ({ neighbour }, { afi, safi }) => {
      if (afi) neighbour.families.delete(familyNamed(afi.value, safi?.value));
    },
  },
  familyLines,
);

const neighbourLines: readonly Entry[] = [
  ...remoteAsRows,
  ...inheritRows,
  ...templateRows<NeighbourContext>(neighbourSettings, targetOf),
  neighbourFamily,
];

/** A neighbour by address, by the range that it comes from, or by the interface that leads to it. */
function namedNeighbour(process: BgpProcess, name: Located<string>, at: At): BgpNeighbour {
  const prefix = name.value.includes('/') ? parsePrefix(name.value) : undefined;
  if (prefix) {
    const group = groupOf(process, { value: prefix.text, span: name.span });
    if (!process.listenRanges.some((range) => range.prefix === prefix.text))
      process.listenRanges.push({ prefix: prefix.text, group: prefix.text, span: at.span });
    return group;
  }
  if (parseIp(name.value)) return neighbourOf(process, name);
  return interfaceNeighbour(process, canonicalInterface('nxos', name.value), name.span);
}

function forgetNeighbour(process: BgpProcess, name: string): void {
  const id = parsePrefix(name)?.text ?? parseIp(name)?.text ?? canonicalInterface('nxos', name);
  process.neighbours.delete(id);
  process.groups.delete(id);
  removeWhere(process.listenRanges, (range) => range.prefix === id);
}

const neighbours: Entry = modesOf<BgpContext>()(
  'neighbor <peer:word> [remote-as <as:asn|internal|external>]',
  {
    doc: 'A neighbour: an address, a range of addresses, or an interface (BGP unnumbered).',
    defines: { peer: 'bgp-neighbour' },
    enter: ({ process }, { peer, as }, at): NeighbourContext => {
      const neighbour = namedNeighbour(process, peer, at);
      if (as) neighbour.remoteAs = { value: as.value, span: as.span };
      return { process, neighbour };
    },
    undo: ({ process }, { peer }) => {
      if (peer) forgetNeighbour(process, peer.value);
    },
  },
  neighbourLines,
);

const template = (kind: 'peer' | 'peer-session' | 'peer-policy', children: readonly Entry[]): Entry =>
  modesOf<BgpContext>()(
    `template ${kind} <template:word>` as 'template peer <template:word>',
    {
      doc: 'Settings that neighbours inherit.',
      defines: { template: 'bgp-group' },
      enter: ({ process }, { template: name }): NeighbourContext => ({ process, neighbour: groupOf(process, name) }),
      undo: ({ process }, { template: name }) => {
        if (name) process.groups.delete(name.value);
      },
    },
    children,
  );

const templates: readonly Entry[] = [
  template('peer', neighbourLines),
  template(
    'peer-session',
    neighbourLines.filter((entry) => entry !== neighbourFamily && !/^inherit peer </.test(entry.pattern)),
  ),
  template('peer-policy', familyLines),
];

// ---- address families of the process ---------------------------------------------------------------------------------

const paths = (words: string, key: 'maximumPaths' | 'maximumPathsIbgp' | 'maximumPathsEibgp', doc: string): Entry =>
  row(`${words} <paths:int>` as 'maximum-paths <paths:int>', {
    doc,
    apply: ({ process, family }, { paths: count }, at) => {
      familyOf(process, family, at.span)[key] = count;
    },
    undo: ({ process, family }) => {
      delete process.families.get(family)?.[key];
    },
  });

const processFamilyLines: readonly Entry[] = [
  row('network <prefix:prefix> [route-map <map:word>] [evpn]', {
    doc: 'Announces a prefix that the routing table has.',
    refers: { map: 'route-map' },
    apply: (context, { prefix, map }, at) => setNetwork(context, prefix.value, { map }, at),
    undo: (context, { prefix }) => clearNetwork(context, prefix?.value),
  }),
  row('network <address:ip4> mask <mask:ip4> [route-map <map:word>] [evpn]', {
    doc: 'Announces a prefix that the routing table has.',
    refers: { map: 'route-map' },
    apply: (context, { address, mask, map }, at) => {
      const prefix = masked(address.value, mask.value);
      if (prefix) setNetwork(context, prefix, { map }, at);
    },
    undo: (context, { address, mask }) => {
      if (address && mask) clearNetwork(context, masked(address.value, mask.value));
    },
  }),
  ...aggregateRows,
  ...redistributeRows<BgpContext>(({ process, family }, at) => [familyOf(process, family, at.span).redistribute]),
  ...sharedFamilyRows.filter(({ pattern }) => !/^(maximum-paths|distance bgp)/.test(pattern)),
  row('distance <external:int> <internal:int> <local:int>', {
    doc: 'Administrative distances of external, internal and local BGP routes.',
    apply: ({ process, family }, { external, internal, local }, at) => {
      const value = { external: external.value, internal: internal.value, local: local.value };
      familyOf(process, family, at.span).distances = { value, span: at.span };
    },
    undo: ({ process, family }) => {
      delete process.families.get(family)?.distances;
    },
  }),
  paths('maximum-paths', 'maximumPaths', 'Most equal external paths that share traffic.'),
  paths('maximum-paths ibgp', 'maximumPathsIbgp', 'Most equal internal paths that share traffic.'),
  paths('maximum-paths eibgp', 'maximumPathsEibgp', 'Most equal external and internal paths that share traffic.'),
  paths('maximum-paths mixed', 'maximumPathsEibgp', 'Most equal paths of any kind that share traffic.'),
  row('maximum-paths local <paths:int>', { doc: 'Most equal paths of this device that share traffic.' }),
  row('default-metric <metric:int>', {
    doc: 'MED of redistributed routes.',
    apply: ({ process }, { metric }) => {
      process.options.defaultMetric = metric;
    },
    undo: ({ process }) => {
      delete process.options.defaultMetric;
    },
  }),
  option('client-to-client reflection', 'clientToClientReflection', 'Reflects routes of one client to another.'),
  row('suppress-inactive', { doc: 'Sends only routes that are in the routing table.' }),
  row('inject-map <map:word> exist-map <condition:word> [<options:words>]', {
    doc: 'Announces more specific routes while another one exists.',
    refers: { map: 'route-map', condition: 'route-map' },
  }),
  row('advertise l2vpn evpn', {
    doc: 'Announces the routes of this VRF as EVPN type 5.',
    apply: ({ process, family }, _, at) => {
      const target = familyOf(process, family, at.span);
      target.advertiseUnicast = [{ family: family === 'ipv6-unicast' ? 'ipv6' : 'ipv4', span: at.span }];
      at.device.notModelled.push({
        span: at.span,
        text: `router bgp / vrf ${process.vrf} / advertise l2vpn evpn`,
        mayAffectRouting: true,
      });
    },
    undo: ({ process, family }) => {
      delete process.families.get(family)?.advertiseUnicast;
    },
  }),
  row('nexthop route-map <map:word>', { doc: 'Which routes may resolve next hops.', refers: { map: 'route-map' } }),
  row('nexthop <what:trigger-delay|load-balance> <options:words>', {
    doc: 'How soon a change of a next hop is acted on.',
    effect: 'none',
  }),
  ...additionalPathsRows('route-map'),
  row(
    '<what:dampen-igp-metric|wait-igp-convergence|export-gateway-ip|retain|label-allocation-mode|allocate-label|advertise-pip|advertise-system-mac|default|import|export|preserve-nexthop|vni|advertise> [<options:words>]',
    { doc: 'Further settings of the family.' },
  ),
  row('dampening [<options:words>]', {
    doc: 'Suppresses routes that flap; a stable state does not have any.',
    effect: 'none',
  }),
];

const masked = (address: string, mask: string): string | undefined => {
  const bits = parseIp(mask)?.words[0];
  if (bits === undefined) return undefined;
  const inverted = ~bits >>> 0;
  if ((inverted & (inverted + 1)) !== 0) return undefined;
  return parsePrefix(`${formatIp(4, parseIp(address)?.words ?? [0])}/${Math.clz32(inverted)}`)?.text;
};

const families: Entry = modesOf<BgpContext>()(
  'address-family <afi:ipv4|ipv6|vpnv4|vpnv6|l2vpn|link-state> [<safi:unicast|multicast|labeled-unicast|evpn|mvpn>]',
  {
    doc: 'Settings of one address family.',
    enter: (context, { afi, safi }, at): BgpContext => {
      const family = familyNamed(afi.value, safi?.value);
      familyOf(context.process, family, at.span);
      return { ...context, family };
    },
    undo: ({ process }, { afi, safi }) => {
      if (afi) process.families.delete(familyNamed(afi.value, safi?.value));
    },
  },
  processFamilyLines,
);

// ---- the process -----------------------------------------------------------------------------------------------------

const memberAsns = (texts: readonly string[] | undefined): readonly number[] =>
  (texts ?? []).flatMap((text) => {
    const [high, low] = text.split('.').map(Number);
    const asn = low === undefined ? (high ?? Number.NaN) : (high ?? 0) * 65_536 + low;
    return Number.isInteger(asn) ? [asn] : [];
  });

const processLines: readonly Entry[] = [
  row('router-id <id:ip4>', {
    doc: 'Identifier of this speaker.',
    apply: ({ process }, { id }) => {
      process.routerId = id;
    },
    undo: ({ process }) => {
      delete process.routerId;
    },
  }),
  row('router-id auto', { doc: 'Makes the identifier itself.' }),
  row('cluster-id <id:word>', {
    doc: 'Cluster that this route reflector belongs to (RFC 4456).',
    apply: ({ process }, { id }) => {
      process.clusterId = id;
    },
    undo: ({ process }) => {
      delete process.clusterId;
    },
  }),
  row('confederation identifier <asn:asn>', {
    doc: 'AS number of the whole confederation (RFC 5065).',
    apply: ({ process }, { asn }) => {
      process.options.confederation = { peers: [], ...process.options.confederation, identifier: asn };
    },
    undo: ({ process }) => {
      delete process.options.confederation?.identifier;
    },
  }),
  row('confederation peers <members:words>', {
    doc: 'Member AS numbers of the confederation other than our own.',
    apply: ({ process }, { members }) => {
      const known = process.options.confederation ?? { peers: [] };
      process.options.confederation = { ...known, peers: [...new Set([...known.peers, ...memberAsns(members.value)])] };
    },
    undo: ({ process }, { members }) => {
      const gone = new Set(memberAsns(members?.value));
      const known = process.options.confederation;
      if (known) known.peers = known.peers.filter((asn) => gone.size > 0 && !gone.has(asn));
    },
  }),
  row('timers bgp <keepalive:int> <hold:int>', {
    doc: 'Keepalive and hold time of all sessions, in seconds.',
    apply: ({ process }, { keepalive, hold }, at) => {
      process.options.timers = { value: { keepaliveSeconds: keepalive.value, holdSeconds: hold.value }, span: at.span };
    },
    undo: ({ process }) => {
      delete process.options.timers;
    },
  }),
  option('bestpath always-compare-med', 'alwaysCompareMed', 'Compares the MED of routes from different ASes.'),
  option('bestpath as-path ignore', 'asPathIgnore', 'The length of the AS path does not count.'),
  option(
    'bestpath as-path multipath-relax',
    'asPathMultipathRelax',
    'Paths of equal length but through different ASes may share traffic.',
  ),
  option(
    'bestpath compare-routerid',
    'compareRouterId',
    'The router id decides between external paths, not their age.',
  ),
  option('bestpath med confed', 'medConfed', 'Compares the MED of routes from confederation members.'),
  option('bestpath med missing-as-worst', 'medMissingAsWorst', 'A route without a MED loses against any with one.'),
  option('bestpath igp-metric ignore', 'igpMetricIgnore', 'The IGP metric to the next hop does not count.'),
  row('bestpath med non-deterministic', {
    doc: 'Does not compare the MED within each AS first.',
    apply: ({ process }, _, at) => {
      process.options.deterministicMed = { value: false, span: at.span };
    },
    undo: ({ process }, _, at) => {
      process.options.deterministicMed = { value: true, span: at.span };
    },
  }),
  row('bestpath <what:cost-community|origin-as> <options:words>', {
    doc: 'Further steps of the choice of the best path.',
  }),
  option('enforce-first-as', 'enforceFirstAs', 'Drops updates whose first AS is not the neighbour’s.'),
  option('fast-external-fallover', 'fastExternalFailover', 'An external session ends when its interface goes down.'),
  option('log-neighbor-changes', 'logNeighbourChanges', 'Logs when a session goes up or down.', 'none'),
  option('shutdown', 'shutdown', 'Switches all sessions off.'),
  option('graceful-shutdown activate', 'gracefulShutdown', 'Drains traffic before maintenance (RFC 8326).'),
  row('graceful-shutdown aware', { doc: 'Prefers other paths to those that are being drained.', apply: nothing }),
  row('graceful-shutdown <what:activate|aware> route-map <map:word>', {
    doc: 'Drains traffic before maintenance by a policy of its own.',
    refers: { map: 'route-map' },
  }),
  row('local-as <asn:asn>', { doc: 'AS number that the VRF shows in place of the device’s.' }),
  row('maxas-limit <limit:int>', { doc: 'Drops routes with a longer AS path.' }),
  row('rd dual [<options:words>]', { doc: 'Two route distinguishers for each VRF.' }),
  row('isolate [<options:words>]', { doc: 'Takes the device out of the paths of others.' }),
  ...(
    [
      ['graceful-restart [<options:words>]', 'Keeps forwarding while a peer restarts (RFC 4724).'],
      ['graceful-restart-helper', 'Helps neighbours restart (RFC 4724).'],
      ['timers <what:bestpath-limit|prefix-peer-timeout|prefix-peer-wait> <options:words>', 'Timers of the process.'],
      ['event-history <options:words>', 'What is kept for fault-finding.'],
      ['reconnect-interval <seconds:int>', 'Seconds between attempts to connect.'],
      ['disable-policy-batching [<options:words>]', 'How updates are packed.'],
      ['enhanced-error', 'Treats errors of attributes as withdrawals (RFC 7606).'],
      ['dynamic-med-interval <seconds:int>', 'How often MEDs are updated.'],
      ['neighbor-down fib-accelerate', 'How fast routes are withdrawn.'],
      ['suppress-fib-pending', 'Announces routes once they are in the hardware.'],
      ['flush-routes', 'Takes routes out when BGP stops.'],
      ['dynamic-capability', 'Changes capabilities of running sessions.'],
    ] as const
  ).map(([pattern, doc]) => row(pattern as 'x', { doc, effect: 'none' })),
];

const instanceLines: readonly Entry[] = [...processLines, families, neighbours];

const vrfMode: Entry = modesOf<BgpContext>()(
  'vrf <vrf:word>',
  {
    doc: 'BGP in a VRF.',
    refers: { vrf: 'vrf' },
    enter: (context, { vrf }, at): BgpContext => ({
      ...context,
      process: bgpProcessOf(at.device, context.process.asn, vrf.value, at.span),
    }),
  },
  instanceLines,
);

/** `router bgp` of NX-OS: neighbours and address families are modes, VRFs are instances of their own. */
export const nxosBgp: Entry = modesOf<DeviceDraft>()(
  'router bgp <as:asn>',
  {
    doc: 'BGP: one AS per device, with an instance per VRF.',
    enter: (device, { as }, at): BgpContext => ({
      process: bgpProcessOf(device, as, GLOBAL, at.span),
      family: 'ipv4-unicast',
      everyFamily: false,
    }),
    undo: (device) => {
      device.bgp = [];
    },
  },
  [...instanceLines, ...templates, vrfMode],
);
