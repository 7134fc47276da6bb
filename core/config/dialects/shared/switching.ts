import { type Entry, rowsOf } from '../../command-table.ts';
import type { Interface, Switchport } from '../../device/interface.ts';
import { canonicalInterface } from '../../interface-names.ts';
import type { Located } from '../../span.ts';

const row = rowsOf<Interface>();

/** All VLAN ids that a trunk may carry. */
const ALL_VLANS: readonly number[] = Array.from({ length: 4094 }, (_, index) => index + 1);

const port = (iface: Interface): Switchport => {
  iface.switchport ??= {};
  return iface.switchport;
};

/** A routed port keeps its layer-2 settings, but they have no effect until `switchport`. */
const isRouted = (iface: Interface): boolean => iface.switchport?.mode?.value === 'routed';

/** `add`, `remove` and `except` act on the list that is there; a trunk without one carries all VLANs. */
function changeAllowed(
  iface: Interface,
  operation: 'add' | 'remove' | 'except',
  vlans: Located<readonly number[]>,
): void {
  const before = operation === 'except' ? ALL_VLANS : (iface.switchport?.allowedVlans?.value ?? ALL_VLANS);
  const named = new Set(vlans.value);
  const value =
    operation === 'add'
      ? [...new Set([...before, ...named])].sort((a, b) => a - b)
      : before.filter((vlan) => !named.has(vlan));
  port(iface).allowedVlans = { value, span: vlans.span };
}

/** Layer-2 ports of EOS and IOS. */
export const switchportRows: readonly Entry[] = [
  row('switchport', {
    doc: 'Makes the interface a layer-2 port; `no switchport` makes it a routed one.',
    apply: (iface) => {
      if (port(iface).mode?.value === 'routed') delete port(iface).mode;
    },
    undo: (iface, _, at) => {
      port(iface).mode = { value: 'routed', span: at.span };
    },
  }),
  row('switchport mode <mode:access|trunk|dot1q-tunnel>', {
    doc: 'Access: one VLAN, untagged. Trunk: many VLANs, tagged.',
    apply: (iface, { mode }) => {
      if (!isRouted(iface)) port(iface).mode = mode;
    },
    undo: (iface) => {
      if (!isRouted(iface)) delete iface.switchport?.mode;
    },
  }),
  row('switchport mode dynamic <how:auto|desirable>', {
    doc: 'Negotiates trunking with the neighbour; the result is not known from the configuration.',
  }),
  row('switchport access vlan <vlan:vlan>', {
    doc: 'VLAN of an access port.',
    refers: { vlan: 'vlan' },
    apply: (iface, { vlan }) => {
      port(iface).accessVlan = vlan;
    },
    undo: (iface) => {
      delete iface.switchport?.accessVlan;
    },
  }),
  row('switchport trunk native vlan <vlan:vlan>', {
    doc: 'VLAN of untagged frames on a trunk.',
    refers: { vlan: 'vlan' },
    apply: (iface, { vlan }) => {
      port(iface).nativeVlan = vlan;
    },
    undo: (iface) => {
      delete iface.switchport?.nativeVlan;
    },
  }),
  row('switchport voice vlan <vlan:vlan>', {
    doc: 'VLAN of telephones on an access port.',
    refers: { vlan: 'vlan' },
    apply: (iface, { vlan }) => {
      port(iface).voiceVlan = vlan;
    },
    undo: (iface) => {
      delete iface.switchport?.voiceVlan;
    },
  }),
  row('switchport trunk allowed vlan <vlans:vlans>', {
    doc: 'VLANs that the trunk carries. Without add or remove the whole list is replaced.',
    refers: { vlans: 'vlan' },
    apply: (iface, { vlans }) => {
      port(iface).allowedVlans = vlans;
    },
    undo: (iface) => {
      delete iface.switchport?.allowedVlans;
    },
  }),
  row('switchport trunk allowed vlan <operation:add|remove|except> <vlans:vlans>', {
    doc: 'Adds VLANs to the trunk, takes some from it, or allows all but some.',
    refers: { vlans: 'vlan' },
    apply: (iface, { operation, vlans }) => changeAllowed(iface, operation.value, vlans),
  }),
  row('switchport trunk allowed vlan <which:all|none>', {
    doc: 'The trunk carries every VLAN, or none.',
    apply: (iface, { which }) => {
      if (which.value === 'all') delete port(iface).allowedVlans;
      else port(iface).allowedVlans = { value: [], span: which.span };
    },
  }),
  row('switchport trunk encapsulation <kind:dot1q|negotiate>', {
    doc: 'Tagging of the trunk; IEEE 802.1Q is the only one modelled.',
    apply: () => undefined,
  }),
  row('switchport nonegotiate', { doc: 'No trunk negotiation with the neighbour.', apply: () => undefined }),
  row('channel-group <group:int> [mode <mode:active|passive|on|desirable|auto>]', {
    doc: 'Makes the interface a member of a port-channel.',
    apply: (iface, { group }, at) => {
      iface.aggregate = {
        value: canonicalInterface(at.device.dialect, `Port-channel${group.value}`),
        span: group.span,
      };
    },
    undo: (iface) => {
      delete iface.aggregate;
    },
  }),
];
