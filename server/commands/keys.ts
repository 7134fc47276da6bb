import { userInfo } from 'node:os';
import { basename } from 'node:path';
import {
  createKey,
  KEY_PURPOSES,
  type KeyPurpose,
  KeyStoreError,
  listKeys,
  loadOrCreateSigningKey,
  pinKey,
  readKeyFile,
  rotateSigningKey,
} from '../../core/evidence/key-store.ts';
import { publicKeyPem } from '../../core/evidence/package/statements.ts';
import { allowedSignerLine, parseAllowedSigners } from '../../core/evidence/seal/allowed-signers.ts';
import {
  algorithmOfBlob,
  ECDSA_P256,
  ED25519,
  type KeyAlgorithm,
  publicKeyLine,
} from '../../core/evidence/seal/openssh-key.ts';
import { isRevoked, parseRevokedKeys } from '../../core/evidence/seal/revoked-keys.ts';
import { sha256Hex } from '../../core/evidence/seal/sha256sums.ts';
import { fingerprint, WireError } from '../../core/evidence/seal/ssh-wire.ts';
import { readText } from '../../core/network/load/text.ts';
import { nodeFileReader } from '../files/node-file-reader.ts';
import { keyStoreOptions } from '../site/key-options.ts';
import { siteLedger } from '../site/ledger.ts';
import { ownTrust } from '../site/trust.ts';
import { exitCodes } from './exit-codes.ts';
import { print, shown, table } from './terminal.ts';
import { UsageError } from './usage-error.ts';

type AlgorithmName = 'ed25519' | 'ecdsa-p256';
const ALGORITHMS: Readonly<Record<AlgorithmName, KeyAlgorithm>> = { ed25519: ED25519, 'ecdsa-p256': ECDSA_P256 };

/** A key store that cannot be used is the user's to put in order, not a fault of the program. */
async function stored<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof KeyStoreError) throw new UsageError(error.message);
    throw error;
  }
}

export async function listCommand({ json = false }: { readonly json?: boolean }): Promise<number> {
  const options = keyStoreOptions();
  const own = await stored(listKeys(options));
  const { allowedSigners, revokedKeys } = await ownTrust(options.configFolder);
  const revoked = parseRevokedKeys(revokedKeys);
  const now = Date.now();
  const believed = parseAllowedSigners(allowedSigners).map((signer) => ({
    principals: signer.principals.join(','),
    fingerprint: fingerprint(signer.publicKeyBlob),
    namespaces: signer.namespaces?.join(',') ?? 'every namespace',
    status: isRevoked(revoked, signer.publicKeyBlob)
      ? 'revoked'
      : signer.validBefore !== null && now > signer.validBefore
        ? 'no longer valid'
        : signer.validAfter !== null && now < signer.validAfter
          ? 'not valid yet'
          : 'valid',
  }));
  const keys = [...own].map(([file, key]) => ({
    file,
    principal: key.principal,
    algorithm: key.algorithm,
    fingerprint: key.fingerprint,
  }));
  if (json) {
    print(JSON.stringify({ keys, believed, revoked: revoked.map((blob) => fingerprint(blob)) }));
    return exitCodes.fine;
  }
  print(
    table(
      ['Own key', 'Principal', 'Kind', 'Fingerprint'],
      keys.map((key) => [basename(key.file), key.principal, key.algorithm, key.fingerprint]),
    ),
  );
  print(
    `\n${table(
      ['Believed as', 'For', 'Status', 'Fingerprint'],
      believed.map((one) => [one.principals, one.namespaces, one.status, one.fingerprint]),
    )}`,
  );
  return exitCodes.fine;
}

export async function newCommand(options: {
  readonly purpose: KeyPurpose;
  readonly principal: string;
  readonly algorithm: AlgorithmName;
}): Promise<number> {
  const { purpose, principal, algorithm } = options;
  const { key, keyFile } = await stored(
    createKey({ ...keyStoreOptions(principal), purpose, algorithm: ALGORITHMS[algorithm] }),
  );
  print(`${keyFile} (${key.fingerprint})`);
  print(allowedSignerLine(key.principal, KEY_PURPOSES[purpose], key.algorithm, key.publicKeyBlob));
  return exitCodes.fine;
}

export async function pinCommand(
  file: string,
  { purpose, principal }: { readonly purpose: KeyPurpose; readonly principal: string },
): Promise<number> {
  const [, base64 = ''] = (await readText(nodeFileReader, file, 64 * 1024)).trim().split(/\s+/);
  const blob = new Uint8Array(Buffer.from(base64, 'base64'));
  let algorithm: KeyAlgorithm;
  try {
    algorithm = algorithmOfBlob(blob);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    throw new UsageError(`${file}: This is not a public key that can be used here. ${error.message}`);
  }
  const line = await stored(pinKey({ ...keyStoreOptions(principal), purpose, algorithm, blob }));
  print(`Believed from now on: ${line}`);
  return exitCodes.fine;
}

export async function rotateCommand(options: {
  readonly algorithm: AlgorithmName;
  readonly evidence?: string;
  readonly revoke?: string;
}): Promise<number> {
  const { algorithm, evidence, revoke } = options;
  const store = keyStoreOptions();
  const trustBefore = await ownTrust(store.configFolder);
  const { key, former } = await stored(
    rotateSigningKey({
      ...store,
      algorithm: ALGORITHMS[algorithm],
      now: new Date(),
      ...(revoke !== undefined && { revoke }),
    }),
  );
  if (evidence !== undefined) {
    // The last head is the former key's; the record that it was replaced is the new one's first.
    await siteLedger(evidence, key, trustBefore).append({
      type: 'key',
      actor: userInfo().username,
      run: null,
      digests: { former: sha256Hex(former.publicKeyBlob), present: sha256Hex(key.publicKeyBlob) },
      nonces: [],
      note:
        revoke === undefined
          ? `The sealing key ${former.fingerprint} was replaced by ${key.fingerprint}.`
          : `The sealing key ${former.fingerprint} was revoked and replaced by ${key.fingerprint}: ${shown(revoke)}`,
    });
  }
  print(
    `${revoke === undefined ? 'Replaced' : 'Revoked'} ${former.fingerprint}; ${key.fingerprint} seals from now on.`,
  );
  return exitCodes.fine;
}

export async function exportCommand(
  file: string | undefined,
  { format, purpose }: { readonly format: 'allowed-signers' | 'ssh' | 'pem'; readonly purpose: KeyPurpose },
): Promise<number> {
  const options = keyStoreOptions();
  const key =
    file === undefined ? (await stored(loadOrCreateSigningKey(options))).key : await stored(readKeyFile(file, options));
  if (format === 'pem') print(publicKeyPem(key.publicKeyBlob).trimEnd());
  else if (format === 'ssh') print(publicKeyLine(key));
  else print(allowedSignerLine(key.principal, KEY_PURPOSES[purpose], key.algorithm, key.publicKeyBlob));
  return exitCodes.fine;
}
