import type { Span } from '../../../config/span.ts';
import { isOutsideNode } from '../../outside.ts';
import type { Session } from '../../state.ts';
import type { L3Interface } from '../../topology.ts';
import type { Context, Ribs } from '../protocol.ts';
import { acceptableAs, attachedTo, hasOwnList, type Neighbour, ownAs, rangeAdmits, shownAs, typeOf } from './ends.ts';
import type { Speaker } from './model.ts';
import { passwordsDiffer } from './password.ts';

export type Reason = NonNullable<Session['reason']>;

/** Two configured neighbours that mean each other. */
export interface Pair {
  readonly a: Neighbour;
  readonly b: Neighbour;
}

export const failed = (
  code: Reason['code'],
  text: string,
  ...places: readonly (readonly [Neighbour | Speaker, Span | undefined])[]
): Reason => ({
  code,
  text,
  spans: places.flatMap(([who, span]) => (span ? [{ node: nodeOf(who), span }] : [])),
});
/** A session that an interface keeps down: the lines of the neighbour and of whatever keeps the interface down. */
export const interfaceDown = (text: string, a: Neighbour, { downCause, table, config }: L3Interface): Reason => ({
  code: 'interface-down',
  text,
  spans: [{ node: nodeOf(a), span: a.settings.span }, downCause ?? { node: table.node, span: config.span }],
});
const nodeOf = (who: Neighbour | Speaker): string => ('speaker' in who ? who.speaker : who).table.node;
export const vrfText = (speaker: Speaker): string =>
  speaker.table.vrf === 'default' ? '' : ` in VRF ${speaker.table.vrf}`;

/** AS that `a` expects of `b`: as configured, or what `b` shows where `a` asks for any internal or external one. */
export function askedAs(a: Neighbour, b: Neighbour): number {
  const asked = a.settings.remoteAs?.value;
  if (asked === 'internal') return ownAs(a.speaker, a.settings);
  return typeof asked === 'number' ? asked : shownAs(b.speaker, b.settings, ownAs(a.speaker, a.settings));
}

/** Hops that packets of a session may take. */
const hopsOf = (a: Neighbour): number => a.settings.ebgpMultihop?.value ?? a.settings.ttlSecurityHops?.value ?? 1;

/** Whether the end can reach the other one; the reason when it cannot. */
function checkReach(
  { topology }: Context,
  ribs: Ribs,
  a: Neighbour,
  b: Neighbour,
  external: boolean,
): Reason | undefined {
  if (!a.address) return undefined;
  const { speaker, settings, address } = a;
  const node = speaker.table.node;
  const attached = attachedTo(topology, speaker, address);
  if (attached?.one.up) {
    const owner = topology.ownersOf(address.text).find((one) => one.table === b.speaker.table);
    if (owner && !owner.up)
      return interfaceDown(
        `${owner.name} of ${owner.table.node}, which has ${a.peer}, is down: ${owner.downReason}`,
        a,
        owner,
      );
    if (owner && owner.config.kind !== 'loopback' && !topology.neighboursOf(attached.one).includes(owner))
      return failed(
        'not-connected',
        `no link joins ${node} ${attached.one.name} and ${owner.table.node} ${owner.name}`,
        [a, settings.span],
        [b, b.settings.span],
      );
    return undefined;
  }
  const anywhere = settings.disableConnectedCheck?.value ?? speaker.process.options.disableConnectedCheck?.value;
  if (external && hopsOf(a) <= 1 && !anywhere) {
    if (attached)
      return interfaceDown(`${attached.one.name} of ${node} is down: ${attached.one.downReason}`, a, attached.one);
    return failed(
      'multihop',
      `${a.peer} is not on a network of ${node}, and ${node} has no ebgp-multihop for it`,
      [a, settings.span],
      [b, b.settings.span],
    );
  }
  const resolution = ribs.resolve(speaker.table, address);
  if (resolution && !resolution.nextHops.every((hop) => hop.drop)) return undefined;
  if (attached)
    return interfaceDown(`${attached.one.name} of ${node} is down: ${attached.one.downReason}`, a, attached.one);
  return failed('no-route', `${node} has no route to ${a.peer}`, [a, settings.span], [b, b.settings.span]);
}

function checkAs(a: Neighbour, b: Neighbour): Reason | undefined {
  const asked = a.settings.remoteAs?.value;
  const mine = shownAs(a.speaker, a.settings, typeof asked === 'number' ? asked : undefined);
  const shown = acceptableAs(b.speaker, b.settings, mine);
  if (
    a.listenRange &&
    a.address &&
    !shown.some((asn) => rangeAdmits(a.speaker, a.address as NonNullable<typeof a.address>, asn))
  )
    return failed(
      'as-mismatch',
      `${a.speaker.table.node} does not accept AS ${shown[0]} from ${a.peer}`,
      [a, a.settings.span],
      [b, b.speaker.process.asn.span],
    );
  // A range with a list of ASes of its own needs no remote-as.
  if (asked === undefined && a.listenRange && a.address && hasOwnList(a.speaker, a.address)) return undefined;
  if (asked === undefined)
    return failed('no-remote-as', `${a.speaker.table.node} has no remote-as for ${a.peer}`, [a, a.settings.span]);
  const fits =
    asked === 'internal'
      ? shown.includes(ownAs(a.speaker, a.settings))
      : asked === 'external'
        ? shown.some((asn) => asn !== ownAs(a.speaker, a.settings))
        : shown.includes(asked);
  if (fits) return undefined;
  const wanted = typeof asked === 'number' ? `AS ${asked}` : `an ${asked} AS`;
  const span = b.settings.localAs?.span ?? b.speaker.process.asn.span;
  return failed(
    'as-mismatch',
    `${a.speaker.table.node} expects ${wanted} of ${a.peer}, and ${b.speaker.table.node} is AS ${shown[0]}`,
    [a, a.settings.remoteAs?.span],
    [b, span],
  );
}

/** RFC 5082: a guarded end takes only packets that cannot have passed more routers than it allows. */
function checkTtl(a: Neighbour, b: Neighbour): Reason | undefined {
  const guard = a.settings.ttlSecurityHops;
  if (!guard || b.settings.ttlSecurityHops || hopsOf(b) >= 255) return undefined;
  return failed(
    'ttl-security',
    `${a.speaker.table.node} takes packets of ${a.peer} only with a TTL of ${255 - guard.value} or more, and ${b.speaker.table.node} sends ${hopsOf(b)}`,
    [a, guard.span],
    [b, b.settings.span],
  );
}

/** Whether the session is external as `a` sees it. */
function isExternal(a: Neighbour, b: Neighbour): boolean {
  const remoteAs = askedAs(a, b);
  return typeOf(a.speaker, shownAs(a.speaker, a.settings, remoteAs), remoteAs) !== 'ibgp';
}

/** Why two ends that mean each other have no session; undefined when they have. */
export function check(
  context: Context,
  ribs: Ribs,
  { a, b }: Pair,
  sourceOf: (neighbour: Neighbour) => string | undefined,
): Reason | undefined {
  const [nodeA, nodeB] = [a.speaker.table.node, b.speaker.table.node];
  for (const [near, far] of [
    [a, b],
    [b, a],
  ] as const) {
    if (near.settings.shutdown?.value)
      return failed(
        'shutdown',
        `${nodeOf(near)} has shut the neighbour ${near.peer} down`,
        [near, near.settings.shutdown.span],
        [far, far.settings.span],
      );
  }
  const external = isExternal(a, b) || isExternal(b, a);
  const member = a.speaker.confederation?.members.has(askedAs(a, b)) ?? false;
  const reach =
    checkReach(context, ribs, a, b, external && !member) ?? checkReach(context, ribs, b, a, external && !member);
  if (reach) return reach;
  const as = checkAs(a, b) ?? checkAs(b, a);
  if (as) return as;
  if (external) {
    const ttl = checkTtl(a, b) ?? checkTtl(b, a);
    if (ttl) return ttl;
  }
  // What a declared neighbour outside of the lab has as a password is not asked.
  if (!isOutsideNode(nodeA) && !isOutsideNode(nodeB) && passwordsDiffer(context, a, b))
    return failed(
      'password-mismatch',
      `${nodeA} and ${nodeB} do not have the same password for their session`,
      [a, a.settings.password?.span ?? a.settings.span],
      [b, b.settings.password?.span ?? b.settings.span],
    );
  if (!external && a.speaker.routerId === b.speaker.routerId)
    return failed(
      'router-id-conflict',
      `${nodeA} and ${nodeB} have the same router id ${a.speaker.routerId}`,
      [a, a.speaker.process.routerId?.span],
      [b, b.speaker.process.routerId?.span],
    );
  for (const one of [a, b])
    if (one.families.length === 0)
      return failed('not-activated', `${nodeOf(one)} has activated no address family for ${one.peer}`, [
        one,
        one.settings.span,
      ]);
  if (!a.families.some((family) => b.families.includes(family)))
    return failed(
      'no-common-family',
      `${nodeA} has ${a.families.join(', ')} with ${a.peer}, and ${nodeB} has ${b.families.join(', ')}`,
      [a, a.settings.span],
      [b, b.settings.span],
    );
  const opens = (one: Neighbour, other: Neighbour): boolean =>
    !one.settings.passive?.value && !one.listenRange && (!one.address || sourceOf(one) === other.peer);
  if (!opens(a, b) && !opens(b, a))
    return failed(
      'passive-both',
      `neither ${nodeA} nor ${nodeB} opens the session: each waits for the other`,
      [a, a.settings.passive?.span ?? a.settings.span],
      [b, b.settings.passive?.span ?? b.settings.span],
    );
  return undefined;
}
