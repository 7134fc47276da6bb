import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { IsisProcess, OspfProcess } from '../../device/igp.ts';
import { GLOBAL } from '../shared/drafts.ts';
import { isisInterfaceRows, isisProcessOf, isisRows } from '../shared/isis.ts';
import { ospfProcessOf, ospfRows } from '../shared/ospf.ts';
import { ospfInterfaceRows } from '../shared/ospf-interface.ts';
import { ripInterfaceRows, ripMode } from '../shared/rip.ts';

const PLAIN = 'connected|static|rip|kernel|ospf6|table|attached-host|dynamic';
const ospfLines = ospfRows(PLAIN);

const ospf: Entry = modesOf<DeviceDraft>()(
  'router ospf <id:int> [vrf <vrf:word>]',
  {
    doc: 'OSPF version 2 process.',
    defines: { id: 'ospf-process' },
    refers: { vrf: 'vrf' },
    enter: (device, { id, vrf }, at) => ospfProcessOf(device, String(id.value), 2, vrf?.value ?? GLOBAL, at.span),
    undo: (device, { id }) => {
      device.ospf = device.ospf.filter((process) => process.version !== 2 || process.id !== String(id?.value));
    },
  },
  ospfLines,
);

const ospfOfIpv6: Entry = modesOf<DeviceDraft>()(
  'ipv6 router ospf <id:int> [vrf <vrf:word>]',
  {
    doc: 'OSPF version 3 process for IPv6.',
    defines: { id: 'ospf-process' },
    refers: { vrf: 'vrf' },
    enter: (device, { id, vrf }, at) => ospfProcessOf(device, String(id.value), 3, vrf?.value ?? GLOBAL, at.span),
  },
  ospfLines,
);

/** EOS has one OSPF version 3 instance per VRF in this syntax; it has no number. */
const ospfv3: Entry = modesOf<DeviceDraft>()(
  'router ospfv3 [vrf <vrf:word>]',
  {
    doc: 'OSPF version 3.',
    refers: { vrf: 'vrf' },
    enter: (device, { vrf }, at) => ospfProcessOf(device, '', 3, vrf?.value ?? GLOBAL, at.span),
  },
  [
    ...ospfLines,
    modesOf<OspfProcess>()(
      'address-family ipv6',
      { doc: 'IPv6 in the process.', enter: (process) => process },
      ospfLines,
    ),
    rowsOf<OspfProcess>()('address-family ipv4', { doc: 'IPv4 in OSPF version 3.' }),
  ],
);

const isis: Entry = modesOf<DeviceDraft>()(
  'router isis <tag:word> [vrf <vrf:word>]',
  {
    doc: 'IS-IS process.',
    refers: { vrf: 'vrf' },
    enter: (device, { tag, vrf }, at) => isisProcessOf(device, tag.value, vrf?.value ?? GLOBAL, at.span),
  },
  [
    ...isisRows(PLAIN),
    modesOf<IsisProcess>()(
      'address-family <family:ipv4|ipv6> [unicast]',
      { doc: 'One family of the process.', enter: (process) => process },
      isisRows(PLAIN),
    ),
  ],
);

/** Interior gateway protocols of EOS. */
export const eosIgps: readonly Entry[] = [ospf, ospfOfIpv6, ospfv3, isis, ripMode(PLAIN)];

export const eosIgpInterfaceRows: readonly Entry[] = [
  ...ospfInterfaceRows('ip ospf'),
  ...ospfInterfaceRows('ipv6 ospf'),
  ...ospfInterfaceRows('ospfv3'),
  ...ospfInterfaceRows('ospfv3 <family:ipv4|ipv6>'),
  ...isisInterfaceRows,
  ...ripInterfaceRows,
];
