/** Differences of routes and sessions, as the protocol counts them. */
export interface Counts {
  readonly routesAdded: number;
  readonly routesRemoved: number;
  readonly routesChanged: number;
  readonly sessionsLost: number;
  readonly sessionsAdded: number;
}

interface Part {
  readonly key: keyof Counts;
  readonly sign: string;
  readonly noun: 'route' | 'session';
  readonly verb: string;
}

const parts: readonly Part[] = [
  { key: 'routesRemoved', sign: '-', noun: 'route', verb: 'lost' },
  { key: 'routesAdded', sign: '+', noun: 'route', verb: 'gained' },
  { key: 'routesChanged', sign: '~', noun: 'route', verb: 'changed' },
  { key: 'sessionsLost', sign: '-', noun: 'session', verb: 'lost' },
  { key: 'sessionsAdded', sign: '+', noun: 'session', verb: 'gained' },
];

const none = 'no change of routes or sessions';

const said = (counts: Counts, text: (part: Part, count: number) => string): string =>
  parts
    .filter(({ key }) => counts[key] > 0)
    .map((part) => text(part, counts[part.key]))
    .join(', ') || none;

/** In words: "2 routes lost, 1 session gained". */
export const countsText = (counts: Counts): string =>
  said(counts, ({ noun, verb }, count) => `${plural(count, noun, `${noun}s`)} ${verb}`);

/** Where there is little room: "-2 routes, +1 session". */
export const countsSigns = (counts: Counts): string =>
  said(counts, ({ sign, noun }, count) => `${sign}${plural(count, noun, `${noun}s`)}`);

export const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
