import { parseIp, parsePrefix } from '../../address.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Interface } from '../../device/interface.ts';
import { type JsonMember, type JsonNode, member, readJson, textOf } from '../../readers/json.ts';
import type { Located, Span } from '../../span.ts';
import { interfaceOf, vrfOf } from '../shared/drafts.ts';
import { vlanOf } from '../shared/globals.ts';
import { addAddress, moveToVrf } from '../shared/interfaces.ts';
import { addStaticRoute } from '../shared/static.ts';

/*
 * SONiC keeps ports, addresses and VLANs in config_db.json (github.com/sonic-net/SONiC, "Configuration Database"),
 * beside the frr.conf that has the routing. The two make one device.
 */

/** Puts the file's name on places, so that a reader opens config_db.json and not frr.conf. */
type At = (span: Span) => Span;

type Section = (device: DeviceDraft, entries: readonly JsonMember[], at: At) => void;

const located = (value: { readonly value: string; readonly span: Span }, at: At): Located<string> => ({
  value: value.value,
  span: at(value.span),
});

/** Keys are `name` for the interface itself, and `name|address/length` for each address. */
const addresses: Section = (device, entries, at) => {
  for (const { key, span, value } of entries) {
    const [name = '', address] = key.split('|');
    const iface = interfaceOf(device, name, at(span));
    // The bridge has a dummy port in every VLAN, so that a VLAN interface is up without members.
    if (iface.kind === 'vlan') iface.autostate ??= { value: false, span: at(span) };
    const vrf = textOf(value, 'vrf_name');
    if (vrf) moveToVrf(iface, located(vrf, at), device);
    const admin = textOf(value, 'admin_status');
    if (admin) iface.shutdown = { value: admin.value === 'down', span: at(admin.span) };
    if (address)
      addAddress(iface, address, {
        secondary: textOf(value, 'secondary')?.value === 'true',
        replaces: false,
        span: at(span),
      });
  }
};

const ports: Section = (device, entries, at) => {
  for (const { key, span, value } of entries) {
    const iface = interfaceOf(device, key, at(span));
    const [admin, mtu, speed, description] = ['admin_status', 'mtu', 'speed', 'description'].map((name) =>
      textOf(value, name),
    );
    if (admin) iface.shutdown = { value: admin.value === 'down', span: at(admin.span) };
    if (mtu) iface.mtu = { value: Number(mtu.value), span: at(mtu.span) };
    if (speed) iface.speedMbps = { value: Number(speed.value), span: at(speed.span) };
    if (description?.value) iface.description = located(description, at);
  }
};

const portChannels: Section = (device, entries, at) => {
  for (const { key, span, value } of entries) {
    const iface = interfaceOf(device, key, at(span));
    iface.kind = 'aggregate';
    for (const name of strings(member(value, 'members')?.value))
      interfaceOf(device, name.value, at(name.span)).aggregate = { value: key, span: at(name.span) };
  }
  ports(device, entries, at);
};

const portChannelMembers: Section = (device, entries, at) => {
  for (const { key, span } of entries) {
    const [bundle = '', port = ''] = key.split('|');
    interfaceOf(device, port, at(span)).aggregate = { value: bundle, span: at(span) };
    interfaceOf(device, bundle, at(span)).kind = 'aggregate';
  }
};

const strings = (node: JsonNode | undefined): readonly { readonly value: string; readonly span: Span }[] =>
  node?.kind === 'array'
    ? node.items.flatMap((item) =>
        item.kind === 'scalar' && typeof item.value === 'string' ? [{ value: item.value, span: item.span }] : [],
      )
    : [];

const vlans: Section = (device, entries, at) => {
  for (const { key, span, value } of entries) {
    const id = Number(textOf(value, 'vlanid')?.value ?? /\d+$/.exec(key)?.[0]);
    if (Number.isInteger(id)) vlanOf(device, id, at(span));
    interfaceOf(device, key, at(span));
  }
};

/** `Vlan10|Ethernet3`: untagged members are access ports, unless the port also carries tagged VLANs. */
const vlanMembers: Section = (device, entries, at) => {
  for (const { key, span, value } of entries) {
    const [vlan = '', port = ''] = key.split('|');
    const id = Number(/\d+$/.exec(vlan)?.[0]);
    if (!Number.isInteger(id) || port === '') continue;
    join(interfaceOf(device, port, at(span)), id, textOf(value, 'tagging_mode')?.value !== 'untagged', at(span));
  }
};

function join(iface: Interface, vlan: number, tagged: boolean, span: Span): void {
  iface.switchport ??= {};
  const port = iface.switchport;
  if (!tagged) {
    port.accessVlan = { value: vlan, span };
    port.nativeVlan = { value: vlan, span };
    port.mode ??= { value: 'access', span };
  } else port.mode = { value: 'trunk', span };
  const carried = new Set([...(port.allowedVlans?.value ?? []), vlan]);
  port.allowedVlans = { value: [...carried].sort((a, b) => a - b), span };
}

const vrfs: Section = (device, entries, at) => {
  for (const { key, span, value } of entries) {
    if (key === 'default') continue;
    const vrf = vrfOf(device, key, at(span));
    const vni = textOf(value, 'vni');
    if (vni && Number(vni.value) > 0) vrf.vni = { value: Number(vni.value), span: at(vni.span) };
  }
};

const list = (node: JsonNode, key: string): readonly (string | undefined)[] =>
  textOf(node, key)?.value.split(',') ?? [];

/** `vrf|prefix` or `prefix`; next hops stand as lists of equal length. */
const staticRoutes: Section = (device, entries, at) => {
  for (const { key, span, value } of entries) {
    const cut = key.indexOf('|');
    const [vrf, prefix] = cut < 0 ? [undefined, key] : [key.slice(0, cut), key.slice(cut + 1)];
    if (!parsePrefix(prefix)) continue;
    const columns = {
      gateway: list(value, 'nexthop'),
      iface: list(value, 'ifname'),
      distance: list(value, 'distance'),
      nextHopVrf: list(value, 'nexthop-vrf'),
      blackhole: list(value, 'blackhole'),
    };
    const rows = Math.max(1, ...Object.values(columns).map((column) => column.length));
    const here = at(span);
    for (let index = 0; index < rows; index += 1) {
      const gateway = columns.gateway[index];
      const iface = columns.iface[index];
      const distance = Number(columns.distance[index] ?? 0);
      addStaticRoute(
        device,
        {
          prefix: { value: prefix, span: here },
          ...(vrf && vrf !== 'default' && { vrf: { value: vrf, span: here } }),
          ...(gateway &&
            parseIp(gateway) &&
            gateway !== '0.0.0.0' &&
            gateway !== '::' && { gateway: { value: gateway, span: here } }),
          ...(iface && { interface: { value: iface, span: here } }),
          ...(distance > 0 && { distance: { value: distance, span: here } }),
          ...(columns.nextHopVrf[index] && { nextHopVrf: columns.nextHopVrf[index] }),
          ...(columns.blackhole[index] === 'true' && { drop: 'discard' as const }),
        },
        here,
      );
    }
  }
};

const metadata: Section = (device, entries, at) => {
  const host = entries.find(({ key }) => key === 'localhost');
  const name = textOf(host?.value, 'hostname');
  if (name) device.hostname ??= located(name, at);
};

/** Tables that only name an interface which other tables describe. */
const named: Section = (device, entries, at) => {
  for (const { key, span } of entries) interfaceOf(device, key, at(span));
};

const sections: Readonly<Record<string, Section>> = {
  PORT: ports,
  PORTCHANNEL: portChannels,
  PORTCHANNEL_MEMBER: portChannelMembers,
  LOOPBACK: named,
  INTERFACE: addresses,
  LOOPBACK_INTERFACE: addresses,
  PORTCHANNEL_INTERFACE: addresses,
  VLAN_INTERFACE: addresses,
  VLAN_SUB_INTERFACE: addresses,
  MGMT_INTERFACE: addresses,
  MGMT_PORT: ports,
  VLAN: vlans,
  VLAN_MEMBER: vlanMembers,
  VRF: vrfs,
  STATIC_ROUTE: staticRoutes,
  DEVICE_METADATA: metadata,
};

/** Tables that cannot change routes, sessions or forwarding. */
const harmless: ReadonlySet<string> = new Set([
  'VERSIONS', 'TELEMETRY', 'GNMI', 'CRM', 'FLEX_COUNTER_TABLE', 'FEATURE', 'KDUMP', 'COREDUMP', 'USER', 'ZTP', 'AUTO_TECHSUPPORT',
  'AUTO_TECHSUPPORT_FEATURE', 'NTP', 'NTP_SERVER', 'SYSLOG_SERVER', 'SYSLOG_CONFIG', 'SYSLOG_CONFIG_FEATURE', 'SNMP', 'SNMP_COMMUNITY',
  'LOGGER', 'CONSOLE_SWITCH', 'BANNER_MESSAGE', 'LLDP', 'LLDP_LOCAL', 'SFLOW', 'SFLOW_COLLECTOR', 'HARDWARE', 'PASSW_HARDENING', 'AAA',
]); // biome-ignore format: a list of names reads better packed

const deviceWide: ReadonlySet<string> = new Set([
  'DEVICE_NEIGHBOR',
  'DEVICE_NEIGHBOR_METADATA',
  'BREAKOUT_CFG',
  'CABLE_LENGTH',
]);

/** Reads config_db.json into the device; tables that are not modelled are listed, with their place in that file. */
export function readConfigDb(device: DeviceDraft, file: string, text: string): void {
  const at: At = (span) => ({ ...span, file });
  const root = readJson(text);
  if (root.kind !== 'object') {
    const reason = root.kind === 'problem' ? root.message : 'it holds no tables';
    device.notModelled.push({ span: at(root.span), text: `${file} is not read: ${reason}`, mayAffectRouting: true });
    return;
  }
  for (const { key, span, value } of root.members) {
    const section = Object.hasOwn(sections, key) ? sections[key] : undefined;
    if (section && value.kind === 'object') section(device, value.members, at);
    else if (!harmless.has(key) && !deviceWide.has(key))
      device.notModelled.push({ span: at(span), text: `config_db / ${key}`, mayAffectRouting: true });
  }
  // An SVI needs its VLAN, even where the VLAN table names none.
  for (const iface of device.interfaces.values()) if (iface.vlan !== undefined) vlanOf(device, iface.vlan, iface.span);
}
