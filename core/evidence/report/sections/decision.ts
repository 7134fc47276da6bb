/** Sections 7 to 12: rollback, risk and authority, approvals, gate, controls, exceptions. */
import { isEmptyDifference } from '../../contradictions.ts';
import { limited, type Section, writeNotRun } from '../section.ts';
import { TEXT } from '../style.ts';
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
  write: (writer, { bundle, approvals: given = [] }) => {
    if (given.length > 0) {
      writer.paragraph(
        'These signed approvals lie beside the bundle and verified when this document was made. Whether they are still valid, unused and enough, the promotion gate decides.',
      );
      writer.table(
        [
          { title: 'Decision', share: 14 },
          { title: 'Approver', share: 26 },
          { title: 'Role', share: 18 },
          { title: 'Valid from', share: 21 },
          { title: 'Until', share: 21 },
        ],
        given.map(({ decision, approver, role, notBefore, expires }) => [
          { text: decision === 'approve' ? 'Approved' : 'REJECTED', style: TEXT.cellBold },
          approver,
          role,
          notBefore,
          expires,
        ]),
      );
      return;
    }
    writer.paragraph(
      bundle.verdict.value === 'blocked'
        ? 'A blocked change cannot be approved.'
        : 'No approval was there when this document was made; the one in the package is made before anybody can approve. An approval is a signed statement of its own about this bundle, in approvals/ beside this document or in the ledger; naming a person here would prove nothing.',
    );
  },
};

export const gate: Section = {
  title: '10  Promotion gate',
  write: (writer, { bundle }) => {
    writer.paragraph(
      'The promotion gate runs after the seal and was not run when this document was made; nothing was sent to any device. These are the questions that it will ask, and what is known of them here:',
    );
    const { authority, risk, verdict } = bundle;
    const tier = risk.status === 'decided' ? risk.tier : 'not decided';
    writer.table(
      [
        { title: 'Rule', share: 8 },
        { title: 'Question', share: 46 },
        { title: 'Known when this run was sealed', share: 46 },
      ],
      [
        ['G1', 'Do the signature, the digests and the ledger hold?', 'To be verified from the files (section 13).'],
        [
          'G2',
          'Is the verdict one that may be promoted?',
          verdict.value === 'blocked'
            ? { text: 'No: the change is blocked.', style: TEXT.cellBold }
            : `The verdict is ${verdict.value.replace('_', ' ')}.`,
        ],
        [
          'G3',
          'Is there a valid approval where the risk asks for one?',
          `The risk tier is ${tier}. Section 9 has the approvals that were there.`,
        ],
        ['G4', 'Was a connector to live devices opted in to?', 'Not asked by a preflight.'],
        [
          'G5',
          'Does the authority follow from the configurations and the policy?',
          authority.status === 'decided'
            ? `Required: ${authority.required}; effective: ${authority.effective}.`
            : `Not decided. ${authority.reason}`,
        ],
        ['Drift', 'Does each device still run the configuration before the change?', 'No device was contacted.'],
      ],
    );
  },
};

export const exceptions: Section = {
  title: '12  Exceptions and emergency',
  write: (writer, { bundle }) => {
    const { request, suppressions } = bundle;
    writer.paragraph(
      request.emergency === null
        ? 'This is an ordinary change: no emergency was declared.'
        : `An emergency was declared: ${request.emergency}`,
    );
    if (suppressions.length === 0) {
      writer.paragraph('No finding was set aside.');
      return;
    }
    writer.subheading(`Findings that were set aside: ${suppressions.length}`, 80);
    const { rows, note } = limited(suppressions);
    writer.table(
      [
        { title: 'Priority', share: 10 },
        { title: 'Rule', share: 20 },
        { title: 'Place', share: 26, style: TEXT.cellMono },
        { title: 'Finding', share: 24 },
        { title: 'Reason given', share: 24 },
      ],
      rows.map(({ priority, rule, file, line, message, reason, origin }) => [
        priority,
        rule,
        `${file}:${line}`,
        `${message}${origin === 'introduced' ? ' (introduced by the change)' : ''}`,
        reason,
      ]),
    );
    if (note !== null) writer.paragraph(note);
  },
};
