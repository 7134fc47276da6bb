import { parseIp, parsePrefix, prefixContains } from '../../config/address.ts';
import type { Device } from '../../config/device/device.ts';
import { type Family, prefixListKey } from '../../config/device/policy.ts';
import type { Span } from '../../config/span.ts';
import type { PrefixId } from '../prefix-table.ts';
import type { CompileScope, Evaluation } from './evaluation.ts';
import {
  accessListMatcher,
  asPathExpression,
  asPathListMatcher,
  communityMatcher,
  familyOf,
  prefixListContent,
  prefixListMatcher,
  sharedTest,
} from './lists.ts';
import type { PolicyRoute } from './route.ts';

export type Test = (route: PolicyRoute, evaluation: Evaluation) => boolean;

type ConditionConfig =
  Device['policies'] extends ReadonlyMap<string, infer P>
    ? P extends { readonly terms: readonly (infer T)[] }
      ? T extends { readonly conditions: readonly (infer C)[] }
        ? C
        : never
      : never
    : never;
type Of<K extends string> = Extract<ConditionConfig, { readonly kind: K }>;

const always: Test = () => true;
const never: Test = () => false;
const anyOf =
  (tests: readonly Test[]): Test =>
  (route, evaluation) =>
    tests.some((test) => test(route, evaluation));
const allOf =
  (tests: readonly Test[]): Test =>
  (route, evaluation) =>
    tests.every((test) => test(route, evaluation));
const within = (value: number | undefined, { min, max }: { readonly min: number; readonly max: number }): boolean =>
  value !== undefined && value >= min && value <= max;

/** Words by which policies name protocols, and the protocols of the table that they mean. */
const PROTOCOL_WORDS: Readonly<Record<string, (route: PolicyRoute) => boolean>> = {
  direct: ({ protocol }) => protocol === 'connected',
  connected: ({ protocol }) => protocol === 'connected',
  local: ({ protocol }) => protocol === 'local',
  'bgp-vpn': ({ protocol }) => protocol === 'ebgp' || protocol === 'ibgp' || protocol === 'bgp',
  bgp: ({ protocol, evpn }) => !evpn && (protocol === 'ebgp' || protocol === 'ibgp' || protocol === 'bgp'),
  evpn: ({ evpn }) => evpn === true,
  ospf: ({ protocol }) => protocol.startsWith('ospf'),
  ospf3: ({ protocol }) => protocol.startsWith('ospf'),
  isis: ({ protocol }) => protocol.startsWith('isis'),
  eigrp: ({ protocol }) => protocol.startsWith('eigrp'),
  aggregate: ({ protocol }) => protocol === 'aggregate' || protocol === 'bgp-aggregate',
};

const isProtocol = (word: string): Test => {
  const known = PROTOCOL_WORDS[word];
  return known ? (route) => known(route) : (route) => route.protocol === word;
};

/** Words of `match route-type`. */
const ROUTE_TYPES: Readonly<Record<string, readonly string[]>> = {
  internal: ['ospf', 'ospf-ia', 'eigrp', 'ibgp'],
  external: ['ospf-e1', 'ospf-e2', 'ospf-n1', 'ospf-n2', 'eigrp-ext', 'ebgp'],
  'external type-1': ['ospf-e1', 'ospf-n1'],
  'external type-2': ['ospf-e2', 'ospf-n2'],
  'type-1': ['ospf-e1', 'ospf-n1'],
  'type-2': ['ospf-e2', 'ospf-n2'],
  'nssa-external': ['ospf-n1', 'ospf-n2'],
  'level-1': ['isis-l1'],
  'level-2': ['isis-l2'],
  local: ['bgp', 'connected', 'static'],
};

function prefixLists(
  scope: CompileScope,
  family: Family,
  lists: Of<'prefix-list'>['lists'],
): (prefix: PrefixId) => boolean {
  const { device, prefixes, behaviour } = scope;
  const tests = lists.map((name) => {
    const list = device.prefixLists.get(prefixListKey(family, name.value));
    return list ? prefixListMatcher(prefixes, list) : () => behaviour.undefinedPrefixList === 'match';
  });
  return (prefix) => tests.some((test) => test(prefix));
}

function communities(
  scope: CompileScope,
  lists: Of<'community-list'>['lists'],
  map: 'communityLists' | 'extendedCommunityLists' | 'largeCommunityLists',
  attribute: 'communities' | 'extended' | 'large',
  exact: boolean,
): Test {
  const tests = lists.map((name): Test => {
    const list = scope.device[map].get(name.value);
    if (!list) return scope.behaviour.undefinedCommunityList === 'match' ? always : never;
    const matcher = communityMatcher(list, exact, (what) => scope.complain(`In ${name.value}, ${what}.`, name.span));
    return (route) => matcher.matches(route[attribute]);
  });
  return anyOf(tests);
}

const KINDS = [
  ['communityLists', 'communities'],
  ['extendedCommunityLists', 'extended'],
  ['largeCommunityLists', 'large'],
] as const;

/** Definitions with communities of several kinds: all of them must be present. */
function communitiesOfAnyKind(scope: CompileScope, { lists, exact }: Of<'community-list'>): Test {
  return anyOf(
    lists.map((name): Test => {
      const kinds = KINDS.filter(([map]) => scope.device[map].has(name.value));
      if (kinds.length === 0) return scope.behaviour.undefinedCommunityList === 'match' ? always : never;
      return allOf(kinds.map(([map, attribute]) => communities(scope, [name], map, attribute, exact)));
    }),
  );
}

/** The host prefix of a next hop, for prefix lists that are asked about it. */
function nextHopPrefix(scope: CompileScope, route: PolicyRoute): PrefixId | undefined {
  const ip = route.nextHop === null ? undefined : parseIp(route.nextHop);
  return ip && scope.prefixes.internNetwork(ip, ip.version === 4 ? 32 : 128);
}

/** "Configuring Route Lists": a longest-match lookup finds the one filter that is asked. */
function closestPrefix({ prefixes }: CompileScope, { filters }: Of<'closest-prefix'>): (prefix: PrefixId) => boolean {
  const sorted = filters
    .flatMap((filter) => {
      const prefix = parsePrefix(filter.prefix);
      return prefix ? [{ ...filter, prefix }] : [];
    })
    .sort((a, b) => b.prefix.length - a.prefix.length);
  return (id) => {
    const asked = prefixes.get(id);
    const closest = sorted.find(({ prefix }) => prefix.length <= asked.length && prefixContains(prefix, asked));
    if (!closest) return false;
    // Several filters of one prefix are alternatives.
    return sorted.some(
      ({ prefix, minLength, maxLength }) =>
        prefix.text === closest.prefix.text && asked.length >= minLength && asked.length <= maxLength,
    );
  };
}

/** A question about the prefix alone. */
function onPrefix(scope: CompileScope, test: (prefix: PrefixId) => boolean): Test {
  scope.asks(test);
  return (route) => test(route.prefix);
}

/** A condition as a function of the route. What has no meaning here fails, and the state says so. */
export function compileCondition(scope: CompileScope, condition: ConditionConfig): Test {
  const notModelled =
    (text: string, span: Span): Test =>
    (_route, evaluation) => {
      evaluation.caveat(`The condition "${text}" of a policy is not modelled and was taken not to match.`, span);
      return false;
    };
  switch (condition.kind) {
    case 'all':
      return allOf(condition.of.map((inner) => compileCondition(scope, inner as ConditionConfig)));
    case 'any':
      return anyOf(condition.of.map((inner) => compileCondition(scope, inner as ConditionConfig)));
    case 'not': {
      const inner = compileCondition(scope, condition.of as ConditionConfig);
      return (route, evaluation) => !inner(route, evaluation);
    }
    case 'prefix-list': {
      const { family, lists } = condition;
      const contents = lists.map((name) => {
        const list = scope.device.prefixLists.get(prefixListKey(family, name.value));
        return list ? prefixListContent(list) : scope.behaviour.undefinedPrefixList;
      });
      const test = sharedTest(scope.prefixes, ['prefix-lists', family, contents], () => {
        const matches = prefixLists(scope, family, lists);
        return (prefix) => familyOf(scope.prefixes, prefix) === family && matches(prefix);
      });
      return onPrefix(scope, test);
    }
    case 'prefix': {
      const prefix = parsePrefix(condition.prefix);
      if (!prefix) return never;
      return onPrefix(scope, (id) => {
        const asked = scope.prefixes.get(id);
        return (
          asked.length >= condition.minLength && asked.length <= condition.maxLength && prefixContains(prefix, asked)
        );
      });
    }
    case 'closest-prefix':
      return onPrefix(scope, closestPrefix(scope, condition));
    case 'distance':
      return (route) => within(route.ad, condition);
    case 'community-count':
      return (route) =>
        within(
          route.communities.members.length + route.extended.members.length + route.large.members.length,
          condition,
        );
    case 'next-hop-prefix-list': {
      const matches = prefixLists(scope, condition.family, condition.lists);
      return (route) => {
        const host = nextHopPrefix(scope, route);
        return host !== undefined && familyOf(scope.prefixes, host) === condition.family && matches(host);
      };
    }
    case 'next-hop':
      return (route) => route.nextHop !== null && condition.addresses.includes(route.nextHop);
    case 'access-list':
      return anyOf(
        condition.lists.map((name): Test => {
          const list = scope.device.accessLists.get(prefixListKey(condition.family, name.value));
          if (!list) return scope.behaviour.undefinedAccessList === 'permit' ? always : never;
          const matches = accessListMatcher(scope.prefixes, list);
          return onPrefix(scope, (prefix) => familyOf(scope.prefixes, prefix) === condition.family && matches(prefix));
        }),
      );
    case 'community-list':
      if (scope.behaviour.communityDefinitionsOfAnyKind) return communitiesOfAnyKind(scope, condition);
      return communities(scope, condition.lists, 'communityLists', 'communities', condition.exact);
    case 'extended-community-list':
      return communities(scope, condition.lists, 'extendedCommunityLists', 'extended', false);
    case 'large-community-list':
      return communities(scope, condition.lists, 'largeCommunityLists', 'large', condition.exact);
    case 'as-path-list':
      scope.readsPath();
      return anyOf(
        condition.lists.map((name): Test => {
          const list = scope.device.asPathLists.get(name.value);
          if (!list) return scope.behaviour.undefinedAsPathList === 'match' ? always : never;
          const alphabet = scope.behaviour.asPathExpressions ?? 'characters';
          const matches = asPathListMatcher(list, alphabet, (what) =>
            scope.complain(`In ${name.value}, ${what}.`, name.span),
          );
          return (route) => matches(route.asPath);
        }),
      );
    case 'as-path-expression': {
      scope.readsPath();
      const alphabet = scope.behaviour.asPathExpressions ?? 'characters';
      const matches = asPathExpression(condition.expression, alphabet, (what) =>
        scope.complain(`In a policy, ${what}.`, condition.span),
      );
      return (route) => matches(route.asPath);
    }
    case 'as-path-length':
      scope.readsPath();
      return (route) => within(route.asPath.length, condition);
    case 'protocol':
      return anyOf(condition.protocols.map(isProtocol));
    case 'interface': {
      const names = new Set(condition.interfaces.map((name) => name.value.toLowerCase()));
      return (route) => route.interface !== null && names.has(route.interface.toLowerCase());
    }
    case 'neighbour':
      return (route) => route.neighbour !== null && condition.peers.includes(route.neighbour);
    case 'tag':
      return (route) => condition.tags.includes(route.tag ?? 0);
    case 'metric':
      return (route) => within(route.metric ?? 0, condition);
    case 'local-preference':
      return (route) => within(route.localPreference, condition);
    case 'origin':
      return (route) => route.origin === condition.origin;
    case 'route-type':
      return (route) => condition.types.some((type) => (ROUTE_TYPES[type] ?? []).includes(route.protocol));
    case 'family':
      return onPrefix(scope, (prefix) => familyOf(scope.prefixes, prefix) === condition.family);
    case 'policy':
      scope.uses(condition.policy);
      return (route, evaluation) => evaluation.accepts(condition.policy, route);
    case 'overlay':
      return (route) => route.overlay !== undefined && condition.states.includes(route.overlay);
    case 'source-vrf':
      return (route) => route.sourceVrf === condition.vrf;
    case 'rib': {
      // Junos table names: inet.0, inet6.0, or RED.inet.0 for an instance.
      const found = /^(?:(.+)\.)?inet(6?)\.0$/.exec(condition.rib);
      if (!found) return notModelled(`rib ${condition.rib}`, condition.span);
      const family = found[2] ? 'ipv6' : 'ipv4';
      scope.asks((prefix) => familyOf(scope.prefixes, prefix) === family);
      return (route) => familyOf(scope.prefixes, route.prefix) === family && (found[1] ?? null) === route.sourceVrf;
    }
    case 'route-exists': {
      scope.asks('other routes');
      const prefix = scope.prefixes.internText(condition.prefix);
      return (route, evaluation) => {
        const exists = prefix === undefined ? false : evaluation.routeExists?.(prefix, condition.table);
        return exists ?? notModelled(`route ${condition.prefix} exists`, condition.span)(route, evaluation);
      };
    }
    case 'not-modelled':
      return notModelled(condition.text, condition.span);
  }
}
