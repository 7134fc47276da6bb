// A process that makes twins until it is killed: started by kills.ts. It says `spawning` and `standing`, so that the
// one who kills it knows how far it came.
import { findFrr, frrBackend } from '../../core/backends/frr/index.ts';
import { agreementLab } from './agreement.ts';

const host = await findFrr();
if ('obstacle' in host) throw new Error(host.obstacle);
const lab = agreementLab(9);
for (;;) {
  const backend = frrBackend(host);
  console.log('spawning');
  await backend.staticCheck(lab, {});
  const twin = await backend.spawnTwin(lab, {});
  console.log('standing');
  await backend.teardownTwin(twin);
}
