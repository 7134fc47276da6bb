import type { ReachabilityDiff } from '../../core/network/reachability/compare.ts';
import { changeText } from '../../core/network/reachability/text.ts';
import { heading, shown } from './terminal.ts';

const MARKS = { lost: '-', gained: '+', path_changed: '~', changed: '~' } as const;
const ORDER = ['lost', 'changed', 'gained', 'path_changed'] as const;

/** What devices reach, before and after, losses first; nothing when nothing changed. */
export function reachabilityLines({ changes, incomplete }: ReachabilityDiff, most: number): readonly string[] {
  if (changes.length === 0 && incomplete.length === 0) return [];
  const sorted = ORDER.flatMap((wanted) => changes.filter(({ kind }) => kind === wanted));
  const counts = ORDER.map(
    (wanted) => `${changes.filter(({ kind }) => kind === wanted).length} ${wanted.replace('_', ' ')}`,
  );
  return [
    '',
    heading(`Reachability: ${counts.join(', ')}`),
    ...sorted.slice(0, most).map((change) => shown(`  ${MARKS[change.kind]} ${changeText(change)}`)),
    ...(sorted.length > most ? [`  and ${sorted.length - most} more`] : []),
    ...incomplete,
  ];
}
