import { parseIp, parsePrefix } from '../../address.ts';
import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { BgpNeighbourFamily, BgpProcess } from '../../device/bgp.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Located } from '../../span.ts';
import { type BgpContext, bgpProcessOf, familyNamed, familyOf, groupOf, neighbourOf } from '../shared/bgp-model.ts';
import {
  additionalPathsRows,
  clearNetwork,
  option,
  setNetwork,
  sharedFamilyRows,
  sharedProcessRows,
} from '../shared/bgp-process.ts';
import { addOnce, GLOBAL, getOrMake, removeName, removeWhere, vrfOf, yes } from '../shared/drafts.ts';
import { familyTarget, type NeighbourContext, shareTemplates, targetOf } from '../shared/neighbour-block.ts';
import { templateRows } from '../shared/neighbour-setting.ts';
import { familySettings, neighbourSettings } from './bgp-settings.ts';
import { policyNamed } from './policy-use.ts';
import { redistributeRows } from './redistribution.ts';

const row = rowsOf<BgpContext>();
const onNeighbour = rowsOf<NeighbourContext>();

// ---- neighbours and groups -------------------------------------------------------------------------------------------

const AFI = '<afi:ipv4|ipv6|vpnv4|vpnv6|l2vpn|link-state>';
const SAFI =
  '[<safi:unicast|multicast|labeled-unicast|evpn|flowspec|mvpn|mdt|sr-policy|tunnel|rt-filter|vpls-vpws|mspw|link-state>]';
const FAMILY = `address-family ${AFI} ${SAFI}` as const;

const familyLines: readonly Entry[] = [
  ...templateRows<NeighbourContext>(familySettings, targetOf),
  onNeighbour('use af-group <group:word>', {
    doc: 'Takes the settings of a group for this address family.',
    refers: { group: 'bgp-group' },
    apply: (context, { group }, at) => {
      const family = familyTarget(context, at);
      family.templates ??= [];
      addOnce(family.templates, group);
    },
    undo: (context, { group }, at) => removeName(familyTarget(context, at).templates ?? [], group?.value),
  }),
];

const neighbourFamily: Entry = modesOf<NeighbourContext>()(
  FAMILY,
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

const sessionLines: readonly Entry[] = [
  onNeighbour('remote-as <as:asn>', {
    doc: 'AS of the neighbour. The session is external when it differs from our own.',
    apply: ({ neighbour }, { as }) => {
      neighbour.remoteAs = as;
    },
    undo: ({ neighbour }) => {
      delete neighbour.remoteAs;
    },
  }),
  onNeighbour('use session-group <group:word>', {
    doc: 'Takes the session settings of a group.',
    refers: { group: 'bgp-group' },
    apply: ({ neighbour }, { group }) => {
      neighbour.templates ??= [];
      addOnce(neighbour.templates, group);
    },
    undo: ({ neighbour }, { group }) => removeName(neighbour.templates ?? [], group?.value),
  }),
  ...templateRows<NeighbourContext>(neighbourSettings, targetOf),
];

const neighbourLines: readonly Entry[] = [
  ...sessionLines,
  onNeighbour('use neighbor-group <group:word>', {
    doc: 'Takes the settings of a group.',
    refers: { group: 'bgp-group' },
    apply: ({ neighbour }, { group }) => {
      neighbour.group = group;
    },
    undo: ({ neighbour }) => {
      delete neighbour.group;
    },
  }),
  neighbourFamily,
];

/** A neighbour by address, or the range that it comes from. */
function namedNeighbour(process: BgpProcess, name: Located<string>) {
  const prefix = name.value.includes('/') ? parsePrefix(name.value) : undefined;
  if (!prefix) return neighbourOf(process, name);
  if (!process.listenRanges.some((range) => range.prefix === prefix.text))
    process.listenRanges.push({ prefix: prefix.text, group: prefix.text, span: name.span });
  return groupOf(process, { value: prefix.text, span: name.span });
}

const neighbours: Entry = modesOf<BgpContext>()(
  'neighbor <peer:word>',
  {
    doc: 'A neighbour: an address, or a range of addresses.',
    defines: { peer: 'bgp-neighbour' },
    enter: ({ process }, { peer }): NeighbourContext => ({ process, neighbour: namedNeighbour(process, peer) }),
    undo: ({ process }, { peer }) => {
      const id = peer && (parsePrefix(peer.value)?.text ?? parseIp(peer.value)?.text ?? peer.value);
      if (id === undefined) return;
      process.neighbours.delete(id);
      process.groups.delete(id);
      removeWhere(process.listenRanges, (range) => range.prefix === id);
    },
  },
  neighbourLines,
);

const group = (kind: 'neighbor-group' | 'session-group', children: readonly Entry[]): Entry =>
  modesOf<BgpContext>()(
    `${kind} <group:word>` as 'neighbor-group <group:word>',
    {
      doc: 'Settings that neighbours take.',
      defines: { group: 'bgp-group' },
      enter: ({ process }, { group: name }): NeighbourContext => ({ process, neighbour: groupOf(process, name) }),
      undo: ({ process }, { group: name }) => {
        if (name) process.groups.delete(name.value);
      },
    },
    children,
  );

const groups: readonly Entry[] = [
  group('neighbor-group', neighbourLines),
  group('session-group', sessionLines),
  modesOf<BgpContext>()(
    `af-group <group:word> ${FAMILY}`,
    {
      doc: 'Settings of one address family that neighbours take.',
      defines: { group: 'bgp-group' },
      enter: ({ process }, { group: name, afi, safi }): NeighbourContext => ({
        process,
        neighbour: groupOf(process, name),
        family: familyNamed(afi.value, safi?.value),
      }),
      undo: ({ process }, { group: name }) => {
        if (name) process.groups.delete(name.value);
      },
    },
    familyLines,
  ),
];

// ---- address families of the process ---------------------------------------------------------------------------------

const paths = (words: string, key: 'maximumPaths' | 'maximumPathsIbgp' | 'maximumPathsEibgp', doc: string): Entry =>
  row(`maximum-paths ${words} <paths:int> [<options:words>]` as 'maximum-paths <paths:int> [<options:words>]', {
    doc,
    apply: ({ process, family }, { paths: count }, at) => {
      familyOf(process, family, at.span)[key] = count;
    },
    undo: ({ process, family }) => {
      delete process.families.get(family)?.[key];
    },
  });

const processFamilyLines: readonly Entry[] = [
  row('network <prefix:prefix> [<backdoor:backdoor>] [route-policy <policy:words>]', {
    doc: 'Announces a prefix that the routing table has.',
    apply: (context, { prefix, backdoor, policy }, at) =>
      setNetwork(context, prefix.value, { map: policy && policyNamed(policy, at), backdoor }, at),
    undo: (context, { prefix }) => clearNetwork(context, prefix?.value),
  }),
  row(
    'aggregate-address <prefix:prefix> *[<asSet:as-set>] *[<confedSet:as-confed-set>] *[<summaryOnly:summary-only>] *[description <text:word>] *[route-policy <policy:names>]',
    {
      doc: 'Announces a shorter prefix while a longer one of it, which the policy passes, is in the BGP table.',
      apply: ({ process, family }, { prefix, asSet, summaryOnly, policy }, at) => {
        const { aggregates } = familyOf(process, family, at.span);
        removeWhere(aggregates, (known) => known.prefix === prefix.value);
        aggregates.push({
          prefix: prefix.value,
          summaryOnly: summaryOnly !== undefined,
          asSet: asSet !== undefined,
          ...(policy && { matchMap: policyNamed(policy, at) }),
          span: at.span,
        });
      },
      undo: ({ process, family }, { prefix }) =>
        removeWhere(process.families.get(family)?.aggregates ?? [], (known) => known.prefix === prefix?.value),
    },
  ),
  ...redistributeRows<BgpContext>(({ process, family }, at) => [familyOf(process, family, at.span).redistribute]),
  ...sharedFamilyRows.filter(({ pattern }) => /^distance bgp/.test(pattern)),
  paths('ebgp', 'maximumPaths', 'Most equal external paths that share traffic.'),
  paths('ibgp', 'maximumPathsIbgp', 'Most equal internal paths that share traffic.'),
  paths('eibgp', 'maximumPathsEibgp', 'Most equal paths of any kind that share traffic.'),
  row('table-policy <policy:words>', {
    doc: 'Policy between the BGP table and the routing table.',
    apply: ({ process, family }, { policy }, at) => {
      familyOf(process, family, at.span).tableMap = policyNamed(policy, at);
    },
    undo: ({ process, family }) => {
      delete process.families.get(family)?.tableMap;
    },
  }),
  row('dampening [<options:words>]', { doc: 'Suppresses routes that flap.', effect: 'none' }),
  row('bgp dampening [<options:words>]', {
    doc: 'Suppresses routes that flap; a stable state does not have any.',
    effect: 'none',
  }),
  row('bgp client-to-client reflection [cluster-id <cluster:word>] disable', {
    doc: 'Does not reflect routes of one client to another.',
    apply: ({ process }, { cluster }, at) => {
      if (!cluster) process.options.clientToClientReflection = { value: false, span: at.span };
    },
    undo: ({ process }) => {
      delete process.options.clientToClientReflection;
    },
  }),
  ...additionalPathsRows('route-policy'),
  row('as-path-loopcheck out disable', { doc: 'Sends routes even to neighbours whose AS is in their path.' }),
  row('nexthop <what:trigger-delay> <options:words>', {
    doc: 'How soon a change of a next hop is acted on.',
    effect: 'none',
  }),
  row('nexthop <what:route-policy|resolution> <options:words>', { doc: 'Which routes may resolve next hops.' }),
  row('label mode <options:words>', { doc: 'How VPN labels are given out; routes are the same.', effect: 'none' }),
  row('allocate-label <options:words>', { doc: 'Gives labels to routes.' }),
  row(
    '<what:vrf|retain|optimal-route-reflection|advertise|inter-as|permanent-network|default-information|default-martian-check|dynamic-med|global|import|export|mvpn|segment-routing|weight|wait-igp-convergence|prefix-sid-map|distance-policy|peer-set-id|use|epe|clear-policy|ebgp-bestpath|bgp-origin|reflect> [<options:words>]',
    { doc: 'Further settings of the family.' },
  ),
  row(
    'bgp <what:attribute-download|label-delay|import-delay|origin-as|scan-time|bestpath|soft-reconfiguration> [<options:words>]',
    {
      doc: 'Further BGP settings of the family.',
    },
  ),
];

const families: Entry = modesOf<BgpContext>()(
  FAMILY,
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

const confederationPeers = (process: BgpProcess, asns: readonly number[]): void => {
  const known = process.options.confederation ?? { peers: [] };
  process.options.confederation = { ...known, peers: [...new Set([...known.peers, ...asns])] };
};

const ours =
  /^(bgp router-id|bgp cluster-id|bgp default local-preference|bgp confederation identifier|timers bgp|bgp graceful-restart)/;

const disabled = (words: string, key: 'enforceFirstAs' | 'fastExternalFailover', doc: string): Entry =>
  row(`${words} disable` as 'x', {
    doc,
    apply: ({ process }, _, at) => {
      process.options[key] = { value: false, span: at.span };
    },
    undo: ({ process }) => {
      delete process.options[key];
    },
  });

const processLines: readonly Entry[] = [
  ...sharedProcessRows.filter(({ pattern }) => ours.test(pattern)),
  row('bgp confederation peers <members:asns>', {
    doc: 'Member AS numbers of the confederation other than our own.',
    apply: ({ process }, { members }) => confederationPeers(process, members.value),
    undo: ({ process }, { members }) => {
      const known = process.options.confederation;
      if (known) known.peers = known.peers.filter((asn) => members !== undefined && !members.value.includes(asn));
    },
  }),
  modesOf<BgpContext>()(
    'bgp confederation peers',
    { doc: 'Member AS numbers of the confederation other than our own.', enter: ({ process }) => process },
    [
      rowsOf<BgpProcess>()('<asn:asn>', {
        doc: 'A member AS of the confederation.',
        apply: (process, { asn }) => confederationPeers(process, [asn.value]),
      }),
    ],
  ),
  row('bgp unsafe-ebgp-policy', {
    doc: 'Accepts and sends all routes of external neighbours that have no policy.',
    apply: ({ process }, _, at) => {
      process.options.ebgpRequiresPolicy = { value: false, span: at.span };
    },
    undo: ({ process }) => {
      delete process.options.ebgpRequiresPolicy;
    },
  }),
  option('bgp bestpath med always', 'alwaysCompareMed', 'Compares the MED of routes from different ASes.'),
  option('bgp bestpath med missing-as-worst', 'medMissingAsWorst', 'A route without a MED loses against any with one.'),
  option('bgp bestpath med confed', 'medConfed', 'Compares the MED of routes from confederation members.'),
  option('bgp bestpath as-path ignore', 'asPathIgnore', 'The length of the AS path does not count.'),
  option(
    'bgp bestpath as-path multipath-relax',
    'asPathMultipathRelax',
    'Paths of equal length but through different ASes may share traffic.',
  ),
  option(
    'bgp bestpath compare-routerid',
    'compareRouterId',
    'The router id decides between external paths, not their age.',
  ),
  option('bgp bestpath igp-metric ignore', 'igpMetricIgnore', 'The IGP metric to the next hop does not count.'),
  option('bgp redistribute-internal', 'redistributeInternal', 'Internal routes may be redistributed into an IGP.'),
  option('bgp graceful-maintenance', 'gracefulShutdown', 'Drains traffic before maintenance (RFC 8326).'),
  disabled('bgp enforce-first-as', 'enforceFirstAs', 'Takes updates whose first AS is not the neighbour’s.'),
  disabled('bgp fast-external-fallover', 'fastExternalFailover', 'An external session outlives its interface.'),
  row('default-information originate', {
    doc: 'Announces a redistributed default route.',
    apply: ({ process }, _, at) => {
      for (const name of ['ipv4-unicast', 'ipv6-unicast'] as const)
        familyOf(process, name, at.span).defaultInformationOriginate = yes(at.span);
    },
    undo: ({ process }) => {
      for (const family of process.families.values()) delete family.defaultInformationOriginate;
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
  option(
    'ibgp policy out enforce-modifications',
    'reflectorOutboundPolicy',
    'Outbound policies may change attributes of reflected routes.',
  ),
  row(
    'bgp <what:bestpath|as-path-loopcheck|auto-policy-soft-reset|label-delay|import-delay|read-only|maximum|multipath|reset-first-as|lpts-secure-binding|origin-as|policy|write-limit|update|adaptive-update|attribute|export|graceful-reset|nexthop|fast-external-fallover|enforce-first-as> [<options:words>]',
    { doc: 'Further settings of the process.' },
  ),
  row(
    '<what:nsr|mpls|instance|rpki|bmp|mvpn|socket|segment-routing|optimal-route-reflection|attribute-filter|global|slow-peer|domain-distinguisher|affinity|as-league|update> [<options:words>]',
    {
      doc: 'Further settings of the process.',
    },
  ),
  row('bgp log <what:words>', { doc: 'Log messages of BGP.', effect: 'none' }),
  row('bgp scan-time <seconds:int>', { doc: 'How often next hops are checked.', effect: 'none' }),
  row('nsr disable', { doc: 'Does not keep sessions when the processor changes.', effect: 'none' }),
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
    undo: (_, { vrf }, at) => {
      at.device.bgp = at.device.bgp.filter((process) => process.vrf !== vrf?.value);
    },
  },
  [
    ...instanceLines,
    row('rd <rd:word>', {
      doc: 'Route distinguisher: makes the routes of this VRF unique in the VPN table.',
      apply: ({ process }, { rd }, at) => {
        vrfOf(at.device, process.vrf, at.span).routeDistinguisher = rd;
      },
      undo: ({ process }, _, at) => {
        delete vrfOf(at.device, process.vrf, at.span).routeDistinguisher;
      },
    }),
    row('label mode <options:words>', { doc: 'How VPN labels are given out; routes are the same.', effect: 'none' }),
  ],
);

/** `router bgp` of IOS-XR: neighbours, groups and address families are blocks, VRFs are instances of their own. */
export const routerBgp: Entry = modesOf<DeviceDraft>()(
  'router bgp <as:asn> [instance <instance:word>]',
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
  [...instanceLines, ...groups, vrfMode],
);

/** Fills in what the VRF instances take from the main one: groups, the router id, and options that they do not set. */
export function finishBgp(device: DeviceDraft): void {
  shareTemplates(device);
  const main = device.bgp.find((process) => process.vrf === GLOBAL);
  if (!main) return;
  for (const process of device.bgp) {
    if (process === main) continue;
    process.options = { ...main.options, ...process.options };
    if (main.routerId) process.routerId ??= main.routerId;
  }
}
