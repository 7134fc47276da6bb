import { parseIp } from '../../../config/address.ts';
import type { Session } from '../../state.ts';
import type { L3Interface, Topology } from '../../topology.ts';
import type { Context, Ribs } from '../protocol.ts';
import {
  attachedTo,
  dynamicNeighbour,
  endOf,
  type Neighbour,
  neighboursOf,
  ownAs,
  shownAs,
  sourceAddress,
  typeOf,
} from './ends.ts';
import type { Peering, Speaker } from './model.ts';
import { askedAs, check, failed, interfaceDown, type Pair, type Reason, vrfText } from './session-checks.ts';

export interface SessionTable {
  readonly sessions: readonly Session[];
  /** Ends of established sessions, numbered. */
  readonly peerings: readonly Peering[];
}

/** Key of one end, by which an end is taken out of service (maximum-prefix). */
export const endKey = (speaker: Speaker, peer: string): string => `${speaker.index} ${peer}`;

/** Establishes sessions from the configurations of both ends; the static part is prepared once. */
export function prepareSessions(
  context: Context,
  speakers: readonly Speaker[],
): (ribs: Ribs, stopped: ReadonlyMap<string, Reason>) => SessionTable {
  const { topology } = context;
  const byTable = new Map(speakers.map((speaker) => [speaker.table.index, speaker]));
  const neighbours = speakers.map((speaker) => neighboursOf(speaker));

  return (ribs, stopped) => {
    const sources = new Map<Neighbour, string | undefined>();
    const sourceOf = (neighbour: Neighbour): string | undefined => {
      if (!sources.has(neighbour)) sources.set(neighbour, sourceAddress(topology, ribs, neighbour));
      return sources.get(neighbour);
    };

    /** Configured neighbours of `speaker` that mean the table of `other`. */
    const pointingAt = (speaker: Speaker, other: Speaker): readonly Neighbour[] =>
      (neighbours[speaker.index] ?? []).filter(
        ({ address }) => address && topology.ownersOf(address.text).some((owner) => owner.table === other.table),
      );

    const pairs = new Map<Neighbour, { readonly pair: Pair | undefined; readonly reason: Reason | undefined }>();

    /** The partner of a neighbour that is named by an address, or why there is none. */
    const partnerByAddress = (a: Neighbour): Pair | Reason => {
      const address = a.address as NonNullable<Neighbour['address']>;
      const { speaker, settings } = a;
      const owners = topology.ownersOf(address.text).filter((owner) => owner.table !== speaker.table);
      if (owners.length === 0) return outside(topology, a);
      const answers: (Pair | Reason)[] = [];
      for (const owner of preferNear(topology, speaker, address, owners)) {
        const other = byTable.get(owner.table.index);
        if (!other) {
          answers.push(withoutProcess(speakers, a, owner));
          continue;
        }
        const from = sourceOf(a);
        const back = pointingAt(other, speaker);
        // An interface that is down is no source, and still says which neighbour is meant.
        const meant = attachedTo(topology, speaker, address)?.own;
        const exact = [from, undefined, meant]
          .map((source) => back.find((b) => (source === undefined ? sourceOf(b) === a.peer : b.peer === source)))
          .find((b) => b !== undefined);
        if (exact) return { a, b: exact };
        const source = from === undefined ? undefined : parseIp(from);
        const accepted = source && dynamicNeighbour(other, source);
        if (accepted) return { a, b: accepted };
        if (back[0]) {
          const text = `${speaker.table.node} speaks from ${from ?? 'no address'}, and ${other.table.node} knows it as ${back.map((b) => b.peer).join(', ')}`;
          answers.push(
            failed(
              'source-mismatch',
              text,
              [a, settings.updateSource?.span ?? settings.span],
              [other, back[0].settings.span],
            ),
          );
        } else {
          const text = `${other.table.node} owns ${a.peer} and has no neighbour ${from ?? speaker.table.node}${vrfText(other)}`;
          answers.push(failed('no-return-neighbour', text, [a, settings.span], [other, other.process.span]));
        }
      }
      return answers[0] as Reason;
    };

    /** The partner of a neighbour that is named by an interface: whoever does the same at the other end of the link. */
    const partnerByInterface = (a: Neighbour): Pair | Reason => {
      const { speaker, settings, peer } = a;
      const one = topology.interfaceOf(speaker.table.node, settings.id);
      if (!one || one.table !== speaker.table)
        return failed('interface-down', `${speaker.table.node} has no interface ${peer}${vrfText(speaker)}`, [
          a,
          settings.span,
        ]);
      if (!one.up) return interfaceDown(`${peer} of ${speaker.table.node} is down: ${one.downReason}`, a, one);
      const far = topology.neighboursOf(one);
      for (const other of far) {
        const b = (neighbours[byTable.get(other.table.index)?.index ?? -1] ?? []).find(
          (candidate) => !candidate.address && candidate.settings.id.toLowerCase() === other.name.toLowerCase(),
        );
        if (b) return { a, b };
      }
      if (far[0])
        return failed(
          'no-return-neighbour',
          `${far.map((other) => `${other.table.node} ${other.name}`).join(', ')} at the other end of ${peer} has no unnumbered neighbour there`,
          [a, settings.span],
        );
      return failed('peer-outside', `nobody in the lab is at the other end of ${peer}`, [a, settings.span]);
    };

    for (const list of neighbours) {
      for (const a of list) {
        const { settings, speaker } = a;
        if (settings.shutdown?.value) {
          const reason = failed('shutdown', `${speaker.table.node} has shut the neighbour ${a.peer} down`, [
            a,
            settings.shutdown.span,
          ]);
          pairs.set(a, { pair: undefined, reason });
          continue;
        }
        if (!settings.remoteAs) {
          const reason = failed('no-remote-as', `${speaker.table.node} has no remote-as for the neighbour ${a.peer}`, [
            a,
            settings.span,
          ]);
          pairs.set(a, { pair: undefined, reason });
          continue;
        }
        const found = a.address ? partnerByAddress(a) : partnerByInterface(a);
        pairs.set(a, 'code' in found ? { pair: undefined, reason: found } : { pair: found, reason: undefined });
      }
    }

    const sessions: Session[] = [];
    const peerings: Peering[] = [];
    const done = new Set<Neighbour>();

    const describe = (
      a: Neighbour,
      b: Neighbour | undefined,
      reason: Reason | undefined,
      families: Neighbour['families'],
    ): Session => {
      const { speaker, settings } = a;
      const asked = settings.remoteAs?.value;
      const remoteAs =
        typeof asked === 'number'
          ? asked
          : b
            ? shownAs(b.speaker, b.settings, undefined)
            : asked === 'internal'
              ? ownAs(speaker, settings)
              : null;
      const localAs = shownAs(speaker, settings, remoteAs ?? undefined);
      const external = remoteAs === null ? asked !== 'internal' : typeOf(speaker, localAs, remoteAs) !== 'ibgp';
      return {
        node: speaker.table.node,
        vrf: speaker.table.vrf,
        peer: a.peer,
        peerNode: b?.speaker.table.node ?? ownerNode(topology, a),
        localAs,
        remoteAs,
        type: external ? 'ebgp' : 'ibgp',
        families,
        state: reason ? 'down' : 'established',
        ...(reason && { reason: seenFrom(a, reason) }),
        span: settings.span,
      };
    };

    const establish = ({ a, b }: Pair): void => {
      const common = a.families.filter((family) => b.families.includes(family));
      const asB = askedAs(a, b);
      const asA = askedAs(b, a);
      const near = attachedInterface(topology, a);
      const far = attachedInterface(topology, b);
      const first: Peering = {
        ...endOf(topology, a, sourceOnPair(a, b, sourceOf), asB, near),
        families: common,
        index: peerings.length,
        dynamic: a.listenRange ?? false,
        reverse: undefined as unknown as Peering,
      };
      const second: Peering = {
        ...endOf(topology, b, sourceOnPair(b, a, sourceOf), asA, far),
        families: common,
        index: peerings.length + 1,
        dynamic: b.listenRange ?? false,
        reverse: first,
      };
      (first as { reverse: Peering }).reverse = second;
      peerings.push(first, second);
      sessions.push(describe(a, b, undefined, common), describe(b, a, undefined, common));
    };

    for (const list of neighbours) {
      for (const a of list) {
        if (done.has(a)) continue;
        const { pair, reason } = pairs.get(a) as NonNullable<ReturnType<typeof pairs.get>>;
        done.add(a);
        if (!pair) {
          sessions.push(describe(a, undefined, reason, a.families));
          continue;
        }
        const { b } = pair;
        const answer = b.listenRange ? { a: b, b: a } : pairs.get(b)?.pair;
        const own =
          answer?.b === a
            ? (check(context, ribs, pair, sourceOf) ??
              stopped.get(endKey(a.speaker, a.peer)) ??
              stopped.get(endKey(b.speaker, b.peer)))
            : (pairs.get(b)?.reason ??
              failed(
                'source-mismatch',
                `${b.speaker.table.node} has its session for ${b.peer} with another neighbour`,
                [a, a.settings.span],
                [b, b.settings.span],
              ));
        if (!own) establish(pair);
        else {
          sessions.push(describe(a, b, own, a.families));
          if (answer?.b === a && !b.listenRange) sessions.push(describe(b, a, own, b.families));
        }
        if (answer?.b === a) done.add(b);
      }
    }
    return { sessions, peerings };
  };
}

/** The reason with a line of the end itself in front, where it has none. */
const seenFrom = ({ speaker, settings }: Neighbour, reason: Reason): Reason =>
  reason.spans.some(({ node }) => node === speaker.table.node)
    ? reason
    : { ...reason, spans: [{ node: speaker.table.node, span: settings.span }, ...reason.spans] };

/** The address that an end uses on a session: its own source where the other end knows it, else what the other end dials. */
function sourceOnPair(
  a: Neighbour,
  b: Neighbour,
  sourceOf: (neighbour: Neighbour) => string | undefined,
): string | undefined {
  return b.address?.text ?? sourceOf(a);
}

/** Owners on a shared segment first: an address that is used twice means the near one. */
function preferNear(
  topology: Topology,
  speaker: Speaker,
  address: NonNullable<Neighbour['address']>,
  owners: readonly L3Interface[],
): readonly L3Interface[] {
  const attached = attachedTo(topology, speaker, address)?.one;
  if (!attached || owners.length === 1) return owners;
  const near = new Set(topology.neighboursOf(attached));
  return [...owners.filter((owner) => near.has(owner)), ...owners.filter((owner) => !near.has(owner))];
}

const ownerNode = (topology: Topology, a: Neighbour): string | null => {
  if (!a.address) return null;
  const owners = new Set(topology.ownersOf(a.address.text).map((owner) => owner.table.node));
  owners.delete(a.speaker.table.node);
  return owners.size === 1 ? ([...owners][0] ?? null) : null;
};

/** Why nobody answers for an address that no device of the lab owns. */
function outside(topology: Topology, a: Neighbour): Reason {
  const { speaker, settings, address } = a;
  const attached = address && attachedTo(topology, speaker, address);
  if (attached && !attached.one.up) {
    const { name, downReason } = attached.one;
    return interfaceDown(`${name} of ${speaker.table.node} is down: ${downReason}`, a, attached.one);
  }
  const near = attached ? topology.neighboursOf(attached.one) : [];
  // Where every link is known and the segment holds only devices of the lab, an address that none has is a mistake.
  if (attached && near.length > 0 && topology.snapshot.linksComplete && !reachesUnmodelled(topology, attached.one)) {
    const there = near
      .map((other) => `${other.table.node} ${other.addresses.map(({ ip }) => ip.text).join(', ')}`)
      .join('; ');
    return failed(
      'not-connected',
      `nobody on the segment of ${speaker.table.node} ${attached.one.name} has ${a.peer} (there: ${there})`,
      [a, settings.span],
    );
  }
  return failed('peer-outside', `${a.peer} belongs to no device of the lab`, [a, settings.span]);
}

/** Whether the interface's own link ends at a node without a configuration, behind which anybody may be. */
function reachesUnmodelled({ snapshot }: Topology, one: L3Interface): boolean {
  const unmodelled = new Set(snapshot.unmodelledNodes.map((node) => node.name));
  return snapshot.links.some(({ a, b }) => {
    const [near, far] = a.node === one.table.node ? [a, b] : [b, a];
    return (
      near.node === one.table.node &&
      near.interface.toLowerCase() === one.name.toLowerCase() &&
      unmodelled.has(far.node)
    );
  });
}

/** The owner's table has no BGP: it is configured in another VRF, or not at all. */
function withoutProcess(speakers: readonly Speaker[], a: Neighbour, owner: L3Interface): Reason {
  const { node, vrf } = owner.table;
  const elsewhere = speakers.filter((speaker) => speaker.table.node === node);
  const text = `${node} owns ${a.peer} on ${owner.name}${vrf === 'default' ? '' : ` in VRF ${vrf}`}`;
  const other = elsewhere[0];
  return other
    ? failed(
        'vrf-mismatch',
        `${text} and runs BGP only${elsewhere.map((one) => vrfText(one) || ' in the global table').join(',')}`,
        [a, a.settings.span],
        [other, other.process.span],
      )
    : failed('no-return-neighbour', `${text} and runs no BGP`, [a, a.settings.span]);
}

function attachedInterface(topology: Topology, a: Neighbour): L3Interface | undefined {
  if (!a.address) return topology.interfaceOf(a.speaker.table.node, a.settings.id);
  const attached = attachedTo(topology, a.speaker, a.address)?.one;
  return attached?.up ? attached : undefined;
}
