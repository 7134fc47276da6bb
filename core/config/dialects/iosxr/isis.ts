import { type Entry, modesOf, nothing, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { IsisProcess } from '../../device/igp.ts';
import type { Interface, IsisInterface } from '../../device/interface.ts';
import type { Located } from '../../span.ts';
import { GLOBAL, interfaceOf, removeWhere } from '../shared/drafts.ts';
import { isisProcessOf, isisRows } from '../shared/isis.ts';
import { policyNamed } from './policy-use.ts';
import { redistributeRows } from './redistribution.ts';

type Level = '1' | '2' | '1-2';

const levelOf = (word: string): Level => (word === 'level-1' ? '1' : word === 'level-1-2' ? '1-2' : '2');
const numbered = (level: Located<number> | undefined): { readonly level?: '1' | '2' } =>
  level ? { level: level.value === 1 ? '1' : '2' } : {};

interface OnInterface {
  readonly iface: Interface;
  readonly isis: IsisInterface;
}

const onInterface = rowsOf<OnInterface>();

const setMetric = (isis: IsisInterface, metric: Located<number>, level: number | undefined): void => {
  isis.metric ??= {};
  if (level !== 2) isis.metric.level1 = metric;
  if (level !== 1) isis.metric.level2 = metric;
};

const metricRow: Entry = onInterface('metric <metric:int> [level <level:int>]', {
  doc: 'Metric of the interface, for one level or for both.',
  apply: ({ isis }, { metric, level }) => setMetric(isis, metric, level?.value),
  undo: ({ isis }) => {
    delete isis.metric;
  },
});

const interfaceFamily: Entry = modesOf<OnInterface>()(
  'address-family <family:ipv4|ipv6> [unicast]',
  {
    doc: 'Runs IS-IS for one family on the interface.',
    enter: (context, { family }) => {
      context.isis[family.value] = true;
      return context;
    },
    undo: ({ isis }, { family }) => {
      if (family) delete isis[family.value];
    },
  },
  [
    metricRow,
    onInterface('metric maximum [level <level:int>]', { doc: 'Keeps traffic off the interface.' }),
    onInterface(
      '<what:fast-reroute|tag|prefix-sid|adjacency-sid|mpls|weight|auto-metric|advertise|disable|link-group|affinity> [<options:words>]',
      {
        doc: 'Further settings of IS-IS on the interface.',
      },
    ),
  ],
);

const interfaceMode: Entry = modesOf<IsisProcess>()(
  'interface <interface:interface>',
  {
    doc: 'An interface on which IS-IS runs, for the families that stand inside.',
    refers: { interface: 'interface' },
    enter: (process, { interface: name }, at): OnInterface => {
      const iface = interfaceOf(at.device, name.value, name.span);
      iface.isis ??= { span: name.span };
      iface.isis.process = process.id;
      return { iface, isis: iface.isis };
    },
    undo: (_, { interface: name }, at) => {
      const iface = name && at.device.interfaces.get(name.value);
      if (iface) delete iface.isis;
    },
  },
  [
    interfaceFamily,
    metricRow,
    onInterface('passive', {
      doc: 'No adjacency on the interface; its subnet is still announced.',
      apply: ({ isis }, _, at) => {
        isis.passive = { value: true, span: at.span };
      },
      undo: ({ isis }) => {
        delete isis.passive;
      },
    }),
    onInterface('point-to-point', {
      doc: 'Treats the interface as a link between two routers.',
      apply: ({ isis }, _, at) => {
        isis.pointToPoint = { value: true, span: at.span };
      },
      undo: ({ isis }) => {
        delete isis.pointToPoint;
      },
    }),
    onInterface('circuit-type <level:level-1|level-2-only|level-1-2>', {
      doc: 'Levels of the adjacency on the interface.',
      apply: ({ isis }, { level }) => {
        isis.level = { value: levelOf(level.value), span: level.span };
      },
      undo: ({ isis }) => {
        delete isis.level;
      },
    }),
    onInterface('<what:suppressed|shutdown> [<options:words>]', {
      doc: 'Keeps the interface, or its subnet, out of IS-IS.',
    }),
    onInterface(
      '<what:hello-interval|hello-multiplier|hello-password|hello-padding|priority|bfd|csnp-interval|retransmit-interval|retransmit-throttle-interval|lsp|lsp-interval|mesh-group|tag|link-down|override|mtu|affinity|dampening> [<options:words>]',
      { doc: 'Further settings of IS-IS on the interface.' },
    ),
  ],
);

const row = rowsOf<IsisProcess>();
const shared = /^(net |is-type|set-overload-bit)/;

const familyLines: readonly Entry[] = [
  ...redistributeRows<IsisProcess>((process) => [process.redistribute]),
  row('metric-style <style:wide|narrow|transition> [<transition:transition>] [level <level:int>]', {
    doc: 'Metrics of 24 bits (wide) or of 6 (narrow).',
    apply: (process, { style }) => {
      process.wideMetrics = { value: style.value !== 'narrow', span: style.span };
    },
    undo: (process) => {
      delete process.wideMetrics;
    },
  }),
  row('metric <metric:int> [level <level:int>]', {
    doc: 'Metric of interfaces that have no own.',
    apply: (process, { metric, level }) => {
      process.defaultMetric ??= {};
      if (level?.value !== 2) process.defaultMetric.level1 = metric;
      if (level?.value !== 1) process.defaultMetric.level2 = metric;
    },
    undo: (process) => {
      delete process.defaultMetric;
    },
  }),
  row('propagate level <from:int> into level <to:int> route-policy <policy:words>', {
    doc: 'Leaks routes from one level into the other.',
    apply: (process, { from, to, policy }, at) => {
      const [source, target] = [from.value === 1 ? '1' : '2', to.value === 1 ? '1' : '2'] as const;
      process.leak = (process.leak ?? []).filter((known) => known.from !== source || known.to !== target);
      process.leak.push({ from: source, to: target, policy: policyNamed(policy, at).value, span: at.span });
    },
    undo: (process) => {
      process.leak = [];
    },
  }),
  row('default-information originate [external] [route-policy <policy:words>]', {
    doc: 'Announces a default route.',
    apply: (process, { policy }, at) => {
      process.defaultOriginate = { value: policy ? { policy: policyNamed(policy, at).value } : {}, span: at.span };
    },
    undo: (process) => {
      delete process.defaultOriginate;
    },
  }),
  row('summary-prefix <prefix:prefix> [level <level:int>] [<options:words>]', {
    doc: 'Announces one prefix for those within it.',
    apply: (process, { prefix, level }, at) => {
      removeWhere(process.summaries, (known) => known.prefix === prefix.value);
      process.summaries.push({ prefix: prefix.value, ...numbered(level), span: at.span });
    },
    undo: (process, { prefix }) => removeWhere(process.summaries, (known) => known.prefix === prefix?.value),
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
  row('distance <distance:int>', {
    doc: 'Administrative distance of IS-IS routes.',
    apply: (process, { distance }) => {
      process.distance = distance;
    },
    undo: (process) => {
      delete process.distance;
    },
  }),
  row('attached-bit receive ignore', {
    doc: 'Takes no default route towards routers that reach other areas.',
    apply: (process, _, at) => {
      process.ignoresAttached = { value: true, span: at.span };
    },
    undo: (process) => {
      delete process.ignoresAttached;
    },
  }),
  row('attached-bit send never-set', {
    doc: 'Does not say that it reaches other areas.',
    apply: (process, _, at) => {
      process.suppressesAttached = { value: true, span: at.span };
    },
    undo: (process) => {
      delete process.suppressesAttached;
    },
  }),
  row('single-topology', { doc: 'One topology for both families.', apply: nothing }),
  row('spf <options:words>', { doc: 'How the routes are computed.', effect: 'none' }),
  row(
    '<what:attached-bit|adjacency-check|advertise|fast-reroute|mpls|segment-routing|monitor-convergence|microloop|prefix-attributes|route|ucmp|route-source|partition-detect|apply-weight|topology-id|maximum-redistributed-prefixes|router-id> [<options:words>]',
    { doc: 'Further settings of the family.' },
  ),
];

/** `router isis` of IOS-XR: families and interfaces are blocks. */
export const routerIsis: Entry = modesOf<DeviceDraft>()(
  'router isis <tag:word>',
  {
    doc: 'IS-IS process.',
    enter: (device, { tag }, at) => isisProcessOf(device, tag.value, GLOBAL, at.span),
    undo: (device, { tag }) => {
      device.isis = device.isis.filter((process) => process.id !== tag?.value);
    },
  },
  [
    ...isisRows('connected|static|rip').filter(({ pattern }) => shared.test(pattern)),
    interfaceMode,
    modesOf<IsisProcess>()(
      'address-family <family:ipv4|ipv6> [unicast]',
      { doc: 'One family in the process.', enter: (process) => process },
      familyLines,
    ),
    row(
      '<what:lsp-password|affinity-map|flex-algo|instance|segment-routing|srlg|distribute|vrf|instance-id|protocol> [<options:words>]',
      {
        doc: 'Further settings of the process.',
      },
    ),
    ...(
      [
        ['log <options:words>', 'Log messages of IS-IS.'],
        ['<what:nsr|nsf> [<options:words>]', 'Keeps forwarding while IS-IS restarts.'],
        [
          '<what:lsp-gen-interval|lsp-refresh-interval|lsp-mtu|max-lsp-lifetime|lsp-check-interval|min-lsp-arrivaltime|spf> <options:words>',
          'Timers of the process.',
        ],
        ['<what:hostname|trace|ignore-lsp-errors> [<options:words>]', 'Further settings that do not change routes.'],
      ] as const
    ).map(([pattern, doc]) => row(pattern as 'x', { doc, effect: 'none' })),
  ],
);
