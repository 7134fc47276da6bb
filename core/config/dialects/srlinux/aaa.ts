import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Secret } from '../../device/interface.ts';
import type { Located } from '../../span.ts';
import { statementText } from '../../tree.ts';
import { storageOf } from './bgp.ts';
import { complain } from './common.ts';
import { kept } from './notes.ts';

const row = rowsOf<DeviceDraft>();
const mode = modesOf<DeviceDraft>();

interface User {
  readonly device: DeviceDraft;
  readonly name: string;
}

const secretOf = (text: string): Secret => ({ text, storage: storageOf(text) });

function password({ device, name }: User, text: Located<string>): void {
  const secret = secretOf(text.value);
  device.management.secrets.push({ what: `password of ${name}`, secret, span: text.span });
  const { users } = device.management;
  const at = users.findIndex((user) => user.name === name);
  const known = users[at];
  if (known) users.splice(at, 1, { ...known, secret });
  else users.push({ name, secret, span: text.span });
}

const keepLine = (
  { management }: DeviceDraft,
  at: { readonly statement: Parameters<typeof statementText>[0]; readonly span: Located<string>['span'] },
): void => {
  management.aaaLines.push({ value: statementText(at.statement), span: at.span });
};

const userRows: readonly Entry[] = [
  rowsOf<User>()('password <text:word>', {
    doc: 'Password of the user, or its hash.',
    apply: (user, { text }) => password(user, text),
  }),
  rowsOf<User>()('<what:role|superuser|services|ssh-key|login-public-key> <value:rest>', {
    doc: 'What the user may do.',
    apply: ({ device }, _, at) => keepLine(device, at),
  }),
];

const named = (pattern: string, name: string, doc: string): Entry =>
  modesOf<DeviceDraft>()(
    pattern,
    {
      doc,
      enter: (device, _, at): User => {
        if (!device.management.users.some((user) => user.name === name))
          device.management.users.push({ name, span: at.span });
        return { device, name };
      },
    },
    userRows,
  );

const authentication: Entry = mode('authentication', { doc: 'Who may log in.', enter: (device) => device }, [
  row('authentication-method <methods:words>', {
    doc: 'Groups of servers that are asked, in order.',
    apply: (device, { methods }, at) => {
      keepLine(device, at);
      if (!methods.value.some((method) => /^local/.test(method)))
        complain(
          device,
          'aaa / authentication / authentication-method without local: nobody can log in when no server answers',
          at.span,
        );
    },
  }),
  row('exit-on-reject <state:true|false>', {
    doc: 'Whether a refusal by one group ends the login.',
    apply: (device, _, at) => keepLine(device, at),
  }),
  row('idle-timeout <seconds:int>', { doc: 'When an idle session ends, in seconds.', effect: 'none' }),
  named('admin-user', 'admin', 'The user admin.'),
  named('linuxadmin-user', 'linuxadmin', 'The user of the operating system.'),
  modesOf<DeviceDraft>()(
    'user <name:word>',
    {
      doc: 'A user.',
      defines: { name: 'user' },
      enter: (device, { name }, at): User => {
        if (!device.management.users.some((user) => user.name === name.value))
          device.management.users.push({ name: name.value, span: at.span });
        return { device, name: name.value };
      },
    },
    userRows,
  ),
  row('password <rules:rest>', { doc: 'What passwords must be like.', apply: () => undefined }),
  mode('password', { doc: 'What passwords must be like.', enter: (device) => device }, [
    row('<what:word> [<rest:rest>]', { doc: 'A rule that passwords must keep.', apply: () => undefined }),
  ]),
]);

interface Server extends User {
  readonly kind: () => 'radius' | 'tacacs';
}

const group: Entry = modesOf<DeviceDraft>()(
  'server-group <name:word>',
  {
    doc: 'Servers that are asked about users.',
    defines: { name: 'aaa-list' },
    enter: (device, { name }): User & { type: string } =>
      kept(device, `server-group ${name.value}`, () => ({ device, name: name.value, type: 'tacacs' })),
  },
  [
    rowsOf<User & { type: string }>()('type <type:tacacs|radius|local|ldap>', {
      doc: 'Protocol of the servers.',
      apply: (context, { type }) => {
        context.type = type.value;
      },
    }),
    rowsOf<User>()('<what:timeout|statistics> [<rest:rest>]', { doc: 'How the servers are asked.', effect: 'none' }),
    rowsOf<User>()('priv-lvl-authorization <state:true|false>', {
      doc: 'Whether privilege levels count.',
      apply: () => undefined,
    }),
    modesOf<User & { type: string }>()(
      'server <address:word>',
      {
        doc: 'A server.',
        enter: (context, { address }, at): Server => {
          const kind = () => (context.type === 'radius' ? ('radius' as const) : ('tacacs' as const));
          const { aaaServers } = context.device.management;
          if (!aaaServers.some((known) => known.address === address.value))
            aaaServers.push({ kind: kind(), address: address.value, span: at.span });
          return { device: context.device, name: address.value, kind };
        },
      },
      [
        rowsOf<Server>()('name <name:word>', { doc: 'Name of the server.', effect: 'none' }),
        rowsOf<Server>()('<what:network-instance|source-address|timeout> <value:word>', {
          doc: 'From where the server is asked.',
          apply: ({ device }, _, at) => keepLine(device, at),
        }),
        modesOf<Server>()('<kind:tacacs|radius>', { doc: 'Settings of the protocol.', enter: (server) => server }, [
          rowsOf<Server>()('secret-key <text:word>', {
            doc: 'Key that is shared with the server.',
            apply: ({ device, name, kind }, { text }) => {
              const secret = { ...secretOf(text.value), ...(text.value.startsWith('$aes') && { type: '6' }) };
              device.management.secrets.push({ what: `key of ${kind()} server ${name}`, secret, span: text.span });
            },
          }),
          rowsOf<Server>()('<what:port|auth-port|acct-port|retransmit-attempts|single-connection> <value:word>', {
            doc: 'How the server is asked.',
            apply: ({ device }, _, at) => keepLine(device, at),
          }),
        ]),
      ],
    ),
  ],
);

/** `aaa { ... }`. */
export const aaa: Entry = mode(
  'aaa',
  { doc: 'Who may log in, and what is recorded of it.', enter: (device) => device },
  [
    authentication,
    group,
    mode('authorization', { doc: 'What users may do.', enter: (device) => device }, [
      row('<what:authorization-method|default-role> [<rest:rest>]', {
        doc: 'What users may do.',
        apply: (device, _, at) => keepLine(device, at),
      }),
      mode('role <name:word>', { doc: 'Rights under a name.', enter: (device) => device }, [
        row('<what:services|superuser|rule> [<rest:rest>]', {
          doc: 'A right of the role.',
          apply: (device, _, at) => keepLine(device, at),
        }),
        mode('tacacs', { doc: 'Levels of TACACS+ that have the role.', enter: (device) => device }, [
          row('priv-lvl <level:int>', {
            doc: 'Level that has the role.',
            apply: (device, _, at) => keepLine(device, at),
          }),
        ]),
      ]),
    ]),
    mode('accounting', { doc: 'What is recorded.', effect: 'none', enter: (device) => device }, [
      row('<what:word> [<rest:rest>]', { doc: 'What is recorded, and where.', effect: 'none' }),
    ]),
  ],
);
