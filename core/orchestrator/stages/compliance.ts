import { notRun } from '../stage.ts';
import type { Stage } from './define.ts';

/** What the evidence says about compliance as long as no framework is built in. */
export const COMPLIANCE_NOT_BUILT =
  'No compliance framework is built into this version; nothing was checked against one.';

export const compliance: Stage = {
  id: 'compliance',
  title: 'Compliance',
  required: false,
  run: async () => notRun(COMPLIANCE_NOT_BUILT),
};
