// The in-toto statements, read by Sigstore's own verifier.
import { bundleFromJSON } from '@sigstore/bundle';
import { toSignedEntity, toTrustMaterial, Verifier } from '@sigstore/verify';
import { beforeAll, describe, expect, test } from 'vitest';
import { readReportFonts } from '../../core/evidence/files.ts';
import { SMALL, sampleRun, testKey } from '../../core/evidence/fixtures/sample-run.ts';
import { type ComposedPackage, composePackage } from '../../core/evidence/package/compose.ts';
import { keyHint } from '../../core/evidence/package/statements.ts';
import { newP256Key, publicKeyFromBlob, type SigningKey } from '../../core/evidence/seal/openssh-key.ts';
import { sha256Hex } from '../../core/evidence/seal/sha256sums.ts';

const FILES = ['evidence.sigstore.json', 'test-result.sigstore.json'] as const;

/** What Sigstore's verifier says when it trusts this key; throws when it does not accept the bundle. */
function sigstoreVerify(text: string, key: SigningKey): void {
  const none = { mediaType: '', tlogs: [], ctlogs: [], certificateAuthorities: [], timestampAuthorities: [] };
  const material = toTrustMaterial(none, {
    [keyHint(key.publicKeyBlob)]: {
      rawBytes: publicKeyFromBlob(key.publicKeyBlob).export({ format: 'der', type: 'spki' }),
      keyDetails: 0,
    },
  } as unknown as Parameters<typeof toTrustMaterial>[1]);
  const verifier = new Verifier(material, { tlogThreshold: 0, ctlogThreshold: 0, timestampThreshold: 0 });
  verifier.verify(toSignedEntity(bundleFromJSON(JSON.parse(text))));
}

describe.each([
  ['Ed25519', testKey()],
  ['ECDSA on P-256', newP256Key('seal@p256')],
])('statements signed with %s', (_title, key) => {
  let sealed: ComposedPackage;
  const text = (file: string): string => new TextDecoder().decode(sealed.files.get(file));
  beforeAll(async () => {
    const { bundle, inputs } = sampleRun(SMALL);
    sealed = await composePackage(bundle, inputs, key, await readReportFonts());
  });

  test.each(FILES)('@sigstore/verify accepts %s', (file) => {
    expect(() => sigstoreVerify(text(file), key)).not.toThrow();
  });

  test.each(FILES)('it refuses %s with another payload, another payload type, or another signature', (file) => {
    const bundle = JSON.parse(text(file)) as {
      dsseEnvelope: { payload: string; payloadType: string; signatures: { sig: string; keyid: string }[] };
    };
    const changed = (change: (copy: typeof bundle.dsseEnvelope) => void): string => {
      const copy = structuredClone(bundle);
      change(copy.dsseEnvelope);
      return JSON.stringify(copy);
    };
    const statement = Buffer.from(bundle.dsseEnvelope.payload, 'base64')
      .toString()
      .replace('ship_ready', 'ship_readx')
      .replace('PASSED', 'FAILED');
    for (const tampered of [
      changed((envelope) => Object.assign(envelope, { payload: Buffer.from(statement).toString('base64') })),
      changed((envelope) => Object.assign(envelope, { payloadType: 'application/json' })),
      changed((envelope) => {
        const signature = Buffer.from(envelope.signatures[0]?.sig ?? '', 'base64');
        signature[12] = (signature[12] ?? 0) ^ 1;
        envelope.signatures = [{ keyid: '', sig: signature.toString('base64') }];
      }),
    ])
      expect(() => sigstoreVerify(tampered, key)).toThrow();
  });

  test('it refuses two signatures, and another key under the same hint', () => {
    const bundle = JSON.parse(text(FILES[0])) as { dsseEnvelope: { signatures: unknown[] } };
    bundle.dsseEnvelope.signatures.push(bundle.dsseEnvelope.signatures[0]);
    expect(() => sigstoreVerify(JSON.stringify(bundle), key)).toThrow();
    const other = { ...testKey(9), publicKeyBlob: testKey(9).publicKeyBlob };
    const sameHint = text(FILES[0]).replace(keyHint(key.publicKeyBlob), keyHint(other.publicKeyBlob));
    expect(() => sigstoreVerify(sameHint, other)).toThrow();
  });

  test('the subjects are each configuration and the bundle, by digests that sha256sum gives', () => {
    for (const file of FILES) {
      const bundle = JSON.parse(text(file)) as { dsseEnvelope: { payload: string } };
      const statement = JSON.parse(Buffer.from(bundle.dsseEnvelope.payload, 'base64').toString()) as {
        readonly _type: string;
        readonly subject: readonly { readonly name: string; readonly digest: { readonly sha256: string } }[];
      };
      expect(statement._type).toBe('https://in-toto.io/Statement/v1');
      expect(statement.subject.map(({ name }) => name).sort()).toEqual(
        [...sealed.files.keys()].filter((path) => path.startsWith('configs/') || path === 'bundle.json').sort(),
      );
      for (const { name, digest } of statement.subject)
        expect(digest.sha256).toBe(sha256Hex(sealed.files.get(name) ?? new Uint8Array()));
    }
  });
});
