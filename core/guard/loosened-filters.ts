import type { Device } from '../config/device/device.ts';
import { type Condition, prefixListKey } from '../config/device/policy.ts';
import type { Span } from '../config/span.ts';
import { isShutdown } from '../network/interfaces.ts';
import type { ParsedConfig } from '../network/snapshot.ts';
import { commandsOf } from './commands.ts';
import { meaning as meaningOf } from './meaning.ts';
import { head, own, standIn, undoing } from './restore.ts';
import type { RawFinding } from './rule.ts';

/** What a change takes out of filters that stay in place: each lets more pass than before, and names no session. */

type Policy = Device['policies'] extends ReadonlyMap<string, infer P> ? P : never;
type Term = Policy['terms'][number];

const PLACES: ReadonlySet<string> = new Set(['span', 'sequence']);

const meaning = (value: unknown): string => meaningOf(value, PLACES);

const finding = (before: ParsedConfig, config: ParsedConfig, span: Span, message: string, key: string): RawFinding => {
  const undo = undoing(before, span.line, config, standIn(before, span.line, config));
  return { span: undo.span, priority: 'P1', message, key, ...(undo.fix && { fix: undo.fix }) };
};

const permits = ({ disposition }: Term): boolean => disposition === 'permit';

/** Deny entries that are gone from a policy in front of entries that permit. */
function deniedTerms(before: ParsedConfig, config: ParsedConfig): RawFinding[] {
  return [...before.device.policies.values()].flatMap((old) => {
    const now = config.device.policies.get(old.name);
    if (!now) return [];
    const left = new Set(now.terms.map(({ conditions, disposition }) => meaning([conditions, disposition])));
    return old.terms.flatMap((term, index): RawFinding[] => {
      const isGone = term.disposition === 'deny' && !left.has(meaning([term.conditions, term.disposition]));
      // An entry that is still there under its number was rewritten: other rules judge its new words.
      const isRewritten = now.terms.some(({ sequence, name }) =>
        term.sequence !== undefined ? sequence === term.sequence : name === term.name,
      );
      const decides = old.terms.slice(index + 1).some(permits) || now.defaultDisposition === 'permit';
      if (!isGone || isRewritten || !decides) return [];
      return [
        finding(
          before,
          config,
          term.span,
          `${old.name} no longer denies what its entry ${term.sequence ?? term.name} denied`,
          `deny ${old.name} ${meaning(term.conditions)}`,
        ),
      ];
    });
  });
}

/** Prefixes with their lengths, of which any makes the conditions hold. */
const alternatives = (conditions: readonly Condition[]): readonly Alternative[] =>
  conditions.flatMap((condition): readonly Alternative[] => {
    if (condition.kind === 'prefix') return [condition];
    if (condition.kind === 'closest-prefix') return condition.filters;
    return condition.kind === 'any' ? alternatives(condition.of) : [];
  });

interface Alternative {
  readonly prefix: string;
  readonly minLength: number;
  readonly maxLength: number;
}

/** Entries that stay and deny less: the denial itself is gone, another condition must hold too, or prefixes are missing. */
function narrowedDenials(before: ParsedConfig, config: ParsedConfig): RawFinding[] {
  return [...before.device.policies.values()].flatMap((old) => {
    const now = config.device.policies.get(old.name);
    if (!now) return [];
    return old.terms.flatMap((term, index): RawFinding[] => {
      const same = now.terms.find(({ name, sequence }) => name === term.name && sequence === term.sequence);
      const decides = old.terms.slice(index + 1).some(permits) || now.defaultDisposition !== 'deny';
      if (term.disposition !== 'deny' || !same || !decides) return [];
      const title = `${old.name} ${term.sequence ?? term.name}`;
      const [had, has] = [term.conditions, same.conditions].map((list) => new Set((list as Condition[]).map(meaning)));
      if (!had || !has) return [];
      const keeps = [...had].every((condition) => has.has(condition));
      const at = (message: string, what: string): RawFinding => ({
        span: head(same.span),
        priority: 'P1',
        message,
        key: `narrower ${title} ${what}`,
      });
      // A number that was given to another entry is judged as that entry.
      if (same.disposition !== 'deny')
        return keeps && has.size === had.size ? [at(`${title} no longer denies what it matches`, 'denial')] : [];
      if (keeps && has.size > had.size)
        return [at(`${title} denies less: another condition must hold, too`, 'condition')];
      const left = alternatives(same.conditions as readonly Condition[]);
      if (left.length === 0) return [];
      return alternatives(term.conditions as readonly Condition[])
        .filter(
          ({ prefix, minLength, maxLength }) =>
            !left.some((one) => one.prefix === prefix && one.minLength <= minLength && one.maxLength >= maxLength),
        )
        .map(({ prefix }) => at(`${title} no longer denies ${prefix}`, prefix));
    });
  });
}

/** Policies that denied what none of their entries decides, and no longer do. */
function openedDefaults(before: ParsedConfig, config: ParsedConfig): RawFinding[] {
  return [...before.device.policies.values()].flatMap((old): RawFinding[] => {
    const now = config.device.policies.get(old.name);
    if (!now || old.defaultDisposition !== 'deny' || now.defaultDisposition === 'deny') return [];
    const what = now.defaultDisposition === 'permit' ? 'permits' : 'leaves to the next policy or to the protocol';
    return [
      {
        span: lineOfDefault(config, old.name) ?? head(now.span),
        priority: 'P1',
        message: `${old.name} ${what} what none of its entries decides, and denied it before`,
        key: `default ${old.name}`,
      },
    ];
  });
}

/** The line of a policy that says what happens to the rest, in languages that have one. */
function lineOfDefault(config: ParsedConfig, name: string): Span | undefined {
  const found = commandsOf(config).find(({ words, path }) => {
    const all = [...path.flatMap((mode) => mode.words), ...words];
    return all.includes(name) && words.some((word) => /^default-action$/.test(word));
  });
  return found && own(found);
}

/** Prefix-lists that deny by way of a deny entry of a route-map, and lists that filter by themselves. */
const denyingLists = (device: Device): ReadonlySet<string> =>
  new Set(
    [...device.policies.values()].flatMap(({ terms }) =>
      terms
        .filter(({ disposition }) => disposition === 'deny')
        .flatMap(({ conditions }) =>
          (conditions as readonly Condition[]).flatMap((condition) =>
            condition.kind === 'prefix-list'
              ? condition.lists.map(({ value }) => prefixListKey(condition.family, value))
              : [],
          ),
        ),
    ),
  );

/** Entries of prefix-lists by which something was denied. */
function prefixEntries(before: ParsedConfig, config: ParsedConfig): RawFinding[] {
  const denying = denyingLists(before.device);
  return [...before.device.prefixLists].flatMap(([key, old]) => {
    const now = config.device.prefixLists.get(key);
    if (!now || old === now) return [];
    const left = new Set(now.entries.map(meaning));
    return old.entries.flatMap((entry, index): RawFinding[] => {
      if (left.has(meaning(entry))) return [];
      const wasDenied =
        entry.action === 'permit'
          ? denying.has(key)
          : old.entries.slice(index + 1).some(({ action }) => action === 'permit');
      const length = entry.minLength === entry.maxLength ? '' : ` (lengths ${entry.minLength} to ${entry.maxLength})`;
      return wasDenied
        ? [
            finding(
              before,
              config,
              entry.span,
              `${old.name} no longer denies ${entry.prefix}${length}`,
              `entry ${key} ${meaning(entry)}`,
            ),
          ]
        : [];
    });
  });
}

/** Entries of AS-path and community lists by which a deny entry of a policy recognised routes. */
function expressionEntries(before: ParsedConfig, config: ParsedConfig): RawFinding[] {
  const denying = new Set(
    [...before.device.policies.values()].flatMap(({ terms }) =>
      terms
        .filter(({ disposition }) => disposition === 'deny')
        .flatMap(({ conditions }) =>
          (conditions as readonly Condition[]).flatMap((condition) =>
            condition.kind === 'as-path-list' || condition.kind === 'community-list'
              ? condition.lists.map(({ value }) => `${condition.kind} ${value}`)
              : [],
          ),
        ),
    ),
  );
  const kinds = [
    ['as-path-list', before.device.asPathLists, config.device.asPathLists],
    ['community-list', before.device.communityLists, config.device.communityLists],
  ] as const;
  return kinds.flatMap(([kind, lists, nowLists]) =>
    [...lists].flatMap(([name, old]) => {
      const now = nowLists.get(name);
      if (!now || !denying.has(`${kind} ${name}`)) return [];
      const left = new Set<string>(now.entries.map(meaning));
      return old.entries.flatMap((entry): RawFinding[] => {
        if (entry.action !== 'permit' || left.has(meaning(entry))) return [];
        const what = entry.expression ?? ('members' in entry ? entry.members?.join(' ') : undefined) ?? '';
        const message = `${name} no longer denies ${what}`;
        return [finding(before, config, entry.span, message, `${kind} ${name} ${meaning(entry)}`)];
      });
    }),
  );
}

/** Deny entries of packet filters in front of entries that permit. */
function packetEntries(before: ParsedConfig, config: ParsedConfig): RawFinding[] {
  return [...before.device.accessLists].flatMap(([key, old]) => {
    const now = config.device.accessLists.get(key);
    if (!now || old === now) return [];
    const left = new Set(now.entries.map(meaning));
    return old.entries.flatMap((entry, index): RawFinding[] => {
      const decides = entry.action === 'deny' && old.entries.slice(index + 1).some(({ action }) => action === 'permit');
      if (!decides || left.has(meaning(entry))) return [];
      return [
        finding(
          before,
          config,
          entry.span,
          `${old.name} no longer denies what its entry ${entry.sequence} denied`,
          `packet ${key} ${meaning(entry)}`,
        ),
      ];
    });
  });
}

/** Packet filters taken off an interface that stays in use, and off the terminal lines. */
function bindings(before: ParsedConfig, config: ParsedConfig): RawFinding[] {
  const ports = [...before.device.interfaces.values()].flatMap((old) => {
    const now = config.device.interfaces.get(old.name);
    if (!now || isShutdown(now) || now.addresses.length === 0) return [];
    return old.accessGroups.flatMap(({ list, direction, family }): RawFinding[] => {
      const isFiltered = now.accessGroups.some((group) => group.direction === direction && group.family === family);
      if (isFiltered) return [];
      return [
        finding(
          before,
          config,
          list.span,
          `takes the access-list ${list.value} (${direction}) off ${old.name}: every packet passes`,
          `group ${old.name} ${direction} ${family}`,
        ),
      ];
    });
  });
  const lines = before.device.management.lines.flatMap(({ name, accessClassIn }): RawFinding[] => {
    const now = config.device.management.lines.find((line) => line.name === name);
    if (!accessClassIn || !now || now.accessClassIn) return [];
    return [
      finding(
        before,
        config,
        accessClassIn.span,
        `takes the access-list ${accessClassIn.value} off line ${name}: anyone may try to log in`,
        `class ${name}`,
      ),
    ];
  });
  return [...ports, ...lines];
}

/** Where a change lets more pass through filters that stay; each warns, since what it lets pass may be meant to. */
export const loosenedFilters = (before: ParsedConfig, config: ParsedConfig): readonly RawFinding[] => [
  ...deniedTerms(before, config),
  ...narrowedDenials(before, config),
  ...openedDefaults(before, config),
  ...prefixEntries(before, config),
  ...expressionEntries(before, config),
  ...packetEntries(before, config),
  ...bindings(before, config),
];
