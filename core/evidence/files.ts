/** The file-system half of the evidence layer: writes packages whole or not at all, reads them back, finds the fonts. */
import { lstat, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import type { UnsealedBundle } from './bundle.ts';
import type { LedgerEntry } from './ledger/record.ts';
import { LEDGER_FILES, type Ledger } from './ledger-store.ts';
import { type ComposedPackage, type ComposeOptions, composePackage, type PackageInputs } from './package/compose.ts';
import { SUMS_FILE, TIMESTAMP_FILE } from './package/layout.ts';
import {
  type PackageContents,
  type TrustInput,
  type Verification,
  type VerificationProblem,
  verifyContents,
} from './package/verify.ts';
import { isSafeFileName } from './primitives.ts';
import { FONT_FILES, type ReportFonts } from './report/fonts.ts';
import type { SigningKey } from './seal/openssh-key.ts';
import { sha256Hex } from './seal/sha256sums.ts';

export interface SealOptions {
  /** The folder that holds all packages; the package becomes `<evidenceFolder>/<run id>/`. */
  readonly evidenceFolder: string;
  readonly bundle: UnsealedBundle;
  readonly inputs: PackageInputs;
  readonly key: SigningKey;
  readonly fonts: ReportFonts;
  /** Cancels the sealing; nothing remains then. */
  readonly signal?: AbortSignal;
  /** Records the run before its package appears, so that no package is without its record. */
  readonly ledger?: Pick<Ledger, 'head' | 'append'>;
  /** Takes a time stamp of SHA256SUMS. */
  readonly timestamp?: ComposeOptions['timestamp'];
  /** Makes the report; the real one when absent. */
  readonly render?: ComposeOptions['render'];
}

export interface SealedPackage extends ComposedPackage {
  /** Path of the package's folder. */
  readonly folder: string;
}

function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o644);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Seals a run: composes its package, writes it beside its place under a name that no reader takes for a package, and
 * renames it. A crash, a full disk or a cancellation therefore leaves no package rather than half of one.
 * Throws when the bundle may not be sealed, or when a package of this run exists.
 */
export async function sealPackage(options: SealOptions): Promise<SealedPackage> {
  const { evidenceFolder, signal, ledger, timestamp, render } = options;
  const head = await ledger?.head();
  const composed = await composePackage(options.bundle, options.inputs, options.key, options.fonts, {
    ...(head && { ledger: head }),
    ...(timestamp && { timestamp }),
    ...(render && { render }),
  });
  signal?.throwIfAborted();
  const folder = join(evidenceFolder, composed.bundle.runId);
  await mkdir(evidenceFolder, { recursive: true });
  const partial = join(evidenceFolder, `.partial-${composed.bundle.runId}`);
  try {
    await mkdir(partial);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    throw new Error(
      `${partial} is there: this run is being sealed, or its sealing was interrupted. Remove it if nothing runs.`,
    );
  }
  try {
    for (const [path, bytes] of composed.files) {
      signal?.throwIfAborted();
      const target = join(partial, ...path.split('/'));
      await mkdir(dirname(target), { recursive: true });
      await writeDurably(target, bytes);
    }
    signal?.throwIfAborted();
    await refuseExisting(folder, composed.bundle.runId);
    await ledger?.append(runEntryOf(composed));
    await rename(partial, folder);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    if (hasCode(error, 'ENOTEMPTY', 'EEXIST')) throw existing(folder, composed.bundle.runId);
    throw error;
  }
  return { ...composed, folder };
}

/** What the ledger says about a run. */
function runEntryOf({ bundle, bundleSha256, files }: ComposedPackage): LedgerEntry {
  const stamp = files.get(TIMESTAMP_FILE);
  return {
    type: 'run',
    actor: bundle.operator,
    run: bundle.runId,
    digests: {
      bundle: bundleSha256,
      sums: sha256Hex(files.get(SUMS_FILE) ?? new Uint8Array()),
      ...(stamp && { timestamp: sha256Hex(stamp) }),
    },
    nonces: [],
    note: `Preflight sealed with the verdict ${bundle.verdict.value}.`,
  };
}

function existing(folder: string, runId: string): Error {
  return new Error(`There is a package of the run ${runId} at ${folder}; evidence is never overwritten.`);
}

/** rename would replace an empty folder without a word. */
async function refuseExisting(folder: string, runId: string): Promise<void> {
  try {
    await lstat(folder);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw error;
  }
  throw existing(folder, runId);
}

/** Larger files are no part of any package that this software writes. */
const MOST_BYTES = 512 * 1024 * 1024;
const MOST_FILES = 20_000;
const MOST_LEVELS = 4;

/** Reads every file below a folder. Links and other special files are reported, never followed. */
export async function readPackage(folder: string): Promise<PackageContents> {
  const files = new Map<string, Uint8Array>();
  const problems: VerificationProblem[] = [];
  let bytes = 0;
  const refuse = (file: string, message: string): void => {
    problems.push({
      file,
      message,
      action: 'A package holds plain files only. Fetch it again from where it was sealed.',
    });
  };
  const visit = async (path: string, name: string, level: number): Promise<void> => {
    const status = await lstat(path);
    if (status.isSymbolicLink()) refuse(name, `${name} is a symbolic link.`);
    else if (status.isDirectory() && level < MOST_LEVELS) {
      const entries = (await readdir(path)).sort();
      if (entries.length === 0) refuse(name, `${name} is an empty folder.`);
      for (const entry of entries) await visit(join(path, entry), `${name}/${entry}`, level + 1);
    } else if (!status.isFile()) refuse(name, `${name} is neither a file nor a folder of the package.`);
    else if (bytes + status.size > MOST_BYTES || files.size >= MOST_FILES)
      refuse(name, `${name} makes the package too large to read.`);
    else {
      const content = new Uint8Array(await readFile(path));
      bytes += content.length;
      files.set(name, content);
    }
  };
  const root = await lstat(folder).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return null;
    throw error;
  });
  if (!root?.isDirectory())
    throw new Error(`${folder} is not a folder. Give the folder of one run, evidence/<run id>.`);
  for (const entry of (await readdir(folder)).sort()) await visit(join(folder, entry), entry, 1);
  return { files, problems };
}

/** Verifies the package in a folder against the reader's own allowed signers. */
export async function verifyPackage(folder: string, input: TrustInput): Promise<Verification> {
  return verifyContents(await readPackage(folder), input);
}

/** Whether a folder's name is that of a package, and not of one that is being written. */
export function isPackageName(name: string): boolean {
  return isSafeFileName(name) && !LEDGER_FILES.includes(name);
}

/** The report's fonts: beside the program when it is bundled (`fonts/`), else from the installed packages. */
export async function readReportFonts(): Promise<ReportFonts> {
  const require = createRequire(import.meta.url);
  const read = async (name: keyof ReportFonts): Promise<Uint8Array> => {
    const file = FONT_FILES[name];
    try {
      return new Uint8Array(await readFile(new URL(`./fonts/${basename(file)}`, import.meta.url)));
    } catch (error) {
      if (!hasCode(error, 'ENOENT')) throw error;
      return new Uint8Array(await readFile(require.resolve(file)));
    }
  };
  const [sans, sansBold, sansItalic, mono] = await Promise.all([
    read('sans'),
    read('sansBold'),
    read('sansItalic'),
    read('mono'),
  ]);
  return { sans, sansBold, sansItalic, mono };
}
