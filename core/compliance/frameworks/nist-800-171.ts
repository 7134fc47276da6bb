import { framework } from '../framework.ts';
import { baselineRetained, changeDocumented, impactAnalysed } from '../run-answers.ts';

/** NIST SP 800-171 revision 3 (May 2024). */
export const nist800171 = framework('nist-800-171', 'NIST SP 800-171 Rev. 3', [
  {
    id: '03.01.03',
    title: 'Information flows are enforced',
    class: 'config-checked',
    topics: ['ingress-filter', 'egress-filter'],
  },
  { id: '03.01.08', title: 'Unsuccessful logons are limited', class: 'config-checked', topics: ['login-attempts'] },
  { id: '03.03.07', title: 'Time stamps are reliable', class: 'config-checked', topics: ['time-servers'] },
  { id: '03.04.01', title: 'A baseline configuration is kept', class: 'process-attested', decide: baselineRetained },
  {
    id: '03.04.02',
    title: 'Settings follow a secure configuration',
    class: 'config-checked',
    topics: ['secrets-hashed', 'ssh-ciphers', 'idle-timeout-10'],
  },
  { id: '03.04.03', title: 'Changes are controlled', class: 'process-attested', decide: changeDocumented },
  { id: '03.04.04.a', title: 'The impact of changes is analysed before', class: 'twin-tested', decide: impactAnalysed },
  {
    id: '03.04.04.b',
    title: 'Requirements are verified after a change',
    class: 'post-deployment',
    untested: 'This is verified on the production network after the change.',
  },
  {
    id: '03.04.05',
    title: 'Who may change is restricted',
    class: 'process-attested',
    untested: 'The gate asks for signed approvals when the change is promoted.',
  },
  {
    id: '03.04.06',
    title: 'Only what is needed is enabled',
    class: 'config-checked',
    topics: ['unsafe-services', 'unused-interfaces-shut'],
  },
  { id: '03.13.01', title: 'Boundaries are protected', class: 'config-checked', topics: ['ingress-filter'] },
  { id: '03.13.06', title: 'What is not permitted is denied', class: 'config-checked', topics: ['deny-by-default'] },
]);
