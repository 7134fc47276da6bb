import type { Condition } from '../../config/device/policy.ts';
import { filtersOf, isExternal, isShutdown, neighboursOf } from '../bgp.ts';
import { head } from '../restore.ts';
import { type RawFinding, rule } from '../rule.ts';

/** The condition that names internal routes, also where it is one of several. */
function internalRoutes(conditions: readonly Condition[]): Condition | undefined {
  for (const condition of conditions) {
    if (condition.kind === 'route-type' && condition.types.includes('internal')) return condition;
    if (condition.kind === 'all' || condition.kind === 'any') {
      const found = internalRoutes(condition.of);
      if (found) return found;
    }
  }
  return undefined;
}

const NARROW: ReadonlySet<Condition['kind']> = new Set([
  'prefix-list',
  'prefix',
  'community-list',
  'large-community-list',
  'as-path-list',
  'as-path-expression',
]);

/** Conditions that leave only some routes: without one of them the term takes every internal route. */
const narrows = (condition: Condition): boolean =>
  NARROW.has(condition.kind) ||
  (condition.kind === 'all' && condition.of.some(narrows)) ||
  (condition.kind === 'any' && condition.of.every(narrows));

export default rule({
  id: 'internal-routes-exported',
  number: 5,
  priority: 'P0',
  scope: 'device',
  title: 'Export of every internal route to an external neighbour',
  why: 'On Junos `from route-type internal` in a BGP export policy matches every route learned by internal BGP, not only those of the IGP. A term that accepts on it announces the whole table of the AS to the neighbour.',
  sources: [
    'Route leak of January 2026 by an export policy with route-type internal (public incident report)',
    'Juniper Junos routing policy guide, match conditions: route-type',
    'RFC 7908, route leaks',
  ],
  remedy: 'Name the routes that are meant: by a prefix-list or by a community that marks them where they enter the AS.',
  check: ({ device, config }) => {
    if (config.dialect !== 'junos') return [];
    const used = new Map<string, string>();
    for (const { process, neighbour } of neighboursOf(device)) {
      if (isExternal(process, neighbour) !== true || isShutdown(process, neighbour)) continue;
      for (const family of ['ipv4-unicast', 'ipv6-unicast'] as const)
        for (const { from, setting } of filtersOf(process, neighbour, family, 'out')) {
          if (setting !== 'policyOut') continue;
          const chain = from.families.get(family)?.policyOut ?? from.everyFamily?.policyOut;
          for (const { value } of chain?.policies ?? []) if (!used.has(value)) used.set(value, neighbour.id);
        }
    }
    return [...used].flatMap(([name, peer]): RawFinding[] =>
      (device.policies.get(name)?.terms ?? []).flatMap((term): RawFinding[] => {
        const conditions = term.conditions as readonly Condition[];
        const found = internalRoutes(conditions);
        if (!found || term.disposition !== 'permit' || conditions.some(narrows)) return [];
        return [
          {
            span: head(found.span),
            message: `announces every route learned by internal BGP to ${peer}: term ${term.name} of ${name} accepts on route-type internal alone`,
            key: `${name} ${term.name}`,
          },
        ];
      }),
    );
  },
});
