import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { FirstHopGroup, Interface } from '../../device/interface.ts';
import { addOnce, interfaceOf, listLine, no, removeName, removeWhere, yes } from '../shared/drafts.ts';
import { groupOn, trackWords } from '../shared/first-hop.ts';

const row = rowsOf<FirstHopGroup>();

const groupRows: readonly Entry[] = [
  row('address <address:ip> [<secondary:secondary>]', {
    doc: 'Virtual address of the group, owned by its active member.',
    apply: (group, { address }) => addOnce(group.addresses, address),
    undo: (group, { address }) => removeName(group.addresses, address?.value),
  }),
  row('address global <address:ip>', {
    doc: 'Virtual address of the group, owned by its active member.',
    apply: (group, { address }) => addOnce(group.addresses, address),
    undo: (group, { address }) => removeName(group.addresses, address?.value),
  }),
  row('address <what:learn|linklocal> [<options:words>]', { doc: 'Virtual address that is learned or made.' }),
  row('priority <value:int>', {
    doc: 'The member with the highest priority is active.',
    apply: (group, { value }) => {
      group.priority = value;
    },
    undo: (group) => {
      delete group.priority;
    },
  }),
  row('preempt [<options:words>]', {
    doc: 'Takes over as soon as its priority is the highest.',
    apply: (group, { options }, at) => {
      group.preempt = options?.value[0] === 'disable' ? no(at.span) : yes(at.span);
    },
    undo: (group, _, at) => {
      group.preempt = no(at.span);
    },
  }),
  row(
    '<what:timers|timer|authentication|text-authentication|bfd|accept-mode|mac-address|session|slave|unicast-peer> [<options:words>]',
    {
      doc: 'Further settings of the group.',
    },
  ),
  row('track <options:words>', {
    doc: 'Lowers the priority while a tracked object is down.',
    apply: (group, { options }, at) => {
      if (!trackWords(group, options.value, at)) listLine(at);
    },
    undo: (group) => {
      delete group.tracks;
    },
  }),
  row('name <text:rest>', { doc: 'Name of the group.', effect: 'none' }),
];

const protocolMode = (protocol: 'hsrp' | 'vrrp'): Entry => {
  const group: Entry = modesOf<Interface>()(
    `${protocol} <group:int> [version <version:2|3>]` as 'hsrp <group:int> [version <version:2|3>]',
    {
      doc: 'A group of routers that share an address.',
      enter: (iface, { group: number }, at) => groupOn(iface, protocol, number.value, at.span),
      undo: (iface, { group: number }) =>
        removeWhere(iface.firstHop, (each) => each.protocol === protocol && each.group === number?.value),
    },
    groupRows,
  );
  const family: Entry = modesOf<Interface>()(
    'address-family <family:ipv4|ipv6>',
    { doc: 'Groups of one family.', enter: (iface) => iface },
    [group],
  );
  const onInterface = rowsOf<Interface>();
  return modesOf<DeviceDraft>()(
    `router ${protocol}` as 'router hsrp',
    { doc: 'Groups of routers that share an address.', enter: (device) => device },
    [
      modesOf<DeviceDraft>()(
        'interface <interface:interface>',
        {
          doc: 'Groups of an interface.',
          refers: { interface: 'interface' },
          enter: (device, { interface: name }) => interfaceOf(device, name.value, name.span),
        },
        [
          family,
          onInterface('<what:delay|mac-refresh|bfd|redirects|hsrp|vrrp> [<options:words>]', {
            doc: 'Further settings of the groups.',
          }),
        ],
      ),
      rowsOf<DeviceDraft>()('message <options:words>', { doc: 'Log messages of the groups.', effect: 'none' }),
    ],
  );
};

/** `router hsrp` and `router vrrp` of IOS-XR. */
export const firstHop: readonly Entry[] = [protocolMode('hsrp'), protocolMode('vrrp')];
