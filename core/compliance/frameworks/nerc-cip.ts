import { framework } from '../framework.ts';
import { baselineRetained, changeDocumented, impactAnalysed } from '../run-answers.ts';

/** NERC CIP-010-4 (configuration change management) and CIP-005-7 (electronic security perimeter). */
export const nercCip = framework('nerc-cip', 'NERC CIP (CIP-010-4, CIP-005-7)', [
  {
    id: 'CIP-005-7 R1.3',
    title: 'Access through the perimeter needs a reason, all other is denied',
    class: 'config-checked',
    topics: ['deny-by-default'],
  },
  { id: 'CIP-010-4 R1.1', title: 'A baseline configuration is kept', class: 'supports', decide: baselineRetained },
  {
    id: 'CIP-010-4 R1.2',
    title: 'Changes of the baseline are authorised and documented',
    class: 'process-attested',
    decide: changeDocumented,
  },
  {
    id: 'CIP-010-4 R1.3',
    title: 'The baseline is updated within 30 days',
    class: 'post-deployment',
    untested: 'This is after the change.',
  },
  {
    id: 'CIP-010-4 R1.4.1',
    title: 'Controls that a change may affect are determined before',
    class: 'config-checked',
    topics: ['ingress-filter', 'management-access-list'],
  },
  {
    id: 'CIP-010-4 R1.4.2',
    title: 'These controls are verified after the change',
    class: 'post-deployment',
    untested: 'This is verified on the production network after the change.',
  },
  {
    id: 'CIP-010-4 R1.5.1',
    title: 'Changes are tested in an environment that models production',
    class: 'twin-tested',
    decide: impactAnalysed,
  },
  {
    id: 'CIP-010-4 R1.5.2',
    title: 'Differences of the test environment are documented',
    class: 'supports',
    decide: impactAnalysed,
  },
  {
    id: 'CIP-010-4 R1.6',
    title: 'The source and integrity of software are verified',
    class: 'out-of-scope',
    untested: 'A change of configuration installs no software.',
  },
]);
