import type { RoutePolicyTerm } from './plan.ts';

/** Entries of a route-map, as FRR, EOS and IOS write them alike. */
export function routeMapLines(name: string, terms: readonly RoutePolicyTerm[], indent: string): readonly string[] {
  return terms.flatMap(({ permit, match, set }, at) => [
    `route-map ${name} ${permit ? 'permit' : 'deny'} ${10 * (at + 1)}`,
    ...(match?.prefixList === undefined ? [] : [`${indent}match ip address prefix-list ${match.prefixList}`]),
    ...(match?.community === undefined ? [] : [`${indent}match community ${match.community}`]),
    ...(set?.localPreference === undefined ? [] : [`${indent}set local-preference ${set.localPreference}`]),
    ...(set?.metric === undefined ? [] : [`${indent}set metric ${set.metric}`]),
    ...(set?.prepend === undefined ? [] : [`${indent}set as-path prepend ${set.prepend.join(' ')}`]),
    ...(set?.communities === undefined ? [] : [`${indent}set community ${set.communities.join(' ')} additive`]),
    '!',
  ]);
}
