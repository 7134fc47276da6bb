import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { IsisProcess } from '../../device/igp.ts';
import type { IsisInterface } from '../../device/interface.ts';
import type { Located, Span } from '../../span.ts';
import { addOnce, yes } from '../shared/drafts.ts';
import { adminState, complain, flag } from './common.ts';
import { subinterfaceOf } from './interfaces.ts';

interface Instance {
  readonly device: DeviceDraft;
  readonly vrf: string;
}
interface Isis extends Instance {
  readonly process: IsisProcess;
}
interface Port extends Isis {
  readonly settings: IsisInterface;
  readonly name: Located<string>;
}
type AtLevel<T> = T & { readonly level: '1' | '2' };

/** An instance is out of use until `admin-state enable`; it speaks level 2 (srl_nokia-isis, level-capability). */
function isisOf({ device, vrf }: Instance, id: string, span: Span): Isis {
  const known = device.isis.find((one) => one.id === id && one.vrf === vrf);
  if (known) return { device, vrf, process: known };
  const process: IsisProcess = {
    id,
    vrf,
    span,
    level: { value: '2', span },
    redistribute: [],
    summaries: [],
    passiveInterfaces: [],
    interfaces: [],
    shutdown: yes(span),
  };
  device.isis.push(process);
  return { device, vrf, process };
}

function portOf(context: Isis, name: Located<string>): Port {
  addOnce(context.process.interfaces, name);
  const port = subinterfaceOf(context.device, name.value, name.span);
  port.isis ??= { span: name.span, process: context.process.id };
  return { ...context, settings: port.isis, name };
}

const row = rowsOf<Isis>();
const mode = modesOf<Isis>();
const portRow = rowsOf<Port>();
const portMode = modesOf<Port>();
const LEVELS = { L1: '1', L2: '2', L1L2: '1-2' } as const;

const family = <C extends Isis>(name: 'ipv4-unicast' | 'ipv6-unicast', set: (context: C, on: boolean) => void): Entry =>
  modesOf<C>()(name, { doc: 'Routes of the family.', enter: (context) => context }, [
    adminState<C>('Whether routes of the family are announced.', (context, { value }) => set(context, !value)),
    rowsOf<C>()('<what:multi-topology|enable-bfd|include-bfd-tlv|enable-bfd-tlv> [<rest:rest>]', {
      doc: 'Known, and not simulated.',
    }),
  ]);

const listFamily =
  (name: string) =>
  (context: Isis, on: boolean): void => {
    if (!on)
      complain(context.device, `isis ${context.process.id} / ${name} / admin-state disable`, context.process.span);
  };

const authentication = <C>(): Entry =>
  rowsOf<C>()('authentication [<rest:rest>]', { doc: 'Known, and not simulated.' });

const portRows: readonly Entry[] = [
  adminState<Port>('Whether IS-IS runs on the interface.', ({ device, name }, { value, span }) => {
    if (value) complain(device, `isis / interface ${name.value} / admin-state disable`, span);
  }),
  portRow('circuit-type <type:point-to-point|broadcast>', {
    doc: 'Network type.',
    apply: ({ settings }, { type }, at) => {
      settings.pointToPoint = { value: type.value === 'point-to-point', span: at.span };
    },
  }),
  flag<Port>('passive', 'Announces the network without forming an adjacency.', ({ settings }, value) => {
    settings.passive = value;
  }),
  family<Port>('ipv4-unicast', ({ settings }, on) => {
    settings.ipv4 = on;
  }),
  family<Port>('ipv6-unicast', ({ settings }, on) => {
    settings.ipv6 = on;
  }),
  portMode(
    'level <level:1|2>',
    {
      doc: 'Settings of one level.',
      enter: (context, { level }): AtLevel<Port> => ({ ...context, level: level.value }),
    },
    [
      rowsOf<AtLevel<Port>>()('metric <value:int>', {
        doc: 'Metric of the interface in this level.',
        apply: ({ settings, level }, { value }) => {
          settings.metric = { ...settings.metric, [level === '1' ? 'level1' : 'level2']: value };
        },
      }),
      flag<AtLevel<Port>>(
        'disable',
        'No adjacency is formed in this level.',
        ({ process, settings, level }, { value, span }) => {
          if (!value) return;
          const other = level === '1' ? '2' : '1';
          if (settings.level?.value === other || process.level?.value !== level)
            settings.level = { value: other, span };
        },
      ),
      rowsOf<AtLevel<Port>>()('<what:priority|timers|ipv6-unicast-metric|authentication> [<rest:rest>]', {
        doc: 'Known, and not simulated.',
      }),
    ],
  ),
  portMode('<what:timers|trace-options>', { doc: 'Timers and logs.', enter: (context) => context }, [
    portRow('<what:word> [<rest:rest>]', { doc: 'Does not change routes of a converged network.', effect: 'none' }),
  ]),
  portRow('hello-padding <kind:word>', { doc: 'Whether hellos are filled up to the MTU.' }),
  authentication<Port>(),
  portRow('<what:instance-id|ldp-synchronization|mpls|segment-routing|loopfree-alternate|tag|weight> [<rest:rest>]', {
    doc: 'Known, and not simulated.',
  }),
];

const summaries: Entry = mode('level1-to-level2', { doc: 'From level 1 to level 2.', enter: (context) => context }, [
  mode(
    'summary-address <prefix:prefix>',
    {
      doc: 'Summarises networks of level 1 in level 2.',
      enter: (context, { prefix }, at) => {
        if (!context.process.summaries.some((one) => one.prefix === prefix.value))
          context.process.summaries.push({ prefix: prefix.value, level: '2', span: at.span });
        return context;
      },
    },
    [row('route-tag <tag:int>', { doc: 'Known, and not simulated.' })],
  ),
]);

/** `isis { instance X { ... } }`. */
export const isis: Entry = modesOf<Instance>()(
  'isis',
  { doc: 'Intermediate System to Intermediate System.', enter: (instance) => instance },
  [
    modesOf<Instance>()(
      'instance <name:word>',
      { doc: 'An instance of IS-IS.', enter: (instance, { name }, at) => isisOf(instance, name.value, at.span) },
      [
        adminState<Isis>('Whether the instance is in use; it is not until it is enabled.', ({ process }, disabled) => {
          process.shutdown = disabled;
        }),
        row('level-capability <level:L1|L2|L1L2>', {
          doc: 'Levels of the router.',
          apply: ({ process }, { level }, at) => {
            process.level = { value: LEVELS[level.value], span: at.span };
          },
        }),
        row('net <titles:words>', {
          doc: 'Network entity title: area, system and selector.',
          apply: ({ device, process }, { titles }, at) => {
            const [first, ...more] = titles.value;
            if (first !== undefined) process.net = { value: first, span: titles.span };
            if (more.length > 0) complain(device, `isis ${process.id} / net of several areas`, at.span);
          },
        }),
        row('max-ecmp-paths <count:int>', {
          doc: 'Most equal paths that share traffic.',
          apply: ({ process }, { count }) => {
            process.maximumPaths = count;
          },
        }),
        row('export-policy <names:words>', {
          doc: 'Policies on routes that are announced.',
          refers: { names: 'route-map' },
          apply: ({ process }, { names }) => {
            process.exportPolicy = {
              policies: names.value.map((value) => ({ value, span: names.span })),
              span: names.span,
            };
          },
        }),
        mode('overload', { doc: 'Keeps transit traffic away from the router.', enter: (context) => context }, [
          mode('immediate', { doc: 'At once.', enter: (context) => context }, [
            flag<Isis>('set-bit', 'Whether the overload bit is set.', ({ process }, value) => {
              process.overload = value;
            }),
            row('max-metric <state:true|false>', { doc: 'Known, and not simulated.' }),
          ]),
          row('<what:advertise-external|advertise-interlevel|on-boot> [<rest:rest>]', {
            doc: 'Known, and not simulated.',
          }),
        ]),
        mode(
          'level <level:1|2>',
          {
            doc: 'Settings of one level.',
            enter: (context, { level }): AtLevel<Isis> => ({ ...context, level: level.value }),
          },
          [
            rowsOf<AtLevel<Isis>>()('metric-style <style:wide|narrow>', {
              doc: 'Whether metrics above 63 are used.',
              apply: ({ process }, { style }, at) => {
                process.wideMetrics = { value: style.value === 'wide', span: at.span };
              },
            }),
            rowsOf<AtLevel<Isis>>()(
              '<what:route-preference|authentication|bgp-ls-exclude|trace-options> [<rest:rest>]',
              {
                doc: 'Known, and not simulated.',
              },
            ),
          ],
        ),
        mode(
          'interface <name:word>',
          {
            doc: 'An interface of the protocol.',
            refers: { name: 'interface' },
            enter: (context, { name }) => portOf(context, name),
          },
          portRows,
        ),
        family<Isis>('ipv4-unicast', listFamily('ipv4-unicast')),
        family<Isis>('ipv6-unicast', listFamily('ipv6-unicast')),
        mode('inter-level-propagation-policies', { doc: 'Routes between levels.', enter: (context) => context }, [
          summaries,
          row('level2-to-level1 [<rest:rest>]', { doc: 'Known, and not simulated.' }),
        ]),
        mode('auto-cost', { doc: 'Metrics from the bandwidth.', enter: (context) => context }, [
          row('reference-bandwidth <value:int>', {
            doc: 'Bandwidth that has metric 1, in kbit/s.',
            apply: ({ process }, { value }) => {
              process.referenceBandwidthMbps = { value: value.value / 1000, span: value.span };
            },
          }),
        ]),
        mode('<what:timers|trace-options|graceful-restart>', { doc: 'Timers and logs.', enter: (context) => context }, [
          row('<what:word> [<rest:rest>]', { doc: 'Does not change routes of a converged network.', effect: 'none' }),
        ]),
        mode('transport', { doc: 'Size of the packets.', enter: (context) => context }, [
          row('lsp-mtu-size <bytes:int>', { doc: 'Largest link state packet.', effect: 'none' }),
        ]),
        row(
          '<what:attached-bit|traffic-engineering|te-database-install|segment-routing|authentication|poi-tlv|iid-tlv|maximum-area-addresses|loopfree-alternate|ldp-synchronization|import-policy> [<rest:rest>]',
          {
            doc: 'Known, and not simulated.',
          },
        ),
      ],
    ),
  ],
);
