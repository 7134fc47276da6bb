import { Forwarding } from '../../network/forwarding/forwarding.ts';
import { compareReachability } from '../../network/reachability/compare.ts';
import { cuts } from '../../network/reachability/cut.ts';
import { changeText } from '../../network/reachability/text.ts';
import { notRun, passed } from '../stage.ts';
import { plural, type Stage } from './define.ts';

/** More changes than this are in the evidence, not in the stage's record. */
const MOST_DETAILS = 20;

/** Compares what every device reaches before and after. A loss is a result, not a failure of the stage. */
export const reachability: Stage = {
  id: 'reachability',
  title: 'Reachability',
  required: true,
  run: async (run) => {
    if (!run.twin || !run.after) return notRun('There are not two states to compare.');
    const { change } = run.request;
    const [before, after] = [new Forwarding(change.before, run.twin.initial), new Forwarding(change.after, run.after)];
    const diff = compareReachability(before, after, { checkCancelled: () => run.signal?.throwIfAborted() });
    run.reachability = { ...diff, cuts: cuts(diff.changes, before, after) };
    const count = (wanted: string): number => diff.changes.filter(({ kind }) => kind === wanted).length;
    const details = diff.changes.filter(({ kind }) => kind === 'lost').map(changeText);
    return passed(
      `${plural(diff.compared, 'pair')} of source and destination compared: ${count('lost')} lost, ${count('gained')} gained, ${count('path_changed')} on another path.${diff.incomplete.length > 0 ? ` ${diff.incomplete.join(' ')}` : ''}`,
      details.length > MOST_DETAILS
        ? [...details.slice(0, MOST_DETAILS), `and ${details.length - MOST_DETAILS} more`]
        : details,
    );
  },
};
