import { type Entry, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { IsisProcess } from '../../device/igp.ts';
import type { Interface, IsisInterface } from '../../device/interface.ts';
import type { Located, Span } from '../../span.ts';
import { removeWhere } from './drafts.ts';
import { maximumPathsRow, passiveRows, quietRows } from './igp.ts';
import { redistributionRows } from './redistribution.ts';

const row = rowsOf<IsisProcess>();

export function isisProcessOf(device: DeviceDraft, id: string, vrf: string, span: Span): IsisProcess {
  const known = device.isis.find((process) => process.id === id && process.vrf === vrf);
  if (known) return known;
  const made: IsisProcess = {
    id,
    vrf,
    span,
    redistribute: [],
    summaries: [],
    passiveInterfaces: [],
    activeInterfaces: [],
    interfaces: [],
  };
  device.isis.push(made);
  return made;
}

const levels = { 'level-1': '1', 'level-2': '2', 'level-2-only': '2', 'level-1-2': '1-2' } as const;
type LevelWord = keyof typeof levels;

const levelOf = (word: Located<LevelWord>): Located<'1' | '2' | '1-2'> => ({
  value: levels[word.value],
  span: word.span,
});

/** Sets a metric for one level, or for both where the line names none. */
function setMetric(
  target: NonNullable<IsisInterface['metric']>,
  metric: Located<number>,
  level: LevelWord | undefined,
): void {
  if (level !== 'level-2' && level !== 'level-2-only') target.level1 = metric;
  if (level !== 'level-1') target.level2 = metric;
}

/** Lines of an IS-IS process that the three systems share. `families`: the words of redistribution (FRR names a family). */
export const isisRows = (
  plain: Parameters<typeof redistributionRows>[0]['plain'],
  family?: '<family:ipv4|ipv6>',
): readonly Entry[] => [
  row('net <net:word>', {
    doc: 'Network entity title: area and system id of this router.',
    apply: (process, { net }) => {
      process.net = net;
    },
    undo: (process) => {
      delete process.net;
    },
  }),
  row('is-type <level:level-1|level-2|level-2-only|level-1-2>', {
    doc: 'Levels that this router takes part in.',
    apply: (process, { level }) => {
      process.level = levelOf(level);
    },
    undo: (process) => {
      delete process.level;
    },
  }),
  row('metric-style <style:wide|narrow|transition> [<transition:transition>] [<level:level-1|level-2|level-1-2>]', {
    doc: 'Metrics of 24 bits (wide) or of 6 (narrow).',
    apply: (process, { style }) => {
      process.wideMetrics = { value: style.value !== 'narrow', span: style.span };
    },
    undo: (process) => {
      delete process.wideMetrics;
    },
  }),
  row('metric <metric:int> [<level:level-1|level-2>]', {
    doc: 'Metric of interfaces that have no own.',
    apply: (process, { metric, level }) => {
      process.defaultMetric ??= {};
      setMetric(process.defaultMetric, metric, level?.value);
    },
    undo: (process) => {
      delete process.defaultMetric;
    },
  }),
  ...passiveRows<IsisProcess>((process) => process),
  maximumPathsRow<IsisProcess>((process) => process),
  ...redistributionRows<IsisProcess>({
    into: 'isis',
    plain,
    ...(family && { family }),
    lists: (process) => [process.redistribute],
  }),
  row(
    'redistribute isis [ip] <from:level-1|level-2> into <to:level-1|level-2> [<how:route-map|distribute-list>] [<filter:word>]',
    {
      doc: 'Leaks routes from one level into the other.',
      apply: (process, { from, to, how, filter }, at) => {
        const [source, target] = [from.value === 'level-1' ? '1' : '2', to.value === 'level-1' ? '1' : '2'] as const;
        process.leak = (process.leak ?? []).filter((known) => known.from !== source || known.to !== target);
        process.leak.push({
          from: source,
          to: target,
          ...(how?.value === 'route-map' && filter && { policy: filter.value }),
          span: at.span,
        });
        if (how?.value === 'distribute-list')
          at.device.notModelled.push({
            span: at.span,
            text: 'redistribute isis ... distribute-list',
            mayAffectRouting: true,
          });
      },
      undo: (process, { from, to }) => {
        process.leak = (process.leak ?? []).filter(
          (known) => known.from !== levelOfWord(from) || known.to !== levelOfWord(to),
        );
      },
    },
  ),
  row(
    'default-information originate [<family:ipv4|ipv6>] [<level:level-1|level-2|level-1-2>] *[<always:always>] *[route-map <map:word>] *[metric <metric:int>]',
    {
      doc: 'Announces a default route.',
      refers: { map: 'route-map' },
      apply: (process, { level, map, always, metric }, at) => {
        process.defaultOriginate = {
          value: {
            ...(map && { policy: map.value }),
            ...(level && { level: levels[level.value] }),
            ...(always && { always: true }),
            ...(metric && { metric: metric.value }),
          },
          span: at.span,
        };
      },
      undo: (process) => {
        delete process.defaultOriginate;
      },
    },
  ),
  row('summary-address <prefix:prefix> [<level:level-1|level-2|level-1-2>] *[tag <tag:int>] *[metric <metric:int>]', {
    doc: 'Announces one prefix for those within it.',
    apply: (process, { prefix, level }, at) => {
      removeWhere(process.summaries, (known) => known.prefix === prefix.value);
      process.summaries.push({ prefix: prefix.value, ...(level && { level: levels[level.value] }), span: at.span });
    },
    undo: (process, { prefix }) => removeWhere(process.summaries, (known) => known.prefix === prefix?.value),
  }),
  row('set-overload-bit [<options:words>]', {
    doc: 'Asks other routers not to send transit traffic here.',
    apply: (process, { options }, at) => {
      // After a start it holds for a while only; the settled state does not have it.
      if (options?.value[0] !== 'on-startup') process.overload = { value: true, span: at.span };
    },
    undo: (process) => {
      delete process.overload;
    },
  }),
  row('distance <distance:int> [ip]', {
    doc: 'Administrative distance of IS-IS routes.',
    apply: (process, { distance }) => {
      process.distance = distance;
    },
    undo: (process) => {
      delete process.distance;
    },
  }),
  row('<what:shutdown|protocol> [<options:words>]', {
    doc: 'Switches the process off.',
    apply: (process, _, at) => {
      process.shutdown = { value: true, span: at.span };
    },
    undo: (process, _, at) => {
      process.shutdown = { value: false, span: at.span };
    },
  }),
  row('vrf <vrf:word>', {
    doc: 'VRF of the process.',
    refers: { vrf: 'vrf' },
    apply: (process, { vrf }) => {
      // Part of the identity of a process, on a line of its own on IOS: set once, while it is built.
      Object.assign(process, { vrf: vrf.value });
    },
  }),
  row('ignore-attached-bit', {
    doc: 'Takes no default route towards routers that reach other areas.',
    apply: (process, _, at) => {
      process.ignoresAttached = { value: true, span: at.span };
    },
    undo: (process) => {
      delete process.ignoresAttached;
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
  row('hello padding [<options:words>]', { doc: 'Fills hellos up to the MTU.' }),
  row('advertise passive-only', { doc: 'Announces the subnets of passive interfaces alone.' }),
  row(
    '<what:authentication|area-password|domain-password|attached-bit|set-attached-bit|topology|multi-topology|segment-routing|mpls|bfd|fast-reroute|prc-interval|advertise-high-metrics|spf|router-id|is-hostname> [<options:words>]',
    {
      doc: 'Further settings of the process.',
    },
  ),
  ...quietRows<IsisProcess>([
    ['log-adjacency-changes [<detail:words>]', 'Logs when an adjacency comes up or goes down.'],
    [
      '<what:lsp-gen-interval|lsp-refresh-interval|lsp-mtu|max-lsp-lifetime|spf-interval|timers|spf-delay-ietf|lsp-timers> <options:words>',
      'Timers of the process.',
    ],
    [
      '<what:hostname|nsf|graceful-restart|purge-originator|lsp-full> [<options:words>]',
      'Further settings that do not change routes.',
    ],
  ]),
];

const levelOfWord = (word: Located<'level-1' | 'level-2'> | undefined): '1' | '2' | undefined =>
  word ? (word.value === 'level-1' ? '1' : '2') : undefined;

const onInterface = rowsOf<Interface>();
const of = (iface: Interface, span: Span): IsisInterface => {
  iface.isis ??= { span };
  return iface.isis;
};

const clearFamily = (iface: Interface, family: 'ipv4' | 'ipv6'): void => {
  if (iface.isis) delete iface.isis[family];
};

/** IS-IS lines of an interface. */
export const isisInterfaceRows: readonly Entry[] = [
  onInterface('ip router isis [<process:word>]', {
    doc: 'Runs IS-IS for IPv4 on the interface.',
    apply: (iface, { process }, at) => {
      const isis = of(iface, at.span);
      isis.ipv4 = true;
      isis.process = process?.value ?? '';
    },
    undo: (iface) => clearFamily(iface, 'ipv4'),
  }),
  onInterface('ipv6 router isis [<process:word>]', {
    doc: 'Runs IS-IS for IPv6 on the interface.',
    apply: (iface, { process }, at) => {
      const isis = of(iface, at.span);
      isis.ipv6 = true;
      isis.process = process?.value ?? '';
    },
    undo: (iface) => clearFamily(iface, 'ipv6'),
  }),
  onInterface('isis enable <process:word>', {
    doc: 'Runs IS-IS on the interface, for the families of the process.',
    apply: (iface, { process }, at) => {
      const isis = of(iface, at.span);
      isis.process = process.value;
      isis.ipv4 = true;
      isis.ipv6 = true;
    },
    undo: (iface) => {
      delete iface.isis;
    },
  }),
  onInterface('isis circuit-type <level:level-1|level-2|level-2-only|level-1-2>', {
    doc: 'Levels of the adjacency on the interface.',
    apply: (iface, { level }, at) => {
      of(iface, at.span).level = levelOf(level);
    },
    undo: (iface) => {
      delete iface.isis?.level;
    },
  }),
  onInterface('isis metric <metric:int> [<level:level-1|level-2>]', {
    doc: 'Metric of the interface, for one level or for both.',
    apply: (iface, { metric, level }, at) => {
      const isis = of(iface, at.span);
      isis.metric ??= {};
      setMetric(isis.metric, metric, level?.value);
    },
    undo: (iface, { level }) => {
      if (!iface.isis?.metric) return;
      if (level?.value !== 'level-2') delete iface.isis.metric.level1;
      if (level?.value !== 'level-1') delete iface.isis.metric.level2;
    },
  }),
  onInterface('isis metric <level:level-1|level-2> <metric:int>', {
    doc: 'Metric of the interface for one level.',
    apply: (iface, { metric, level }, at) => {
      const isis = of(iface, at.span);
      isis.metric ??= {};
      setMetric(isis.metric, metric, level.value);
    },
    undo: (iface, { level }) => {
      if (level?.value !== 'level-2') delete iface.isis?.metric?.level1;
      if (level?.value !== 'level-1') delete iface.isis?.metric?.level2;
    },
  }),
  onInterface('isis network point-to-point', {
    doc: 'Treats the interface as a link between two routers.',
    apply: (iface, _, at) => {
      of(iface, at.span).pointToPoint = { value: true, span: at.span };
    },
    undo: (iface) => {
      delete iface.isis?.pointToPoint;
    },
  }),
  onInterface('isis passive [<interface:passive-interface>]', {
    doc: 'No adjacency on the interface; its subnet is still announced.',
    apply: (iface, _, at) => {
      of(iface, at.span).passive = { value: true, span: at.span };
    },
    undo: (iface, _, at) => {
      of(iface, at.span).passive = { value: false, span: at.span };
    },
  }),
  onInterface('isis passive-interface', {
    doc: 'No adjacency on the interface; its subnet is still announced.',
    apply: (iface, _, at) => {
      of(iface, at.span).passive = { value: true, span: at.span };
    },
    undo: (iface, _, at) => {
      of(iface, at.span).passive = { value: false, span: at.span };
    },
  }),
  onInterface(
    'isis <what:hello|hello-interval|hello-multiplier|lsp-interval|retransmit-interval|csnp-interval|psnp-interval> <options:words>',
    {
      doc: 'Timers of IS-IS on the interface.',
    },
  ),
  onInterface('isis authentication mode <algorithm:word> [<options:words>]', {
    doc: 'Authentication of IS-IS hellos; neighbours must agree.',
    listed: true,
    apply: (iface, { algorithm }, at) => {
      const on = of(iface, at.span);
      on.authenticatedBy = { ...on.authenticatedBy, algorithm };
    },
  }),
  onInterface('isis authentication key-chain <chain:word> [<options:words>]', {
    doc: 'Keys of IS-IS hellos; neighbours must have the same.',
    listed: true,
    refers: { chain: 'key-chain' },
    apply: (iface, { chain }, at) => {
      const on = of(iface, at.span);
      on.authenticatedBy = { ...on.authenticatedBy, keyChain: chain };
    },
  }),
  onInterface(
    'isis <what:authentication|password|bfd|priority|ipv4|ipv6|three-way-handshake|tag|protocol|fast-reroute|topology> [<options:words>]',
    {
      doc: 'Further settings of IS-IS on the interface.',
    },
  ),
];
