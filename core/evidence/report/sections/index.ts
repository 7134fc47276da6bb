import type { Section } from '../section.ts';
import { change, exactDiff } from './change.ts';
import { controls } from './controls.ts';
import { approvals, exceptions, gate, riskAndAuthority, rollback } from './decision.ts';
import { fidelity } from './fidelity.ts';
import { impact } from './impact.ts';
import { index, integrity } from './integrity.ts';
import { summary } from './summary.ts';
import { tests } from './tests.ts';

/** The report's sections in their order; the page for the screen has the same ones. */
export const SECTIONS: readonly Section[] = [
  summary,
  change,
  exactDiff,
  impact,
  tests,
  fidelity,
  rollback,
  riskAndAuthority,
  approvals,
  gate,
  controls,
  exceptions,
  integrity,
  index,
];
