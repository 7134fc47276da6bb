import type { Entry } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import { routingSwitches, vlans } from '../shared/globals.ts';
import { iosVrfs } from '../shared/vrf.ts';
import { finishIosBgp, iosBgp } from './bgp.ts';
import { finishIosIgps, iosIgpInterfaceRows, iosIgps } from './igp.ts';
import { finishIosInterfaces, iosInterfaces } from './interfaces.ts';
import { iosStaticRoutes } from './static.ts';

/** Interfaces, VRFs and routing protocols of IOS and IOS-XE. */
export const iosRouting: readonly Entry[] = [
  ...routingSwitches,
  vlans,
  ...iosVrfs,
  ...iosStaticRoutes,
  iosInterfaces(iosIgpInterfaceRows),
  ...iosIgps,
  iosBgp,
];

export function finishIos(device: DeviceDraft): void {
  finishIosInterfaces(device);
  finishIosBgp(device);
  finishIosIgps(device);
}
