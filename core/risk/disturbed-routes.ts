import type { Route, RouteChange, StateDiff } from '../network/state.ts';
import { meaningOf } from './meaning.ts';

/** Where packets for a prefix go: protocols and next hops, without metrics and attributes. */
const hopsOf = (routes: readonly Route[]): string =>
  meaningOf(routes.map(({ protocol, nextHops }) => [protocol, nextHops.map(meaningOf).sort()]).sort());

/** Routes that were there before and are gone, or lead elsewhere: what running traffic can notice. */
export const disturbedRoutes = (diff: StateDiff): readonly RouteChange[] =>
  diff.routes.filter(
    ({ kind, before, after }) => kind === 'removed' || (kind === 'changed' && hopsOf(before) !== hopsOf(after)),
  );
