import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { KeyChain, KeyOfChain } from '../../device/hardening.ts';
import { statementText } from '../../tree.ts';
import { getOrMake } from './drafts.ts';
import { keepSharedKey, SECRET_TYPE } from './stored-secret.ts';

const keyDoc = 'A key that both ends share.';

interface KeyContext {
  readonly chain: KeyChain;
  readonly key: KeyOfChain;
}

const setting = rowsOf<KeyContext>();

/** Key chains of routing protocols and tunnels. Their effect on sessions is not computed, so changes of them are listed. */
export const keyChains: readonly Entry[] = [
  modesOf<DeviceDraft>()(
    'key chain <name:word> [<options:rest>]',
    {
      doc: 'Keys by which routing protocols authenticate their neighbours.',
      defines: { name: 'key-chain' },
      enter: (device, { name }, { span }) =>
        getOrMake(device.keyChains, name.value, (): KeyChain => ({ name: name.value, span, keys: [] })),
      undo: (device, { name }) => {
        if (name) device.keyChains.delete(name.value);
      },
    },
    [
      modesOf<KeyChain>()(
        'key <number:int>',
        {
          doc: keyDoc,
          enter: (chain, { number }, { span }): KeyContext => {
            const id = String(number.value);
            const known = chain.keys.find((key) => key.id === id);
            if (known) return { chain, key: known };
            const key: KeyOfChain = { id, span };
            chain.keys.push(key);
            return { chain, key };
          },
        },
        [
          setting(`key-string [<type:${SECRET_TYPE}>] <text:word>`, {
            doc: keyDoc,
            apply: ({ chain, key }, { type, text }, at) => {
              const what = `key ${key.id} of key chain ${chain.name}`;
              keepSharedKey(at, what, text, type?.value, `${what} / ${statementText(at.statement)}`);
            },
          }),
          setting('cryptographic-algorithm <algorithm:rest>', {
            doc: 'Algorithm of the key.',
            listed: true,
            apply: ({ key }, { algorithm }) => {
              key.algorithm = algorithm;
            },
          }),
          setting('accept-lifetime <time:rest>', {
            doc: 'When the key is accepted.',
            listed: true,
            apply: ({ key }, { time }) => {
              key.acceptLifetime = time;
            },
          }),
          setting('send-lifetime <time:rest>', {
            doc: 'When the key is sent.',
            listed: true,
            apply: ({ key }, { time }) => {
              key.sendLifetime = time;
            },
          }),
          setting('<what:send-id|recv-id> <id:int>', { doc: 'Number of the key in the packets of one direction.' }),
        ],
      ),
    ],
  ),
];
