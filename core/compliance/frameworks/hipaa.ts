import { framework } from '../framework.ts';
import { impactAnalysed } from '../run-answers.ts';

/** HIPAA Security Rule, 45 CFR part 164 subpart C. */
export const hipaa = framework('hipaa', 'HIPAA Security Rule (45 CFR 164)', [
  { id: '164.308(a)(8)', title: 'Changes of operations are evaluated', class: 'supports', decide: impactAnalysed },
  { id: '164.312(a)(2)(iii)', title: 'Idle sessions end', class: 'config-checked', topics: ['idle-timeout-10'] },
  {
    id: '164.312(b)',
    title: 'Activity in systems with health data is recorded',
    class: 'out-of-scope',
    untested: 'This is about the systems that hold health data.',
  },
  {
    id: '164.312(e)(1)',
    title: 'Transmitted data is guarded',
    class: 'config-checked',
    topics: ['ssh-ciphers', 'snmp-encrypted'],
  },
]);
