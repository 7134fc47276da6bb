import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import { aaa } from '../shared/aaa.ts';
import { deviceSettings, keepSetting } from '../shared/hardening.ts';
import { harmless, services } from '../shared/harmless.ts';
import { keyChains } from '../shared/key-chains.ts';
import { snmp } from '../shared/snmp.ts';
import { monitoring, system, users } from '../shared/system.ts';
import { eosLines } from '../shared/terminal-lines.ts';

const row = rowsOf<DeviceDraft>();
const mode = modesOf<DeviceDraft>();

const own: readonly Entry[] = [
  row('daemon <name:word>', { doc: 'A program that runs on the device.', effect: 'none' }),
  mode(
    'event-handler <name:word>',
    { doc: 'A script that runs on an event, and may change anything.', enter: (device) => device },
    [],
  ),
  mode('event-monitor', { doc: 'Records of changes of tables.', effect: 'none', enter: (device) => device }, []),
  row('aaa authentication policy lockout failure <attempts:int> *[window <window:int>] *[duration <duration:int>]', {
    doc: 'No logins of a user for some time after so many failures.',
    effect: 'none',
    apply: (device, { attempts }, at) => keepSetting(device, 'login-attempts', String(attempts.value), at),
    undo: ({ management }) => {
      management.settings.delete('login-attempts');
    },
  }),
  mode('management security', { doc: 'Keys and rules for passwords.', effect: 'none', enter: (device) => device }, [
    ...deviceSettings({ 'password minimum length': ['password-minimum-length', 'Fewest characters of a password.'] }),
    row('<what:ssl|password|entropy|blocked|session|signature-verification|policy> <setting:rest>', {
      doc: 'Keys and rules for passwords.',
      effect: 'none',
    }),
  ]),
  mode('system control-plane', { doc: 'Packets to the device itself.', effect: 'none', enter: (device) => device }, [
    row('ip access-group <list:word> [vrf <vrf:word>] in', {
      doc: 'Filters packets to the device itself; routing protocols among them.',
      listed: true,
      refers: { list: 'access-list', vrf: 'vrf' },
      apply: (device, { list }, at) => keepSetting(device, 'control-plane-policy', list.value, at),
      undo: ({ management }) => {
        management.settings.delete('control-plane-policy');
      },
    }),
    row('<family:ip|ipv6> access-group <list:word> [<options:rest>]', {
      doc: 'Filters packets to the device itself; routing protocols among them.',
    }),
    row('tcp mss ceiling <sizes:rest>', { doc: 'Largest segments of TCP sessions of the device.', effect: 'none' }),
  ]),
  row('schedule <setting:rest>', { doc: 'A command that runs at times.' }),
];

const quiet = harmless({
  transceiver: 'Transceivers.',
  'system l1': 'What is done with speeds that a port does not have.',
  agent: 'Programs of the system.',
  'spanning-tree': 'Spanning tree; layer 2 is taken as loop-free.',
  errdisable: 'Ports that are shut after an error.',
  lldp: 'Link Layer Discovery Protocol.',
  'queue-monitor': 'Watching of queues.',
  'load-interval': 'How rates are averaged.',
  terminal: 'Screen of the user.',
  alias: 'A short name for a command.',
  prompt: 'What stands in front of the cursor.',
  clock: 'Time zone.',
  sflow: 'Samples of packets.',
  monitor: 'Mirroring of ports.',
  'tap aggregation': 'Mirroring of ports.',
  'flow tracking': 'Accounting of flows.',
  'vlan internal': 'VLANs that the device uses itself.',
  'hardware counter': 'Counters in hardware.',
  'hardware tcam': 'Sharing of tables in hardware.',
  'hardware port-group': 'Ports that share hardware.',
  'hardware speed-group': 'Ports that share a clock.',
  platform: 'Settings of the hardware.',
  boot: 'What the device boots.',
  'service running-config': 'Times in the configuration.',
  'service configuration': 'How the configuration is entered.',
  'service unsupported-transceiver': 'Transceivers of other vendors are accepted.',
  'service interface inactive': 'Interfaces that are kept although they are absent.',
  'ip ssh': 'Secure shell.',
  'ip host': 'A name that is resolved here.',
  'ip domain': 'How names are resolved.',
  'ip tftp': 'File transfers.',
  'ip ftp': 'File transfers.',
  'ip http': 'Web client of the device.',
  'ip ntp': 'Time.',
  'ip icmp': 'ICMP messages of the device.',
  'ip igmp snooping': 'Multicast on VLANs.',
  'ip dhcp': 'DHCP relay and snooping.',
  dns: 'How names are resolved.',
  bfd: 'Timers of bidirectional forwarding detection.',
  cvx: 'Service for controllers.',
  'mac address-table aging-time': 'How long addresses are remembered.',
  'mac address-table notification': 'What is logged of addresses.',
  ptp: 'Precision time.',
  dot1x: 'Who may use a port.',
  environment: 'Temperature.',
  email: 'Mail.',
  'link-flap': 'Ports that go up and down.',
  'logging-format': 'How messages look.',
  'switch forwarding-mode': 'How packets are switched.',
  'port-channel load-balance': 'Which member of a port channel a packet takes.',
  qos: 'Quality of service.',
  'arp aging': 'How long neighbours are remembered.',
  'arp cache': 'How many neighbours are remembered.',
  tracers: 'Watching of the system.',
  'locator-led': 'A light.',
});

const switches = services({
  'lldp run': ['lldp', 'Link Layer Discovery Protocol.'],
  'ip domain lookup': ['domain-lookup', 'Names are resolved.'],
});

/** Management of EOS: what keeps the device reachable, and what cannot change its routes. */
export const eosManagement: readonly Entry[] = [
  ...system,
  ...users,
  ...aaa,
  ...snmp,
  ...monitoring,
  ...eosLines,
  ...keyChains,
  ...switches,
  ...own,
  ...quiet,
];
