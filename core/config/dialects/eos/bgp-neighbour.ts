import type { MaximumPrefix } from '../../device/bgp.ts';
import { localAs, sendCommunity, sharedFamilySettings, sharedSessionSettings } from '../shared/bgp-neighbour.ts';
import { no, yes } from '../shared/drafts.ts';
import { family, type NeighbourSetting, session } from '../shared/neighbour-setting.ts';

/** Settings of a BGP neighbour on EOS. */
export const eosNeighbourSettings: readonly NeighbourSetting[] = [
  ...sharedSessionSettings,
  ...sharedFamilySettings,
  localAs,
  sendCommunity(['standard', 'extended', 'large']),
  session(
    'ttl maximum-hops <hops:int>',
    'Accepts packets of the neighbour only from so many hops away (RFC 5082).',
    (n, { hops }) => {
      n.ttlSecurityHops = hops;
    },
    (n) => {
      delete n.ttlSecurityHops;
    },
  ),
  session(
    'fall-over bfd',
    'Bidirectional forwarding detection for the session.',
    (n, _, at) => {
      n.bfd = yes(at.span);
    },
    (n) => {
      delete n.bfd;
    },
  ),
  session(
    'local-address <address:ip>',
    'Address that the session is opened from.',
    (n, { address }) => {
      n.localAddress = address;
    },
    (n) => {
      delete n.localAddress;
    },
  ),
  session(
    'next-hop address-family ipv6 [originate]',
    'IPv4 routes with an IPv6 next hop (RFC 8950).',
    (n, _, at) => {
      n.extendedNextHop = yes(at.span);
    },
    (n, _, at) => {
      n.extendedNextHop = no(at.span);
    },
  ),
  session('graceful-restart', 'Graceful restart with this neighbour (RFC 4724).', undefined, undefined, {
    effect: 'none',
  }),
  session(
    'graceful-restart-helper [<options:words>]',
    'Helps this neighbour restart (RFC 4724).',
    undefined,
    undefined,
    { effect: 'none' },
  ),
  session(
    'rib-in pre-policy retain [all]',
    'Keeps received routes, so that a policy change needs no refresh.',
    undefined,
    undefined,
    { effect: 'none' },
  ),
  session(
    'idle-restart-timer <seconds:int>',
    'Seconds until a session that hit a limit is opened again.',
    undefined,
    undefined,
    { effect: 'none' },
  ),
  family(
    'metric-out <value:int>',
    'MED of routes that are sent to the neighbour.',
    (f, { value }) => {
      f.metricOut = value;
    },
    (f) => {
      delete f.metricOut;
    },
  ),
  session(
    '<what:out-delay|export-localpref|import-localpref> <value:int>',
    'Attributes and pace of routes exchanged with the neighbour.',
  ),
  session('rcf <direction:in|out> <function:word>', 'Policy function applied to routes of the neighbour.'),
  session(
    '<what:next-hop-peer|route-to-peer|rr-preserve-attributes|link-bandwidth|session|missing-policy|domain> [<options:words>]',
    'Further settings of the neighbour.',
  ),
  session('password shared-secret <options:words>', 'Keys of the session by profile.'),
  family('send-community <how:add|remove|link-bandwidth> [<options:words>]', 'Changes which communities are sent.'),
  family('remove-private-as ingress [<options:words>]', 'Takes private AS numbers out of received paths.'),
  session('dont-capability-negotiate', 'Opens the session without capabilities, for IPv4 unicast alone.'),
  session('auto-local-addr', 'Derives the address of the other family for next hops.'),
  family(
    'maximum-routes <limit:int> *[warning-limit <warning:int> [<percent:percent>]] *[<only:warning-only>]',
    'Most routes accepted from the neighbour (0: no limit); beyond it the session is torn down, unless warning-only.',
    (f, { limit, warning, percent, only }, at) => {
      const share = warning && (percent ? warning.value : Math.round((100 * warning.value) / Math.max(1, limit.value)));
      const value: MaximumPrefix = {
        limit: limit.value,
        ...(share !== undefined && { warnPercent: share }),
        action: only ? 'warning-only' : 'shutdown',
      };
      f.maximumPrefix = { value, span: at.span };
    },
    (f) => {
      delete f.maximumPrefix;
    },
  ),
  family(
    'maximum-accepted-routes <limit:int> *[warning-limit <warning:int>] *[<only:warning-only>]',
    'Most routes of the neighbour that the policy may accept.',
  ),
  family(
    'as-path remote-as replace out',
    'Replaces the neighbour’s AS in the path by our own.',
    (f, _, at) => {
      f.asOverride = yes(at.span);
    },
    (f, _, at) => {
      f.asOverride = no(at.span);
    },
  ),
  family('as-path prepend-own disabled', 'Does not put our own AS in front of the path.'),
  family(
    'additional-paths send <which:any|backup|ecmp> [limit <limit:int>]',
    'Sends more than one path per prefix (RFC 7911).',
    (f, { which, limit }, at) => {
      const value = ({ any: limit?.value ?? 'all', backup: 2, ecmp: 'ecmp' } as const)[which.value];
      f.addPathsSend = { value, span: at.span };
    },
    (f) => {
      delete f.addPathsSend;
    },
  ),
  family(
    'additional-paths receive',
    'Takes more than one path per prefix (RFC 7911).',
    (f, _, at) => {
      f.addPathsReceive = yes(at.span);
    },
    (f, _, at) => {
      f.addPathsReceive = no(at.span);
    },
  ),
];
