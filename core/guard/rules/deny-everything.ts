import type { Device } from '../../config/device/device.ts';
import type { AclAddress } from '../../config/device/policy.ts';
import { deleteLines } from '../edits.ts';
import { isFragment } from '../fragment.ts';
import { head } from '../restore.ts';
import { type RawFinding, rule } from '../rule.ts';

type List = Device['accessLists'] extends ReadonlyMap<string, infer L> ? L : never;
type Entry = List['entries'][number];

const isAny = (address: AclAddress | Entry['source']): boolean =>
  address.kind === 'any' ||
  (address.kind === 'wildcard' &&
    (address.wildcard === '255.255.255.255' || /^ffff(:ffff){7}$/i.test(address.wildcard)));

/** A deny that no packet escapes: any protocol, any source, any destination, no further condition. */
const deniesEverything = (entry: Entry): boolean =>
  entry.action === 'deny' &&
  /^(?:ip|ipv4|ipv6|any|0)$/.test(entry.protocol) &&
  isAny(entry.source) &&
  isAny(entry.destination) &&
  !entry.sourcePorts &&
  !entry.destinationPorts &&
  !entry.established &&
  entry.icmpType === undefined &&
  entry.notModelled === undefined;

const inOrder = (list: List): readonly Entry[] => [...list.entries].sort((a, b) => a.sequence - b.sequence);

/** Interfaces that filter packets by this list, up or not. */
const usersOf = (device: Device, list: List): readonly string[] =>
  [...device.interfaces.values()]
    .filter(({ accessGroups }) =>
      accessGroups.some((group) => group.list.value === list.name && group.family === list.family),
    )
    .map(({ name }) => name);

export default rule({
  id: 'deny-everything',
  number: 12,
  priority: 'P0',
  scope: 'device',
  title: 'Filter that denies all traffic',
  why: 'An entry that denies everything, in front of the entries that permit, drops all traffic of the interface, and with it routing protocols and the way back in.',
  sources: ['CenturyLink / Level 3, outage of 30 August 2020 (a flowspec rule that matched everything)'],
  remedy: 'Put the entry that denies everything last, behind what has to pass.',
  check: (context) => {
    const { device, config } = context;
    const packets = [...device.accessLists.values()].flatMap((list): RawFinding[] => {
      const entries = inOrder(list);
      const at = entries.findIndex(deniesEverything);
      const entry = entries[at];
      if (!entry) return [];
      const later = entries.slice(at + 1).filter(({ action }) => action === 'permit').length;
      const permits = entries.slice(0, at).some(({ action }) => action === 'permit');
      const users = usersOf(device, list);
      // A list that only denies is a legitimate "nobody" for a service; on an interface it stops all traffic.
      const stops = !permits && users.length > 0;
      if (later === 0 && !stops) return [];
      // Entries behind a deny at the end of what is used are dead, but nothing is cut off, unless none is permitted before.
      if (permits && users.length === 0 && !isFragment(context)) return [];
      const where =
        users.length > 0
          ? ` on ${users.slice(0, 3).join(', ')}${users.length > 3 ? ` and ${users.length - 3} more` : ''}`
          : '';
      const message = permits
        ? `denies everything${where} in front of ${later} permit ${later === 1 ? 'entry' : 'entries'} of ${list.name}`
        : `denies all traffic${where}: ${later === 0 ? `${list.name} permits nothing` : `${later} permit ${later === 1 ? 'entry' : 'entries'} of ${list.name} behind it never match`}`;
      const fix = later > 0 && {
        title: 'Remove this entry (the list ends in a deny of everything by itself)',
        edits: [deleteLines(config, entry.span.line)],
        safe: false,
      };
      return [{ span: head(entry.span), message, key: `${list.family} ${list.name}`, ...(fix && { fix }) }];
    });
    const routes = [...device.prefixLists.values()].flatMap((list): RawFinding[] => {
      const entries = [...list.entries].sort((a, b) => a.sequence - b.sequence);
      const whole = list.family === 'ipv4' ? 32 : 128;
      const at = entries.findIndex(
        ({ action, prefix, minLength, maxLength }) =>
          action === 'deny' && /^(?:0\.0\.0\.0|::)\/0$/.test(prefix) && minLength === 0 && maxLength === whole,
      );
      const entry = entries[at];
      const later = entries.slice(at + 1).filter(({ action }) => action === 'permit').length;
      if (!entry || later === 0) return [];
      return [
        {
          span: head(entry.span),
          message: `denies every prefix: ${later} permit ${later === 1 ? 'entry' : 'entries'} of ${list.name} behind it never match`,
          key: `prefix-list ${list.family} ${list.name}`,
          fix: {
            title: 'Remove this entry (the list ends in a deny of everything by itself)',
            edits: [deleteLines(config, entry.span.line)],
            safe: false,
          },
        },
      ];
    });
    return [...packets, ...routes];
  },
});
