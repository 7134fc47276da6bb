import type { Device } from '../../config/device/device.ts';
import { type Condition, prefixListKey } from '../../config/device/policy.ts';
import { familySettingsOf } from '../bgp.ts';
import { insertAfter } from '../edits.ts';
import { head } from '../restore.ts';
import { type RawFinding, rule } from '../rule.ts';

type Policy = Device['policies'] extends ReadonlyMap<string, infer P> ? P : never;

/** Names of the route-maps that decide what a BGP session exchanges. */
const sessionPolicies = (device: Device): Set<string> =>
  new Set(
    device.bgp.flatMap(({ neighbours, groups }) =>
      [...neighbours.values(), ...groups.values()].flatMap((neighbour) =>
        familySettingsOf(neighbour).flatMap(({ policyIn, policyOut }) =>
          [policyIn, policyOut].flatMap((use) => (use?.policies ?? []).map(({ value }) => value)),
        ),
      ),
    ),
  );

/** Every address of the family, down to the host routes: a match on it is a match on everything. */
const isEverything = (device: Device, condition: Condition): boolean =>
  condition.kind === 'prefix-list' &&
  condition.lists.some(({ value }) =>
    device.prefixLists
      .get(prefixListKey(condition.family, value))
      ?.entries.some(({ action, minLength, maxLength }) => action === 'permit' && minLength === 0 && maxLength >= 32),
  );

/** Only permits, each with a match and a set: it reads like "change these", and does "change these, drop the rest". */
const onlyEdits = (device: Device, { terms, defaultDisposition }: Policy): boolean =>
  defaultDisposition === 'deny' &&
  terms.length > 0 &&
  terms.every(
    ({ disposition, conditions, actions, continueAt }) =>
      disposition === 'permit' &&
      actions.length > 0 &&
      !continueAt &&
      conditions.length > 0 &&
      !(conditions as readonly Condition[]).some((condition) => isEverything(device, condition)),
  );

/** A map of several such entries is a written-out filter, unless the change has just made it one. */
const isSurprising = (policy: Policy, before: Device | undefined): boolean => {
  if (policy.terms.length === 1) return true;
  const old = before?.policies.get(policy.name);
  if (before === undefined || old === undefined) return before !== undefined;
  // A written deny of the rest says what its absence does.
  const terms = old.terms.filter(({ disposition, conditions }) => disposition !== 'deny' || conditions.length > 0);
  return !onlyEdits(before, { ...old, terms });
};

export default rule({
  id: 'route-map-implicit-deny',
  number: 30,
  priority: 'P1',
  scope: 'device',
  title: 'Route-map that changes some routes and drops all others',
  why: 'A route-map ends in a deny that is not written. A new map that is meant to set an attribute on a few routes silently drops every route that it does not match.',
  sources: ['Cisco IOS IP Routing: route-map command reference', 'FRR documentation, route maps'],
  remedy:
    'End the map with a `permit` entry without a match, or with a written `deny` where the rest is to be dropped.',
  check: ({ device, config, before }) => {
    const used = sessionPolicies(device);
    return [...device.policies.values()].flatMap((policy): RawFinding[] => {
      const last = policy.terms.at(-1);
      if (!last || !used.has(policy.name) || !onlyEdits(device, policy) || !isSurprising(policy, before?.device))
        return [];
      const sequence = Math.max(...policy.terms.map((term) => term.sequence ?? 0)) + 10;
      const end = last.span.endLine ?? last.span.line;
      const text = [`route-map ${policy.name} permit ${sequence}`];
      return [
        {
          span: head(last.span),
          message: `${policy.name} sets attributes on what it matches and drops every other route`,
          key: policy.name,
          fix: { title: `Let all other routes pass: ${text[0]}`, edits: [insertAfter(config, end, text)], safe: false },
        },
      ];
    });
  },
});
