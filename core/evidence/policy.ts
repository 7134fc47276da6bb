/**
 * The site's policy: `aegis.policy.yml` and, beside it, an SSHSIG signature by a key that the reader pinned. It says how
 * far a change may ship by itself, who may approve, and whether anything may be pushed to devices. A policy that is not
 * signed by a pinned key is not believed, and what is not believed can only make things stricter.
 */

import { type Document, isNode, LineCounter, parseDocument, visit } from 'yaml';
import * as z from 'zod/mini';
import { type Immutable, identifier, line, sha256, utc } from './primitives.ts';
import { AllowedSignersError, parseAllowedSigners, trust } from './seal/allowed-signers.ts';
import { algorithmOfBlob } from './seal/openssh-key.ts';
import { isRevoked, parseRevokedKeys, RevokedKeysError } from './seal/revoked-keys.ts';
import { sha256Hex } from './seal/sha256sums.ts';
import { fingerprint, WireError, WireReader } from './seal/ssh-wire.ts';
import { parseSignature, verifyMessage } from './seal/sshsig.ts';

export const POLICY_FILE = 'aegis.policy.yml';
export const POLICY_SIGNATURE_FILE = 'aegis.policy.yml.sig';
export const POLICY_NAMESPACE = 'preflight-policy@v1';
export const POLICY_VERSION = 1;

/** From the least to the most restrictive: ships by itself, a human watches, a human approves first, never. */
const authority = z.enum(['AUTO', 'HOTL', 'HITL', 'BLOCK']);
const whole = z.int().check(z.gte(0), z.lte(1000));

/** One public key as a `.pub` file holds it: type and base64, without the comment. */
const publicKey = z.string().check(z.refine((text: string) => keyBlob(text) !== null));

function keyBlob(text: string): Uint8Array | null {
  const [type = '', base64 = '', ...rest] = text.split(' ');
  const blob = new Uint8Array(Buffer.from(base64, 'base64'));
  try {
    if (rest.length > 0 || Buffer.from(blob).toString('base64') !== base64) return null;
    return new WireReader(blob).text() === type && algorithmOfBlob(blob) === type ? blob : null;
  } catch (error) {
    if (error instanceof WireError) return null;
    throw error;
  }
}

const approver = z.strictObject({
  /** As people know them; an approver is compared with author and operator by this name, too. */
  name: line,
  roles: z.array(identifier).check(z.minLength(1)),
  key: publicKey,
  validAfter: z.optional(utc),
  validBefore: z.optional(utc),
});

/** A device that may be changed live, and how it is reached. */
const target = z.strictObject({
  /** `ssh://user@10.0.0.1:22`; a literal address inside `perimeter`, or of this machine. */
  address: line,
  /** The network system, which decides how it is changed: `frr`, `eos`, `junos` ... */
  system: identifier,
  /** Host keys as known_hosts has them, type and base64. A device with another one is not changed. */
  hostKeys: z.array(publicKey).check(z.minLength(1)),
});

/** A port, or two with a dash between them. */
const portRange = z.string().check(z.refine((text: string) => parsePorts(text) !== null));

function parsePorts(text: string): readonly [number, number] | null {
  const [, low, high] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  if (low === undefined) return null;
  const range = [Number(low), Number(high ?? low)] as const;
  return range[0] <= range[1] && range[1] <= 65535 ? range : null;
}

const service = z.strictObject({
  /** As filters name it: `tcp`, `udp`, `icmp`, a number, or `ip` for every protocol. */
  protocol: identifier,
  /** Destination ports and ranges; absent: every port of the protocol. */
  ports: z.optional(z.array(portRange).check(z.minLength(1))),
  /** Why it is needed, and who approved it. */
  reason: line,
});

export const policySchema = z.strictObject({
  policyVersion: z.literal(POLICY_VERSION),
  site: line,
  /** The least restrictive authority that any change may have. */
  ceiling: authority,
  approvals: z.strictObject({
    /** How many people must approve a change of this tier; medium and high always need one at least. */
    required: z.strictObject({ low: whole, medium: whole, high: whole, critical: whole }),
    /** Roles of which each must be among the approvers of a change of tier high or critical. */
    roles: z._default(z.array(identifier), []),
    approvers: z.array(approver),
  }),
  promotion: z.strictObject({
    /** Whether a change may be pushed to devices at all; the command line must ask for it as well. */
    live: z._default(z.boolean(), false),
    /** Evidence that is older may not be promoted. */
    maxAgeHours: z.int().check(z.gte(1), z.lte(8760)),
    /** The devices that may be changed live, by their names in the lab. */
    targets: z._default(z.record(line, target), {}),
  }),
  /** Literal addresses and prefixes inside the perimeter that may be called; this machine always may. */
  perimeter: z._default(z.array(line), []),
  guards: z._default(
    z.strictObject({
      /** Severities that no setting may lower, by rule. */
      severities: z._default(z.record(identifier, z.enum(['P0', 'P1', 'P2'])), {}),
    }),
    { severities: {} },
  ),
  /** Services that packet filters may permit. A change that permits another one fails PCI DSS 1.2.5. */
  services: z.optional(z.array(service)),
  timestamps: z.optional(
    z.strictObject({
      /** `http://127.0.0.1:3180/tsa` or `unix:/run/tsa.sock`. */
      address: line,
      /** SHA-256 of the authority's CA certificate file, for the record. */
      authority: z.optional(sha256),
    }),
  ),
});
export type Policy = Immutable<z.infer<typeof policySchema>>;
export type PolicyApprover = Policy['approvals']['approvers'][number];
export type PolicyTarget = Policy['promotion']['targets'][string];

/** The approved services of a policy, with their ports as numbers. */
export const approvedServices = (
  services: NonNullable<Policy['services']>,
): readonly { readonly protocol: string; readonly ports?: readonly (readonly [number, number])[] }[] =>
  services.map(({ protocol, ports }) => ({
    protocol,
    ...(ports && { ports: ports.map(parsePorts).filter((range) => range !== null) }),
  }));

/** The public key of an entry in wire encoding. */
export function blobOfKey(text: string): Uint8Array {
  const blob = keyBlob(text);
  if (!blob) throw new RangeError('Not a public key.');
  return blob;
}

export type PolicyDecision =
  | { readonly status: 'absent' }
  | { readonly status: 'trusted'; readonly policy: Policy; readonly sha256: string; readonly signer: string }
  /** There is a policy, or there must be one, and it is not believed: the most restrictive of everything holds. */
  | { readonly status: 'untrusted'; readonly reason: string; readonly sha256: string | null };

export interface PolicyInput {
  /** Bytes of the policy file; null where there is none. */
  readonly policy: Uint8Array | null;
  /** Text of its signature; null where there is none. */
  readonly signature: string | null;
  /** Text of the reader's allowed_signers; lines with the namespace preflight-policy@v1 pin policy signers. */
  readonly allowedSigners: string;
  readonly revokedKeys: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Decides about a policy. A site that pinned a policy signer has a policy: removing the file removes no rule. */
export function decidePolicy(input: PolicyInput): PolicyDecision {
  const { policy, signature, allowedSigners, revokedKeys, now } = input;
  const digest = policy === null ? null : sha256Hex(policy);
  const refuse = (reason: string): PolicyDecision => ({ status: 'untrusted', reason, sha256: digest });
  let pinned: ReturnType<typeof parseAllowedSigners>;
  let revoked: readonly Uint8Array[];
  try {
    // A key that is allowed for everything was not pinned for policies.
    pinned = parseAllowedSigners(allowedSigners).filter(({ namespaces }) => namespaces?.includes(POLICY_NAMESPACE));
    revoked = parseRevokedKeys(revokedKeys);
  } catch (error) {
    if (error instanceof AllowedSignersError || error instanceof RevokedKeysError) return refuse(error.message);
    throw error;
  }
  if (policy === null)
    return pinned.length === 0
      ? { status: 'absent' }
      : refuse('This site has a policy signer, but there is no policy file.');
  if (signature === null) return refuse(`The policy is not signed: ${POLICY_SIGNATURE_FILE} is missing.`);
  let signer: string;
  try {
    const parsed = parseSignature(signature);
    if (!verifyMessage(policy, POLICY_NAMESPACE, parsed)) return refuse('The signature does not fit the policy.');
    if (isRevoked(revoked, parsed.publicKeyBlob)) return refuse('The key that signed the policy is revoked.');
    const decision = trust(pinned, parsed.publicKeyBlob, null, POLICY_NAMESPACE, now);
    if (!decision.trusted)
      return refuse(
        `The policy is signed by ${fingerprint(parsed.publicKeyBlob)}, which is not pinned: ${decision.reason}.`,
      );
    signer = decision.signer.principals.join(', ');
  } catch (error) {
    if (error instanceof WireError) return refuse(`The signature of the policy cannot be read. ${error.message}`);
    throw error;
  }
  const read = readPolicy(policy);
  return read.ok ? { status: 'trusted', policy: read.policy, sha256: sha256Hex(policy), signer } : refuse(read.reason);
}

export type ReadPolicy =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly reason: string };

/** What in a policy's text cannot be used: a zero-based line and a sentence. */
export interface PolicyProblem {
  readonly line: number;
  readonly message: string;
}

type ParsedPolicy =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly problems: readonly [PolicyProblem, ...PolicyProblem[]] };

/** Reads the YAML: no aliases, no duplicate keys, no tags, nothing that the schema does not know. */
function parsePolicy(text: string): ParsedPolicy {
  const lines = new LineCounter();
  const document = parseDocument(text, { strict: true, uniqueKeys: true, merge: false, lineCounter: lines });
  const lineAt = (offset: number | undefined): number => (offset === undefined ? 0 : lines.linePos(offset).line - 1);
  const refuse = (line: number, message: string): ParsedPolicy => ({ ok: false, problems: [{ line, message }] });
  const [problem] = [...document.errors, ...document.warnings];
  if (problem) return refuse(lineAt(problem.pos[0]), `The policy is not valid YAML: ${problem.message.split('\n')[0]}`);
  let alias: number | undefined;
  visit(document, {
    Alias: (_, node) => {
      alias = lineAt(node.range?.[0]);
      return visit.BREAK;
    },
  });
  if (alias !== undefined) return refuse(alias, 'The policy uses an alias; write each part out.');
  const parsed = policySchema.safeParse(document.toJS());
  if (parsed.success) return { ok: true, policy: parsed.data };
  const problems = parsed.error.issues.map((issue): PolicyProblem => {
    const where = issue.path.length > 0 ? issue.path.join('.') : 'the top level';
    const unknown = issue.code === 'unrecognized_keys' ? `: ${issue.keys.join(', ')}` : '';
    return {
      line: lineAt(
        offsetOf(
          document,
          issue.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys.slice(0, 1)] : issue.path,
        ),
      ),
      message: `The policy does not follow its schema at ${where} (${issue.code ?? 'invalid'}${unknown}).`,
    };
  });
  const [first, ...more] = problems;
  return first ? { ok: false, problems: [first, ...more] } : refuse(0, 'The policy does not follow its schema.');
}

/** Where a value stands, or the nearest thing around it that is there. Bytes of the text. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number | undefined {
  for (let depth = path.length; depth >= 0; depth -= 1) {
    const node: unknown = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return undefined;
}

/** Everything in a policy's text that cannot be used, for an editor. Whether it is signed is another question. */
export function policyProblems(text: string): readonly PolicyProblem[] {
  const parsed = parsePolicy(text);
  return parsed.ok ? [] : parsed.problems;
}

/** Reads the bytes of a policy. */
export function readPolicy(bytes: Uint8Array): ReadPolicy {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { ok: false, reason: 'The policy is not UTF-8.' };
  }
  const parsed = parsePolicy(text);
  return parsed.ok ? parsed : { ok: false, reason: parsed.problems[0].message };
}

/** The ceiling that holds, and why; null where no policy says anything. */
export function ceilingOf(
  decision: PolicyDecision,
): { readonly level: Policy['ceiling']; readonly reason: string } | null {
  if (decision.status === 'absent') return null;
  if (decision.status === 'trusted')
    return {
      level: decision.policy.ceiling,
      reason: `The policy of ${decision.policy.site} allows ${decision.policy.ceiling} at most.`,
    };
  return { level: 'BLOCK', reason: `The site's policy is not believed, so nothing may ship. ${decision.reason}` };
}
