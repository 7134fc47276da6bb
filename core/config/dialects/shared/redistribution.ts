import type { Args } from '../../command-table.ts';
import type { PolicyUse, Redistribution } from '../../device/bgp.ts';
import type { Located, Span } from '../../span.ts';
import { removeWhere } from './drafts.ts';

/** A route-map as a chain of one policy. */
export const policyUse = (map: Located<string>): PolicyUse => ({ policies: [map], span: map.span });

/** Options that follow the source of a redistribution; the order is free on every system. */
export const redistributeOptions =
  '*[metric <metric:int>] *[metric-type <metricType:1|2>] *[route-map <map:word>] *[tag <tag:int>] *[<subnets:subnets>]';

/** `match internal external 1 nssa-external 2`, in any order and choice. */
export const ospfMatchOptions =
  '*[match] *[<internal:internal>] *[external <e1:1>] *[external <e2:2>] *[nssa-external <n1:1>] *[nssa-external <n2:2>] *[<external:external>] *[<nssa:nssa-external>]';

type Options = Partial<Args<typeof redistributeOptions>> & Partial<Args<typeof ospfMatchOptions>>;

/** The kinds of OSPF routes that `match` names; undefined when the line names none (all of them). */
export function matchTypes(args: Partial<Args<typeof ospfMatchOptions>>): readonly string[] | undefined {
  const named = [
    args.internal && 'internal',
    (args.e1 || args.external) && 'external-1',
    (args.e2 || args.external) && 'external-2',
    (args.n1 || args.nssa) && 'nssa-external-1',
    (args.n2 || args.nssa) && 'nssa-external-2',
  ].filter((type) => typeof type === 'string');
  return named.length > 0 ? named : undefined;
}

export function redistribution(
  source: string,
  sourceId: string | undefined,
  args: Options,
  span: Span,
  more: Partial<Redistribution> = {},
): Redistribution {
  const types = matchTypes(args);
  return {
    source: sourceNames[source] ?? source,
    ...(sourceId !== undefined && { sourceId }),
    ...(args.map && { policy: policyUse(args.map) }),
    ...(args.metric && { metric: args.metric.value }),
    ...(args.metricType && { metricType: args.metricType.value === '1' ? (1 as const) : (2 as const) }),
    ...(args.tag && { tag: args.tag.value }),
    ...(args.subnets && { subnets: true }),
    ...(types && { matchTypes: types }),
    ...more,
    span,
  };
}

const sourceNames: Readonly<Record<string, string>> = { ospf6: 'ospfv3' };

const isSame = (a: Redistribution, source: string, sourceId: string | undefined): boolean =>
  a.source === (sourceNames[source] ?? source) &&
  (sourceId === undefined || a.sourceId === undefined || a.sourceId === sourceId);

/** A second line for the same source replaces the first. */
export function setRedistribution(list: Redistribution[], made: Redistribution): void {
  removeWhere(list, (known) => isSame(known, made.source, made.sourceId));
  list.push(made);
}

export function clearRedistribution(
  list: Redistribution[],
  source: string | undefined,
  sourceId: string | undefined,
): void {
  removeWhere(list, (known) => source === undefined || isSame(known, source, sourceId));
}
