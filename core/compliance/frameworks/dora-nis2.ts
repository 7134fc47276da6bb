import { framework } from '../framework.ts';
import {
  baselineRetained,
  changeDocumented,
  changeTested,
  impactAnalysed,
  riskDecided,
  rollbackTested,
} from '../run-answers.ts';

/** DORA: Commission Delegated Regulation (EU) 2024/1774, article 17(1). NIS 2: Implementing Regulation (EU) 2024/2690, annex 6.4. */
export const doraNis2 = framework('dora-nis2', 'DORA RTS 2024/1774 art. 17 and NIS 2 2024/2690 annex 6.4', [
  {
    id: 'DORA 17(1)(a)',
    title: 'It is verified that security requirements are met',
    class: 'twin-tested',
    decide: changeTested,
  },
  {
    id: 'DORA 17(1)(b)',
    title: 'Who approves is independent of who asks and who carries out',
    class: 'process-attested',
    untested: 'The gate compares author, operator and approvers when the change is promoted.',
  },
  { id: 'DORA 17(1)(c)', title: 'Roles in the change are clear', class: 'process-attested', decide: changeDocumented },
  {
    id: 'DORA 17(1)(d)',
    title: 'The change and its expected outcome are documented and communicated',
    class: 'process-attested',
    decide: changeDocumented,
  },
  { id: 'DORA 17(1)(e)', title: 'There is a way back', class: 'twin-tested', decide: rollbackTested },
  {
    id: 'DORA 17(1)(f)',
    title: 'Emergency changes have a procedure',
    class: 'process-attested',
    untested: 'The reason of an emergency stands in the record of the change; the procedure itself is the site’s.',
  },
  {
    id: 'DORA 17(1)(g)',
    title: 'Emergency changes are evaluated afterwards',
    class: 'post-deployment',
    untested: 'This is after the change.',
  },
  {
    id: 'DORA 17(1)(h)',
    title: 'The impact on existing security measures is identified',
    class: 'twin-tested',
    decide: impactAnalysed,
  },
  {
    id: 'NIS2 6.4.1',
    title: 'Changes are controlled by a procedure',
    class: 'process-attested',
    decide: changeDocumented,
  },
  {
    id: 'NIS2 6.4.2',
    title: 'Changes are documented and tested and their impact is assessed before',
    class: 'twin-tested',
    decide: changeTested,
  },
  {
    id: 'NIS2 6.4.2(risk)',
    title: 'The risk of the change is assessed',
    class: 'process-attested',
    decide: riskDecided,
  },
  {
    id: 'NIS2 6.4.3',
    title: 'Changes outside the procedure are recorded with their reason',
    class: 'process-attested',
    untested: 'The reason of an emergency stands in the record of the change, where there is one.',
  },
  {
    id: 'NIS2 6.3.2',
    title: 'Configurations are kept and monitored',
    class: 'process-attested',
    decide: baselineRetained,
  },
]);
