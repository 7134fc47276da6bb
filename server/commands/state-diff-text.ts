import type { NextHop, Route, StateDiff } from '../../core/network/state.ts';
import { shown, style, table } from './terminal.ts';

export const hopText = ({ ip, interface: port, vrf, drop }: NextHop): string =>
  drop ? 'drop' : [ip ?? 'connected', port && `via ${port}`, vrf && `in VRF ${vrf}`].filter(Boolean).join(' ');

const routesText = (routes: readonly Route[]): string =>
  routes.length === 0
    ? '-'
    : routes
        .map(({ protocol, ad, metric, nextHops }) => `${protocol} ${ad}/${metric} ${nextHops.map(hopText).join(', ')}`)
        .join('; ');

const MARKS = { added: '+', removed: '-', changed: '~', lost: '-', established: '+' } as const;

/** Counts and the first routes, sessions and adjacencies of a difference, as lines. */
export function stateDiffLines(diff: StateDiff, most: number): readonly string[] {
  const { routesAdded, routesRemoved, routesChanged, sessionsLost, sessionsAdded, devicesAffected } = diff.counts;
  const lines = [
    `Routes: ${routesAdded} added, ${routesRemoved} removed, ${routesChanged} changed. Sessions: ${sessionsAdded} added, ${sessionsLost} lost. Devices affected: ${devicesAffected}.`,
  ];
  const section = (title: string, head: readonly string[], rows: readonly (readonly string[])[]): void => {
    if (rows.length === 0) return;
    lines.push(
      '',
      style('bold', title),
      ...table(head, rows.slice(0, most))
        .split('\n')
        .map((line) => `  ${line}`),
    );
    if (rows.length > most) lines.push(`  and ${rows.length - most} more`);
  };
  section(
    'Sessions',
    ['', 'device', 'vrf', 'peer', 'change', ''],
    diff.sessions.map(({ node, vrf, peer, kind, after }) => [
      MARKS[kind],
      node,
      vrf,
      peer,
      kind,
      after?.reason?.text ?? '',
    ]),
  );
  section(
    'Adjacencies',
    ['', 'protocol', 'device', 'interface', 'peer', 'change'],
    diff.adjacencies.map(({ kind, before, after }) => {
      const { protocol = '', node = '', interface: port = '', peerNode = '' } = after ?? before ?? {};
      return [MARKS[kind], protocol, node, port, peerNode, kind];
    }),
  );
  section(
    'Routes',
    ['', 'device', 'vrf', 'prefix', 'before', 'after'],
    diff.routes.map(({ node, vrf, prefix, kind, before, after }) => [
      MARKS[kind],
      node,
      vrf,
      prefix,
      routesText(before),
      routesText(after),
    ]),
  );
  return lines.map((line) => (line.includes('\u001b') ? line : shown(line)));
}
