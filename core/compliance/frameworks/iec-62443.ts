import { framework } from '../framework.ts';
import { changeTested, flowsUnchanged, rollbackTested } from '../run-answers.ts';

/** IEC 62443-3-3:2013, system requirements. */
export const iec62443 = framework('iec-62443', 'IEC 62443-3-3:2013', [
  {
    id: 'SR 1.2',
    title: 'Processes and devices are identified and authenticated',
    class: 'config-checked',
    topics: ['routing-authenticated'],
  },
  { id: 'SR 1.11', title: 'Unsuccessful logins are limited', class: 'config-checked', topics: ['login-attempts'] },
  { id: 'SR 2.5', title: 'Idle sessions are locked', class: 'config-checked', topics: ['idle-timeout-10'] },
  {
    id: 'SR 3.1',
    title: 'Communication is protected against tampering',
    class: 'config-checked',
    topics: ['ssh-macs', 'routing-authenticated'],
  },
  { id: 'SR 3.3', title: 'Security functions are verified', class: 'twin-tested', decide: changeTested },
  {
    id: 'SR 5.1',
    title: 'Networks are segmented',
    class: 'config-checked',
    topics: ['ingress-filter'],
    also: flowsUnchanged,
  },
  {
    id: 'SR 5.2',
    title: 'Zone boundaries are protected',
    class: 'config-checked',
    topics: ['deny-by-default'],
    also: flowsUnchanged,
  },
  { id: 'SR 7.4', title: 'The system can be recovered', class: 'twin-tested', decide: rollbackTested },
  {
    id: 'SR 7.6',
    title: 'Network and security settings follow guidelines',
    class: 'config-checked',
    topics: ['secrets-hashed', 'management-access-list'],
  },
  {
    id: 'SR 7.7',
    title: 'Only needed functions are enabled',
    class: 'config-checked',
    topics: ['unsafe-services', 'unused-interfaces-shut'],
  },
]);
