/* RIP in FRR's language. On which interfaces a process runs is taken from the simulator's reading of the configuration. */
import type { Circuit, Speaker } from '../../../network/protocols/rip/speakers.ts';
import type { PortNames } from './names.ts';
import { type Page, word } from './page.ts';
import { isApplied } from './policies.ts';

/** Lines inside `interface` of a RIP circuit. */
export function ripInterfaceLines(page: Page, { sends, receives, settings, summaries, span }: Circuit): void {
  page.line(` ip rip send version ${[...sends].sort().join(' ')}`, settings?.sends?.span ?? span);
  page.line(` ip rip receive version ${[...receives].sort().join(' ')}`, settings?.receives?.span ?? span);
  if (summaries.length > 0) page.note('Summaries of RIP on an interface are not carried over to the twin.', span);
  for (const lost of [settings?.metricIn, settings?.metricOut, settings?.distance])
    if (lost) page.note('Metrics and preferences of RIP on an interface are not carried over to the twin.', lost.span);
  for (const policy of [settings?.importPolicy, settings?.exportPolicy])
    if (policy) page.note('Policies of RIP on an interface are not carried over to the twin.', policy.span);
}

const REDISTRIBUTED: readonly string[] = ['connected', 'static', 'bgp', 'ospf', 'isis', 'kernel', 'eigrp'];

export function renderRip(
  page: Page,
  { table, process, behaviour, circuits, autoSummary }: Speaker,
  ports: PortNames,
): void {
  const { device } = table;
  const { span } = process;
  const line = (text: string, at = span): void => page.line(` ${text}`, at);
  page.line('router rip', span);
  for (const { l3, passive, span: at } of circuits) {
    const port = ports.get(l3.name.toLowerCase());
    if (port === undefined) continue;
    line(`network ${port}`, at);
    // A loopback is a live stub in the twin: nobody listens there.
    if (passive || l3.config.kind === 'loopback') line(`passive-interface ${port}`, at);
  }
  for (const { value, span: at } of process.neighbours ?? []) line(`neighbor ${value}`, at);
  for (const { source, policy, metric, span: at } of process.redistribute) {
    if (!REDISTRIBUTED.includes(source)) {
      page.note(`Redistribution from ${source} into RIP is not carried over to the twin.`, at);
      continue;
    }
    const plain = source === 'connected' || source === 'static';
    const hops = metric ?? process.defaultMetric?.value ?? behaviour.redistributedMetric ?? (plain ? 1 : undefined);
    // Without a metric this system takes nothing: neither does the twin.
    if (hops === undefined) continue;
    if (source === 'connected' && hops > 1 && !behaviour.connectedMetricForOwn)
      page.note('The metric of redistributed networks holds in the twin for those of RIP itself as well.', at);
    const [first] = policy?.policies ?? [];
    const map =
      first && isApplied({ device, behaviour: table.behaviour }, first.value) ? ` route-map ${word(first.value)}` : '';
    line(`redistribute ${source} metric ${Math.min(16, Math.max(0, hops))}${map}`, at);
  }
  if (process.defaultOriginate) {
    line('default-information originate', process.defaultOriginate.span);
    if (behaviour.defaultNeedsRoute || process.defaultOriginate.value.policy !== undefined)
      page.note(
        'The default route of RIP is announced in the twin whether there is one or not.',
        process.defaultOriginate.span,
      );
  }
  for (const { list, direction, offset, interface: name, span: at } of process.offsetLists ?? []) {
    const port = name === undefined ? undefined : ports.get(name.toLowerCase());
    if (list === undefined || (name !== undefined && port === undefined)) {
      page.note('An offset list of RIP is not carried over to the twin.', at);
      continue;
    }
    line(`offset-list ${word(list.value)} ${direction} ${offset}${port === undefined ? '' : ` ${port}`}`, at);
  }
  for (const { list, span: at } of process.distributeLists ?? [])
    page.note(`The distribute list ${list.value} of RIP is not carried over to the twin.`, at);
  if (autoSummary)
    page.note('RIP does not summarise at the borders of classes in the twin.', process.autoSummary?.span ?? span);
  if (behaviour.hopAddedBy === 'sender')
    page.note('RIP routes have a metric that is higher by one in the twin, where the receiver adds the hop.', span);
  if (behaviour.announcesByPolicyAlone)
    page.note('RIP announces in the twin what it has itself, and not what export policies choose.', span);
  if ((process.maximumPaths?.value ?? behaviour.maximumPaths ?? 1) > 1) line('allow-ecmp', process.maximumPaths?.span);
  const distance = process.distance?.value ?? table.behaviour.administrativeDistance.rip;
  line(`distance ${distance}`, process.distance?.span);
  page.line('exit');
}
