import { maskWords, parseIp, wildcardLength } from '../../config/address.ts';
import type { Device } from '../../config/device/device.ts';
import { commandsOf } from '../commands.ts';
import { isFragment } from '../fragment.ts';
import { head } from '../restore.ts';
import { type RawFinding, rule } from '../rule.ts';
import { systemOf } from '../systems.ts';

type List = Device['accessLists'] extends ReadonlyMap<string, infer L> ? L : never;
type Entry = List['entries'][number];
type Address = Entry['source'];

/** Lists longer than this are compared only with their entries for any address: the comparison grows with the square. */
const COMPARED = 400;

const lengthOf = (address: Address & { kind: 'wildcard' }): number | undefined => {
  if (address.family === 'ipv4') return wildcardLength(address.wildcard);
  const words = parseIp(address.wildcard)?.words;
  if (!words) return undefined;
  const ones = words.reduce((sum, word) => sum + (word >>> 0).toString(2).replaceAll('0', '').length, 0);
  return 128 - ones;
};

/** Whether every address of the second is one of the first. Wildcards with holes are compared for equality only. */
function covers(outer: Address, inner: Address): boolean {
  if (outer.kind === 'any') return true;
  if (outer.kind === 'group' || inner.kind !== 'wildcard')
    return outer.kind === 'group' && inner.kind === 'group' && outer.name === inner.name;
  if (outer.address === inner.address && outer.wildcard === inner.wildcard) return true;
  const [a, b] = [lengthOf(outer), lengthOf(inner)];
  const [x, y] = [parseIp(outer.address)?.words, parseIp(inner.address)?.words];
  if (a === undefined || b === undefined || !x || !y || a > b) return false;
  const masked = maskWords(y, a);
  return maskWords(x, a).every((word, at) => word === masked[at]);
}

type Ports = Entry['sourcePorts'];

const coversPorts = (outer: Ports, inner: Ports): boolean =>
  outer === undefined || inner?.every(([low, high]) => outer.some(([from, to]) => from <= low && high <= to)) === true;

const isEveryProtocol = (protocol: string): boolean => /^(?:ip|ipv4|ipv6|any|0)$/.test(protocol);

/** Whether every packet of the second entry has already been decided by the first. */
const coversEntry = (outer: Entry, inner: Entry): boolean =>
  outer.notModelled === undefined &&
  inner.notModelled === undefined &&
  (isEveryProtocol(outer.protocol) || outer.protocol === inner.protocol) &&
  (!outer.established || inner.established === true) &&
  (outer.icmpType === undefined || outer.icmpType === inner.icmpType) &&
  covers(outer.source, inner.source) &&
  covers(outer.destination, inner.destination) &&
  coversPorts(outer.sourcePorts, inner.sourcePorts) &&
  coversPorts(outer.destinationPorts, inner.destinationPorts);

function shadowed(list: List): RawFinding[] {
  const entries = [...list.entries].sort((a, b) => a.sequence - b.sequence);
  const broad =
    entries.length > COMPARED
      ? entries.filter(({ source, destination }) => source.kind === 'any' && destination.kind === 'any')
      : entries;
  return entries.flatMap((entry): RawFinding[] => {
    const first = broad.find((other) => other.sequence < entry.sequence && coversEntry(other, entry));
    // The same action twice is a left-over; the opposite one is an entry that does not do what it says.
    if (!first || first.action === entry.action) return [];
    return [
      {
        span: head(entry.span),
        message: `never applies: entry ${first.sequence} of ${list.name} has already ${first.action === 'permit' ? 'permitted' : 'denied'} all of it`,
        key: `${list.family} ${list.name} ${entry.action} ${JSON.stringify([entry.protocol, entry.source, entry.destination, entry.destinationPorts])}`,
      },
    ];
  });
}

export default rule({
  id: 'access-list-shadowed',
  number: 34,
  priority: 'P1',
  scope: 'device',
  title: 'Access-list entry that never applies, or a list that is not defined',
  why: 'The first entry that matches decides. A deny behind a permit of the same packets protects nothing, and a list that does not exist lets everything pass on most systems.',
  sources: [
    'Cisco IOS Security configuration guide, access control lists: order of entries',
    'DISA STIG CISC-RT-000310 to 000340',
  ],
  remedy: 'Move the entry in front of the one that covers it, or remove one of the two; define the list that is bound.',
  check: (context) => {
    const { device, config, behaviour } = context;
    const lists = [...device.accessLists.values()].flatMap(shadowed);
    if (isFragment(context)) return lists;
    const names = new Set([...device.accessLists.values()].map(({ name }) => name));
    // Routes are matched and filtered by access-lists too; what an undefined one does there is another matter.
    const ofRoutes = new Set(
      commandsOf(config)
        .filter(
          ({ words }) => words[0] === 'match' || words.includes('distribute-list') || words.includes('offset-list'),
        )
        .map(({ statement }) => statement.span.line),
    );
    const effect = behaviour.undefinedAccessList === 'permit' ? 'permits everything' : 'denies everything';
    const undefinedLists = device.references
      .filter(
        ({ kind, name, span }) =>
          (kind === 'access-list' || kind === 'ipv6-access-list') && !ofRoutes.has(span.line) && !names.has(name),
      )
      .map(
        ({ name, span }): RawFinding => ({
          span,
          message: `access-list ${name} is not defined: ${systemOf(config.dialect).title} ${effect}`,
          key: `undefined ${name} ${config.tree.lines[span.line]?.trim()}`,
        }),
      );
    return [...lists, ...undefinedLists];
  },
});
