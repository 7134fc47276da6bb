import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { IsisProcess, OspfProcess } from '../../device/igp.ts';
import type { Interface } from '../../device/interface.ts';
import { areaId, GLOBAL } from '../shared/drafts.ts';
import { eigrpInterfaceRows, finishEigrp, iosEigrp } from '../shared/eigrp.ts';
import { isisInterfaceRows, isisProcessOf, isisRows } from '../shared/isis.ts';
import { ospfProcessOf, ospfRows } from '../shared/ospf.ts';
import { ospfInterfaceRows } from '../shared/ospf-interface.ts';
import { ripInterfaceRows, ripMode } from '../shared/rip.ts';

const PLAIN = 'connected|static|rip';
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
  'ipv6 router ospf <id:int>',
  {
    doc: 'OSPF version 3 process for IPv6.',
    defines: { id: 'ospf-process' },
    enter: (device, { id }, at) => ospfProcessOf(device, String(id.value), 3, GLOBAL, at.span),
    undo: (device, { id }) => {
      device.ospf = device.ospf.filter((process) => process.version !== 3 || process.id !== String(id?.value));
    },
  },
  ospfLines,
);

const ospfv3: Entry = modesOf<DeviceDraft>()(
  'router ospfv3 <id:int>',
  {
    doc: 'OSPF version 3 process.',
    defines: { id: 'ospf-process' },
    enter: (device, { id }, at) => ospfProcessOf(device, String(id.value), 3, GLOBAL, at.span),
  },
  [
    ...ospfLines,
    modesOf<OspfProcess>()(
      'address-family ipv6 unicast [vrf <vrf:word>]',
      {
        doc: 'IPv6 in the process, in the global table or in a VRF.',
        refers: { vrf: 'vrf' },
        enter: (process, { vrf }, at) => (vrf ? ospfProcessOf(at.device, process.id, 3, vrf.value, at.span) : process),
      },
      ospfLines,
    ),
    rowsOf<OspfProcess>()('address-family ipv4 unicast [vrf <vrf:word>]', { doc: 'IPv4 in OSPF version 3.' }),
  ],
);

const isis: Entry = modesOf<DeviceDraft>()(
  'router isis [<tag:word>]',
  { doc: 'IS-IS process.', enter: (device, { tag }, at) => isisProcessOf(device, tag?.value ?? '', GLOBAL, at.span) },
  [
    ...isisRows(PLAIN),
    modesOf<IsisProcess>()(
      'address-family ipv6 [unicast]',
      { doc: 'IPv6 in the process.', enter: (process) => process },
      isisRows(PLAIN),
    ),
  ],
);

/** Interior gateway protocols of IOS and IOS-XE. */
export const iosIgps: readonly Entry[] = [ospf, ospfOfIpv6, ospfv3, isis, ...iosEigrp, ripMode(PLAIN)];

export const iosIgpInterfaceRows: readonly Entry[] = [
  ...ospfInterfaceRows('ip ospf'),
  ...ospfInterfaceRows('ipv6 ospf'),
  ...ospfInterfaceRows('ospfv3'),
  rowsOf<Interface>()('ospfv3 <process:int> <family:ipv4|ipv6> area <area:word> [<options:words>]', {
    doc: 'Runs an OSPF version 3 process on the interface, in this area.',
    refers: { process: 'ospf-process' },
    apply: (iface, { process, family, area }, at) => {
      if (family.value === 'ipv6')
        iface.ospfv3 = {
          ...iface.ospfv3,
          process: String(process.value),
          area: { value: areaId(area.value), span: area.span },
        };
      else
        at.device.notModelled.push({
          span: at.span,
          text: `interface ${iface.name} / ospfv3 ipv4`,
          mayAffectRouting: true,
        });
    },
  }),
  ...isisInterfaceRows,
  ...eigrpInterfaceRows,
  ...ripInterfaceRows,
];

export { finishEigrp as finishIosIgps };
