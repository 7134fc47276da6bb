import { makePrefix, parseIp, parsePrefix, prefixContains } from '../../config/address.ts';
import { singleFailures, withFailure } from '../failures.ts';
import { type Flow, flowText, hasPorts, protocolNumber } from '../forwarding/flow.ts';
import type { Disposition, Forwarding } from '../forwarding/forwarding.ts';
import { destinationOf, startOf, type Trace, type TracePath, trace } from '../forwarding/trace.ts';
import { atomsOf } from '../reachability/atoms.ts';
import { Fates, Paths } from '../reachability/fates.ts';
import { entriesOf, packetClasses } from '../reachability/flow-classes.ts';
import { type Filter, ReachabilityGraph } from '../reachability/graph.ts';
import type { Flowing } from './schema.ts';
import { broken, type Finding, held, notTested, type Subject } from './subject.ts';

/** Paths of one kind of packets; `packets` names it where the declaration leaves it open. */
interface Followed {
  readonly packets: string;
  readonly trace: Trace;
}

type Question = { readonly problem: string } | { readonly followed: readonly Followed[]; readonly outside: boolean };

/** More kinds of packets than this are not followed one by one. */
const MOST_CLASSES = 4000;

/** Follows the traffic of a declaration: where it names no protocol, every kind of packets that filters tell apart. */
function follow(forwarding: Forwarding, { from, to, vrf, protocol: name, port }: Flowing): Question {
  const destination = destinationOf(forwarding, to, vrf, parseIp(from)?.version);
  if (!destination) return { problem: `${to} has no address of that family` };
  const start = startOf(forwarding, from, vrf, destination.version);
  if ('problem' in start) return { problem: start.problem };
  const number = name === undefined ? undefined : protocolNumber(String(name));
  const protocol = typeof number === 'number' ? number : undefined;
  const base: Flow = {
    ...(start.source && { source: start.source }),
    destination,
    ...(protocol !== undefined && { protocol }),
    ...(port !== undefined && { destinationPort: port }),
  };
  const { topology } = forwarding;
  const outside = !topology.interfaces.some(({ addresses }) =>
    addresses.some(({ ip, length }) => prefixContains(makePrefix(ip, length), destination)),
  );
  const whole = trace(forwarding, start.place, base);
  if (whole.paths.every(({ disposition }) => disposition !== 'unknown'))
    return { followed: [{ packets: '', trace: whole }], outside };
  const graph = new ReachabilityGraph(forwarding);
  const filters: readonly Filter[] = topology.interfaces
    .filter(({ up }) => up)
    .flatMap((one) => [...graph.filtersOf(one, 'in'), ...graph.filtersOf(one, 'out')]);
  const family = destination.version === 4 ? 'ipv4' : 'ipv6';
  const classes = packetClasses(entriesOf(filters, family), family)
    .filter((one) => protocol === undefined || one.protocol === protocol)
    .filter((one) => port === undefined || (hasPorts(one.protocol) && !one.established));
  if (classes.length > MOST_CLASSES)
    return { problem: 'filters tell more kinds of packets apart than can be followed' };
  const seen = new Map<string, Followed>();
  for (const { label, ...fields } of classes) {
    // A declaration is about who may begin to talk: answers within an open connection are not asked for.
    if (fields.established) continue;
    const flow: Flow = { ...base, ...fields, ...(port !== undefined && { destinationPort: port }) };
    const one = trace(forwarding, start.place, flow);
    const key = one.paths
      .map(({ disposition, hops }) => `${disposition} ${hops.map(({ node }) => node).join()}`)
      .join('|');
    if (!seen.has(key)) seen.set(key, { packets: label, trace: one });
  }
  return { followed: [...seen.values()], outside };
}

const arrivesAt = (outside: boolean, disposition: Disposition): boolean =>
  disposition === 'delivered' || disposition === 'attached' || (outside && disposition === 'exits');

const wayText = ({ hops }: TracePath): string => hops.map(({ node }) => node).join(' > ');

function pathText({ packets }: Followed, path: TracePath): string {
  const last = path.hops.at(-1)?.reasons.at(-1)?.text ?? path.disposition;
  return `${packets ? `${packets}: ` : ''}${wayText(path)}: ${last}`;
}

/** The last device's reasons that have a line; what a reader goes to. */
const placesOf = ({ hops }: TracePath) => (hops.at(-1)?.reasons ?? []).filter(({ span }) => span);

/** Looks for the first path that decides; one that cannot be told leaves the question open. */
function judge(
  question: Question,
  decides: (path: TracePath, outside: boolean) => boolean,
  otherwise: (followed: readonly Followed[], outside: boolean) => Finding,
): Finding {
  if ('problem' in question) return notTested(`${question.problem}.`);
  const { followed, outside } = question;
  const all = followed.flatMap((one) => one.trace.paths.map((path) => ({ one, path })));
  const found = all.find(({ path }) => path.disposition !== 'unknown' && decides(path, outside));
  if (found) return broken(`${pathText(found.one, found.path)}.`, placesOf(found.path));
  const open = all.find(({ path }) => path.disposition === 'unknown');
  if (open) return notTested(`It cannot be told: ${pathText(open.one, open.path)}.`, placesOf(open.path));
  if (followed.some(({ trace: { truncated } }) => truncated))
    return notTested('There are more paths than can be followed.');
  return otherwise(followed, outside);
}

const ways = (followed: readonly Followed[]): string =>
  [...new Set(followed.flatMap(({ trace: { paths } }) => paths.map(wayText)))].join('; ');

export const reachable = ({ forwarding }: { readonly forwarding: Forwarding }, settings: Flowing): Finding =>
  judge(
    follow(forwarding, settings),
    (path, outside) => !arrivesAt(outside, path.disposition),
    (followed) => held(`It arrives by ${ways(followed)}.`),
  );

export const isolated = ({ forwarding }: Subject, settings: Flowing): Finding =>
  judge(
    follow(forwarding, settings),
    ({ disposition }) => arrivesAt(true, disposition),
    (followed) => {
      const [one] = followed;
      const path = one?.trace.paths[0];
      return held(one && path ? `It does not arrive: ${pathText(one, path)}.` : 'It does not arrive.');
    },
  );

const passes = ({ hops }: TracePath, node: string): boolean => hops.some((hop) => hop.node === node);

export const pathThrough = ({ forwarding }: Subject, settings: Flowing & { readonly node: string }): Finding =>
  judge(
    follow(forwarding, settings),
    (path, outside) => !arrivesAt(outside, path.disposition) || !passes(path, settings.node),
    (followed) => held(`It takes ${ways(followed)}.`),
  );

export const pathAvoids = ({ forwarding }: Subject, settings: Flowing & { readonly node: string }): Finding =>
  judge(
    follow(forwarding, settings),
    (path, outside) => !arrivesAt(outside, path.disposition) || passes(path, settings.node),
    (followed) => held(`It takes ${ways(followed)}.`),
  );

/** More links than this are not failed one after the other. */
const MOST_LINKS = 256;

export function redundancy(subject: Subject, settings: Flowing): Finding {
  const intact = reachable(subject, settings);
  if (intact.status !== 'held') return intact;
  const failures = singleFailures(subject.snapshot, 'link');
  if (failures.length === 0) return notTested('The lab has no link that could fail.');
  if (failures.length > MOST_LINKS)
    return notTested(
      `The lab has ${failures.length} links; no more than ${MOST_LINKS} are failed one after the other.`,
    );
  let open: Finding | undefined;
  for (const failure of failures) {
    const forwarding = subject.failed(failure.name, () => withFailure(subject.snapshot, failure));
    if (!forwarding.state.converged) return broken(`When ${failure.name} fails, the network has no stable state.`);
    const found = reachable({ forwarding }, settings);
    if (found.status === 'broken') return broken(`When ${failure.name} fails: ${found.actual}`, found.places);
    if (found.status === 'not_tested') open ??= notTested(`When ${failure.name} fails: ${found.actual}`, found.places);
  }
  return open ?? held(`It arrives whichever of the ${failures.length} links fails.`);
}

/** Looks at every destination atom from every table. Filters are left aside: a loop that they hide today is still one. */
export function noLoops({ forwarding, state, checkCancelled }: Subject): Finding {
  const graph = new ReachabilityGraph(forwarding);
  const paths = new Paths();
  const prefixes = [...state.nodes.values()].flatMap((vrfs) =>
    [...vrfs.values()].flatMap(({ routes }) => routes.flatMap(({ prefix }) => parsePrefix(prefix) ?? [])),
  );
  for (const [index, { sample }] of atomsOf(prefixes).entries()) {
    if (index % 64 === 0) checkCancelled();
    const fates = new Fates(graph, paths, sample);
    for (const table of forwarding.topology.tables) {
      if (!fates.of(table).outcomes.some(({ disposition }) => disposition === 'loop')) continue;
      const followed = trace(forwarding, { table, arrivedBy: null }, { destination: sample });
      const path = followed.paths.find(({ disposition }) => disposition === 'loop');
      const routes = (path?.hops ?? []).flatMap(({ reasons }) => reasons.filter(({ span }) => span).slice(0, 1));
      return broken(
        `${flowText({ destination: sample })} loop${table.vrf === 'default' ? '' : ` in VRF ${table.vrf}`}: ${path ? wayText(path) : table.node}.`,
        routes,
      );
    }
  }
  return held('No destination of any table leads to a loop.');
}
