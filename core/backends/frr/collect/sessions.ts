import { parseIp } from '../../../config/address.ts';
import type { NetworkState, Session } from '../../../network/state.ts';
import type { RouterReading } from '../read-router.ts';
import type { BgpPeer } from '../readings.ts';
import { familyOf } from './bgp.ts';

type Reason = NonNullable<Session['reason']>;

/** What bgpd says of a session that is down (bgp_fsm.c peer_down_str, bgp_debug.c), as reasons of the model. */
const CODES: readonly (readonly [RegExp, Reason['code']])[] = [
  [/Bad Peer AS/i, 'as-mismatch'],
  [/admin/i, 'shutdown'],
  [/Waiting for NHT/i, 'no-route'],
  [/No AFI\/SAFI/i, 'not-activated'],
  [/max.?prefix|prefix.*limit|Maximum Number of Prefixes/i, 'maximum-prefix'],
  [/interface/i, 'interface-down'],
];

/**
 * Sessions as the daemons show them. The configuration says what belongs to each (the other end, the lines): that part
 * comes from the computed state, the rest is measured.
 */
export function sessionsOf(readings: Iterable<RouterReading>, computed: NetworkState): readonly Session[] {
  const known = new Map(computed.sessions.map((session) => [keyOf(session.node, session.vrf, session.peer), session]));
  const sessions: Session[] = [];
  for (const { node, bgp } of readings)
    for (const [vrf, peers] of bgp)
      for (const [name, peer] of peers) {
        const id = parseIp(name)?.text ?? name;
        sessions.push(sessionOf(node, vrf, id, peer, known.get(keyOf(node, vrf, id))));
      }
  // One that is configured and that bgpd does not list at all is down: its lines were not taken, or its VRF is not there.
  const listed = new Set(sessions.map((session) => keyOf(session.node, session.vrf, session.peer)));
  for (const [key, session] of known)
    if (!listed.has(key))
      sessions.push({
        ...session,
        state: 'down',
        reason:
          session.state === 'down' && session.reason
            ? session.reason
            : { code: 'not-established', text: 'bgpd does not list the session', spans: [] },
      });
  return sessions.sort((a, b) => compare(a.node, b.node) || compare(a.vrf, b.vrf) || compare(a.peer, b.peer));
}

const keyOf = (node: string, vrf: string, peer: string): string => `${node} ${vrf} ${peer}`;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function sessionOf(node: string, vrf: string, id: string, peer: BgpPeer, known: Session | undefined): Session {
  const up = peer.bgpState === 'Established';
  const families = Object.entries(peer.neighborCapabilities?.multiprotocolExtensions ?? {})
    .filter(([, flags]) => flags.advertisedAndReceived === true)
    .map(([name]) => familyOf(name))
    .sort();
  return {
    node,
    vrf,
    peer: id,
    peerNode: known?.peerNode ?? null,
    localAs: peer.localAs,
    remoteAs: peer.remoteAs === 0 ? (known?.remoteAs ?? null) : peer.remoteAs,
    type: peer.nbrInternalLink ? 'ibgp' : 'ebgp',
    families: up ? families : (known?.families ?? []),
    state: up ? 'established' : 'down',
    ...(!up && { reason: reasonOf(peer, known) }),
    span: known?.span ?? { line: 0, start: 0, end: 0 },
  };
}

function reasonOf(peer: BgpPeer, known: Session | undefined): Reason {
  const said = peer.lastNotificationReason ?? peer.lastResetDueTo ?? `state ${peer.bgpState}`;
  // The daemon knows that it is so, the configurations of both ends why.
  if (known?.reason) return { ...known.reason, text: `${known.reason.text} (bgpd: ${said})` };
  const code = peer.prefixOverflow ? 'maximum-prefix' : CODES.find(([pattern]) => pattern.test(said))?.[1];
  return {
    code: code ?? 'not-established',
    text: `bgpd says "${said}", state ${peer.bgpState}`,
    spans: known ? [{ node: known.node, span: known.span }] : [],
  };
}
