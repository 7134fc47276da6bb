import type { AttributeStore, PathAttributes } from '../../path-attributes.ts';
import type { PolicyRoute } from '../../policy/route.ts';

/** What a policy left of a path's attributes. */
export const attributesOf = (store: AttributeStore, base: PathAttributes, route: PolicyRoute): PathAttributes =>
  store.attributes({
    ...base,
    nextHop: route.nextHop,
    asPath: route.asPath,
    origin: route.origin,
    med: route.metric,
    localPreference: route.localPreference,
    weight: route.weight,
    communities: route.communities,
    extended: route.extended,
    large: route.large,
  });
