import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { IsisProcess } from '../../device/igp.ts';
import type { Interface, IsisInterface } from '../../device/interface.ts';
import type { Located, Span } from '../../span.ts';
import { addOnce, yes } from '../shared/drafts.ts';
import { junosInterface, parseBandwidth } from './interfaces.ts';
import { useRibGroup } from './rib-groups.ts';

interface Instance {
  readonly device: DeviceDraft;
  readonly vrf: string;
}
interface ProcessContext {
  readonly device: DeviceDraft;
  readonly process: IsisProcess;
}
interface PortContext extends ProcessContext {
  readonly port: Interface;
  readonly settings: IsisInterface;
}

function processOf({ device, vrf }: Instance, span: Span): ProcessContext {
  const known = device.isis.find((each) => each.vrf === vrf);
  if (known) return { device, process: known };
  const process: IsisProcess = {
    id: 'isis',
    vrf,
    span,
    redistribute: [],
    summaries: [],
    passiveInterfaces: [],
    interfaces: [],
  };
  device.isis.push(process);
  return { device, process };
}

function portOf(context: ProcessContext, name: Located<string>): PortContext {
  const written = name.value.includes('.') ? name.value : `${name.value}.0`;
  addOnce(context.process.interfaces, { value: written, span: name.span });
  const port = junosInterface(context.device, written, name.span);
  port.isis ??= { span: name.span, process: context.process.id };
  return { ...context, port, settings: port.isis };
}

const row = rowsOf<ProcessContext>();
const portRow = rowsOf<PortContext>();

/** Junos runs both levels; `level 1 disable` leaves the other one. */
const without = (level: '1' | '2'): '1' | '2' => (level === '1' ? '2' : '1');

/** `protocols { isis { ... } }`. */
export const isis: Entry = modesOf<Instance>()(
  'isis',
  { doc: 'Intermediate System to Intermediate System.', enter: (instance, _, at) => processOf(instance, at.span) },
  [
    modesOf<ProcessContext>()(
      'interface <name:word>',
      {
        doc: 'An interface of the protocol.',
        refers: { name: 'interface' },
        enter: (context, { name }) => portOf(context, name),
      },
      [
        portRow('point-to-point', {
          doc: 'The link has two ends.',
          apply: ({ settings }, _, at) => {
            settings.pointToPoint = yes(at.span);
          },
        }),
        portRow('passive', {
          doc: 'Announces the network without forming an adjacency.',
          apply: ({ settings }, _, at) => {
            settings.passive = yes(at.span);
          },
        }),
        portRow('level <level:1|2> metric <value:int>', {
          doc: 'Metric of the interface in a level.',
          apply: ({ settings }, { level, value }) => {
            settings.metric = { ...settings.metric, [level.value === '1' ? 'level1' : 'level2']: value };
          },
        }),
        portRow('level <level:1|2> disable', {
          doc: 'No adjacency of this level.',
          apply: ({ settings }, { level }, at) => {
            settings.level = { value: without(level.value), span: at.span };
          },
        }),
        portRow('level <level:1|2> passive', {
          doc: 'Announces the network without forming an adjacency.',
          apply: ({ settings }, _, at) => {
            settings.passive = yes(at.span);
          },
        }),
        modesOf<PortContext>()(
          'level <level:1|2>',
          { doc: 'Settings of one level.', enter: (context, { level }) => ({ ...context, level: level.value }) },
          [
            rowsOf<PortContext & { level: '1' | '2' }>()('metric <value:int>', {
              doc: 'Metric of the interface in this level.',
              apply: ({ settings, level }, { value }) => {
                settings.metric = { ...settings.metric, [level === '1' ? 'level1' : 'level2']: value };
              },
            }),
            rowsOf<PortContext & { level: '1' | '2' }>()(
              '<what:priority|hello-interval|hold-time|te-metric|ipv6-unicast-metric> [<rest:rest>]',
              { doc: 'Does not change IPv4 routes of a converged network.', effect: 'none' },
            ),
            rowsOf<PortContext & { level: '1' | '2' }>()('disable', {
              doc: 'No adjacency of this level.',
              apply: ({ settings, level }, _, at) => {
                settings.level = { value: without(level), span: at.span };
              },
            }),
            rowsOf<PortContext & { level: '1' | '2' }>()('passive', {
              doc: 'Announces the network without forming an adjacency.',
              apply: ({ settings }, _, at) => {
                settings.passive = yes(at.span);
              },
            }),
          ],
        ),
        portRow('<what:bfd-liveness-detection|ldp-synchronization|max-hello-size|family> [<rest:rest>]', {
          doc: 'Does not change routes of a converged network.',
          effect: 'none',
        }),
      ],
    ),
    row('level <level:1|2> disable', {
      doc: 'Leaves the level out.',
      apply: ({ process }, { level }, at) => {
        process.level = { value: without(level.value), span: at.span };
      },
    }),
    row('level <level:1|2> wide-metrics-only', {
      doc: 'Uses metrics above 63.',
      apply: ({ process }, _, at) => {
        process.wideMetrics = yes(at.span);
      },
    }),
    row('level <level:1|2> preference <value:int>', {
      doc: 'Preference of the level’s internal routes.',
      apply: ({ process }, { level, value }) => {
        process.levelDistances = { ...process.levelDistances, [level.value === '1' ? 'level1' : 'level2']: value };
      },
    }),
    row('level <level:1|2> external-preference <value:int>', {
      doc: 'Preference of the level’s external routes.',
      apply: ({ process }, { level, value }) => {
        process.levelDistances = {
          ...process.levelDistances,
          [level.value === '1' ? 'level1External' : 'level2External']: value,
        };
      },
    }),
    row(
      'level <level:1|2> <what:authentication-key|authentication-type|prefix-export-limit|no-hello-authentication> [<rest:rest>]',
      {
        doc: 'Settings of the level that change no route between like-minded neighbours.',
      },
    ),
    row('rib-group <family:inet|inet6> <name:word>', {
      doc: 'Routes of the protocol are in the tables of the group as well.',
      apply: ({ device, process }, { family, name }, at) =>
        useRibGroup(device, {
          group: name.value,
          vrf: process.vrf,
          family: family.value === 'inet' ? 'ipv4' : 'ipv6',
          protocol: 'isis',
          span: at.span,
        }),
    }),
    row('reference-bandwidth <value:word>', {
      doc: 'Metrics are this bandwidth over that of the interface.',
      apply: ({ process }, { value }) => {
        const bps = parseBandwidth(value.value);
        if (bps !== undefined) process.referenceBandwidthMbps = { value: bps / 1e6, span: value.span };
      },
    }),
    row('export <names:words>', {
      doc: 'Policies on routes that are announced.',
      refers: { names: 'route-map' },
      apply: ({ process }, { names }) => {
        const known = process.exportPolicy?.policies ?? [];
        process.exportPolicy = {
          policies: [...known, ...names.value.map((value) => ({ value, span: names.span }))],
          span: names.span,
        };
      },
    }),
    row('ignore-attached-bit', {
      doc: 'Takes no default route towards routers that reach other areas.',
      apply: ({ process }, _, at) => {
        process.ignoresAttached = yes(at.span);
      },
    }),
    row('suppress-attached-bit', {
      doc: 'Does not say that it reaches other areas.',
      apply: ({ process }, _, at) => {
        process.suppressesAttached = yes(at.span);
      },
    }),
    row('overload timeout <seconds:int> [<rest:rest>]', {
      doc: 'Keeps transit traffic away for a while after start; the settled state does not have it.',
      effect: 'none',
    }),
    row('overload [<rest:rest>]', {
      doc: 'Keeps transit traffic away from the router.',
      apply: ({ process }, _, at) => {
        process.overload = yes(at.span);
      },
    }),
    row(
      '<what:traceoptions|spf-options|graceful-restart|lsp-lifetime|topologies|no-adjacency-holddown|traffic-engineering> [<rest:rest>]',
      {
        doc: 'Does not change routes of a converged network.',
        effect: 'none',
      },
    ),
  ],
);
