import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft, Vrf } from '../../device/device.ts';
import { vrfOf } from '../shared/drafts.ts';
import { frrStaticRoutes } from './static.ts';

const row = rowsOf<Vrf>();

/** `vrf X` of FRR: static routes and the VXLAN network of a VRF. */
export const frrVrf: Entry = modesOf<DeviceDraft>()(
  'vrf <vrf:word>',
  {
    doc: 'A routing table of its own; the system has to have a device of that name.',
    defines: { vrf: 'vrf' },
    enter: (device, { vrf }, at) => vrfOf(device, vrf.value, at.span),
    undo: (device, { vrf }) => {
      if (vrf) device.vrfs.delete(vrf.value);
    },
  },
  [
    ...frrStaticRoutes<Vrf>((vrf) => ({ value: vrf.name, span: vrf.span })),
    row('vni <vni:int> [<prefixRoutesOnly:prefix-routes-only>]', {
      doc: 'VXLAN network that carries the routed traffic of the VRF.',
      apply: (vrf, { vni }) => {
        vrf.vni = vni;
      },
      undo: (vrf) => {
        delete vrf.vni;
      },
    }),
    row('ip router-id <id:ip4>', { doc: 'Router id of protocols in the VRF that have no own.' }),
    row('ip <what:protocol|nht> <options:words>', { doc: 'Further IPv4 settings of the VRF.' }),
    row('ipv6 <what:protocol|nht> <options:words>', { doc: 'Further IPv6 settings of the VRF.' }),
    row('exit-vrf', { doc: 'Leaves the VRF.', effect: 'none', closes: true }),
  ],
);
