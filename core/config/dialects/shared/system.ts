import { type Entry, nothing, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import { keepSecret, SECRET_TYPE } from './stored-secret.ts';

const row = rowsOf<DeviceDraft>();

/** What all systems have: a name, users, banners, a clock to follow, a place to log to. */
export const system: readonly Entry[] = [
  row('hostname <name:word>', {
    doc: 'Name of the device.',
    effect: 'none',
    apply: (device, { name }) => {
      device.hostname = name;
    },
    undo: (device) => {
      delete device.hostname;
    },
  }),
  row('banner <kind:word> [<text:rest>]', {
    doc: 'Text that is shown to users of the device.',
    effect: 'none',
    apply: (device, { kind }, { statement, span }) => {
      device.management.banners.push({ kind: kind.value, text: statement.body ?? '', span });
    },
    undo: (device, { kind }) => {
      device.management.banners = device.management.banners.filter((banner) => banner.kind !== kind?.value);
    },
  }),
  row('ip domain-name <name:word>', {
    doc: 'Domain of names that have none.',
    effect: 'none',
    apply: (device, { name }) => {
      device.management.domainName = name;
    },
    undo: (device) => {
      delete device.management.domainName;
    },
  }),
  row('ip domain name [vrf <vrf:word>] <name:word>', {
    doc: 'Domain of names that have none.',
    effect: 'none',
    refers: { vrf: 'vrf' },
    apply: (device, { name }) => {
      device.management.domainName = name;
    },
    undo: (device) => {
      delete device.management.domainName;
    },
  }),
  row('dns domain <name:word>', {
    doc: 'Domain of names that have none.',
    effect: 'none',
    apply: (device, { name }) => {
      device.management.domainName = name;
    },
    undo: (device) => {
      delete device.management.domainName;
    },
  }),
  row('ip name-server [vrf <vrf:word>] <servers:names>', {
    doc: 'Servers that resolve names.',
    effect: 'none',
    refers: { vrf: 'vrf' },
    apply: (device, { servers }) => {
      device.management.nameServers.push(...servers.value.map((value) => ({ value, span: servers.span })));
    },
    undo: (device, { servers }) => {
      const gone = servers?.value;
      device.management.nameServers = device.management.nameServers.filter(
        ({ value }) => gone !== undefined && !gone.includes(value),
      );
    },
  }),
];

/** Users of IOS and EOS. */
export const users: readonly Entry[] = [
  row(
    `username <name:word> *[privilege <privilege:int>] *[role <role:word>] *[nopassword] *[algorithm-type <algorithm:word>] *[<kind:secret|password> [<type:${SECRET_TYPE}>] <text:rest>]`,
    {
      doc: 'A user of the device, with privilege 0-15 and a secret.',
      effect: 'none',
      defines: { name: 'user' },
      apply: ({ management }, { name, privilege, kind, type, text }, at) => {
        const secret = text && keepSecret(at, `${kind?.value ?? 'secret'} of user ${name.value}`, text, type?.value);
        const known = management.users.find((user) => user.name === name.value);
        management.users = management.users.filter((user) => user !== known);
        management.users.push({
          ...known,
          name: name.value,
          ...(privilege && { privilege: privilege.value }),
          ...(secret && { secret: secret.value }),
          span: at.span,
        });
      },
      undo: ({ management }, { name }) => {
        management.users = management.users.filter((user) => user.name !== name?.value);
      },
    },
  ),
  row(
    'username <name:word> <option:ssh-key|sshkey|shell|autocommand|access-class|view|aaa|common-criteria-policy> <rest:rest>',
    {
      doc: 'A further property of a user.',
      effect: 'none',
    },
  ),
  row(`enable <kind:secret|password> [level <level:int>] [<type:${SECRET_TYPE}>] <text:rest>`, {
    doc: 'Secret that gives all privileges.',
    effect: 'none',
    apply: ({ management }, { kind, type, text }, at) => {
      const secret = keepSecret(at, `enable ${kind.value}`, text, type?.value);
      if (kind.value === 'secret' || !management.enableSecret) management.enableSecret = secret;
    },
    undo: ({ management }) => {
      delete management.enableSecret;
    },
  }),
];

/** Time and logging of IOS and EOS. */
export const monitoring: readonly Entry[] = [
  ...(['server', 'peer'] as const).map((kind) =>
    row(
      `ntp ${kind} [vrf <vrf:word>] <address:word> *[key <key:word>] *[prefer] *[iburst] *[burst] *[version <version:int>] *[source <source:interface>] *[local-interface <local:interface>] *[minpoll <low:int>] *[maxpoll <high:int>]`,
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
  row('ntp authenticate [<scope:rest>]', {
    doc: 'Only servers that prove a key are followed.',
    effect: 'none',
    apply: ({ management }, _args, { span }) => {
      management.ntpAuthenticate = { value: true, span };
    },
    undo: ({ management }, _args, { span }) => {
      management.ntpAuthenticate = { value: false, span };
    },
  }),
  // IOS puts the type behind the key, EOS in front of it.
  row('ntp authentication-key <number:int> <algorithm:word> <text:word> [<type:0|7>]', {
    doc: 'A key by which a time server proves itself.',
    effect: 'none',
    apply: ({ management }, { number, algorithm, type, text }, at) => {
      management.ntpKeys.push({ id: String(number.value), algorithm: algorithm.value, span: at.span });
      keepSecret(at, `NTP key ${number.value}`, text, type?.value);
    },
    undo: nothing,
  }),
  row('ntp authentication-key <number:int> <algorithm:word> <type:0|7|8a> <text:word>', {
    doc: 'A key by which a time server proves itself.',
    effect: 'none',
    apply: ({ management }, { number, algorithm, type, text }, at) => {
      management.ntpKeys.push({ id: String(number.value), algorithm: algorithm.value, span: at.span });
      keepSecret(at, `NTP key ${number.value}`, text, type.value);
    },
    undo: nothing,
  }),
  row('ntp trusted-key <keys:names>', {
    doc: 'Keys that are accepted from a server.',
    effect: 'none',
    apply: ({ management }, { keys }) => {
      management.ntpTrustedKeys.push(...keys.value.map((value) => ({ value, span: keys.span })));
    },
    undo: ({ management }, { keys }) => {
      management.ntpTrustedKeys = management.ntpTrustedKeys.filter(({ value }) => keys && !keys.value.includes(value));
    },
  }),
  row('ntp <setting:rest>', { doc: 'How the clock follows its servers.', effect: 'none' }),
  row('logging [vrf <vrf:word>] host <address:word> [<options:rest>]', {
    doc: 'A server that log messages are sent to.',
    effect: 'none',
    refers: { vrf: 'vrf' },
    apply: ({ management }, { address }, { span }) => {
      management.loggingHosts.push({ address: address.value, span });
    },
    undo: ({ management }, { address }) => {
      management.loggingHosts = management.loggingHosts.filter((host) => host.address !== address?.value);
    },
  }),
  row('logging <address:ip>', {
    doc: 'A server that log messages are sent to.',
    effect: 'none',
    apply: ({ management }, { address }, { span }) => {
      management.loggingHosts.push({ address: address.value, span });
    },
    undo: ({ management }, { address }) => {
      management.loggingHosts = management.loggingHosts.filter((host) => host.address !== address?.value);
    },
  }),
  row('logging buffered <size:int> [<level:word>]', {
    doc: 'Log messages that the device keeps, in bytes on IOS and in messages on EOS.',
    effect: 'none',
    apply: ({ management }, { size }) => {
      management.loggingBufferBytes = size;
    },
    undo: ({ management }) => {
      delete management.loggingBufferBytes;
    },
  }),
  row('logging trap', {
    doc: 'Messages are sent to the servers.',
    effect: 'none',
    apply: ({ management }) => {
      management.settings.delete('logging-level');
    },
    undo: ({ management }, _args, { span }) => {
      management.settings.set('logging-level', { value: 'off', span });
    },
  }),
  row('logging trap <level:word>', {
    doc: 'From which severity on messages are sent to the servers.',
    effect: 'none',
    apply: ({ management }, { level }) => {
      management.settings.set('logging-level', level);
    },
    undo: ({ management }, _args, { span }) => {
      management.settings.set('logging-level', { value: 'off', span });
    },
  }),
  row('logging <setting:rest>', { doc: 'What is logged and where.', effect: 'none' }),
];
