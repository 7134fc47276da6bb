import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Span } from '../../span.ts';
import { statementText } from '../../tree.ts';
import { keepSecret, off, on, SECRET_TYPE } from './stored-secret.ts';

const row = rowsOf<DeviceDraft>();
const mode = modesOf<DeviceDraft>();

type ServerKind = DeviceDraft['management']['aaaServers'][number]['kind'];

const addServer = ({ management }: DeviceDraft, kind: ServerKind, address: string, span: Span): void => {
  management.aaaServers.push({ kind, address, span });
};

const removeServer = ({ management }: DeviceDraft, kind: ServerKind, address: string | undefined): void => {
  management.aaaServers = management.aaaServers.filter((server) => server.kind !== kind || server.address !== address);
};

/** What is wanted of a user, as a line of its own: kept so that a rule can see that AAA was edited. */
const line = (words: string, doc: string): Entry =>
  row(`${words} <text:rest>`, {
    doc,
    effect: 'none',
    apply: ({ management }, _args, { statement, span }) => {
      management.aaaLines.push({ value: statementText(statement), span });
    },
  });

interface ServerContext {
  readonly device: DeviceDraft;
  readonly kind: ServerKind;
  readonly name: string;
}

const setting = rowsOf<ServerContext>();

const serverSettings: readonly Entry[] = [
  setting('address <family:ipv4|ipv6> <address:word> [<options:rest>]', {
    doc: 'Address of the server.',
    effect: 'none',
    apply: ({ device, kind }, { address }, { span }) => addServer(device, kind, address.value, span),
    undo: ({ device, kind }, { address }) => removeServer(device, kind, address?.value),
  }),
  setting(`key [<type:${SECRET_TYPE}>] <text:rest>`, {
    doc: 'Key that is shared with the server.',
    effect: 'none',
    apply: ({ kind, name }, { type, text }, at) => {
      keepSecret(at, `key of ${kind} server ${name}`, text, type?.value);
    },
  }),
  setting('<setting:timeout|retransmit|single-connection|automate-tester|pac|dtls> [<options:rest>]', {
    doc: 'How the server is asked.',
    effect: 'none',
  }),
];

const kinds: readonly (readonly [ServerKind, string])[] = [
  ['tacacs', 'TACACS+'],
  ['radius', 'RADIUS'],
];

const servers = kinds.flatMap(([kind, title]): readonly Entry[] => [
  row(
    `${kind}-server host <address:word> *[vrf <vrf:word>] *[auth-port <auth:int>] *[acct-port <acct:int>] *[port <port:int>] *[timeout <timeout:int>] *[retransmit <retransmit:int>] *[single-connection] *[key [<type:${SECRET_TYPE}>] <text:rest>]`,
    {
      doc: `A ${title} server that users are checked with.`,
      effect: 'none',
      refers: { vrf: 'vrf' },
      apply: (device, { address, type, text }, at) => {
        addServer(device, kind, address.value, at.span);
        if (text) keepSecret(at, `key of ${kind} server ${address.value}`, text, type?.value);
      },
      undo: (device, { address }) => removeServer(device, kind, address?.value),
    },
  ),
  row(`${kind}-server key [<type:${SECRET_TYPE}>] <text:rest>`, {
    doc: `Key that is shared with ${title} servers.`,
    effect: 'none',
    apply: (_device, { type, text }, at) => {
      keepSecret(at, `key of ${kind} servers`, text, type?.value);
    },
  }),
  row(`${kind}-server <setting:rest>`, { doc: `How ${title} servers are asked.`, effect: 'none' }),
  mode(
    `${kind} server <name:word>`,
    {
      doc: `A ${title} server that users are checked with.`,
      effect: 'none',
      enter: (device, { name }): ServerContext => ({ device, kind, name: name.value }),
    },
    serverSettings,
  ),
  row(`ip ${kind} <setting:rest>`, { doc: `How ${title} servers are asked.`, effect: 'none' }),
]);

/** Authentication, authorization, accounting of IOS and EOS. */
export const aaa: readonly Entry[] = [
  row('aaa new-model', {
    doc: 'Users are checked by AAA lists.',
    effect: 'none',
    apply: ({ management }, _args, { span }) => {
      management.aaaNewModel = on(span);
    },
    undo: ({ management }, _args, { span }) => {
      management.aaaNewModel = off(span);
    },
  }),
  row('aaa authentication <what:login|enable|ppp|dot1x> <list:word> <methods:rest>', {
    doc: 'A list of ways to check who a user is.',
    effect: 'none',
    defines: { list: 'aaa-list' },
    apply: ({ management }, _args, { statement, span }) => {
      management.aaaLines.push({ value: statementText(statement), span });
    },
  }),
  line('aaa authentication', 'How it is checked who a user is.'),
  line('aaa authorization', 'What a user may do.'),
  line('aaa accounting', 'What is recorded of what users do.'),
  line('aaa local', 'Local checks of users.'),
  row(`aaa root secret [<type:${SECRET_TYPE}>] <text:rest>`, {
    doc: 'Secret of the root user of the underlying system.',
    effect: 'none',
    apply: (_device, { type, text }, at) => {
      keepSecret(at, 'secret of the root user', text, type?.value);
    },
  }),
  row('aaa root [nopassword]', { doc: 'The root user of the underlying system.', effect: 'none' }),
  row('aaa session-id <id:rest>', { doc: 'How sessions are numbered.', effect: 'none' }),
  mode(
    'aaa group server <kind:word> <name:word>',
    { doc: 'Servers that are asked together.', effect: 'none', enter: (device) => device },
    [
      row('server name <server:word>', { doc: 'A server of the group.', effect: 'none' }),
      row('server <address:word> [<options:rest>]', {
        doc: 'A server of the group.',
        effect: 'none',
      }),
      row(`server-private <address:word> [key [<type:${SECRET_TYPE}>] <text:rest>]`, {
        doc: 'A server of the group alone, and the key that is shared with it.',
        effect: 'none',
        apply: (_device, { address, type, text }, at) => {
          if (text) keepSecret(at, `key of server ${address.value}`, text, type?.value);
        },
      }),
      row('ip vrf forwarding <vrf:word>', { doc: 'VRF of the servers.', effect: 'none', refers: { vrf: 'vrf' } }),
      row('vrf forwarding <vrf:word>', { doc: 'VRF of the servers.', effect: 'none', refers: { vrf: 'vrf' } }),
      row('ip <kind:tacacs|radius> source-interface <interface:interface> [vrf <vrf:word>]', {
        doc: 'Interface whose address the device has towards the servers.',
        effect: 'none',
        refers: { interface: 'interface' },
      }),
    ],
  ),
  row('aaa <setting:rest>', { doc: 'How users are checked.', effect: 'none' }),
  ...servers,
];
