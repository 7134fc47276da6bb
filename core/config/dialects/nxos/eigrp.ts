import { type Entry, modesOf, nothing, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { EigrpProcess } from '../../device/igp.ts';
import type { Interface } from '../../device/interface.ts';
import type { Located, Span } from '../../span.ts';
import { addOnce, GLOBAL } from '../shared/drafts.ts';
import { eigrpRows } from '../shared/eigrp.ts';
import { redistributeRows } from './redistribution.ts';

/** The instance of that name in a VRF. A name that is a number is the autonomous system as well. */
function instanceOf(
  device: DeviceDraft,
  instance: string,
  vrf: string,
  family: 'ipv4' | 'ipv6',
  span: Span,
): EigrpProcess {
  const known = device.eigrp.find(
    (process) => process.instance === instance && process.vrf === vrf && process.family === family,
  );
  if (known) return known;
  const made: EigrpProcess = {
    asn: /^\d+$/.test(instance) ? instance : '',
    instance,
    vrf,
    family,
    span,
    networks: [],
    redistribute: [],
    passiveInterfaces: [],
    activeInterfaces: [],
    summaries: [],
    distributeLists: [],
  };
  device.eigrp.push(made);
  return made;
}

const row = rowsOf<EigrpProcess>();

const lines: readonly Entry[] = [
  ...eigrpRows.filter(
    ({ pattern }) =>
      !/^(network|redistribute|passive-interface|distribute-list|eigrp |distance|auto-summary)/.test(pattern),
  ),
  ...redistributeRows<EigrpProcess>((process) => [process.redistribute]),
  row('autonomous-system <asn:int>', {
    doc: 'Autonomous system of the instance, where its name is not the number.',
    apply: (process, { asn }) => {
      // The number is part of the identity of a process and stands on a line of its own: set while it is built.
      Object.assign(process, { asn: String(asn.value) });
    },
  }),
  row('router-id <id:ip4>', {
    doc: 'Identifier of this router in EIGRP.',
    apply: (process, { id }) => {
      process.routerId = id;
    },
    undo: (process) => {
      delete process.routerId;
    },
  }),
  row('distance <internal:int> <external:int>', {
    doc: 'Administrative distances of internal and external routes.',
    apply: (process, { internal, external }, at) => {
      process.distances = { value: { internal: internal.value, external: external.value }, span: at.span };
    },
    undo: (process) => {
      delete process.distances;
    },
  }),
  row('stub [<what:words>]', {
    doc: 'Stub router: neighbours do not ask it for lost routes, and it announces its own alone.',
    apply: (process, { what }, at) => {
      process.stub = { value: what?.value ?? ['connected', 'summary'], span: at.span };
    },
    undo: (process) => {
      delete process.stub;
    },
  }),
  row('metric version 64bit', {
    doc: 'Metrics of 64 bits (wide metrics).',
    apply: (process) => {
      process.wideMetrics = true;
    },
    undo: (process) => {
      delete process.wideMetrics;
    },
  }),
  row('metric rib-scale <scale:int>', { doc: 'Divisor of wide metrics in the routing table.' }),
  row('<what:authentication|table-map|default-information|rib-metric> <options:words>', {
    doc: 'Further settings of the process.',
  }),
  row(
    '<what:log-neighbor-changes|log-neighbor-warnings|log-adjacency-changes|graceful-restart|flush-routes|isolate> [<options:words>]',
    {
      doc: 'Further settings that do not change routes.',
      effect: 'none',
    },
  ),
];

const instance: readonly Entry[] = [
  ...lines,
  modesOf<EigrpProcess>()(
    'address-family <family:ipv4|ipv6> unicast',
    {
      doc: 'One family in the process.',
      enter: (process, { family }, at) =>
        instanceOf(at.device, process.instance ?? process.asn, process.vrf, family.value, at.span),
    },
    lines,
  ),
];

/** `router eigrp` of NX-OS: a named instance, with one per VRF. */
export const nxosEigrp: Entry = modesOf<DeviceDraft>()(
  'router eigrp <instance:word>',
  {
    doc: 'EIGRP instance, with one per VRF.',
    enter: (device, { instance: name }, at) => instanceOf(device, name.value, GLOBAL, 'ipv4', at.span),
    undo: (device, { instance: name }) => {
      device.eigrp = device.eigrp.filter((process) => process.instance !== name?.value);
    },
  },
  [
    ...instance,
    modesOf<EigrpProcess>()(
      'vrf <vrf:word>',
      {
        doc: 'EIGRP in a VRF.',
        refers: { vrf: 'vrf' },
        enter: (process, { vrf }, at) =>
          instanceOf(at.device, process.instance ?? process.asn, vrf.value, 'ipv4', at.span),
      },
      instance,
    ),
  ],
);

// ---- interfaces ------------------------------------------------------------------------------------------------------

const onInterface = rowsOf<Interface>();

type OnInterface = NonNullable<Interface['eigrp']>[number];

/** What an interface says of an instance. While the device is built `asn` holds the instance's name. */
function eigrpOn(iface: Interface, name: string, span: Span): OnInterface {
  iface.eigrp ??= [];
  const known = iface.eigrp.find((each) => each.asn === name);
  if (known) return known;
  const made: OnInterface = { asn: name, span };
  iface.eigrp.push(made);
  return made;
}

/** A list on the interface; it becomes one of the process's when the device is complete. */
const listRow = (kind: 'prefix-list' | 'route-map', words: string): Entry =>
  onInterface(
    `ip distribute-list eigrp <instance:word> ${words} <list:word> <direction:in|out>` as 'ip distribute-list eigrp <instance:word> prefix-list <list:word> <direction:in|out>',
    {
      doc: 'Limits the routes that are taken in, or handed on, on the interface.',
      refers: { list: kind },
      apply: (iface, { instance: name, list, direction }, at) => {
        const on = eigrpOn(iface, name.value, at.span);
        on.distributeLists = [
          ...(on.distributeLists ?? []).filter((known) => known.direction !== direction.value),
          { list, kind, direction: direction.value },
        ];
      },
      undo: (iface, { instance: name, direction }, at) => {
        if (!name) return;
        const on = eigrpOn(iface, name.value, at.span);
        on.distributeLists = (on.distributeLists ?? []).filter(
          (known) => direction && known.direction !== direction.value,
        );
      },
    },
  );

export const nxosEigrpInterfaceRows: readonly Entry[] = [
  onInterface('ip router eigrp <instance:word>', {
    doc: 'Runs EIGRP on the interface.',
    apply: (iface, { instance: name }, at) => {
      eigrpOn(iface, name.value, at.span).enabled = true;
    },
    undo: (iface, { instance: name }) => {
      iface.eigrp = (iface.eigrp ?? []).filter((each) => each.asn !== name?.value);
    },
  }),
  onInterface('ip passive-interface eigrp <instance:word>', {
    doc: 'No adjacency on the interface; its subnet is still announced.',
    apply: (iface, { instance: name }, at) => {
      eigrpOn(iface, name.value, at.span).passive = true;
    },
    undo: (iface, { instance: name }, at) => {
      if (name) eigrpOn(iface, name.value, at.span).passive = false;
    },
  }),
  onInterface('ip summary-address eigrp <instance:word> <prefix:prefix4> [<options:words>]', {
    doc: 'Announces one prefix for those within it.',
    apply: (iface, { instance: name, prefix }, at) => {
      const on = eigrpOn(iface, name.value, at.span);
      on.summaries ??= [];
      addOnce(on.summaries, prefix);
    },
    undo: (iface, { instance: name, prefix }, at) => {
      if (!name) return;
      const on = eigrpOn(iface, name.value, at.span);
      on.summaries = (on.summaries ?? []).filter((known: Located<string>) => known.value !== prefix?.value);
    },
  }),
  listRow('prefix-list', 'prefix-list'),
  listRow('route-map', 'route-map'),
  onInterface('ip bandwidth eigrp <instance:word> <kbps:int>', { doc: 'Bandwidth as EIGRP sees it.' }),
  onInterface('ip delay eigrp <instance:word> <options:words>', { doc: 'Delay as EIGRP sees it.' }),
  onInterface(
    'ip <what:hello-interval|hold-time|bandwidth-percent|split-horizon|next-hop-self|offset-list|mtu> eigrp <instance:word> [<options:words>]',
    { doc: 'Further settings of EIGRP on the interface.' },
  ),
  onInterface('ip authentication mode eigrp <instance:word> <algorithm:word>', {
    doc: 'Authentication of EIGRP packets; neighbours must agree.',
    listed: true,
    apply: (iface, { instance, algorithm }, at) => {
      const on = eigrpOn(iface, instance.value, at.span);
      on.authenticatedBy = { ...on.authenticatedBy, algorithm };
    },
  }),
  onInterface('ip authentication key-chain eigrp <instance:word> <chain:word>', {
    doc: 'Keys of EIGRP packets; neighbours must have the same.',
    listed: true,
    refers: { chain: 'key-chain' },
    apply: (iface, { instance, chain }, at) => {
      const on = eigrpOn(iface, instance.value, at.span);
      on.authenticatedBy = { ...on.authenticatedBy, keyChain: chain };
    },
  }),
  onInterface('ip eigrp <instance:word> bfd [<disable:disable>]', {
    doc: 'Bidirectional forwarding detection of neighbours.',
  }),
  onInterface('ip eigrp shutdown', { doc: 'Switches EIGRP off on the interface.' }),
  onInterface('ipv6 <what:router|passive-interface|summary-address> eigrp <instance:word> [<options:words>]', {
    doc: 'EIGRP for IPv6 on the interface.',
    undo: nothing,
  }),
];

/**
 * Numbers for names: interfaces and `redistribute` lines name the instance, the model its autonomous system. Summaries
 * stand on interfaces; the process announces them.
 */
export function finishEigrp(device: DeviceDraft): void {
  for (const process of device.eigrp) {
    // A VRF without a number of its own has that of the instance.
    if (process.asn !== '') continue;
    const main = device.eigrp.find((other) => other.instance === process.instance && other.asn !== '');
    if (main) Object.assign(process, { asn: main.asn });
  }
  for (const iface of device.interfaces.values()) {
    if (!iface.eigrp) continue;
    iface.eigrp = iface.eigrp.map((on): OnInterface => {
      const process = device.eigrp.find(
        (each) => each.instance === on.asn && each.family === 'ipv4' && each.vrf === (iface.vrf?.value ?? GLOBAL),
      );
      if (!process) return on;
      for (const { value, span } of on.summaries ?? [])
        process.summaries.push({ interface: iface.name, prefix: value, span });
      return { ...on, asn: process.asn };
    });
  }
  renameSources(device);
}

/** `redistribute eigrp NAME` means the instance's autonomous system. */
function renameSources(device: DeviceDraft): void {
  const asnOf = new Map(device.eigrp.map((process) => [process.instance ?? process.asn, process.asn]));
  const lists = [
    ...device.bgp.flatMap((process) => [...process.families.values()]),
    ...device.ospf,
    ...device.isis,
    ...device.eigrp,
    ...device.rip,
  ];
  for (const list of lists)
    list.redistribute = list.redistribute.map((line) =>
      line.source === 'eigrp' && line.sourceId !== undefined
        ? { ...line, sourceId: asnOf.get(line.sourceId) ?? line.sourceId }
        : line,
    );
}
