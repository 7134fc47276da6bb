import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { FirstHopGroup, Interface } from '../../device/interface.ts';
import { addOnce, listLine, no, removeName, removeWhere, yes } from '../shared/drafts.ts';
import { groupOn, trackWords } from '../shared/first-hop.ts';

const row = rowsOf<FirstHopGroup>();
const onInterface = rowsOf<Interface>();

const shared: readonly Entry[] = [
  row('priority <value:int> [<options:words>]', {
    doc: 'The member with the highest priority is active.',
    apply: (group, { value }) => {
      group.priority = value;
    },
    undo: (group) => {
      delete group.priority;
    },
  }),
  row('preempt [delay <options:words>]', {
    doc: 'Takes over as soon as its priority is the highest.',
    apply: (group, _, at) => {
      group.preempt = yes(at.span);
    },
    undo: (group, _, at) => {
      group.preempt = no(at.span);
    },
  }),
  row('track <options:words>', {
    doc: 'Lowers the priority while a tracked object is down.',
    apply: (group, { options }, at) => {
      if (!trackWords(group, options.value, at)) listLine(at);
    },
    undo: (group) => {
      delete group.tracks;
    },
  }),
  row('object-track <options:words>', {
    doc: 'Lowers the priority while a tracked object is down.',
    apply: (group, { options }, at) => {
      if (!trackWords(group, options.value, at)) listLine(at);
    },
    undo: (group) => {
      delete group.tracks;
    },
  }),
  row('timers <options:words>', { doc: 'How often the active member reports; members must agree.' }),
  row('authentication <options:words>', { doc: 'Authentication; members must agree.' }),
  row('<what:name|description> <text:rest>', { doc: 'Text for people.', effect: 'none' }),
  row('mac-address <address:word>', { doc: 'Virtual hardware address of the group.' }),
];

const addressRow = (word: 'ip' | 'ipv6' | 'address'): Entry =>
  row(`${word} <address:ip> [<role:secondary|primary>]` as 'ip <address:ip> [<role:secondary|primary>]', {
    doc: 'Virtual address of the group, owned by its active member.',
    apply: (group, { address }) => addOnce(group.addresses, address),
    undo: (group, { address }) => removeName(group.addresses, address?.value),
  });

const remove = (iface: Interface, protocol: FirstHopGroup['protocol'], group: number | undefined): void =>
  removeWhere(iface.firstHop, (each) => each.protocol === protocol && each.group === group);

const switchRows: readonly Entry[] = [
  row('shutdown', {
    doc: 'Switches the group off.',
    apply: (group, _, at) => {
      group.shutdown = yes(at.span);
    },
    undo: (group, _, at) => {
      group.shutdown = no(at.span);
    },
  }),
];

/** HSRP and VRRP, whose groups are modes on NX-OS. */
export const firstHopRows: readonly Entry[] = [
  modesOf<Interface>()(
    'hsrp <group:int> [<family:ipv4|ipv6>]',
    {
      doc: 'HSRP group.',
      enter: (iface, { group }, at) => groupOn(iface, 'hsrp', group.value, at.span),
      undo: (iface, { group }) => remove(iface, 'hsrp', group?.value),
    },
    [
      addressRow('ip'),
      addressRow('ipv6'),
      row('ipv6 autoconfig', { doc: 'Virtual address that is made from the hardware address.' }),
      row('follow <group:word>', { doc: 'Takes its state from another group.' }),
      ...shared,
    ],
  ),
  onInterface('hsrp version <version:1|2>', { doc: 'HSRP version; members must agree.' }),
  onInterface('hsrp <what:delay|use-bia|mac-refresh|bfd> [<options:words>]', {
    doc: 'Further settings of HSRP on the interface.',
  }),
  modesOf<Interface>()(
    'vrrp <group:int>',
    {
      doc: 'VRRP group; it is off until `no shutdown`.',
      enter: (iface, { group }, at) => {
        const made = groupOn(iface, 'vrrp', group.value, at.span);
        made.shutdown ??= yes(at.span);
        return made;
      },
      undo: (iface, { group }) => remove(iface, 'vrrp', group?.value),
    },
    [
      addressRow('address'),
      row('advertisement-interval <seconds:int>', { doc: 'How often the active member reports; members must agree.' }),
      ...switchRows,
      ...shared,
    ],
  ),
  modesOf<Interface>()(
    'vrrpv3 <group:int> address-family <family:ipv4|ipv6>',
    {
      doc: 'VRRP version 3 group.',
      enter: (iface, { group }, at) => groupOn(iface, 'vrrp', group.value, at.span),
      undo: (iface, { group }) => remove(iface, 'vrrp', group?.value),
    },
    [
      addressRow('address'),
      row('<what:vrrpv2|vrrs|match-address> [<options:words>]', { doc: 'Further settings of the group.' }),
      ...switchRows,
      ...shared,
    ],
  ),
];

/** A group that is switched off has no virtual address. */
export function dropIdleGroups(iface: Interface): void {
  removeWhere(iface.firstHop, (group) => group.shutdown?.value === true);
}
