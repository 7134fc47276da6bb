import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isPackageName, readPackage } from '../../core/evidence/files.ts';
import { readRecord, splitLines } from '../../core/evidence/ledger/record.ts';
import { verifyLedger } from '../../core/evidence/ledger/verify-ledger.ts';
import { readLedger } from '../../core/evidence/ledger-store.ts';
import { BUNDLE_FILE, SUMS_FILE } from '../../core/evidence/package/layout.ts';
import { sha256Hex } from '../../core/evidence/seal/sha256sums.ts';
import { readText } from '../../core/network/load/text.ts';
import { nodeFileReader } from '../files/node-file-reader.ts';
import { ownConfigFolder, ownTrust } from '../site/trust.ts';
import { exitCodes } from './exit-codes.ts';
import { readAllowedSigners, requireFolder } from './package-input.ts';
import { print, shown, table } from './terminal.ts';
import { UsageError } from './usage-error.ts';

export interface VerifyLedgerOptions {
  readonly trust?: string;
  readonly revoked?: string;
  readonly head: readonly string[];
  readonly json?: boolean;
}

/** Verifies a ledger and the packages beside it; the exit code is 1 when anything is wrong. */
export async function verifyLedgerCommand(folder: string, options: VerifyLedgerOptions): Promise<number> {
  const files = await ledgerOf(folder);
  const own = await ownTrust(ownConfigFolder());
  const trust = {
    allowedSigners: options.trust === undefined ? own.allowedSigners : await readAllowedSigners(options.trust),
    revokedKeys: options.revoked === undefined ? own.revokedKeys : await readAllowedSigners(options.revoked),
  };
  const heads = await Promise.all(options.head.map((file) => readText(nodeFileReader, file, 64 * 1024)));
  const { ok, problems, records, head } = verifyLedger(files, trust, heads);
  const missing = ok ? await packagesWithout(folder, records) : [];
  const all = [...problems, ...missing];
  if (options.json) print(JSON.stringify({ ok: all.length === 0, records: records.length, head, problems: all }));
  else {
    for (const { message } of all) print(`✗ ${shown(message)}`);
    print(
      all.length === 0
        ? `✓ ${records.length} records without a gap; head ${head?.origin} ${head?.size} ${head?.root}.`
        : 'The ledger is not to be relied on.',
    );
    if (all.length === 0 && heads.length === 0)
      print('No copied head was given: that the end was cut off together with its head cannot be excluded.');
  }
  return all.length === 0 ? exitCodes.fine : exitCodes.blocked;
}

type Records = ReturnType<typeof verifyLedger>['records'];

/** Packages without a record, records whose package is another one, and sealed runs whose package is gone. */
async function packagesWithout(folder: string, records: Records) {
  const runs = new Map(records.flatMap((one) => (one.type === 'run' && one.run !== null ? [[one.run, one]] : [])));
  const names = (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory() && isPackageName(entry.name))
    .map(({ name }) => name);
  const problems: { readonly kind: string; readonly message: string }[] = [];
  for (const name of names) {
    const { files } = await readPackage(join(folder, name));
    const [bundle, sums] = [files.get(BUNDLE_FILE), files.get(SUMS_FILE)];
    if (!bundle || !sums) continue;
    const record = runs.get(name);
    if (!record) problems.push({ kind: 'unrecorded', message: `The package ${name} has no record in the ledger.` });
    else if (record.digests.bundle !== sha256Hex(bundle) || record.digests.sums !== sha256Hex(sums))
      problems.push({ kind: 'other-package', message: `The package ${name} is not the one that the ledger records.` });
  }
  for (const run of runs.keys())
    if (!names.includes(run)) problems.push({ kind: 'missing', message: `The package of the run ${run} is missing.` });
  return problems;
}

export async function showLedgerCommand(folder: string): Promise<number> {
  const { lines } = splitLines((await ledgerOf(folder)).ledger);
  const rows = lines.map((bytes) => {
    const read = readRecord(bytes);
    if (!read.ok) return ['?', '', '', '', '', read.reason];
    const { seq, time, type, actor, run, note } = read.record;
    return [String(seq), time, type, actor, run ?? '', note];
  });
  print(table(['No.', 'Time', 'Type', 'By', 'Run', 'Note'], rows));
  return exitCodes.fine;
}

async function ledgerOf(folder: string) {
  await requireFolder(folder);
  const files = await readLedger(folder);
  if (!files) throw new UsageError(`${folder}: There is no ledger here.`);
  return files;
}
