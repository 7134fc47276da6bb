import { type Entry, modesOf, nothing, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { EigrpProcess } from '../../device/igp.ts';
import type { Interface } from '../../device/interface.ts';
import type { Located, Span } from '../../span.ts';
import { addOnce, GLOBAL, removeName, removeWhere } from './drafts.ts';
import { distributeRows, maximumPathsRow, offsetListRows, passiveRows, quietRows } from './igp.ts';
import { redistributionRows } from './redistribution.ts';

const row = rowsOf<EigrpProcess>();

/** Autonomous system of a VRF whose number is set inside of its address family. */
const UNSET = '';

export function eigrpProcessOf(
  device: DeviceDraft,
  key: {
    readonly asn: string;
    readonly name?: string | undefined;
    readonly vrf: string;
    readonly family: 'ipv4' | 'ipv6';
  },
  span: Span,
): EigrpProcess {
  const known = device.eigrp.find(
    (process) =>
      process.asn === key.asn && process.vrf === key.vrf && process.family === key.family && process.name === key.name,
  );
  if (known) return known;
  const made: EigrpProcess = {
    asn: key.asn,
    ...(key.name !== undefined && { name: key.name }),
    vrf: key.vrf,
    family: key.family,
    span,
    networks: [],
    redistribute: [],
    passiveInterfaces: [],
    activeInterfaces: [],
    summaries: [],
    distributeLists: [],
    ...(key.name !== undefined && { wideMetrics: true }),
  };
  device.eigrp.push(made);
  return made;
}

/** Wildcard that the class of an address gives (RFC 791), for `network` lines without one. */
const classfulWildcard = (address: string): string => {
  const first = Number(address.split('.')[0]);
  return first < 128 ? '0.255.255.255' : first < 192 ? '0.0.255.255' : '0.0.0.255';
};

/** Octets after the class of a `network` line without a wildcard do not count. */
const classfulAddress = (address: string): string => {
  const wildcard = classfulWildcard(address).split('.');
  return address
    .split('.')
    .map((octet, at) => (wildcard[at] === '255' ? '0' : octet))
    .join('.');
};

const invertOctets = (mask: string): string =>
  mask
    .split('.')
    .map((octet) => String(255 - Number(octet)))
    .join('.');

/** 255.255.255.0 in place of 0.0.0.255 is turned over, as the system does it. */
const wildcardOf = (text: string): string =>
  /^255\./.test(text) && text !== '255.255.255.255' ? invertOctets(text) : text;

/** Lines that stand in a classic process, in its VRF families, and in a named process's family or topology. */
export const eigrpRows: readonly Entry[] = [
  row('network <address:ip4>', {
    doc: 'Runs EIGRP on the interfaces in the network of this class.',
    apply: (process, { address }, at) => {
      process.networks.push({
        address: classfulAddress(address.value),
        wildcard: classfulWildcard(address.value),
        span: at.span,
      });
    },
    undo: (process, { address }) =>
      removeWhere(process.networks, (known) => known.address === (address && classfulAddress(address.value))),
  }),
  row('network <address:ip4> <wildcard:ip4>', {
    doc: 'Runs EIGRP on the interfaces whose address matches.',
    apply: (process, { address, wildcard }, at) => {
      process.networks.push({ address: address.value, wildcard: wildcardOf(wildcard.value), span: at.span });
    },
    undo: (process, { address }) => removeWhere(process.networks, (known) => known.address === address?.value),
  }),
  row('eigrp router-id <id:ip4>', {
    doc: 'Identifier of this router in EIGRP.',
    apply: (process, { id }) => {
      process.routerId = id;
    },
    undo: (process) => {
      delete process.routerId;
    },
  }),
  ...passiveRows<EigrpProcess>((process) => process),
  ...distributeRows<EigrpProcess>((process) => process),
  ...redistributionRows<EigrpProcess>({
    into: 'eigrp',
    plain: 'connected|static|rip',
    lists: (process) => [process.redistribute],
  }),
  maximumPathsRow<EigrpProcess>((process) => process),
  row('distance eigrp <internal:int> <external:int>', {
    doc: 'Administrative distances of internal and external routes.',
    apply: (process, { internal, external }, at) => {
      process.distances = { value: { internal: internal.value, external: external.value }, span: at.span };
    },
    undo: (process) => {
      delete process.distances;
    },
  }),
  row('default-metric <bandwidth:int> <delay:int> <reliability:int> <load:int> <mtu:int>', {
    doc: 'Metric of redistributed routes.',
    apply: (process, { bandwidth, delay, reliability, load, mtu }, at) => {
      process.defaultMetric = {
        value: [bandwidth.value, delay.value, reliability.value, load.value, mtu.value],
        span: at.span,
      };
    },
    undo: (process) => {
      delete process.defaultMetric;
    },
  }),
  row('auto-summary', {
    doc: 'Announces networks by their class at its borders.',
    apply: (process, _, at) => {
      process.autoSummary = { value: true, span: at.span };
    },
    undo: (process, _, at) => {
      process.autoSummary = { value: false, span: at.span };
    },
  }),
  row('variance <multiplier:int>', {
    doc: 'Shares traffic with paths up to so many times worse.',
    apply: (process, { multiplier }) => {
      process.variance = multiplier;
    },
    undo: (process) => {
      delete process.variance;
    },
  }),
  row('metric weights <tos:int> <weights:words>', {
    doc: 'Weights of the parts of the metric; neighbours must agree.',
    apply: (process, { weights }) => {
      process.kValues = { value: weights.value.map(Number), span: weights.span };
    },
    undo: (process) => {
      delete process.kValues;
    },
  }),
  row('eigrp stub [<what:words>]', {
    doc: 'Stub router: neighbours do not ask it for lost routes, and it announces its own alone.',
    apply: (process, { what }, at) => {
      process.stub = { value: what?.value ?? ['connected', 'summary'], span: at.span };
    },
    undo: (process) => {
      delete process.stub;
    },
  }),
  ...offsetListRows<EigrpProcess>(),
  row('shutdown', { doc: 'Switches the process off.', undo: nothing }),
  row('<what:neighbor|summary-metric|traffic-share|metric|bfd|default-information|soft-sia> [<options:words>]', {
    doc: 'Further settings of the process.',
  }),
  ...quietRows<EigrpProcess>([
    [
      'eigrp <what:log-neighbor-changes|log-neighbor-warnings|event-log-size|default-route-tag> [<options:words>]',
      'Log messages of EIGRP.',
    ],
    ['<what:nsf|timers|snmp> [<options:words>]', 'Further settings that do not change routes.'],
  ]),
];

const autonomousSystem = row('autonomous-system <asn:int>', {
  doc: 'Autonomous system of this VRF.',
  apply: (process, { asn }) => {
    // The number is part of the identity of a process and stands on a line of its own here: set once, while it is built.
    Object.assign(process, { asn: String(asn.value) });
  },
});

const leave = (...words: readonly string[]): readonly Entry[] =>
  words.map((word) => row(word as 'exit', { doc: 'Leaves the mode.', effect: 'none', closes: true }));

const classicFamily: Entry = modesOf<EigrpProcess>()(
  'address-family ipv4 [unicast] vrf <vrf:word> [autonomous-system <asn:int>]',
  {
    doc: 'EIGRP in a VRF.',
    refers: { vrf: 'vrf' },
    enter: (_, { vrf, asn }, at) =>
      eigrpProcessOf(at.device, { asn: asn ? String(asn.value) : UNSET, vrf: vrf.value, family: 'ipv4' }, at.span),
  },
  [...eigrpRows, autonomousSystem, ...leave('exit-address-family')],
);

interface Named {
  readonly name: string;
}

interface NamedInterface {
  readonly process: EigrpProcess;
  readonly interface: Located<string>;
}

const onInterface = rowsOf<NamedInterface>();

const afInterface: Entry = modesOf<EigrpProcess>()(
  'af-interface <interface:interface>',
  {
    doc: 'EIGRP settings of an interface, or of all (`default`).',
    enter: (process, { interface: name }): NamedInterface => ({ process, interface: name }),
  },
  [
    onInterface('passive-interface', {
      doc: 'No adjacency on the interface; its subnet is still announced.',
      apply: ({ process, interface: name }, _, at) => {
        if (name.value === 'default') process.passiveDefault = { value: true, span: at.span };
        else addOnce(process.passiveInterfaces, name);
      },
      undo: ({ process, interface: name }, _, at) => {
        if (name.value === 'default') process.passiveDefault = { value: false, span: at.span };
        else {
          removeName(process.passiveInterfaces, name.value);
          addOnce(process.activeInterfaces, name);
        }
      },
    }),
    onInterface('summary-address <prefix:prefix> [<options:words>]', {
      doc: 'Announces one prefix for those within it.',
      apply: ({ process, interface: name }, { prefix }, at) => {
        process.summaries.push({ interface: name.value, prefix: prefix.value, span: at.span });
      },
      undo: ({ process, interface: name }, { prefix }) =>
        removeWhere(process.summaries, (known) => known.interface === name.value && known.prefix === prefix?.value),
    }),
    onInterface(
      '<what:shutdown|authentication|split-horizon|next-hop-self|bandwidth-percent|hello-interval|hold-time|bfd|dampening-change|dampening-interval|add-paths|stub-site> [<options:words>]',
      {
        doc: 'Further settings of EIGRP on the interface.',
      },
    ),
    onInterface('exit-af-interface', { doc: 'Leaves the interface.', effect: 'none', closes: true }),
  ],
);

const topology: Entry = modesOf<EigrpProcess>()(
  'topology base',
  { doc: 'Routes of the base topology.', enter: (process) => process },
  [...eigrpRows, ...leave('exit-af-topology', 'exit-sf-topology')],
);

const namedFamily: Entry = modesOf<Named>()(
  'address-family <family:ipv4|ipv6> [unicast] [vrf <vrf:word>] autonomous-system <asn:int>',
  {
    doc: 'EIGRP of one family, with its autonomous system.',
    refers: { vrf: 'vrf' },
    enter: ({ name }, { family, vrf, asn }, at) =>
      eigrpProcessOf(
        at.device,
        { asn: String(asn.value), name, vrf: vrf?.value ?? GLOBAL, family: family.value },
        at.span,
      ),
  },
  [...eigrpRows, afInterface, topology, ...leave('exit-address-family')],
);

const serviceFamily: Entry = modesOf<Named>()(
  'service-family <family:ipv4|ipv6> [vrf <vrf:word>] autonomous-system <asn:int>',
  { doc: 'Announces services by EIGRP; IP routes are not affected.', effect: 'none', enter: (named) => named },
  [
    modesOf<Named>()(
      'topology base',
      { doc: 'Services of the base topology.', effect: 'none', enter: (named) => named },
      [],
    ),
    rowsOf<Named>()('<end:exit-sf-topology|exit-service-family>', {
      doc: 'Leaves the mode.',
      effect: 'none',
      closes: true,
    }),
  ],
);

/** `router eigrp` of IOS and IOS-XE, classic with a number and named. */
export const iosEigrp: readonly Entry[] = [
  modesOf<DeviceDraft>()(
    'router eigrp <asn:int>',
    {
      doc: 'EIGRP of an autonomous system.',
      enter: (device, { asn }, at) =>
        eigrpProcessOf(device, { asn: String(asn.value), vrf: GLOBAL, family: 'ipv4' }, at.span),
      undo: (device, { asn }) => {
        device.eigrp = device.eigrp.filter((process) => process.asn !== String(asn?.value));
      },
    },
    [...eigrpRows, classicFamily],
  ),
  modesOf<DeviceDraft>()(
    'router eigrp <name:word>',
    {
      doc: 'EIGRP by name, with a family and autonomous system inside.',
      enter: (_, { name }): Named => ({ name: name.value }),
      undo: (device, { name }) => {
        device.eigrp = device.eigrp.filter((process) => process.name !== name?.value);
      },
    },
    [namedFamily, serviceFamily],
  ),
];

/** `router eigrp` of FRR. */
export const frrEigrp: Entry = modesOf<DeviceDraft>()(
  'router eigrp <asn:int> [vrf <vrf:word>]',
  {
    doc: 'EIGRP of an autonomous system.',
    enter: (device, { asn, vrf }, at) =>
      eigrpProcessOf(device, { asn: String(asn.value), vrf: vrf?.value ?? GLOBAL, family: 'ipv4' }, at.span),
  },
  [
    row('network <prefix:prefix4>', {
      doc: 'Runs EIGRP on the interfaces whose address matches.',
      apply: (process, { prefix }, at) => {
        const [address = '', length = '0'] = prefix.value.split('/');
        const bits = Number(length) === 0 ? 0xffffffff : Number(length) === 32 ? 0 : 0xffffffff >>> Number(length);
        const wildcard = [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join('.');
        process.networks.push({ address, wildcard, span: at.span });
      },
      undo: (process, { prefix }) =>
        removeWhere(process.networks, (known) => known.address === prefix?.value.split('/')[0]),
    }),
    ...eigrpRows,
  ],
);

const ifaceRow = rowsOf<Interface>();

const eigrpOn = (iface: Interface, asn: number, span: Span): NonNullable<Interface['eigrp']>[number] => {
  iface.eigrp ??= [];
  const known = iface.eigrp.find((each) => each.asn === String(asn));
  if (known) return known;
  const made = { asn: String(asn), span, summaries: [] };
  iface.eigrp.push(made);
  return made;
};

/** EIGRP lines of an interface (classic mode). */
export const eigrpInterfaceRows: readonly Entry[] = [
  ifaceRow('ip summary-address eigrp <asn:int> <prefix:prefix4> [<options:words>]', {
    doc: 'Announces one prefix for those within it.',
    apply: (iface, { asn, prefix }, at) => {
      const each = eigrpOn(iface, asn.value, at.span);
      each.summaries ??= [];
      addOnce(each.summaries, prefix);
    },
    undo: (iface, { asn, prefix }, at) => {
      if (asn) removeName(eigrpOn(iface, asn.value, at.span).summaries ?? [], prefix?.value);
    },
  }),
  ifaceRow(
    'ip <what:hello-interval|hold-time|bandwidth-percent|split-horizon|next-hop-self> eigrp <asn:int> [<options:words>]',
    { doc: 'Further settings of EIGRP on the interface.' },
  ),
  ifaceRow('ip authentication mode eigrp <asn:int> <algorithm:word> [<options:words>]', {
    doc: 'Authentication of EIGRP packets; neighbours must agree.',
    listed: true,
    apply: (iface, { asn, algorithm }, at) => {
      const on = eigrpOn(iface, asn.value, at.span);
      on.authenticatedBy = { ...on.authenticatedBy, algorithm };
    },
  }),
  ifaceRow('ip authentication key-chain eigrp <asn:int> <chain:word>', {
    doc: 'Keys of EIGRP packets; neighbours must have the same.',
    listed: true,
    refers: { chain: 'key-chain' },
    apply: (iface, { asn, chain }, at) => {
      const on = eigrpOn(iface, asn.value, at.span);
      on.authenticatedBy = { ...on.authenticatedBy, keyChain: chain };
    },
  }),
];

/** Summaries stand on interfaces; the process of the same autonomous system announces them. */
export function finishEigrp(device: DeviceDraft): void {
  for (const iface of device.interfaces.values())
    for (const { asn, summaries } of iface.eigrp ?? [])
      for (const { value, span } of summaries ?? [])
        for (const process of device.eigrp)
          if (process.asn === asn && process.vrf === (iface.vrf?.value ?? GLOBAL))
            process.summaries.push({ interface: iface.name, prefix: value, span });
}
