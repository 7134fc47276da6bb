import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { RipProcess } from '../../device/igp.ts';
import type { Interface, RipInterface } from '../../device/interface.ts';
import type { Located, Span } from '../../span.ts';
import { addOnce, GLOBAL, removeName } from './drafts.ts';
import { distributeRows, offsetListRows, passiveRows, quietRows } from './igp.ts';
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
  row('default-information originate *[<always:always>] *[route-map <map:word>]', {
    doc: 'Announces a default route.',
    refers: { map: 'route-map' },
    apply: (process, { always, map }, at) => {
      process.defaultOriginate = {
        value: { ...(always && { always: true }), ...(map && { policy: map.value }) },
        span: at.span,
      };
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
  ...offsetListRows<RipProcess>(),
  row('neighbor <address:ip4>', {
    doc: 'Speaks to a router by its address, on a passive interface as well.',
    apply: (process, { address }) => {
      process.neighbours ??= [];
      addOnce(process.neighbours, address);
    },
    undo: (process, { address }) => removeName(process.neighbours ?? [], address?.value),
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
  row('allow-ecmp [<paths:int>]', {
    doc: 'Lets equal paths share traffic.',
    apply: (process, { paths }, at) => {
      process.maximumPaths = paths ?? { value: 64, span: at.span };
    },
    undo: (process) => {
      delete process.maximumPaths;
    },
  }),
  row('shutdown', {
    doc: 'Stops the process.',
    apply: (process, _, at) => {
      process.shutdown = { value: true, span: at.span };
    },
    undo: (process, _, at) => {
      process.shutdown = { value: false, span: at.span };
    },
  }),
  row('<what:neighbor|offset-list|route|route-map|metric|distance> [<options:words>]', {
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

const ofInterface = rowsOf<Interface>();

/** What RIP has on an interface, made by the first line about it. */
export function ripOn(iface: Interface, span: Span): RipInterface {
  iface.rip ??= { span };
  return iface.rip;
}

const versionsOf = (words: readonly string[], span: Span): Located<readonly (1 | 2)[]> => ({
  value: ([1, 2] as const).filter((version) => words.includes(String(version))),
  span,
});

/** RIP lines of an interface. */
export const ripInterfaceRows: readonly Entry[] = [
  ofInterface('ip rip <direction:send|receive> version <versions:words>', {
    doc: 'Versions that are sent or taken in here.',
    apply: (iface, { direction, versions }, at) => {
      const value = versionsOf(versions.value, at.span);
      if (direction.value === 'send') ripOn(iface, at.span).sends = value;
      else ripOn(iface, at.span).receives = value;
    },
    undo: (iface, { direction }) => {
      if (direction?.value !== 'receive') delete iface.rip?.sends;
      if (direction?.value !== 'send') delete iface.rip?.receives;
    },
  }),
  ofInterface('ip summary-address rip <prefix:prefix4>', {
    doc: 'Sends this prefix instead of what lies inside of it.',
    apply: (iface, { prefix }, at) => {
      const rip = ripOn(iface, at.span);
      rip.summaries ??= [];
      addOnce(rip.summaries, prefix);
    },
    undo: (iface, { prefix }) => removeName(iface.rip?.summaries ?? [], prefix?.value),
  }),
  ofInterface('ip rip <what:split-horizon|v2-broadcast|triggered> [<options:words>]', {
    doc: 'How updates are sent: no route of a network at rest depends on it.',
    effect: 'none',
  }),
  ofInterface('ip rip <what:send|receive|authentication> [<options:words>]', {
    doc: 'Settings of RIP on the interface.',
  }),
];
