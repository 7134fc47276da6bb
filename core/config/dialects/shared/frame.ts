import { type Entry, rowsOf } from '../../command-table.ts';
import type { DeviceDraft, DialectId } from '../../device/device.ts';
import { canonicalInterface, isInterfaceType } from '../../interface-names.ts';

const row = rowsOf<DeviceDraft>();

/** Commands that leave modes; they are known in every mode. */
export const frame: readonly Entry[] = [
  row('exit', { doc: 'Leaves the current configuration mode.', effect: 'none', closes: true }),
  row('quit', { doc: 'Leaves the current configuration mode.', effect: 'none', closes: true }),
  row('end', { doc: 'Leaves configuration mode altogether.', effect: 'none', closes: 'all' }),
  row('exit-address-family', { doc: 'Leaves the address family.', effect: 'none', closes: true }),
  row('exit-vrf', { doc: 'Leaves the VRF.', effect: 'none', closes: true }),
  row('exit-af-interface', { doc: 'Leaves the interface of an address family.', effect: 'none', closes: true }),
  row('exit-af-topology', { doc: 'Leaves the topology of an address family.', effect: 'none', closes: true }),
  row('exit-service-family', { doc: 'Leaves the service family.', effect: 'none', closes: true }),
  row('exit-peer-policy', { doc: 'Leaves the policy template.', effect: 'none', closes: true }),
  row('exit-peer-session', { doc: 'Leaves the session template.', effect: 'none', closes: true }),
  row('exit-vnc', { doc: 'Leaves the VNC mode.', effect: 'none', closes: true }),
  row('exit-link-params', { doc: 'Leaves the link parameters.', effect: 'none', closes: true }),
  row('configure [terminal]', { doc: 'Enters configuration mode.', effect: 'none', closes: 'all' }),
];

/** How a dialect's interfaces are named, for the matcher. */
export const interfaceLanguage = (dialect: DialectId) => ({
  interfaceName: (text: string) => canonicalInterface(dialect, text),
  isInterfaceType: (word: string) => isInterfaceType(dialect, word),
});
