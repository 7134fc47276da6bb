import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Located, Span } from '../../span.ts';
import { addOnce, getOrMake, no, removeName, yes } from './drafts.ts';

const row = rowsOf<DeviceDraft>();

/** Routing switches of EOS and IOS. */
export const routingSwitches: readonly Entry[] = [
  row('ip routing', {
    doc: 'Forwards IPv4 packets.',
    apply: (device, _, at) => {
      device.ipRouting = yes(at.span);
    },
    undo: (device, _, at) => {
      device.ipRouting = no(at.span);
    },
  }),
  row('ipv6 unicast-routing', {
    doc: 'Forwards IPv6 packets.',
    apply: (device, _, at) => {
      device.ipv6Routing = yes(at.span);
    },
    undo: (device, _, at) => {
      device.ipv6Routing = no(at.span);
    },
  }),
];

type Vlan = DeviceDraft['vlans'] extends Map<number, infer V> ? V : never;

export const vlanOf = (device: DeviceDraft, id: number, span: Span): Vlan =>
  getOrMake(device.vlans, id, () => ({ id, span }));

const vlanRow = rowsOf<readonly Vlan[]>();
const trunkGroups = (vlan: Vlan): Located<string>[] => {
  vlan.trunkGroups ??= [];
  return vlan.trunkGroups;
};

const vlanRows: readonly Entry[] = [
  vlanRow('name <name:rest>', {
    doc: 'Name of the VLAN.',
    effect: 'none',
    apply: (list, { name }) => {
      for (const vlan of list) vlan.name = name;
    },
    undo: (list) => {
      for (const vlan of list) delete vlan.name;
    },
  }),
  vlanRow('state <state:active|suspend>', {
    doc: 'A suspended VLAN carries no traffic.',
    apply: (list, { state }) => {
      for (const vlan of list) vlan.suspended = state.value === 'suspend';
    },
    undo: (list) => {
      for (const vlan of list) delete vlan.suspended;
    },
  }),
  vlanRow('trunk group <group:word>', {
    doc: 'Only trunks of the group carry the VLAN.',
    apply: (list, { group }) => {
      for (const vlan of list) addOnce(trunkGroups(vlan), group);
    },
    undo: (list, { group }) => {
      for (const vlan of list) removeName(vlan.trunkGroups ?? [], group?.value);
    },
  }),
  vlanRow('private-vlan <what:words>', { doc: 'Isolates ports of the VLAN from each other.' }),
  vlanRow('<what:remote-span|mtu|mac> [<options:words>]', { doc: 'Further settings of the VLAN.' }),
];

/** `segments`: lines of VLANs that are carried over VXLAN (NX-OS). */
const vlanMode = (segments: readonly Entry[]): Entry =>
  modesOf<DeviceDraft>()(
    'vlan <vlans:vlans>',
    {
      doc: 'VLANs of this device.',
      defines: { vlans: 'vlan' },
      enter: (device, { vlans: ids }, at) => ids.value.map((id) => vlanOf(device, id, at.span)),
      undo: (device, { vlans: ids }) => {
        for (const id of ids?.value ?? []) device.vlans.delete(id);
      },
    },
    [...vlanRows, ...segments],
  );

/** VLANs of EOS and IOS; one stanza may make several. */
export const vlans: Entry = vlanMode([]);

/** VLANs of NX-OS, which name their VXLAN segment. */
export const nxosVlans: Entry = vlanMode([
  vlanRow('vn-segment <vni:int>', {
    doc: 'VXLAN segment that carries the VLAN between devices.',
    apply: (list, { vni }) => {
      for (const vlan of list) vlan.vni = vni.value;
    },
    undo: (list) => {
      for (const vlan of list) delete vlan.vni;
    },
  }),
  vlanRow('<what:mode|xconnect|shutdown> [<options:words>]', { doc: 'Further settings of the VLAN.' }),
]);
