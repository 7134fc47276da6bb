import { type Entry, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Located, Span } from '../../span.ts';
import { keepSecret } from './stored-secret.ts';

const row = rowsOf<DeviceDraft>();

function addCommunity(
  { management }: DeviceDraft,
  name: string,
  access: 'ro' | 'rw',
  accessList: Located<string> | undefined,
  span: Span,
): void {
  management.snmpCommunities = management.snmpCommunities.filter((community) => community.name !== name);
  management.snmpCommunities.push({ name, access, ...(accessList && { accessList }), span });
}

/** SNMP of IOS and EOS. */
export const snmp: readonly Entry[] = [
  row('snmp-server community <name:word> *[view <view:word>] *[<access:ro|rw>] *[ipv6 <list6:word>] *[<list:word>]', {
    doc: 'A community: a password in clear text for reading (ro) or writing (rw), and the access-list of who may use it.',
    effect: 'none',
    refers: { list: 'access-list', list6: 'ipv6-access-list' },
    apply: (device, { name, access, list }, { span }) =>
      addCommunity(device, name.value, access?.value ?? 'ro', list, span),
    undo: ({ management }, { name }) => {
      management.snmpCommunities = management.snmpCommunities.filter((community) => community.name !== name?.value);
    },
  }),
  row(
    'snmp-server user <name:word> <group:word> <version:v1|v2c|v3> *[localized <engine:word>] *[remote <remote:word>] *[encrypted] *[auth <auth:md5|sha|sha224|sha256|sha384|sha512|sha-2> <authKey:word>] *[priv <priv:word> [<bits:128|192|256>] <privKey:word>] *[access <list:word>]',
    {
      doc: 'A user of SNMP version 3, with its keys for authentication and privacy.',
      effect: 'none',
      apply: ({ management }, { name, auth, authKey, priv, privKey, engine }, at) => {
        management.snmpUsers.push({
          name: name.value,
          ...(auth && { auth: auth.value }),
          ...(priv && { priv: priv.value }),
          span: at.span,
        });
        // A localized key (RFC 3414) is derived from the password and cannot be turned back.
        for (const key of [authKey, privKey])
          if (key) keepSecret(at, `key of SNMP user ${name.value}`, key, engine ? '9' : undefined);
      },
      undo: ({ management }, { name }) => {
        management.snmpUsers = management.snmpUsers.filter((user) => user.name !== name?.value);
      },
    },
  ),
  row('snmp-server host <address:word> <options:rest>', { doc: 'A station that traps are sent to.', effect: 'none' }),
  row('snmp-server group <name:word> <version:v1|v2c|v3> [<options:rest>]', {
    doc: 'What a group of SNMP users may see.',
    effect: 'none',
  }),
  row('snmp-server [<setting:rest>]', { doc: 'How the device is watched by SNMP.', effect: 'none' }),
];
