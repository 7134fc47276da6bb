import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import { aaa } from '../shared/aaa.ts';
import { deviceSettings, keepSetting } from '../shared/hardening.ts';
import { harmless, services } from '../shared/harmless.ts';
import { keyChains } from '../shared/key-chains.ts';
import { snmp } from '../shared/snmp.ts';
import { keepSecret, keepSharedKey } from '../shared/stored-secret.ts';
import { monitoring, system, users } from '../shared/system.ts';
import { iosLines } from '../shared/terminal-lines.ts';
import { iosProbes } from '../shared/tracks.ts';

const row = rowsOf<DeviceDraft>();
const mode = modesOf<DeviceDraft>();

const own: readonly Entry[] = [
  row('version <version:word>', {
    doc: 'Version of the software that wrote the configuration.',
    effect: 'none',
    apply: (device, { version }) => {
      device.softwareVersion = version;
    },
  }),
  row('ip ftp password [<type:0|7>] <text:word>', {
    doc: 'Password for file transfers.',
    effect: 'none',
    apply: (_device, { type, text }, at) => {
      keepSecret(at, 'password for FTP', text, type?.value);
    },
  }),
  row('crypto isakmp key [<type:0|6>] <text:word> address [ipv6] <peer:word> [<mask:rest>]', {
    doc: 'Key that is shared with the other end of a tunnel.',
    apply: (_device, { type, text }, at) =>
      keepSharedKey(at, 'pre-shared key of a tunnel', text, type?.value, 'crypto isakmp key'),
  }),
  mode(
    'crypto keyring <name:word> [vrf <vrf:word>]',
    { doc: 'Keys that are shared with the other ends of tunnels.', enter: (_device, { name }) => name.value },
    [
      rowsOf<string>()('pre-shared-key address <peer:ip> [<mask:ip>] key [<type:0|6>] <text:rest>', {
        doc: 'Key that is shared with the other end of a tunnel.',
        apply: (name, { type, text, peer }, at) =>
          keepSharedKey(
            at,
            `pre-shared key of ${peer.value}`,
            text,
            type?.value,
            `crypto keyring ${name} / pre-shared-key`,
          ),
      }),
      rowsOf<string>()('local-address <address:word> [<vrf:word>]', { doc: 'Local end for which the keys are.' }),
    ],
  ),
  row('crypto pki <setting:rest>', { doc: 'Certificates and the authorities that they come from.', effect: 'none' }),
  row('crypto key <setting:rest>', { doc: 'Keys of this device.', effect: 'none' }),
  mode(
    'control-plane [<part:word>]',
    { doc: 'Policy for packets to the device itself, routing protocols among them.', enter: (device) => device },
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
    ],
  ),
  ...iosProbes,
  row('ip sla <setting:rest>', { doc: 'A probe; static routes and redundancy groups may depend on it.' }),
  row('event manager <setting:rest>', { doc: 'A script that runs on an event, and may change anything.' }),
  row('snmp mib <setting:rest>', { doc: 'How the device is watched by SNMP.', effect: 'none' }),
  row('password encryption aes', { doc: 'Keys are stored encrypted (type 6).', effect: 'none' }),
  mode(
    'aaa common-criteria policy <name:word>',
    { doc: 'Rules for passwords.', effect: 'none', enter: (device) => device },
    [
      ...deviceSettings({
        'min-length': ['password-minimum-length', 'Fewest characters of a password.'],
        'upper-case': ['password-uppercase', 'Fewest capital letters of a password.'],
        'lower-case': ['password-lowercase', 'Fewest small letters of a password.'],
        'numeric-count': ['password-digits', 'Fewest digits of a password.'],
        'special-case': ['password-special', 'Fewest special characters of a password.'],
      }),
      row('<what:char-changes|max-length|lifetime|char-repetition|copy> [<options:rest>]', {
        doc: 'Further rules for passwords.',
        effect: 'none',
      }),
    ],
  ),
  row('security passwords min-length <length:int>', {
    doc: 'Fewest characters of a password.',
    effect: 'none',
    apply: (device, { length }, at) => keepSetting(device, 'password-minimum-length', String(length.value), at),
  }),
  row('login block-for <seconds:int> attempts <attempts:int> within <window:int>', {
    doc: 'No logins for some time after so many failures.',
    effect: 'none',
    apply: (device, { attempts }, at) => keepSetting(device, 'login-attempts', String(attempts.value), at),
    undo: ({ management }) => {
      management.settings.delete('login-attempts');
    },
  }),
  mode('archive', { doc: 'Stored configurations.', effect: 'none', enter: (device) => device }, [
    mode('log config', { doc: 'A log of the commands that are given.', effect: 'none', enter: (device) => device }, [
      ...services({ 'logging enable': ['log-commands', 'Commands that change the configuration are logged.'] }),
      row('<what:hidekeys|logging|notify|record> [<options:rest>]', {
        doc: 'How commands are logged.',
        effect: 'none',
      }),
    ]),
    row('<what:path|maximum|time-period|write-memory|rollback> [<options:rest>]', {
      doc: 'Where configurations are stored.',
      effect: 'none',
    }),
  ]),
  ...deviceSettings({
    'ip ssh version': ['ssh-version', 'Version of secure shell.'],
    'ip ssh server algorithm encryption': ['ssh-ciphers', 'Ciphers that are offered.'],
    'ip ssh server algorithm mac': ['ssh-macs', 'Checksums that are offered.'],
    'ip options': ['ip-options', 'What is done with packets that have IP options.'],
    'ip http max-connections': ['session-limit', 'Most sessions of the web server.'],
    'ipv6 hop-limit': ['ipv6-hop-limit', 'Hop limit that router advertisements give.'],
  }),
  row('alias <setting:rest>', { doc: 'A short name for a command.', effect: 'none' }),
];

const quiet = harmless({
  'Building configuration...': 'First line of a captured configuration.',
  'Current configuration': 'Size of a captured configuration.',
  Using: 'Size of a captured configuration.',
  'boot-start-marker': 'Start of what the device boots from.',
  'boot-end-marker': 'End of what the device boots from.',
  'boot system': 'Software that the device boots.',
  'service timestamps': 'Times in messages.',
  'service sequence-numbers': 'Numbers in messages.',
  'call-home': 'Reports to the vendor.',
  'service compress-config': 'How the configuration is stored.',
  'service unsupported-transceiver': 'Transceivers of other vendors are accepted.',
  'multilink bundle-name': 'Names of multilink bundles.',
  'ip forward-protocol': 'Broadcasts that are passed on to helper addresses.',
  'ip tcp': 'TCP of the device itself.',
  'ip icmp rate-limit': 'How often the device sends ICMP messages.',
  'ip cef distributed': 'How packets are switched.',
  'ip cef load-sharing': 'How packets are switched.',
  'ip cef accounting': 'What is counted.',
  'ipv6 cef distributed': 'How packets are switched.',
  'ip tftp': 'File transfers.',
  'ip ftp': 'File transfers.',
  'ip scp': 'File transfers.',
  'ip ssh': 'Secure shell.',
  'ip http': 'Web server of the device.',
  'ip host': 'A name that is resolved here.',
  'ip domain': 'How names are resolved.',
  'ip dhcp': 'Addresses that are lent to hosts.',
  'ipv6 ioam': 'Marks in packets.',
  'ip nbar': 'Recognition of applications.',
  'ip audit': 'Intrusion detection.',
  'ip device tracking': 'Hosts that are seen.',
  'ip igmp snooping': 'Multicast on VLANs.',
  license: 'Licences.',
  mmi: 'Memory of the management interface.',
  subscriber: 'Subscriber sessions.',
  'virtual-service': 'Virtual machines on the device.',
  platform: 'Settings of the hardware.',
  diagnostic: 'Tests at start.',
  redundancy: 'Redundant processors.',
  scheduler: 'Sharing of the processor.',
  memory: 'Use of memory.',
  process: 'Watching of processes.',
  'hw-module': 'Modules.',
  card: 'Modules.',
  clock: 'Time zone.',
  cdp: 'Cisco Discovery Protocol.',
  lldp: 'Link Layer Discovery Protocol.',
  vtp: 'Distribution of VLANs.',
  'spanning-tree': 'Spanning tree; layer 2 is taken as loop-free.',
  errdisable: 'Ports that are shut after an error.',
  'vlan internal': 'VLANs that the device uses itself.',
  'vlan accounting': 'Counters of VLANs.',
  login: 'Delays and logs of logins.',
  security: 'Rules for passwords.',
  privilege: 'Which commands a privilege allows.',
  parser: 'How commands are read.',
  file: 'File system.',
  exception: 'What is kept after a crash.',
  'monitor session': 'Mirroring of ports.',
  flow: 'Accounting of flows.',
  'netflow-lite': 'Accounting of flows.',
  'ip flow-export': 'Accounting of flows.',
  transceiver: 'Transceivers.',
  nmsp: 'Location services.',
  dot11: 'Wireless.',
  'voice-card': 'Voice.',
  voice: 'Voice.',
  'ccm-manager': 'Voice.',
  mgcp: 'Voice.',
  gatekeeper: 'Voice.',
  macro: 'A stored list of commands.',
  module: 'Modules.',
  'mac address-table aging-time': 'How long addresses are remembered.',
  'mls qos': 'Quality of service.',
  power: 'Power supplies.',
  qos: 'Quality of service.',
  'stack-power': 'Power of a stack.',
  switch: 'Members of a stack.',
});

const switches = services({
  'ip http server': ['http', 'Web server without encryption.'],
  'ip http secure-server': ['https', 'Web server with encryption.'],
  'service password-encryption': [
    'password-encryption',
    'Passwords are obfuscated (type 7) when the configuration is shown.',
  ],
  'service pad': ['pad', 'X.25 assembler.'],
  'service finger': ['finger', 'Tells who is logged in.'],
  'ip finger': ['finger', 'Tells who is logged in.'],
  'service tcp-small-servers': ['tcp-small-servers', 'Echo, chargen, discard and daytime over TCP.'],
  'service udp-small-servers': ['udp-small-servers', 'Echo, chargen, discard and daytime over UDP.'],
  'service config': ['config', 'Loads its configuration from the network.'],
  'service dhcp': ['dhcp', 'DHCP server and relay.'],
  'service tcp-keepalives-in': ['tcp-keepalives-in', 'Finds incoming sessions that are dead.'],
  'service tcp-keepalives-out': ['tcp-keepalives-out', 'Finds outgoing sessions that are dead.'],
  'ipv6 source-route': ['ipv6-source-route', 'IPv6 packets may say by which way they go.'],
  'ip source-route': ['source-route', 'Packets may say by which way they go.'],
  'ip bootp server': ['bootp', 'BOOTP server.'],
  'ip gratuitous-arps': ['gratuitous-arps', 'Sends ARP answers that nobody asked for.'],
  'ip domain lookup': ['domain-lookup', 'Names are resolved.'],
  'ip domain-lookup': ['domain-lookup', 'Names are resolved.'],
  'ip scp server enable': ['scp', 'Secure file transfers to the device.'],
  'ip cef': ['cef', 'Packets are forwarded by a table that is made beforehand.'],
  'ipv6 cef': ['ipv6-cef', 'IPv6 packets are forwarded by a table that is made beforehand.'],
  'service call-home': ['call-home', 'Reports to the vendor.'],
  'ip rcmd rsh-enable': ['rsh', 'Remote shell without encryption.'],
  'ip rcmd rcp-enable': ['rcp', 'Remote copies without encryption.'],
  'ip dns server': ['dns-server', 'Answers requests for names.'],
  'ip identd': ['identd', 'Tells who uses a connection.'],
  'boot network': ['boot-network', 'Loads its configuration from the network.'],
  'login on-failure log [<options:rest>]': ['log-failed-logins', 'Failed logins are logged.'],
  'login on-success log [<options:rest>]': ['log-logins', 'Logins are logged.'],
  'logging userinfo': ['log-privileges', 'It is logged when a user takes more privileges.'],
  'service timestamps log datetime [<options:rest>]': ['log-timestamps', 'Messages have their time.'],
  'cdp run': ['cdp', 'Cisco Discovery Protocol.'],
  'lldp run': ['lldp', 'Link Layer Discovery Protocol.'],
});

/** Management of Cisco IOS and IOS-XE: what keeps the device reachable, and what cannot change its routes. */
export const iosManagement: readonly Entry[] = [
  ...system,
  ...users,
  ...aaa,
  ...snmp,
  ...monitoring,
  ...iosLines,
  ...keyChains,
  ...switches,
  ...own,
  ...quiet,
];
