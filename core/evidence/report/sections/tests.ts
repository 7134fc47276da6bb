/** Section 5: every stage and every finding. */

import { bindingOf } from '../../approval.ts';
import type { BundleFinding, EvidenceBundle } from '../../bundle.ts';
import type { ReportWriter } from '../report-writer.ts';
import { counted, duration, limited, mono, type Section, STATUS, writeNotRun } from '../section.ts';
import { TEXT } from '../style.ts';
import type { Cell } from '../table.ts';
import { writeFailures, writeProbes, writeRollout } from './robustness.ts';

function writeStages(writer: ReportWriter, { stages }: EvidenceBundle): void {
  const of = (status: string): number => stages.filter((stage) => stage.status === status).length;
  writer.paragraph(
    `${counted(stages.length, 'stage')}: ${of('passed')} passed, ${of('failed')} failed, ${of('skipped')} skipped, ${of('not_run')} not run.`,
  );
  writer.table(
    [
      { title: 'Stage', share: 24 },
      { title: 'Result', share: 14 },
      { title: 'Started (UTC)', share: 15 },
      { title: 'Time', share: 11, align: 'right' },
      { title: 'What was found', share: 46 },
    ],
    stages.map((stage) => {
      const { word, mark } = STATUS[stage.status];
      const result: Cell = { text: word, mark, style: stage.status === 'failed' ? TEXT.cellBold : TEXT.cell };
      return [
        stage.title,
        result,
        stage.startedAt?.slice(11, 23).replace('Z', '') ?? '–',
        duration(stage.durationMs),
        [stage.summary, ...stage.details.map((detail) => `– ${detail}`)].join('\n'),
      ];
    }),
  );
}

function writeFindings(writer: ReportWriter, title: string, findings: readonly BundleFinding[]): void {
  writer.subheading(`${title}: ${findings.length}`, 80);
  if (findings.length === 0) {
    writer.paragraph('None.');
    return;
  }
  const { rows, note } = limited(findings);
  writer.table(
    [
      { title: 'Priority', share: 13 },
      { title: 'Rule', share: 22 },
      { title: 'Device', share: 14 },
      { title: 'Lines', share: 24, style: TEXT.cellMono },
      { title: 'Finding', share: 40 },
    ],
    rows.map(({ priority, severity, rule, device, file, lines, message }) => [
      { text: `${priority}\n${severity}`, style: priority === 'P0' ? TEXT.cellBold : TEXT.cell },
      rule,
      device,
      `${file}:${lines.from}${lines.to > lines.from ? `-${lines.to}` : ''}`,
      message,
    ]),
  );
  if (note !== null) writer.paragraph(note);
}

const HELD: Readonly<Record<string, Cell>> = {
  held: { text: 'Held', mark: 'passed' },
  broken: { text: 'BROKEN', mark: 'failed', style: TEXT.cellBold },
  not_tested: { text: 'Not tested', mark: 'open' },
};

/** Everything that was asked, by kind: what passed, what failed, what nobody could tell. */
function writeCounts(writer: ReportWriter, bundle: EvidenceBundle): void {
  const { stages, failures, probes, invariants, compliance } = bundle;
  const count = <T>(list: readonly T[], holds: (item: T) => boolean): number => list.filter(holds).length;
  const rows: (readonly [string, number, number, number] | readonly [string, string])[] = [
    [
      'Stages',
      count(stages, ({ status }) => status === 'passed'),
      count(stages, ({ status }) => status === 'failed'),
      count(stages, ({ status }) => status === 'not_run' || status === 'skipped'),
    ],
    failures.status === 'checked'
      ? [
          'Single failures',
          count(failures.scenarios, ({ worse }) => worse.length === 0),
          count(failures.scenarios, ({ worse }) => worse.length > 0),
          0,
        ]
      : ['Single failures', failures.reason],
    probes.status === 'measured'
      ? [
          'Packets in the twin',
          count(probes.probes, ({ after }) => after?.reached === true),
          count(probes.probes, ({ before, after }) => before?.reached === true && after?.reached === false),
          count(probes.probes, ({ before, after }) => !after?.reached && !(before?.reached && after)),
        ]
      : ['Packets in the twin', probes.reason],
    invariants.status === 'checked'
      ? [
          'Invariants',
          count(invariants.rows, ({ after }) => after === 'held'),
          count(invariants.rows, ({ after }) => after === 'broken'),
          count(invariants.rows, ({ after }) => after === 'not_tested'),
        ]
      : ['Invariants', invariants.reason],
    compliance.status === 'checked'
      ? [
          'Controls',
          count(compliance.rows, ({ status }) => status === 'pass'),
          count(compliance.rows, ({ status }) => status === 'fail'),
          count(compliance.rows, ({ status }) => status === 'not_tested'),
        ]
      : ['Controls', compliance.reason],
  ];
  writer.table(
    [
      { title: 'Kind of test', share: 30 },
      { title: 'Passed', share: 12, align: 'right' },
      { title: 'Failed', share: 12, align: 'right' },
      { title: 'Not tested', share: 12, align: 'right' },
      { title: 'Why not', share: 34 },
    ],
    rows.map(([name, ...rest]) =>
      rest.length === 1 ? [name, '–', '–', '–', rest[0]] : [name, ...rest.map(String), ''],
    ),
  );
}

/** What every test was run on, and by what. */
function writeInputs(writer: ReportWriter, bundle: EvidenceBundle): void {
  const { tool, twin, policy } = bundle;
  writer.facts([
    ['Input of all tests', mono(bindingOf(bundle).configs)],
    ['', 'SHA-256 of the list of all configurations before and after the change; section 14 has each of them.'],
    [
      'Tool',
      `${tool.name} ${tool.version}${twin.status === 'run' ? `; twin ${twin.engine.name} ${twin.engine.version}` : ''}`,
    ],
    ['Policy', `${policy.version}${policy.sha256 === null ? '' : `, SHA-256 ${policy.sha256}`}`],
  ]);
}

export const tests: Section = {
  title: '5  Tests',
  write: (writer, { bundle }) => {
    writeInputs(writer, bundle);
    writeCounts(writer, bundle);
    writer.subheading('Stages of the preflight', 80);
    writeStages(writer, bundle);
    writeFailures(writer, bundle);
    writeRollout(writer, bundle);
    writeProbes(writer, bundle);
    writeFindings(
      writer,
      'Findings that the change introduces',
      bundle.findings.filter(({ origin }) => origin === 'introduced'),
    );
    writeFindings(
      writer,
      'Findings that were there before',
      bundle.findings.filter(({ origin }) => origin === 'pre_existing'),
    );
    writer.subheading('Declared invariants');
    if (bundle.invariants.status !== 'checked') writeNotRun(writer, 'Invariants', bundle.invariants);
    else {
      writer.table(
        [
          { title: 'Invariant', share: 20 },
          { title: 'Statement', share: 50 },
          { title: 'Before', share: 15 },
          { title: 'After', share: 15 },
        ],
        bundle.invariants.rows.map((row) => [
          row.id,
          row.statement,
          HELD[row.before] ?? row.before,
          HELD[row.after] ?? row.after,
        ]),
      );
    }
  },
};
