import { fromRibRoute } from '../../policy/route.ts';
import type { Context, Ribs } from '../protocol.ts';
import type { Speaker } from './model.ts';
import { ownPaths, permits } from './originate.ts';
import type { NeighbourFamilyConfig } from './settings.ts';

/**
 * Whether the condition of an `advertise-map` lets its routes go to the neighbour: while a path of the BGP table passes
 * the exist-map, or while none passes the non-exist-map (Cisco document 16137, FRR "Conditional Advertisement"). The
 * table is that of the last round; the frame computes again when it changes.
 */
export function advertisesNow(
  context: Context,
  ribs: Ribs,
  speaker: Speaker,
  { advertiseMap }: NeighbourFamilyConfig,
): boolean {
  if (!advertiseMap) return true;
  const { value, span } = advertiseMap;
  const map = { value: value.condition, span };
  const { table } = speaker;
  const exists =
    ribs
      .offers(table, 'bgp')
      .some(
        (route) =>
          context.policies.evaluate(table, [map], fromRibRoute(context.attributes, route)).verdict === 'permit',
      ) ||
    [...ownPaths(context, ribs, speaker)].some(([prefix, paths]) =>
      paths.some((path) => permits(context, speaker, map, prefix, path)),
    );
  return exists === (value.when === 'exist');
}
