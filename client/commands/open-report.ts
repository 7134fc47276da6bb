import { commands, env, l10n, UIKind, Uri } from 'vscode';
import type { Services } from '../services.ts';
import { toUri } from '../uris.ts';
import { choosePackage } from './choose-run.ts';

/** "AEGIS: Open Report": the PDF of a package. Argument (optional): `{ folder }`. */
export async function openReport(services: Services, argument?: unknown): Promise<void> {
  const chosen = await choosePackage(services, argument, { purpose: l10n.t('Open Report'), otherFolder: false });
  if (chosen !== undefined) await openPdf(Uri.joinPath(toUri(chosen.folder), 'report.pdf').toString());
}

/** On the desktop in the system's viewer; in a browser or over a remote connection in VS Code. */
export async function openPdf(report: string): Promise<void> {
  const uri = toUri(report);
  const local = env.uiKind === UIKind.Desktop && env.remoteName === undefined;
  if (local && (await env.openExternal(uri))) return;
  await commands.executeCommand('vscode.open', uri);
}
