import { framework } from '../framework.ts';
import { flowsUnchanged } from '../run-answers.ts';

/** CIS Critical Security Controls v8.1 (June 2024), by the numbers of the safeguards. */
export const cisControls = framework('cis-controls', 'CIS Controls v8.1', [
  {
    id: '4.2',
    title: 'Network devices have a secure configuration process',
    class: 'process-attested',
    untested: 'That the site has such a process, its documents show.',
  },
  {
    id: '4.7',
    title: 'Default accounts are managed',
    class: 'config-checked',
    topics: ['one-local-account', 'secrets-hashed'],
  },
  { id: '4.8', title: 'Unneeded services are off', class: 'config-checked', topics: ['unsafe-services'] },
  { id: '8.4', title: 'Time is synchronised from two sources', class: 'config-checked', topics: ['time-servers'] },
  {
    id: '12.2',
    title: 'The network has a secure architecture',
    class: 'config-checked',
    topics: ['ingress-filter', 'deny-by-default'],
  },
  {
    id: '12.3',
    title: 'The network is managed securely',
    class: 'config-checked',
    topics: ['ssh-ciphers', 'ssh-macs', 'management-access-list'],
  },
  {
    id: '12.4',
    title: 'Diagrams of the architecture are kept',
    class: 'supports',
    untested: 'The topology is part of the package; whether the site’s diagrams agree with it is not compared.',
  },
  {
    id: '12.5',
    title: 'Users of the network are authenticated centrally',
    class: 'config-checked',
    topics: ['authentication-server'],
  },
  {
    id: '12.6',
    title: 'Secure protocols are used',
    class: 'config-checked',
    topics: ['snmp-encrypted', 'unsafe-services'],
  },
  {
    id: '13.4',
    title: 'Traffic between segments is filtered',
    class: 'config-checked',
    topics: ['egress-filter'],
    also: flowsUnchanged,
  },
]);
