import type { Snapshot, SnapshotNode } from '../../network/snapshot.ts';
import { familySetting, isActive, isExternal, isShutdown, neighboursOf, type Process } from '../bgp.ts';
import { groupBy } from '../group-by.ts';
import { peerOf } from '../peers.ts';
import { head } from '../restore.ts';
import { type RawFinding, rule } from '../rule.ts';

type Found = RawFinding & { readonly node: string };

interface Speaker {
  readonly node: SnapshotNode;
  readonly process: Process;
  /** Internal peers, and whether this speaker reflects to them as clients. */
  readonly peers: ReadonlyMap<string, { readonly isClient: boolean }>;
}

function speakersOf(snapshot: Snapshot): Speaker[] {
  return [...snapshot.nodes.values()].flatMap((node) =>
    node.config.device.bgp
      .filter(({ vrf, options }) => vrf === 'default' && !options.confederation)
      .map((process): Speaker => {
        const peers = neighboursOf(node.config.device).flatMap(({ process: owner, neighbour }) => {
          const isInternal = owner === process && isExternal(process, neighbour) === false;
          if (
            !isInternal ||
            isShutdown(process, neighbour) ||
            !isActive(node.config, process, neighbour, 'ipv4-unicast')
          )
            return [];
          const peer = peerOf(snapshot, { node, process, neighbour });
          const client = familySetting(process, neighbour, 'ipv4-unicast', (from) => from.routeReflectorClient);
          return peer ? [[peer.node.name, { isClient: client?.value.value === true }] as const] : [];
        });
        return { node, process, peers: new Map(peers) };
      }),
  );
}

/** Speakers that hear the routes of one (RFC 4456 section 6: a reflector passes on from and to its clients). */
function heardBy(origin: Speaker, speakers: ReadonlyMap<string, Speaker>): ReadonlySet<string> {
  const heard = new Set([origin.node.name]);
  const isSession = (a: string, b: string): boolean =>
    speakers.get(a)?.peers.has(b) === true && speakers.get(b)?.peers.has(a) === true;
  const pending: { at: Speaker; from?: string }[] = [{ at: origin }];
  const seen = new Set<string>();
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { at, from } = next;
    const fromClient = from === undefined || at.peers.get(from)?.isClient === true;
    const state = `${at.node.name} ${fromClient}`;
    if (seen.has(state)) continue;
    seen.add(state);
    heard.add(at.node.name);
    for (const [peer, { isClient }] of at.peers) {
      const to = speakers.get(peer);
      if (to && peer !== from && (fromClient || isClient) && isSession(at.node.name, peer))
        pending.push({ at: to, from: at.node.name });
    }
  }
  return heard;
}

/** Speakers that are connected by internal sessions at all, whoever reflects. */
function connectedTo(origin: Speaker, speakers: ReadonlyMap<string, Speaker>): ReadonlySet<string> {
  const found = new Set([origin.node.name]);
  const pending = [origin];
  for (let next = pending.pop(); next; next = pending.pop())
    for (const peer of next.peers.keys()) {
      const to = speakers.get(peer);
      if (!to || found.has(peer)) continue;
      found.add(peer);
      pending.push(to);
    }
  return found;
}

const isReflector = (speaker: Speaker | undefined): boolean =>
  speaker !== undefined && [...speaker.peers.values()].some(({ isClient }) => isClient);

export default rule({
  id: 'ibgp-mesh-gap',
  number: 27,
  priority: 'P1',
  scope: 'network',
  title: 'Gap in the internal BGP mesh',
  why: 'An internal neighbour does not pass on what it learned from another internal neighbour, unless it is a route reflector. A router without a session to a reflector, or to all others, misses routes.',
  sources: ['RFC 4271 section 9.2.1', 'RFC 4456, BGP route reflection'],
  remedy: 'Add the missing session, or make one of the routers a client of a route reflector.',
  check: ({ snapshot }) =>
    [...groupBy(speakersOf(snapshot), ({ process }) => process.asn.value)].flatMap(([asn, group]) => {
      const speakers = new Map(group.map((speaker) => [speaker.node.name, speaker]));
      return group.flatMap((speaker): Found[] => {
        const heard = heardBy(speaker, speakers);
        // Two reflectors of the same clients often have no session with each other, by design.
        const missing = [...connectedTo(speaker, speakers)]
          .filter((name) => !heard.has(name) && !(isReflector(speaker) && isReflector(speakers.get(name))))
          .sort();
        if (missing.length === 0) return [];
        const names = missing.slice(0, 3).join(', ') + (missing.length > 3 ? ` and ${missing.length - 3} more` : '');
        return [
          {
            node: speaker.node.name,
            span: head(speaker.process.span),
            message: `routes of ${speaker.node.name} do not reach ${names} in AS ${asn}: no session and no route reflector between them`,
            key: `mesh ${missing.join(' ')}`,
          },
        ];
      });
    }),
});
