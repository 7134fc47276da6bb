import { type Entry, modesOf, nothing, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import { aaa } from '../shared/aaa.ts';
import { deviceSettings, keepSetting } from '../shared/hardening.ts';
import { harmless, services } from '../shared/harmless.ts';
import { keyChains } from '../shared/key-chains.ts';
import { snmp } from '../shared/snmp.ts';
import { keepSecret, SECRET_TYPE } from '../shared/stored-secret.ts';
import { monitoring, system } from '../shared/system.ts';
import { nxosLines } from '../shared/terminal-lines.ts';

const row = rowsOf<DeviceDraft>();
const mode = modesOf<DeviceDraft>();

/** Privilege 0-15 that a predefined role stands for ("User Accounts and RBAC"). */
const privileges: Readonly<Record<string, number>> = {
  'network-admin': 15,
  'vdc-admin': 15,
  'network-operator': 1,
  'vdc-operator': 1,
};

const users: readonly Entry[] = [
  row(
    `username <name:word> *[password [<type:${SECRET_TYPE}>] <text:word>] *[role <role:word>] *[priv-lvl <level:int>] *[expire <date:word>]`,
    {
      doc: 'A user of the device, with a password and a role.',
      effect: 'none',
      defines: { name: 'user' },
      apply: ({ management }, { name, type, text, role, level }, at) => {
        const secret = text && keepSecret(at, `password of user ${name.value}`, text, type?.value);
        const known = management.users.find((user) => user.name === name.value);
        const privilege = level?.value ?? (role && (privileges[role.value] ?? /^priv-(\d+)$/.exec(role.value)?.[1]));
        management.users = management.users.filter((user) => user !== known);
        management.users.push({
          ...known,
          name: name.value,
          ...(privilege !== undefined && { privilege: Math.max(known?.privilege ?? 0, Number(privilege)) }),
          ...(secret && { secret: secret.value }),
          span: at.span,
        });
      },
      undo: ({ management }, { name }) => {
        management.users = management.users.filter((user) => user.name !== name?.value);
      },
    },
  ),
  row('username <name:word> <option:sshkey|keypair|ssh-cert-dn|passphrase|shelltype> <rest:rest>', {
    doc: 'A further property of a user.',
    effect: 'none',
  }),
  row(`enable secret [<type:${SECRET_TYPE}>] <text:word> [<options:words>]`, {
    doc: 'Secret that gives all privileges.',
    effect: 'none',
    apply: ({ management }, { type, text }, at) => {
      management.enableSecret = keepSecret(at, 'enable secret', text, type?.value);
    },
    undo: ({ management }) => {
      delete management.enableSecret;
    },
  }),
];

const own: readonly Entry[] = [
  row('version <version:word> [<bios:rest>]', {
    doc: 'Version of the software that wrote the configuration.',
    effect: 'none',
    apply: (device, { version }) => {
      device.softwareVersion = version;
    },
  }),
  row('switchname <name:word>', {
    doc: 'Name of the device.',
    effect: 'none',
    apply: (device, { name }) => {
      device.hostname = name;
    },
    undo: (device) => {
      delete device.hostname;
    },
  }),
  row(
    'snmp-server user <name:word> [<group:word>] auth <auth:md5|sha|sha-224|sha-256|sha-384|sha-512> <authKey:word> *[priv [aes-128] <privKey:word>] *[<localized:localizedkey|localizedV2key>] *[engineID <engine:word>]',
    {
      doc: 'A user of SNMP version 3, with its keys for authentication and privacy.',
      effect: 'none',
      apply: ({ management }, { name, auth, authKey, privKey, localized }, at) => {
        management.snmpUsers = management.snmpUsers.filter((user) => user.name !== name.value);
        management.snmpUsers.push({
          name: name.value,
          auth: auth.value,
          ...(privKey && { priv: 'aes-128' }),
          span: at.span,
        });
        // A localized key (RFC 3414) is derived from the password and cannot be turned back.
        for (const key of [authKey, privKey])
          if (key) keepSecret(at, `key of SNMP user ${name.value}`, key, localized ? '9' : undefined);
      },
      undo: ({ management }, { name }) => {
        management.snmpUsers = management.snmpUsers.filter((user) => user.name !== name?.value);
      },
    },
  ),
  row('snmp-server community <name:word> group <group:word>', {
    doc: 'A community: a password in clear text, with the rights of a role.',
    effect: 'none',
    apply: ({ management }, { name, group }, { span }) => {
      management.snmpCommunities = management.snmpCommunities.filter((community) => community.name !== name.value);
      const access = group.value === 'network-admin' || group.value === 'vdc-admin' ? 'rw' : 'ro';
      management.snmpCommunities.push({ name: name.value, access, span });
    },
    undo: ({ management }, { name }) => {
      management.snmpCommunities = management.snmpCommunities.filter((community) => community.name !== name?.value);
    },
  }),
  row('snmp-server community <name:word> <kind:use-acl|use-ipv4acl> <list:word>', {
    doc: 'Who may use the community.',
    effect: 'none',
    refers: { list: 'access-list' },
    apply: ({ management }, { name, list }) => {
      management.snmpCommunities = management.snmpCommunities.map((community) =>
        community.name === name.value ? { ...community, accessList: list } : community,
      );
    },
  }),
  ...(['server', 'peer'] as const).map((kind) =>
    row(
      `ntp ${kind} <address:word> *[prefer] *[use-vrf <vrf:word>] *[key <key:word>] *[minpoll <low:int>] *[maxpoll <high:int>]`,
      {
        doc: 'A server that the clock follows.',
        effect: 'none',
        refers: { vrf: 'vrf' },
        apply: ({ management }, { address, key }, { span }) => {
          management.ntpServers.push({ address: address.value, ...(key && { key: key.value }), span });
        },
        undo: ({ management }, { address }) => {
          management.ntpServers = management.ntpServers.filter((server) => server.address !== address?.value);
        },
      },
    ),
  ),
  row('logging server <address:word> [<options:rest>]', {
    doc: 'A server that log messages are sent to.',
    effect: 'none',
    apply: ({ management }, { address }, { span }) => {
      management.loggingHosts.push({ address: address.value, span });
    },
    undo: ({ management }, { address }) => {
      management.loggingHosts = management.loggingHosts.filter((host) => host.address !== address?.value);
    },
  }),
  row('ip name-server <servers:names> use-vrf <vrf:word>', {
    doc: 'Servers that resolve names.',
    effect: 'none',
    refers: { vrf: 'vrf' },
    apply: (device, { servers }) => {
      device.management.nameServers.push(...servers.value.map((value) => ({ value, span: servers.span })));
    },
  }),
  mode('role name <name:word>', { doc: 'What users of the role may do.', effect: 'none', enter: (device) => device }, [
    row('<what:rule|description|policy> <options:rest>', {
      doc: 'What users of the role may do.',
      effect: 'none',
    }),
    row('vlan policy deny', { doc: 'Users of the role may use certain VLANs alone.', effect: 'none' }),
    row('interface policy deny', { doc: 'Users of the role may use certain ports alone.', effect: 'none' }),
  ]),
  mode('vdc <name:word> [<options:words>]', { doc: 'A virtual device.', effect: 'none', enter: (device) => device }, [
    row('<what:limit-resource|allow|cpu-share|boot-order|ha-policy|template> <options:rest>', {
      doc: 'What the virtual device may use.',
      effect: 'none',
    }),
    row('allocate interface <ports:rest>', { doc: 'Ports of the virtual device.', effect: 'none' }),
  ]),
  mode(
    'aaa group server <kind:radius|tacacs+|ldap> <name:word>',
    {
      doc: 'Servers that are asked together.',
      effect: 'none',
      enter: (device) => device,
    },
    [
      row('server <address:word>', { doc: 'A server of the group.', effect: 'none' }),
      row('<what:use-vrf|source-interface|deadtime> <options:words>', {
        doc: 'How the servers are asked.',
        effect: 'none',
      }),
    ],
  ),
  mode(
    'control-plane [<options:words>]',
    { doc: 'Policy for packets to the device itself.', enter: (device) => device },
    [
      row('service-policy input <policy:word>', {
        doc: 'Policy for packets to the device itself.',
        listed: true,
        refers: { policy: 'policy-map' },
        apply: (device, { policy }, at) => keepSetting(device, 'control-plane-policy', policy.value, at),
        undo: ({ management }) => {
          management.settings.delete('control-plane-policy');
        },
      }),
      row('scale-factor <value:words>', { doc: 'How much each module gets.', effect: 'none' }),
    ],
  ),
  mode('vlan configuration <vlans:word>', { doc: 'Settings of VLANs.', enter: (device) => device }, []),
  mode('vpc domain <id:int>', { doc: 'Two switches that share port-channels.', enter: (device) => device }, []),
  mode('evpn', { doc: 'EVPN of layer-2 segments.', enter: (device) => device }, [
    mode('vni <vni:int> l2', { doc: 'EVPN of a layer-2 segment.', enter: (device) => device }, [
      row('rd <rd:word>', { doc: 'Route distinguisher of the segment.' }),
      row('route-target <direction:import|export|both> <target:word>', { doc: 'Route targets of the segment.' }),
    ]),
    row('<what:multisite|esi|ethernet-segment> [<options:words>]', { doc: 'Further settings of EVPN.' }),
  ]),
  ...deviceSettings({
    'ssh ciphers': ['ssh-ciphers', 'Ciphers that are offered.'],
    'ssh macs': ['ssh-macs', 'Checksums that are offered.'],
    'ssh login-attempts': ['login-attempts', 'Failed logins after which the session ends.'],
    'userpassphrase min-length': ['password-minimum-length', 'Fewest characters of a password.'],
    'copp profile': ['control-plane-policy', 'Limits of packets to the device itself.'],
    'logging logfile': ['logging-file', 'File that keeps messages, with its level and size.'],
  }),
  row('nv overlay evpn', { doc: 'Switches EVPN on.' }),
  row('fabric forwarding <options:words>', { doc: 'Gateways that are the same on every leaf of the fabric.' }),
  row('ip <protocol:pim|igmp|multicast|msdp|mroute> [<options:words>]', { doc: 'Multicast; not modelled.' }),
  row('ipv6 <protocol:pim|mld|mroute> [<options:words>]', { doc: 'Multicast; not modelled.' }),
  row('ip load-sharing <options:words>', { doc: 'Which of equal paths a packet takes.', effect: 'none' }),
  row('ip sla <options:words>', { doc: 'A probe; static routes and redundancy groups may depend on it.' }),
  row('event manager <options:words>', { doc: 'A script that runs on an event, and may change anything.' }),
  row('crypto <setting:rest>', { doc: 'Certificates and the authorities that they come from.', effect: 'none' }),
  row('ipv6 switch-packets lla', { doc: 'Forwards packets to link-local addresses.', effect: 'none' }),
  row('system routing <options:words>', { doc: 'How much of the hardware routes may use.', effect: 'none' }),
  row('system jumbomtu <bytes:int>', { doc: 'Largest frame of layer-2 ports.', effect: 'none' }),
  row('system vlan <options:words>', { doc: 'VLANs that the device uses itself.' }),
  row('system <what:nve|fabric|admin-vdc|dot1q-tunnel> <options:words>', { doc: 'Settings of the whole device.' }),
  row('feature-set <name:words>', { doc: 'Installs a set of features.' }),
];

const quiet = harmless({
  'boot nxos': 'Software that the device boots.',
  'boot kickstart': 'Software that the device boots.',
  'boot system': 'Software that the device boots.',
  'boot poap': 'Set-up at first start.',
  rmon: 'Thresholds that are watched.',
  userpassphrase: 'Rules for passwords.',
  'hardware access-list': 'Space for access-lists in the hardware.',
  'hardware profile': 'How tables of the hardware are divided.',
  'hardware qos': 'Queues of the hardware.',
  hardware: 'Settings of the hardware.',
  'mac address-table aging-time': 'How long addresses are remembered.',
  'mac address-table notification': 'Messages about addresses.',
  license: 'Licences.',
  'install feature-set': 'Installs a set of features.',
  'cli alias': 'A short name for a command.',
  'cli var': 'A variable of the command line.',
  clock: 'Time zone.',
  cfs: 'Distribution of settings among switches.',
  callhome: 'Reports to the vendor.',
  'power redundancy-mode': 'Power supplies.',
  'power supply': 'Power supplies.',
  poweroff: 'Modules that are switched off.',
  diagnostic: 'Tests at start.',
  errdisable: 'Ports that are shut after an error.',
  'spanning-tree': 'Spanning tree; layer 2 is taken as loop-free.',
  cdp: 'Cisco Discovery Protocol.',
  lldp: 'Link Layer Discovery Protocol.',
  udld: 'Detection of links that work in one direction only.',
  lacp: 'Priorities of link aggregation.',
  'monitor session': 'Mirroring of ports.',
  flow: 'Accounting of flows.',
  sflow: 'Traffic samples.',
  telemetry: 'Measurements that are sent to a collector.',
  nxapi: 'Interface for programs.',
  grpc: 'Interface for programs.',
  netconf: 'Interface for programs.',
  restconf: 'Interface for programs.',
  ssh: 'Secure shell.',
  'ip ssh': 'Secure shell.',
  'ip tftp': 'File transfers.',
  'ip ftp': 'File transfers.',
  'ip host': 'A name that is resolved here.',
  'ip domain-list': 'Domains of names that have none.',
  'ip arp': 'ARP entries and timers.',
  'ip tcp': 'TCP of the device itself.',
  'ip telnet': 'Telnet from the device.',
  'ip igmp snooping': 'Multicast on VLANs.',
  'ip dhcp': 'Addresses that are lent to hosts.',
  'ip flow-export': 'Accounting of flows.',
  'ip adjacency': 'How the hardware keeps neighbours.',
  'qos statistics': 'Counters of queues.',
  ngoam: 'Fault-finding in fabrics.',
  icam: 'Watches the use of the hardware.',
  'service unsupported-transceiver': 'Transceivers of other vendors are accepted.',
  'service dhcp': 'DHCP server and relay.',
  'tacacs-server directed-request': 'Users may choose their server.',
  'terminal width': 'Columns of the screen.',
  'xml server': 'Interface for programs.',
  guestshell: 'Linux on the device.',
  scheduler: 'Commands that run at certain times.',
  'logging event': 'Log messages of ports.',
  'system login': 'Delays and logs of logins.',
  'system cores': 'What is kept after a crash.',
  'system memory-thresholds': 'Warnings about memory.',
  'system interface': 'Counters of ports.',
  fips: 'Cryptography by FIPS.',
  'no-more': 'Display of long outputs.',
});

const switches = services({
  'ip domain-lookup': ['domain-lookup', 'Names are resolved.'],
  'password strength-check': ['password-strength-check', 'Weak passwords are refused.'],
  'feature dhcp': ['dhcp', 'DHCP relay and server.'],
  'feature wccp': ['wccp', 'Redirection to web caches.'],
  'ip source-route': ['source-route', 'Packets may say by which way they go.'],
  'feature telnet': ['telnet', 'Telnet to the device.'],
  'feature ssh': ['ssh', 'Secure shell to the device.'],
  'feature nxapi': ['http-api', 'Interface for programs over HTTP.'],
  'feature scp-server': ['scp', 'Secure file transfers to the device.'],
  'feature sftp-server': ['sftp', 'Secure file transfers to the device.'],
  'feature lldp': ['lldp', 'Link Layer Discovery Protocol.'],
  'cdp enable': ['cdp', 'Cisco Discovery Protocol.'],
});

/**
 * Features that give a group of commands. Without its feature a protocol's lines are not taken by the device; that is
 * noted when the device is complete.
 */
const features: readonly Entry[] = [
  row(
    'feature <name:bgp|ospf|ospfv3|eigrp|isis|rip|hsrp|vrrp|vrrpv3|interface-vlan|pbr|vpc|nv|fabric|vn-segment-vlan-based|bfd|pim|lacp> [<more:words>]',
    {
      doc: 'Switches a group of commands on; the negative form removes all that they configured.',
      apply: (device, { name }, { span }) => {
        device.features ??= new Map();
        device.features.set(name.value, span);
      },
      undo: (device, { name }) => {
        if (!name) return;
        device.features?.delete(name.value);
        removeConfigured(device, name.value);
      },
    },
  ),
  row('feature <name:words>', { doc: 'Switches a group of commands on.', effect: 'none', undo: nothing }),
];

/** What goes with a feature. */
function removeConfigured(device: DeviceDraft, feature: string): void {
  if (feature === 'bgp') device.bgp = [];
  else if (feature === 'ospf') device.ospf = device.ospf.filter((process) => process.version !== 2);
  else if (feature === 'ospfv3') device.ospf = device.ospf.filter((process) => process.version !== 3);
  else if (feature === 'eigrp') device.eigrp = [];
  else if (feature === 'isis') device.isis = [];
  else if (feature === 'rip') device.rip = [];
  else if (feature === 'interface-vlan') {
    for (const [name, iface] of device.interfaces) if (iface.kind === 'vlan') device.interfaces.delete(name);
  }
}

/** Notes protocols whose feature is not on; a text without any feature is a part of a configuration and says nothing. */
export function finishFeatures(device: DeviceDraft): void {
  const { features: on } = device;
  if (!on || on.size === 0) return;
  const need = (
    feature: string,
    what: string,
    place: { readonly span: DeviceDraft['bgp'][number]['span'] } | undefined,
  ) => {
    if (place && !on.has(feature))
      device.notModelled.push({
        span: place.span,
        text: `${what}: the device does not take these lines without "feature ${feature}"`,
        mayAffectRouting: true,
      });
  };
  need('bgp', 'router bgp', device.bgp[0]);
  need(
    'ospf',
    'router ospf',
    device.ospf.find((process) => process.version === 2),
  );
  need(
    'ospfv3',
    'router ospfv3',
    device.ospf.find((process) => process.version === 3),
  );
  need('eigrp', 'router eigrp', device.eigrp[0]);
  need('isis', 'router isis', device.isis[0]);
  need('rip', 'router rip', device.rip[0]);
  need(
    'interface-vlan',
    'interface Vlan',
    [...device.interfaces.values()].find((iface) => iface.kind === 'vlan' && iface.addresses.length > 0),
  );
}

/** Management of NX-OS: what keeps the device reachable, and what cannot change its routes. */
export const nxosManagement: readonly Entry[] = [
  ...own,
  ...users,
  ...switches,
  ...features,
  ...nxosLines,
  ...keyChains,
  ...system,
  ...aaa.filter(({ pattern }) => !/^aaa group server/.test(pattern)),
  ...snmp,
  ...monitoring.filter(({ pattern }) => !/^ntp (server|peer)/.test(pattern)),
  ...quiet,
];
