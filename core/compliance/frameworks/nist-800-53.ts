import { framework } from '../framework.ts';
import {
  baselineRetained,
  changeDocumented,
  changeTested,
  flowsUnchanged,
  impactAnalysed,
  rollbackTested,
} from '../run-answers.ts';

/** NIST SP 800-53 revision 5 (release 5.1.1). */
export const nist80053 = framework('nist-800-53', 'NIST SP 800-53 Rev. 5', [
  { id: 'CM-2', title: 'Baseline configuration is retained', class: 'process-attested', decide: baselineRetained },
  { id: 'CM-3', title: 'Changes are controlled', class: 'process-attested', decide: changeDocumented },
  {
    id: 'CM-3(1)',
    title: 'Unapproved changes are prohibited automatically',
    class: 'process-attested',
    untested:
      'The gate denies what is not approved when the change is promoted, and keeps each denial in the ledger; this run is before that.',
  },
  {
    id: 'CM-3(2)',
    title: 'Changes are tested before they are carried out',
    class: 'twin-tested',
    decide: changeTested,
  },
  { id: 'CM-4', title: 'The impact of changes is analysed', class: 'twin-tested', decide: impactAnalysed },
  {
    id: 'CM-4(1)',
    title: 'The impact is analysed in a separate environment',
    class: 'twin-tested',
    decide: impactAnalysed,
  },
  {
    id: 'CM-4(2)',
    title: 'Controls are verified after a change',
    class: 'post-deployment',
    untested: 'This is verified on the production network after the change.',
  },
  {
    id: 'CM-5',
    title: 'Who may change is restricted',
    class: 'process-attested',
    untested: 'The gate asks for signed approvals when the change is promoted.',
  },
  {
    id: 'AC-5',
    title: 'Duties are separated',
    class: 'process-attested',
    untested: 'The gate compares author, operator and approvers when the change is promoted.',
  },
  {
    id: 'CM-6',
    title: 'Settings follow a secure configuration',
    class: 'config-checked',
    topics: ['secrets-hashed', 'idle-timeout-10', 'ssh-ciphers', 'ssh-macs'],
  },
  {
    id: 'CM-7',
    title: 'Only what is needed is enabled',
    class: 'config-checked',
    topics: ['unsafe-services', 'unused-interfaces-shut'],
  },
  {
    id: 'AC-4',
    title: 'Information flows are enforced',
    class: 'config-checked',
    topics: ['ingress-filter', 'egress-filter'],
    also: flowsUnchanged,
  },
  { id: 'AC-7', title: 'Unsuccessful logons are limited', class: 'config-checked', topics: ['login-attempts'] },
  { id: 'AC-8', title: 'A notice is shown before use', class: 'config-checked', topics: ['login-banner'] },
  { id: 'AC-12', title: 'Idle sessions end', class: 'config-checked', topics: ['idle-timeout-10'] },
  { id: 'AU-4', title: 'There is room for audit records', class: 'config-checked', topics: ['log-storage'] },
  { id: 'AU-8', title: 'Time stamps are reliable', class: 'config-checked', topics: ['time-servers'] },
  {
    id: 'AU-10',
    title: 'Actions cannot be denied',
    class: 'process-attested',
    untested:
      'Approvals are signed with keys of single persons when the change is promoted; the operator of a run is known by name alone.',
  },
  { id: 'CP-10', title: 'The system can be recovered', class: 'twin-tested', decide: rollbackTested },
  { id: 'IA-3', title: 'Devices are authenticated', class: 'config-checked', topics: ['routing-authenticated'] },
  { id: 'IA-5', title: 'Authenticators are protected', class: 'config-checked', topics: ['secrets-hashed'] },
  {
    id: 'SC-5',
    title: 'Denial of service is limited',
    class: 'config-checked',
    topics: ['control-plane-policy', 'maximum-prefix'],
  },
  {
    id: 'SC-7',
    title: 'Boundaries are protected',
    class: 'config-checked',
    topics: ['ingress-filter', 'bogon-sources'],
    also: flowsUnchanged,
  },
  { id: 'SC-7(5)', title: 'What is not permitted is denied', class: 'config-checked', topics: ['deny-by-default'] },
  {
    id: 'SC-8',
    title: 'Transmitted management traffic is protected',
    class: 'config-checked',
    topics: ['ssh-ciphers', 'snmp-encrypted'],
  },
  {
    id: 'SC-45',
    title: 'Clocks are synchronised',
    class: 'config-checked',
    topics: ['time-servers', 'time-authenticated'],
  },
]);
