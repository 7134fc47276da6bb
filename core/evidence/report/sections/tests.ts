/** Section 5: every stage and every finding. */
import type { BundleFinding, EvidenceBundle } from '../../bundle.ts';
import { counted, duration, limited, type Section, STATUS, writeNotRun } from '../section.ts';
import { TEXT } from '../style.ts';
import type { Cell } from '../table.ts';
import type { Writer } from '../writer.ts';

function writeStages(writer: Writer, { stages }: EvidenceBundle): void {
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

function writeFindings(writer: Writer, title: string, findings: readonly BundleFinding[]): void {
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

export const tests: Section = {
  title: '5  Tests',
  write: (writer, { bundle }) => {
    writeStages(writer, bundle);
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
