import { notRun, passed } from '../stage.ts';
import { isAccepted, plural, REFUSED, type Stage } from './define.ts';

/** Brings up a copy of the lab as it is before the change. */
export const spawnTwin: Stage = {
  id: 'spawn-twin',
  title: 'Spawn twin',
  required: true,
  run: async (run) => {
    if (!isAccepted(run)) return notRun(REFUSED);
    const { backend } = run.services;
    run.twin = await backend.spawnTwin(run.request.change.before, { signal: run.signal, onProgress: run.progress });
    if (backend.probe)
      run.probes = { before: await backend.probe(run.twin, { signal: run.signal, onProgress: run.progress }) };
    const { initial, nodes, links } = run.twin;
    const up = initial.sessions.filter(({ state }) => state === 'established').length;
    const state = initial.converged
      ? `${up} of ${plural(initial.sessions.length, 'BGP session')} established`
      : 'it has no stable state even before the change';
    return passed(`The ${backend.name} holds ${plural(nodes, 'device')} and ${plural(links, 'link')}; ${state}.`);
  },
};
