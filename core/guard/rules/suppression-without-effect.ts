import { type RawFinding, rule } from '../rule.ts';
import { maySetAside, SHORTEST_REASON, suppressionsOf } from '../suppressions.ts';

export default rule({
  id: 'suppression-without-effect',
  number: 47,
  priority: 'P1',
  scope: 'device',
  title: 'Suppression that has no effect',
  why: 'A finding is set aside only with a reason that an examiner can follow. A comment that names no reason, a rule that may not be set aside, or no statement below it, sets nothing aside, although it looks as if it did.',
  sources: ['ISO/IEC 27001:2022 A.8.32, exceptions are recorded', 'PCI DSS 4.0.1 requirement 1.2.6, justification'],
  remedy:
    'Write `aegis: allow <rule> because <reason>` in a comment directly above the statement, or take the comment out.',
  check: ({ config }) =>
    suppressionsOf(config).flatMap(({ comment, rule: id, reason, lines }): RawFinding[] => {
      const problem = !maySetAside(id)
        ? `${id} may not be set aside`
        : reason.length < SHORTEST_REASON
          ? `the reason is missing, or shorter than ${SHORTEST_REASON} letters`
          : lines === undefined
            ? 'no statement stands below it'
            : undefined;
      const text = config.tree.lines[comment] ?? '';
      return problem === undefined
        ? []
        : [
            {
              span: { line: comment, start: text.length - text.trimStart().length, end: text.trimEnd().length },
              message: `nothing is set aside here: ${problem}`,
              key: `${id} ${problem}`,
            },
          ];
    }),
});
