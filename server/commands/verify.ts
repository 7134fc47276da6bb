import { verifyPackage } from '../../core/evidence/files.ts';
import { exitCodes } from './exit-codes.ts';
import { readAllowedSigners, requireFolder } from './package-input.ts';
import { print, shown, style } from './terminal.ts';

const STATUS = { ok: ['green', '✓ ok'], failed: ['red', '✗ failed'], not_run: ['dim', '○ not run'] } as const;

/** Verifies a package; the exit code is 1 when anything is wrong with it. */
export async function verifyCommand(
  folder: string,
  { trust, json = false }: { readonly trust: string; readonly json?: boolean },
): Promise<number> {
  const allowedSigners = await readAllowedSigners(trust);
  await requireFolder(folder);
  const result = await verifyPackage(folder, { allowedSigners, principal: null, now: Date.now() });
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
