import {
  disableConnectedCheck,
  localAs,
  maximumPrefix,
  sendCommunity,
  sharedFamilySettings,
  sharedSessionSettings,
  ttlSecurity,
} from '../shared/bgp-neighbour.ts';
import { no, yes } from '../shared/drafts.ts';
import { family, type NeighbourSetting, session } from '../shared/neighbour-setting.ts';
import { routingKey } from '../shared/secrets.ts';

/** Lines of the other systems that NX-OS has elsewhere or not at all. */
const foreign =
  /^(activate|distribute-list|remove-private-as|passive|password|enforce-first-as|advertisement-interval|route-server-client|attribute-unchanged)/;

const own = (settings: readonly NeighbourSetting[]): readonly NeighbourSetting[] =>
  settings.filter(({ pattern }) => !foreign.test(pattern));

const privateAs = sharedFamilySettings.filter(({ pattern }) => /^remove-private-as/.test(pattern));

/** What stands at the neighbour itself (Unicast command reference, "neighbor (BGP)"). */
export const neighbourSettings: readonly NeighbourSetting[] = [
  ...own(sharedSessionSettings),
  ...privateAs,
  localAs,
  ttlSecurity,
  disableConnectedCheck,
  session(
    'password [<type:0|3|6|7>] <key:word>',
    'TCP MD5 key; both ends must have the same.',
    (n, { type, key }, at) => {
      n.password = { value: routingKey(key.value, type?.value), span: at.span };
    },
    (n) => {
      delete n.password;
    },
  ),
  session(
    'transport connection-mode passive',
    'Waits for the neighbour to connect.',
    (n, _, at) => {
      n.passive = yes(at.span);
    },
    (n) => {
      delete n.passive;
    },
  ),
  session('maximum-peers <count:int>', 'Most neighbours of the range.'),
  session('dont-capability-negotiate', 'Opens the session without capabilities, for IPv4 unicast alone.'),
  session('peer-type <type:words>', 'The neighbour is a gateway of another site.'),
  session('graceful-shutdown [<options:words>]', 'Drains traffic of the neighbour before maintenance (RFC 8326).'),
  session('capability suppress 4-byte-as', 'Speaks two-byte AS numbers with the neighbour.'),
  session('<what:affinity-group|egress-engineering> <options:words>', 'Further settings of the neighbour.'),
  ...(
    [
      ['dynamic-capability', 'Changes capabilities of the running session.'],
      ['log-neighbor-changes [<disable:disable>]', 'Logs when the session goes up or down.'],
      ['low-memory exempt', 'Keeps the session when memory runs low.'],
    ] as const
  ).map(([pattern, doc]) => session(pattern as 'x', doc, undefined, undefined, { effect: 'none' })),
];

/** What stands in an address family of a neighbour, or in a peer-policy template. */
export const familySettings: readonly NeighbourSetting[] = [
  ...own(sharedFamilySettings),
  maximumPrefix,
  sendCommunity(['standard']),
  family(
    'disable-peer-as-check',
    'Sends routes even when the neighbour’s AS is the first of their path.',
    (f, _, at) => {
      f.peerAsCheckDisabled = yes(at.span);
    },
    (f, _, at) => {
      f.peerAsCheckDisabled = no(at.span);
    },
  ),
  family(
    'capability additional-paths receive [<disable:disable>]',
    'Takes more than one path per prefix (RFC 7911).',
    (f, { disable }, at) => {
      f.addPathsReceive = { value: disable === undefined, span: at.span };
    },
    (f) => {
      delete f.addPathsReceive;
    },
  ),
  family(
    'capability additional-paths send [<disable:disable>]',
    'Sends the paths that the additional-paths selection chooses (RFC 7911).',
    (f, { disable }, at) => {
      f.addPathsMaySend = { value: disable === undefined, span: at.span };
    },
    (f) => {
      delete f.addPathsMaySend;
    },
  ),
  family('next-hop-third-party', 'Keeps the next hop of a third router on the shared network.', () => undefined),
  family('suppress-inactive', 'Sends only routes that are in the routing table.'),
  family('soo <value:word>', 'Site of origin of routes from this neighbour.'),
  family(
    '<what:rewrite-evpn-rt-asn|rewrite-rt-asn|advertise|no-advertise|advertise-gw-ip|import|export|send-label|as-path|disable-as-loop> [<options:words>]',
    'Further settings of the family.',
  ),
  family('advertisement-interval <seconds:int>', 'Seconds between updates to the neighbour.', undefined, undefined, {
    effect: 'none',
  }),
];
