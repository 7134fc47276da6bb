import { type Entry, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import { no, yes } from '../shared/drafts.ts';
import { routingSwitches, vlans } from '../shared/globals.ts';
import { eosVrfs } from '../shared/vrf.ts';
import { eosBgp, finishEosBgp, peerFilter } from './bgp.ts';
import { eosIgpInterfaceRows, eosIgps } from './igp.ts';
import { eosInterfaces, finishEosInterfaces } from './interfaces.ts';
import { eosStaticRoutes } from './static.ts';

const row = rowsOf<DeviceDraft>();

const lines: readonly Entry[] = [
  row('ip routing ipv6 interfaces', {
    doc: 'Forwards IPv4 packets on interfaces that have IPv6 alone (RFC 8950).',
    apply: (device, _, at) => {
      device.ipRouting = yes(at.span);
    },
    undo: (device, _, at) => {
      device.ipRouting = no(at.span);
    },
  }),
  row('ip virtual-router mac-address <mac:words>', { doc: 'Hardware address of the shared gateway addresses.' }),
  row('ip address virtual source-nat vrf <vrf:word> address <address:ip4>', {
    doc: 'Source address of packets that the device itself sends from shared addresses.',
    refers: { vrf: 'vrf' },
  }),
  row('service routing protocols model <model:multi-agent|ribd>', {
    doc: 'Which routing processes run: one per protocol, or the older single one.',
    apply: (device, { model }) => {
      device.routingModel = model;
    },
  }),
];

/** Interfaces, VRFs and routing protocols of EOS. */
export const eosRouting: readonly Entry[] = [
  ...routingSwitches,
  ...lines,
  vlans,
  ...eosVrfs,
  ...eosStaticRoutes,
  eosInterfaces(eosIgpInterfaceRows),
  ...eosIgps,
  peerFilter,
  eosBgp,
];

export function finishEos(device: DeviceDraft): void {
  finishEosInterfaces(device);
  finishEosBgp(device);
}
