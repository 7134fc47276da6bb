import { randomUUID } from 'node:crypto';
import { CancellationTokenSource, l10n, ProgressLocation, window } from 'vscode';
import { type Lab, type PreflightParams, PreflightRequest, type PreflightResult } from '../../server/protocol.ts';
import { countsText } from '../counts.ts';
import type { Services } from '../services.ts';
import { verdictWord } from '../verdict.ts';
import { textOf } from './argument.ts';
import { chooseLab } from './choose-lab.ts';
import { openReport } from './open-report.ts';
import { showResult } from './show-result.ts';
import { showStateDiff } from './show-state-diff.ts';

/**
 * "AEGIS: Preflight Change". Argument (all optional): `{ lab, intent }`.
 * @returns the result, undefined when the user gave up
 */
export async function preflight(services: Services, argument?: unknown): Promise<PreflightResult | undefined> {
  const lab = await chooseLab(services, argument, l10n.t('Preflight Change'));
  if (lab === undefined) return undefined;
  const intent = textOf(argument, 'intent') ?? (await askIntent(services, lab));
  if (intent === undefined) return undefined;

  const result = await run(services, lab, intent);
  await services.evidence.showResult(result);
  const sealed = services.evidence.runOf(result.evidenceFolder);
  if (sealed && sealed.problem === undefined) services.preflightPage.result(sealed, result.reasons);
  // The message stays until it is read; the command has ended before that.
  void tell(services, lab, result);
  return result;
}

/** Why the change is made. Undefined when the user gives up; empty when there is nothing to say. */
async function askIntent({ memory }: Services, lab: Lab): Promise<string | undefined> {
  const key = `intent ${lab.id}`;
  const intent = await window.showInputBox({
    title: l10n.t('Preflight {0}', lab.name),
    prompt: l10n.t('What is the change for? The evidence records it. Press Enter to go on, also without an answer.'),
    placeHolder: l10n.t('For example: announce 198.51.100.128/26 for customer AS 64501 (CHG-1042)'),
    value: memory.get<string>(key, ''),
    // What is being typed must not go when a page in the background is drawn anew and takes the focus.
    ignoreFocusOut: true,
  });
  if (intent !== undefined) await memory.update(key, intent);
  return intent?.trim();
}

async function run({ server, preflightPage }: Services, lab: Lab, intent: string): Promise<PreflightResult> {
  const token = randomUUID();
  const parameters: PreflightParams = { lab: lab.id, token, ...(intent === '' ? {} : { intent }) };
  return await window.withProgress(
    { location: ProgressLocation.Notification, title: l10n.t('Preflight of {0}', lab.name), cancellable: true },
    async (progress, cancellation) => {
      const stop = new CancellationTokenSource();
      cancellation.onCancellationRequested(() => stop.cancel());
      const draw = preflightPage.begin(lab.name, () => stop.cancel());
      let shown = -1;
      const subscription = server.onStage((event) => {
        if (event.token !== token) return;
        draw(event);
        if (event.status !== 'running') return;
        const { index, total, title, summary } = event;
        progress.report({
          message:
            summary === undefined
              ? l10n.t('{0} of {1}: {2}', index + 1, total, title)
              : l10n.t('{0} of {1}: {2} ({3})', index + 1, total, title, summary),
          increment: index > shown ? (100 * (index - Math.max(shown, 0))) / total : 0,
        });
        shown = index;
      });
      try {
        return await server.request<PreflightResult>(PreflightRequest, parameters, stop.token);
      } catch (error) {
        preflightPage.abandon();
        throw error;
      } finally {
        stop.dispose();
        subscription.dispose();
      }
    },
  );
}

const actions: readonly {
  readonly title: string;
  readonly needsEvidence: boolean;
  readonly run: (services: Services, lab: Lab, result: PreflightResult) => unknown;
}[] = [
  {
    title: l10n.t('Show State Diff'),
    needsEvidence: false,
    run: (services, lab) => showStateDiff(services, { lab: lab.id }),
  },
  {
    title: l10n.t('Open Evidence'),
    needsEvidence: true,
    run: (services, _lab, { evidenceFolder }) => showResult(services, { folder: evidenceFolder }),
  },
  {
    title: l10n.t('Open Report'),
    needsEvidence: true,
    run: (services, _lab, { evidenceFolder }) => openReport(services, { folder: evidenceFolder }),
  },
];

/** The verdict, its first reason and what changes, with what can be done next. */
async function tell(services: Services, lab: Lab, result: PreflightResult): Promise<void> {
  const { verdict, reasons, counts } = result;
  const text = [
    l10n.t('{0}: {1}.', lab.name, verdictWord(verdict)),
    sentence(reasons[0]?.text ?? ''),
    ...(reasons.length === 2 ? [l10n.t('And 1 more reason.')] : []),
    ...(reasons.length > 2 ? [l10n.t('And {0} more reasons.', reasons.length - 1)] : []),
    sentence(capital(countsText(counts))),
  ].join(' ');
  const show =
    verdict === 'blocked'
      ? window.showErrorMessage
      : verdict === 'needs_approval'
        ? window.showWarningMessage
        : window.showInformationMessage;
  const offered = actions.filter(({ needsEvidence }) => !needsEvidence || result.evidenceFolder !== '');
  const chosen = await show(text.replaceAll(/\s+/g, ' '), ...offered.map(({ title }) => title));
  try {
    await offered.find(({ title }) => title === chosen)?.run(services, lab, result);
  } catch (error) {
    void window.showErrorMessage(error instanceof Error ? error.message : String(error));
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const sentence = (text: string): string => (text === '' || /[.?]$/.test(text) ? text : `${text}.`);
