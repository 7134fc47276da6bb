import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { PolicyUse } from '../../device/bgp.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { RipProcess } from '../../device/igp.ts';
import type { RipInterface } from '../../device/interface.ts';
import type { Located, Span } from '../../span.ts';
import { addOnce } from '../shared/drafts.ts';
import { ripOn, ripProcessOf } from '../shared/rip.ts';
import { junosInterface } from './interfaces.ts';

interface Instance {
  readonly device: DeviceDraft;
  readonly vrf: string;
}
interface ProcessContext {
  readonly device: DeviceDraft;
  readonly process: RipProcess;
}

/** What a block says, of the protocol, a group or a neighbour; the narrower block wins. */
interface Settings {
  exportPolicy?: PolicyUse;
  importPolicy?: PolicyUse;
  metricIn?: Located<number>;
  metricOut?: Located<number>;
  distance?: Located<number>;
  sends?: Located<readonly (1 | 2)[]>;
  receives?: Located<readonly (1 | 2)[]>;
  passive?: Located<boolean>;
}
interface GroupContext extends ProcessContext {
  readonly settings: Settings;
  readonly members: RipInterface[];
}

/** Junos `send` and `receive`: the versions that each word stands for. */
const VERSIONS: Readonly<Record<string, readonly (1 | 2)[] | undefined>> = {
  none: [],
  'version-1': [1],
  'version-2': [2],
  multicast: [2],
  broadcast: [2],
  both: [1, 2],
};

const chain = (known: PolicyUse | undefined, names: Located<readonly string[]>): PolicyUse => ({
  policies: [...(known?.policies ?? []), ...names.value.map((value) => ({ value, span: names.span }))],
  span: names.span,
});

/** Lines that a group and a neighbour share. */
function settingRows<C>(set: (context: C, change: (settings: Settings) => void) => void): readonly Entry[] {
  const row = rowsOf<C>();
  return [
    row('import <names:words>', {
      doc: 'Policies on routes that are taken in.',
      refers: { names: 'route-map' },
      apply: (context, { names }) =>
        set(context, (settings) => {
          settings.importPolicy = chain(settings.importPolicy, names);
        }),
    }),
    row('metric-in <metric:int>', {
      doc: 'Added to the metric of routes that are taken in.',
      apply: (context, { metric }) =>
        set(context, (settings) => {
          settings.metricIn = metric;
        }),
    }),
    row('<direction:send|receive> <what:none|version-1|version-2|multicast|broadcast|both>', {
      doc: 'Versions that are sent or taken in.',
      apply: (context, { direction, what }, at) =>
        set(context, (settings) => {
          const versions = { value: VERSIONS[what.value] ?? [], span: at.span };
          if (direction.value === 'receive') settings.receives = versions;
          else if (what.value === 'none') settings.passive = { value: true, span: at.span };
          else settings.sends = versions;
        }),
    }),
    row(
      '<what:authentication-key|authentication-type|authentication-selective-md5|demand-circuit|interface-type|dynamic-peers> [<rest:rest>]',
      {
        doc: 'Settings of RIP that are not acted on.',
      },
    ),
    row(
      '<what:bfd-liveness-detection|route-timeout|update-interval|message-size|check-zero|no-check-zero|max-retrans-time> [<rest:rest>]',
      {
        doc: 'Timers and checks: no route of a network at rest depends on them.',
        effect: 'none',
      },
    ),
  ];
}

const processOf = ({ device, vrf }: Instance, span: Span): ProcessContext => ({
  device,
  process: ripProcessOf(device, vrf, span),
});

/** A line of the group counts for neighbours that come before it as well, unless they say otherwise. */
function setInGroup({ settings, members }: GroupContext, change: (settings: Settings) => void): void {
  change(settings);
  for (const member of members) Object.assign(member, { ...settings, ...member });
}

function neighbourOf({ device, process, settings, members }: GroupContext, name: Located<string>): RipInterface {
  const written = name.value.includes('.') ? name.value : `${name.value}.0`;
  addOnce(process.networks, { value: written, span: name.span });
  const rip = ripOn(junosInterface(device, written, name.span), name.span);
  Object.assign(rip, { ...settings, ...rip });
  members.push(rip);
  return rip;
}

const groupRow = rowsOf<GroupContext>();

/** `protocols { rip { group ... } }` (Junos "RIP User Guide"): nothing is announced that no export policy permits. */
export const rip: Entry = modesOf<Instance>()(
  'rip',
  { doc: 'Routing Information Protocol.', enter: (instance, _, at) => processOf(instance, at.span) },
  [
    modesOf<ProcessContext>()(
      'group <name:word>',
      {
        doc: 'Neighbours that share settings.',
        enter: (context): GroupContext => ({ ...context, settings: {}, members: [] }),
      },
      [
        groupRow('export <names:words>', {
          doc: 'Policies on routes that are announced.',
          refers: { names: 'route-map' },
          apply: (group, { names }) =>
            setInGroup(group, (settings) => {
              settings.exportPolicy = chain(settings.exportPolicy, names);
              for (const member of group.members) member.exportPolicy = settings.exportPolicy;
            }),
        }),
        groupRow('preference <preference:int>', {
          doc: 'Preference of the routes that are learned.',
          apply: (group, { preference }) =>
            setInGroup(group, (settings) => {
              settings.distance = preference;
            }),
        }),
        groupRow('metric-out <metric:int>', {
          doc: 'Metric with which routes are announced.',
          apply: (group, { metric }) =>
            setInGroup(group, (settings) => {
              settings.metricOut = metric;
            }),
        }),
        ...settingRows<GroupContext>(setInGroup),
        modesOf<GroupContext>()(
          'neighbor <name:word>',
          {
            doc: 'An interface on which RIP runs.',
            refers: { name: 'interface' },
            enter: (group, { name }) => neighbourOf(group, name),
          },
          settingRows<RipInterface>((member, change) => change(member)),
        ),
      ],
    ),
    rowsOf<ProcessContext>()(
      '<what:rib-group|send|receive|metric-in|import|authentication-key|authentication-type> [<rest:rest>]',
      {
        doc: 'Settings of RIP that are not acted on.',
      },
    ),
    rowsOf<ProcessContext>()(
      '<what:traceoptions|graceful-restart|holddown|route-timeout|update-interval|message-size|check-zero|no-check-zero> [<rest:rest>]',
      {
        doc: 'Timers and checks: no route of a network at rest depends on them.',
        effect: 'none',
      },
    ),
  ],
);
