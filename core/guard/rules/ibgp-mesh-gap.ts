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

type Group = ReadonlyMap<string, Speaker>;

const isSession = (group: Group, a: string, b: string): boolean =>
  group.get(a)?.peers.has(b) === true && group.get(b)?.peers.has(a) === true;

/**
 * Who has a route once a speaker has it (RFC 4456 section 6: a reflector passes on what it has from a client to all,
 * and what it has from others to its clients).
 */
function heardFrom(group: Group, speaker: Speaker, fromClient: boolean): ReadonlySet<string> {
  const heard = new Set([speaker.node.name]);
  const seen = new Set<string>();
  const pending = [{ at: speaker, fromClient }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { at } = next;
    const state = `${at.node.name} ${next.fromClient}`;
    if (seen.has(state)) continue;
    seen.add(state);
    heard.add(at.node.name);
    for (const [peer, { isClient }] of at.peers) {
      const to = group.get(peer);
      if (!to || !(next.fromClient || isClient) || !isSession(group, at.node.name, peer)) continue;
      if (isReflector(to)) pending.push({ at: to, fromClient: to.peers.get(at.node.name)?.isClient === true });
      else heard.add(peer);
    }
  }
  return heard;
}

/** Who hears a speaker's own routes. What its peers make of them is computed once per peer and kind of sender. */
function hearersOf(group: Group, remember: Map<string, ReadonlySet<string>>) {
  return (origin: Speaker): ReadonlySet<string> => {
    const heard = new Set([origin.node.name]);
    for (const peer of origin.peers.keys()) {
      const to = group.get(peer);
      if (!to || !isSession(group, origin.node.name, peer)) continue;
      heard.add(peer);
      if (!isReflector(to)) continue;
      const fromClient = to.peers.get(origin.node.name)?.isClient === true;
      const key = `${peer} ${fromClient}`;
      const further = remember.get(key) ?? heardFrom(group, to, fromClient);
      remember.set(key, further);
      for (const name of further) heard.add(name);
    }
    return heard;
  };
}

/** Speakers that are connected by internal sessions at all, whoever reflects. */
function connectedTo(origin: Speaker, speakers: Group): ReadonlySet<string> {
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
      const hearers = hearersOf(speakers, new Map());
      const components = new Map<string, ReadonlySet<string>>();
      return group.flatMap((speaker): Found[] => {
        const component = components.get(speaker.node.name) ?? connectedTo(speaker, speakers);
        for (const name of component) components.set(name, component);
        const heard = hearers(speaker);
        // Two reflectors of the same clients often have no session with each other, by design.
        const missing = [...component]
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
