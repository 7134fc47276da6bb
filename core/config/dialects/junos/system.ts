import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Located } from '../../span.ts';
import { addOnce, vrfOf, yes } from '../shared/drafts.ts';
import { junosInterface } from './interfaces.ts';
import { notesOf } from './notes.ts';
import { systemSettings } from './system-settings.ts';

const row = rowsOf<DeviceDraft>();
const mode = modesOf<DeviceDraft>();

const system: Entry = mode('system', { doc: 'The system itself.', enter: (device) => device }, [
  row('host-name <name:word>', {
    doc: 'Name of the router.',
    effect: 'none',
    apply: (device, { name }) => {
      device.hostname = name;
    },
  }),
  row('domain-name <name:word>', {
    doc: 'Domain of the router.',
    effect: 'none',
    apply: (device, { name }) => {
      device.management.domainName = name;
    },
  }),
  row('name-server <address:ip>', {
    doc: 'A DNS server.',
    effect: 'none',
    apply: (device, { address }) => {
      device.management.nameServers.push(address);
    },
  }),
  ...systemSettings,
  row('management-instance', {
    doc: 'The management port is in an instance of its own, mgmt_junos.',
    apply: (device) => {
      notesOf(device).managementInstance = true;
    },
  }),
  // How the router picks its own addresses for sessions and packets: the first address of lo0.
  row('default-address-selection', {
    doc: 'Packets of the router itself have the loopback address.',
    apply: (device, _, at) => {
      device.speaksFromLoopback = yes(at.span);
    },
  }),
  row('<what:word> [<rest:rest>]', { doc: 'A setting of the system that changes no route.', effect: 'none' }),
]);

const vlans: Entry = mode('vlans', { doc: 'VLANs of the switch.', enter: (device) => device }, [
  mode('<name:word>', { doc: 'A VLAN.', defines: { name: 'vlan' }, enter: (device, { name }) => ({ device, name }) }, [
    rowsOf<VlanContext>()('vlan-id <id:vlan>', {
      doc: 'Number of the VLAN.',
      apply: ({ device, name }, { id }, at) => {
        device.vlans.set(id.value, { ...device.vlans.get(id.value), id: id.value, name, span: at.span });
      },
    }),
    rowsOf<VlanContext>()('l3-interface <interface:word>', {
      doc: 'The interface that routes for the VLAN.',
      apply: ({ device, name }, { interface: port }) => {
        junosInterface(device, port.value, port.span);
        notesOf(device).vlanOfInterface.set(port.value, name.value);
      },
    }),
    rowsOf<VlanContext>()('vxlan vni <vni:int> [<rest:rest>]', {
      doc: 'VXLAN segment of the VLAN.',
      apply: ({ device, name }, { vni }) => {
        for (const vlan of device.vlans.values()) if (vlan.name?.value === name.value) vlan.vni = vni.value;
      },
    }),
    rowsOf<VlanContext>()('description <text:rest>', { doc: 'A text for people.', effect: 'none' }),
  ]),
]);

interface VlanContext {
  readonly device: DeviceDraft;
  readonly name: Located<string>;
}

const snmp: Entry = mode('snmp', { doc: 'Simple Network Management Protocol.', enter: (device) => device }, [
  row('community <name:word> [authorization <access:read-only|read-write>] [<rest:rest>]', {
    doc: 'A community: whoever knows its name may read, or write.',
    effect: 'none',
    apply: ({ management }, { name, access }, at) => {
      if (management.snmpCommunities.some((known) => known.name === name.value)) return;
      management.snmpCommunities.push({
        name: name.value,
        access: access?.value === 'read-write' ? 'rw' : 'ro',
        span: at.span,
      });
    },
  }),
  row('<what:word> [<rest:rest>]', { doc: 'A setting of SNMP.', effect: 'none' }),
]);

/** What is not about routes: `system`, `snmp`, `vlans`, `chassis` and the like. */
export const systemEntries: readonly Entry[] = [
  row('version <version:word>', {
    doc: 'Release that wrote the configuration.',
    effect: 'none',
    apply: (device, { version }) => {
      device.softwareVersion = version;
    },
  }),
  system,
  vlans,
  snmp,
  row('<what:chassis|event-options|class-of-service|multicast-snooping-options> [<rest:rest>]', {
    doc: 'Changes no route.',
    effect: 'none',
  }),
];

/** The instance of the management port, where `management-instance` is set. */
const MANAGEMENT_INSTANCE = 'mgmt_junos';

/** Puts VLANs, the management instance and the IS-IS address where they belong. */
export function finishSystem(device: DeviceDraft): void {
  const { isoAddress, managementInstance, vlanOfInterface } = notesOf(device);
  const ids = new Map([...device.vlans.values()].flatMap(({ id, name }) => (name ? [[name.value, id] as const] : [])));
  for (const port of device.interfaces.values()) {
    const id = ids.get(vlanOfInterface.get(port.name) ?? '');
    if (port.kind === 'vlan' && id !== undefined) port.vlan = id;
    if (managementInstance && port.kind === 'management' && /^(fxp0|em0|re0:mgmt-0|vme)\./.test(port.name)) {
      port.vrf = { value: MANAGEMENT_INSTANCE, span: port.span };
      addOnce(vrfOf(device, MANAGEMENT_INSTANCE, port.span).interfaces, { value: port.name, span: port.span });
    }
  }
  if (isoAddress) for (const process of device.isis) process.net ??= isoAddress;
}
