import { diffStates } from '../../core/network/diff-states.ts';
import { Forwarding } from '../../core/network/forwarding/forwarding.ts';
import { rememberingParser } from '../../core/network/load/remembering-parser.ts';
import { compareReachability } from '../../core/network/reachability/compare.ts';
import { simulate } from '../../core/network/simulate.ts';
import { differenceOf } from '../../core/orchestrator/bundle.ts';
import { reachabilitySection } from '../../core/orchestrator/reachability-section.ts';
import { nodeFileReader } from '../files/node-file-reader.ts';
import { changeRequest } from '../preflight/change-request.ts';
import { type ChangeOptions, changeOrigin } from './change-options.ts';
import { exitCodes } from './exit-codes.ts';
import { reachabilityLines } from './reachability-text.ts';
import { stateDiffLines } from './state-diff-text.ts';
import { print } from './terminal.ts';

const MOST_ROWS = 200;

/** Prints the difference of states; the exit code is 1 when the network with the change does not converge. */
export async function diffCommand(lab: string, options: ChangeOptions & { readonly json?: boolean }): Promise<number> {
  const { change } = await changeRequest(lab, await changeOrigin(options), {
    reader: nodeFileReader,
    parse: rememberingParser(),
    operator: '',
  });
  const [before, after] = [simulate(change.before), simulate(change.after)];
  const diff = diffStates(before, after);
  const reachability = compareReachability(new Forwarding(change.before, before), new Forwarding(change.after, after));
  if (options.json)
    print(
      JSON.stringify({
        counts: diff.counts,
        converged: after.converged,
        ...differenceOf(diff, before, after),
        reachability: reachabilitySection(reachability),
      }),
    );
  else {
    print(
      `${change.devices.length === 0 ? 'No configuration changes.' : `Changed: ${change.devices.map(({ node }) => node).join(', ')}.`}`,
    );
    for (const line of stateDiffLines(diff, MOST_ROWS)) print(line);
    for (const line of reachabilityLines(reachability, MOST_ROWS)) print(line);
    if (!after.converged) print('The network with the change does not converge.');
  }
  return after.converged ? exitCodes.fine : exitCodes.blocked;
}
