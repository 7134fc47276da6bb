import { formatIp, parseIp, parsePrefix } from '../../address.ts';
import { type Entry, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { OspfArea, OspfProcess } from '../../device/igp.ts';
import type { Located, Span } from '../../span.ts';
import { addOnce, areaId, getOrMake, removeName, removeWhere } from './drafts.ts';
import { distributeRows, maximumPathsRow, passiveRows, quietRows } from './igp.ts';
import { redistributionRows } from './redistribution.ts';

const row = rowsOf<OspfProcess>();

/** The process of that number, version and VRF, made when the configuration had not named it before. */
export function ospfProcessOf(device: DeviceDraft, id: string, version: 2 | 3, vrf: string, span: Span): OspfProcess {
  const known = device.ospf.find((process) => process.id === id && process.version === version && process.vrf === vrf);
  if (known) return known;
  const made: OspfProcess = {
    id,
    version,
    vrf,
    span,
    areas: new Map(),
    redistribute: [],
    passiveInterfaces: [],
    activeInterfaces: [],
    summaries: [],
    distributeLists: [],
  };
  device.ospf.push(made);
  return made;
}

export const areaOf = (process: OspfProcess, text: string, span: Span): OspfArea =>
  getOrMake(process.areas, areaId(text), () => ({
    id: areaId(text),
    span,
    ranges: [],
    virtualLinks: [],
    networks: [],
    interfaces: [],
  }));

const invert = (mask: string): string => formatIp(4, [~(parseIp(mask)?.words[0] ?? 0) >>> 0]);

/** A mask in place of a wildcard is turned over, as the systems do it: 255.255.255.0 is 0.0.0.255. */
function wildcardOf(text: string): string {
  const bits = parseIp(text)?.words[0] ?? 0;
  const isMask = bits !== 0xffffffff && bits >>> 31 === 1 && ((~bits >>> 0) & ((~bits >>> 0) + 1)) === 0;
  return isMask ? invert(text) : text;
}

const lengthToWildcard = (length: number): string =>
  formatIp(4, [length === 0 ? 0xffffffff : length >= 32 ? 0 : 0xffffffff >>> length]);

function addNetwork(process: OspfProcess, area: Located<string>, address: string, wildcard: string, span: Span): void {
  // A statement for the same addresses moves them to the new area.
  for (const each of process.areas.values())
    removeWhere(each.networks, (known) => known.address === address && known.wildcard === wildcard);
  areaOf(process, area.value, span).networks.push({ address, wildcard, span });
}

function removeNetwork(process: OspfProcess, address: string | undefined, wildcard: string | undefined): void {
  for (const each of process.areas.values())
    removeWhere(
      each.networks,
      (known) => known.address === address && (wildcard === undefined || known.wildcard === wildcard),
    );
}

/** `network ... area ...`: runs OSPF on interfaces whose address matches. */
export const networkRows: readonly Entry[] = [
  row('network <address:ip4> <wildcard:ip4> area <area:word>', {
    doc: 'Runs OSPF on the interfaces whose address matches.',
    apply: (process, { address, wildcard, area }, at) =>
      addNetwork(process, area, address.value, wildcardOf(wildcard.value), at.span),
    undo: (process, { address, wildcard }) =>
      removeNetwork(process, address?.value, wildcard && wildcardOf(wildcard.value)),
  }),
  row('network <prefix:prefix4> area <area:word>', {
    doc: 'Runs OSPF on the interfaces whose address matches.',
    apply: (process, { prefix, area }, at) => {
      const parsed = parsePrefix(prefix.value);
      if (parsed) addNetwork(process, area, formatIp(4, parsed.words), lengthToWildcard(parsed.length), at.span);
    },
    undo: (process, { prefix }) => {
      const parsed = prefix && parsePrefix(prefix.value);
      if (parsed) removeNetwork(process, formatIp(4, parsed.words), lengthToWildcard(parsed.length));
    },
  }),
];

/** A line that begins with `area X`; its target is the area. */
const areaRows: readonly Entry[] = [
  row('area <area:word> stub [<noSummary:no-summary>]', {
    doc: 'Stub area: no external routes; with no-summary none of other areas either.',
    apply: (process, { area, noSummary }, at) => {
      const each = areaOf(process, area.value, at.span);
      each.type = { value: 'stub', span: at.span };
      if (noSummary) each.noSummary = { value: true, span: noSummary.span };
    },
    undo: (process, { area, noSummary }, at) => {
      if (!area) return;
      const each = areaOf(process, area.value, at.span);
      delete each.noSummary;
      if (!noSummary) delete each.type;
    },
  }),
  row(
    'area <area:word> nssa *[<noSummary:no-summary>] *[<noRedistribution:no-redistribution>] *[<originate:default-information-originate>] *[metric <metric:int>] *[metric-type <metricType:1|2>] *[<nssaOnly:nssa-only>] *[translate type7 <translate:word>] *[<translation:translate-always|translate-candidate|translate-never>]',
    {
      doc: 'Not-so-stubby area: external routes of its own as type 7 (RFC 3101).',
      apply: (process, { area, noSummary, originate }, at) => {
        const each = areaOf(process, area.value, at.span);
        each.type = { value: 'nssa', span: at.span };
        if (noSummary) each.noSummary = { value: true, span: noSummary.span };
        if (originate) each.nssaDefaultOriginate = { value: true, span: originate.span };
      },
      undo: (process, { area, noSummary, originate }, at) => {
        if (!area) return;
        const each = areaOf(process, area.value, at.span);
        if (noSummary || !originate) delete each.noSummary;
        if (originate || !noSummary) delete each.nssaDefaultOriginate;
        if (!noSummary && !originate) delete each.type;
      },
    },
  ),
  row('area <area:word> range <prefix:prefix> *[<notAdvertise:not-advertise>] *[advertise] *[cost <cost:int>]', {
    doc: 'Announces one prefix for those within it to other areas, or hides them.',
    apply: (process, { area, prefix, notAdvertise, cost }, at) => {
      const { ranges } = areaOf(process, area.value, at.span);
      removeWhere(ranges, (known) => known.prefix === prefix.value);
      ranges.push({
        prefix: prefix.value,
        advertise: notAdvertise === undefined,
        ...(cost && { cost: cost.value }),
        span: at.span,
      });
    },
    undo: (process, { area, prefix }, at) => {
      if (area) removeWhere(areaOf(process, area.value, at.span).ranges, (known) => known.prefix === prefix?.value);
    },
  }),
  row('area <area:word> range <prefix:prefix> substitute <other:prefix>', {
    doc: 'Announces another prefix in place of those within this one.',
  }),
  row('area <area:word> default-cost <cost:int>', {
    doc: 'Cost of the default route into a stub area.',
    apply: (process, { area, cost }, at) => {
      areaOf(process, area.value, at.span).defaultCost = cost;
    },
    undo: (process, { area }, at) => {
      if (area) delete areaOf(process, area.value, at.span).defaultCost;
    },
  }),
  row('area <area:word> filter-list prefix <list:word> <direction:in|out>', {
    doc: 'Prefix-list of the routes that enter or leave the area.',
    refers: { list: 'prefix-list' },
    apply: (process, { area, list, direction }, at) => {
      areaOf(process, area.value, at.span)[direction.value === 'in' ? 'filterIn' : 'filterOut'] = list;
    },
    undo: (process, { area, direction }, at) => {
      if (area && direction)
        delete areaOf(process, area.value, at.span)[direction.value === 'in' ? 'filterIn' : 'filterOut'];
    },
  }),
  row('area <area:word> <which:import-list|export-list> <list:word>', {
    doc: 'Access-list of the routes that enter or leave the area.',
    refers: { list: 'access-list' },
    apply: (process, { area, which, list }, at) => {
      areaOf(process, area.value, at.span)[which.value === 'import-list' ? 'importList' : 'exportList'] = list;
    },
    undo: (process, { area, which }, at) => {
      if (area && which)
        delete areaOf(process, area.value, at.span)[which.value === 'import-list' ? 'importList' : 'exportList'];
    },
  }),
  row('area <area:word> authentication [<kind:message-digest>]', {
    doc: 'Authentication of OSPF packets in the area; neighbours must agree.',
    apply: (process, { area, kind }, at) => {
      areaOf(process, area.value, at.span).authentication = {
        value: kind ? 'message-digest' : 'simple',
        span: at.span,
      };
    },
    undo: (process, { area }, at) => {
      if (area) delete areaOf(process, area.value, at.span).authentication;
    },
  }),
  row('area <area:word> virtual-link <router:ip4> [<options:words>]', {
    doc: 'Connects an area to the backbone through this one.',
    apply: (process, { area, router }, at) => addOnce(areaOf(process, area.value, at.span).virtualLinks, router),
    undo: (process, { area, router }, at) => {
      if (area) removeName(areaOf(process, area.value, at.span).virtualLinks, router?.value);
    },
  }),
  row(
    'area <area:word> <what:sham-link|nssa-translate|interface-type|capability|lsa|not-so-stubby|flood-reduction|shortcut> [<options:words>]',
    { doc: 'Further settings of the area.' },
  ),
];

const setAllDistances = (process: OspfProcess, distance: Located<number>): void => {
  process.distances = {
    value: { intra: distance.value, inter: distance.value, external: distance.value },
    span: distance.span,
  };
};

/** Lines of an OSPF process that the three systems share, for versions 2 and 3. */
export const ospfRows = (plain: Parameters<typeof redistributionRows>[0]['plain']): readonly Entry[] => [
  row('router-id <id:ip4>', {
    doc: 'Identifier of this router in OSPF.',
    apply: (process, { id }) => {
      process.routerId = id;
    },
    undo: (process) => {
      delete process.routerId;
    },
  }),
  ...networkRows,
  ...areaRows,
  ...passiveRows<OspfProcess>((process) => process),
  ...distributeRows<OspfProcess>((process) => process),
  ...redistributionRows<OspfProcess>({ into: 'ospf', plain, lists: (process) => [process.redistribute] }),
  maximumPathsRow<OspfProcess>((process) => process),
  row(
    'default-information originate *[<always:always>] *[metric <metric:int>] *[metric-type <type:1|2>] *[route-map <map:word>]',
    {
      doc: 'Announces a default route; `always` even without having one.',
      refers: { map: 'route-map' },
      apply: (process, { always, metric, type, map }, at) => {
        const value = {
          always: always !== undefined,
          ...(metric && { metric: metric.value }),
          ...(type && { metricType: type.value === '1' ? (1 as const) : (2 as const) }),
          ...(map && { policy: map.value }),
        };
        process.defaultOriginate = { value, span: at.span };
      },
      undo: (process) => {
        delete process.defaultOriginate;
      },
    },
  ),
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
    doc: 'Administrative distance of OSPF routes.',
    apply: (process, { distance }) => setAllDistances(process, distance),
    undo: (process) => {
      delete process.distances;
    },
  }),
  row('distance <kind:ospf|ospf6> *[intra-area <intra:int>] *[inter-area <inter:int>] *[external <external:int>]', {
    doc: 'Administrative distances of OSPF routes by their kind.',
    apply: (process, { intra, inter, external }, at) => {
      const value = {
        ...process.distances?.value,
        ...(intra && { intra: intra.value }),
        ...(inter && { inter: inter.value }),
        ...(external && { external: external.value }),
      };
      process.distances = { value, span: at.span };
    },
    undo: (process) => {
      delete process.distances;
    },
  }),
  row('distance <distance:int> <source:ip4> <wildcard:ip4> [<list:word>]', {
    doc: 'Administrative distance of routes from certain routers.',
  }),
  row(
    '<command:summary-address|summary-prefix> <prefix:prefix> *[<notAdvertise:not-advertise|no-advertise>] *[tag <tag:int>]',
    {
      doc: 'Announces one prefix for the redistributed ones within it, or hides them.',
      apply: (process, { prefix, notAdvertise, tag }, at) => {
        removeWhere(process.summaries, (known) => known.prefix === prefix.value);
        process.summaries.push({
          prefix: prefix.value,
          advertise: notAdvertise === undefined,
          ...(tag && { tag: tag.value }),
          span: at.span,
        });
      },
      undo: (process, { prefix }) => removeWhere(process.summaries, (known) => known.prefix === prefix?.value),
    },
  ),
  row('auto-cost reference-bandwidth <mbps:int>', {
    doc: 'Bandwidth in Mbit/s that has cost 1; all routers should agree.',
    apply: (process, { mbps }) => {
      process.referenceBandwidthMbps = mbps;
    },
    undo: (process) => {
      delete process.referenceBandwidthMbps;
    },
  }),
  row('max-metric router-lsa [<options:words>]', {
    doc: 'Announces its links with the highest cost, so that others avoid this router.',
    apply: (process, { options }, at) => {
      // After a start it holds for a while only; the settled state does not have it.
      if (!/^on-(startup|shutdown)/.test(options?.value[0] ?? ''))
        process.maxMetricRouterLsa = { value: true, span: at.span };
    },
    undo: (process) => {
      delete process.maxMetricRouterLsa;
    },
  }),
  row('compatible rfc1583', {
    doc: 'Chooses among external routes as RFC 1583 does.',
    apply: (process, _, at) => {
      process.rfc1583Compatible = { value: true, span: at.span };
    },
    undo: (process, _, at) => {
      process.rfc1583Compatible = { value: false, span: at.span };
    },
  }),
  row('prefix-suppression', {
    doc: 'Does not announce networks of links (RFC 6860).',
    apply: (process, _, at) => {
      process.prefixSuppression = { value: true, span: at.span };
    },
    undo: (process) => {
      delete process.prefixSuppression;
    },
  }),
  row('shutdown', {
    doc: 'Switches the process off.',
    apply: (process, _, at) => {
      process.shutdown = { value: true, span: at.span };
    },
    undo: (process, _, at) => {
      process.shutdown = { value: false, span: at.span };
    },
  }),
  row('neighbor <address:ip> [<options:words>]', { doc: 'Neighbour on a network without broadcasts.' }),
  row(
    '<what:bfd|mpls|fast-reroute|discard-route|point-to-point|area-password|segment-routing|tunnel|dn-bit-ignore|domain-id|domain-tag> [<options:words>]',
    {
      doc: 'Further settings of the process.',
    },
  ),
  row('capability <what:vrf-lite|transit|opaque|lls> [<options:words>]', { doc: 'Capabilities of the process.' }),
  ...quietRows<OspfProcess>([
    ['log-adjacency-changes [<detail:detail>]', 'Logs when an adjacency comes up or goes down.'],
    ['adjacency exchange-start threshold <count:int>', 'How many adjacencies are formed at once.'],
    ['timers <what:words>', 'Timers of the process.'],
    ['refresh timer <seconds:int>', 'How often link states are sent again.'],
    [
      '<what:nsf|nsr|graceful-restart|graceful-restart-helper> [<options:words>]',
      'Keeps forwarding while OSPF restarts.',
    ],
    ['<what:ispf|event-log|snmp|traffic-share|limit|queue-depth> [<options:words>]', 'How the routes are computed.'],
    ['aggregation timer <seconds:int>', 'How soon summaries are sent.'],
  ]),
  row('max-lsa <count:int> [<options:words>]', { doc: 'Most link states; beyond it OSPF stops for a while.' }),
];
