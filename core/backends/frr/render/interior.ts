/* OSPF and IS-IS in FRR's language. What an interface does is taken from the simulator's reading of the configuration. */
import type { Device } from '../../../config/device/device.ts';
import type { Circuit as IsisCircuit, Instance as IsisInstance } from '../../../network/protocols/isis/model.ts';
import type { Circuit as OspfCircuit, Instance as OspfInstance } from '../../../network/protocols/ospf/model.ts';
import { type Page, word } from './page.ts';
import { isApplied } from './policies.ts';

interface Input {
  readonly page: Page;
}

/** Lines inside `interface` of an OSPF circuit. */
export function ospfInterfaceLines(page: Page, circuit: OspfCircuit): void {
  const { instance, area, cost, type, priority, helloSeconds, deadSeconds, passive, config, span } = circuit;
  const command = instance.process.version === 2 ? 'ip ospf' : 'ipv6 ospf6';
  const line = (text: string, at = span): void => page.line(` ${command} ${text}`, at);
  line(`area ${area}`);
  line(`cost ${Math.max(1, cost)}`, config.cost?.span);
  if (cost === 0) page.note(`${circuit.l3.name} costs nothing in OSPF and 1 in the twin.`, span);
  // A loopback is a live stub in the twin: nobody answers there, so nothing is sent.
  const networkType = type === 'loopback' ? 'point-to-point' : type;
  if (instance.process.version === 2 || networkType === 'point-to-point' || networkType === 'broadcast')
    line(`network ${networkType}`, config.networkType?.span);
  else page.note(`The network type ${type} of ${circuit.l3.name} is not carried over to OSPF version 3.`, span);
  line(`priority ${priority}`, config.priority?.span);
  line(`hello-interval ${helloSeconds}`, config.helloSeconds?.span);
  line(`dead-interval ${deadSeconds}`, config.deadSeconds?.span);
  if (passive || type === 'loopback') line('passive', passive?.span);
  if (config.mtuIgnore?.value) line('mtu-ignore', config.mtuIgnore.span);
  if (config.authentication && config.authentication.value !== 'none')
    page.note(
      'OSPF authentication is not carried over to the twin: a wrong key does not show.',
      config.authentication.span,
    );
}

const REDISTRIBUTED: readonly string[] = ['connected', 'static', 'bgp', 'isis', 'rip', 'kernel', 'eigrp'];

export function renderOspf(input: Input, instance: OspfInstance): void {
  const { page } = input;
  const { process, table, routerId } = instance;
  const { behaviour, device } = table;
  const { version, span } = process;
  page.line(
    `router ospf${version === 3 ? '6' : ''}${process.vrf === 'default' ? '' : ` vrf ${word(process.vrf)}`}`,
    span,
  );
  const line = (text: string, at = span): void => page.line(` ${text}`, at);
  line(`ospf${version === 3 ? '6' : ''} router-id ${routerId}`, process.routerId?.span);
  for (const one of process.redistribute) {
    if (!REDISTRIBUTED.includes(one.source)) {
      page.note(`Redistribution from ${one.source} into OSPF is not carried over to the twin.`, one.span);
      continue;
    }
    const { policy } = one;
    const [first] = policy?.policies ?? [];
    const map = first && isApplied({ device, behaviour }, first.value) ? ` route-map ${word(first.value)}` : '';
    const metric =
      one.metric ??
      process.defaultMetric?.value ??
      (one.source === 'bgp' ? behaviour.ospf.bgpMetric : undefined) ??
      behaviour.ospf.externalMetric;
    const type = one.metricType ?? behaviour.ospf.externalMetricType;
    line(`redistribute ${one.source} metric ${metric} metric-type ${type}${map}`, one.span);
    if (one.tag !== undefined) page.note('The tag of redistributed routes is not carried over to the twin.', one.span);
    if (one.matchTypes && one.matchTypes.length > 0)
      page.note('The kinds of routes that are redistributed are not told apart in the twin.', one.span);
  }
  if (process.defaultOriginate) {
    const { always, metric, metricType, policy } = process.defaultOriginate.value;
    const defaults = behaviour.ospf.defaultRouteMetric;
    const cost = metric ?? (defaults ? (always ? defaults.always : defaults.present) : 1);
    line(
      `default-information originate${always ? ' always' : ''} metric ${cost} metric-type ${metricType ?? behaviour.ospf.externalMetricType}${policy !== undefined && isApplied({ device, behaviour }, policy) ? ` route-map ${word(policy)}` : ''}`,
      process.defaultOriginate.span,
    );
  }
  for (const area of process.areas.values()) renderArea(page, area, version);
  const { ospfIntra, ospfInter, ospfExternal } = behaviour.administrativeDistance;
  const { intra = ospfIntra, inter = ospfInter, external = ospfExternal } = process.distances?.value ?? {};
  line(
    `distance ospf${version === 3 ? '6' : ''} intra-area ${intra} inter-area ${inter} external ${external}`,
    process.distances?.span,
  );
  if (version === 2 && process.maxMetricRouterLsa?.value)
    line('max-metric router-lsa administrative', process.maxMetricRouterLsa.span);
  const most = Math.min(256, process.maximumPaths?.value ?? behaviour.ospf.maximumPaths);
  line(`maximum-paths ${most}`, process.maximumPaths?.span);
  for (const { prefix, advertise, span: at } of process.summaries)
    line(`summary-address ${prefix}${advertise ? '' : ' no-advertise'}`, at);
  for (const lost of process.distributeLists ?? [])
    page.note(`The distribute list ${lost.list.value} of OSPF is not carried over to the twin.`, lost.span);
  for (const policy of [process.exportPolicy, process.importPolicy])
    if (policy) page.note('Policies between OSPF and the routing table are not carried over to the twin.', policy.span);
  page.line('exit');
}

type Area = Device['ospf'][number]['areas'] extends ReadonlyMap<string, infer A> ? A : never;

function renderArea(page: Page, area: Area, version: 2 | 3): void {
  const line = (text: string, span: Area['span']): void => page.line(` area ${area.id} ${text}`, span);
  const type = area.type?.value;
  if (area.type && type !== 'normal') line(`${type}${area.noSummary?.value ? ' no-summary' : ''}`, area.type.span);
  for (const { prefix, advertise, cost, span } of area.ranges)
    line(`range ${prefix}${advertise ? (cost === undefined ? '' : ` cost ${cost}`) : ' not-advertise'}`, span);
  if (version === 2 && area.defaultCost) line(`default-cost ${area.defaultCost.value}`, area.defaultCost.span);
  for (const [list, direction] of [
    [area.filterIn, 'in'],
    [area.filterOut, 'out'],
  ] as const)
    if (list) line(`filter-list prefix ${word(list.value)} ${direction}`, list.span);
  for (const link of area.virtualLinks) line(`virtual-link ${link.value}`, link.span);
  if (area.nssaDefaultOriginate?.value)
    page.note(
      'The default route of a not-so-stubby area is not carried over to the twin.',
      area.nssaDefaultOriginate.span,
    );
  if (area.authentication)
    page.note(
      'OSPF authentication is not carried over to the twin: a wrong key does not show.',
      area.authentication.span,
    );
}

/** Lines inside `interface` of an IS-IS circuit. */
export function isisInterfaceLines(page: Page, circuit: IsisCircuit): void {
  const { instance, levels, metric, pointToPoint, passive, ipv4, ipv6, span } = circuit;
  const name = processName(instance);
  const loopback = circuit.l3.config.kind === 'loopback';
  if (ipv4) page.line(` ip router isis ${name}`, span);
  if (ipv6) page.line(` ipv6 router isis ${name}`, span);
  if (pointToPoint && !loopback) page.line(' isis network point-to-point', span);
  if (passive || loopback) page.line(' isis passive', passive?.span ?? span);
  page.line(
    ` isis circuit-type ${levels.length === 2 ? 'level-1-2' : levels[0] === 1 ? 'level-1' : 'level-2-only'}`,
    span,
  );
  for (const level of levels) page.line(` isis metric level-${level} ${metric[level]}`, span);
}

const processName = ({ process }: IsisInstance): string => word(process.id === '' ? '1' : process.id);

export function renderIsis(input: Input, instance: IsisInstance): void {
  const { page } = input;
  const { process, levels, style, table } = instance;
  const { span } = process;
  page.line(
    `router isis ${processName(instance)}${process.vrf === 'default' ? '' : ` vrf ${word(process.vrf)}`}`,
    span,
  );
  const line = (text: string, at = span): void => page.line(` ${text}`, at);
  if (process.net) line(`net ${process.net.value}`, process.net.span);
  line(
    `is-type ${levels.length === 2 ? 'level-1-2' : levels[0] === 1 ? 'level-1' : 'level-2-only'}`,
    process.level?.span,
  );
  line(
    `metric-style ${style.narrow && style.wide ? 'transition' : style.wide ? 'wide' : 'narrow'}`,
    process.wideMetrics?.span,
  );
  if (process.overload?.value) line('set-overload-bit', process.overload.span);
  for (const { source, policy, level, span: at, metric } of process.redistribute) {
    const [first] = policy?.policies ?? [];
    if (!['connected', 'static', 'bgp', 'ospf', 'rip'].includes(source)) {
      page.note(`Redistribution from ${source} into IS-IS is not carried over to the twin.`, at);
      continue;
    }
    const into = level === '1' ? ['level-1'] : level === '1-2' ? ['level-1', 'level-2'] : ['level-2'];
    for (const one of into)
      line(
        `redistribute ipv4 ${source} ${one}${metric === undefined ? '' : ` metric ${metric}`}${first ? ` route-map ${word(first.value)}` : ''}`,
        at,
      );
  }
  if (process.defaultOriginate) {
    const { always, level } = process.defaultOriginate.value;
    line(
      `default-information originate ipv4 level-${level === '1' ? 1 : 2}${always ? ' always' : ''}`,
      process.defaultOriginate.span,
    );
  }
  for (const one of process.leak ?? [])
    page.note('Leaking between levels of IS-IS is not carried over to the twin.', one.span);
  for (const one of process.summaries) page.note('Summaries of IS-IS are not carried over to the twin.', one.span);
  const { isisL1, isisL2 } = table.behaviour.administrativeDistance;
  if (process.distance || isisL1 !== 115 || isisL2 !== 115)
    page.note('Routes of IS-IS have the distance 115 in the twin.', process.distance?.span);
  if (levels.length === 2 && (table.behaviour.isis.announcesLevel1 ?? true))
    page.note('What level 1 reaches is not announced into level 2 in the twin, as isisd does not.');
  page.line('exit');
}
