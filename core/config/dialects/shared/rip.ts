import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { RipProcess } from '../../device/igp.ts';
import type { Interface } from '../../device/interface.ts';
import type { Span } from '../../span.ts';
import { addOnce, GLOBAL, removeName } from './drafts.ts';
import { distributeRows, passiveRows, quietRows } from './igp.ts';
import { redistributionRows } from './redistribution.ts';

const row = rowsOf<RipProcess>();

export function ripProcessOf(device: DeviceDraft, vrf: string, span: Span): RipProcess {
  const known = device.rip.find((process) => process.vrf === vrf);
  if (known) return known;
  const made: RipProcess = {
    vrf,
    span,
    networks: [],
    redistribute: [],
    passiveInterfaces: [],
    activeInterfaces: [],
    distributeLists: [],
  };
  device.rip.push(made);
  return made;
}

/** Lines of a RIP process. `network` takes an address of the class, a prefix, or (FRR) an interface. */
export const ripLines = (plain: Parameters<typeof redistributionRows>[0]['plain']): readonly Entry[] => [
  row('version <version:1|2>', {
    doc: 'RIP version.',
    apply: (process, { version }) => {
      process.version = { value: version.value === '1' ? 1 : 2, span: version.span };
    },
    undo: (process) => {
      delete process.version;
    },
  }),
  row('network <network:word>', {
    doc: 'Runs RIP on the interfaces of the network.',
    apply: (process, { network }) => addOnce(process.networks, network),
    undo: (process, { network }) => removeName(process.networks, network?.value),
  }),
  ...passiveRows<RipProcess>((process) => process),
  ...distributeRows<RipProcess>((process) => process),
  ...redistributionRows<RipProcess>({ into: 'rip', plain, lists: (process) => [process.redistribute] }),
  row('default-information originate', {
    doc: 'Announces a default route.',
    apply: (process, _, at) => {
      process.defaultOriginate = { value: true, span: at.span };
    },
    undo: (process) => {
      delete process.defaultOriginate;
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
  row('default-metric <metric:int>', {
    doc: 'Metric of redistributed routes.',
    apply: (process, { metric }) => {
      process.defaultMetric = metric;
    },
    undo: (process) => {
      delete process.defaultMetric;
    },
  }),
  row('distance <distance:int>', {
    doc: 'Administrative distance of RIP routes.',
    apply: (process, { distance }) => {
      process.distance = distance;
    },
    undo: (process) => {
      delete process.distance;
    },
  }),
  row('<what:neighbor|offset-list|route|route-map|allow-ecmp|maximum-paths|shutdown|metric> [<options:words>]', {
    doc: 'Further settings of the process.',
  }),
  ...quietRows<RipProcess>([
    [
      '<what:timers|flash-update-threshold|output-delay|input-queue|validate-update-source> [<options:words>]',
      'Timers and checks of the process.',
    ],
  ]),
];

/** `router rip` of the three systems. */
export const ripMode = (plain: Parameters<typeof redistributionRows>[0]['plain']): Entry =>
  modesOf<DeviceDraft>()(
    'router rip [vrf <vrf:word>]',
    {
      doc: 'RIP.',
      enter: (device, { vrf }, at) => ripProcessOf(device, vrf?.value ?? GLOBAL, at.span),
      undo: (device) => {
        device.rip = [];
      },
    },
    [
      ...ripLines(plain),
      modesOf<RipProcess>()(
        'address-family ipv4 vrf <vrf:word>',
        {
          doc: 'RIP in a VRF.',
          refers: { vrf: 'vrf' },
          enter: (_, { vrf }, at) => ripProcessOf(at.device, vrf.value, at.span),
        },
        ripLines(plain),
      ),
    ],
  );

/** RIP lines of an interface: none of them is modelled. */
export const ripInterfaceRows: readonly Entry[] = [
  rowsOf<Interface>()(
    'ip rip <what:send|receive|authentication|split-horizon|v2-broadcast|triggered> [<options:words>]',
    { doc: 'Settings of RIP on the interface.' },
  ),
];
