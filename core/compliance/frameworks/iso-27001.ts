import { framework } from '../framework.ts';
import { changeTested, flowsUnchanged } from '../run-answers.ts';

/** ISO/IEC 27001:2022, Annex A. */
export const iso27001 = framework('iso-27001', 'ISO/IEC 27001:2022 Annex A', [
  {
    id: 'A.5.3',
    title: 'Duties are segregated',
    class: 'process-attested',
    untested: 'The gate compares author, operator and approvers when the change is promoted.',
  },
  {
    id: 'A.8.9',
    title: 'Configurations are managed',
    class: 'config-checked',
    topics: ['unsafe-services', 'secrets-hashed'],
  },
  { id: 'A.8.15', title: 'Events are logged', class: 'config-checked', topics: ['log-server', 'log-storage'] },
  { id: 'A.8.17', title: 'Clocks are synchronised', class: 'config-checked', topics: ['time-servers'] },
  {
    id: 'A.8.20',
    title: 'Networks are secured',
    class: 'config-checked',
    topics: ['control-plane-policy', 'management-access-list'],
    also: flowsUnchanged,
  },
  {
    id: 'A.8.21',
    title: 'Network services are secured',
    class: 'config-checked',
    topics: ['routing-authenticated', 'maximum-prefix'],
  },
  {
    id: 'A.8.22',
    title: 'Networks are segregated',
    class: 'config-checked',
    topics: ['ingress-filter'],
    also: flowsUnchanged,
  },
  { id: 'A.8.32', title: 'Changes are managed', class: 'twin-tested', decide: changeTested },
]);
