import type { InterfaceConfig } from '../network/interfaces.ts';

const managementVrf = /^(?:mgmt|management|oob|oobm|out-of-band)(?:[-_]?(?:intf|vrf|net))?$/i;

/** Whether a port is the out-of-band way in to the device: by its kind, or by the name of its VRF. */
export const isManagementPort = ({ kind, vrf }: InterfaceConfig): boolean =>
  kind === 'management' || (vrf !== undefined && managementVrf.test(vrf.value));
