import { l10n, window } from 'vscode';
import type { Lab } from '../../server/protocol.ts';
import { devicesText } from '../counts.ts';
import type { Services } from '../services.ts';
import { sameUri } from '../uris.ts';
import { isObject, textOf } from './argument.ts';

/**
 * The lab that a command is about: the one that it was given (a row of the tree, or `{ lab: <id or name> }`), the only
 * one there is, the one of the active editor, or the one that the user picks. Undefined when the user picks none.
 */
export async function chooseLab({ labs }: Services, argument: unknown, purpose: string): Promise<Lab | undefined> {
  const all = await labs.read();
  if (all.length === 0) {
    throw new Error(
      l10n.t(
        'There is no lab in this folder. A lab is a containerlab topology (a file that ends in .clab.yml) or a Batfish snapshot.',
      ),
    );
  }
  const given = isObject(argument) && isObject(argument.lab) ? textOf(argument.lab, 'id') : textOf(argument, 'lab');
  if (given !== undefined) {
    const found = all.find(({ id, name }) => id === given || name === given);
    if (found === undefined) throw new Error(l10n.t('There is no lab {0} in this folder.', given));
    return found;
  }
  if (all.length === 1) return all[0];
  const active = window.activeTextEditor?.document.uri.toString();
  const own =
    active === undefined
      ? undefined
      : all.find(({ uri, devices }) => sameUri(uri, active) || devices.some((device) => sameUri(device.uri, active)));
  return own ?? (await pickLab(all, purpose));
}

async function pickLab(labs: readonly Lab[], purpose: string): Promise<Lab | undefined> {
  const picked = await window.showQuickPick(
    labs.map((lab) => {
      const changed = lab.devices.filter((device) => device.changed).length;
      return { label: lab.name, description: devicesText(lab.devices.length, changed), lab };
    }),
    { title: purpose, placeHolder: l10n.t('Choose a lab') },
  );
  return picked?.lab;
}
