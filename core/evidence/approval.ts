/**
 * An approval: one person's signed statement about one package, which the gate reads. It is bound to the bundle, the
 * configurations, the inventory and the policy by their digests, valid for a time, and used once by its nonce.
 */
import * as z from 'zod/mini';
import type { EvidenceBundle } from './bundle.ts';
import { canonicalBytes, canonicalJson } from './canonical.ts';
import { describedFiles } from './package/layout.ts';
import { fileName, type Immutable, identifier, line, sha256, utc } from './primitives.ts';
import { type Envelope, envelopeBytes, payloadOf, readEnvelope, signEnvelope, verifyEnvelope } from './seal/dsse.ts';
import type { SigningKey } from './seal/openssh-key.ts';
import { sha256Hex } from './seal/sha256sums.ts';
import { ascii, fingerprint } from './seal/ssh-wire.ts';
import { JsonError, readStrictJson } from './strict-json.ts';

export const APPROVAL_PAYLOAD_TYPE = 'application/vnd.aegis.approval.v1+json';
/** The namespace of an allowed_signers line for a key that may approve. */
export const APPROVAL_NAMESPACE = 'preflight-approval@v1';

/** What an approval is bound to. */
const binding = {
  runId: fileName,
  bundle: sha256,
  configs: sha256,
  inventory: sha256,
  /** Digest of the policy file in force; null where the run had none. */
  policy: z.nullable(sha256),
};

export const approvalSchema = z.strictObject({
  approvalVersion: z.literal(1),
  decision: z.enum(['approve', 'reject']),
  /** The approver's name, as the policy lists it. */
  approver: line,
  role: identifier,
  ...binding,
  notBefore: utc,
  expires: utc,
  /** 16 random bytes in hexadecimal. */
  nonce: z.string().check(z.regex(/^[0-9a-f]{32}$/)),
});
export type Approval = Immutable<z.infer<typeof approvalSchema>>;
export type ApprovalBinding = Pick<Approval, 'runId' | 'bundle' | 'configs' | 'inventory' | 'policy'>;

/** What an approval of this bundle must name. */
export function bindingOf(bundle: EvidenceBundle): ApprovalBinding {
  const configs = describedFiles(bundle)
    .filter(({ path }) => path.startsWith('configs/'))
    .map(({ path, sha256: digest }) => `${digest}  ${path}\n`)
    .sort();
  const devices = [...bundle.change.devices, ...bundle.change.unchanged];
  const inventory = {
    topology: bundle.twin.status === 'run' ? bundle.twin.topology.sha256 : null,
    devices: devices.map(({ name, path, dialect }) => ({ name, path, dialect })),
  };
  return {
    runId: bundle.runId,
    bundle: sha256Hex(canonicalBytes(bundle)),
    configs: sha256Hex(ascii(configs.join(''))),
    inventory: sha256Hex(ascii(canonicalJson(inventory))),
    policy: bundle.policy.sha256,
  };
}

/** The bytes of an approval's file. */
export function signApproval(approval: Approval, key: SigningKey): Uint8Array {
  const checked = approvalSchema.parse(approval);
  return envelopeBytes(signEnvelope(APPROVAL_PAYLOAD_TYPE, ascii(canonicalJson(checked)), key));
}

export type ReadApproval =
  | { readonly ok: true; readonly approval: Approval; readonly envelope: Envelope }
  | { readonly ok: false; readonly reason: string };

/** Reads an approval's file. Nothing of it is verified yet. */
export function readApproval(bytes: Uint8Array): ReadApproval {
  try {
    const envelope = readEnvelope(bytes);
    if (envelope.payloadType !== APPROVAL_PAYLOAD_TYPE)
      return { ok: false, reason: `its payload is of type ${JSON.stringify(envelope.payloadType)}, not an approval` };
    const payload = payloadOf(envelope);
    const parsed = approvalSchema.safeParse(readStrictJson(payload));
    if (!parsed.success) return { ok: false, reason: 'it does not follow the schema of an approval' };
    if (Buffer.compare(ascii(canonicalJson(parsed.data)), payload) !== 0)
      return { ok: false, reason: 'its payload is not in canonical form (RFC 8785)' };
    return { ok: true, approval: parsed.data, envelope };
  } catch (error) {
    if (error instanceof JsonError || error instanceof RangeError)
      return { ok: false, reason: sentence(error.message) };
    throw error;
  }
}

const sentence = (text: string): string => `${text.charAt(0).toLowerCase()}${text.slice(1)}`.replace(/\.$/, '');

/** The first of these keys that signed the approval; the key id must name it too, but never decides. */
export function signerOf<Key extends { readonly publicKeyBlob: Uint8Array }>(
  envelope: Envelope,
  keys: readonly Key[],
): Key | undefined {
  return keys.find(
    ({ publicKeyBlob }) =>
      verifyEnvelope(envelope, publicKeyBlob) && envelope.signatures[0]?.keyid === fingerprint(publicKeyBlob),
  );
}

const BOUND_TO = {
  runId: 'run',
  bundle: 'bundle',
  configs: 'set of configurations',
  inventory: 'inventory',
  policy: 'policy',
} as const;

/** What in the approval is bound to something else, in words; empty when it is of this package. */
export function foreignBindings(approval: Approval, wanted: ApprovalBinding): readonly string[] {
  return (Object.keys(BOUND_TO) as (keyof ApprovalBinding)[])
    .filter((name) => approval[name] !== wanted[name])
    .map((name) => BOUND_TO[name]);
}
