import { l10n } from 'vscode';
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
  readonly words: (count: number) => string;
  /** Where there is little room. */
  readonly signs: (count: number) => string;
}

const parts: readonly Part[] = [
  {
    key: 'routesRemoved',
    words: (count) => (count === 1 ? l10n.t('1 route lost') : l10n.t('{0} routes lost', count)),
    signs: (count) => (count === 1 ? l10n.t('-1 route') : l10n.t('-{0} routes', count)),
  },
  {
    key: 'routesAdded',
    words: (count) => (count === 1 ? l10n.t('1 route gained') : l10n.t('{0} routes gained', count)),
    signs: (count) => (count === 1 ? l10n.t('+1 route') : l10n.t('+{0} routes', count)),
  },
  {
    key: 'routesChanged',
    words: (count) => (count === 1 ? l10n.t('1 route changed') : l10n.t('{0} routes changed', count)),
    signs: (count) => (count === 1 ? l10n.t('~1 route') : l10n.t('~{0} routes', count)),
  },
  {
    key: 'sessionsLost',
    words: (count) => (count === 1 ? l10n.t('1 session lost') : l10n.t('{0} sessions lost', count)),
    signs: (count) => (count === 1 ? l10n.t('-1 session') : l10n.t('-{0} sessions', count)),
  },
  {
    key: 'sessionsAdded',
    words: (count) => (count === 1 ? l10n.t('1 session gained') : l10n.t('{0} sessions gained', count)),
    signs: (count) => (count === 1 ? l10n.t('+1 session') : l10n.t('+{0} sessions', count)),
  },
];

const said = (counts: Counts, form: 'words' | 'signs'): string =>
  parts
    .filter(({ key }) => counts[key] > 0)
    .map((part) => part[form](counts[part.key]))
    .join(', ') || l10n.t('no change of routes or sessions');

/** In words: "2 routes lost, 1 session gained". */
export const countsText = (counts: Counts): string => said(counts, 'words');

/** Where there is little room: "-2 routes, +1 session". */
export const countsSigns = (counts: Counts): string => said(counts, 'signs');

/** "8 devices", and how many of them the change touches. */
export const devicesText = (count: number, changed: number): string =>
  [
    count === 1 ? l10n.t('1 device') : l10n.t('{0} devices', count),
    ...(changed > 0 ? [l10n.t('{0} changed', changed)] : []),
  ].join(', ');
