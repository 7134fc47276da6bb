import type { At } from '../../command-table.ts';
import { type Entry, rowsOf } from '../../command-table.ts';
import type { FirstHopGroup, FirstHopTrack, Interface } from '../../device/interface.ts';
import { canonicalInterface } from '../../interface-names.ts';
import type { Located, Span } from '../../span.ts';
import { addOnce, listLine, no, removeName, removeWhere, yes } from './drafts.ts';

const row = rowsOf<Interface>();

/** Priority of VRRP (RFC 5798) and HSRP where none is set is 100; it is left out here. */
export function groupOn(
  iface: Interface,
  protocol: FirstHopGroup['protocol'],
  group: number,
  span: Span,
): FirstHopGroup {
  const known = iface.firstHop.find((each) => each.protocol === protocol && each.group === group);
  if (known) return known;
  const made: FirstHopGroup = { protocol, group, span, addresses: [] };
  iface.firstHop.push(made);
  return made;
}

/** How much the priority sinks where no line says so (Cisco, "Configuring HSRP": 10, and so for VRRP). */
const DEFAULT_DECREMENT = 10;

/** Adds what a group depends on; a later line for the same thing takes the place of the earlier one. */
export function addTrack(group: FirstHopGroup, track: FirstHopTrack): void {
  const others = (group.tracks ?? []).filter((known) => known.kind !== track.kind || known.target !== track.target);
  group.tracks = [...others, track];
}

/**
 * The words behind `track`: `1 decrement 20`, `object 1 20`, `1 shutdown`, `GigabitEthernet0/1 20`, `interface Ethernet1/1
 * priority 20`. False where they are other words.
 */
export function trackWords(group: FirstHopGroup, words: readonly string[], at: At): boolean {
  const rest = words[0] === 'object' || words[0] === 'interface' ? words.slice(1) : [...words];
  const [target, ...more] = rest;
  if (target === undefined) return false;
  const amount = more[0] === 'decrement' || more[0] === 'priority' ? more[1] : more[0];
  const effect = amount === undefined ? DEFAULT_DECREMENT : amount === 'shutdown' ? 'shutdown' : Number(amount);
  if (typeof effect === 'number' && !Number.isInteger(effect)) return false;
  const isInterface =
    words[0] === 'interface' ||
    (words[0] !== 'object' && /^[A-Za-z].*\d$/.test(target) && !at.device.tracks.has(target));
  addTrack(group, {
    kind: isInterface ? 'interface' : 'object',
    target: isInterface ? canonicalInterface(at.device.dialect, target) : target,
    effect,
    span: at.span,
  });
  return true;
}

const removeGroup = (iface: Interface, protocol: FirstHopGroup['protocol'], group: number | undefined): void =>
  removeWhere(iface.firstHop, (each) => each.protocol === protocol && (group === undefined || each.group === group));

/**
 * The lines of a group, whose number stands in front: `vrrp 10 ip ...`, `standby 10 priority ...`. `address` and
 * `priority` are the words for the virtual address and for the priority on this system.
 */
function groupRows(protocol: 'vrrp' | 'hsrp', start: string, address: string, priority: string): readonly Entry[] {
  type Start = { readonly group?: Located<number> | undefined };
  const groupOf = (iface: Interface, args: Start, span: Span): FirstHopGroup =>
    groupOn(iface, protocol, args.group?.value ?? 0, span);
  return [
    row(
      `${start} ${address} <address:ip> [<secondary:secondary>]` as 'vrrp <group:int> ip <address:ip> [<secondary:secondary>]',
      {
        doc: 'Virtual address of the group, owned by its active member.',
        apply: (iface, args, at) => addOnce(groupOf(iface, args, at.span).addresses, args.address),
        undo: (iface, { group, address: gone }) => {
          const known = iface.firstHop.find((each) => each.protocol === protocol && each.group === (group?.value ?? 0));
          if (!known) return;
          removeName(known.addresses, gone?.value);
          if (known.addresses.length === 0) removeGroup(iface, protocol, known.group);
        },
      },
    ),
    row(`${start} ${priority} <value:int>` as 'vrrp <group:int> priority <value:int>', {
      doc: 'The member with the highest priority is active.',
      apply: (iface, args, at) => {
        groupOf(iface, args, at.span).priority = args.value;
      },
      undo: (iface, { group }, at) => {
        delete groupOn(iface, protocol, group?.value ?? 0, at.span).priority;
      },
    }),
    row(`${start} preempt [delay <options:words>]` as 'vrrp <group:int> preempt [delay <options:words>]', {
      doc: 'Takes over as soon as its priority is the highest.',
      apply: (iface, args, at) => {
        groupOf(iface, args, at.span).preempt = yes(at.span);
      },
      undo: (iface, args, at) => {
        groupOf(iface, args, at.span).preempt = no(at.span);
      },
    }),
    row(`${start} track <object:words>` as 'vrrp <group:int> track <object:words>', {
      doc: 'Lowers the priority while a tracked object is down.',
      apply: (iface, args, at) => {
        if (!trackWords(groupOf(iface, args, at.span), args.object.value, at)) listLine(at);
      },
      undo: (iface, { group, object }, at) => {
        const known = groupOn(iface, protocol, group?.value ?? 0, at.span);
        known.tracks = (known.tracks ?? []).filter(
          ({ target }) => object !== undefined && !object.value.includes(target),
        );
      },
    }),
    row(`${start} timers <values:words>` as 'vrrp <group:int> timers <values:words>', {
      doc: 'How often the active member reports; members must agree.',
    }),
    row(`${start} authentication <values:words>` as 'vrrp <group:int> authentication <values:words>', {
      doc: 'Authentication; members must agree.',
    }),
  ];
}

/** `no vrrp 10` and `no standby 10` remove the group. */
const removal = (protocol: 'vrrp' | 'hsrp', word: 'vrrp' | 'standby'): Entry =>
  row(`${word} <group:int>` as 'vrrp <group:int>', {
    doc: 'A first-hop group; the `no` form removes it.',
    undo: (iface, { group }) => removeGroup(iface, protocol, group?.value),
  });

export const vrrpRows = (address: 'ip' | 'ipv4', priority: 'priority' | 'priority-level'): readonly Entry[] => [
  removal('vrrp', 'vrrp'),
  ...groupRows('vrrp', 'vrrp <group:int>', address, priority),
  row('vrrp <group:int> <what:shutdown|disabled>', {
    doc: 'Switches the group off.',
    apply: (iface, { group }, at) => {
      groupOn(iface, 'vrrp', group.value, at.span).shutdown = yes(at.span);
    },
    undo: (iface, { group }, at) => {
      if (group) groupOn(iface, 'vrrp', group.value, at.span).shutdown = no(at.span);
    },
  }),
  row('vrrp <group:int> <what:description|name|session> <text:rest>', { doc: 'Text for people.', effect: 'none' }),
];

export const hsrpRows: readonly Entry[] = [
  removal('hsrp', 'standby'),
  ...groupRows('hsrp', 'standby [<group:int>]', 'ip', 'priority'),
  ...groupRows('hsrp', 'standby [<group:int>]', 'ipv6', 'priority').slice(0, 1),
  row('standby version <version:1|2>', { doc: 'HSRP version; members must agree.' }),
  row('standby [<group:int>] <what:name|follow> <text:rest>', { doc: 'Name of the group.', effect: 'none' }),
];
