/** Section 4: what the change does to the network, as far as it was measured. */
import type { EvidenceBundle, RouteDifference, SessionDifference, StateDifference } from '../../bundle.ts';
import type { ReportWriter } from '../report-writer.ts';
import { counted, limited, type Section, writeNotRun } from '../section.ts';
import { TEXT } from '../style.ts';
import type { Cell } from '../table.ts';
import { writeReachability } from './reachability.ts';
import { writeBlastRadius, writeSecurityImpact } from './robustness.ts';

const KIND: Readonly<Record<string, Cell>> = {
  added: { text: '+ added' },
  removed: { text: '− removed' },
  changed: { text: '~ changed' },
  lost: { text: 'LOST', style: TEXT.cellBold },
  established: { text: 'established' },
};

type Routes = RouteDifference['before'];

function describeNextHops(route: Routes[number]): string {
  if (route.nextHops.length === 0) return 'directly attached';
  return route.nextHops
    .map(({ ip, interface: port, vrf, drop }) => {
      if (drop) return 'discard';
      const via = [ip, port].filter((part) => part !== null).join(' ');
      return vrf === null ? via : `${via} (VRF ${vrf})`;
    })
    .join(', ');
}

function describeRoutes(routes: Routes): string {
  if (routes.length === 0) return '–';
  return routes
    .map((route) => {
      const base = `${route.protocol} [${route.distance}/${route.metric}] ${describeNextHops(route)}`;
      if (!route.bgp) return base;
      const { asPath, localPreference, med, communities } = route.bgp;
      const extra = [
        `path ${asPath === '' ? '(local)' : asPath}`,
        `local-pref ${localPreference}`,
        ...(med === 0 ? [] : [`MED ${med}`]),
        ...(communities.length === 0 ? [] : [`communities ${communities.join(' ')}`]),
      ];
      return `${base}\n${extra.join(', ')}`;
    })
    .join('\n');
}

function describeSession(session: SessionDifference['before']): string {
  if (session === null) return '–';
  const reason = session.reason === null ? '' : `: ${session.reason.text}`;
  const as = session.remoteAs === null ? '' : ` to AS ${session.remoteAs}`;
  return `${session.type}${as}, ${session.state}${reason}`;
}

/** Sessions, adjacencies and routes that differ between two states. */
export function writeDifference(writer: ReportWriter, difference: StateDifference): void {
  if (difference.sessions.length === 0) writer.paragraph('No BGP session differs.');
  else {
    writer.subheading(
      `${counted(difference.sessions.length, 'BGP session')} that ${difference.sessions.length === 1 ? 'differs' : 'differ'}`,
      80,
    );
    const { rows, note } = limited(difference.sessions);
    writer.table(
      [
        { title: 'Device, VRF', share: 16 },
        { title: 'Neighbour', share: 17, style: TEXT.cellMono },
        { title: 'Outcome', share: 13 },
        { title: 'Before', share: 24 },
        { title: 'After', share: 30 },
      ],
      rows.map((row) => [
        row.vrf === 'default'
          ? row.device
          : `${row.device}
${row.vrf}`,
        row.peer,
        KIND[row.kind] ?? row.kind,
        describeSession(row.before),
        describeSession(row.after),
      ]),
    );
    if (note !== null) writer.paragraph(note);
  }
  if (difference.adjacencies.length > 0) writeAdjacencies(writer, difference);
  if (difference.routes.length === 0) writer.paragraph('No route differs.');
  else writeRoutes(writer, difference.routes);
}

function writeAdjacencies(writer: ReportWriter, { adjacencies }: StateDifference): void {
  writer.subheading(`${counted(adjacencies.length, 'adjacency', 'adjacencies')} of interior protocols`, 80);
  const { rows, note } = limited(adjacencies);
  writer.table(
    [
      { title: 'Device', share: 18 },
      { title: 'VRF', share: 14 },
      { title: 'Protocol', share: 14 },
      { title: 'Interface', share: 20 },
      { title: 'Neighbour', share: 20 },
      { title: 'Outcome', share: 14 },
    ],
    rows.map((row) => [row.device, row.vrf, row.protocol, row.interface, row.peer, KIND[row.kind] ?? row.kind]),
  );
  if (note !== null) writer.paragraph(note);
}

function writeRoutes(writer: ReportWriter, routes: StateDifference['routes']): void {
  const groups = new Map<string, { device: string; vrf: string; added: number; removed: number; changed: number }>();
  for (const { device, vrf, kind } of routes) {
    const key = JSON.stringify([device, vrf]);
    const group = groups.get(key) ?? { device, vrf, added: 0, removed: 0, changed: 0 };
    group[kind] += 1;
    groups.set(key, group);
  }
  writer.subheading(
    `${counted(routes.length, 'route')} that ${routes.length === 1 ? 'differs' : 'differ'}, by device and VRF`,
    80,
  );
  writer.table(
    [
      { title: 'Device', share: 34 },
      { title: 'VRF', share: 27 },
      { title: 'Added', share: 13, align: 'right' },
      { title: 'Removed', share: 13, align: 'right' },
      { title: 'Changed', share: 13, align: 'right' },
    ],
    [...groups.values()].map(({ device, vrf, added, removed, changed }) => [
      device,
      vrf,
      String(added),
      String(removed),
      String(changed),
    ]),
  );
  writer.subheading('Routes before and after', 90);
  writer.paragraph('Each route as protocol [administrative distance/metric] next hop.', TEXT.quiet);
  const { rows, note } = limited(routes);
  writer.table(
    [
      { title: 'Device, VRF', share: 15 },
      { title: 'Prefix', share: 17, style: TEXT.cellMono },
      { title: 'Outcome', share: 12 },
      { title: 'Before', share: 28, style: TEXT.cellSmall },
      { title: 'After', share: 28, style: TEXT.cellSmall },
    ],
    rows.map((row) => [
      row.vrf === 'default'
        ? row.device
        : `${row.device}
${row.vrf}`,
      row.prefix,
      KIND[row.kind] ?? row.kind,
      describeRoutes(row.before),
      describeRoutes(row.after),
    ]),
  );
  if (note !== null) writer.paragraph(note);
}

/** Effects of one cause that a page has room for. */
const MOST_EFFECTS = 12;

function writeAttribution(writer: ReportWriter, { attribution }: EvidenceBundle): void {
  writer.subheading('Which lines caused it');
  if (attribution.status !== 'measured') {
    writeNotRun(writer, 'Attribution of state changes to configuration lines', attribution);
    return;
  }
  const { causes, unattributed, method, runs, exhausted } = attribution;
  writer.paragraph(
    `Found ${method}, in ${runs} ${runs === 1 ? 'run' : 'runs'} of the simulator${exhausted ? '; the bound on runs was reached before all lines were told apart' : ''}.`,
  );
  if (causes.length > 0) {
    const { rows, note } = limited(causes);
    writer.table(
      [
        { title: 'Lines', share: 42, style: TEXT.cellMono },
        { title: 'Effects', share: 58 },
      ],
      rows.map(({ lines, rests, effects }) => [
        lines.map(placeText).join('\n'),
        [
          ...(lines.length > 1
            ? [rests === 'each' ? 'Gone without any one of them:' : 'Gone only without all of them:']
            : []),
          ...effects.slice(0, MOST_EFFECTS).map(({ device, vrf, what }) => `${device} (${vrf}): ${what}`),
          ...(effects.length > MOST_EFFECTS ? [`and ${effects.length - MOST_EFFECTS} more`] : []),
        ].join('\n'),
      ]),
    );
    if (note !== null) writer.paragraph(note);
  }
  if (unattributed.length > 0)
    writer.paragraph(
      `${unattributed.length} ${unattributed.length === 1 ? 'change' : 'changes'} of state remain without all changed lines: they come from the topology.`,
    );
}

const placeText = ({
  file,
  side,
  lines: { from, to },
}: Extract<EvidenceBundle['attribution'], { status: 'measured' }>['causes'][number]['lines'][number]): string =>
  `${file}:${from === to ? from : `${from}-${to}`}${side === 'before' ? ' (removed)' : ''}`;

export const impact: Section = {
  title: '4  Impact on routing and security',
  write: (writer, { bundle }) => {
    writeBlastRadius(writer, bundle);
    if (bundle.stateDiff.status === 'measured') writeDifference(writer, bundle.stateDiff);
    else writeNotRun(writer, 'Difference of the network state', bundle.stateDiff);
    writeAttribution(writer, bundle);
    writeReachability(writer, bundle);
    writeSecurityImpact(writer, bundle);
  },
};
