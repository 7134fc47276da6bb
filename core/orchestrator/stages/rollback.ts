import { applyUnifiedDiff, unifiedDiff } from '../../evidence/text-diff.ts';
import type { Snapshot, SnapshotNode } from '../../network/snapshot.ts';
import type { StateDiff } from '../../network/state.ts';
import type { PreflightRun } from '../run.ts';
import { failed, notRun, passed } from '../stage.ts';
import { plural, type Stage } from './define.ts';

/** How the state before is restored, in words for the evidence. */
export const ROLLBACK_METHOD =
  "Apply the reverse of each device's difference to its changed configuration, and load the result.";

export const differencesIn = ({ routes, sessions, adjacencies }: StateDiff): number =>
  routes.length + sessions.length + adjacencies.length;

/** Carries out the rollback in the twin and compares what comes back with what was there. */
export const rollback: Stage = {
  id: 'rollback',
  title: 'Rollback executed',
  required: true,
  run: async (run) => {
    if (!run.twin || !run.after) return notRun('The change was not applied, so there is nothing to roll back.');
    const snapshot = reversed(run);
    if (typeof snapshot === 'string') return failed(snapshot);
    const { backend } = run.services;
    const state = await backend.applyAndConverge(run.twin, snapshot, { signal: run.signal, onProgress: run.progress });
    const residual = backend.stateDiff(run.twin.initial, state);
    run.rollback = { snapshot, state, residual };
    if (!state.converged) return failed('The network has no stable state after the rollback.');
    const left = differencesIn(residual);
    return left === 0
      ? passed(
          `Executed in the twin on ${plural(run.request.change.devices.length, 'device')}: the state is the same as before the change.`,
        )
      : failed(
          `Executed in the twin, but ${plural(left, 'difference')} from the state before remain${left === 1 ? 's' : ''}.`,
        );
  },
};

/** The changed lab with the reverse of each difference applied, parsed anew; a sentence where that is not possible. */
function reversed({ request, services }: PreflightRun): Snapshot | string {
  const { before, after, devices } = request.change;
  const nodes = new Map<string, SnapshotNode>(after.nodes);
  for (const { node, kind, beforeText, afterText } of devices) {
    const old = before.nodes.get(node);
    if (kind === 'added' || !old) {
      nodes.delete(node);
      continue;
    }
    const text = applyUnifiedDiff(afterText, unifiedDiff(afterText, beforeText, node).diff);
    if (text !== beforeText)
      return `The difference of ${node} cannot be reversed: the configuration before the change does not come back.`;
    const { kind: system, image, config } = old;
    const known = { ...(system !== undefined && { kind: system }), ...(image !== undefined && { image }) };
    nodes.set(node, {
      name: node,
      ...known,
      config: services.parse({
        text,
        file: config.file,
        node,
        dialect: config.dialect,
        ...known,
        ...(config.companions && { companions: config.companions }),
      }),
    });
  }
  // Cabling is not configuration: a topology that the change alters goes back as a whole.
  const ordered = new Map([...nodes].sort(([a], [b]) => (a < b ? -1 : 1)));
  return { ...before, nodes: ordered };
}
