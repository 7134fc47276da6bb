/**
 * The page for a change advisory board: verdict, the change in short, impact, counts of tests, rollback, approvals, on one
 * sheet. What does not fit is shortened and says so; the examiner's report has all of it.
 */
import type { Approval } from '../approval.ts';
import type { EvidenceBundle } from '../bundle.ts';
import { isEmptyDifference, lostCount } from '../contradictions.ts';
import { Canvas } from '../report/canvas.ts';
import type { ReportFonts } from '../report/fonts.ts';
import { UNVERIFIED, writeRunningLines } from '../report/running-lines.ts';
import { counted } from '../report/section.ts';
import { diffLines } from '../report/sections/change.ts';
import { COLOR, TEXT } from '../report/style.ts';
import { VERDICT } from '../report/verdict-banner.ts';
import { Writer } from '../report/writer.ts';

export interface CabOptions {
  readonly bundleSha256: string;
  readonly fonts: ReportFonts;
  readonly verified: boolean;
  readonly approvals?: readonly Approval[];
}

/** How much is shown, from the most to the least; the first that fits on one page is taken. */
interface Budget {
  readonly reasons: number;
  readonly devices: number;
  readonly diffLines: number;
  readonly characters: number;
}

const BUDGETS: readonly Budget[] = [
  { reasons: 6, devices: 8, diffLines: 24, characters: 400 },
  { reasons: 6, devices: 8, diffLines: 14, characters: 300 },
  { reasons: 4, devices: 6, diffLines: 8, characters: 220 },
  { reasons: 3, devices: 4, diffLines: 4, characters: 160 },
  { reasons: 2, devices: 3, diffLines: 0, characters: 110 },
  { reasons: 1, devices: 1, diffLines: 0, characters: 70 },
];

/** Renders the page. The bytes depend on nothing but the arguments. */
export async function renderCabPage(bundle: EvidenceBundle, options: CabOptions): Promise<Uint8Array> {
  for (const budget of BUDGETS) {
    const pdf = await tryBudget(bundle, options, budget, budget === BUDGETS.at(-1));
    if (pdf) return pdf;
  }
  throw new Error('The page for the change board does not fit on one sheet.');
}

async function tryBudget(
  bundle: EvidenceBundle,
  { bundleSha256, fonts, verified, approvals = [] }: CabOptions,
  budget: Budget,
  last: boolean,
): Promise<Uint8Array | undefined> {
  const facts = {
    title: `Change board page, run ${bundle.runId}`,
    subject: `Verdict: ${VERDICT[bundle.verdict.value].word}`,
    producer: 'AEGIS',
    created: new Date(bundle.created),
  };
  const canvas = await Canvas.create(facts, fonts, verified ? null : UNVERIFIED);
  const writer = new Writer(canvas);
  write(writer, bundle, { bundleSha256, approvals, budget });
  writer.end();
  if (canvas.document.bufferedPageRange().count > 1 && !last) {
    await canvas.finish();
    return undefined;
  }
  writeRunningLines(canvas, { bundle, bundleSha256, verified }, 'Change board page');
  return canvas.finish();
}

const short = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;

interface Content {
  readonly bundleSha256: string;
  readonly approvals: readonly Approval[];
  readonly budget: Budget;
}

function write(writer: Writer, bundle: EvidenceBundle, { bundleSha256, approvals, budget }: Content): void {
  const { request, change, verdict, stateDiff, reachability, rollback, risk, authority, stages, compliance, findings } =
    bundle;
  const cut = (text: string): string => short(text.replace(/\s+/g, ' '), budget.characters);
  writer.title(
    cut(request.ticket === null ? 'Network change' : `Network change ${request.ticket}`),
    'Page for the change advisory board',
    `Run ${bundle.runId}, ${bundle.created.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC')}`,
  );
  writer.banner(verdict.value);
  const reasons = verdict.reasons.slice(0, budget.reasons).map(({ message }) => cut(message));
  const more = verdict.reasons.length - reasons.length;
  writer.list(more > 0 ? [...reasons, `and ${counted(more, 'further reason')}`] : reasons);
  const of = <T>(list: readonly T[], holds: (item: T) => boolean): number => list.filter(holds).length;
  writer.subheading('Change', 20);
  const lines = change.devices.reduce(
    (sum, { addedLines, removedLines }) => ({
      added: sum.added + addedLines.length,
      removed: sum.removed + removedLines.length,
    }),
    { added: 0, removed: 0 },
  );
  const names = change.devices.slice(0, budget.devices).map(({ name }) => name);
  const others = change.devices.length - names.length;
  writer.facts([
    ['What for', cut(request.reason ?? change.intent ?? 'No reason was given.')],
    ['Author, operator', cut(`${request.author ?? 'the operator'}, ${bundle.operator}`)],
    ['Window', request.window ? `${request.window.from} to ${request.window.to}` : 'none given'],
    [
      'Devices',
      cut(
        `${counted(change.devices.length, 'device')} (${lines.added} lines added, ${lines.removed} removed): ${names.join(', ')}${others > 0 ? ` and ${others} more` : ''}`,
      ),
    ],
    ...(request.emergency === null ? [] : ([['EMERGENCY', cut(request.emergency)]] as const)),
  ]);
  writer.subheading('Impact', 20);
  const lost = reachability.status === 'measured' ? of(reachability.changes, ({ kind }) => kind === 'lost') : 0;
  const gained = reachability.status === 'measured' ? of(reachability.changes, ({ kind }) => kind === 'gained') : 0;
  writer.facts([
    [
      'Sessions, routes',
      stateDiff.status === 'measured'
        ? `${counted(lostCount(stateDiff), 'session or adjacency', 'sessions or adjacencies')} lost; ${counted(stateDiff.sessions.length, 'session')} and ${counted(stateDiff.routes.length, 'route')} differ`
        : cut(`Not measured. ${stateDiff.reason}`),
    ],
    [
      'Reachability',
      reachability.status === 'measured'
        ? `${lost} lost, ${gained} gained of ${reachability.compared} pairs`
        : cut(`Not compared. ${reachability.reason}`),
    ],
    [
      'Risk, authority',
      cut(
        `${risk.status === 'decided' ? risk.tier : 'not decided'}, ${authority.status === 'decided' ? authority.effective : 'not decided'}`,
      ),
    ],
    [
      'Not in the twin',
      cut(
        `${counted(
          bundle.fidelity.devices.reduce((sum, { notModelledLines }) => sum + notModelledLines, 0),
          'line',
        )} not modelled; ${counted(bundle.fidelity.limits.length, 'known difference')} from production`,
      ),
    ],
  ]);
  writer.subheading('Tests', 20);
  const introduced = findings.filter(({ origin }) => origin === 'introduced');
  writer.facts([
    [
      'Stages',
      `${of(stages, ({ status }) => status === 'passed')} passed, ${of(stages, ({ status }) => status === 'failed')} failed, ${of(stages, ({ status }) => status === 'not_run' || status === 'skipped')} not run`,
    ],
    [
      'Findings by the change',
      `${of(introduced, ({ priority }) => priority === 'P0')} P0, ${of(introduced, ({ priority }) => priority === 'P1')} P1, ${of(introduced, ({ priority }) => priority === 'P2')} P2`,
    ],
    [
      'Controls',
      compliance.status === 'checked'
        ? `${of(compliance.rows, ({ status }) => status === 'pass')} pass, ${of(compliance.rows, ({ status }) => status === 'fail')} fail, ${of(compliance.rows, ({ status }) => status === 'not_tested')} not tested; ${compliance.worsened.length} made worse by the change`
        : cut(`Not asked. ${compliance.reason}`),
    ],
    [
      'Rollback',
      cut(
        !rollback.executed || !rollback.residual
          ? `Not executed. ${rollback.reason ?? ''}`
          : isEmptyDifference(rollback.residual)
            ? 'Executed in the twin; the state before was restored exactly'
            : 'Executed in the twin; the state before was NOT restored',
      ),
    ],
    [
      'Approvals',
      approvals.length > 0
        ? cut(approvals.map(({ decision, approver, role }) => `${decision} by ${approver} (${role})`).join('; '))
        : verdict.value === 'blocked'
          ? 'None possible: the change is blocked'
          : 'None when this page was made; an approval is a signed file of its own',
    ],
    ['bundle.json', { text: bundleSha256, style: TEXT.cellMono }],
  ]);
  if (budget.diffLines === 0) return;
  // Only what is added or removed, under the name of its device; the lines around it are in the report.
  const all = change.devices.flatMap((device) => [
    { gutter: '', text: device.name, background: COLOR.band },
    ...diffLines(device).flatMap((line) =>
      line.background === COLOR.goodBand || line.background === COLOR.badBand
        ? [{ ...line, text: short(line.text, 96) }]
        : [],
    ),
  ]);
  if (all.length === 0) return;
  const shown = all.slice(0, budget.diffLines);
  writer.subheading(
    shown.length < all.length
      ? `Lines that change (${all.length - shown.length} more are in the report)`
      : 'Lines that change',
    20,
  );
  writer.code(shown);
}
