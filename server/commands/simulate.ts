import { loadSnapshot } from '../../core/network/load/load-snapshot.ts';
import { problemLine } from '../../core/network/load/unusable.ts';
import { simulate } from '../../core/network/simulate.ts';
import { toSimulateJson } from '../../core/network/simulate-json.ts';
import type { NetworkState } from '../../core/network/state.ts';
import { nodeFileReader } from '../files/node-file-reader.ts';
import { exitCodes } from './exit-codes.ts';
import { hopText } from './state-diff-text.ts';
import { heading, print, shown, table } from './terminal.ts';

/** Prints the state of a lab; the exit code is 1 when the network does not converge. */
export async function simulateCommand(lab: string, { json = false }: { readonly json?: boolean }): Promise<number> {
  const snapshot = await loadSnapshot(lab, { reader: nodeFileReader });
  const state = simulate(snapshot);
  const code = state.converged ? exitCodes.fine : exitCodes.blocked;
  if (json) {
    print(JSON.stringify(toSimulateJson(state)));
    return exitCodes.fine;
  }
  for (const problem of snapshot.problems) print(`note  ${shown(problemLine(problem))}`);
  printState(state);
  return code;
}

function printState(state: NetworkState): void {
  for (const [node, vrfs] of state.nodes) {
    for (const [vrf, { routes }] of vrfs) {
      if (routes.length === 0) continue;
      print(heading(vrf === 'default' ? node : `${node}, VRF ${vrf}`));
      print(
        table(
          ['prefix', 'protocol', 'distance/metric', 'next hops'],
          routes.map(({ prefix, protocol, ad, metric, nextHops }) => [
            prefix,
            protocol,
            `${ad}/${metric}`,
            nextHops.map(hopText).join(', '),
          ]),
        ),
      );
      print('');
    }
  }
  if (state.sessions.length > 0) {
    print(heading('BGP sessions'));
    print(
      table(
        ['node', 'vrf', 'peer', 'type', 'state', ''],
        state.sessions.map(({ node, vrf, peer, type, state: up, reason }) => [
          node,
          vrf,
          peer,
          type,
          up,
          reason?.text ?? '',
        ]),
      ),
    );
    print('');
  }
  if (state.adjacencies.length > 0) {
    print(heading('Adjacencies'));
    print(
      table(
        ['protocol', 'node', 'interface', 'peer', 'state', ''],
        state.adjacencies.map(({ protocol, node, interface: port, peerNode, peerInterface, state: up, detail }) => [
          protocol,
          node,
          port,
          `${peerNode} ${peerInterface}`,
          up,
          detail ?? '',
        ]),
      ),
    );
    print('');
  }
  for (const [node, lines] of state.notModelled) {
    if (lines.length > 0) print(`not modelled  ${node}: ${lines.length} line${lines.length === 1 ? '' : 's'}`);
  }
  for (const { node, text } of state.caveats) print(`caveat  ${shown(`${node}: ${text}`)}`);
  print(
    state.converged
      ? `Converged after ${state.rounds} rounds.`
      : `Does not converge: ${shown(state.oscillation?.nodes.join(', ') ?? '')} keep changing (${shown(state.oscillation?.prefixes.join(', ') ?? '')}).`,
  );
}
