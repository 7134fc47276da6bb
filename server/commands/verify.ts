import { readPackage } from '../../core/evidence/files.ts';
import { verifyContents } from '../../core/evidence/package/verify.ts';
import { recordedTime, recordVerification } from '../site/recorded.ts';
import { ownConfigFolder, ownTrust } from '../site/trust.ts';
import { exitCodes } from './exit-codes.ts';
import { readAllowedSigners, requireFolder } from './package-input.ts';
import { print, shown, style } from './terminal.ts';
import { UsageError } from './usage-error.ts';

const STATUS = { ok: ['green', '✓ ok'], failed: ['red', '✗ failed'], not_run: ['dim', '○ not run'] } as const;

export interface VerifyOptions {
  readonly trust: string;
  readonly revoked?: string;
  readonly tsaCa?: string;
  readonly at?: string;
  readonly record?: boolean;
  readonly json?: boolean;
}

/** Verifies a package; the exit code is 1 when anything is wrong with it. */
export async function verifyCommand(folder: string, options: VerifyOptions): Promise<number> {
  const { trust, json = false, record = true } = options;
  const own = await ownTrust(ownConfigFolder());
  const allowedSigners = await readAllowedSigners(trust);
  const revokedKeys = options.revoked === undefined ? own.revokedKeys : await readAllowedSigners(options.revoked);
  const timestampAuthorities = options.tsaCa === undefined ? undefined : await readAllowedSigners(options.tsaCa);
  await requireFolder(folder);
  const now = options.at === undefined ? Date.now() : timeOf(options.at);
  const contents = await readPackage(folder);
  const recordedAt = await recordedTime(folder, contents, { allowedSigners, revokedKeys, now });
  const result = verifyContents(contents, {
    allowedSigners,
    revokedKeys,
    principal: null,
    now,
    ...(timestampAuthorities !== undefined && { timestampAuthorities }),
    ...(recordedAt !== null && { recordedAt }),
  });
  if (record) await recordVerification(folder, result);
  const code = result.ok ? exitCodes.fine : exitCodes.blocked;
  if (json) {
    const { bundle, ...rest } = result;
    print(JSON.stringify({ ...rest, verdict: bundle?.verdict.value ?? null, runId: bundle?.runId ?? null }));
    return code;
  }
  for (const { title, status, summary, problems } of result.checks) {
    const [colour, text] = STATUS[status];
    print(`${style(colour, text.padEnd(10))} ${title}: ${shown(summary)}`);
    for (const { message, action, file, offset } of problems) {
      const where = file === undefined ? '' : `${file}${offset === undefined ? '' : ` at byte ${offset}`}: `;
      print(`             ${shown(`${where}${message} ${action}`)}`);
    }
  }
  print(
    result.ok
      ? `\nThe package is what ${shown(result.principals.join(', '))} sealed; its verdict is ${result.bundle?.verdict.value}.`
      : '\nThe package is not to be relied on.',
  );
  return code;
}

/** Throws a UsageError. */
function timeOf(text: string): number {
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw new UsageError(`${text} is not a time in UTC, for example 2026-01-31T09:30:00Z.`);
  return time;
}
