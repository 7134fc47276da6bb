/**
 * The ledger on disk: `ledger.jsonl`, its signed head `ledger.checkpoint`, and the lock `ledger.lock`. Several processes
 * may append at once. The head of the next state is signed before the line is written and published after it, so that a
 * crash at any point leaves either the old state or the new one, and no line that nobody signed is ever taken over.
 */
import { link, mkdir, open, readFile, rename, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LedgerHead } from './bundle.ts';
import { type Checkpoint, CheckpointError, readCheckpoint, signHead } from './ledger/checkpoint.ts';
import { EMPTY_TREE, rootOf, type Tree, withLeaf } from './ledger/merkle.ts';
import {
  FIRST_PREV,
  type LedgerEntry,
  type LedgerRecord,
  lineDigest,
  readRecord,
  recordBytes,
  splitLines,
} from './ledger/record.ts';
import { isTrustedHead, type LedgerTrust } from './ledger/trusted-heads.ts';
import type { LedgerFiles } from './ledger/verify-ledger.ts';
import type { SigningKey } from './seal/openssh-key.ts';
import { ascii } from './seal/ssh-wire.ts';

const LEDGER = 'ledger.jsonl';
const HEAD = 'ledger.checkpoint';
const NEXT_HEAD = 'ledger.checkpoint.next';
const LOCK = 'ledger.lock';
/** Everything that a ledger leaves in its folder; none of it is a package. */
export const LEDGER_FILES: readonly string[] = [LEDGER, HEAD, NEXT_HEAD, LOCK];

/** The ledger cannot be used; the message says what to do. */
export class LedgerError extends Error {
  override readonly name: string = 'LedgerError';
}

/** An approval was used before. */
export class NonceUsedError extends LedgerError {}

export interface LedgerOptions {
  readonly folder: string;
  readonly key: SigningKey;
  /** Keys by which an earlier head may be signed; the own key is always one of them. */
  readonly trust: LedgerTrust;
  /** UTC, ISO 8601. */
  readonly now: () => string;
  readonly randomBytes: (length: number) => Uint8Array;
  /** This process and this machine, for the lock. */
  readonly process: { readonly id: number; readonly host: string; readonly isAlive: (id: number) => boolean };
  /** Milliseconds to wait for other writers; 30 s when absent. */
  readonly patience?: number;
}

export interface LedgerPosition {
  readonly record: LedgerRecord;
  readonly head: LedgerHead;
}

interface State {
  readonly tree: Tree;
  readonly origin: string | null;
  /** Bytes of the ledger that the head covers. */
  readonly length: number;
  readonly prev: string;
  readonly time: string;
}

const START: State = { tree: EMPTY_TREE, origin: null, length: 0, prev: FIRST_PREV, time: '' };

function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

async function readIfPresent(path: string): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

const text = (bytes: Uint8Array | null): string | null => (bytes === null ? null : Buffer.from(bytes).toString('utf8'));

/** Reads a ledger for verification; null where there is none. */
export async function readLedger(folder: string): Promise<LedgerFiles | null> {
  const [ledger, checkpoint] = await Promise.all([
    readIfPresent(join(folder, LEDGER)),
    readIfPresent(join(folder, HEAD)),
  ]);
  if (ledger === null && checkpoint === null) return null;
  return { ledger: ledger ?? new Uint8Array(), checkpoint: text(checkpoint) };
}

/** A ledger that this process writes. It remembers what it has checked, and reads only what others appended since. */
export class Ledger {
  readonly #options: LedgerOptions;
  readonly #nonces = new Set<string>();
  readonly #runs = new Set<string>();
  #state: State = START;

  constructor(options: LedgerOptions) {
    this.#options = options;
  }

  #path(name: string): string {
    return join(this.#options.folder, name);
  }

  /** The signed head as it is now; null for a ledger without records. */
  async head(): Promise<LedgerHead | null> {
    const bytes = text(await readIfPresent(this.#path(HEAD)));
    if (bytes === null) return null;
    const { origin, size, root } = this.#trusted(bytes);
    return { origin, size, root };
  }

  /**
   * Appends a record, and gives its place. Throws a LedgerError when the ledger is damaged (nothing is ever appended to
   * one that does not verify), when the clock ran back, or when others hold the lock for too long, and a NonceUsedError
   * when an approval that the record uses was used before.
   */
  async append(entry: LedgerEntry): Promise<LedgerPosition> {
    await mkdir(this.#options.folder, { recursive: true });
    return this.#locked(async () => {
      await this.#catchUp();
      for (const nonce of entry.nonces)
        if (this.#nonces.has(nonce)) throw new NonceUsedError('An approval was used before; each may be used once.');
      if (entry.type === 'run' && entry.run !== null && this.#runs.has(entry.run))
        throw new LedgerError(`The ledger has a run ${entry.run} already; a run is recorded once.`);
      const { tree, prev, time, length } = this.#state;
      const record: LedgerRecord = { ...entry, seq: tree.size + 1, prev, time: this.#time(time) };
      const bytes = recordBytes(record);
      const origin = this.#state.origin ?? `aegis-ledger/${Buffer.from(this.#options.randomBytes(8)).toString('hex')}`;
      const grown = withLeaf(tree, bytes);
      const head = { origin, size: grown.size, root: rootOf(grown) };
      await this.#write(NEXT_HEAD, ascii(signHead(head, this.#options.key)));
      await this.#appendLine(bytes);
      await rename(this.#path(NEXT_HEAD), this.#path(HEAD));
      this.#take(record, bytes, grown, origin, length + bytes.length + 1);
      return { record, head };
    });
  }

  /** A step back of less than a second is a clock being adjusted; more is a clock that was set. */
  #time(last: string): string {
    const now = this.#options.now();
    if (now >= last) return now;
    if (Date.parse(last) - Date.parse(now) < 1000) return last;
    throw new LedgerError(
      `This machine's clock says ${now}, but the ledger's last record is of ${last}. Set the clock; nothing is recorded before.`,
    );
  }

  #trusted(note: string): Checkpoint {
    const { key, trust, folder } = this.#options;
    let checkpoint: Checkpoint;
    try {
      checkpoint = readCheckpoint(note);
    } catch (error) {
      if (!(error instanceof CheckpointError)) throw error;
      throw new LedgerError(`The head of the ledger in ${folder} cannot be read. ${error.message}`);
    }
    const own = `${key.principal} ${key.algorithm} ${Buffer.from(key.publicKeyBlob).toString('base64')}\n`;
    if (isTrustedHead(checkpoint, { ...trust, allowedSigners: `${own}${trust.allowedSigners}` })) return checkpoint;
    throw new LedgerError(
      `The head of the ledger in ${folder} is not signed by a key of this site. Find out who wrote it before you continue in another folder.`,
    );
  }

  #take(record: LedgerRecord, bytes: Uint8Array, tree: Tree, origin: string, length: number): void {
    for (const nonce of record.nonces) this.#nonces.add(nonce);
    if (record.type === 'run' && record.run !== null) this.#runs.add(record.run);
    this.#state = { tree, origin, length, prev: lineDigest(bytes), time: record.time };
  }

  /** Reads what was appended since, checks it against the signed head, and finishes or undoes a write that was cut short. */
  async #catchUp(): Promise<void> {
    const damaged = (why: string): LedgerError =>
      new LedgerError(
        `The ledger in ${this.#options.folder} is damaged: ${why} Run aegis ledger verify; nothing is appended to it.`,
      );
    const [size, headText, nextText] = await Promise.all([
      stat(this.#path(LEDGER)).then(
        (status) => status.size,
        (error: unknown) => {
          if (hasCode(error, 'ENOENT')) return 0;
          throw error;
        },
      ),
      readIfPresent(this.#path(HEAD)).then(text),
      readIfPresent(this.#path(NEXT_HEAD)).then(text),
    ]);
    if (size < this.#state.length) throw damaged('it is shorter than it was.');
    let current = headText === null ? null : this.#trusted(headText);
    const bytes = await this.#readFrom(this.#state.length, size);
    const { lines, rest } = splitLines(bytes);
    let covered = this.#readLines(lines, current?.size ?? 0, current?.origin ?? '', damaged);
    if (current && (this.#state.tree.size !== current.size || rootOf(this.#state.tree) !== current.root))
      throw damaged('its records are not those that its signed head counts.');
    if (nextText !== null) {
      const next = this.#readNext(nextText);
      const [line, ...more] = lines.slice(covered);
      if (next && line && more.length === 0 && rest.length === 0) {
        // The line was written; only the new head was not published.
        const grown = withLeaf(this.#state.tree, line);
        if (next.size !== grown.size || next.root !== rootOf(grown))
          throw damaged('its last record is not the signed one.');
        await rename(this.#path(NEXT_HEAD), this.#path(HEAD));
        current = next;
        covered += this.#readLines([line], next.size, next.origin, damaged);
      } else if (lines.length === covered) {
        // The line was not written, or only in part: it never was part of the ledger.
        if (rest.length > 0) await this.#truncate(this.#state.length);
        await unlink(this.#path(NEXT_HEAD));
        return;
      }
    }
    if (lines.length > covered || rest.length > 0) throw damaged('it has records that nobody signed.');
  }

  /** A head that was being written when its writer died may be cut short; then the line after it was not begun. */
  #readNext(note: string): Checkpoint | null {
    try {
      return this.#trusted(note);
    } catch {
      return null;
    }
  }

  /** Takes in the lines up to the size that the head counts; gives how many of these lines that was. */
  #readLines(
    lines: readonly Uint8Array[],
    size: number,
    origin: string,
    damaged: (why: string) => LedgerError,
  ): number {
    let taken = 0;
    for (const bytes of lines) {
      if (this.#state.tree.size >= size) break;
      const read = readRecord(bytes);
      const { tree, prev, length } = this.#state;
      if (!read.ok || read.record.seq !== tree.size + 1 || read.record.prev !== prev)
        throw damaged(`line ${tree.size + 1} does not follow the line before it.`);
      this.#take(read.record, bytes, withLeaf(tree, bytes), origin, length + bytes.length + 1);
      taken += 1;
    }
    return taken;
  }

  async #readFrom(from: number, to: number): Promise<Uint8Array> {
    if (to <= from) return new Uint8Array();
    const file = await open(this.#path(LEDGER), 'r');
    try {
      const bytes = new Uint8Array(to - from);
      let read = 0;
      while (read < bytes.length) {
        const { bytesRead } = await file.read(bytes, read, bytes.length - read, from + read);
        if (bytesRead === 0) break;
        read += bytesRead;
      }
      return bytes.subarray(0, read);
    } finally {
      await file.close();
    }
  }

  async #truncate(length: number): Promise<void> {
    const file = await open(this.#path(LEDGER), 'r+');
    try {
      await file.truncate(length);
      await file.sync();
    } finally {
      await file.close();
    }
  }

  async #write(name: string, bytes: Uint8Array): Promise<void> {
    const file = await open(this.#path(name), 'w', 0o644);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
  }

  async #appendLine(bytes: Uint8Array): Promise<void> {
    const file = await open(this.#path(LEDGER), 'a', 0o644);
    try {
      await file.writeFile(new Uint8Array([...bytes, 10]));
      await file.sync();
    } finally {
      await file.close();
    }
  }

  async #locked<T>(work: () => Promise<T>): Promise<T> {
    const release = await takeLock(this.#path(LOCK), this.#options);
    try {
      return await work();
    } finally {
      await release();
    }
  }
}

/** How long a waiting writer leaves the lock alone before it looks again. */
const LOOK_AGAIN_MS = 4;

/**
 * Takes the lock: a file that names its holder and appears as a whole or not at all. A holder of this machine that is
 * gone loses it; two that find this at once settle it by a second lock, so that neither takes the other's new one.
 */
async function takeLock(path: string, options: LedgerOptions): Promise<() => Promise<void>> {
  const { process, randomBytes, patience = 30_000 } = options;
  const own = `${process.host} ${process.id} ${Buffer.from(randomBytes(8)).toString('hex')}\n`;
  const temporary = `${path}.${own.trim().split(' ').slice(1).join('-')}`;
  await writeFile(temporary, own, { flag: 'wx' });
  try {
    const end = performance.now() + patience;
    for (;;) {
      if (await tryLink(temporary, path)) return () => unlink(path);
      const holder = text(await readIfPresent(path));
      if (holder !== null && isGone(holder, options)) await removeStale(path, temporary, holder);
      else if (performance.now() > end)
        throw new LedgerError(`${path} is held (${holder?.trim()}). If no such process runs, remove the file.`);
      else
        await new Promise((settle) => setTimeout(settle, LOOK_AGAIN_MS * (1 + Math.abs(randomBytes(1)[0] ?? 0) / 64)));
    }
  } finally {
    await unlink(temporary);
  }
}

async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

function isGone(holder: string, { process }: LedgerOptions): boolean {
  const [host, id] = holder.trim().split(' ');
  return host === process.host && /^\d+$/.test(id ?? '') && Number(id) !== process.id && !process.isAlive(Number(id));
}

async function removeStale(path: string, temporary: string, holder: string): Promise<void> {
  const guard = `${path}.takeover`;
  if (!(await tryLink(temporary, guard))) return;
  try {
    if (text(await readIfPresent(path)) === holder) await rm(path);
  } finally {
    await unlink(guard);
  }
}
