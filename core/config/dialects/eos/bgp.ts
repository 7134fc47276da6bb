import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { AddressFamily, BgpFamily, BgpNeighbour, BgpNeighbourFamily, BgpProcess } from '../../device/bgp.ts';
import type { DeviceDraft } from '../../device/device.ts';
import { canonicalInterface } from '../../interface-names.ts';
import type { Located } from '../../span.ts';
import {
  type BgpContext,
  bgpProcessOf,
  enterBgp,
  familyNamed,
  familyOf,
  interfaceNeighbour,
} from '../shared/bgp-model.ts';
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
import { addOnce, GLOBAL, getOrMake, no, removeName, removeWhere, vrfOf, yes } from '../shared/drafts.ts';
import { neighbourRows } from '../shared/neighbour-setting.ts';
import { eosNeighbourSettings } from './bgp-neighbour.ts';

const row = rowsOf<BgpContext>();

/** `Ethernet1-3,5` as the interfaces that it names. */
export function interfaceRange(text: string): readonly string[] {
  const parts = /^([A-Za-z-]+)(.*)$/.exec(text);
  if (!parts?.[2]) return [canonicalInterface('eos', text)];
  const [, letters = '', numbers = ''] = parts;
  return numbers.split(',').flatMap((part) => {
    const named = /^[A-Za-z]/.test(part) ? part : `${letters}${part}`;
    const range = /^(.*?)(\d+)-(\d+)$/.exec(named);
    if (!range) return [canonicalInterface('eos', named)];
    const [first, last] = [Number(range[2]), Number(range[3])];
    return Array.from({ length: Math.max(0, Math.min(last - first + 1, 1024)) }, (_, index) =>
      canonicalInterface('eos', `${range[1]}${first + index}`),
    );
  });
}

const unnumbered: readonly Entry[] = [
  row('neighbor interface <interfaces:word> peer-group <group:word> [remote-as <as:asn>] [peer-filter <filter:word>]', {
    doc: 'Neighbours on interfaces, found by their router advertisements (BGP unnumbered).',
    defines: { interfaces: 'bgp-neighbour' },
    refers: { group: 'bgp-group' },
    apply: ({ process }, { interfaces, group, as }) => {
      for (const name of interfaceRange(interfaces.value)) {
        const neighbour = interfaceNeighbour(process, name, interfaces.span);
        neighbour.group = group;
        if (as) neighbour.remoteAs = as;
      }
    },
    undo: ({ process }, { interfaces }) => {
      for (const name of interfaces ? interfaceRange(interfaces.value) : []) process.neighbours.delete(name);
    },
  }),
];

const familyLines: readonly Entry[] = [
  row('network <prefix:prefix> [route-map <map:word>]', {
    doc: 'Announces a prefix that the routing table has.',
    refers: { map: 'route-map' },
    apply: (context, { prefix, map }, at) => setNetwork(context, prefix.value, { map }, at),
    undo: (context, { prefix }) => clearNetwork(context, prefix?.value),
  }),
  row('maximum-paths <paths:int> [ecmp <ecmp:int>]', {
    doc: 'Most equal paths that share traffic.',
    apply: ({ process, family: name }, { paths }, at) => {
      familyOf(process, name, at.span).maximumPaths = paths;
    },
    undo: ({ process, family: name }) => {
      delete process.families.get(name)?.maximumPaths;
    },
  }),
  ...sharedFamilyRows,
  ...aggregateRows,
  ...redistributeRows('connected|static|rip|kernel|ospf6|table|attached-host|dynamic'),
  row('redistribute bgp leaked [route-map <map:word>]', {
    doc: 'Announces BGP routes that were leaked from another VRF.',
    refers: { map: 'route-map' },
  }),
  row('redistribute user [<options:words>]', { doc: 'Announces routes of agents on the device.' }),
  row('aggregate-address <prefix:prefix> attribute rcf <function:word>', {
    doc: 'Aggregate whose attributes a policy function sets.',
  }),
  row('<what:default-route|host-flap|route|domain|next-hop> <options:words>', {
    doc: 'Further settings of the family.',
  }),
  row('graceful-restart', { doc: 'Keeps forwarding while BGP restarts (RFC 4724).', effect: 'none' }),
  row('bgp redistribute-internal', { doc: 'Internal routes may be redistributed into an IGP.' }),
  row('bgp additional-paths receive', {
    doc: 'Takes more than one path per prefix (RFC 7911); the default.',
    apply: ({ process, family: name }, _, at) => {
      familyOf(process, name, at.span).addPathsReceive = yes(at.span);
    },
    undo: ({ process, family: name }, _, at) => {
      familyOf(process, name, at.span).addPathsReceive = no(at.span);
    },
  }),
  row('bgp additional-paths send <which:any|backup|ecmp> [limit <limit:int>]', {
    doc: 'Sends more than one path per prefix (RFC 7911).',
    apply: ({ process, family: name }, { which, limit }, at) => {
      const value = ({ any: limit?.value ?? 'all', backup: 2, ecmp: 'ecmp' } as const)[which.value];
      familyOf(process, name, at.span).addPathsSend = { value, span: at.span };
    },
    undo: ({ process, family: name }) => {
      delete process.families.get(name)?.addPathsSend;
    },
  }),
  row('bgp additional-paths <what:words>', { doc: 'Exchanges more than one path per prefix (RFC 7911).' }),
  row('bgp next-hop-unchanged', { doc: 'Keeps the next hop towards external neighbours.' }),
  row('route-target <direction:import|export|both> <family:evpn|vpn-ipv4|vpn-ipv6> <target:word>', {
    doc: 'Route target of this VRF.',
    apply: ({ process }, { direction, target }, at) => {
      const vrf = vrfOf(at.device, process.vrf, at.span);
      if (direction.value !== 'export') addOnce(vrf.importTargets, target);
      if (direction.value !== 'import') addOnce(vrf.exportTargets, target);
    },
    undo: ({ process }, { direction, target }, at) => {
      const vrf = at.device.vrfs.get(process.vrf);
      if (vrf && direction?.value !== 'export') removeName(vrf.importTargets, target?.value);
      if (vrf && direction?.value !== 'import') removeName(vrf.exportTargets, target?.value);
    },
  }),
  row('route-target <direction:import|export> <family:evpn|vpn-ipv4|vpn-ipv6> route-map <map:word>', {
    doc: 'Policy between this VRF and the VPN table.',
    refers: { map: 'route-map' },
    apply: ({ process }, { direction, map }, at) => {
      vrfOf(at.device, process.vrf, at.span)[direction.value === 'import' ? 'importMap' : 'exportMap'] = map;
    },
  }),
];

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
  row('bgp listen range <prefix:prefix> peer-group <group:word> [remote-as <as:asn>] [peer-filter <filter:word>]', {
    doc: 'Accepts neighbours from a range, with the settings of a group.',
    refers: { group: 'bgp-group' },
    apply: ({ process }, { prefix, group, as, filter }, at) => {
      process.listenRanges = [
        ...process.listenRanges.filter((known) => known.prefix !== prefix.value),
        {
          prefix: prefix.value,
          group: group.value,
          ...(as && { remoteAs: [[as.value, as.value] as const] }),
          ...(filter && { peerFilter: filter }),
          span: at.span,
        },
      ];
    },
    undo: ({ process }, { prefix }) => {
      process.listenRanges = process.listenRanges.filter((known) => known.prefix !== prefix?.value);
    },
  }),
  row('bgp missing-policy direction <direction:in|out> action <action:permit|deny|deny-in-out>', {
    doc: 'What happens to routes of an external neighbour without a policy (RFC 8212).',
    apply: ({ process }, { direction, action }) => {
      const value = { value: action.value === 'permit' ? ('permit' as const) : ('deny' as const), span: action.span };
      if (direction.value === 'in' || action.value === 'deny-in-out') process.options.missingPolicyIn = value;
      if (direction.value === 'out' || action.value === 'deny-in-out') process.options.missingPolicyOut = value;
    },
    undo: ({ process }, { direction }) => {
      if (direction?.value !== 'out') delete process.options.missingPolicyIn;
      if (direction?.value !== 'in') delete process.options.missingPolicyOut;
    },
  }),
  row('bgp bestpath tie-break <rule:router-id|age|originator-id|cluster-list-length>', {
    doc: 'How paths are told apart that are equal until then.',
    apply: ({ process }, { rule }) => {
      process.options.bestpathTieBreakAge = { value: rule.value === 'age', span: rule.span };
      if (rule.value === 'router-id') process.options.compareRouterId = { value: true, span: rule.span };
    },
    undo: ({ process }) => {
      delete process.options.bestpathTieBreakAge;
      delete process.options.compareRouterId;
    },
  }),
  option('bgp advertise-inactive', 'advertiseInactive', 'Sends routes that are not in the routing table.'),
  option(
    'bgp fast-external-fallover',
    'fastExternalFailover',
    'An external session ends when its interface goes down.',
  ),
  option('shutdown', 'shutdown', 'Switches all sessions off.'),
  row('bgp missing-policy include <what:words>', {
    doc: 'What counts as a policy, and what happens without one (RFC 8212).',
  }),
  row('bgp default ipv4-unicast transport ipv6', { doc: 'IPv4 routes over sessions of IPv6 without `activate`.' }),
  row('bgp <what:route|labeled-unicast|control-plane-filter|auto-local-addr|transport|aspath-rcf> [<options:words>]', {
    doc: 'Further settings of the process.',
  }),
  row('bgp monitoring', { doc: 'Reports routes to a monitoring station.', effect: 'none' }),
  row('bgp bestpath ecmp-fast', { doc: 'The oldest of equal paths stays the best one.' }),
  row('bgp asn notation <notation:asplain|asdot>', { doc: 'How AS numbers are shown.', effect: 'none' }),
  row('graceful-restart <options:words>', { doc: 'Times of the graceful restart.', effect: 'none' }),
  row('graceful-restart-helper [<options:words>]', { doc: 'Helps neighbours restart (RFC 4724).', effect: 'none' }),
  row('update wait-for-convergence', {
    doc: 'Waits for all neighbours before the first updates are sent.',
    effect: 'none',
  }),
  row('update wait-install', { doc: 'Announces a route once it is in the hardware.', effect: 'none' }),
  row('bgp convergence <what:words>', { doc: 'How long the first convergence may take.', effect: 'none' }),
];

const neighbourLines: readonly Entry[] = [
  removalRow,
  ...declarationRows('peer group', 'asn'),
  ...declarationRows('peer-group', 'asn').slice(1),
  ...unnumbered,
  ...neighbourRows(eosNeighbourSettings),
];

const rdRow = row('rd <rd:word>', {
  doc: 'Route distinguisher of the VRF.',
  apply: ({ process }, { rd }, at) => {
    vrfOf(at.device, process.vrf, at.span).routeDistinguisher = rd;
  },
  undo: ({ process }, _, at) => {
    delete at.device.vrfs.get(process.vrf)?.routeDistinguisher;
  },
});

/** MAC VRFs: layer-2 services, whose routes do not enter the IP tables. */
const macVrfLines: readonly Entry[] = [
  row('rd <rd:word>', { doc: 'Route distinguisher of the MAC VRF.' }),
  row('rd evpn domain <rd:words>', { doc: 'Route distinguisher of the MAC VRF towards another domain.' }),
  row('route-target <target:words>', { doc: 'Route targets of the MAC VRF.' }),
  row('redistribute <what:words>', { doc: 'Announces learned MAC addresses and hosts.' }),
  row('vlan <vlans:vlans>', { doc: 'VLANs of the bundle.' }),
];
const macVrfs: readonly Entry[] = [
  modesOf<BgpContext>()(
    'vlan <vlan:vlans>',
    { doc: 'EVPN service of one VLAN.', enter: (context) => context },
    macVrfLines,
  ),
  modesOf<BgpContext>()(
    'vlan-aware-bundle <name:word>',
    { doc: 'EVPN service of several VLANs.', enter: (context) => context },
    macVrfLines,
  ),
];

const inFamily = (context: BgpContext, name: AddressFamily, span: Located<string>['span']): BgpContext => {
  familyOf(context.process, name, span);
  return { ...context, family: name, everyFamily: false };
};

const families: readonly Entry[] = [
  modesOf<BgpContext>()(
    'address-family <afi:ipv4|ipv6|evpn|vpn-ipv4|vpn-ipv6> [<safi:unicast|multicast|labeled-unicast>]',
    {
      doc: 'Settings of one address family.',
      enter: (context, { afi, safi }, at) => inFamily(context, familyNamed(afi.value, safi?.value), at.span),
    },
    [
      ...neighbourLines,
      ...familyLines,
      row('neighbor default encapsulation <kind:words>', { doc: 'Encapsulation of Ethernet VPN.' }),
      row('neighbor default <what:words>', { doc: 'Settings of neighbours of this family.' }),
    ],
  ),
];

const common: readonly Entry[] = [
  ...neighbourLines,
  ...sharedProcessRows,
  ...processLines,
  ...familyLines,
  ...families,
];

const contextOf = (process: BgpProcess): BgpContext => ({ process, family: 'ipv4-unicast', everyFamily: true });

const vrf: Entry = modesOf<BgpContext>()(
  'vrf <vrf:word>',
  {
    doc: 'BGP in a VRF.',
    refers: { vrf: 'vrf' },
    enter: ({ process }, { vrf: name }, at) => contextOf(bgpProcessOf(at.device, process.asn, name.value, at.span)),
    undo: (_, { vrf: name }, at) => {
      at.device.bgp = at.device.bgp.filter((process) => process.vrf !== name?.value);
    },
  },
  [
    ...common,
    rdRow,
    row('evpn multicast', { doc: 'Multicast between VXLAN networks.' }),
    row('local-as <as:asn>', {
      doc: 'AS number of this VRF.',
      apply: ({ process }, { as }) => {
        process.asn = as;
      },
    }),
  ],
);

/** `router bgp` of EOS. Lines of a neighbour outside of an address family hold in every family. */
export const eosBgp: Entry = modesOf<DeviceDraft>()(
  'router bgp <as:asn>',
  {
    doc: 'BGP: one AS per device, with an instance per VRF.',
    enter: (_, { as }, at): BgpContext => contextOf(enterBgp(at, as, GLOBAL)),
    undo: (device) => {
      device.bgp = [];
    },
  },
  [...common, vrf, ...macVrfs],
);

interface PeerFilter {
  readonly ranges: (readonly [number, number])[];
}

/** `peer-filter`: which AS numbers a dynamic neighbour may have. */
export const peerFilter: Entry = modesOf<DeviceDraft>()(
  'peer-filter <name:word>',
  {
    doc: 'AS numbers that dynamic neighbours may have.',
    enter: (device, { name }): PeerFilter => {
      device.peerFilters ??= new Map();
      return { ranges: getOrMake(device.peerFilters, name.value, () => []) };
    },
  },
  [
    rowsOf<PeerFilter>()('[<sequence:int>] match as-range <range:word> result <result:accept|reject>', {
      doc: 'Accepts or rejects neighbours by their AS number.',
      apply: ({ ranges }, { range, result }) => {
        const parts = /^(\d+)(?:-(\d+))?$/.exec(range.value);
        if (!parts) return;
        const [first, last] = [Number(parts[1]), Number(parts[2] ?? parts[1])];
        if (result.value === 'accept') ranges.push([first, last]);
        else removeWhere(ranges, ([low, high]) => low >= first && high <= last);
      },
    }),
  ],
);

/** Settings of a neighbour that hold in every family are put into each, below the family's own. */
function spread(neighbour: BgpNeighbour, names: readonly AddressFamily[]): void {
  const every = neighbour.everyFamily;
  if (!every) return;
  for (const name of names) {
    const own: BgpNeighbourFamily | undefined = neighbour.families.get(name);
    neighbour.families.set(name, { ...every, ...own });
  }
}

const inherited: readonly (keyof Pick<BgpFamily, 'maximumPaths' | 'maximumPathsIbgp' | 'distances'>)[] = [
  'maximumPaths',
  'maximumPathsIbgp',
  'distances',
];

/** Fills in what families and VRFs take from the process. */
export function finishEosBgp(device: DeviceDraft): void {
  const main = device.bgp.find((process) => process.vrf === GLOBAL);
  for (const process of device.bgp) {
    const base = process.families.get('ipv4-unicast');
    const peers = [...process.neighbours.values(), ...process.groups.values()];
    const names = new Set<AddressFamily>([
      'ipv4-unicast',
      ...process.families.keys(),
      ...peers.flatMap((peer) => [...peer.families.keys()]),
    ]);
    for (const peer of peers) spread(peer, [...names]);
    for (const made of process.families.values())
      if (base && made !== base) for (const key of inherited) fill(made, base, key);
    process.listenRanges = process.listenRanges.map((range) => {
      const accepted = range.peerFilter && device.peerFilters?.get(range.peerFilter.value);
      return accepted ? { ...range, remoteAs: accepted } : range;
    });
    if (!main || process === main) continue;
    process.options = { ...main.options, ...process.options };
    // Peer groups are declared once for all VRFs; distances and the number of paths are each VRF's own.
    for (const [name, group] of main.groups) if (!process.groups.has(name)) process.groups.set(name, group);
  }
}

function fill<K extends keyof BgpFamily>(made: BgpFamily, base: BgpFamily, key: K): void {
  if (made[key] === undefined && base[key] !== undefined) made[key] = base[key];
}
