/** Section 11: controls by framework and class, with the lines behind each answer. */
import type { EvidenceBundle } from '../../bundle.ts';
import type { ReportWriter } from '../report-writer.ts';
import { limited, type Section, writeNotRun } from '../section.ts';
import { TEXT } from '../style.ts';
import type { Cell } from '../table.ts';

type Row = Extract<EvidenceBundle['compliance'], { status: 'checked' }>['rows'][number];

const STATUSES = ['pass', 'fail', 'not_tested', 'not_applicable'] as const;

const CONTROL: Readonly<Record<Row['status'], Cell>> = {
  pass: { text: 'Pass', mark: 'passed' },
  fail: { text: 'FAIL', mark: 'failed', style: TEXT.cellBold },
  not_applicable: { text: 'Not applicable', mark: 'skipped' },
  not_tested: { text: 'Not tested', mark: 'open' },
};

/** What each class can claim at most. */
const CLASSES: readonly (readonly [Row['class'], string])[] = [
  ['config-checked', 'decided from the configuration after the change'],
  ['twin-tested', 'tested in the twin by this run'],
  ['supports', 'this run supplies evidence for it and does not decide it'],
  ['process-attested', 'about how the site works; this run shows a part of it'],
  ['post-deployment', 'can be shown after the change alone'],
  ['out-of-scope', 'not about network configurations'],
];

/** Lines of evidence that are printed of one row. */
const MOST_LINES = 6;

function evidenceOf({ evidence, status }: Row): string {
  if (evidence.length === 0) return '–';
  const most = status === 'fail' ? MOST_LINES * 2 : MOST_LINES;
  const shown = evidence.slice(0, most);
  const rest = evidence.length - shown.length;
  return [...shown, ...(rest > 0 ? [`and ${rest} more, in bundle.json`] : [])].join('\n');
}

function writeCounts(writer: ReportWriter, rows: readonly Row[]): void {
  const frameworks = [...new Set(rows.map(({ framework }) => framework))];
  writer.table(
    [
      { title: 'Framework', share: 44 },
      { title: 'Pass', share: 12, align: 'right' },
      { title: 'Fail', share: 12, align: 'right' },
      { title: 'Not tested', share: 16, align: 'right' },
      { title: 'Not applicable', share: 16, align: 'right' },
    ],
    frameworks.map((framework) => [
      framework,
      ...STATUSES.map((status) =>
        String(rows.filter((row) => row.framework === framework && row.status === status).length),
      ),
    ]),
  );
  writer.subheading('Controls by class', 90);
  writer.table(
    [
      { title: 'Class', share: 20 },
      { title: 'What it can claim at most', share: 52 },
      { title: 'Controls', share: 14, align: 'right' },
      { title: 'Of them pass', share: 14, align: 'right' },
    ],
    CLASSES.map(([name, claim]) => {
      const own = rows.filter((row) => row.class === name);
      return [name, claim, String(own.length), String(own.filter(({ status }) => status === 'pass').length)];
    }),
  );
}

export const controls: Section = {
  title: '11  Controls',
  write: (writer, { bundle }) => {
    const { compliance } = bundle;
    if (compliance.status !== 'checked') {
      writeNotRun(writer, 'Compliance controls', compliance);
      return;
    }
    writer.paragraph(
      `Asked of ${compliance.devices.length === 0 ? 'no device' : compliance.devices.join(', ')}, as configured after the change. A control that passes is not certified: it holds as far as its class can claim.`,
    );
    if (compliance.worsened.length === 0) writer.paragraph('No control that held before the change fails after it.');
    else {
      writer.subheading('Controls that held before the change and fail after it', 80);
      writer.table(
        [
          { title: 'Device', share: 18 },
          { title: 'Control', share: 34 },
          { title: 'Evidence', share: 48 },
        ],
        compliance.worsened.map(({ device, title, evidence }) => [
          device,
          { text: title, style: TEXT.cellBold },
          evidence.join('\n'),
        ]),
      );
    }
    writeCounts(writer, compliance.rows);
    const sections = [...new Set(compliance.rows.map(({ section }) => section))];
    for (const section of sections) {
      const own = compliance.rows.filter((row) => row.section === section);
      writer.subheading(section, 100);
      const edition = own[0]?.edition;
      if (edition) writer.paragraph(edition, TEXT.quiet);
      const { rows, note } = limited(own);
      writer.table(
        [
          { title: 'Control', share: 21 },
          { title: 'Status', share: 15 },
          { title: 'What it is about', share: 20 },
          { title: 'Evidence', share: 54, style: TEXT.cellSmall },
        ],
        rows.map((row) => [
          `${row.control}${row.severity === null ? '' : `\n${row.severity}`}\n${row.class}`,
          CONTROL[row.status],
          row.title,
          evidenceOf(row),
        ]),
      );
      if (note !== null) writer.paragraph(note);
    }
  },
};
