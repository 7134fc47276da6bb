import { l10n, type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import type { EvidenceRun } from '../../server/protocol.ts';
import type { Services } from '../services.ts';
import { verdictCodicon, verdictWord } from '../verdict.ts';
import { runTime } from '../views/evidence-view.ts';
import { textOf } from './argument.ts';

export interface ChosenPackage {
  readonly folder: string;
  /** Known when the package is one of this workspace's. */
  readonly run?: EvidenceRun;
}

interface Options {
  readonly purpose: string;
  /** Whether a package from elsewhere may be chosen too. */
  readonly otherFolder: boolean;
}

/**
 * The package that a command is about: the one that it was given (a row of the tree, or `{ folder }`), or the one that
 * the user picks. Undefined when the user picks none.
 */
export async function choosePackage(
  { evidence }: Services,
  argument: unknown,
  { purpose, otherFolder }: Options,
): Promise<ChosenPackage | undefined> {
  const runs = await evidence.read();
  const folder = textOf(argument, 'folder');
  if (folder !== undefined) {
    const run = runs.find((one) => one.folder === folder);
    return run === undefined ? { folder } : { folder, run };
  }
  if (runs.length === 0 && !otherFolder) {
    throw new Error(l10n.t('There is no evidence in this folder yet. Run "AEGIS: Preflight Change" first.'));
  }
  const usable = runs.filter(({ problem }) => problem === undefined);
  const other: QuickPickItem = {
    label: `$(folder-opened) ${l10n.t('Choose a folder')}`,
    description: l10n.t('a package from elsewhere'),
  };
  const picked = await window.showQuickPick(
    [
      ...usable.map((run) => ({
        label: `${verdictCodicon(run.verdict)} ${verdictWord(run.verdict)}`,
        description: `${run.lab}, ${runTime(run.createdAt)}`,
        detail: run.intent === '' ? undefined : run.intent,
        run,
      })),
      ...(otherFolder ? [...(usable.length > 0 ? [{ label: '', kind: QuickPickItemKind.Separator }] : []), other] : []),
    ],
    { title: purpose, placeHolder: l10n.t('Choose a run'), matchOnDescription: true, matchOnDetail: true },
  );
  if (picked === undefined) return undefined;
  if ('run' in picked) return { folder: picked.run.folder, run: picked.run };
  const chosen = await window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    title: purpose,
    openLabel: l10n.t('Choose Package'),
  });
  return chosen?.[0] === undefined ? undefined : { folder: chosen[0].fsPath };
}
