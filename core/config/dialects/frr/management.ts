import { type Entry, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import { harmless } from '../shared/harmless.ts';
import { keyChains } from '../shared/key-chains.ts';
import { keepSecret } from '../shared/stored-secret.ts';
import { system } from '../shared/system.ts';
import { frrLines } from '../shared/terminal-lines.ts';

const row = rowsOf<DeviceDraft>();

const own: readonly Entry[] = [
  row('frr version <version:word>', {
    doc: 'Version that wrote the configuration; defaults are those of this version.',
    apply: (device, { version }) => {
      device.softwareVersion = version;
    },
  }),
  row('password [<type:8>] <text:word>', {
    doc: 'Password of the terminal of each daemon; 8 marks a hash.',
    effect: 'none',
    apply: (_device, { type, text }, at) => {
      keepSecret(at, 'password of the terminal', text, type?.value);
    },
  }),
  row('enable password [<type:8>] <text:word>', {
    doc: 'Password for all privileges on the terminal of each daemon; 8 marks a hash.',
    effect: 'none',
    apply: ({ management }, { type, text }, at) => {
      management.enableSecret = keepSecret(at, 'enable password', text, type?.value);
    },
    undo: ({ management }) => {
      delete management.enableSecret;
    },
  }),
  row('banner motd <kind:line|file|default> [<text:rest>]', {
    doc: 'Text that is shown to users of the terminal.',
    effect: 'none',
    apply: (device, { text }, { span }) => {
      device.management.banners.push({ kind: 'motd', text: text?.value ?? '', span });
    },
  }),
];

const quiet = harmless({
  log: 'What is logged and where.',
  debug: 'What is logged in detail.',
  'service integrated-vtysh-config': 'All daemons are configured by one file.',
  'service password-encryption': 'Passwords are stored as hashes.',
  'service advanced-vty': 'Users of the terminal start with all privileges.',
  'service terminal-length': 'Lines of the screen.',
  username: 'A user of the common terminal.',
  domainname: 'Domain of the device.',
  agentx: 'SNMP by an agent of the host.',
  'zebra nexthop-group keep': 'How long next-hop groups are kept.',
  bfd: 'Timers of bidirectional forwarding detection.',
});

/** Management of FRR: what keeps the device reachable, and what cannot change its routes. */
export const frrManagement: readonly Entry[] = [...own, ...system, ...frrLines, ...keyChains, ...quiet];
