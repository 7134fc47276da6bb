import { type Approval, type ApprovalBinding, foreignBindings, readApproval, signerOf } from '../evidence/approval.ts';
import { blobOfKey, type Policy, type PolicyApprover } from '../evidence/policy.ts';
import { fingerprint } from '../evidence/seal/ssh-wire.ts';
import { maySamePerson, normalisedName } from './person.ts';

export interface ApprovalInputs {
  /** Approvals in the package, by path. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly policy: Policy;
  readonly wanted: ApprovalBinding;
  /** Who wrote the change, who ran the preflight, and who promotes: none of them may approve. */
  readonly involved: readonly { readonly as: string; readonly name: string }[];
  /** Fingerprints of keys that may not approve: the sealing key's. */
  readonly involvedKeys: readonly string[];
  /** Fingerprints of keys that are revoked. */
  readonly revokedKeys: readonly string[];
  /** Nonces that the ledger says are used. */
  readonly usedNonces: ReadonlySet<string>;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface JudgedApproval {
  readonly file: string;
  readonly approval: Approval | null;
  readonly keyFingerprint: string | null;
  /** Why it does not count; empty when it does. */
  readonly reasons: readonly string[];
}

const time = (text: string | undefined, otherwise: number): number =>
  text === undefined ? otherwise : Date.parse(text);

/** What the approval's file says and who signed it, with every reason for which it does not count. */
function judge(file: string, bytes: Uint8Array, inputs: ApprovalInputs): JudgedApproval {
  const { policy, wanted, involved, involvedKeys, revokedKeys, usedNonces, now } = inputs;
  const read = readApproval(bytes);
  if (!read.ok) return { file, approval: null, keyFingerprint: null, reasons: [`it cannot be read: ${read.reason}`] };
  const { approval, envelope } = read;
  const keys = policy.approvals.approvers.map((approver) => ({ approver, publicKeyBlob: blobOfKey(approver.key) }));
  const signer = signerOf(envelope, keys);
  if (!signer) return { file, approval, keyFingerprint: null, reasons: ['no approver of the policy signed it'] };
  const { approver } = signer;
  const key = fingerprint(signer.publicKeyBlob);
  const found = (applies: boolean, reason: string): readonly string[] => (applies ? [reason] : []);
  const reasons = [
    ...foreignBindings(approval, wanted).map((what) => `it is for another ${what}`),
    ...found(approval.approver !== approver.name, `the key is ${approver.name}'s, not ${approval.approver}'s`),
    ...found(!approver.roles.includes(approval.role), `${approver.name} does not have the role ${approval.role}`),
    ...found(!isKeyValid(approver, now), 'the key is not valid at this time'),
    ...found(revokedKeys.includes(key), 'the key is revoked'),
    ...found(involvedKeys.includes(key), 'the key is also the one that sealed the package'),
    ...found(now < Date.parse(approval.notBefore), `it is not valid before ${approval.notBefore}`),
    ...found(now > Date.parse(approval.expires), `it expired at ${approval.expires}`),
    ...found(approval.expires <= approval.notBefore, 'it expires before it begins'),
    ...found(usedNonces.has(approval.nonce), 'it was used before'),
    ...involved.flatMap(({ as, name }) =>
      found(maySamePerson(name, approval.approver), `${approval.approver} is also ${as} (${name})`),
    ),
  ];
  return { file, approval, keyFingerprint: key, reasons };
}

const isKeyValid = ({ validAfter, validBefore }: PolicyApprover, now: number): boolean =>
  now >= time(validAfter, now) && now <= time(validBefore, now);

/**
 * Judges every approval. One key, one person and one nonce count once: of several that are otherwise good, the first by
 * file name counts.
 */
export function judgeApprovals(inputs: ApprovalInputs): readonly JudgedApproval[] {
  const seen = { key: new Set<string>(), person: new Set<string>(), nonce: new Set<string>() };
  return [...inputs.files]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([file, bytes]) => {
      const judged = judge(file, bytes, inputs);
      const { approval, keyFingerprint, reasons } = judged;
      if (!approval || keyFingerprint === null || reasons.length > 0) return judged;
      const marks = [
        { set: seen.key, mark: keyFingerprint, reason: 'the same key approved already' },
        { set: seen.person, mark: normalisedName(approval.approver), reason: 'the same person approved already' },
        { set: seen.nonce, mark: approval.nonce, reason: 'another approval has the same nonce' },
      ];
      const again = marks.filter(({ set, mark }) => set.has(mark)).map(({ reason }) => reason);
      for (const { set, mark } of marks) set.add(mark);
      return { ...judged, reasons: again };
    });
}
