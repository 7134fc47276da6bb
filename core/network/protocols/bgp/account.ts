import type { PrefixId } from '../../prefix-table.ts';
import type { Reason } from '../../state.ts';
import type { Account } from '../protocol.ts';
import { lostBy, rulesOf } from './decision.ts';
import type { Exchange } from './exchange.ts';
import { describePath } from './fates.ts';
import type { Entry, Path, Speaker } from './model.ts';

const STEP_WORDS: Readonly<Record<NonNullable<ReturnType<typeof lostBy>>, string>> = {
  'cost-community-before-all': 'its cost community',
  'cost-community-after-igp': 'its cost community',
  weight: 'its weight is lower',
  'local-preference': 'its local preference is lower',
  'locally-originated': 'it is learned, and the best one is of this device',
  'as-path-length': 'its AS path is longer',
  origin: 'its origin ranks lower',
  med: 'its MED is higher',
  'external-over-internal': 'it is internal, and the best one is external',
  'igp-metric': 'the metric to its next hop is higher',
  'router-id': 'the router id of its neighbour is higher',
  'cluster-list-length': 'its cluster list is longer',
  'neighbour-address': 'the address of its neighbour is higher',
};

const attributesText = ({ attributes }: Path): string => {
  const path = attributes.asPath.segments.flatMap(({ asns }) => asns).join(' ');
  return `local preference ${attributes.localPreference}, AS path ${path || 'empty'}, MED ${attributes.med ?? 'none'}, weight ${attributes.weight}`;
};

/** Every path that a speaker has for a prefix, and every neighbour that gave none, with what happened on the way. */
export function accountsOf(exchange: Exchange, speaker: Speaker, prefix: PrefixId): readonly Account[] {
  const entryOf = ({ index }: Speaker): Entry | undefined =>
    (exchange.entries()[index] ?? []).find((entry) => entry.prefix === prefix);
  const entry = entryOf(speaker);
  const rules = rulesOf(speaker);
  const { node } = speaker.table;

  const judged = (path: Path, before: readonly Reason[]): Account => {
    const best = entry?.decision.best;
    const steps: Reason[] = [...before, { text: `${node}: ${attributesText(path)}`, node }];
    const from = path.from && { node: path.from.reverse.speaker.table.node, peer: path.from.peer };
    const text = (how: string): string => `${describePath(path)}: ${how}`;
    if (!path.valid) {
      steps.push({ text: `${node}: its next hop ${path.attributes.nextHop ?? ''} is not reached`, node });
      return { outcome: 'unusable', from, text: text('its next hop is not reached'), steps };
    }
    if (path === best) return { outcome: 'best', from, text: text('the best path'), steps };
    const lost = best && lostBy(rules, path, best);
    const why = lost ? STEP_WORDS[lost] : 'it is equal to the best one';
    if (entry?.decision.multipath.includes(path))
      return { outcome: 'multipath', from, text: text(`shares the load; ${why}`), steps };
    return { outcome: 'lost', from, text: text(`not the best: ${why}`), steps };
  };

  const fates = exchange.fates(speaker, prefix, (other) => entryOf(other)?.decision.best);
  const paths = entry?.paths ?? [];
  const told = new Set<Path>();
  const accounts = fates.map(({ end, outcome, steps }): Account => {
    const path = paths.find((one) => one.from === end && one.source === 'learned');
    if (path) told.add(path);
    if (path) return judged(path, steps);
    const who = `from ${end.peer} (${end.reverse.speaker.table.node})`;
    const how = {
      'no-path': 'not received: the neighbour has none to send',
      'not-sent': 'not received: the neighbour does not send it',
      refused: 'received and refused',
      // It would be accepted now and is not in the table: the exchange found no stable state.
      received: 'not in the table, as the exchange has no stable state',
    }[outcome];
    const from = { node: end.reverse.speaker.table.node, peer: end.peer };
    return { outcome: outcome === 'received' ? 'unusable' : outcome, from, text: `${who}: ${how}`, steps };
  });
  const own = paths
    .filter((path) => !told.has(path))
    .map((path) =>
      judged(
        path,
        path.spans.map((span) => ({ text: `${node}: made by this line`, node, span })),
      ),
    );
  const order: readonly Account['outcome'][] = [
    'best',
    'multipath',
    'lost',
    'unusable',
    'refused',
    'not-sent',
    'no-path',
  ];
  return [...own, ...accounts].sort((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome));
}
