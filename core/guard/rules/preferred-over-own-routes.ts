import type { Device } from '../../config/device/device.ts';
import type { Action } from '../../config/device/policy.ts';
import { familySetting, filtersOf, isExternal, neighboursOf, unicastFamilies } from '../bgp.ts';
import { head } from '../restore.ts';
import { type RawFinding, rule } from '../rule.ts';

/** Local preference of routes that a router originates itself (RFC 4271 leaves it open; all systems have 100). */
const OWN_LOCAL_PREFERENCE = 100;

/** Route-maps on routes that come in, and whether from inside the AS. */
function imports(device: Device): ReadonlyMap<string, { readonly isInternal: boolean }> {
  return new Map(
    neighboursOf(device).flatMap(({ process, neighbour }) =>
      unicastFamilies.flatMap((family) =>
        filtersOf(process, neighbour, family, 'in')
          .filter(({ setting }) => setting === 'policyIn')
          .flatMap(() => {
            const policy = familySetting(process, neighbour, family, (from) => from.policyIn);
            const isInternal = isExternal(process, neighbour) === false;
            return (policy?.value.policies ?? []).map(({ value }) => [value, { isInternal }] as const);
          }),
      ),
    ),
  );
}

export default rule({
  id: 'preferred-over-own-routes',
  number: 20,
  priority: 'P1',
  scope: 'device',
  title: 'Imported routes preferred over those of this router',
  why: 'A weight above that of local routes, or a higher local preference on routes from inside the AS, lets a leaked copy of an own prefix win over the original. Traffic then follows the leak.',
  sources: ['Cloudflare, outage of 17 July 2020 (local preference 200 over 100)', 'RFC 4271 section 9.1.1'],
  remedy:
    'Keep the weight below that of local routes, set local preference where routes enter the AS only, and deny own prefixes inbound.',
  check: ({ device, behaviour }) => {
    const { localWeight } = behaviour.bgp;
    const used = imports(device);
    const inPolicies = [...device.policies.values()].flatMap((policy) => {
      const use = used.get(policy.name);
      if (!use) return [];
      return policy.terms.flatMap(({ sequence, name, actions }) =>
        (actions as readonly Action[]).flatMap((action): RawFinding[] => {
          const entry = `${policy.name} ${sequence ?? name}`;
          if (action.kind === 'set-weight' && action.value > localWeight)
            return [
              {
                span: head(action.span),
                message: `${entry} sets weight ${action.value}, above the ${localWeight} of local routes`,
                key: `weight ${entry}`,
              },
            ];
          const isHigh =
            action.kind === 'set-local-preference' && action.operation === 'set' && action.value > OWN_LOCAL_PREFERENCE;
          if (!isHigh || !use.isInternal) return [];
          return [
            {
              span: head(action.span),
              message: `${entry} sets local preference ${action.value} on routes from inside the AS, above the ${OWN_LOCAL_PREFERENCE} of own routes`,
              key: `local-preference ${entry}`,
            },
          ];
        }),
      );
    });
    const onNeighbours = neighboursOf(device).flatMap(({ process, neighbour }) =>
      unicastFamilies.flatMap((family): RawFinding[] => {
        const weight = familySetting(process, neighbour, family, (from) => from.weight)?.value;
        if (!weight || weight.value <= localWeight) return [];
        return [
          {
            span: head(weight.span),
            message: `routes of ${neighbour.id} have weight ${weight.value}, above the ${localWeight} of local routes`,
            key: `weight ${process.vrf} ${neighbour.id}`,
          },
        ];
      }),
    );
    // A line that holds in every family is said once.
    return [
      ...new Map(
        [...inPolicies, ...onNeighbours].map((found) => [`${found.span.line} ${found.message}`, found]),
      ).values(),
    ];
  },
});
