import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { AddressFamily } from '../../device/bgp.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Located } from '../../span.ts';
import { type BgpContext, enterBgp, familyNamed, familyOf, interfaceNeighbour } from '../shared/bgp-model.ts';
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
import { addOnce, GLOBAL, no, removeName, vrfOf, yes } from '../shared/drafts.ts';
import { family, type NeighbourSetting, neighbourRows, session } from '../shared/neighbour-setting.ts';
import { policyUse } from '../shared/redistribution.ts';

const row = rowsOf<BgpContext>();

const settings: readonly NeighbourSetting[] = [
  ...sharedSessionSettings,
  ...sharedFamilySettings,
  localAs,
  ttlSecurity,
  disableConnectedCheck,
  maximumPrefix,
  sendCommunity(['standard', 'extended']),
  session('shutdown message <text:rest>', 'Switches the session off and tells the neighbour why.', (n, _, at) => {
    n.shutdown = yes(at.span);
  }),
  session(
    'capability extended-nexthop',
    'IPv4 routes with an IPv6 next hop (RFC 8950).',
    (n, _, at) => {
      n.extendedNextHop = yes(at.span);
    },
    (n, _, at) => {
      n.extendedNextHop = no(at.span);
    },
  ),
  session('capability dynamic', 'Capabilities may change without a restart of the session.', undefined, undefined, {
    effect: 'none',
  }),
  session('port <port:int>', 'TCP port of the neighbour.'),
  session('solo', 'Sends to this neighbour apart from its group.', undefined, undefined, { effect: 'none' }),
  session('graceful-restart', 'Graceful restart with this neighbour (RFC 4724).', undefined, undefined, {
    effect: 'none',
  }),
  session('graceful-restart-helper', 'Helps this neighbour restart (RFC 4724).', undefined, undefined, {
    effect: 'none',
  }),
  session('graceful-restart-disable', 'No graceful restart with this neighbour.', undefined, undefined, {
    effect: 'none',
  }),
  family(
    'attribute-unchanged *[<asPath:as-path>] *[<nextHop:next-hop>] *[<med:med>]',
    'Sends routes on with these attributes as they came; all three unless some are named.',
    (f, { asPath, nextHop, med }, at) => {
      const named = [asPath, nextHop, med].flatMap((name) => (name ? [name.value] : []));
      f.attributesUnchanged = { value: named.length > 0 ? named : ['as-path', 'next-hop', 'med'], span: at.span };
    },
    (f) => {
      delete f.attributesUnchanged;
    },
  ),
  family('addpath-tx-bestpath-per-AS', 'Sends the best path of each neighbouring AS (RFC 7911).'),
  family('maximum-prefix-out <limit:int>', 'Most prefixes sent to the neighbour.'),
  family('soo <value:word>', 'Site of origin of routes from this neighbour.'),
  family('capability orf prefix-list <direction:send|receive|both>', 'Exchanges prefix-lists as filters (RFC 5291).'),
  family('<what:dampening|accept-own|aigp> [<options:words>]', 'Further settings of the family.'),
  session(
    'interface <interface:word>',
    'Interface on which a link-local neighbour address is found.',
    (n, { interface: name }) => {
      n.interface = name;
    },
    (n) => {
      delete n.interface;
    },
    { refers: { interface: 'interface' } },
  ),
  session('local-role peer [<strict:strict-mode>]', 'The two ASes are peers (RFC 9234).'),
  session(
    'local-role <role:provider|rs-server|rs-client|customer> [<strict:strict-mode>]',
    'Role in the relation of the two ASes (RFC 9234).',
  ),
  session(
    '<what:strict-capability-match|override-capability|dont-capability-negotiate|oad|path-attribute|sender-as-path-loop-detection> [<options:words>]',
    'How the session is negotiated and what is accepted on it.',
  ),
  session('tcp-mss <bytes:int>', 'Largest segment of the session.', undefined, undefined, { effect: 'none' }),
  family('allowas-in origin', 'Accepts routes whose path holds our own AS as their origin only.', undefined),
  family(
    'addpath-tx-all-paths',
    'Sends all paths (RFC 7911).',
    (f, _, at) => {
      f.addPathsSend = { value: 'all', span: at.span };
    },
    (f) => {
      delete f.addPathsSend;
    },
  ),
  family(
    'addpath-tx-best-selected <count:int>',
    'Sends the best paths, so many of them (RFC 7911).',
    (f, { count }) => {
      f.addPathsSend = count;
    },
    (f) => {
      delete f.addPathsSend;
    },
  ),
  family(
    'disable-addpath-rx',
    'Takes one path per prefix only.',
    (f, _, at) => {
      f.addPathsReceive = no(at.span);
    },
    (f) => {
      delete f.addPathsReceive;
    },
  ),
];

/** `neighbor swp1 interface ...`: a session over the link-local addresses of the interface. */
const unnumbered: readonly Entry[] = [
  row(
    'neighbor <peer:peer> interface *[<v6only:v6only>] *[remote-as <as:asn|internal|external|auto>] *[peer-group <group:word>]',
    {
      doc: 'Neighbour on an interface, found by its router advertisements (BGP unnumbered).',
      defines: { peer: 'bgp-neighbour' },
      refers: { group: 'bgp-group' },
      apply: ({ process }, { peer, as, group }) => {
        const neighbour = interfaceNeighbour(process, peer.value, peer.span);
        if (as && as.value !== 'auto') neighbour.remoteAs = { value: as.value, span: as.span };
        if (group) neighbour.group = group;
      },
      undo: ({ process }, { peer, as, group }) => {
        if (!peer) return;
        const neighbour = process.neighbours.get(peer.value);
        if (!neighbour) return;
        if (as) delete neighbour.remoteAs;
        else if (group) delete neighbour.group;
        else process.neighbours.delete(peer.value);
      },
    },
  ),
];

const familyLines: readonly Entry[] = [
  row('network <prefix:prefix> *[route-map <map:word>] *[<backdoor:backdoor>] *[label-index <label:int>]', {
    doc: 'Announces a prefix.',
    refers: { map: 'route-map' },
    apply: (context, { prefix, map, backdoor }, at) => setNetwork(context, prefix.value, { map, backdoor }, at),
    undo: (context, { prefix }) => clearNetwork(context, prefix?.value),
  }),
  row('maximum-paths <paths:int>', {
    doc: 'Most equal external paths that share traffic.',
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
  row('import vrf route-map <map:word>', {
    doc: 'Policy for routes taken from other VRFs.',
    refers: { map: 'route-map' },
    apply: ({ process, family: name }, { map }, at) => {
      familyOf(process, name, at.span).importPolicy = policyUse(map);
    },
    undo: ({ process, family: name }) => {
      delete process.families.get(name)?.importPolicy;
    },
  }),
  row('import vrf <vrf:word>', {
    doc: 'Takes the BGP routes of another VRF into this one.',
    refers: { vrf: 'vrf' },
    apply: ({ process, family: name }, { vrf }, at) => {
      const made = familyOf(process, name, at.span);
      made.importVrfs ??= [];
      addOnce(made.importVrfs, vrf);
    },
    undo: ({ process, family: name }, { vrf }) => removeName(process.families.get(name)?.importVrfs ?? [], vrf?.value),
  }),
  row('rd vpn export <rd:word>', {
    doc: 'Route distinguisher of this VRF’s routes in the VPN table.',
    apply: ({ process }, { rd }, at) => {
      vrfOf(at.device, process.vrf, at.span).routeDistinguisher = rd;
    },
    undo: ({ process }, _, at) => {
      delete at.device.vrfs.get(process.vrf)?.routeDistinguisher;
    },
  }),
  row('<command:rt|route-target> vpn <direction:import|export|both> <targets:words>', {
    doc: 'Route targets between this VRF and the VPN table.',
    apply: ({ process }, { direction, targets }, at) => {
      const vrf = vrfOf(at.device, process.vrf, at.span);
      for (const value of targets.value) {
        if (direction.value !== 'export') addOnce(vrf.importTargets, { value, span: targets.span });
        if (direction.value !== 'import') addOnce(vrf.exportTargets, { value, span: targets.span });
      }
    },
    undo: ({ process }, { direction }, at) => {
      const vrf = at.device.vrfs.get(process.vrf);
      if (vrf && direction?.value !== 'export') vrf.importTargets = [];
      if (vrf && direction?.value !== 'import') vrf.exportTargets = [];
    },
  }),
  row('route-map vpn <direction:import|export> <map:word>', {
    doc: 'Policy between this VRF and the VPN table.',
    refers: { map: 'route-map' },
    apply: ({ process }, { direction, map }, at) => {
      vrfOf(at.device, process.vrf, at.span)[direction.value === 'import' ? 'importMap' : 'exportMap'] = map;
    },
  }),
  row('<direction:import|export> vpn', {
    doc: 'Exchanges routes between this VRF and the VPN table.',
    apply: ({ process, family: name }, { direction }, at) => {
      familyOf(process, name, at.span)[direction.value === 'import' ? 'importVpn' : 'exportVpn'] = yes(at.span);
    },
    undo: ({ process, family: name }, { direction }) => {
      if (direction) delete process.families.get(name)?.[direction.value === 'import' ? 'importVpn' : 'exportVpn'];
    },
  }),
  row('rd <rd:word>', {
    doc: 'Route distinguisher of this VRF’s EVPN routes.',
    apply: ({ process }, { rd }, at) => {
      vrfOf(at.device, process.vrf, at.span).routeDistinguisher = rd;
    },
    undo: ({ process }, _, at) => {
      delete at.device.vrfs.get(process.vrf)?.routeDistinguisher;
    },
  }),
  row('route-target <direction:import|export|both> <targets:words>', {
    doc: 'Route targets of this VRF’s EVPN routes.',
    apply: ({ process }, { direction, targets }, at) => {
      const vrf = vrfOf(at.device, process.vrf, at.span);
      for (const value of targets.value) {
        if (direction.value !== 'export') addOnce(vrf.importTargets, { value, span: targets.span });
        if (direction.value !== 'import') addOnce(vrf.exportTargets, { value, span: targets.span });
      }
    },
    undo: ({ process }, { direction, targets }, at) => {
      const vrf = at.device.vrfs.get(process.vrf);
      for (const value of targets?.value ?? []) {
        if (vrf && direction?.value !== 'export') removeName(vrf.importTargets, value);
        if (vrf && direction?.value !== 'import') removeName(vrf.exportTargets, value);
      }
    },
  }),
  row('default-originate <which:ipv4|ipv6>', { doc: 'Announces a default route as EVPN type 5.' }),
  row(
    '<what:advertise-default-gw|advertise-svi-ip|advertise-pip|autort|flooding|dup-addr-detection|use-es-l3nhg|mac-vrf> [<options:words>]',
    { doc: 'Further settings of Ethernet VPN.' },
  ),
  row('<what:nexthop|sid|label> vpn export <value:word>', {
    doc: 'Next hop and labels of this VRF’s routes in the VPN table.',
  }),
  row('redistribute <source:table|table-direct> <id:int> *[metric <metric:int>] *[route-map <map:word>]', {
    doc: 'Announces routes of another kernel table.',
    refers: { map: 'route-map' },
  }),
  row('advertise-all-vni', {
    doc: 'Announces every VXLAN network of this device.',
    apply: ({ process, family: name }, _, at) => {
      familyOf(process, name, at.span).advertiseAllVni = yes(at.span);
    },
    undo: ({ process, family: name }) => {
      delete process.families.get(name)?.advertiseAllVni;
    },
  }),
  row('advertise <which:ipv4|ipv6> unicast [gateway-ip] [route-map <map:word>]', {
    doc: 'Announces the unicast routes of this VRF as EVPN type 5.',
    refers: { map: 'route-map' },
    apply: ({ process, family: name }, { which, map }, at) => {
      const made = familyOf(process, name, at.span);
      made.advertiseUnicast = [
        ...(made.advertiseUnicast ?? []).filter((known) => known.family !== which.value),
        { family: which.value, ...(map && { policy: map }), span: at.span },
      ];
    },
    undo: ({ process, family: name }, { which }) => {
      const made = process.families.get(name);
      if (made) made.advertiseUnicast = (made.advertiseUnicast ?? []).filter((known) => known.family !== which?.value);
    },
  }),
];

const processLines: readonly Entry[] = [
  option(
    'bgp disable-ebgp-connected-route-check',
    'disableConnectedCheck',
    'Allows single-hop external neighbours on loopbacks.',
  ),
  option(
    'bgp route-reflector allow-outbound-policy',
    'reflectorOutboundPolicy',
    'Outbound policies may change attributes of reflected routes.',
  ),
  option('bgp reject-as-sets', 'rejectAsSets', 'Drops routes with an AS set in the path (RFC 9774).'),
  option(
    'bgp bestpath peer-type multipath-relax',
    'peerTypeMultipathRelax',
    'Internal and external paths may share traffic.',
  ),
  row('bgp bestpath bandwidth <how:word>', { doc: 'How the link bandwidth of paths shares traffic between them.' }),
  row('bgp minimum-holdtime <seconds:int>', { doc: 'Refuses neighbours with a shorter hold time.' }),
  row('bgp suppress-duplicates', { doc: 'Sends no update that changes nothing.', effect: 'none' }),
  row('bgp conditional-advertisement timer <seconds:int>', {
    doc: 'How often conditions of announcements are checked.',
    effect: 'none',
  }),
  row('bgp <what:fast-convergence|long-lived-graceful-restart|session-dscp|snmp|lu-per-prefix> [<options:words>]', {
    doc: 'Further settings of the process.',
  }),
  row('<what:coalesce-time|write-quanta|read-quanta> <value:int>', { doc: 'How updates are grouped.', effect: 'none' }),
  option(
    'bgp ebgp-requires-policy',
    'ebgpRequiresPolicy',
    'External neighbours without a policy exchange no routes (RFC 8212).',
  ),
  option(
    'bgp network import-check',
    'networkImportCheck',
    '`network` announces a prefix only while the routing table has it.',
  ),
  option(
    'bgp fast-external-failover',
    'fastExternalFailover',
    'An external session ends when its interface goes down.',
  ),
  option(
    'bgp bestpath compare-routerid',
    'compareRouterId',
    'The router id decides between external paths, not their age.',
  ),
  option('bgp bestpath as-path confed', 'asPathConfed', 'Confederation segments count in the length of the path.'),
  row('bgp bestpath as-path multipath-relax <set:as-set|no-as-set>', {
    doc: 'Paths of equal length but through different ASes may share traffic.',
    apply: ({ process }, _, at) => {
      process.options.asPathMultipathRelax = yes(at.span);
    },
    undo: ({ process }, _, at) => {
      process.options.asPathMultipathRelax = no(at.span);
    },
  }),
  row('bgp bestpath med missing-as-worst confed', {
    doc: 'A route without a MED loses, and the MED of confederation members is compared.',
    apply: ({ process }, _, at) => {
      process.options.medMissingAsWorst = yes(at.span);
      process.options.medConfed = yes(at.span);
    },
  }),
  row('bgp default show-hostname', { doc: 'Shows host names of neighbours.', effect: 'none' }),
  row('bgp default show-nexthop-hostname', { doc: 'Shows host names of next hops.', effect: 'none' }),
  row('bgp max-med on-startup <options:words>', {
    doc: 'Announces the worst MED for a while after start; the settled state does not have it.',
    effect: 'none',
  }),
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
  ...declarationRows('peer-group', 'asn|internal|external|auto'),
  ...unnumbered,
  ...neighbourRows(settings),
];

const vniMode = modesOf<BgpContext>()(
  'vni <vni:int>',
  { doc: 'EVPN settings of one VXLAN network.', enter: (context) => context },
  [
    row('rd <rd:word>', { doc: 'Route distinguisher of the VXLAN network.' }),
    row('route-target <direction:import|export|both> <targets:words>', { doc: 'Route targets of the VXLAN network.' }),
    row('<what:advertise-default-gw|advertise-svi-ip|flooding> [<options:words>]', {
      doc: 'Further settings of the VXLAN network.',
    }),
    row('exit-vni', { doc: 'Leaves the VXLAN network.', effect: 'none', closes: true }),
  ],
);

const inFamily = (context: BgpContext, name: AddressFamily, span: Located<string>['span']): BgpContext => {
  familyOf(context.process, name, span);
  return { ...context, family: name };
};

const families: readonly Entry[] = [
  modesOf<BgpContext>()(
    'address-family <afi:ipv4|ipv6|vpnv4|vpnv6> [<safi:unicast|multicast|labeled-unicast|vpn>]',
    {
      doc: 'Settings of one address family.',
      enter: (context, { afi, safi }, at) => inFamily(context, familyNamed(afi.value, safi?.value), at.span),
    },
    [...neighbourLines, ...familyLines],
  ),
  modesOf<BgpContext>()(
    'address-family l2vpn evpn',
    { doc: 'Settings of Ethernet VPN.', enter: (context, _, at) => inFamily(context, 'l2vpn-evpn', at.span) },
    [...neighbourLines, ...familyLines, vniMode],
  ),
];

/** `router bgp` of FRR. */
export const frrBgp: Entry = modesOf<DeviceDraft>()(
  'router bgp <as:asn> [<kind:vrf|view> <vrf:word>] [as-notation <notation:word>]',
  {
    doc: 'BGP instance, in the global table or in a VRF.',
    refers: { vrf: 'vrf' },
    enter: (_, { as, vrf }, at): BgpContext => ({
      process: enterBgp(at, as, vrf?.value ?? GLOBAL),
      family: 'ipv4-unicast',
      everyFamily: false,
    }),
    undo: (device, { vrf }) => {
      device.bgp = device.bgp.filter((process) => process.vrf !== (vrf?.value ?? GLOBAL));
    },
  },
  [...neighbourLines, ...sharedProcessRows, ...processLines, ...familyLines, ...families],
);
