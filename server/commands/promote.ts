import { randomBytes } from 'node:crypto';
import { userInfo } from 'node:os';
import { basename, dirname, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { readPackage } from '../../core/evidence/files.ts';
import { KeyStoreError, loadOrCreateSigningKey } from '../../core/evidence/key-store.ts';
import { readLedger } from '../../core/evidence/ledger-store.ts';
import type { PolicyDecision } from '../../core/evidence/policy.ts';
import { readText } from '../../core/network/load/text.ts';
import type { Connector } from '../../core/promote/connector.ts';
import { dryRun } from '../../core/promote/dry-run.ts';
import { withKnownHosts, writeRecord } from '../../core/promote/files.ts';
import { ssh } from '../../core/promote/process.ts';
import { promote } from '../../core/promote/promote.ts';
import type { PromotionRecord } from '../../core/promote/record.ts';
import { sshConnector } from '../../core/promote/ssh-connector.ts';
import { nodeFileReader } from '../files/node-file-reader.ts';
import { keyStoreOptions } from '../site/key-options.ts';
import { siteLedger } from '../site/ledger.ts';
import { sitePolicy } from '../site/policy.ts';
import { recordedTime } from '../site/recorded.ts';
import { ownTrust } from '../site/trust.ts';
import { exitCodes } from './exit-codes.ts';
import { readAllowedSigners, requireFolder } from './package-input.ts';
import { print, shown, style } from './terminal.ts';
import { UsageError } from './usage-error.ts';

export interface PromoteOptions {
  readonly live?: boolean;
  readonly identity?: string;
  readonly revertAfter: string;
  readonly operator?: string;
  readonly policy?: string;
  readonly trust?: string;
  readonly head: readonly string[];
  readonly json?: boolean;
}

/** Exit code 0 for planned or complete, 1 for denied, partial or failed. */
export async function promoteCommand(folder: string, options: PromoteOptions): Promise<number> {
  await requireFolder(folder);
  const evidence = dirname(resolve(folder));
  const store = { ...keyStoreOptions(), workspaces: [evidence] };
  const { key } = await loadOrCreateSigningKey(store).catch((error: unknown) => {
    throw error instanceof KeyStoreError ? new UsageError(error.message) : error;
  });
  const own = await ownTrust(store.configFolder);
  const allowedSigners = options.trust === undefined ? own.allowedSigners : await readAllowedSigners(options.trust);
  const { revokedKeys } = own;
  const now = Date.now();
  const place = options.policy === undefined ? {} : { file: options.policy };
  const policy = await sitePolicy({ folder: resolve(folder), ...place });
  const contents = await readPackage(folder);
  const recordedAt = await recordedTime(folder, contents, { allowedSigners, revokedKeys, now });
  const copiedHeads = await Promise.all(options.head.map((file) => readText(nodeFileReader, file, 64 * 1024)));
  const input = {
    runId: basename(resolve(folder)),
    contents,
    trust: { allowedSigners, revokedKeys, principal: null, now, ...(recordedAt !== null && { recordedAt }) },
    ledger: await readLedger(evidence),
    copiedHeads,
    policy,
    executor: options.operator ?? userInfo().username,
    siteKeys: [key.fingerprint],
  };
  const record = await withKnownHosts((knownHosts) =>
    promote(input, {
      connector: options.live ? liveConnector(policy, options, knownHosts) : dryRun,
      ledger: siteLedger(evidence, key, own),
      keep: async (kept) => void (await writeRecord(evidence, kept)),
      now: () => new Date().toISOString(),
    }),
  );
  if (options.json) print(JSON.stringify(record));
  else printRecord(record);
  return record.outcome === 'planned' || record.outcome === 'complete' ? exitCodes.fine : exitCodes.blocked;
}

function liveConnector(
  policy: PolicyDecision,
  { identity, revertAfter }: PromoteOptions,
  knownHosts: (lines: string) => Promise<string>,
): Connector {
  if (identity === undefined)
    throw new UsageError('A live promotion needs --identity, the key that logs in to the devices.');
  const seconds = Number(revertAfter);
  if (!Number.isInteger(seconds) || seconds < 5 || seconds > 3600)
    throw new UsageError('--revert-after takes between 5 and 3600 seconds.');
  const allowed = policy.status === 'trusted' ? policy.policy : null;
  return sshConnector({
    targets: allowed?.promotion.targets ?? {},
    airGap: { perimeter: allowed?.perimeter ?? [] },
    identity: resolve(identity),
    knownHosts,
    run: ssh,
    token: randomBytes(8).toString('hex'),
    revertAfter: seconds,
    monotonic: () => performance.now(),
    wait: async (milliseconds) => void (await wait(milliseconds)),
  });
}

const OUTCOMES: Readonly<Record<PromotionRecord['outcome'], string>> = {
  denied: '✗ DENIED: nothing was reached',
  planned: '✓ PLANNED: a dry run, nothing was pushed',
  complete: '✓ COMPLETE: every device runs its new configuration',
  partial: '✗ PARTIAL: stopped at the first failure',
  failed: '✗ FAILED: no device was changed',
};

function printRecord({ decision, devices, notReached, outcome }: PromotionRecord): void {
  for (const { id, title, answer, inputs, reasons } of decision.answers) {
    print(
      `${style(answer === 'pass' ? 'green' : 'red', answer === 'pass' ? '✓ pass' : '✗ deny')}  ${id.padEnd(13)} ${title}`,
    );
    for (const input of inputs) print(`         ${style('dim', shown(input))}`);
    for (const reason of reasons) print(`         ${shown(reason)}`);
  }
  for (const { device, outcome: end, steps } of devices) {
    print(`\n${shown(device)}: ${end}`);
    for (const { step, status, detail } of steps) print(`  ${status.padEnd(11)} ${shown(step)}: ${shown(detail)}`);
  }
  if (notReached.length > 0) print(`\nNot reached: ${notReached.map(shown).join(', ')}`);
  print(`\n${OUTCOMES[outcome]}.`);
}
