import { type At, type Entry, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { HardeningSetting, InterfaceService } from '../../device/hardening.ts';
import type { Interface } from '../../device/interface.ts';
import type { Located } from '../../span.ts';
import { off, on } from './stored-secret.ts';

const deviceRow = rowsOf<DeviceDraft>();
const portRow = rowsOf<Interface>();

/** Switches a service of an interface on or off. */
export function setService(iface: Interface, service: InterfaceService, value: Located<boolean>): void {
  iface.services ??= new Map();
  iface.services.set(service, value);
}

/** Lines of an interface that switch a service on, and in their negative form off. They change no route. */
export const interfaceSwitches = (
  commands: Readonly<Record<string, readonly [service: InterfaceService, doc: string]>>,
): readonly Entry[] =>
  Object.entries(commands).map(([words, [service, doc]]) =>
    portRow(words, {
      doc,
      effect: 'none',
      apply: (iface, _, { span }) => setService(iface, service, on(span)),
      undo: (iface, _, { span }) => setService(iface, service, off(span)),
    }),
  );

/** Keeps a setting with its value; the value's own place where it has one. */
export const keepSetting = (
  { management }: DeviceDraft,
  name: HardeningSetting,
  value: string,
  at: Pick<At, 'span'>,
): void => {
  management.settings.set(name, { value, span: at.span });
};

/** Lines of the form `words value ...` that set a value of the whole device. They change no route. */
export const deviceSettings = (
  commands: Readonly<Record<string, readonly [setting: HardeningSetting, doc: string]>>,
): readonly Entry[] =>
  Object.entries(commands).map(([words, [setting, doc]]) =>
    deviceRow(`${words} <values:names>`, {
      doc,
      effect: 'none',
      apply: (device, { values }, at) => keepSetting(device, setting, values.value.join(' '), at),
      undo: ({ management }) => {
        management.settings.delete(setting);
      },
    }),
  );

/** Adds members to a list that may stand on several lines (Junos). */
export const addToSetting = (
  device: DeviceDraft,
  name: HardeningSetting,
  members: readonly string[],
  at: Pick<At, 'span'>,
): void => {
  const known = device.management.settings.get(name)?.value;
  const all = members.filter((member) => member !== '[' && member !== ']');
  keepSetting(device, name, [...(known === undefined ? [] : [known]), ...all].join(' '), at);
};
