import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { BgpNeighbour, BgpNeighbourFamily } from '../../device/bgp.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Located, Span } from '../../span.ts';
import { bgpProcessOf, familyOf } from '../shared/bgp-model.ts';
import { GLOBAL, no, yes } from '../shared/drafts.ts';
import { type GroupDraft, notesOf, type PeerDraft } from './notes.ts';
import { acceptedFrom, redistributionTo } from './redistribution.ts';
import { chainOf } from './routemap.ts';

const row = rowsOf<DeviceDraft>();
const groupRow = rowsOf<GroupDraft>();
const groupMode = modesOf<GroupDraft>();
const peerRow = rowsOf<PeerDraft>();

function groupOf(device: DeviceDraft, key: string, remoteAs: Located<number> | undefined, span: Span): GroupDraft {
  const { groups } = notesOf(device);
  const made: GroupDraft = groups.get(key) ?? {
    key,
    span,
    enabled: true,
    remoteAs,
    exports: [],
    imports: [],
    peers: new Map(),
  };
  groups.set(key, made);
  return made;
}

const peerRows: readonly Entry[] = [
  peerRow('<state:on|off>', {
    doc: 'Whether the peer is there.',
    apply: (peer, { state }) => {
      peer.enabled = state.value === 'on';
    },
  }),
  peerRow('multihop <state:on|off>', {
    doc: 'Whether the peer may be more than one hop away.',
    apply: (peer, { state }, at) => {
      peer.multihop = state.value === 'on' ? yes(at.span) : no(at.span);
    },
  }),
  peerRow('peer-type <type:none|reflector-client|no-client-reflector> [on]', {
    doc: 'Whether routes of other internal peers are reflected to it.',
    apply: (peer, { type }, at) => {
      if (type.value !== 'none') peer.reflectorClient = yes(at.span);
    },
  }),
  peerRow('med-out <value:int>', {
    doc: 'MED of routes that are sent.',
    apply: (peer, { value }) => {
      peer.metricOut = value;
    },
  }),
  peerRow('passive-tcp <state:on|off>', {
    doc: 'Whether the firewall waits for the peer to open the session.',
    apply: (peer, { state }, at) => {
      peer.passive = state.value === 'on' ? yes(at.span) : no(at.span);
    },
  }),
  peerRow('authtype md5 secret <key:word>', {
    doc: 'TCP MD5 key of the session.',
    apply: (peer, { key }) => {
      peer.secret = key;
    },
  }),
  peerRow('authtype none', { doc: 'No key; the default.', effect: 'none' }),
  peerRow('allowas-in-count <count:int>', {
    doc: 'Times that the own AS may stand in a path.',
    apply: (peer, { count }) => {
      peer.allowAsIn = count;
    },
  }),
  peerRow(
    '<what:route-refresh|graceful-restart|graceful-restart-stalepath-time|holdtime|keepalive|ip-reachability-detection|comment|log-state-transitions|log-warnings|trace|no-aggregator|send-keepalives|accept-routes|throttle-count|capability|suppress-default-originate> [<rest:rest>]',
    { doc: 'A setting of the session that changes no route while it is up.', effect: 'none' },
  ),
];

const mapRows: readonly Entry[] = [
  groupRow(
    '<direction:export-routemap|import-routemap> <name:word> preference <preference:int> [family <family:word>] [<state:on|off>]',
    {
      doc: 'Route map on routes that are sent or received; the lowest preference is asked first.',
      refers: { name: 'route-map' },
      apply: (group, { direction, name, preference, state }) => {
        if (state?.value === 'off') return;
        const uses = direction.value === 'export-routemap' ? group.exports : group.imports;
        if (!uses.some((use) => use.name.value === name.value)) uses.push({ name, preference: preference.value });
      },
    },
  ),
];

const groupRows: readonly Entry[] = [
  groupRow('<state:on|off>', {
    doc: 'Whether the group is there.',
    apply: (group, { state }) => {
      group.enabled = state.value === 'on';
    },
  }),
  ...mapRows,
  groupRow('local-address <address:ip> [<state:on|off>]', {
    doc: 'Address that the sessions are opened from.',
    apply: (group, { address }) => {
      group.localAddress = address;
    },
  }),
  groupRow('nexthop-self <state:on|off>', {
    doc: 'The firewall names itself as next hop.',
    apply: (group, { state }, at) => {
      group.nextHopSelf = state.value === 'on' ? yes(at.span) : no(at.span);
    },
  }),
  groupRow('protocol <name:word> [<state:on|off>]', { doc: 'Protocols whose routes may be sent.', effect: 'none' }),
  groupRow('interface <name:word> [<state:on|off>]', { doc: 'Interfaces whose routes may be sent.', effect: 'none' }),
  groupRow('<what:description|outdelay|med|virtual-address> [<rest:rest>]', {
    doc: 'A setting that changes no route.',
    effect: 'none',
  }),
  groupMode(
    'peer <address:ip>',
    {
      doc: 'A peer.',
      defines: { address: 'bgp-neighbour' },
      enter: (group, { address }, at): PeerDraft => {
        const made: PeerDraft = group.peers.get(address.value) ?? { address, span: at.span, enabled: true };
        group.peers.set(address.value, made);
        return made;
      },
    },
    peerRows,
  ),
];

/** `as`, `bgp ...`. */
export const bgp: readonly Entry[] = [
  row('as <asn:asn>', {
    doc: 'The own AS number.',
    apply: (device, { asn }) => {
      notesOf(device).asn = asn;
    },
  }),
  row('router-id <id:ip4>', {
    doc: 'Router id of the routing protocols.',
    apply: (device, { id }) => {
      device.routerId = id;
    },
  }),
  row('max-path-splits <count:int>', {
    doc: 'Most equal paths of a route.',
    apply: (device, { count }) => {
      notesOf(device).splits = count;
    },
  }),
  row('bgp ecmp <state:on|off>', {
    doc: 'Whether BGP uses several equal paths.',
    apply: (device, { state }, at) => {
      notesOf(device).ecmp = state.value === 'on' ? yes(at.span) : no(at.span);
    },
  }),
  row('bgp cluster-id <id:ip4>', {
    doc: 'Cluster of the route reflector.',
    apply: (device, { id }) => {
      notesOf(device).clusterId = id;
    },
  }),
  modesOf<DeviceDraft>()(
    'bgp internal',
    {
      doc: 'Peers of the own AS.',
      enter: (device, _, at) => groupOf(device, 'internal', notesOf(device).asn, at.span),
    },
    groupRows,
  ),
  modesOf<DeviceDraft>()(
    'bgp external remote-as <asn:asn>',
    { doc: 'Peers of another AS.', enter: (device, { asn }, at) => groupOf(device, String(asn.value), asn, at.span) },
    groupRows,
  ),
  row('bgp <what:default-med|default-route-gateway|synchronization|dampening|graceful-restart> <value:rest>', {
    doc: 'A further setting of BGP.',
  }),
];

function neighbourOf(device: DeviceDraft, group: GroupDraft, peer: PeerDraft, own: Located<number>): BgpNeighbour {
  const internal = group.key === 'internal';
  const remoteAs = internal ? own : group.remoteAs;
  const more = redistributionTo(device, `as ${remoteAs?.value ?? 0}`);
  const filter = acceptedFrom(device, remoteAs?.value);
  const family: BgpNeighbourFamily = {
    span: peer.span,
    activate: yes(peer.span),
    policyOut: chainOf(device, group.exports, more ? [more] : [], group.span),
    policyIn: chainOf(device, group.imports, filter ? [filter] : [], group.span),
    ...((group.nextHopSelf ?? peer.nextHopSelf)?.value && { nextHopSelf: { value: 'set' as const, span: group.span } }),
    ...(peer.reflectorClient && { routeReflectorClient: peer.reflectorClient }),
    ...(peer.metricOut && { metricOut: peer.metricOut }),
    ...(peer.allowAsIn && { allowAsIn: peer.allowAsIn }),
  };
  return {
    id: peer.address.value,
    kind: 'address',
    span: peer.span,
    ...(remoteAs && { remoteAs }),
    ...(!(group.enabled && peer.enabled) && { shutdown: yes(peer.span) }),
    ...(group.localAddress && { localAddress: group.localAddress }),
    ...(peer.multihop?.value && { ebgpMultihop: { value: 255, span: peer.multihop.span } }),
    ...(peer.passive && { passive: peer.passive }),
    ...(peer.secret && {
      password: { value: { text: peer.secret.value, storage: 'unknown' as const }, span: peer.secret.span },
    }),
    families: new Map([[peer.address.value.includes(':') ? 'ipv6-unicast' : 'ipv4-unicast', family]]),
  };
}

/** Makes the BGP process once all lines are known. */
export function finishBgp(device: DeviceDraft): void {
  const { asn, groups, clusterId, ecmp, splits } = notesOf(device);
  if (!asn) return;
  const process = bgpProcessOf(device, asn, GLOBAL, asn.span);
  if (clusterId) process.clusterId = clusterId;
  for (const name of ['ipv4-unicast', 'ipv6-unicast'] as const) {
    const family = familyOf(process, name, asn.span);
    if (ecmp?.value) {
      family.maximumPaths = splits ?? { value: 8, span: ecmp.span };
      family.maximumPathsIbgp = family.maximumPaths;
    }
  }
  for (const group of groups.values())
    for (const peer of group.peers.values())
      process.neighbours.set(peer.address.value, neighbourOf(device, group, peer, asn));
}
