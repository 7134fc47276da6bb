import { type Entry, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import { routingSwitches, vlans } from '../shared/globals.ts';
import { keepSetting } from '../shared/hardening.ts';
import { iosTracks } from '../shared/tracks.ts';
import { iosVrfs } from '../shared/vrf.ts';
import { finishIosBgp, iosBgp } from './bgp.ts';
import { finishIosIgps, iosIgpInterfaceRows, iosIgps } from './igp.ts';
import { finishIosInterfaces, iosInterfaces } from './interfaces.ts';
import { iosStaticRoutes } from './static.ts';

const row = rowsOf<DeviceDraft>();

const lines: readonly Entry[] = [
  row('ip default-gateway <gateway:ip4>', { doc: 'Gateway of a device that does not route.' }),
  row('ip default-network <network:ip4>', { doc: 'Network whose route serves as the default.' }),
  row('ip local policy route-map <map:word>', {
    doc: 'Policy routing of packets that the device itself sends.',
    refers: { map: 'route-map' },
  }),
  row('ip route static bfd <options:words>', { doc: 'Bidirectional forwarding detection for static routes.' }),
  row('ip multicast-routing [<options:words>]', { doc: 'Multicast; not modelled.' }),
  row('ip classless', { doc: 'Uses the best matching route whatever the class; it always does.', effect: 'none' }),
  row('ip subnet-zero', { doc: 'Allows the first subnet of a network; it always is.', effect: 'none' }),
  row('ipv6 router eigrp <asn:int>', { doc: 'EIGRP of IPv6.' }),
  row('mpls ip propagate-ttl [<kind:forwarded|local>]', {
    doc: 'The time to live of packets is carried into their labels.',
    effect: 'none',
    apply: (device, _, { span }) => {
      device.management.services.set('mpls-propagate-ttl', { value: true, span });
    },
    undo: (device, _, { span }) => {
      device.management.services.set('mpls-propagate-ttl', { value: false, span });
    },
  }),
  row('mpls ldp router-id <port:interface> [force]', {
    doc: 'Interface whose address LDP sessions have.',
    listed: true,
    refers: { port: 'interface' },
    apply: (device, { port }, at) => keepSetting(device, 'ldp-router-id', port.value, at),
  }),
  row('mpls <what:words>', { doc: 'MPLS.' }),
  row('bridge-domain <id:int>', { doc: 'A layer-2 domain of service instances.' }),
  row('system mtu <bytes:words>', { doc: 'MTU of all ports.' }),
];

/** Interfaces, VRFs and routing protocols of IOS and IOS-XE. */
export const iosRouting: readonly Entry[] = [
  ...routingSwitches,
  ...lines,
  ...iosTracks,
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
