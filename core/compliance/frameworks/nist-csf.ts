import { framework } from '../framework.ts';
import { baselineRetained, flowsUnchanged, riskDecided } from '../run-answers.ts';

/** NIST Cybersecurity Framework 2.0 (February 2024). */
export const nistCsf = framework('nist-csf', 'NIST CSF 2.0', [
  {
    id: 'ID.RA-07',
    title: 'Changes and their risk are assessed and recorded',
    class: 'process-attested',
    decide: riskDecided,
  },
  {
    id: 'PR.PS-01',
    title: 'Configurations are managed',
    class: 'config-checked',
    topics: ['unsafe-services', 'secrets-hashed'],
    also: baselineRetained,
  },
  {
    id: 'PR.IR-01',
    title: 'Networks are protected from unauthorised use',
    class: 'config-checked',
    topics: ['ingress-filter', 'management-access-list'],
    also: flowsUnchanged,
  },
  {
    id: 'PR.DS-02',
    title: 'Data in transit is protected',
    class: 'config-checked',
    topics: ['ssh-ciphers', 'snmp-encrypted'],
  },
  {
    id: 'PR.AA-03',
    title: 'Users and devices are authenticated',
    class: 'config-checked',
    topics: ['authentication-server', 'routing-authenticated'],
  },
  { id: 'PR.PS-04', title: 'Log records are made available', class: 'config-checked', topics: ['log-server'] },
  {
    id: 'DE.CM-01',
    title: 'Networks are monitored',
    class: 'out-of-scope',
    untested: 'Monitoring of the running network is no part of a preflight.',
  },
]);
