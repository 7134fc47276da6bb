import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import { no, yes } from '../shared/drafts.ts';
import { routingSwitches, vlans } from '../shared/globals.ts';
import { eosTracks } from '../shared/tracks.ts';
import { eosVrfs } from '../shared/vrf.ts';
import { eosBgp, finishEosBgp, peerFilter } from './bgp.ts';
import { eosIgpInterfaceRows, eosIgps } from './igp.ts';
import { eosInterfaces, finishEosInterfaces } from './interfaces.ts';
import { eosStaticRoutes } from './static.ts';

const row = rowsOf<DeviceDraft>();

interface VrfContext {
  readonly device: DeviceDraft;
  readonly vrf: string;
}

/** `router general`: settings of the device as a router, and leaking between VRFs. */
const general: Entry = modesOf<DeviceDraft>()(
  'router general',
  { doc: 'Settings of the device as a router.', enter: (device) => device },
  [
    row('router-id ipv4 <id:ip4>', {
      doc: 'Router id of protocols that have no own.',
      apply: (device, { id }) => {
        device.routerId = id;
      },
      undo: (device) => {
        delete device.routerId;
      },
    }),
    row('router-id ipv6 <id:ip6>', { doc: 'IPv6 router id of protocols that have no own.' }),
    modesOf<DeviceDraft>()(
      'vrf <vrf:word>',
      {
        doc: 'Settings of a VRF.',
        refers: { vrf: 'vrf' },
        enter: (device, { vrf }): VrfContext => ({ device, vrf: vrf.value }),
      },
      [
        rowsOf<VrfContext>()('leak routes source-vrf <source:word> subscribe-policy <map:word>', {
          doc: 'Takes the routes of another VRF that the policy permits.',
          refers: { source: 'vrf', map: 'route-map' },
          apply: ({ device, vrf }, { source, map }, at) => {
            const leaks = (['ipv4', 'ipv6'] as const).map((family) => ({
              from: source.value,
              to: vrf,
              family,
              protocol: undefined,
              policies: [map],
              span: at.span,
            }));
            device.tableLeaks = [...(device.tableLeaks ?? []), ...leaks];
          },
          undo: ({ device, vrf }, { source }) => {
            device.tableLeaks = (device.tableLeaks ?? []).filter(
              (leak) => leak.to !== vrf || leak.from !== source?.value,
            );
          },
        }),
      ],
    ),
  ],
);

const mlag: Entry = modesOf<DeviceDraft>()(
  'mlag configuration',
  { doc: 'Port-channels shared with a second switch.', enter: (device) => device },
  [
    row(
      '<what:domain-id|local-interface|peer-address|peer-link|reload-delay|dual-primary|heartbeat-interval|shutdown> [<options:words>]',
      { doc: 'Settings of the pair of switches.' },
    ),
  ],
);

const lines: readonly Entry[] = [
  general,
  mlag,
  row('interface defaults', { doc: 'Defaults of all interfaces.' }),
  row(
    'router <what:multicast|pim|igmp|msdp|l2-vpn|bfd|traffic-engineering|segment-security|path-selection|adaptive-virtual-topology|internet-exit> [<options:words>]',
    { doc: 'Not modelled: multicast, layer-2 services, bidirectional forwarding detection, path selection.' },
  ),
  row('bfd <what:multihop|interval|slow-timer> <options:words>', {
    doc: 'Timers of bidirectional forwarding detection.',
  }),
  row('mpls <what:words>', { doc: 'MPLS.' }),
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
  ...eosTracks,
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
