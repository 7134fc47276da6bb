import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { EigrpProcess, RipProcess } from '../../device/igp.ts';
import type { EigrpInterface, Interface } from '../../device/interface.ts';
import type { Located } from '../../span.ts';
import { addOnce, GLOBAL, interfaceOf } from '../shared/drafts.ts';
import { eigrpProcessOf, eigrpRows } from '../shared/eigrp.ts';
import { ripLines, ripProcessOf } from '../shared/rip.ts';
import { redistributeRows } from './redistribution.ts';

// ---- EIGRP -----------------------------------------------------------------------------------------------------------

interface OnInterface {
  readonly process: EigrpProcess;
  readonly name: Located<string>;
  readonly eigrp: EigrpInterface;
}

const row = rowsOf<EigrpProcess>();
const onInterface = rowsOf<OnInterface>();

const eigrpOn = (iface: Interface, asn: string, at: Located<string>): EigrpInterface => {
  iface.eigrp ??= [];
  const known = iface.eigrp.find((each) => each.asn === asn);
  if (known) return known;
  const made: EigrpInterface = { asn, span: at.span };
  iface.eigrp.push(made);
  return made;
};

const interfaceMode: Entry = modesOf<EigrpProcess>()(
  'interface <interface:interface>',
  {
    doc: 'Runs EIGRP on the interface.',
    refers: { interface: 'interface' },
    enter: (process, { interface: name }, at): OnInterface => {
      const eigrp = eigrpOn(interfaceOf(at.device, name.value, name.span), process.asn, name);
      eigrp.enabled = true;
      return { process, name, eigrp };
    },
  },
  [
    onInterface('passive-interface', {
      doc: 'No adjacency on the interface; its subnet is still announced.',
      apply: ({ eigrp }) => {
        eigrp.passive = true;
      },
      undo: ({ eigrp }) => {
        eigrp.passive = false;
      },
    }),
    onInterface('summary-address <prefix:prefix> [<options:words>]', {
      doc: 'Announces one prefix for those within it.',
      apply: ({ process, name }, { prefix }, at) => {
        process.summaries.push({ interface: name.value, prefix: prefix.value, span: at.span });
      },
    }),
    onInterface(
      '<what:hello-interval|hold-time|bandwidth-percent|split-horizon|next-hop-self|authentication|bfd|metric|route-policy|site-of-origin> [<options:words>]',
      { doc: 'Further settings of EIGRP on the interface.' },
    ),
  ],
);

const lines: readonly Entry[] = [
  ...eigrpRows.filter(({ pattern }) => /^(default-metric|variance|metric weights|auto-summary)/.test(pattern)),
  ...redistributeRows<EigrpProcess>((process) => [process.redistribute]),
  interfaceMode,
  row('autonomous-system <asn:int>', {
    doc: 'Autonomous system of this VRF.',
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
  row('maximum-paths <paths:int>', {
    doc: 'Most equal paths that share traffic.',
    apply: (process, { paths }) => {
      process.maximumPaths = paths;
    },
    undo: (process) => {
      delete process.maximumPaths;
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
  row('<what:route-policy|default-information|metric|site-of-origin|maximum-prefix|summary-address> <options:words>', {
    doc: 'Further settings of the process.',
  }),
  row('<what:log-neighbor-changes|log-neighbor-warnings|nsf|timers> [<options:words>]', {
    doc: 'Further settings that do not change routes.',
    effect: 'none',
  }),
];

const eigrpFamily: Entry = modesOf<EigrpProcess>()(
  'address-family <family:ipv4|ipv6>',
  {
    doc: 'One family in the process.',
    enter: (process, { family }, at) =>
      family.value === process.family
        ? process
        : eigrpProcessOf(at.device, { asn: process.asn, vrf: process.vrf, family: family.value }, at.span),
  },
  lines,
);

const eigrp: Entry = modesOf<DeviceDraft>()(
  'router eigrp <asn:int>',
  {
    doc: 'EIGRP of an autonomous system.',
    enter: (device, { asn }, at) =>
      eigrpProcessOf(device, { asn: String(asn.value), vrf: GLOBAL, family: 'ipv4' }, at.span),
    undo: (device, { asn }) => {
      device.eigrp = device.eigrp.filter((process) => process.asn !== String(asn?.value));
    },
  },
  [
    eigrpFamily,
    modesOf<EigrpProcess>()(
      'vrf <vrf:word>',
      {
        doc: 'EIGRP in a VRF.',
        refers: { vrf: 'vrf' },
        enter: (process, { vrf }, at) =>
          eigrpProcessOf(at.device, { asn: process.asn, vrf: vrf.value, family: 'ipv4' }, at.span),
      },
      [eigrpFamily],
    ),
  ],
);

// ---- RIP -------------------------------------------------------------------------------------------------------------

const ripRow = rowsOf<RipProcess>();

const rip: readonly Entry[] = [
  ...ripLines('connected|static|rip').filter(({ pattern }) => /^(auto-summary|default-metric|distance)/.test(pattern)),
  ...redistributeRows<RipProcess>((process) => [process.redistribute]),
  modesOf<RipProcess>()(
    'interface <interface:interface>',
    {
      doc: 'Runs RIP on the interface.',
      refers: { interface: 'interface' },
      enter: (process, { interface: name }): { process: RipProcess; name: Located<string> } => {
        addOnce(process.networks, name);
        return { process, name };
      },
    },
    [
      rowsOf<{ process: RipProcess; name: Located<string> }>()('passive-interface', {
        doc: 'Sends nothing on the interface; its subnet is still announced.',
        apply: ({ process, name }) => addOnce(process.passiveInterfaces, name),
      }),
      rowsOf<unknown>()(
        '<what:split-horizon|poison-reverse|receive|send|metric-zero-accept|route-policy|authentication|site-of-origin> [<options:words>]',
        { doc: 'Further settings of RIP on the interface.' },
      ),
    ],
  ),
  ripRow('default-information originate [route-policy <policy:words>]', {
    doc: 'Announces a default route.',
    apply: (process, { policy }, at) => {
      if (policy)
        at.device.notModelled.push({
          span: at.span,
          text: 'router rip / default-information originate route-policy',
          mayAffectRouting: true,
        });
      process.defaultOriginate = { value: {}, span: at.span };
    },
    undo: (process) => {
      delete process.defaultOriginate;
    },
  }),
  ripRow('<what:route-policy|maximum-paths|neighbor|broadcast-for-v2|receive|metric-zero-accept> [<options:words>]', {
    doc: 'Further settings of the process.',
  }),
  ripRow('<what:timers|nsf|output-delay|validate-update-source> [<options:words>]', {
    doc: 'Timers and checks of the process.',
    effect: 'none',
  }),
];

const routerRip: Entry = modesOf<DeviceDraft>()(
  'router rip',
  {
    doc: 'RIP.',
    enter: (device, _, at) => ripProcessOf(device, GLOBAL, at.span),
    undo: (device) => {
      device.rip = [];
    },
  },
  [
    ...rip,
    modesOf<RipProcess>()(
      'vrf <vrf:word>',
      {
        doc: 'RIP in a VRF.',
        refers: { vrf: 'vrf' },
        enter: (_, { vrf }, at) => ripProcessOf(at.device, vrf.value, at.span),
      },
      rip,
    ),
  ],
);

/** EIGRP and RIP of IOS-XR. */
export const distanceVector: readonly Entry[] = [eigrp, routerRip];
