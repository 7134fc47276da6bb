/** Sections 7 to 12: rollback, risk and authority, approvals, gate, controls, exceptions. */
import { isEmptyDifference } from '../../contradictions.ts';
import { limited, type Section, writeNotRun } from '../section.ts';
import { TEXT } from '../style.ts';
import type { Cell } from '../table.ts';
import { writeDifference } from './impact.ts';

export const rollback: Section = {
  title: '7  Rollback',
  write: (writer, { bundle }) => {
    const { plan, executed, reason, residual } = bundle.rollback;
    writer.facts([
      ['Plan', plan.method],
      ['Devices', plan.devices.length === 0 ? 'None' : plan.devices.join(', ')],
      ['Executed', executed ? 'Yes, in the twin' : `No. ${reason ?? ''}`],
    ]);
    if (!executed || !residual) {
      writer.paragraph('It is not known whether this plan restores the state before the change.');
    } else if (isEmptyDifference(residual)) {
      writer.paragraph('After the rollback the state was compared with the state before the change: nothing differs.');
    } else {
      writer.paragraph('After the rollback the state still differs from the state before the change:');
      writeDifference(writer, residual);
    }
  },
};

export const riskAndAuthority: Section = {
  title: '8  Risk and authority',
  write: (writer, { bundle }) => {
    const { risk, authority } = bundle;
    if (risk.status !== 'decided') writeNotRun(writer, 'Risk', risk);
    else {
      writer.paragraph(`Risk tier: ${risk.tier}. It is the highest tier of the rules that apply.`);
      writer.table(
        [
          { title: 'Rule', share: 34 },
          { title: 'Tier', share: 10 },
          { title: 'Applies', share: 12 },
          { title: 'Inputs', share: 44 },
        ],
        risk.rules.map((rule) => [
          rule.title,
          rule.tier,
          rule.applies ? { text: 'Yes', style: TEXT.cellBold } : 'No',
          rule.inputs.length === 0 ? '–' : rule.inputs.join('\n'),
        ]),
      );
    }
    if (authority.status !== 'decided') writeNotRun(writer, 'Authority', authority);
    else {
      writer.facts([
        ['Change classes', authority.changeClasses.length === 0 ? 'None' : authority.changeClasses.join(', ')],
        ['Required authority', authority.required],
        ['Ceiling of the policy', authority.ceiling ?? 'There is no policy'],
        ['Effective authority', { text: authority.effective, style: TEXT.cellBold }],
        ['Reasons', authority.reasons.join('\n') || '–'],
      ]);
    }
  },
};

export const approvals: Section = {
  title: '9  Approvals',
  write: (writer) =>
    writer.paragraph(
      'No approval is recorded in this package. An approval is a signed statement of its own about this bundle; naming a person here would prove nothing.',
    ),
};

export const gate: Section = {
  title: '10  Promotion gate',
  write: (writer) => writer.paragraph('The promotion gate was not run. Nothing was sent to any device.'),
};

const CONTROL: Readonly<Record<string, Cell>> = {
  pass: { text: 'Pass', mark: 'passed' },
  fail: { text: 'FAIL', mark: 'failed', style: TEXT.cellBold },
  not_applicable: { text: 'Not applicable', mark: 'skipped' },
  not_tested: { text: 'Not tested', mark: 'open' },
};

export const controls: Section = {
  title: '11  Controls',
  write: (writer, { bundle }) => {
    if (bundle.compliance.status !== 'checked') {
      writeNotRun(writer, 'Compliance controls', bundle.compliance);
      return;
    }
    const { rows, note } = limited(bundle.compliance.rows);
    writer.table(
      [
        { title: 'Framework', share: 18 },
        { title: 'Control', share: 16 },
        { title: 'Status', share: 18 },
        { title: 'Class', share: 18 },
        { title: 'Evidence', share: 40 },
      ],
      rows.map((row) => [
        row.framework,
        row.control,
        CONTROL[row.status] ?? row.status,
        row.class,
        row.evidence.join('\n') || '–',
      ]),
    );
    if (note !== null) writer.paragraph(note);
  },
};

export const exceptions: Section = {
  title: '12  Exceptions and emergency',
  write: (writer) => writer.paragraph('No exception and no emergency reason was recorded by this run.'),
};
