import { commands, l10n, window } from 'vscode';
import type { EvidenceRun } from '../../server/protocol.ts';
import type { Services } from '../services.ts';
import { runDocument } from '../text/run-documents.ts';
import { verdictCodicon, verdictWord } from '../verdict.ts';
import { runTime } from '../views/evidence-view.ts';
import { isObject, textOf } from './argument.ts';

/** The runs that were compared: the older one stands on the left. */
export interface Comparison {
  readonly before: EvidenceRun;
  readonly after: EvidenceRun;
}

/**
 * "AEGIS: Compare Runs": verdict, reasons, changed lines and state differences of two runs in the diff editor. Argument
 * (optional): a run or two (`{ folder }`, or `{ folders: [one, other] }`); `rows` are the selected rows of the tree.
 * @returns the two runs, undefined when the user gave up
 */
export async function compareRuns(
  services: Services,
  argument?: unknown,
  rows?: unknown,
): Promise<Comparison | undefined> {
  const runs = (await services.evidence.read()).filter(({ problem }) => problem === undefined);
  if (runs.length < 2)
    throw new Error(
      l10n.t('There are fewer than two runs to compare. Run "AEGIS: Preflight Change" after the next edit.'),
    );
  const given = foldersOf(argument, rows).map((folder) => {
    const run = runs.find((one) => one.folder === folder);
    if (run === undefined) throw new Error(l10n.t('{0} is not among the readable evidence of this folder.', folder));
    return run;
  });
  if (given.length > 2) throw new Error(l10n.t('Two runs can be compared, not more. Select two rows.'));
  const one = given[0] ?? (await pick(runs, l10n.t('Choose the first run')));
  if (one === undefined) return undefined;
  const other =
    given[1] ??
    (await pick(
      runs.filter((run) => run !== one),
      l10n.t('Compare {0} with', nameOf(one)),
    ));
  if (other === undefined) return undefined;

  const [before, after] = one.createdAt <= other.createdAt ? [one, other] : [other, one];
  const title = l10n.t('{0} and {1}', nameOf(before), nameOf(after));
  await commands.executeCommand('vscode.diff', runDocument(before), runDocument(after), title, { preview: true });
  return { before, after };
}

function foldersOf(argument: unknown, rows: unknown): readonly string[] {
  if (Array.isArray(rows) && rows.length > 1) {
    const folders = rows.map((row) => textOf(row, 'folder'));
    return [...new Set(folders.filter((folder) => folder !== undefined))];
  }
  const several = isObject(argument) ? argument.folders : undefined;
  if (Array.isArray(several)) return several.filter((folder) => typeof folder === 'string');
  const folder = textOf(argument, 'folder');
  return folder === undefined ? [] : [folder];
}

const nameOf = ({ verdict, createdAt }: EvidenceRun): string => `${verdictWord(verdict)}, ${runTime(createdAt)}`;

async function pick(runs: readonly EvidenceRun[], placeHolder: string): Promise<EvidenceRun | undefined> {
  const picked = await window.showQuickPick(
    runs.map((run) => ({
      label: `${verdictCodicon(run.verdict)} ${verdictWord(run.verdict)}`,
      description: `${run.lab}, ${runTime(run.createdAt)}`,
      detail: run.intent === '' ? undefined : run.intent,
      run,
    })),
    { title: l10n.t('Compare Runs'), placeHolder, matchOnDescription: true, matchOnDetail: true },
  );
  return picked?.run;
}
