import { commands, env, l10n, UIKind, Uri, window } from 'vscode';
import { type ExportEvidenceParams, ExportEvidenceRequest, type ExportEvidenceResult } from '../../server/protocol.ts';
import type { Services } from '../services.ts';
import { toUri } from '../uris.ts';
import { textOf } from './argument.ts';
import { choosePackage } from './choose-run.ts';
import { openPdf } from './open-report.ts';

/**
 * "AEGIS: Export Evidence": copies a sealed package, with its report, to a folder. Argument (all optional):
 * `{ folder, destination }`.
 * @returns where the copy lies, undefined when the user gave up
 */
export async function exportEvidence(
  services: Services,
  argument?: unknown,
): Promise<ExportEvidenceResult | undefined> {
  const chosen = await choosePackage(services, argument, { purpose: l10n.t('Export Evidence'), otherFolder: false });
  if (chosen === undefined) return undefined;
  const destination = textOf(argument, 'destination') ?? (await askDestination());
  if (destination === undefined) return undefined;
  const parameters: ExportEvidenceParams = { folder: chosen.folder, destination };
  const result = await services.server.request<ExportEvidenceResult>(ExportEvidenceRequest, parameters);
  void tell(result);
  return result;
}

async function askDestination(): Promise<string | undefined> {
  const chosen = await window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    title: l10n.t('Export Evidence: choose the folder that receives the package'),
    openLabel: l10n.t('Export Here'),
  });
  return chosen?.[0]?.fsPath;
}

async function tell({ folder, report }: ExportEvidenceResult): Promise<void> {
  const onDesktop = env.uiKind === UIKind.Desktop && env.remoteName === undefined;
  const [open, show] = [l10n.t('Open Report'), l10n.t('Show Folder')];
  const buttons = [open, ...(onDesktop ? [show] : [])];
  const chosen = await window.showInformationMessage(
    l10n.t('The evidence and its report were verified and copied to {0}.', toUri(folder).fsPath),
    ...buttons,
  );
  if (chosen === open) await openPdf(report);
  if (chosen === show) await commands.executeCommand('revealFileInOS', Uri.file(toUri(folder).fsPath));
}
