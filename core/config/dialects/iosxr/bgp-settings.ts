import { localAs, maximumPrefix, sharedFamilySettings, sharedSessionSettings } from '../shared/bgp-neighbour.ts';
import { no, yes } from '../shared/drafts.ts';
import { family, type NeighbourSetting, session } from '../shared/neighbour-setting.ts';
import { routingKey } from '../shared/secrets.ts';
import { policyNamed, usedPolicy } from './policy-use.ts';

const like = (settings: readonly NeighbourSetting[], wanted: RegExp): readonly NeighbourSetting[] =>
  settings.filter(({ pattern }) => wanted.test(pattern));

/** What stands at the neighbour itself, or in a session-group ("neighbor (BGP)" of the BGP command reference). */
export const neighbourSettings: readonly NeighbourSetting[] = [
  ...like(sharedSessionSettings, /^(description|update-source|timers <|shutdown|advertisement-interval)/),
  localAs,
  session(
    'ebgp-multihop [<hops:int>] [<mpls:mpls>]',
    'Allows an external neighbour that is not on a connected subnet.',
    (n, { hops }, at) => {
      n.ebgpMultihop = hops ?? { value: 255, span: at.span };
    },
    (n) => {
      delete n.ebgpMultihop;
    },
  ),
  session(
    'password [<type:clear|encrypted>] <key:word>',
    'TCP MD5 key; both ends must have the same.',
    (n, { type, key }, at) => {
      n.password = { value: routingKey(key.value, type?.value === 'encrypted' ? '7' : '0'), span: at.span };
    },
    (n) => {
      delete n.password;
    },
  ),
  session(
    'ignore-connected-check',
    'Allows a single-hop external neighbour on a loopback.',
    (n, _, at) => {
      n.disableConnectedCheck = yes(at.span);
    },
    (n) => {
      delete n.disableConnectedCheck;
    },
  ),
  session(
    'ttl-security [<disable:inheritance-disable>]',
    'Accepts packets of the neighbour only from one hop away (RFC 5082).',
    (n, { disable }, at) => {
      if (!disable) n.ttlSecurityHops = { value: 1, span: at.span };
    },
    (n) => {
      delete n.ttlSecurityHops;
    },
  ),
  session(
    'session-open-mode <mode:active-only|passive-only|both>',
    'Which side opens the session.',
    (n, { mode }, at) => {
      n.passive = { value: mode.value === 'passive-only', span: at.span };
    },
    (n) => {
      delete n.passive;
    },
  ),
  session(
    'enforce-first-as [<disable:disable>]',
    'Drops updates whose first AS is not the neighbour’s.',
    (n, { disable }, at) => {
      n.enforceFirstAs = { value: disable === undefined, span: at.span };
    },
    (n) => {
      delete n.enforceFirstAs;
    },
  ),
  session(
    'bfd fast-detect [<options:words>]',
    'Bidirectional forwarding detection for the session.',
    (n, _, at) => {
      n.bfd = yes(at.span);
    },
    (n, _, at) => {
      n.bfd = no(at.span);
    },
  ),
  session(
    'bfd <what:multiplier|minimum-interval> <value:int>',
    'Timers of bidirectional forwarding detection.',
    undefined,
    undefined,
    {
      effect: 'none',
    },
  ),
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
    'keychain <name:word>',
    'Keys of the session; both ends must have the same.',
    (n, { name }) => {
      n.authenticatedBy = { keyChain: name };
    },
    undefined,
    { refers: { name: 'key-chain' }, listed: true },
  ),
  session(
    'capability additional-paths receive [<disable:disable>]',
    'Takes more than one path per prefix (RFC 7911).',
    (n, { disable }, at) => {
      n.everyFamily ??= { span: at.span };
      n.everyFamily.addPathsReceive = { value: disable === undefined, span: at.span };
    },
  ),
  session(
    'capability additional-paths send [<disable:disable>]',
    'Sends the paths that the selection of the family chooses (RFC 7911).',
    (n, { disable }, at) => {
      n.everyFamily ??= { span: at.span };
      n.everyFamily.addPathsMaySend = { value: disable === undefined, span: at.span };
    },
  ),
  session(
    '<what:ao|maximum-peers|remote-as-list|capability|egress-engineering|peer-set|dmz-link-bandwidth|local-address-subnet|idle-watch-time|shutdown-message|as-override|internal-vpn-client|graceful-maintenance|additional-paths> [<options:words>]',
    'Further settings of the neighbour.',
  ),
  session(
    '<what:tcp|precedence|dscp|graceful-restart|log|receive-buffer-size|send-buffer-size|update|speed> [<options:words>]',
    'Further settings that do not change routes.',
    undefined,
    undefined,
    {
      effect: 'none',
    },
  ),
];

/** What stands in an address family of a neighbour, or in an af-group. */
export const familySettings: readonly NeighbourSetting[] = [
  ...like(sharedFamilySettings, /^(route-reflector-client|weight|soft-reconfiguration|allowas-in|next-hop-unchanged)/),
  maximumPrefix,
  family(
    'route-policy <policy:names> <direction:in|out>',
    'Policy applied to routes received from, or sent to, the neighbour.',
    (f, { policy, direction }, at) => {
      if (direction.value === 'in') f.policyIn = usedPolicy(policy, at);
      else f.policyOut = usedPolicy(policy, at);
    },
    (f, { direction }) => {
      if (direction?.value !== 'out') delete f.policyIn;
      if (direction?.value !== 'in') delete f.policyOut;
    },
  ),
  family(
    'next-hop-self [<disable:inheritance-disable>]',
    'Announces routes with this device as next hop.',
    (f, { disable }, at) => {
      f.nextHopSelf = { value: disable ? 'off' : 'set', span: at.span };
    },
    (f, _, at) => {
      f.nextHopSelf = { value: 'off', span: at.span };
    },
  ),
  ...(['send-community-ebgp', 'send-extended-community-ebgp'] as const).map((words) =>
    family(
      `${words} [<disable:inheritance-disable>]`,
      'Sends communities to an external neighbour; internal ones always get them.',
      (f, { disable }, at) => {
        const kinds = words === 'send-community-ebgp' ? (['standard', 'large'] as const) : (['extended'] as const);
        const known = (f.sendCommunity?.value ?? []).filter((kind) => !(kinds as readonly string[]).includes(kind));
        f.sendCommunity = { value: disable ? known : [...known, ...kinds], span: at.span };
      },
      (f, _, at) => {
        const gone: readonly string[] = words === 'send-community-ebgp' ? ['standard', 'large'] : ['extended'];
        f.sendCommunity = {
          value: (f.sendCommunity?.value ?? []).filter((kind) => !gone.includes(kind)),
          span: at.span,
        };
      },
    ),
  ),
  family(
    'default-originate [route-policy <policy:words>]',
    'Sends a default route to the neighbour.',
    (f, { policy }, at) => {
      f.defaultOriginate = { value: policy ? { policy: policyNamed(policy, at).value } : {}, span: at.span };
    },
    (f) => {
      delete f.defaultOriginate;
    },
  ),
  family('default-originate inheritance-disable', 'Sends no default route, whatever the group says.', (f) => {
    delete f.defaultOriginate;
  }),
  family(
    'remove-private-as [<entire:entire-aspath>]',
    'Takes private AS numbers out of the path.',
    (f, { entire }, at) => {
      f.removePrivateAs = { value: entire ? 'all' : 'remove', span: at.span };
    },
    (f) => {
      delete f.removePrivateAs;
    },
  ),
  family('remove-private-as inbound [<entire:entire-aspath>]', 'Takes private AS numbers out of received paths.'),
  family(
    'remove-private-as <disable:inheritance-disable>',
    'Leaves private AS numbers, whatever the group says.',
    (f) => {
      delete f.removePrivateAs;
    },
  ),
  family(
    'as-override [<disable:disable|inheritance-disable>]',
    'Replaces the neighbour’s AS in the path by our own.',
    (f, { disable }, at) => {
      f.asOverride = { value: disable === undefined, span: at.span };
    },
    (f, _, at) => {
      f.asOverride = no(at.span);
    },
  ),
  family(
    'as-path-loopcheck out [<disable:disable>]',
    'Keeps routes from a neighbour whose AS is in their path.',
    (f, { disable }, at) => {
      f.peerAsCheckDisabled = { value: disable !== undefined, span: at.span };
    },
    (f) => {
      delete f.peerAsCheckDisabled;
    },
  ),
  family(
    'maximum-prefix <limit:int> [<percent:int>] discard-extra-paths',
    'Most prefixes that are kept of the neighbour.',
  ),
  family('site-of-origin <value:word>', 'Site of origin of routes from this neighbour.'),
  family('<what:additional-paths|capability> <options:words>', 'Exchanges more than one path per prefix, or filters.'),
  family(
    '<what:multipath|aigp|accept-own|optimal-route-reflection|advertise|import|replace|orf|validation|origin-as|long-lived-graceful-restart|flowspec|slow-peer|route-target|bestpath|next-hop-unchanged-multipath|allocate-label|enforce-multiple-labels|encapsulation-type|default-policy-action|signalling|mvpn|prefix-validate|send-community-gshut-ebgp|send-multicast-attributes|use-policy> [<options:words>]',
    'Further settings of the family.',
  ),
];
