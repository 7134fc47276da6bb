import { type At, type Entry, rowsOf } from '../../command-table.ts';
import type { Redistribution } from '../../device/bgp.ts';
import type { Located } from '../../span.ts';
import { removeWhere } from '../shared/drafts.ts';
import { isisLevel } from '../shared/redistribution.ts';
import { usedPolicy } from './policy-use.ts';

const options =
  '*[metric <metric:int>] *[metric-type <metricType:1|2|internal|external>] *[tag <tag:int>] *[<level:level-1|level-1-2|level-2>] *[lsa-type-summary] *[route-policy <policy:names>]';

/** Kinds of OSPF routes, in the words of `match`: `internal external 1 nssa-external`. */
function matchTypes(words: readonly string[] | undefined): readonly string[] | undefined {
  if (!words) return undefined;
  return words.flatMap((word, at) => {
    if (word === 'internal') return ['internal'];
    if (word !== 'external' && word !== 'nssa-external') return [];
    const next = words[at + 1];
    return next === '1' || next === '2' ? [`${word}-${next}`] : [`${word}-1`, `${word}-2`];
  });
}

interface Args {
  readonly metric?: Located<number> | undefined;
  readonly metricType?: Located<string> | undefined;
  readonly tag?: Located<number> | undefined;
  readonly level?: Located<'level-1' | 'level-1-2' | 'level-2'> | undefined;
  readonly policy?: Located<readonly string[]> | undefined;
}

/** `redistribute` of IOS-XR, for any protocol. */
export function redistributeRows<C>(lists: (context: C, at: At) => readonly Redistribution[][]): readonly Entry[] {
  const row = rowsOf<C>();
  const remove = (context: C, source: string | undefined, id: string | undefined, at: At): void => {
    for (const list of lists(context, at))
      removeWhere(
        list,
        (known) => source === undefined || (known.source === source && (id === undefined || known.sourceId === id)),
      );
  };
  const add = (
    context: C,
    source: string,
    id: string | undefined,
    types: readonly string[] | undefined,
    args: Args,
    at: At,
  ): void => {
    remove(context, source, id, at);
    const type = args.metricType?.value;
    const made: Redistribution = {
      source,
      ...(id !== undefined && { sourceId: id }),
      ...(args.policy && { policy: usedPolicy(args.policy, at) }),
      ...(args.metric && { metric: args.metric.value }),
      ...((type === '1' || type === '2') && { metricType: type === '1' ? (1 as const) : (2 as const) }),
      ...(args.tag && { tag: args.tag.value }),
      ...(types && { matchTypes: types }),
      ...isisLevel(args.level?.value),
      span: at.span,
    };
    for (const list of lists(context, at)) list.push(made);
  };
  return [
    row(`redistribute <source:connected|static|rip> ${options}`, {
      doc: 'Hands routes of another source to this protocol.',
      apply: (context, args, at) => add(context, args.source.value, undefined, undefined, args, at),
      undo: (context, { source }, at) => remove(context, source?.value, undefined, at),
    }),
    row(`redistribute <source:bgp|ospf|ospfv3|isis|eigrp> <id:word> ${options}`, {
      doc: 'Hands routes of another routing process to this protocol.',
      apply: (context, args, at) => add(context, args.source.value, args.id.value, undefined, args, at),
      undo: (context, { source, id }, at) => remove(context, source?.value, id?.value, at),
    }),
    row(`redistribute <source:ospf|ospfv3> <id:word> match <types:names> ${options}`, {
      doc: 'Hands OSPF routes of certain kinds to this protocol.',
      apply: (context, args, at) =>
        add(context, args.source.value, args.id.value, matchTypes(args.types.value), args, at),
      undo: (context, { source, id }, at) => remove(context, source?.value, id?.value, at),
    }),
    row('redistribute <source:subscriber|local|application|mobile|l2tpv3> [<rest:words>]', {
      doc: 'Hands routes of a further source to this protocol.',
    }),
  ];
}
