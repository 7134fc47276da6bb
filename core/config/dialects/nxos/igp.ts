import { type Entry, modesOf, nothing, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { IsisProcess, OspfProcess, RipProcess } from '../../device/igp.ts';
import type { Interface, OspfInterface } from '../../device/interface.ts';
import { addOnce, areaId, GLOBAL, removeName } from '../shared/drafts.ts';
import { isisInterfaceRows, isisProcessOf, isisRows } from '../shared/isis.ts';
import { areaOf, ospfProcessOf, ospfRows } from '../shared/ospf.ts';
import { ospfInterfaceRows } from '../shared/ospf-interface.ts';
import { ripLines, ripOn, ripProcessOf } from '../shared/rip.ts';
import { redistributeRows } from './redistribution.ts';

const PLAIN = 'connected|static|rip';

// ---- OSPF ------------------------------------------------------------------------------------------------------------

const ospfRow = rowsOf<OspfProcess>();

const ospfLines: readonly Entry[] = [
  ...ospfRows(PLAIN).filter(
    ({ pattern }) =>
      !/^(network|redistribute|distribute-list|passive-interface <|neighbor|area <area:word> nssa)/.test(pattern),
  ),
  ...redistributeRows<OspfProcess>((process) => [process.redistribute]),
  ospfRow('auto-cost reference-bandwidth <value:int> <unit:Gbps|Mbps>', {
    doc: 'Bandwidth that has cost 1; all routers should agree.',
    apply: (process, { value, unit }) => {
      process.referenceBandwidthMbps = { value: value.value * (unit.value === 'Gbps' ? 1000 : 1), span: value.span };
    },
    undo: (process) => {
      delete process.referenceBandwidthMbps;
    },
  }),
  ospfRow('area <area:word> nssa [<options:words>]', {
    doc: 'Not-so-stubby area: external routes of its own as type 7 (RFC 3101).',
    apply: (process, { area, options }, at) => {
      const each = areaOf(process, area.value, at.span);
      each.type = { value: 'nssa', span: at.span };
      const words = options?.value ?? [];
      if (words.includes('no-summary')) each.noSummary = { value: true, span: at.span };
      if (words.includes('default-information-originate')) each.nssaDefaultOriginate = { value: true, span: at.span };
      const known = ['no-summary', 'default-information-originate'];
      if (words.some((word) => !known.includes(word)))
        at.device.notModelled.push({
          span: at.span,
          text: `router ospf ${process.id} / area ${area.value} nssa ${words.join(' ')}`,
          mayAffectRouting: true,
        });
    },
    undo: (process, { area }, at) => {
      if (!area) return;
      const each = areaOf(process, area.value, at.span);
      delete each.type;
      delete each.noSummary;
      delete each.nssaDefaultOriginate;
    },
  }),
  ospfRow('area <area:word> filter-list route-map <map:word> <direction:in|out>', {
    doc: 'Policy of the routes that enter or leave the area.',
    refers: { map: 'route-map' },
  }),
  ospfRow('area <area:word> range <prefix:prefix> no-advertise', {
    doc: 'Hides the prefixes within it from other areas.',
  }),
  ospfRow('rfc1583compatibility', {
    doc: 'Chooses among external routes as RFC 1583 does.',
    apply: (process, _, at) => {
      process.rfc1583Compatible = { value: true, span: at.span };
    },
    undo: (process, _, at) => {
      process.rfc1583Compatible = { value: false, span: at.span };
    },
  }),
  ospfRow('table-map <map:word> [<filter:filter>]', {
    doc: 'Policy between OSPF and the routing table.',
    refers: { map: 'route-map' },
  }),
  ospfRow('down-bit-ignore', { doc: 'Takes routes that a VPN has brought.' }),
  ospfRow('<what:name-lookup|flush-routes|isolate> [<options:words>]', {
    doc: 'Settings of displays and maintenance.',
    effect: 'none',
  }),
];

const ospfVrf = (lines: readonly Entry[]): Entry =>
  modesOf<OspfProcess>()(
    'vrf <vrf:word>',
    {
      doc: 'OSPF in a VRF.',
      refers: { vrf: 'vrf' },
      enter: (process, { vrf }, at) => ospfProcessOf(at.device, process.id, process.version, vrf.value, at.span),
    },
    lines,
  );

const ospf: Entry = modesOf<DeviceDraft>()(
  'router ospf <id:word>',
  {
    doc: 'OSPF version 2 process, with an instance per VRF.',
    defines: { id: 'ospf-process' },
    enter: (device, { id }, at) => ospfProcessOf(device, id.value, 2, GLOBAL, at.span),
    undo: (device, { id }) => {
      device.ospf = device.ospf.filter((process) => process.version !== 2 || process.id !== id?.value);
    },
  },
  [...ospfLines, ospfVrf(ospfLines)],
);

const ospfv3Lines: readonly Entry[] = [
  ...ospfLines,
  modesOf<OspfProcess>()(
    'address-family ipv6 unicast',
    { doc: 'IPv6 in the process.', enter: (process) => process },
    ospfLines,
  ),
];

const ospfv3: Entry = modesOf<DeviceDraft>()(
  'router ospfv3 <id:word>',
  {
    doc: 'OSPF version 3 process, with an instance per VRF.',
    defines: { id: 'ospf-process' },
    enter: (device, { id }, at) => ospfProcessOf(device, id.value, 3, GLOBAL, at.span),
    undo: (device, { id }) => {
      device.ospf = device.ospf.filter((process) => process.version !== 3 || process.id !== id?.value);
    },
  },
  [...ospfv3Lines, ospfVrf(ospfv3Lines)],
);

const onInterface = rowsOf<Interface>();

const ospfOn = (iface: Interface, slot: 'ospf' | 'ospfv3'): OspfInterface => {
  iface[slot] ??= {};
  return iface[slot];
};

const ospfAttachment = (words: 'ip router ospf' | 'ipv6 router ospfv3', slot: 'ospf' | 'ospfv3'): Entry =>
  onInterface(
    `${words} <process:word> area <area:word> [<secondaries:secondaries>] [none]` as 'ip router ospf <process:word> area <area:word> [<secondaries:secondaries>] [none]',
    {
      doc: 'Runs OSPF on the interface, in this area.',
      refers: { process: 'ospf-process' },
      apply: (iface, { process, area, secondaries }, at) => {
        if (secondaries)
          at.device.notModelled.push({
            span: at.span,
            text: `interface ${iface.name} / ${words} secondaries none`,
            mayAffectRouting: true,
          });
        const of = ospfOn(iface, slot);
        of.process = process.value;
        of.area = { value: areaId(area.value), span: area.span };
      },
      undo: (iface) => {
        delete iface[slot]?.area;
        delete iface[slot]?.process;
      },
    },
  );

const passiveRow = (words: 'ip ospf' | 'ospfv3', slot: 'ospf' | 'ospfv3'): Entry =>
  onInterface(`${words} passive-interface` as 'ip ospf passive-interface', {
    doc: 'No adjacency on the interface; its subnet is still announced.',
    apply: (iface, _, at) => {
      ospfOn(iface, slot).passive = { value: true, span: at.span };
    },
    undo: (iface, _, at) => {
      ospfOn(iface, slot).passive = { value: false, span: at.span };
    },
  });

/** The shared lines of OSPF on interfaces without the attachment, which NX-OS writes `ip router ospf`. */
const detached = (start: 'ip ospf' | 'ospfv3'): readonly Entry[] =>
  ospfInterfaceRows(start).filter(({ pattern }) => !/ area | passive$/.test(pattern));

const ospfOnInterface: readonly Entry[] = [
  ospfAttachment('ip router ospf', 'ospf'),
  ospfAttachment('ipv6 router ospfv3', 'ospfv3'),
  passiveRow('ip ospf', 'ospf'),
  passiveRow('ospfv3', 'ospfv3'),
  ...detached('ip ospf'),
  ...detached('ospfv3'),
  onInterface('ip router ospf <process:word> multi-area <area:word>', {
    doc: 'Runs OSPF on the interface in a further area.',
    refers: { process: 'ospf-process' },
  }),
  onInterface('ipv6 router ospfv3 <process:word> multi-area <area:word>', {
    doc: 'Runs OSPF on the interface in a further area.',
    refers: { process: 'ospf-process' },
  }),
  onInterface('ip ospf advertise-subnet', { doc: 'Announces the subnet of a loopback, not its host address.' }),
];

// ---- IS-IS -----------------------------------------------------------------------------------------------------------

const isisRow = rowsOf<IsisProcess>();

const isisFamilyLines: readonly Entry[] = [
  ...isisRows(PLAIN).filter(({ pattern }) => !/^(redistribute|vrf )/.test(pattern)),
  ...redistributeRows<IsisProcess>((process) => [process.redistribute]),
  isisRow('distribute <from:level-1|level-2> into <to:level-1|level-2> <how:route-map|all> [<map:word>]', {
    doc: 'Leaks routes from one level into the other.',
    apply: (process, { from, to, map }, at) => {
      const [source, target] = [from.value === 'level-1' ? '1' : '2', to.value === 'level-1' ? '1' : '2'] as const;
      process.leak = (process.leak ?? []).filter((known) => known.from !== source || known.to !== target);
      process.leak.push({ from: source, to: target, ...(map && { policy: map.value }), span: at.span });
    },
    undo: (process, { from }) => {
      process.leak = (process.leak ?? []).filter(
        (known) => from && known.from !== (from.value === 'level-1' ? '1' : '2'),
      );
    },
  }),
  isisRow('reference-bandwidth <value:int> <unit:Gbps|Mbps>', {
    doc: 'Bandwidth from which metrics are made.',
    apply: (process, { value, unit }) => {
      process.referenceBandwidthMbps = { value: value.value * (unit.value === 'Gbps' ? 1000 : 1), span: value.span };
    },
    undo: (process) => {
      delete process.referenceBandwidthMbps;
    },
  }),
  isisRow('reference-bandwidth <mbps:int>', {
    doc: 'Bandwidth in Mbit/s from which metrics are made.',
    apply: (process, { mbps }) => {
      process.referenceBandwidthMbps = mbps;
    },
    undo: (process) => {
      delete process.referenceBandwidthMbps;
    },
  }),
  isisRow('passive-interface default <level:level-1|level-2|level-1-2>', {
    doc: 'No adjacency on any interface that is not named.',
    apply: (process, _, at) => {
      process.passiveDefault = { value: true, span: at.span };
    },
    undo: (process, _, at) => {
      process.passiveDefault = { value: false, span: at.span };
    },
  }),
  isisRow(
    '<what:adjacency-check|table-map|suppress|mesh-group|authentication-check|authentication-type> [<options:words>]',
    {
      doc: 'Further settings of the process.',
    },
  ),
];

const isisLines: readonly Entry[] = [
  ...isisFamilyLines,
  modesOf<IsisProcess>()(
    'address-family <family:ipv4|ipv6> unicast',
    { doc: 'One family in the process.', enter: (process) => process },
    isisFamilyLines,
  ),
];

const isis: Entry = modesOf<DeviceDraft>()(
  'router isis <tag:word>',
  {
    doc: 'IS-IS process, with an instance per VRF.',
    enter: (device, { tag }, at) => isisProcessOf(device, tag.value, GLOBAL, at.span),
    undo: (device, { tag }) => {
      device.isis = device.isis.filter((process) => process.id !== tag?.value);
    },
  },
  [
    ...isisLines,
    modesOf<IsisProcess>()(
      'vrf <vrf:word>',
      {
        doc: 'IS-IS in a VRF.',
        refers: { vrf: 'vrf' },
        enter: (process, { vrf }, at) => isisProcessOf(at.device, process.id, vrf.value, at.span),
      },
      isisLines,
    ),
  ],
);

const isisOnInterface: readonly Entry[] = [
  ...isisInterfaceRows.filter(({ pattern }) => !/^isis (enable|passive)/.test(pattern)),
  onInterface('isis passive-interface <level:level-1|level-2|level-1-2>', {
    doc: 'No adjacency on the interface; its subnet is still announced.',
    apply: (iface, _, at) => {
      iface.isis = { ...(iface.isis ?? { span: at.span }), passive: { value: true, span: at.span } };
    },
    undo: (iface, _, at) => {
      iface.isis = { ...(iface.isis ?? { span: at.span }), passive: { value: false, span: at.span } };
    },
  }),
  onInterface(
    'isis <what:authentication-check|authentication-type|mtu-check|shutdown|suppressed|mesh-group|hello-padding> [<options:words>]',
    {
      doc: 'Further settings of IS-IS on the interface.',
      undo: nothing,
    },
  ),
];

// ---- RIP -------------------------------------------------------------------------------------------------------------

const ripFamily: readonly Entry[] = [
  ...ripLines(PLAIN).filter(({ pattern }) => !/^(network|redistribute|version|passive-interface)/.test(pattern)),
  ...redistributeRows<RipProcess>((process) => [process.redistribute]),
];

const ripInstance: readonly Entry[] = [
  modesOf<RipProcess>()(
    'address-family ipv4 unicast',
    { doc: 'IPv4 in the process.', enter: (process) => process },
    ripFamily,
  ),
  rowsOf<RipProcess>()('address-family ipv6 unicast', { doc: 'IPv6 in RIP.' }),
];

const rip: Entry = modesOf<DeviceDraft>()(
  'router rip <tag:word>',
  {
    doc: 'RIP.',
    enter: (device, _, at) => ripProcessOf(device, GLOBAL, at.span),
    undo: (device) => {
      device.rip = [];
    },
  },
  [
    ...ripFamily,
    ...ripInstance,
    modesOf<RipProcess>()(
      'vrf <vrf:word>',
      {
        doc: 'RIP in a VRF.',
        refers: { vrf: 'vrf' },
        enter: (_, { vrf }, at) => ripProcessOf(at.device, vrf.value, at.span),
      },
      [...ripFamily, ...ripInstance],
    ),
  ],
);

const ripOnInterface: readonly Entry[] = [
  onInterface('ip router rip <tag:word>', {
    doc: 'Runs RIP on the interface.',
    apply: (iface, _, at) =>
      addOnce(ripProcessOf(at.device, iface.vrf?.value ?? GLOBAL, at.span).networks, {
        value: iface.name,
        span: at.span,
      }),
    undo: (iface, _, at) =>
      removeName(ripProcessOf(at.device, iface.vrf?.value ?? GLOBAL, at.span).networks, iface.name),
  }),
  onInterface('ip rip passive-interface', {
    doc: 'Sends no updates here.',
    apply: (iface, _, at) => {
      ripOn(iface, at.span).passive = { value: true, span: at.span };
    },
    undo: (iface) => {
      delete iface.rip?.passive;
    },
  }),
  onInterface('ip rip metric-offset <offset:int>', {
    doc: 'Metric added to routes that are taken in here.',
    apply: (iface, { offset }, at) => {
      ripOn(iface, at.span).metricIn = offset;
    },
    undo: (iface) => {
      delete iface.rip?.metricIn;
    },
  }),
  onInterface('ip rip summary-address <prefix:prefix4>', {
    doc: 'Sends this prefix instead of what lies inside of it.',
    apply: (iface, { prefix }, at) => {
      const settings = ripOn(iface, at.span);
      settings.summaries ??= [];
      addOnce(settings.summaries, prefix);
    },
    undo: (iface, { prefix }) => removeName(iface.rip?.summaries ?? [], prefix?.value),
  }),
  onInterface('ip rip poison-reverse', {
    doc: 'How updates are sent: no route of a network at rest depends on it.',
    effect: 'none',
  }),
  onInterface('ip rip <what:route-filter|authentication> [<options:words>]', {
    doc: 'Settings of RIP on the interface.',
  }),
];

/** OSPF, IS-IS and RIP of NX-OS. EIGRP is in a file of its own. */
export const nxosIgps: readonly Entry[] = [ospf, ospfv3, isis, rip];
export const nxosIgpInterfaceRows: readonly Entry[] = [...ospfOnInterface, ...isisOnInterface, ...ripOnInterface];
