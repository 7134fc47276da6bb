import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { OspfProcess } from '../../device/igp.ts';
import { areaId, GLOBAL, interfaceOf } from '../shared/drafts.ts';
import { frrEigrp } from '../shared/eigrp.ts';
import { isisInterfaceRows, isisProcessOf, isisRows } from '../shared/isis.ts';
import { ospfProcessOf, ospfRows } from '../shared/ospf.ts';
import { ospfInterfaceRows } from '../shared/ospf-interface.ts';
import { ripInterfaceRows, ripMode } from '../shared/rip.ts';

const PLAIN = 'connected|static|rip|kernel|ospf6|table|attached-host|dynamic';
const row = rowsOf<OspfProcess>();

const lines: readonly Entry[] = [
  ...ospfRows(PLAIN),
  row('<version:ospf|ospf6> router-id <id:ip4>', {
    doc: 'Identifier of this router in OSPF.',
    apply: (process, { id }) => {
      process.routerId = id;
    },
    undo: (process) => {
      delete process.routerId;
    },
  }),
  row('ospf rfc1583compatibility', {
    doc: 'Chooses among external routes as RFC 1583 does.',
    apply: (process, _, at) => {
      process.rfc1583Compatible = { value: true, span: at.span };
    },
    undo: (process, _, at) => {
      process.rfc1583Compatible = { value: false, span: at.span };
    },
  }),
  row('ospf abr-type <type:cisco|ibm|standard|shortcut>', { doc: 'When this router counts as an area border router.' }),
  row('interface <interface:word> area <area:word>', {
    doc: 'Runs OSPF version 3 on an interface, in this area.',
    refers: { interface: 'interface' },
    apply: (_, { interface: name, area }, at) => {
      const iface = interfaceOf(at.device, name.value, name.span);
      iface.ospfv3 = { ...iface.ospfv3, area: { value: areaId(area.value), span: area.span } };
    },
  }),
];

const ospf = (version: 2 | 3, word: 'ospf' | 'ospf6'): Entry =>
  modesOf<DeviceDraft>()(
    `router ${word} [<id:int>] [vrf <vrf:word>]`,
    {
      doc: `OSPF version ${version}.`,
      refers: { vrf: 'vrf' },
      enter: (device, { id, vrf }, at) =>
        ospfProcessOf(device, id ? String(id.value) : '', version, vrf?.value ?? GLOBAL, at.span),
      undo: (device, { vrf }) => {
        device.ospf = device.ospf.filter(
          (process) => process.version !== version || process.vrf !== (vrf?.value ?? GLOBAL),
        );
      },
    },
    lines,
  );

const isis: Entry = modesOf<DeviceDraft>()(
  'router isis <tag:word> [vrf <vrf:word>]',
  {
    doc: 'IS-IS process.',
    refers: { vrf: 'vrf' },
    enter: (device, { tag, vrf }, at) => isisProcessOf(device, tag.value, vrf?.value ?? GLOBAL, at.span),
  },
  isisRows(PLAIN, '<family:ipv4|ipv6>'),
);

/** Interior gateway protocols of FRR. */
export const frrIgps: readonly Entry[] = [ospf(2, 'ospf'), ospf(3, 'ospf6'), isis, frrEigrp, ripMode(PLAIN)];

export const frrIgpInterfaceRows: readonly Entry[] = [
  ...ospfInterfaceRows('ip ospf'),
  ...ospfInterfaceRows('ipv6 ospf6'),
  ...isisInterfaceRows,
  ...ripInterfaceRows,
];
