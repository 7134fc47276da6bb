/** Differences of routes and sessions, as the protocol counts them. */
export interface Counts {
  readonly routesAdded: number;
  readonly routesRemoved: number;
  readonly routesChanged: number;
  readonly sessionsLost: number;
  readonly sessionsAdded: number;
}

const parts: readonly (readonly [keyof Counts, string, string])[] = [
  ['routesRemoved', 'route lost', 'routes lost'],
  ['routesAdded', 'route gained', 'routes gained'],
  ['routesChanged', 'route changed', 'routes changed'],
  ['sessionsLost', 'session lost', 'sessions lost'],
  ['sessionsAdded', 'session gained', 'sessions gained'],
];

/** "2 routes lost, 1 session gained"; "no change of routes or sessions" when nothing differs. */
export function countsText(counts: Counts): string {
  const said = parts.flatMap(([key, one, many]) => (counts[key] === 0 ? [] : [plural(counts[key], one, many)]));
  return said.length === 0 ? 'no change of routes or sessions' : said.join(', ');
}

export const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
