import { head } from '../restore.ts';
import { type RawFinding, rule } from '../rule.ts';

export default rule({
  id: 'continue-to-nowhere',
  number: 41,
  priority: 'P1',
  scope: 'device',
  title: 'Route-map continues at an entry that does not exist',
  why: 'Systems differ in what they do then: some go on at the next higher entry, some end the map and permit the route. The policy means something else on each.',
  sources: [
    'Batfish lab validation, EOS route-map with an undefined continue',
    'FRR documentation, route maps: on-match goto',
  ],
  remedy: 'Continue at a sequence number that exists, or take the line out.',
  check: ({ device }) =>
    [...device.policies.values()].flatMap((policy) =>
      policy.terms.flatMap(({ name, sequence, continueAt }): RawFinding[] => {
        const target = continueAt?.value;
        if (continueAt === undefined || typeof target !== 'number') return [];
        const isBackwards = sequence !== undefined && target <= sequence;
        if (!isBackwards && policy.terms.some((term) => term.sequence === target)) return [];
        const what = isBackwards ? 'which is not behind it' : 'which does not exist';
        return [
          {
            span: head(continueAt.span),
            message: `${policy.name} ${sequence ?? name} continues at ${target}, ${what}`,
            key: `${policy.name} ${sequence ?? name} ${target}`,
          },
        ];
      }),
    ),
});
