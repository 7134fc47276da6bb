import { type Entry, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import { off, on } from './stored-secret.ts';

const row = rowsOf<DeviceDraft>();

/** Commands that cannot change routes or sessions, with what they are for. Their whole block goes with them. */
export const harmless = (commands: Readonly<Record<string, string>>): readonly Entry[] =>
  Object.entries(commands).flatMap(([words, doc]) => [
    row(words, { doc, effect: 'none' }),
    ...(/[>\]]$/.test(words) ? [] : [row(`${words} <text:rest>`, { doc, effect: 'none' })]),
  ]);

/** Services that a line switches on, and its negative form off; kept by name for the rules. */
export const services = (commands: Readonly<Record<string, readonly [name: string, doc: string]>>): readonly Entry[] =>
  Object.entries(commands).map(([words, [name, doc]]) =>
    row(words, {
      doc,
      effect: 'none',
      apply: (device, _args, { span }) => {
        device.management.services.set(name, on(span));
      },
      undo: (device, _args, { span }) => {
        device.management.services.set(name, off(span));
      },
    }),
  );
