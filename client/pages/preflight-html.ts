import { l10n } from 'vscode';
import type { EvidenceRun, PreflightReason, RunFact, StageEvent } from '../../server/protocol.ts';
import { html } from '../text/html.ts';
import { verdictMeaning, verdictWord } from '../verdict.ts';

/** A stage as the strip shows it. */
export interface StageRow {
  readonly title: string;
  readonly status: StageEvent['status'] | 'waiting';
  readonly summary: string;
}

/** A sign and a word for each status: nothing hangs on the colour. */
const STATUS: Readonly<Record<StageRow['status'], { readonly sign: string; readonly word: string }>> = {
  // The stage did its work; what it found may still speak against the change.
  passed: { sign: '✓', word: l10n.t('done') },
  failed: { sign: '✕', word: l10n.t('failed') },
  skipped: { sign: '–', word: l10n.t('not needed') },
  not_run: { sign: '○', word: l10n.t('not run') },
  running: { sign: '▶', word: l10n.t('running') },
  waiting: { sign: '·', word: l10n.t('waiting') },
};

const SIGN: Readonly<Record<RunFact['tone'], { readonly sign: string; readonly word: string }>> = {
  good: { sign: '✓', word: '' },
  bad: { sign: '!', word: l10n.t('attention: ') },
  neutral: { sign: '·', word: '' },
  absent: { sign: '○', word: l10n.t('not run: ') },
};

const VERDICT_SIGN = { ship_ready: '✓', needs_approval: '!', blocked: '✕' } as const;

/** The strip of steps: one for each stage, the running one marked, and what each found. */
export function stripHtml(rows: readonly StageRow[]): string {
  const step = ({ title, status, summary }: StageRow): string => {
    const { sign, word } = STATUS[status];
    const current = status === 'running' ? ' aria-current="step"' : '';
    return `<li class="step ${status}"${current}><span class="sign" aria-hidden="true">${sign}</span><span class="title">${html(title)}</span><span class="word">${html(word)}</span><span class="found">${html(summary)}</span></li>`;
  };
  return `<ol class="strip" aria-label="${html(l10n.t('Stages'))}">${rows.map(step).join('')}</ol>`;
}

function factHtml({ title, text, tone, details = [] }: RunFact): string {
  const { sign, word } = SIGN[tone];
  const list = details.length === 0 ? '' : `<ul>${details.map((detail) => `<li>${html(detail)}</li>`).join('')}</ul>`;
  return `<section class="fact ${tone}"><h3><span aria-hidden="true">${sign}</span> ${html(title)}</h3><p><span class="spoken">${word}</span>${html(text)}</p>${list}</section>`;
}

export interface Button {
  readonly command: string;
  readonly title: string;
}

const buttonsHtml = (buttons: readonly Button[]): string =>
  `<div class="buttons">${buttons.map(({ command, title }) => `<button type="button" data-command="${html(command)}">${html(title)}</button>`).join('')}</div>`;

/** A preflight that runs: the strip, and what is being done now. */
export const runningHtml = (lab: string, rows: readonly StageRow[], buttons: readonly Button[]): string =>
  [
    `<h1>${html(l10n.t('Preflight of {0}', lab))}</h1>`,
    `<p class="now" role="status" aria-live="polite">${html(now(rows))}</p>`,
    buttonsHtml(buttons),
    stripHtml(rows),
  ].join('\n');

function now(rows: readonly StageRow[]): string {
  const at = rows.findIndex(({ status }) => status === 'running');
  const row = rows[at];
  if (!row) return l10n.t('The preflight begins.');
  return l10n.t(
    'Step {0} of {1}: {2}',
    at + 1,
    rows.length,
    row.summary === '' ? row.title : `${row.title}, ${row.summary}`,
  );
}

/** A preflight that ended: verdict, reasons, what each part found, and every stage. */
export function resultHtml(
  run: EvidenceRun,
  reasons: readonly PreflightReason[],
  made: string,
  buttons: readonly Button[],
): string {
  const reason = ({ text, uri }: PreflightReason, index: number): string =>
    `<li>${html(text)}${uri === undefined ? '' : ` <button type="button" class="place" data-reason="${index}">${html(uri.split('/').at(-1) ?? l10n.t('go to line'))}</button>`}</li>`;
  const rows = run.stages.map((stage): StageRow => ({ ...stage }));
  const facts: readonly (readonly [string, string])[] = [
    [l10n.t('Lab'), run.lab],
    [l10n.t('Intent'), run.intent],
    [l10n.t('Changed'), run.changedDevices.join(', ')],
    [l10n.t('Made'), made],
    [l10n.t('Run'), run.runId],
  ];
  const shown = facts.filter(([, value]) => value !== '');
  return [
    `<header class="verdict ${run.verdict}"><span class="sign" aria-hidden="true">${VERDICT_SIGN[run.verdict]}</span><div><h1>${html(verdictWord(run.verdict))}</h1><p>${html(verdictMeaning(run.verdict))}</p></div></header>`,
    buttonsHtml(buttons),
    `<h2>${html(l10n.t('Reasons'))}</h2><ul class="reasons">${reasons.map(reason).join('')}</ul>`,
    `<h2>${html(l10n.t('What was found'))}</h2><div class="facts">${run.facts.map(factHtml).join('')}</div>`,
    `<h2>${html(l10n.t('Stages'))}</h2>${stripHtml(rows)}`,
    `<h2>${html(l10n.t('Run'))}</h2><table>${shown.map(([name, value]) => `<tr><th scope="row">${html(name)}</th><td>${html(value)}</td></tr>`).join('')}</table>`,
    `<p class="quiet">${html(l10n.t('This page repeats what the evidence says. Verifying it checks that it is whole and who sealed it.'))}</p>`,
  ].join('\n');
}

/** Themed by the editor's own variables; borders and signs carry what colours say. */
export const STYLE = `
body { color: var(--vscode-foreground); background: var(--vscode-editor-background); font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); padding: 0 20px 20px; max-width: 1000px; }
h1 { font-size: 1.5em; font-weight: 600; margin: 0; }
h2 { font-size: 1.1em; font-weight: 600; margin: 22px 0 8px; }
h3 { font-size: 1em; font-weight: 600; margin: 0 0 4px; }
p { margin: 2px 0; }
.verdict { display: flex; gap: 14px; align-items: center; margin: 14px 0; padding: 12px 16px; border: 2px solid var(--vscode-contrastBorder, var(--vscode-panel-border)); border-left-width: 8px; }
.verdict .sign { font-size: 1.8em; width: 1.2em; text-align: center; }
.verdict.ship_ready { border-left-color: var(--vscode-charts-green); }
.verdict.needs_approval { border-left-color: var(--vscode-editorWarning-foreground); }
.verdict.blocked { border-left-color: var(--vscode-editorError-foreground); }
.buttons { display: flex; flex-wrap: wrap; gap: 8px; margin: 12px 0; }
button { color: var(--vscode-button-secondaryForeground); background: var(--vscode-button-secondaryBackground); border: 1px solid var(--vscode-button-border, transparent); padding: 4px 12px; font: inherit; cursor: pointer; border-radius: 2px; }
button:hover { background: var(--vscode-button-secondaryHoverBackground); }
button:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }
button.place { padding: 0 6px; font-size: 0.9em; }
.reasons { padding-left: 20px; margin: 0; }
.reasons li { margin: 4px 0; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(270px, 1fr)); gap: 10px; }
.fact { border: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder)); border-left-width: 4px; padding: 8px 12px; }
.fact.good { border-left-color: var(--vscode-charts-green); }
.fact.bad { border-left-color: var(--vscode-editorWarning-foreground); }
.fact.absent { border-left-style: dashed; }
.fact ul { margin: 4px 0 0; padding-left: 18px; }
.strip { list-style: none; margin: 0; padding: 0; border-left: 2px solid var(--vscode-panel-border, var(--vscode-contrastBorder)); }
.step { display: grid; grid-template-columns: 26px minmax(140px, 190px) 90px 1fr; gap: 8px; padding: 5px 0 5px 8px; align-items: baseline; }
.step .sign { text-align: center; font-weight: 700; }
.step .title { font-weight: 600; }
.step.passed .sign { color: var(--vscode-charts-green); }
.step.failed .sign, .step.failed .word { color: var(--vscode-editorError-foreground); font-weight: 700; }
.step.running { background: var(--vscode-list-inactiveSelectionBackground); outline: 1px solid var(--vscode-focusBorder); }
.step.waiting, .step.skipped, .step.not_run, .quiet { color: var(--vscode-descriptionForeground); }
table { border-collapse: collapse; }
th { text-align: left; padding: 2px 18px 2px 0; font-weight: 600; }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.now { margin: 10px 0; }
`;
