import { randomBytes } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { bindingOf, signApproval } from '../../core/evidence/approval.ts';
import { readPackage } from '../../core/evidence/files.ts';
import { KeyStoreError, readKeyFile } from '../../core/evidence/key-store.ts';
import { isApprovalFile } from '../../core/evidence/package/layout.ts';
import { verifyContents } from '../../core/evidence/package/verify.ts';
import { blobOfKey } from '../../core/evidence/policy.ts';
import { sha256Hex } from '../../core/evidence/seal/sha256sums.ts';
import { writeApproval } from '../../core/promote/files.ts';
import { maySamePerson } from '../../core/promote/person.ts';
import { keyStoreOptions } from '../site/key-options.ts';
import { sitePolicy } from '../site/policy.ts';
import { recordedTime, recordInLedger } from '../site/recorded.ts';
import { ownConfigFolder, ownTrust } from '../site/trust.ts';
import { exitCodes } from './exit-codes.ts';
import { readAllowedSigners, requireFolder } from './package-input.ts';
import { print, shown } from './terminal.ts';
import { UsageError } from './usage-error.ts';

export interface ApproveOptions {
  readonly key: string;
  readonly role?: string;
  readonly expires: string;
  readonly notBefore?: string;
  readonly reject?: boolean;
  readonly policy?: string;
  readonly trust?: string;
}

/** Verifies the package, then writes the approval into it and into the ledger. What may not count is not signed. */
export async function approveCommand(folder: string, options: ApproveOptions): Promise<number> {
  await requireFolder(folder);
  const key = await readKeyFile(options.key, keyStoreOptions()).catch((error: unknown) => {
    throw error instanceof KeyStoreError ? new UsageError(error.message) : error;
  });
  const own = await ownTrust(ownConfigFolder());
  const allowedSigners = options.trust === undefined ? own.allowedSigners : await readAllowedSigners(options.trust);
  const { revokedKeys } = own;
  const now = Date.now();
  const contents = await readPackage(folder);
  const sealed = new Map([...contents.files].filter(([path]) => !isApprovalFile(path)));
  const recordedAt = await recordedTime(folder, contents, { allowedSigners, revokedKeys, now });
  const { bundle, checks } = verifyContents(
    { ...contents, files: sealed },
    { allowedSigners, revokedKeys, principal: null, now, ...(recordedAt !== null && { recordedAt }) },
  );
  if (!bundle)
    throw new UsageError(
      `${folder}: The package does not verify. ${checks.find(({ status }) => status === 'failed')?.summary ?? ''}`.trim(),
    );

  const place = options.policy === undefined ? {} : { file: options.policy };
  const policy = await sitePolicy({ folder: resolve(folder), ...place });
  if (policy.status !== 'trusted')
    throw new UsageError(
      policy.status === 'absent' ? 'There is no signed policy that says who approves.' : policy.reason,
    );
  const approver = policy.policy.approvals.approvers.find(
    (one) => Buffer.compare(blobOfKey(one.key), key.publicKeyBlob) === 0,
  );
  if (!approver) throw new UsageError(`${options.key}: The policy does not name this key as an approver's.`);
  const role = options.role ?? approver.roles[0] ?? '';
  if (!approver.roles.includes(role))
    throw new UsageError(`${approver.name} does not have the role ${shown(role)} in the policy.`);
  if (bundle.policy.sha256 !== policy.sha256)
    throw new UsageError('The policy is another one than at the preflight; run the preflight again.');
  for (const name of [bundle.request.author ?? bundle.operator, bundle.operator])
    if (maySamePerson(name, approver.name))
      throw new UsageError(
        `${approver.name} made this change or ran its preflight (${shown(name)}) and may not approve it.`,
      );

  const hours = Number(options.expires);
  if (!(hours > 0 && hours <= 8760))
    throw new UsageError(`${options.expires} is not a number of hours between 0 and 8760.`);
  const from = options.notBefore === undefined ? now : Date.parse(options.notBefore);
  if (Number.isNaN(from)) throw new UsageError(`${options.notBefore} is not a time, for example 2026-01-31T09:30:00Z.`);
  const seconds = (time: number): string => new Date(Math.floor(time / 1000) * 1000).toISOString().replace('.000', '');
  const nonce = randomBytes(16).toString('hex');
  const bytes = signApproval(
    {
      approvalVersion: 1,
      decision: options.reject ? 'reject' : 'approve',
      approver: approver.name,
      role,
      ...bindingOf(bundle),
      notBefore: seconds(from),
      expires: seconds(from + hours * 3_600_000),
      nonce,
    },
    key,
  );
  const problem = await recordInLedger(dirname(resolve(folder)), {
    type: options.reject ? 'deny' : 'approve',
    actor: approver.name,
    run: bundle.runId,
    digests: { bundle: bindingOf(bundle).bundle, approval: sha256Hex(bytes) },
    nonces: [],
    note: `${options.reject ? 'Rejected' : 'Approved'} as ${role} until ${seconds(from + hours * 3_600_000)}.`,
  });
  // A rejection that only lies in a file could be removed.
  if (problem !== null && options.reject) throw new UsageError(`The rejection could not be recorded. ${problem}`);
  const file = await writeApproval(folder, `${nonce.slice(0, 12)}`, bytes);
  print(`${options.reject ? 'Rejected' : 'Approved'} by ${shown(approver.name)} as ${role}: ${shown(join(file))}`);
  if (problem !== null) print(`Not recorded in the ledger: ${shown(problem)}`);
  return exitCodes.fine;
}
