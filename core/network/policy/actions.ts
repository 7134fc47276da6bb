import { parseIp } from '../../config/address.ts';
import type { Device } from '../../config/device/device.ts';
import type { CommunitySet } from '../path-attributes.ts';
import { normaliseCommunity } from './communities.ts';
import type { CompileScope, Evaluation } from './evaluation.ts';
import { communityMatcher, familyOf } from './lists.ts';
import type { PolicyRoute } from './route.ts';

/** Changes the route. False when the route is denied by it (a called policy that denies). */
export type Apply = (route: PolicyRoute, evaluation: Evaluation) => boolean;

type TermConfig =
  Device['policies'] extends ReadonlyMap<string, infer P>
    ? P extends { readonly terms: readonly (infer T)[] }
      ? T
      : never
    : never;
type ActionConfig = TermConfig extends { readonly actions: readonly (infer A)[] } ? A : never;

const LARGEST = 0xffffffff;
const bounded = (value: number): number => Math.min(LARGEST, Math.max(0, value));

function changed(operation: 'set' | 'add' | 'subtract', old: number, value: number): number {
  if (operation === 'set') return value;
  return bounded(operation === 'add' ? old + value : old - value);
}

const ATTRIBUTES = {
  standard: ['communities', 'communityLists'],
  extended: ['extended', 'extendedCommunityLists'],
  large: ['large', 'largeCommunityLists'],
} as const;

function setCommunities(
  scope: CompileScope,
  action: Extract<ActionConfig, { readonly kind: 'set-communities' }>,
): Apply {
  const [attribute, map] = ATTRIBUTES[action.type];
  const literals = action.members.map(normaliseCommunity);
  const lists = action.lists.flatMap((name) => {
    const list = scope.device[map].get(name.value);
    return list
      ? [communityMatcher(list, false, (what) => scope.complain(`In ${name.value}, ${what}.`, name.span))]
      : [];
  });
  const members = [...literals, ...lists.flatMap((list) => list.members)].filter((member) => member !== 'internet');
  const store = scope.attributes;
  const replacement = store.communities(members);
  const added = new Map<number, CommunitySet>();
  return (route) => {
    const old = route[attribute];
    switch (action.operation) {
      case 'none':
        route[attribute] = store.noCommunities;
        break;
      case 'replace':
        route[attribute] = replacement;
        break;
      case 'add': {
        const known = added.get(old.id) ?? store.communities([...old.members, ...members]);
        added.set(old.id, known);
        route[attribute] = known;
        break;
      }
      case 'delete':
        route[attribute] = store.communities(
          old.members.filter((one) => !literals.includes(one) && !lists.some((list) => list.permits(one))),
        );
        break;
    }
    return true;
  };
}

/** Definitions with communities of several kinds: each kind changes as its members say; replacing takes all others away. */
function setCommunitiesOfAnyKind(
  scope: CompileScope,
  action: Extract<ActionConfig, { readonly kind: 'set-communities' }>,
): Apply {
  const changes = (['standard', 'extended', 'large'] as const)
    .filter(
      (type) =>
        action.operation === 'replace' ||
        action.operation === 'none' ||
        (type === action.type && action.members.length > 0) ||
        action.lists.some((name) => scope.device[ATTRIBUTES[type][1]].has(name.value)),
    )
    .map((type) => setCommunities(scope, { ...action, type, members: type === action.type ? action.members : [] }));
  return (route, evaluation) => {
    for (const change of changes) change(route, evaluation);
    return true;
  };
}

/** An action as a function that changes the route. What has no meaning here changes nothing, and the state says so. */
export function compileAction(scope: CompileScope, action: ActionConfig): Apply {
  const store = scope.attributes;
  const set =
    (change: (route: PolicyRoute) => void): Apply =>
    (route) => {
      change(route);
      return true;
    };
  switch (action.kind) {
    case 'set-local-preference':
      return set((route) => {
        route.localPreference = changed(action.operation, route.localPreference, action.value);
      });
    case 'set-metric':
      return set((route) => {
        route.metric =
          action.operation === 'igp' ? route.igpMetric : changed(action.operation, route.metric ?? 0, action.value);
      });
    case 'set-metric-type':
      return set((route) => {
        route.metricType = action.value;
      });
    case 'set-weight':
      return set((route) => {
        route.weight = action.value;
      });
    case 'set-origin':
      return set((route) => {
        route.origin = action.value;
      });
    case 'set-next-hop': {
      const { value } = action;
      if (typeof value === 'string')
        return set((route) => {
          route.nextHopChoice = value;
        });
      const ip = parseIp(value.address);
      const family = ip?.version === 6 ? 'ipv6' : 'ipv4';
      scope.asks((prefix) => familyOf(scope.prefixes, prefix) === 'ipv6');
      return set((route) => {
        if (!ip || familyOf(scope.prefixes, route.prefix) !== (action.family ?? family)) return;
        route.nextHop = ip.text;
        route.nextHopChoice = undefined;
      });
    }
    case 'set-tag':
      return set((route) => {
        route.tag = changed(action.operation ?? 'set', route.tag ?? 0, action.value);
      });
    case 'set-distance':
      return set((route) => {
        route.distance = changed(action.operation ?? 'set', route.distance ?? route.ad ?? 0, action.value);
      });
    case 'set-default':
      return (_route, evaluation) => {
        evaluation.decideLater(action.value);
        return true;
      };
    case 'prepend-as-path':
      scope.readsPath();
      return set((route) => {
        route.asPath = store.path([{ kind: 'sequence', asns: action.asns }, ...route.asPath.segments]);
      });
    case 'prepend-last-as':
      scope.readsPath();
      return set((route) => {
        const first = route.asPath.segments[0]?.asns[0];
        if (first === undefined) return;
        route.asPath = store.path([
          { kind: 'sequence', asns: Array<number>(action.count).fill(first) },
          ...route.asPath.segments,
        ]);
      });
    case 'replace-as-path':
      scope.readsPath();
      return set((route) => {
        route.asPath = store.path([{ kind: 'sequence', asns: action.asns }]);
      });
    case 'set-communities':
      return scope.behaviour.communityDefinitionsOfAnyKind
        ? setCommunitiesOfAnyKind(scope, action)
        : setCommunities(scope, action);
    case 'set-eigrp-metric':
      return set((route) => {
        route.eigrpMetric = action.values;
      });
    case 'select-paths':
      return () => true;
    case 'call':
      scope.uses(action.policy);
      return (route, evaluation) => evaluation.run(action.policy, route) !== 'deny';
    case 'not-modelled':
      return (_route, evaluation) => {
        evaluation.caveat(`The action "${action.text}" of a policy is not modelled and was left out.`, action.span);
        return true;
      };
  }
}
