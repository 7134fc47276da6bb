import { APPROVAL_NAMESPACE, bindingOf, foreignBindings, readApproval, signerOf } from '../approval.ts';
import type { EvidenceBundle } from '../bundle.ts';
import { AllowedSignersError, matchesList, parseAllowedSigners } from '../seal/allowed-signers.ts';
import { algorithmOfBlob } from '../seal/openssh-key.ts';
import { WireError } from '../seal/ssh-wire.ts';
import { isApprovalFile } from './layout.ts';
import { failed, passed, type VerificationCheck, type VerificationProblem } from './verification.ts';

/**
 * Every approval in the package: of this package, and signed by a key that the reader lets approve. Whether it is still
 * valid and unused, and enough, is the gate's question. Null for a package without approvals.
 */
export function checkApprovals(
  files: ReadonlyMap<string, Uint8Array>,
  bundle: EvidenceBundle,
  allowedSigners: string,
): VerificationCheck | null {
  const approvals = [...files].filter(([path]) => isApprovalFile(path));
  if (approvals.length === 0) return null;
  const keys = approverKeys(allowedSigners);
  const wanted = bindingOf(bundle);
  const problems = approvals.flatMap(([file, bytes]): VerificationProblem[] => {
    const refuse = (message: string, action: string): VerificationProblem[] => [{ file, message, action }];
    const read = readApproval(bytes);
    if (!read.ok) return refuse(`${file} is no approval: ${read.reason}.`, 'Remove it; it approves nothing.');
    const foreign = foreignBindings(read.approval, wanted);
    if (foreign.length > 0)
      return refuse(`${file} approves another ${foreign.join(', ')}.`, 'Remove it; it approves nothing here.');
    const signer = signerOf(read.envelope, keys);
    if (!signer)
      return refuse(
        `${file} is signed by a key that you do not let approve (claimed: ${read.envelope.signatures[0]?.keyid}).`,
        `Add the approver's key with namespaces="${APPROVAL_NAMESPACE}" to your allowed signers, if it is theirs.`,
      );
    if (!matchesList(read.approval.approver, signer.principals))
      return refuse(`${file} is signed by another person's key than its approver's.`, 'Do not rely on it.');
    return [];
  });
  const count = approvals.length === 1 ? '1 approval.' : `${approvals.length} approvals.`;
  return problems.length > 0 ? failed('approvals', problems) : passed('approvals', count);
}

/** Keys with a line that names the namespace of approvals; a key for everything is not one for approvals. */
function approverKeys(allowedSigners: string) {
  try {
    return parseAllowedSigners(allowedSigners).filter(
      ({ namespaces, certAuthority, publicKeyBlob }) =>
        namespaces !== null && !certAuthority && matchesList(APPROVAL_NAMESPACE, namespaces) && canSign(publicKeyBlob),
    );
  } catch (error) {
    // The check of trust says what is wrong with the file.
    if (error instanceof AllowedSignersError) return [];
    throw error;
  }
}

function canSign(blob: Uint8Array): boolean {
  try {
    algorithmOfBlob(blob);
    return true;
  } catch (error) {
    if (error instanceof WireError) return false;
    throw error;
  }
}
