import { type Args, type At, type Entry, rowsOf } from '../../command-table.ts';
import type { PolicyUse, Redistribution } from '../../device/bgp.ts';
import type { Located, Span } from '../../span.ts';
import { removeWhere } from './drafts.ts';

/** A route-map as a chain of one policy. */
export const policyUse = (map: Located<string>): PolicyUse => ({ policies: [map], span: map.span });

/** Options that follow the source of a redistribution; the order is free on every system. */
const options = {
  bgp: '*[include <leaked:leaked>] *[metric <metric:int>] *[route-map <map:word>] *[<level:level-1|level-1-2|level-2>] *[tag <tag:int>]',
  ospf: '*[include <leaked:leaked>] *[metric <metric:int>] *[metric-type <metricType:1|2>] *[route-map <map:word>] *[tag <tag:int>] *[<subnets:subnets>] *[<level:level-1|level-1-2|level-2>]',
  isis: '*[include <leaked:leaked>] *[ip] *[metric <metric:int>] *[metric-type <metricType:internal|external|rib-metric-as-external|rib-metric-as-internal>] *[route-map <map:word>] *[<level:level-1|level-1-2|level-2>]',
  eigrp:
    '*[metric <bandwidth:int> <delay:int> <reliability:int> <load:int> <mtu:int>] *[metric <metric:int>] *[route-map <map:word>] *[tag <tag:int>] *[<level:level-1|level-1-2|level-2>]',
  rip: '*[metric <metric:int>] *[metric <transparent:transparent>] *[route-map <map:word>] *[<level:level-1|level-1-2|level-2>]',
} as const;

/** `match internal external 1 nssa-external 2`, in any order and choice. */
const matchOptions =
  '*[match] *[<internal:internal>] *[external <e1:1>] *[external <e2:2>] *[nssa-external <n1:1>] *[nssa-external <n2:2>] *[<external:external>] *[<nssa:nssa-external>]';

/** Values of the options of any target; a target's pattern holds those that it has. */
type Options = Partial<
  Args<(typeof options)['bgp']> &
    Args<(typeof options)['isis'] | (typeof options)['ospf']> &
    Args<(typeof options)['eigrp']> &
    Args<typeof matchOptions>
> & { readonly metricType?: Located<string> | undefined; readonly subnets?: Located<string> | undefined };

/** The kinds of OSPF routes that `match` names; undefined when the line names none (all of them). */
function matchTypes(args: Options): readonly string[] | undefined {
  const named = [
    args.internal && 'internal',
    (args.e1 || args.external) && 'external-1',
    (args.e2 || args.external) && 'external-2',
    (args.n1 || args.nssa) && 'nssa-external-1',
    (args.n2 || args.nssa) && 'nssa-external-2',
  ].filter((type) => typeof type === 'string');
  return named.length > 0 ? named : undefined;
}

export const isisLevel = (
  level: 'level-1' | 'level-1-2' | 'level-2' | undefined,
): { readonly level?: '1' | '2' | '1-2' } =>
  level === undefined ? {} : { level: level === 'level-1' ? '1' : level === 'level-2' ? '2' : '1-2' };

function eigrpMetric(args: Options): { readonly eigrpMetric?: readonly number[] } {
  const values = [args.bandwidth, args.delay, args.reliability, args.load, args.mtu].flatMap((value) =>
    value ? [value.value] : [],
  );
  return values.length > 0 ? { eigrpMetric: values } : {};
}

const metricTypes: Readonly<Record<string, 1 | 2>> = { '1': 1, '2': 2 };

/** Systems write `ospf6` or `ospfv3` for OSPF of IPv6. */
const sourceNames: Readonly<Record<string, string>> = { ospf6: 'ospfv3' };

function redistribution(source: string, sourceId: string | undefined, args: Options, span: Span): Redistribution {
  const types = matchTypes(args);
  const metricType = metricTypes[args.metricType?.value ?? ''];
  return {
    source: sourceNames[source] ?? source,
    ...(sourceId !== undefined && { sourceId }),
    ...(args.map && { policy: policyUse(args.map) }),
    ...(args.metric && { metric: args.metric.value }),
    ...(metricType && { metricType }),
    ...(args.tag && { tag: args.tag.value }),
    ...(args.subnets && { subnets: true }),
    ...(args.leaked && { includeLeaked: true }),
    ...(types && { matchTypes: types }),
    ...eigrpMetric(args),
    ...isisLevel(args.level?.value),
    span,
  };
}

const isSame = (a: Redistribution, source: string, sourceId: string | undefined): boolean =>
  a.source === (sourceNames[source] ?? source) &&
  (sourceId === undefined || a.sourceId === undefined || a.sourceId === sourceId);

interface Target<C> {
  /** Protocol that the routes are handed to. */
  readonly into: keyof typeof options;
  /** Sources without a number on this system. */
  readonly plain: 'connected|static|rip' | 'connected|static|rip|kernel|ospf6|table|attached-host|dynamic';
  /** Words after `redistribute`: FRR names the family for IS-IS. */
  readonly family?: '<family:ipv4|ipv6>';
  /** The lists that a line adds to. */
  readonly lists: (context: C, at: At) => readonly Redistribution[][];
}

const typed = '*[metric <metric:int>] *[route-map <map:word>]';

/** `redistribute` lines of a protocol: sources without a number, numbered processes, and named ones. */
export function redistributionRows<C>({ into, plain, family, lists }: Target<C>): readonly Entry[] {
  const row = rowsOf<C>();
  const start = family ? `redistribute ${family}` : 'redistribute';
  const follow = options[into];
  const refers = { map: 'route-map' } as const;
  const add = (context: C, source: string, id: string | undefined, args: Options, at: At): void => {
    const made = redistribution(source, id, args, at.span);
    for (const list of lists(context, at)) {
      // A second line for the same source replaces the first.
      removeWhere(list, (known) => isSame(known, made.source, made.sourceId));
      list.push(made);
    }
  };
  const remove = (context: C, source: string | undefined, id: string | undefined, at: At): void => {
    for (const list of lists(context, at))
      removeWhere(list, (known) => source === undefined || isSame(known, source, id));
  };
  return [
    row(`${start} <source:${plain}> ${follow}` as `redistribute <source:connected|static> ${typeof typed}`, {
      doc: 'Hands routes of another source to this protocol.',
      refers,
      apply: (context, args, at) => add(context, args.source.value, undefined, args, at),
      undo: (context, { source }, at) => remove(context, source?.value, undefined, at),
    }),
    row(
      `${start} <source:ospf|ospfv3|eigrp|bgp> [<id:asn>] [vrf <vrf:word>] ${matchOptions} ${follow}` as `redistribute <source:ospf|ospfv3|eigrp|bgp> [<id:asn>] ${typeof typed}`,
      {
        doc: 'Hands routes of another routing process to this protocol.',
        refers,
        apply: (context, args, at) => add(context, args.source.value, args.id && String(args.id.value), args, at),
        undo: (context, { source, id }, at) => remove(context, source?.value, id && String(id.value), at),
      },
    ),
    row(`${start} isis ${follow}` as `redistribute isis ${typeof typed}`, {
      doc: 'Hands IS-IS routes to this protocol.',
      refers,
      apply: (context, args, at) => add(context, 'isis', undefined, args, at),
      undo: (context, _, at) => remove(context, 'isis', undefined, at),
    }),
    row(`${start} isis <id:word> ${follow}` as `redistribute isis <id:word> ${typeof typed}`, {
      doc: 'Hands routes of an IS-IS instance to this protocol.',
      refers,
      apply: (context, args, at) => add(context, 'isis', args.id.value, args, at),
      undo: (context, { id }, at) => remove(context, 'isis', id?.value, at),
    }),
  ];
}
