import { canonicalInterface } from '../config/interface-names.ts';
import { parseVlanList } from '../config/slot-types.ts';
import type { ParsedConfig } from '../network/snapshot.ts';
import { beginsWith, type Command, commandsOf, modeOf } from './commands.ts';
import { systemOf } from './systems.ts';

/** VLAN lists of trunks as the lines of a configuration build them up, one after the other. */

export const allVlans: readonly number[] = Array.from({ length: 4094 }, (_, index) => index + 1);

export type TrunkOperation = 'replace' | 'add' | 'remove' | 'except' | 'none' | 'all' | 'reset';

/** One line that sets a trunk's list, with the list before and after it. */
export interface TrunkStep {
  readonly interface: string;
  readonly command: Command;
  readonly operation: TrunkOperation;
  /** Sorted ids; all of 1-4094 where nothing is configured. */
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** Whether an earlier line of the text has set the list, so that `before` is known. */
  readonly known: boolean;
}

const operations = ['add', 'remove', 'except', 'none', 'all'] as const;

const without = (from: readonly number[], what: readonly number[]): number[] => {
  const gone = new Set(what);
  return from.filter((id) => !gone.has(id));
};

/** VLANs of the first list that the second does not have. */
export const lostVlans = without;

function apply(operation: TrunkOperation, list: readonly number[], before: readonly number[]): readonly number[] {
  switch (operation) {
    case 'replace':
      return list;
    case 'add':
      return [...new Set([...before, ...list])].sort((a, b) => a - b);
    case 'remove':
      return without(before, list);
    case 'except':
      return without(allVlans, list);
    case 'none':
      return [];
    default:
      return allVlans;
  }
}

/** Canonical name of the interface in whose mode a command stands. */
export function interfaceOf(config: ParsedConfig, command: Command): string | undefined {
  const mode = modeOf(command, 'interface');
  return mode && canonicalInterface(config.dialect, mode.words.slice(1).join(''));
}

const cache = new WeakMap<ParsedConfig, readonly TrunkStep[]>();

/** Every line that sets a trunk's allowed VLANs, in the order of the text. Computed once per configuration. */
export function trunkSteps(config: ParsedConfig): readonly TrunkStep[] {
  const steps = cache.get(config) ?? stepsOf(config);
  cache.set(config, steps);
  return steps;
}

function stepsOf(config: ParsedConfig): readonly TrunkStep[] {
  const lists = new Map<string, readonly number[]>();
  const emptyList = systemOf(config.dialect).emptyTrunkList;
  return commandsOf(config).flatMap((command): TrunkStep[] => {
    if (!beginsWith(command, 'switchport', 'trunk', 'allowed', 'vlan')) return [];
    const name = interfaceOf(config, command);
    if (name === undefined) return [];
    const [first = '', ...rest] = command.words.slice(4);
    const named = operations.find((operation) => operation === first.toLowerCase());
    const operation: TrunkOperation = command.negated ? 'reset' : (named ?? 'replace');
    const list = parseVlanList(named ? rest.join('') : [first, ...rest].join('')) ?? [];
    if (operation !== 'reset' && operation !== 'none' && operation !== 'all' && list.length === 0) return [];
    const earlier = lists.get(name);
    const before = earlier ?? allVlans;
    const result = apply(operation, list, before);
    const after = operation === 'remove' && result.length === 0 && emptyList === 'all' ? allVlans : result;
    lists.set(name, after);
    return [{ interface: name, command, operation, before, after, known: earlier !== undefined }];
  });
}

/** `10,20-22`. */
export function formatVlans(ids: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const id of ids) {
    const last = ranges.at(-1);
    if (last && last[1] === id - 1) last[1] = id;
    else ranges.push([id, id]);
  }
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(',');
}

/** `VLAN 10`, `VLANs 10,20`, or a count where the list would be long. */
export function nameVlans(ids: readonly number[]): string {
  const text = formatVlans(ids);
  if (ids.length === 1) return `VLAN ${text}`;
  return text.length <= 40 ? `VLANs ${text}` : `${ids.length} VLANs`;
}
