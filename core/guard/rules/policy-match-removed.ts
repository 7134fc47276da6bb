import type { Device } from '../../config/device/device.ts';
import { type Condition, prefixListKey } from '../../config/device/policy.ts';
import type { ParsedConfig } from '../../network/snapshot.ts';
import { type Command, commandsOf } from '../commands.ts';
import { head, own, undoing, withoutLine } from '../restore.ts';
import { type RawFinding, rule } from '../rule.ts';

type Policy = Device['policies'] extends ReadonlyMap<string, infer P> ? P : never;
type Term = Policy['terms'][number];

const nameOf = (policy: Policy, term: Term): string => `${policy.name} ${term.sequence ?? term.name}`;

function compared(config: ParsedConfig, before: ParsedConfig): RawFinding[] {
  return [...config.device.policies.values()].flatMap((policy) =>
    policy.terms.flatMap((term): RawFinding[] => {
      const old = before.device.policies
        .get(policy.name)
        ?.terms.find((candidate) => candidate.name === term.name && candidate.sequence === term.sequence);
      if (!old || term.disposition === 'deny' || old.conditions.length === 0) return [];
      const left = term.conditions as readonly Condition[];
      const had = old.conditions as readonly Condition[];
      // A rewritten entry (something else is matched now) is not a widened one.
      if (left.some(({ kind }) => !had.some((condition) => condition.kind === kind))) return [];
      const lost = had.find(({ kind }) => countOf(left, kind) < countOf(had, kind));
      if (!lost) return [];
      const { span, fix } = undoing(before, lost.span.line, config, head(term.span));
      const common = { span, key: nameOf(policy, term), ...(fix && { fix }) };
      const name = nameOf(policy, term);
      if (left.length === 0)
        return [{ ...common, message: `${name} has lost its last match: it ${verb(term)} every route` }];
      if (!narrows(config.device, left))
        return [
          {
            ...common,
            message: `${name} no longer matches on ${titleOf(lost)}, and what it still matches on is nearly everything`,
          },
        ];
      return [
        {
          ...common,
          priority: 'P1',
          message: `${name} no longer matches on ${titleOf(lost)}: it ${verb(term)} more routes than before`,
        },
      ];
    }),
  );
}

const countOf = (conditions: readonly Condition[], kind: string): number =>
  conditions.filter((condition) => condition.kind === kind).length;

const titles: Partial<Record<Condition['kind'], string>> = {
  'prefix-list': 'prefixes',
  prefix: 'prefixes',
  'access-list': 'prefixes',
  'community-list': 'communities',
  'as-path-list': 'the AS path',
};

const titleOf = ({ kind }: Condition): string => titles[kind] ?? kind.replaceAll('-', ' ');

/** Shortest prefix whose more specific routes are still a choice; the routable space itself is none. */
const NARROW = 4;

/** Whether some condition that is left chooses: any but a list of prefixes that takes nearly all of them. */
const narrows = (device: Device, conditions: readonly Condition[]): boolean =>
  conditions.some(
    (condition) =>
      condition.kind !== 'prefix-list' ||
      condition.lists.every(({ value }) => {
        const list = device.prefixLists.get(prefixListKey(condition.family, value));
        return !list?.entries.some(
          ({ action, prefix, minLength, maxLength }) =>
            action === 'permit' && Number(prefix.split('/')[1]) < NARROW && maxLength > minLength,
        );
      }),
  );

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
