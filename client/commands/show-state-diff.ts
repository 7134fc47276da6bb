import { commands, l10n, ProgressLocation, type QuickPickItem, window } from 'vscode';
import {
  type DeviceDiff,
  type StateDiffParams,
  StateDiffRequest,
  type StateDiffResult,
} from '../../server/protocol.ts';
import { countsText } from '../counts.ts';
import type { Services } from '../services.ts';
import { baseline } from '../settings.ts';
import { toUri } from '../uris.ts';
import { isObject, textOf } from './argument.ts';
import { chooseLab } from './choose-lab.ts';

type Documents = StateDiffResult['documents'][number];

/**
 * "AEGIS: Show State Diff": the routes and sessions before and after the change, in the diff editor, and the counts at
 * the changed lines. Argument (all optional): `{ lab, device }`; a device of null is the whole lab.
 * @returns what the server computed, undefined when the user gave up
 */
export async function showStateDiff(services: Services, argument?: unknown): Promise<StateDiffResult | undefined> {
  const lab = await chooseLab(services, argument, l10n.t('Show State Diff'));
  if (lab === undefined) return undefined;
  const parameters: StateDiffParams = { lab: lab.id };
  const result = await window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: l10n.t('Simulating {0} before and after', lab.name),
      cancellable: true,
    },
    (_progress, token) => services.server.request<StateDiffResult>(StateDiffRequest, parameters, token),
  );
  services.labs.showDifferences(lab.id, result.devices);
  services.lineCounts.show(result.lines);
  const documents = await chooseDocuments(result, argument);
  if (documents === 'nothing') {
    void window.showInformationMessage(l10n.t('{0}: the change leaves every route and session as it is.', lab.name));
  } else if (documents !== undefined) {
    const name = documents.device ?? l10n.t('{0}, all devices', lab.name);
    const title = l10n.t('{0}: routes and sessions, {1} and working tree', name, baseline());
    await commands.executeCommand('vscode.diff', toUri(documents.before), toUri(documents.after), title, {
      preview: true,
    });
  }
  return result;
}

/** What to show: what the argument names, the only device that changes, or what the user picks. */
async function chooseDocuments(result: StateDiffResult, argument: unknown): Promise<Documents | 'nothing' | undefined> {
  const of = (device: string | null): Documents | undefined => result.documents.find((one) => one.device === device);
  if (isObject(argument) && 'device' in argument) {
    const name = isObject(argument.device) ? textOf(argument.device, 'name') : argument.device;
    const found = name === null || typeof name === 'string' ? of(name) : undefined;
    if (found !== undefined) return found;
    if (typeof name === 'string') return 'nothing';
  }
  const affected = result.devices.filter((device) => of(device.device) !== undefined);
  if (affected.length === 0) return 'nothing';
  if (affected.length === 1) return of(affected[0]!.device);
  const item = ({ device, ...counts }: DeviceDiff): QuickPickItem & { readonly device: string | null } => ({
    label: `$(server) ${device}`,
    description: countsText(counts),
    device,
  });
  const picked = await window.showQuickPick(
    [
      { label: `$(type-hierarchy) ${l10n.t('All devices')}`, description: countsText(sum(affected)), device: null },
      ...affected.map(item),
    ],
    { title: l10n.t('Show State Diff'), placeHolder: l10n.t('Choose a device'), matchOnDescription: true },
  );
  return picked && of(picked.device);
}

const sum = (all: readonly DeviceDiff[]) => ({
  routesAdded: all.reduce((total, one) => total + one.routesAdded, 0),
  routesRemoved: all.reduce((total, one) => total + one.routesRemoved, 0),
  routesChanged: all.reduce((total, one) => total + one.routesChanged, 0),
  sessionsLost: all.reduce((total, one) => total + one.sessionsLost, 0),
  sessionsAdded: all.reduce((total, one) => total + one.sessionsAdded, 0),
});
