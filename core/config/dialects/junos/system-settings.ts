import { type At, type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { HardeningSetting } from '../../device/hardening.ts';
import type { Located } from '../../span.ts';
import { yes } from '../shared/drafts.ts';
import { addToSetting, keepSetting } from '../shared/hardening.ts';

const row = rowsOf<DeviceDraft>();
const mode = modesOf<DeviceDraft>();
const same = (device: DeviceDraft): DeviceDraft => device;

/** `$9$` keys can be read back; `$1$`, `$5$` and `$6$` are hashes (crypt). */
const storage = (text: string): 'reversible' | 'hashed' | 'plain' =>
  text.startsWith('$9$') ? 'reversible' : /^\$[1-6]\$/.test(text) ? 'hashed' : 'plain';

/** `words <number>` as a setting of the whole device. */
const numbers = (commands: Readonly<Record<string, readonly [setting: HardeningSetting, doc: string]>>) =>
  Object.entries(commands).map(([words, [setting, doc]]) =>
    row(`${words} <value:int>` as 'x <value:int>', {
      doc,
      effect: 'none',
      apply: (device, { value }, at) => keepSetting(device, setting, String(value.value), at),
    }),
  );

const other = (doc: string): Entry => row('<what:word> [<rest:rest>]', { doc, effect: 'none' });

const serviceNames: Readonly<Record<string, string>> = { 'web-management': 'http' };
const serviceOn = ({ management }: DeviceDraft, name: string, at: At): void => {
  management.services.set(serviceNames[name] ?? name, yes(at.span));
};

const services: Entry = mode('services', { doc: 'Services of the router.', effect: 'none', enter: same }, [
  mode(
    'ssh',
    {
      doc: 'Secure shell.',
      effect: 'none',
      enter: (device, _, at) => {
        serviceOn(device, 'ssh', at);
        return device;
      },
    },
    [
      row('ciphers <ciphers:names>', {
        doc: 'Ciphers that are offered.',
        effect: 'none',
        apply: (device, { ciphers }, at) => addToSetting(device, 'ssh-ciphers', ciphers.value, at),
      }),
      row('macs <macs:names>', {
        doc: 'Checksums that are offered.',
        effect: 'none',
        apply: (device, { macs }, at) => addToSetting(device, 'ssh-macs', macs.value, at),
      }),
      row('protocol-version <version:word>', {
        doc: 'Version of secure shell.',
        effect: 'none',
        apply: (device, { version }, at) => keepSetting(device, 'ssh-version', version.value.replace(/^v/, ''), at),
      }),
      ...numbers({ 'connection-limit': ['session-limit', 'Most sessions at a time.'] }),
      other('A setting of secure shell.'),
    ],
  ),
  row('<service:word> [<rest:rest>]', {
    doc: 'A service of the router.',
    effect: 'none',
    apply: (device, { service }, at) => serviceOn(device, service.value, at),
  }),
]);

interface Named {
  readonly device: DeviceDraft;
  readonly name: Located<string>;
}

const named = rowsOf<Named>();

const keepUser = ({ device: { management }, name }: Named, hash: Located<string>, at: At): void => {
  const secret = { text: hash.value, storage: storage(hash.value) };
  management.users = management.users.filter((user) => user.name !== name.value);
  management.users.push({ name: name.value, secret, span: at.span });
  management.secrets.push({ what: `password of ${name.value}`, secret, span: hash.span });
};

const login: Entry = mode('login', { doc: 'Users and how they log in.', effect: 'none', enter: same }, [
  mode(
    'user <name:word>',
    {
      doc: 'A user of the router.',
      effect: 'none',
      enter: (device, { name }, { span }): Named => {
        if (!device.management.users.some((user) => user.name === name.value))
          device.management.users.push({ name: name.value, span });
        return { device, name };
      },
    },
    [
      modesOf<Named>()(
        'authentication',
        { doc: 'How the user proves who they are.', effect: 'none', enter: (user) => user },
        [
          named('encrypted-password <hash:word>', {
            doc: 'Hash of the user\u2019s password.',
            effect: 'none',
            apply: (user, { hash }, at) => keepUser(user, hash, at),
          }),
          named('<what:word> [<rest:rest>]', { doc: 'Another proof.', effect: 'none' }),
        ],
      ),
      named('<what:word> [<rest:rest>]', { doc: 'A further property of the user.', effect: 'none' }),
    ],
  ),
  mode('retry-options', { doc: 'What follows failed logins.', effect: 'none', enter: same }, [
    ...numbers({ 'tries-before-disconnect': ['login-attempts', 'Failed logins after which the session ends.'] }),
    other('What follows failed logins.'),
  ]),
  mode('password', { doc: 'Rules for passwords.', effect: 'none', enter: same }, [
    ...numbers({
      'minimum-length': ['password-minimum-length', 'Fewest characters of a password.'],
      'minimum-upper-cases': ['password-uppercase', 'Fewest capital letters of a password.'],
      'minimum-lower-cases': ['password-lowercase', 'Fewest small letters of a password.'],
      'minimum-numerics': ['password-digits', 'Fewest digits of a password.'],
      'minimum-punctuations': ['password-special', 'Fewest special characters of a password.'],
    }),
    other('A rule for passwords.'),
  ]),
  mode(
    'class <name:word>',
    { doc: 'What users of the class may do.', effect: 'none', enter: (device, { name }): Named => ({ device, name }) },
    [
      named('idle-timeout <minutes:int>', {
        doc: 'Minutes after which an idle session of the class ends.',
        effect: 'none',
        apply: ({ device, name }, { minutes }, { span }) => {
          device.management.lines.push({
            name: `class ${name.value}`,
            span,
            execTimeoutSeconds: { value: minutes.value * 60, span },
          });
        },
      }),
      named('<what:word> [<rest:rest>]', { doc: 'What users of the class may do.', effect: 'none' }),
    ],
  ),
  row('message <text:rest>', {
    doc: 'Text shown before the login.',
    effect: 'none',
    apply: ({ management }, { text }, { span }) => {
      management.banners.push({ kind: 'login', text: text.value, span });
    },
  }),
  other('A setting of logins.'),
]);

const ntp: Entry = mode('ntp', { doc: 'The clock and the servers that it follows.', effect: 'none', enter: same }, [
  row('server <address:word> [key <key:word>] [<rest:rest>]', {
    doc: 'A time server.',
    effect: 'none',
    apply: ({ management }, { address, key }, { span }) => {
      management.ntpServers.push({ address: address.value, ...(key && { key: key.value }), span });
    },
  }),
  row('authentication-key <number:word> type <algorithm:word> [<rest:rest>]', {
    doc: 'A key by which a time server proves itself.',
    effect: 'none',
    apply: ({ management }, { number, algorithm }, { span }) => {
      management.ntpKeys.push({ id: number.value, algorithm: algorithm.value, span });
    },
  }),
  row('trusted-key <keys:names>', {
    doc: 'Keys that are accepted from a server.',
    effect: 'none',
    apply: ({ management }, { keys }) => {
      management.ntpTrustedKeys.push(
        ...keys.value.filter((value) => value !== '[' && value !== ']').map((value) => ({ value, span: keys.span })),
      );
    },
  }),
  other('How the clock follows its servers.'),
]);

/** Facilities that hold what users do: `any` holds everything. */
function noteFacility({ management }: DeviceDraft, facility: string, at: At): void {
  if (/^(any|change-log)$/.test(facility)) management.services.set('log-commands', yes(at.span));
  if (/^(any|authorization)$/.test(facility)) management.services.set('log-failed-logins', yes(at.span));
}

const facility: Entry = row('<facility:any|authorization|change-log> <level:word>', {
  doc: 'Messages that are kept or sent.',
  effect: 'none',
  apply: (device, args, at) => noteFacility(device, args.facility.value, at),
});

const syslog: Entry = mode('syslog', { doc: 'What is logged and where.', effect: 'none', enter: same }, [
  mode(
    'host <address:word>',
    {
      doc: 'A log server.',
      effect: 'none',
      enter: (device, { address }, { span }) => {
        if (!device.management.loggingHosts.some((known) => known.address === address.value))
          device.management.loggingHosts.push({ address: address.value, span });
        return device;
      },
    },
    [facility, other('Messages that are sent.')],
  ),
  mode(
    'file <name:word>',
    {
      doc: 'A file that keeps messages.',
      effect: 'none',
      enter: (device, { name }, at) => {
        keepSetting(device, 'logging-file', name.value, at);
        return device;
      },
    },
    [facility, other('Messages that are kept.')],
  ),
  other('What is logged and where.'),
]);

const auxiliary: Entry = mode('ports', { doc: 'Serial ports.', effect: 'none', enter: same }, [
  mode(
    'auxiliary',
    {
      doc: 'The auxiliary port.',
      effect: 'none',
      enter: (device, _, at) => {
        if (!device.management.settings.has('auxiliary-port')) keepSetting(device, 'auxiliary-port', 'enabled', at);
        return device;
      },
    },
    [
      row('disable', {
        doc: 'The port is off.',
        effect: 'none',
        apply: (device, _, at) => keepSetting(device, 'auxiliary-port', 'disabled', at),
      }),
      other('A setting of the port.'),
    ],
  ),
  other('A serial port.'),
]);

const servers = (['tacplus-server', 'radius-server'] as const).map((name) =>
  mode(name, { doc: 'AAA servers.', effect: 'none', enter: same }, [
    mode(
      '<address:ip>',
      {
        doc: 'An AAA server.',
        effect: 'none',
        enter: (device, { address }, { span }) => {
          const { aaaServers } = device.management;
          if (!aaaServers.some((known) => known.address === address.value))
            aaaServers.push({ kind: name === 'radius-server' ? 'radius' : 'tacacs', address: address.value, span });
          return device;
        },
      },
      [other('How the server is asked.')],
    ),
  ]),
);

/** How the router is reached and watched: `system services`, `login`, `ntp`, `syslog` and the like. */
export const systemSettings: readonly Entry[] = [
  mode('root-authentication', { doc: 'How root proves who it is.', effect: 'none', enter: same }, [
    row('encrypted-password <hash:word>', {
      doc: 'Hash of the root password.',
      effect: 'none',
      apply: ({ management }, { hash }) => {
        const secret = { text: hash.value, storage: storage(hash.value) };
        management.enableSecret = { value: secret, span: hash.span };
        management.secrets.push({ what: 'root password', secret, span: hash.span });
      },
    }),
    other('Another proof.'),
  ]),
  services,
  login,
  ntp,
  syslog,
  auxiliary,
  ...servers,
];
