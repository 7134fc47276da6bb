import { parsePrefix } from '../../config/address.ts';
import { BOGONS } from '../bogons.ts';
import type { Judgement } from '../judgement.ts';
import { filterOf, type RouteQuestion, routeQuestions, type SampleRoute } from '../route-filters.ts';
import { absent, cite, fail, notApplicable, overAll, type Peer, pass, type Subject, untested } from '../subject.ts';
import type { Check, Topic } from './check.ts';

/*
 * What the filters of an external neighbour do with routes is not read off their text: routes are put to them, as they
 * would be received or sent. The samples are named in the evidence.
 */

/** Does not stand for anybody: RFC 5398 documents it. */
const FOREIGN_AS = 64510;

/** Public prefixes of several lengths that no lab originates; a route of somebody else. */
const FOREIGN = ['8.8.8.0/24', '17.0.0.0/8', '91.198.174.0/24', '2.16.0.0/13'];

/** Longer than a /24, of public address space. */
const LONG = ['8.8.8.0/25', '17.5.4.128/26', '91.198.174.16/28', '2.16.1.1/32'];

/** A prefix and a shorter stretch of it, so that a filter of the exact prefix alone is not enough. */
function withPart(text: string): readonly string[] {
  const prefix = parsePrefix(text);
  if (prefix?.version !== 4 || prefix.length >= 32) return [text];
  const base = text.slice(0, text.indexOf('/'));
  return [text, `${base}/${Math.max(24, prefix.length + 1)}`];
}

const overExternal =
  (direction: 'in' | 'out', samples: (subject: Subject, peer: Peer) => readonly SampleRoute[], what: string): Check =>
  (subject) => {
    const external = subject.peers.filter(
      ({ external: other, neighbour }) =>
        other && neighbour.families.get('ipv4-unicast')?.activate?.value !== false && !neighbour.id.includes(':'),
    );
    return overAll(subject, external, 'The device has no external BGP neighbour for IPv4.', (peer): Judgement => {
      const name = `neighbour ${peer.neighbour.id}`;
      const asked = samples(subject, peer);
      if (asked.length === 0)
        return {
          status: 'not_applicable',
          citations: [absent(subject, `${name}: there is nothing to ask about`, peer.neighbour.span)],
        };
      const filter = filterOf(peer.neighbour, 'ipv4-unicast', direction);
      const ask: RouteQuestion = routeQuestions(subject, peer);
      let unclear: Judgement | undefined;
      for (const sample of asked) {
        const { answer, span } = ask(direction, sample);
        if (answer === 'permit')
          return filter
            ? fail(
                cite(
                  subject,
                  span,
                  `${name}: a route to ${sample.prefix} is ${direction === 'in' ? 'accepted' : 'sent'}`,
                ),
              )
            : fail(absent(subject, `${name}: no filter stops ${what}`, peer.neighbour.span));
        if (answer === 'unclear')
          unclear ??= untested(
            cite(subject, span, `${name}: whether a route to ${sample.prefix} passes depends on what is not modelled`),
          );
      }
      return (
        unclear ??
        pass(
          cite(
            subject,
            filter ?? peer.neighbour.span,
            `${name}: all of ${asked.length} sample routes of ${what} are rejected`,
          ),
        )
      );
    });
  };

const routesOf = (peer: Peer, prefixes: readonly string[]): readonly SampleRoute[] =>
  prefixes.map((prefix) => ({ prefix, asPath: [peer.asn ?? FOREIGN_AS, FOREIGN_AS] }));

const bogonRoutes = overExternal('in', (_, peer) => routesOf(peer, BOGONS.flatMap(withPart)), 'bogon prefixes');

const longPrefixes = overExternal('in', (_, peer) => routesOf(peer, LONG), 'prefixes longer than /24');

/** What this AS announces by its own lines, in the same VRF. */
const ownPrefixes = ({ device }: Subject, { process }: Peer): readonly string[] => [
  ...new Set([
    ...[...process.families.values()].flatMap(({ family, networks, aggregates }) =>
      family === 'ipv4-unicast' ? [...networks, ...aggregates].map(({ prefix }) => prefix) : [],
    ),
    ...device.aggregateRoutes
      .filter(({ vrf, prefix }) => vrf === process.vrf && !prefix.includes(':'))
      .map(({ prefix }) => prefix),
  ]),
];

const ownRoutes = overExternal(
  'in',
  (subject, peer) =>
    routesOf(
      peer,
      ownPrefixes(subject, peer)
        .filter((prefix) => prefix !== '0.0.0.0/0')
        .flatMap(withPart),
    ),
  'prefixes of the own AS',
);

const foreignOut = overExternal(
  'out',
  () => FOREIGN.map((prefix) => ({ prefix, asPath: [FOREIGN_AS, FOREIGN_AS + 1] })),
  'prefixes of other AS',
);

/** Addresses of links and loopbacks of the core: whatever is not announced on purpose. */
const coreOut = overExternal(
  'out',
  (subject, peer) => {
    const announced = new Set(ownPrefixes(subject, peer));
    return subject.internal
      .flatMap(({ addresses }) => addresses)
      .flatMap(({ address, length, family, linkLocal }) => {
        const network = family === 'ipv4' && !linkLocal ? parsePrefix(`${address}/${length}`)?.text : undefined;
        return network !== undefined && !announced.has(network) ? [{ prefix: network, asPath: [] }] : [];
      });
  },
  'prefixes of the core',
);

const vrfs = (subject: Subject) =>
  [...subject.device.vrfs.values()].filter(({ name }) => !/^(mgmt|management|default)/i.test(name));

const overVrfs =
  (judge: (subject: Subject, vrf: ReturnType<typeof vrfs>[number]) => Judgement): Check =>
  (subject) =>
    overAll(subject, vrfs(subject), 'The device has no VPN routing instance.', (vrf) => judge(subject, vrf));

const vrfBound = overVrfs((subject, { name, span }) => {
  const bound = [...subject.device.interfaces.values()].filter((port) => port.vrf?.value === name);
  return bound.length === 0
    ? fail(absent(subject, `no interface is bound to the VRF ${name}`, span))
    : pass(
        ...bound.map((port) => cite(subject, port.vrf?.span ?? port.span, `${port.name} is bound to the VRF ${name}`)),
      );
});

/** A VRF that no VPN carries (VRF-lite) has no need of targets or a distinguisher. */
const carried = (subject: Subject): boolean =>
  subject.device.bgp.some(({ families, neighbours }) =>
    [...families.keys(), ...[...neighbours.values()].flatMap((each) => [...each.families.keys()])].some((family) =>
      /^(vpn|l2vpn)/.test(family),
    ),
  );

const routeTargets = overVrfs((subject, { name, span, importTargets, exportTargets, evpn }) => {
  if (!carried(subject)) return notApplicable(subject, `No VPN carries the VRF ${name}.`);
  const [imports, exports] = [
    [...importTargets, ...(evpn?.importTargets ?? [])],
    [...exportTargets, ...(evpn?.exportTargets ?? [])],
  ];
  if (imports.length === 0 || exports.length === 0)
    return fail(
      absent(subject, `the VRF ${name} has no route target to ${imports.length === 0 ? 'import' : 'export'}`, span),
    );
  return untested(
    ...[...imports, ...exports].map((target) =>
      cite(
        subject,
        target.span,
        `the VRF ${name} has the route target ${target.value}; whether it is the intended one, the design plan alone tells`,
      ),
    ),
  );
});

const routeDistinguisher = overVrfs((subject, { name, span, routeDistinguisher: own }) => {
  if (!carried(subject)) return notApplicable(subject, `No VPN carries the VRF ${name}.`);
  if (!own) return fail(absent(subject, `the VRF ${name} has no route distinguisher`, span));
  const twin = [...subject.device.vrfs.values()].find(
    (other) => other.name !== name && other.routeDistinguisher?.value === own.value,
  );
  return twin
    ? fail(cite(subject, own.span, `the VRFs ${name} and ${twin.name} have the same route distinguisher ${own.value}`))
    : pass(cite(subject, own.span, `the VRF ${name} has the route distinguisher ${own.value}, and no other has it`));
});

const ttlPropagation: Check = (subject) => {
  const own = subject.device.management.services.get('mpls-propagate-ttl');
  const usesMpls =
    subject.device.notModelled.some(({ text }) => /(^|\/ )mpls (ip|ldp|label|traffic-eng)/.test(text)) ||
    carried(subject);
  if (own)
    return (own.value ? fail : pass)(
      cite(subject, own.span, `the time to live is ${own.value ? '' : 'not '}carried into labels`),
    );
  if (!usesMpls) return notApplicable(subject, 'The device has no MPLS.');
  return fail(absent(subject, 'no line keeps the time to live out of labels'));
};

const ldpFromLoopback: Check = (subject) => {
  const own = subject.device.management.settings.get('ldp-router-id');
  if (own)
    return (/^lo/i.test(own.value) ? pass : fail)(
      cite(subject, own.span, `LDP sessions have the address of ${own.value}`),
    );
  return subject.device.notModelled.some(({ text }) => /(^|\/ )mpls (ip|ldp)/.test(text))
    ? fail(absent(subject, 'no line gives LDP sessions the address of a loopback'))
    : notApplicable(subject, 'The device has no LDP.');
};

export const bgpRouteTopics = {
  'bogon-routes': { title: 'Bogon prefixes from external neighbours are rejected', check: bogonRoutes },
  'own-routes': { title: 'Own prefixes from external neighbours are rejected', check: ownRoutes },
  'foreign-routes-out': {
    title: 'Only own and customers’ prefixes are sent to external neighbours',
    check: foreignOut,
  },
  'core-routes-out': { title: 'Prefixes of the core are not sent to external neighbours', check: coreOut },
  'long-prefixes': { title: 'Prefixes longer than /24 from external neighbours are rejected', check: longPrefixes },
  'vrf-interfaces': { title: 'Each VRF is bound to its interfaces', check: vrfBound },
  'route-targets': { title: 'Each VRF has its route targets', check: routeTargets },
  'route-distinguishers': { title: 'Each VRF has a route distinguisher of its own', check: routeDistinguisher },
  'mpls-ttl': { title: 'The time to live of packets is not carried into labels', check: ttlPropagation },
  'ldp-from-loopback': { title: 'LDP sessions have the loopback’s address', check: ldpFromLoopback },
} satisfies Record<string, Topic>;
