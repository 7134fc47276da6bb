/*
 * What the twin adds to each configuration so that it settles sooner. Nothing of it changes which state the network
 * comes to, but for one thing that is said in so many words: the tie-break by router id. Hello, dead and network-type
 * settings are never touched: they would hide real mismatches.
 */
import type { Device } from '../../config/device/device.ts';

type Neighbours = Device['bgp'][number]['neighbours'];

/** Keepalives once a second show a dead session within a poll; the hold time forgives a machine that is busy. */
export const KEEPALIVE_SECONDS = 1;
const HOLD_SECONDS = 9;

/** As fast as ripd takes it (5 s at least), and a timeout that forgives one lost update. */
export const RIP_SECONDS = { update: 5, timeout: 13, garbage: 5 } as const;

/** What the overlay is, in sentences for the evidence. */
export const OVERLAY_NOTES: readonly string[] = [
  `BGP: updates wait 10 ms before they are sent (coalesce-time 10), keepalives go out every ${KEEPALIVE_SECONDS} s with a hold time of ${HOLD_SECONDS} s, a connection is tried again after 5 s, updates to a neighbour are not held back (advertisement-interval 0), and changed route-maps take effect after 1 to 2 s.`,
  'BGP: among equal paths the lowest router id decides (bgp bestpath compare-routerid) in place of the oldest path, so that the result does not depend on the order of events; where a router of the lab does not have that line, production may choose another of the equal paths.',
  'OSPF: link-state announcements are made and accepted at once (timers throttle lsa all 0, timers lsa min-arrival 0), and shortest paths are computed after at most 200 ms (timers throttle spf 0 50 200).',
  'IS-IS: link-state packets are made and shortest paths computed after at most 1 s (lsp-gen-interval 1, spf-interval 1).',
  `RIP: tables are sent every ${RIP_SECONDS.update} s and routes that nobody repeats go after ${RIP_SECONDS.timeout} s (timers basic ${Object.values(RIP_SECONDS).join(' ')}).`,
];

/** The last line of a loaded configuration: when it has taken effect, everything before it was read. */
export const LAST_LINE = 'zebra route-map delay-timer 2';
/** The same setting in front, by another value, so that the two can be told apart; by this one zebra waits while it reads. */
const FIRST_LINE = 'zebra route-map delay-timer 1';

/** Lines that go behind a device's own configuration, in FRR's language. */
export function overlayLines(device: Pick<Device, 'bgp' | 'ospf' | 'isis' | 'rip'>): readonly string[] {
  const lines: string[] = [];
  for (const process of device.bgp) {
    lines.push(`router bgp ${process.asn.value}${inVrf(process.vrf)}`);
    lines.push(' coalesce-time 10', ' bgp bestpath compare-routerid');
    for (const peer of timedPeers(process)) {
      lines.push(` neighbor ${peer} timers ${KEEPALIVE_SECONDS} ${HOLD_SECONDS}`);
      lines.push(` neighbor ${peer} timers connect 5`);
    }
    lines.push('exit');
  }
  for (const { version, vrf, id } of device.ospf) {
    const instance = version === 2 && /^\d+$/.test(id) ? ` ${id}` : '';
    lines.push(`router ospf${version === 3 ? '6' : instance}${inVrf(vrf)}`);
    if (version === 2) lines.push(' timers throttle lsa all 0');
    lines.push(' timers lsa min-arrival 0', ' timers throttle spf 0 50 200', 'exit');
  }
  for (const { vrf } of device.rip)
    lines.push(`router rip${inVrf(vrf)}`, ` timers basic ${Object.values(RIP_SECONDS).join(' ')}`, 'exit');
  return [...lines, ...isisLines(device), LAST_LINE];
}

/**
 * Lines that go in front of a device's own configuration. The waiting time of changed route-maps runs from the first one
 * that is read: set behind them it would come too late, and a neighbour would be sent everything that the maps hold back
 * (or nothing) for five seconds. isisd likewise plans its second announcement by the interval that holds at its first.
 */
export const overlayHead = (device: Pick<Device, 'bgp' | 'isis'>): readonly string[] => [
  FIRST_LINE,
  ...(device.bgp.length > 0 ? ['bgp route-map delay-timer 1'] : []),
  ...isisLines(device),
];

const isisLines = ({ isis }: Pick<Device, 'isis'>): readonly string[] =>
  isis.flatMap(({ id, vrf }) => [`router isis ${id}${inVrf(vrf)}`, ' lsp-gen-interval 1', ' spf-interval 1', 'exit']);

const inVrf = (vrf: string): string => (vrf === 'default' ? '' : ` vrf ${vrf}`);

/** Neighbours that exist once the configuration is loaded: FRR refuses timers of one that has no AS yet. */
function timedPeers(process: Device['bgp'][number]): readonly string[] {
  const known = ({ remoteAs, group }: Neighbours extends ReadonlyMap<string, infer N> ? N : never): boolean =>
    remoteAs !== undefined || (group !== undefined && process.groups.get(group.value)?.remoteAs !== undefined);
  return [
    ...[...process.groups.values()].map(({ id }) => id),
    ...[...process.neighbours.values()].filter((one) => one.kind !== 'group' && known(one)).map(({ id }) => id),
  ];
}
