import type { AddressFamily, BgpNeighbour } from '../config/device/bgp.ts';
import type { Span } from '../config/span.ts';
import { AttributeStore } from '../network/path-attributes.ts';
import { PolicyEngine } from '../network/policy/engine.ts';
import { fromPath } from '../network/policy/route.ts';
import { PrefixTable } from '../network/prefix-table.ts';
import type { Table } from '../network/topology.ts';
import type { Peer, Subject } from './subject.ts';

/** What a neighbour's filters say of a route. `unclear`: they ask for something that is not modelled, or have no answer. */
export interface RouteAnswer {
  readonly answer: 'permit' | 'deny' | 'unclear';
  /** The line that decides: a filter of the neighbour, or a term of its policy. */
  readonly span: Span;
}

/** A route that is put to the filters. */
export interface SampleRoute {
  readonly prefix: string;
  readonly asPath: readonly number[];
}

export type RouteQuestion = (direction: 'in' | 'out', route: SampleRoute) => RouteAnswer;

/** Whether any filter is set at all: without one nothing is rejected on purpose. */
export const filterOf = (neighbour: BgpNeighbour, family: AddressFamily, direction: 'in' | 'out'): Span | undefined => {
  const set = neighbour.families.get(family);
  const found =
    direction === 'in'
      ? [set?.prefixListIn?.span, set?.distributeListIn?.span, set?.policyIn?.span, set?.asPathListIn?.span]
      : [set?.prefixListOut?.span, set?.distributeListOut?.span, set?.policyOut?.span, set?.asPathListOut?.span];
  return found.find((span) => span !== undefined);
};

/** Puts routes to the filters of a neighbour, in the order in which a system applies them. */
export function routeQuestions(subject: Subject, { process, neighbour, external }: Peer): RouteQuestion {
  const { device, behaviour, node } = subject;
  const table: Table = { index: 0, node, vrf: process.vrf, device, behaviour };
  const [prefixes, attributes] = [new PrefixTable(), new AttributeStore()];
  let caveats = 0;
  const engine = new PolicyEngine(prefixes, attributes, () => {
    caveats += 1;
  });
  return (direction, { prefix, asPath }) => {
    const version = prefix.includes(':') ? 6 : 4;
    const family = version === 4 ? 'ipv4' : 'ipv6';
    const settings = neighbour.families.get(`${family}-unicast`);
    const id = prefixes.internText(prefix);
    const undecided: RouteAnswer = { answer: 'unclear', span: neighbour.span };
    if (id === undefined) return undecided;
    const path = attributes.path([{ kind: 'sequence', asns: [...asPath] }]);
    const before = caveats;
    const [list, distribute, asPathList, policy] =
      direction === 'in'
        ? [settings?.prefixListIn, settings?.distributeListIn, settings?.asPathListIn, settings?.policyIn]
        : [settings?.prefixListOut, settings?.distributeListOut, settings?.asPathListOut, settings?.policyOut];
    const otherwise = (): boolean => behaviour.undefinedNeighbourFilter === 'permit';
    const filters: readonly (readonly [Span, boolean])[] = [
      ...(list ? [[list.span, (engine.prefixList(table, family, list.value) ?? otherwise)(id)] as const] : []),
      ...(distribute
        ? [[distribute.span, (engine.accessList(table, family, distribute.value) ?? otherwise)(id)] as const]
        : []),
      ...(asPathList
        ? [[asPathList.span, (engine.asPathList(table, asPathList.value) ?? otherwise)(path)] as const]
        : []),
    ];
    const denying = filters.find(([, permitted]) => !permitted);
    if (denying) return caveats > before ? undecided : { answer: 'deny', span: denying[0] };
    const { ebgpRequiresPolicy, missingPolicyIn, missingPolicyOut } = process.options;
    const missing = (direction === 'in' ? missingPolicyIn : missingPolicyOut)?.value;
    const deniesUndecided =
      external &&
      (missing === undefined
        ? (ebgpRequiresPolicy?.value ?? behaviour.ebgpWithoutPolicy[direction] === 'deny')
        : missing === 'deny');
    if (!policy) {
      const denied = deniesUndecided && filters.length === 0;
      return { answer: denied ? 'deny' : 'permit', span: filters[0]?.[0] ?? neighbour.span };
    }
    const route = fromPath(
      id,
      attributes.attributes({
        nextHop: neighbour.kind === 'address' ? neighbour.id : null,
        asPath: path,
        origin: 'igp',
        med: undefined,
        localPreference: 100,
        weight: 0,
        communities: attributes.noCommunities,
        extended: attributes.noCommunities,
        large: attributes.noCommunities,
        originator: null,
        clusters: [],
        atomicAggregate: false,
        aggregator: null,
      }),
      { protocol: 'ebgp', neighbour: neighbour.id, interface: null, igpMetric: 0 },
    );
    const { verdict, spans } = engine.evaluate(table, policy.policies, route);
    const span = spans.at(-1) ?? policy.span;
    if (caveats > before) return { answer: 'unclear', span };
    const denied = verdict === 'deny' || (verdict === 'default' && deniesUndecided);
    return { answer: denied ? 'deny' : 'permit', span };
  };
}
