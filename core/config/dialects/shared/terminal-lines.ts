import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { TerminalLine } from '../../device/management.ts';
import type { Span } from '../../span.ts';
import { keepSetting } from './hardening.ts';
import { keepSecret, off, on, SECRET_TYPE } from './stored-secret.ts';

const row = rowsOf<TerminalLine>();
const mode = modesOf<DeviceDraft>();

function lineOf(device: DeviceDraft, name: string, span: Span): TerminalLine {
  const known = device.management.lines.find((line) => line.name === name);
  if (known) return known;
  const line: TerminalLine = { name, span };
  device.management.lines.push(line);
  return line;
}

const note = (words: string, doc: string): readonly Entry[] => [
  row(words, { doc, effect: 'none' }),
  row(`${words} <text:rest>`, { doc, effect: 'none' }),
];

const settings: readonly Entry[] = [
  row('access-class <list:word> in [<options:rest>]', {
    doc: 'Access-list for connections to the line.',
    effect: 'none',
    refers: { list: 'access-list' },
    apply: (line, { list }) => {
      line.accessClassIn = list;
    },
    undo: (line) => {
      delete line.accessClassIn;
    },
  }),
  row('access-class <list:word> out [<options:rest>]', {
    doc: 'Access-list for connections from the line.',
    effect: 'none',
    refers: { list: 'access-list' },
    apply: (line, { list }) => {
      line.accessClassOut = list;
    },
    undo: (line) => {
      delete line.accessClassOut;
    },
  }),
  row('ipv6 access-class <list:word> <direction:in|out>', {
    doc: 'IPv6 access-list for connections to or from the line.',
    effect: 'none',
    refers: { list: 'ipv6-access-list' },
  }),
  row('transport input <protocols:names>', {
    doc: 'Protocols by which the line may be reached: ssh, telnet, all, none.',
    effect: 'none',
    apply: (line, { protocols }) => {
      line.transportInput = protocols;
    },
    undo: (line) => {
      delete line.transportInput;
    },
  }),
  row('exec-timeout <minutes:int> [<seconds:int>]', {
    doc: 'Time after which an idle session ends, in minutes and seconds; 0 0 means never.',
    effect: 'none',
    apply: (line, { minutes, seconds }, { span }) => {
      line.execTimeoutSeconds = { value: minutes.value * 60 + (seconds?.value ?? 0), span };
    },
    undo: (line, _args, { span }) => {
      line.execTimeoutSeconds = { value: 0, span };
    },
  }),
  row('login authentication <list:word>', {
    doc: 'AAA list by which users of the line are authenticated.',
    effect: 'none',
    refers: { list: 'aaa-list' },
    apply: (line, { list }) => {
      line.loginAuthentication = list;
    },
    undo: (line) => {
      delete line.loginAuthentication;
    },
  }),
  row('login local', {
    doc: 'Users of the line are authenticated by the local user table.',
    effect: 'none',
    apply: (line, _args, { span }) => {
      line.loginAuthentication = { value: 'local', span };
    },
  }),
  row('login', { doc: 'Users of the line give its password.', effect: 'none' }),
  row(`password [<type:${SECRET_TYPE}>] <text:word>`, {
    doc: 'Password of the line.',
    effect: 'none',
    apply: (line, { type, text }, at) => {
      line.password = keepSecret(at, `password of line ${line.name}`, text, type?.value);
    },
    undo: (line) => {
      delete line.password;
    },
  }),
  ...note('transport output', 'Protocols by which the line may be left.'),
  ...note('transport preferred', 'Protocol that is tried for a name typed as a command.'),
  ...note('privilege level', 'Privilege of users of the line.'),
  ...note('logging synchronous', 'Log messages do not break into typed text.'),
  ...note('stopbits', 'Stop bits of the serial line.'),
  ...note('speed', 'Speed of the serial line.'),
  ...note('length', 'Lines of the screen.'),
  ...note('width', 'Columns of the screen.'),
  row('exec', {
    doc: 'Commands may be typed on the line.',
    effect: 'none',
    apply: (line, _args, { span }) => {
      line.exec = on(span);
    },
    undo: (line, _args, { span }) => {
      line.exec = off(span);
    },
  }),
  ...note('exec-banner', 'A text is shown on the line.'),
  ...note('authorization', 'AAA authorization of the line.'),
  ...note('accounting', 'AAA accounting of the line.'),
  ...note('session-timeout', 'Time after which an idle outgoing session ends.'),
  ...note('absolute-timeout', 'Time after which a session ends in any case.'),
  ...note('history', 'Commands that the line remembers.'),
];

const sessionLimit: Entry = row('session-limit <most:int>', {
  doc: 'Most sessions at a time.',
  effect: 'none',
  apply: (line, { most }) => {
    line.sessionLimit = most;
  },
  undo: (line) => {
    delete line.sessionLimit;
  },
});

const doc = 'A terminal line: how the device is reached, and who may.';

/** Cisco IOS: console, auxiliary and virtual lines. */
export const iosLines: readonly Entry[] = [
  mode(
    'line <type:vty|console|con|aux|tty> <first:int> [<last:int>]',
    {
      doc,
      effect: 'none',
      enter: (device, { type, first, last }, { span }) => {
        const name = type.value.startsWith('con') ? 'console' : type.value;
        return lineOf(device, [name, first.value, last?.value].filter((part) => part !== undefined).join(' '), span);
      },
      undo: (device, { type, first }) => {
        const start = `${type?.value} ${first?.value}`;
        device.management.lines = device.management.lines.filter(
          ({ name }) => name !== start && !name.startsWith(`${start} `),
        );
      },
    },
    settings,
  ),
  mode(
    'line <first:int> [<last:int>]',
    {
      doc,
      effect: 'none',
      enter: (device, { first, last }, { span }) =>
        lineOf(device, [first.value, last?.value].filter((part) => part !== undefined).join(' '), span),
    },
    settings,
  ),
];

const frrSettings: readonly Entry[] = [
  row('access-class <list:word>', {
    doc: 'Access-list for connections to the terminal.',
    effect: 'none',
    refers: { list: 'access-list' },
    apply: (line, { list }) => {
      line.accessClassIn = list;
    },
    undo: (line) => {
      delete line.accessClassIn;
    },
  }),
  row('ipv6 access-class <list:word>', {
    doc: 'IPv6 access-list for connections to the terminal.',
    effect: 'none',
    refers: { list: 'ipv6-access-list' },
  }),
];

/** FRR: the one virtual line of vtysh and the daemons. */
export const frrLines: readonly Entry[] = [
  mode('line vty', { doc, effect: 'none', enter: (device, _args, { span }) => lineOf(device, 'vty', span) }, [
    ...frrSettings,
    ...settings,
  ]),
];

interface ServiceContext {
  readonly device: DeviceDraft;
  readonly line: TerminalLine;
  readonly service: string;
}

const service = rowsOf<ServiceContext>();
const serviceMode = modesOf<ServiceContext>();

const state: Entry = service('shutdown', {
  doc: 'Switches the management service off; the negative form switches it on.',
  effect: 'none',
  apply: ({ device, service: name }, _args, { span }) => {
    device.management.services.set(name, off(span));
  },
  undo: ({ device, service: name }, _args, { span }) => {
    device.management.services.set(name, on(span));
  },
});

const eosNotes: readonly (readonly [string, string])[] = [
  ['key-exchange', 'Key exchanges that are offered.'],
  ['hostkey', 'Keys by which the device proves itself.'],
  ['authentication', 'How users prove themselves.'],
  ['connection per-host', 'How many sessions a host may have.'],
  ['server-port', 'Port of the service.'],
  ['login', 'Time for a login.'],
  ['log-level', 'What is logged.'],
  ['fips', 'Only approved algorithms.'],
  ['known-hosts', 'Keys of other hosts.'],
  ['client-alive', 'Finds sessions that are dead.'],
  ['transport', 'Transport of the interface for programs.'],
];

const eosSettings: readonly Entry[] = [
  state,
  service('cipher <ciphers:names>', {
    doc: 'Ciphers that are offered.',
    effect: 'none',
    apply: ({ device, service: name }, { ciphers }, at) => {
      if (name === 'ssh') keepSetting(device, 'ssh-ciphers', ciphers.value.join(' '), at);
    },
  }),
  service('mac <macs:names>', {
    doc: 'Checksums that are offered.',
    effect: 'none',
    apply: ({ device, service: name }, { macs }, at) => {
      if (name === 'ssh') keepSetting(device, 'ssh-macs', macs.value.join(' '), at);
    },
  }),
  service('connection limit <most:int>', {
    doc: 'How many sessions there may be.',
    effect: 'none',
    apply: ({ line }, { most }) => {
      line.sessionLimit = most;
    },
    undo: ({ line }) => {
      delete line.sessionLimit;
    },
  }),
  ...eosNotes.map(([words, doc]) => service(`${words} <text:rest>`, { doc, effect: 'none' })),
  service('ip access-group <list:word> [vrf <vrf:word>] in', {
    doc: 'Access-list for connections to the service.',
    effect: 'none',
    refers: { list: 'access-list', vrf: 'vrf' },
    apply: ({ line }, { list }) => {
      line.accessClassIn = list;
    },
    undo: ({ line }) => {
      delete line.accessClassIn;
    },
  }),
  service('ip access-group <list:word>', {
    doc: 'Access-list for connections to the service.',
    effect: 'none',
    refers: { list: 'access-list' },
    apply: ({ line }, { list }) => {
      line.accessClassIn = list;
    },
    undo: ({ line }) => {
      delete line.accessClassIn;
    },
  }),
  service('ipv6 access-group <list:word> [<options:rest>]', {
    doc: 'IPv6 access-list for connections to the service.',
    effect: 'none',
    refers: { list: 'ipv6-access-list' },
  }),
  service('idle-timeout <minutes:int>', {
    doc: 'Minutes after which an idle session ends; 0 means never.',
    effect: 'none',
    apply: ({ line }, { minutes }, { span }) => {
      line.execTimeoutSeconds = { value: minutes.value * 60, span };
    },
    undo: ({ line }) => {
      delete line.execTimeoutSeconds;
    },
  }),
  service('protocol <protocol:http|https|unix-socket> [<options:rest>]', {
    doc: 'Protocol by which the interface for programs may be reached.',
    effect: 'none',
    apply: ({ device, service: name }, { protocol }, { span }) => {
      device.management.services.set(`${name} ${protocol.value}`, on(span));
    },
    undo: ({ device, service: name }, { protocol }, { span }) => {
      if (protocol) device.management.services.set(`${name} ${protocol.value}`, off(span));
    },
  }),
];

/** EOS: `management ssh` and its kind take the place of terminal lines. */
export const eosLines: readonly Entry[] = [
  mode(
    'management <service:ssh|telnet|console>',
    {
      doc: 'A management service: how the device is reached, and who may.',
      effect: 'none',
      enter: (device, args, { span }): ServiceContext => ({
        device,
        service: args.service.value,
        line: lineOf(device, args.service.value, span),
      }),
    },
    [
      ...eosSettings,
      serviceMode(
        'vrf <vrf:word>',
        { doc: 'The service in this VRF.', effect: 'none', refers: { vrf: 'vrf' }, enter: (context) => context },
        eosSettings,
      ),
    ],
  ),
  mode(
    'management api <api:http-commands|gnmi|netconf|restconf>',
    {
      doc: 'An interface for programs.',
      effect: 'none',
      enter: (device, { api }, { span }): ServiceContext => ({
        device,
        service: `api ${api.value}`,
        line: lineOf(device, `api ${api.value}`, span),
      }),
    },
    [
      ...eosSettings,
      serviceMode(
        'vrf <vrf:word>',
        { doc: 'The interface in this VRF.', effect: 'none', refers: { vrf: 'vrf' }, enter: (context) => context },
        eosSettings,
      ),
    ],
  ),
  rowsOf<DeviceDraft>()('management <other:rest>', { doc: 'A management service.', effect: 'none' }),
];

/** NX-OS: the console and all virtual lines, without numbers. */
export const nxosLines: readonly Entry[] = [
  mode(
    'line <type:vty|console>',
    {
      doc,
      effect: 'none',
      enter: (device, { type }, { span }) => lineOf(device, type.value, span),
      undo: (device, { type }) => {
        device.management.lines = device.management.lines.filter(({ name }) => name !== type?.value);
      },
    },
    [...settings, sessionLimit],
  ),
];

/** IOS-XR: templates of lines, which the virtual lines take. */
export const iosxrLines: readonly Entry[] = [
  mode(
    'line <type:console|default|template> [<name:word>]',
    {
      doc,
      effect: 'none',
      enter: (device, { type, name }, { span }) => lineOf(device, name ? name.value : type.value, span),
      undo: (device, { type, name }) => {
        const gone = name?.value ?? type?.value;
        device.management.lines = device.management.lines.filter((line) => line.name !== gone);
      },
    },
    [
      ...settings,
      row('access-class <direction:ingress|egress> <list:word>', {
        doc: 'Access-list for connections to or from the line.',
        effect: 'none',
        refers: { list: 'access-list' },
        apply: (line, { direction, list }) => {
          if (direction.value === 'ingress') line.accessClassIn = list;
          else line.accessClassOut = list;
        },
        undo: (line, { direction }) => {
          if (direction?.value !== 'egress') delete line.accessClassIn;
          if (direction?.value !== 'ingress') delete line.accessClassOut;
        },
      }),
      sessionLimit,
      ...note('timestamp', 'Times in front of output.'),
      ...note('cli', 'How commands are typed.'),
      ...note('users group', 'Groups of the users of the line.'),
      ...note('secret', 'Secret of the line.'),
      ...note('pager', 'Display of long outputs.'),
    ],
  ),
];
