import { type Entry, table } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Dialect } from '../../dialect.ts';
import { readIndented } from '../../readers/indented.ts';
import { delimitedBanner } from '../../readers/multi-line.ts';
import { recogniser } from '../../recognise.ts';
import { nxosAccessLists } from '../shared/acl.ts';
import { frame, interfaceLanguage } from '../shared/frame.ts';
import { nxosVlans } from '../shared/globals.ts';
import { iosLists } from '../shared/lists.ts';
import { shareTemplates } from '../shared/neighbour-block.ts';
import { prefixLists } from '../shared/prefix-lists.ts';
import { iosTracks } from '../shared/tracks.ts';
import { behaviour } from './behaviour.ts';
import { nxosBgp } from './bgp.ts';
import { finishEigrp, nxosEigrp, nxosEigrpInterfaceRows } from './eigrp.ts';
import { nxosIgpInterfaceRows, nxosIgps } from './igp.ts';
import { finishInterfaces, nxosInterfaces, systemDefaults } from './interfaces.ts';
import { finishFeatures, nxosManagement } from './management.ts';
import { nxosRouteMap } from './route-map.ts';
import { staticRoutes } from './static.ts';
import { vrfContext } from './vrf.ts';

const routing: readonly Entry[] = [
  nxosVlans,
  vrfContext,
  ...staticRoutes,
  ...systemDefaults,
  nxosInterfaces([...nxosIgpInterfaceRows, ...nxosEigrpInterfaceRows]),
  ...nxosIgps,
  nxosEigrp,
  nxosBgp,
  ...iosTracks,
];

function finish(device: DeviceDraft): void {
  finishInterfaces(device);
  shareTemplates(device);
  finishEigrp(device);
  finishFeatures(device);
}

/** Cisco NX-OS (Nexus). */
export const nxos: Dialect = {
  id: 'nxos',
  title: 'Cisco NX-OS',
  containerlabKinds: ['cisco_n9kv', 'vr-n9kv', 'vr-nxos', 'cisco_nxos', 'vr-cisco_n9kv', 'cisco_nxosv'],
  // Expressions of lists are shown in quotes.
  read: (text, before) => readIndented(text, { comments: '!#', quotes: true, multiLine: [delimitedBanner] }, before),
  commands: table([
    ...frame,
    ...routing,
    ...nxosManagement,
    nxosRouteMap,
    ...prefixLists(5),
    ...iosLists,
    ...nxosAccessLists,
  ]),
  matching: { abbreviations: true, negation: 'no', inlineModes: false, ...interfaceLanguage('nxos') },
  behaviour,
  finish,
  recognise: recogniser([
    { sign: /^feature [a-z-]+/m, weight: 10 },
    { sign: /^!Command: show running-config/m, weight: 4 },
    { sign: /^vrf context \S+/m, weight: 6 },
    { sign: /^vdc \S+ id \d/m, weight: 8 },
    { sign: /^boot nxos /m, weight: 8 },
    { sign: /^version \d+\.\d+\(\d+\)/m, weight: 5 },
    { sign: /^interface (mgmt0|nve1)/m, weight: 4 },
    { sign: /^nv overlay evpn/m, weight: 5 },
    { sign: /^role network-admin|role network-admin$/m, weight: 3 },
  ]),
};
