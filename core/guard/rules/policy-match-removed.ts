import type { Device } from '../../config/device/device.ts';
import type { Condition } from '../../config/device/policy.ts';
import type { ParsedConfig } from '../../network/snapshot.ts';
import { type Command, commandsOf } from '../commands.ts';
import { head, own, undoing, withoutLine } from '../restore.ts';
import { type RawFinding, rule } from '../rule.ts';

type Policy = Device['policies'] extends ReadonlyMap<string, infer P> ? P : never;
type Term = Policy['terms'][number];

const nameOf = (policy: Policy, term: Term): string => `${policy.name} ${term.sequence ?? term.name}`;

const aboutPrefixes = (conditions: readonly { readonly kind: string }[]): boolean =>
  conditions.some(({ kind }) => kind === 'prefix-list' || kind === 'prefix' || kind === 'access-list');

const kindsOf = (conditions: readonly { readonly kind: string }[]): Set<string> =>
  new Set(conditions.map(({ kind }) => kind));

function compared(config: ParsedConfig, before: ParsedConfig): RawFinding[] {
  return [...config.device.policies.values()].flatMap((policy) =>
    policy.terms.flatMap((term): RawFinding[] => {
      const old = before.device.policies
        .get(policy.name)
        ?.terms.find((candidate) => candidate.name === term.name && candidate.sequence === term.sequence);
      if (!old || term.disposition === 'deny' || old.conditions.length === 0) return [];
      const left = term.conditions as readonly Condition[];
      const line = (old.conditions as readonly Condition[]).find(
        (condition) => !left.some(({ kind }) => kind === condition.kind),
      )?.span.line;
      if (line === undefined) return [];
      const { span, fix } = undoing(before, line, config, head(term.span));
      const common = { span, key: nameOf(policy, term), ...(fix && { fix }) };
      if (left.length === 0)
        return [
          { ...common, message: `${nameOf(policy, term)} has lost its last match: it ${verb(term)} every route` },
        ];
      // A rewritten entry (something else is matched now) is not a widened one.
      const isRewritten = [...kindsOf(left)].some((kind) => !kindsOf(old.conditions).has(kind));
      if (isRewritten || !aboutPrefixes(old.conditions) || aboutPrefixes(left)) return [];
      return [
        {
          ...common,
          priority: 'P1',
          message: `${nameOf(policy, term)} no longer matches on prefixes: it ${verb(term)} more routes than before`,
        },
      ];
    }),
  );
}

const verb = (term: Term): string => (term.disposition === 'permit' ? 'accepts' : 'applies to');

/** `no match ...` in a permit entry that has no other match in the text. */
function negatedLine(config: ParsedConfig, command: Command): RawFinding[] {
  const mode = command.path.at(-1);
  if (!command.negated || command.words[0] !== 'match' || mode?.words[0] !== 'route-map') return [];
  const [, name = '', action, sequence = '10'] = mode.words;
  if (action === 'deny') return [];
  const term = config.device.policies.get(name)?.terms.find((candidate) => String(candidate.sequence) === sequence);
  if (term && term.conditions.length > 0) return [];
  return [
    {
      span: own(command),
      message: `${name} ${sequence} has lost its last match: it accepts every route`,
      key: `${name} ${sequence}`,
      fix: withoutLine(config, command),
    },
  ];
}

export default rule({
  id: 'policy-match-removed',
  number: 4,
  priority: 'P0',
  scope: 'device',
  title: 'Match removed, accept kept',
  why: 'An entry of a policy that loses its condition and keeps its permit applies to every route. A removed prefix-list has leaked internal routes to the whole Internet more than once.',
  sources: ['Cloudflare, outage of 17 July 2020', 'Cloudflare, route leak of 22 January 2026'],
  remedy: 'Remove the whole entry, or keep a match in it.',
  check: ({ config, before }) => {
    const findings = before ? compared(config, before) : [];
    const keys = new Set(findings.map(({ key }) => key));
    return [
      ...findings,
      ...commandsOf(config)
        .flatMap((command) => negatedLine(config, command))
        .filter(({ key }) => !keys.has(key)),
    ];
  },
});
