/* Where devices and lines of the picture lie. Dagre lays the graph out in layers; the same graph gives the same places. */
import { Graph, layout } from '@dagrejs/dagre';
import type { EvidenceBundle } from '../bundle.ts';

export type Topology = Extract<EvidenceBundle['topology'], { readonly status: 'drawn' }>;
export type PictureDevice = Topology['devices'][number];
export type PictureSession = Topology['sessions'][number];

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedDevice extends Point {
  readonly device: PictureDevice;
  /** What the change does to it, in a few words; empty when nothing. */
  readonly note: string;
  readonly width: number;
  readonly height: number;
}

/** What joins two devices: all their links, and their sessions. */
export interface PlacedLine {
  readonly a: string;
  readonly b: string;
  readonly points: readonly Point[];
  /** `r1 eth1 – r2 eth1`, one for each link; empty for devices that only have sessions. */
  readonly links: readonly string[];
  /** The gravest of what happens to the sessions between the two. */
  readonly state: PictureSession['state'] | 'link';
  /** What is written at the line; empty when nothing happens to it. */
  readonly label: string;
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly devices: readonly PlacedDevice[];
  readonly lines: readonly PlacedLine[];
}

const MARGIN = 16;
const CHARACTER = 7.2;
const HEIGHT = { plain: 38, noted: 52 } as const;

/** The gravest first: what is written where several sessions run between two devices. */
const GRAVITY: readonly PictureSession['state'][] = ['lost', 'removed', 'added', 'established', 'down', 'up'];
const WORD: Readonly<Record<string, string>> = {
  lost: 'LOST',
  removed: 'removed',
  added: 'new',
  established: 'up again',
  down: 'down',
};

export const noteOf = ({ change, routes: { added, removed, changed } }: PictureDevice): string => {
  const counts = [
    added > 0 ? `+${added}` : '',
    removed > 0 ? `−${removed}` : '',
    changed > 0 ? `~${changed}` : '',
  ].filter((part) => part !== '');
  const what = change === 'configured' ? 'changed' : change === 'affected' ? 'affected' : '';
  return [what, counts.length > 0 ? `${counts.join(' ')} ${added + removed + changed === 1 ? 'route' : 'routes'}` : '']
    .filter((part) => part !== '')
    .join(', ');
};

const pairOf = (a: string, b: string): readonly [string, string] => (a < b ? [a, b] : [b, a]);

/**
 * Places a lab's devices in columns, those with the most neighbours (spines, cores) on the left: names are wide, so a
 * column holds more of them than a row, on a screen as on a page.
 */
export function placePicture(topology: Topology): Picture {
  const lines = new Map<string, { a: string; b: string; links: string[]; sessions: PictureSession[] }>();
  const lineOf = (one: string, other: string) => {
    const [a, b] = pairOf(one, other);
    const key = `${a}\n${b}`;
    const known = lines.get(key) ?? { a, b, links: [], sessions: [] };
    lines.set(key, known);
    return known;
  };
  const known = new Set(topology.devices.map(({ name }) => name));
  for (const { a, b } of topology.links)
    if (known.has(a.device) && known.has(b.device) && a.device !== b.device)
      lineOf(a.device, b.device).links.push(`${a.device} ${a.port} – ${b.device} ${b.port}`);
  for (const session of topology.sessions)
    if (known.has(session.a) && known.has(session.b)) lineOf(session.a, session.b).sessions.push(session);
  // A session over several hops that nothing happens to would only cover the links below it.
  for (const [key, { links, sessions }] of lines)
    if (links.length === 0 && sessions.every(({ state }) => state === 'up')) lines.delete(key);

  const degree = new Map<string, number>();
  for (const { a, b, links } of lines.values())
    for (const name of links.length > 0 ? [a, b] : []) degree.set(name, (degree.get(name) ?? 0) + 1);
  const graph = new Graph({ multigraph: false, compound: false });
  graph.setGraph({ rankdir: 'LR', nodesep: 22, ranksep: 170, edgesep: 12, marginx: MARGIN, marginy: MARGIN });
  for (const device of [...topology.devices].sort((x, y) => (x.name < y.name ? -1 : 1))) {
    const note = noteOf(device);
    const letters = Math.max(device.name.length, device.system.length + 2, note.length);
    graph.setNode(device.name, {
      width: Math.max(72, Math.ceil(letters * CHARACTER) + 20),
      height: note === '' ? HEIGHT.plain : HEIGHT.noted,
    });
  }
  const ordered = [...lines.values()].sort((x, y) => (`${x.a} ${x.b}` < `${y.a} ${y.b}` ? -1 : 1));
  // Dagre begins with the last edge: given in reverse, devices stand in order of name where nothing else decides.
  for (const { a, b } of ordered.toReversed()) {
    const [first, second] = (degree.get(b) ?? 0) > (degree.get(a) ?? 0) ? [b, a] : [a, b];
    graph.setEdge(first, second, { minlen: 1, weight: 1 });
  }
  layout(graph);

  const { width = 0, height = 0 } = graph.graph();
  const devices = topology.devices.map((device): PlacedDevice => {
    const { x, y, width: wide, height: high } = graph.node(device.name);
    return { device, note: noteOf(device), x: round(x ?? 0), y: round(y ?? 0), width: wide ?? 0, height: high ?? 0 };
  });
  const placed = new Map(devices.map((one) => [one.device.name, one]));
  return {
    width: Math.ceil(width),
    height: Math.ceil(height),
    devices,
    lines: ordered.map(({ a, b, links, sessions }): PlacedLine => {
      const [from, to] = graph.hasEdge(a, b) ? [a, b] : [b, a];
      const way = (graph.edge(from, to)?.points ?? []).map((point: Point) => ({
        x: round(point.x),
        y: round(point.y),
      }));
      const points = pathBetween(placed.get(from), placed.get(to), way);
      const state = GRAVITY.find((one) => sessions.some((session) => session.state === one));
      const told = sessions.filter((session) => session.state === state && WORD[session.state] !== undefined);
      const label = [...new Set(told.map(({ protocol, state: is }) => `${protocol.toUpperCase()} ${WORD[is]}`))].join(
        ', ',
      );
      return { a, b, points, links, state: state ?? 'link', label };
    }),
  };
}

/**
 * From the right side of one device to the left side of the other. Between neighbouring columns nothing lies in between,
 * so the way is straight; over further columns it goes as the layout found it, around the devices there.
 */
function pathBetween(
  from: PlacedDevice | undefined,
  to: PlacedDevice | undefined,
  way: readonly Point[],
): readonly Point[] {
  if (!from || !to) return way;
  // Two devices of one column are joined as the layout says.
  if (Math.abs(to.x - from.x) < (from.width + to.width) / 2) return way;
  const side = to.x > from.x ? 1 : -1;
  const start = { x: round(from.x + (side * from.width) / 2), y: from.y };
  const end = { x: round(to.x - (side * to.width) / 2), y: to.y };
  return way.length > 3 ? [start, ...way.slice(1, -1), end] : [start, end];
}

const round = (value: number): number => Math.round(value * 10) / 10;
