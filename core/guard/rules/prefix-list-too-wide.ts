import type { Device } from '../../config/device/device.ts';
import { type Condition, prefixListKey } from '../../config/device/policy.ts';
import { deleteLines } from '../edits.ts';
import { head } from '../restore.ts';
import { type RawFinding, rule } from '../rule.ts';

type List = Device['prefixLists'] extends ReadonlyMap<string, infer L> ? L : never;
type Entry = List['entries'][number];

const bitsOf = ({ family }: List): number => (family === 'ipv4' ? 32 : 128);

/** Every prefix of the family. Without `le` the same entry is the default route alone. */
const permitsEverything = (list: List, { action, prefix, minLength, maxLength }: Entry): boolean =>
  action === 'permit' && prefix.endsWith('/0') && minLength === 0 && maxLength === bitsOf(list);

const matchesNothing = (list: List, { prefix, minLength, maxLength }: Entry): boolean =>
  minLength > maxLength || minLength > bitsOf(list) || maxLength < Number(prefix.split('/')[1]);

/** Lists that are the filter of a neighbour by themselves, or the only match of an entry of a route-map. */
function filtering(device: Device): ReadonlySet<string> {
  const direct = device.bgp.flatMap(({ neighbours, groups }) =>
    [...neighbours.values(), ...groups.values()].flatMap(({ families, everyFamily }) =>
      [...families.values(), ...(everyFamily ? [everyFamily] : [])].flatMap(({ prefixListIn, prefixListOut }) =>
        [prefixListIn, prefixListOut].flatMap((list) => list?.value ?? []),
      ),
    ),
  );
  return new Set(direct);
}

/** Lists that some entry of a policy matches on. */
const matched = (device: Device): ReadonlySet<string> =>
  new Set(
    [...device.policies.values()].flatMap(({ terms }) =>
      terms.flatMap(({ conditions }) =>
        (conditions as readonly Condition[]).flatMap((condition) =>
          condition.kind === 'prefix-list'
            ? condition.lists.map(({ value }) => prefixListKey(condition.family, value))
            : [],
        ),
      ),
    ),
  );

export default rule({
  id: 'prefix-list-too-wide',
  number: 31,
  priority: 'P1',
  scope: 'device',
  title: 'Prefix-list that permits everything, or an entry that matches nothing',
  why: '`permit 0.0.0.0/0` is the default route alone, `permit 0.0.0.0/0 le 32` is every prefix. One word makes a filter of a default route one that lets the whole table pass.',
  sources: ['Cisco IOS IP Routing: BGP command reference, ip prefix-list (ge, le)', 'RFC 7454 section 6.1'],
  remedy:
    'Take `le 32` away where the default route is meant; keep `ge` not larger than `le`, and both not shorter than the prefix.',
  check: ({ device, config, before }) => {
    const direct = filtering(device);
    const inPolicies = matched(device);
    return [...device.prefixLists.values()].flatMap((list) =>
      list.entries.flatMap((entry): RawFinding[] => {
        const key = `${list.family} ${list.name} ${entry.action} ${entry.prefix} ${entry.minLength} ${entry.maxLength}`;
        if (matchesNothing(list, entry))
          return [
            {
              span: head(entry.span),
              message: `entry ${entry.sequence} of ${list.name} matches nothing: no length is both at least ${entry.minLength} and at most ${entry.maxLength}`,
              key,
            },
          ];
        if (!permitsEverything(list, entry)) return [];
        const others = list.entries.filter((other) => other !== entry && other.action === 'permit').length;
        const isFilter = direct.has(list.name);
        const old = before?.device.prefixLists.get(prefixListKey(list.family, list.name));
        const isWidened =
          old !== undefined &&
          !old.entries.some((each) => permitsEverything(old, each)) &&
          inPolicies.has(prefixListKey(list.family, list.name));
        // A list of its own that permits everything is how a route-map says "the rest".
        if (!isFilter && !isWidened && others === 0) return [];
        if (!isFilter && !isWidened && list.entries.at(-1) !== entry) return [];
        if (!isFilter && !isWidened && list.entries.some(({ action }) => action === 'deny')) return [];
        const fix = others > 0 && {
          title: 'Remove this entry',
          edits: [deleteLines(config, entry.span.line)],
          safe: false,
        };
        const rest =
          others > 0 ? `, and its other ${others === 1 ? 'entry is' : `${others} entries are`} without effect` : '';
        return [
          { span: head(entry.span), message: `${list.name} permits every prefix${rest}`, key, ...(fix && { fix }) },
        ];
      }),
    );
  },
});
