import type { Judgement } from '../judgement.ts';
import { absent, cite, fail, notApplicable, overAll, type Peer, pass, type Subject, untested } from '../subject.ts';
import type { Check, Topic } from './check.ts';

const NO_EXTERNAL = 'The device has no external BGP neighbour.';
const NO_INTERNAL = 'The device has no internal BGP neighbour.';

const overExternal =
  (judge: (subject: Subject, peer: Peer) => Judgement): Check =>
  (subject) =>
    overAll(
      subject,
      subject.peers.filter(({ external }) => external),
      NO_EXTERNAL,
      (peer) => judge(subject, peer),
    );

const named = ({ neighbour, process }: Peer): string =>
  `neighbour ${neighbour.id}${process.vrf === 'default' ? '' : ` in VRF ${process.vrf}`}`;

const gtsm = overExternal((subject, peer) => {
  const hops = peer.neighbour.ttlSecurityHops;
  return hops
    ? pass(cite(subject, hops.span, `${named(peer)}: packets from more than ${hops.value} hop(s) away are refused`))
    : fail(absent(subject, `${named(peer)}: no line refuses packets from afar (RFC 5082)`, peer.neighbour.span));
});

/** NX-OS checks by itself that a peer one hop away is connected; a line may switch that off. */
const connectedCheck = overExternal((subject, peer) => {
  const { disableConnectedCheck, ebgpMultihop } = peer.neighbour;
  if (disableConnectedCheck?.value)
    return fail(cite(subject, disableConnectedCheck.span, `${named(peer)}: the check that it is connected is off`));
  return pass(
    absent(
      subject,
      `${named(peer)}: ${ebgpMultihop ? 'it is several hops away by a line, so that' : 'no line switches off that'} the system checks the connection`,
      peer.neighbour.span,
    ),
  );
});

const maximumPrefix = overExternal((subject, peer) => {
  const families = [...peer.neighbour.families].filter(
    ([name, family]) => (name === 'ipv4-unicast' || name === 'ipv6-unicast') && family.activate?.value !== false,
  );
  const set = families.flatMap(([name, { maximumPrefix: limit }]) => (limit ? [{ name, limit }] : []));
  const [bad] = set.filter(({ limit }) => limit.value.limit === 0 || limit.value.action === 'warning-only');
  if (bad)
    return fail(
      cite(
        subject,
        bad.limit.span,
        `${named(peer)}: ${bad.limit.value.limit === 0 ? 'the number of routes is not limited' : 'more routes than the limit are only warned of'}`,
      ),
    );
  const without = families.find(([, { maximumPrefix: limit }]) => !limit);
  if (set.length === 0 || without)
    return fail(
      absent(
        subject,
        `${named(peer)}: no line limits how many routes are accepted${without ? ` in ${without[0]}` : ''}`,
        peer.neighbour.span,
      ),
    );
  return pass(
    ...set.map(({ name, limit }) =>
      cite(subject, limit.span, `${named(peer)}: at most ${limit.value.limit} routes in ${name}`),
    ),
  );
});

const firstAs = overExternal((subject, peer) => {
  const own = peer.neighbour.enforceFirstAs ?? peer.process.options.enforceFirstAs;
  if (own)
    return (own.value ? pass : fail)(
      cite(
        subject,
        own.span,
        `${named(peer)}: that its AS comes first in the path is ${own.value ? '' : 'not '}enforced`,
      ),
    );
  return subject.behaviour.bgp.enforceFirstAs
    ? pass(
        absent(
          subject,
          `${named(peer)}: that its AS comes first in the path is enforced by default`,
          peer.neighbour.span,
        ),
      )
    : fail(
        absent(subject, `${named(peer)}: no line enforces that its AS comes first in the path`, peer.neighbour.span),
      );
});

const uniqueKeys: Check = (subject) => {
  const external = subject.peers.filter((peer) => peer.external);
  const systems = new Set(external.map(({ asn }) => asn));
  if (systems.size < 2) return notApplicable(subject, 'The device has neighbours in fewer than two other AS.');
  return overAll(subject, external, NO_EXTERNAL, (peer) => {
    const { password, authenticatedBy } = peer.neighbour;
    const key = password?.value.text ?? authenticatedBy?.keyChain?.value;
    const span = password?.span ?? authenticatedBy?.keyChain?.span;
    if (key === undefined || span === undefined)
      return fail(absent(subject, `${named(peer)}: the session has no key`, peer.neighbour.span));
    const shared = external.find(
      (other) =>
        other.asn !== peer.asn &&
        (other.neighbour.password?.value.text ?? other.neighbour.authenticatedBy?.keyChain?.value) === key,
    );
    if (shared) return fail(cite(subject, span, `${named(peer)}: the key is that of ${named(shared)} in another AS`));
    // An obfuscation with a random salt makes two texts of one key.
    const comparable = password === undefined || password.value.storage === 'plain';
    return (comparable ? pass : untested)(
      cite(
        subject,
        span,
        `${named(peer)}: the key ${comparable ? 'is used for no other AS' : 'is stored obfuscated, so that it cannot be compared with others'}`,
      ),
    );
  });
};

const fromLoopback: Check = (subject) =>
  overAll(
    subject,
    subject.peers.filter(({ external }) => !external),
    NO_INTERNAL,
    (peer) => {
      const source = peer.neighbour.updateSource ?? peer.neighbour.localAddress;
      if (!source) {
        if (subject.behaviour.internalSessionsFromLoopback)
          return pass(
            absent(
              subject,
              `${named(peer)}: internal sessions have the loopback's address by default`,
              peer.neighbour.span,
            ),
          );
        return fail(
          absent(subject, `${named(peer)}: no line gives the session the loopback's address`, peer.neighbour.span),
        );
      }
      const { interfaces } = subject.device;
      const port =
        interfaces.get(source.value) ??
        [...interfaces.values()].find(
          ({ name, addresses }) =>
            name.toLowerCase() === source.value.toLowerCase() ||
            addresses.some(({ address }) => address === source.value),
        );
      if (!port)
        return untested(
          cite(
            subject,
            source.span,
            `${named(peer)}: ${source.value} is not an interface or address of the configuration`,
          ),
        );
      return (port.kind === 'loopback' ? pass : fail)(
        cite(subject, source.span, `${named(peer)}: the session has the address of ${port.name}`),
      );
    },
  );

export const bgpSessionTopics = {
  gtsm: { title: 'External BGP sessions refuse packets from afar', check: gtsm },
  'bgp-connected-check': { title: 'That external neighbours are connected is checked', check: connectedCheck },
  'maximum-prefix': { title: 'External neighbours may send a limited number of routes', check: maximumPrefix },
  'first-as': { title: 'The neighbour’s AS comes first in its paths', check: firstAs },
  'unique-keys': { title: 'Sessions with different AS have different keys', check: uniqueKeys },
  'ibgp-from-loopback': { title: 'Internal BGP sessions have the loopback’s address', check: fromLoopback },
} satisfies Record<string, Topic>;
