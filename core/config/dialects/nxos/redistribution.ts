import { type At, type Entry, rowsOf } from '../../command-table.ts';
import type { Redistribution } from '../../device/bgp.ts';
import type { Located } from '../../span.ts';
import { removeWhere } from '../shared/drafts.ts';
import { policyUse } from '../shared/redistribution.ts';

/** Sources by the word of NX-OS, in the field's term. */
const termOf = (word: string): string => (word === 'direct' ? 'connected' : word);

/**
 * `redistribute` of NX-OS: sources have the name of their instance, and a route-map chooses what goes along (Unicast
 * guide, "Configuring Redistribution": the route-map is mandatory).
 */
export function redistributeRows<C>(lists: (context: C, at: At) => readonly Redistribution[][]): readonly Entry[] {
  const row = rowsOf<C>();
  const remove = (context: C, source: string | undefined, id: string | undefined, at: At): void => {
    for (const list of lists(context, at))
      removeWhere(
        list,
        (known) =>
          source === undefined || (known.source === termOf(source) && (id === undefined || known.sourceId === id)),
      );
  };
  const add = (context: C, source: string, id: string | undefined, map: Located<string> | undefined, at: At): void => {
    remove(context, source, id, at);
    const made: Redistribution = {
      source: termOf(source),
      ...(id !== undefined && { sourceId: id }),
      ...(map && { policy: policyUse(map) }),
      span: at.span,
    };
    for (const list of lists(context, at)) list.push(made);
  };
  const refers = { map: 'route-map' } as const;
  return [
    row('redistribute <source:direct|static> [route-map <map:word>]', {
      doc: 'Hands routes of another source to this protocol, as far as the route-map permits them.',
      refers,
      apply: (context, { source, map }, at) => add(context, source.value, undefined, map, at),
      undo: (context, { source }, at) => remove(context, source?.value, undefined, at),
    }),
    row('redistribute <source:bgp|ospf|ospfv3|eigrp|isis|rip> <id:word> [route-map <map:word>]', {
      doc: 'Hands routes of another routing process to this protocol, as far as the route-map permits them.',
      refers,
      apply: (context, { source, id, map }, at) => add(context, source.value, id.value, map, at),
      undo: (context, { source, id }, at) => remove(context, source?.value, id?.value, at),
    }),
    row('redistribute <source:lisp|amt|hmm|am|ldp|icmpv6> [<options:words>]', {
      doc: 'Hands routes of a further source to this protocol.',
    }),
    row('redistribute maximum-prefix <limit:int> [<options:words>]', {
      doc: 'Most routes that are taken from other protocols.',
    }),
  ];
}
