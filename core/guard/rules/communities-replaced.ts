import type { Action } from '../../config/device/policy.ts';
import type { Span } from '../../config/span.ts';
import type { ParsedConfig } from '../../network/snapshot.ts';
import { familySettingsOf, neighboursOf } from '../bgp.ts';
import { commandsOf } from '../commands.ts';
import { insertAt, replaceSpan } from '../edits.ts';
import { head } from '../restore.ts';
import { type Fix, type RawFinding, rule } from '../rule.ts';

/** Keeps what is there: `additive` behind the communities, or in Junos `community add` in place of `community set`. */
function keeping(config: ParsedConfig, { line }: Span): Fix | undefined {
  const command = commandsOf(config).find(({ statement: { span } }) => span.line === line);
  const words = command?.statement.words ?? [];
  const of = words.findIndex(({ text }) => /^(large-|ext)?community$/.test(text));
  const [before, after, last] = [words[of - 1], words[of + 1], words.at(-1)];
  const fix = (edit: Fix['edits'][number]): Fix => ({
    title: 'Keep the communities that are there',
    edits: [edit],
    safe: false,
  });
  if (of < 0 || !after || !last) return undefined;
  if (after.text === 'set') return fix(replaceSpan(line, after.start, after.end, 'add'));
  return before?.text === 'set' && last !== words[of] ? fix(insertAt(line, last.end, ' additive')) : undefined;
}

export default rule({
  id: 'communities-replaced',
  number: 32,
  priority: 'P2',
  scope: 'device',
  title: 'Policy that replaces all communities of a route',
  why: 'Setting communities without `additive` (Junos `community set` in place of `add`) removes those that are there: marks of the origin, of customers, NO_EXPORT and the black-hole community. Policies further on then treat the route as another one.',
  sources: ['RFC 1997', 'RFC 7999, the BLACKHOLE community', 'RFC 8642, policy behaviour for well-known communities'],
  remedy: 'Add `additive` (Junos `community add`), unless removing every community is what is meant.',
  escalation: {
    to: 'P1',
    why: 'What was passed on until now is lost with the change, on every route that the entry matches.',
  },
  check: ({ device, config }) => {
    // Where routes begin they have no communities yet: only what neighbours send and are sent can lose some.
    const used = new Set(
      neighboursOf(device).flatMap(({ process, neighbour }) =>
        [neighbour, ...process.groups.values()].flatMap((of) =>
          familySettingsOf(of).flatMap(({ policyIn, policyOut }) =>
            [policyIn, policyOut].flatMap((chain) => chain?.policies.map(({ value }) => value) ?? []),
          ),
        ),
      ),
    );
    return [...device.policies.values()]
      .filter(({ name }) => used.has(name))
      .flatMap((policy) =>
        policy.terms.flatMap((term): RawFinding[] => {
          if (term.disposition === 'deny') return [];
          const actions = term.actions as readonly Action[];
          const set = actions.find((one) => one.kind === 'set-communities' && one.operation === 'replace');
          if (set?.kind !== 'set-communities') return [];
          const what = [...set.members, ...set.lists.map(({ value }) => value)].join(' ');
          const fix = keeping(config, set.span);
          return [
            {
              span: head(set.span),
              message: `${policy.name} ${term.sequence ?? term.name} replaces every ${set.type === 'standard' ? '' : `${set.type} `}community of the route by ${what}`,
              key: `${policy.name} ${term.sequence ?? term.name} ${set.type} ${what}`,
              ...(fix && { fix }),
            },
          ];
        }),
      );
  },
});
