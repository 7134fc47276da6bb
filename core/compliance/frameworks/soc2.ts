import { framework } from '../framework.ts';
import { changeTested, rollbackTested } from '../run-answers.ts';

/** Trust Services Criteria (AICPA, 2017 with the points of focus of 2022). */
export const soc2 = framework('soc2', 'SOC 2 (TSC 2017, points of focus 2022)', [
  {
    id: 'CC6.1',
    title: 'Logical access is restricted',
    class: 'config-checked',
    topics: ['management-access-list', 'secrets-hashed'],
  },
  {
    id: 'CC6.6',
    title: 'Access from outside is guarded',
    class: 'config-checked',
    topics: ['ingress-filter', 'deny-by-default'],
  },
  { id: 'CC7.1', title: 'Changes that bring vulnerabilities are detected', class: 'supports', decide: changeTested },
  {
    id: 'CC7.2',
    title: 'Anomalies are monitored',
    class: 'out-of-scope',
    untested: 'Monitoring of the running network is no part of a preflight.',
  },
  { id: 'CC8.1', title: 'Changes are authorised, tested and approved', class: 'twin-tested', decide: changeTested },
  { id: 'A1.2', title: 'Recovery is provided for', class: 'supports', decide: rollbackTested },
]);
