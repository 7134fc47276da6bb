/** Verification of a ledger: the chain, its signed head, and heads that were copied from it earlier. No I/O. */
import type { LedgerHead } from '../bundle.ts';
import { AllowedSignersError } from '../seal/allowed-signers.ts';
import { RevokedKeysError } from '../seal/revoked-keys.ts';
import { type Checkpoint, CheckpointError, readCheckpoint } from './checkpoint.ts';
import { EMPTY_TREE, rootOf, type Tree, withLeaf } from './merkle.ts';
import { FIRST_PREV, type LedgerRecord, lineDigest, readRecord, splitLines } from './record.ts';
import { isTrustedHead, type LedgerTrust } from './trusted-heads.ts';

export interface LedgerFiles {
  /** Bytes of ledger.jsonl. */
  readonly ledger: Uint8Array;
  /** Text of ledger.checkpoint; null when it is missing. */
  readonly checkpoint: string | null;
}

export interface LedgerProblem {
  readonly kind:
    | 'record'
    | 'sequence'
    | 'chain'
    | 'clock'
    | 'incomplete'
    | 'nonce'
    | 'run-twice'
    | 'head'
    | 'head-trust'
    | 'cut'
    | 'fork'
    | 'unsigned-tail';
  readonly message: string;
  /** Line of ledger.jsonl, from 1. */
  readonly line?: number;
}

export interface LedgerVerification {
  readonly ok: boolean;
  readonly problems: readonly LedgerProblem[];
  /** The records, only when everything is in order. */
  readonly records: readonly LedgerRecord[];
  readonly head: LedgerHead | null;
}

/**
 * Verifies a ledger. `copies` are heads that were written down elsewhere: signed checkpoints, or heads in the bundles of
 * packages that verified. Without one, a tail that was cut together with its head cannot be seen.
 */
export function verifyLedger(
  { ledger, checkpoint }: LedgerFiles,
  trust: LedgerTrust,
  copies: readonly (string | LedgerHead)[] = [],
): LedgerVerification {
  const problems: LedgerProblem[] = [];
  const { lines, rest } = splitLines(ledger);
  const records: LedgerRecord[] = [];
  const heads = copies.flatMap((copy) => headOfCopy(copy, trust, problems));
  const wanted = new Map<number, string>([[0, rootOf(EMPTY_TREE)]]);
  const sizes = new Set(heads.map(({ size }) => size));
  const chain = new Chain(problems);
  let tree: Tree = EMPTY_TREE;
  for (const [index, bytes] of lines.entries()) {
    const record = chain.next(bytes, index + 1);
    if (record) records.push(record);
    tree = withLeaf(tree, bytes);
    if (sizes.has(tree.size)) wanted.set(tree.size, rootOf(tree));
  }
  if (rest.length > 0)
    problems.push({ kind: 'incomplete', line: lines.length + 1, message: 'The last line was not written to its end.' });

  const head = ownHead(checkpoint, trust, problems);
  if (head) compareHead(head, tree, problems);
  for (const copy of heads) compareCopy(copy, head, tree, wanted, problems);
  const ok = problems.length === 0;
  return { ok, problems, records: ok ? records : [], head: ok && head ? plain(head) : null };
}

const plain = ({ origin, size, root }: LedgerHead): LedgerHead => ({ origin, size, root });

/** Reads records in order and says what does not follow from the one before. */
class Chain {
  readonly #problems: LedgerProblem[];
  readonly #nonces = new Set<string>();
  readonly #runs = new Set<string>();
  #prev = FIRST_PREV;
  #time = '';

  constructor(problems: LedgerProblem[]) {
    this.#problems = problems;
  }

  next(bytes: Uint8Array, line: number): LedgerRecord | null {
    const add = (kind: LedgerProblem['kind'], message: string): void =>
      void this.#problems.push({ kind, line, message });
    const expected = this.#prev;
    this.#prev = lineDigest(bytes);
    const read = readRecord(bytes);
    if (!read.ok) {
      add('record', `Line ${line} is not a record. ${read.reason}`);
      return null;
    }
    const { record } = read;
    if (record.seq !== line)
      add('sequence', `Line ${line} is number ${record.seq}: a line was removed, added or moved.`);
    if (record.prev !== expected)
      add('chain', `Line ${line} does not follow the line before it: one of the two was altered.`);
    if (record.time < this.#time)
      add('clock', `Line ${line} is of ${record.time}, before the line before it: the clock ran back.`);
    else this.#time = record.time;
    for (const nonce of record.nonces) {
      if (this.#nonces.has(nonce)) add('nonce', `Line ${line} uses an approval that was used before.`);
      this.#nonces.add(nonce);
    }
    if (record.type === 'run' && record.run !== null) {
      if (this.#runs.has(record.run)) add('run-twice', `Line ${line} records the run ${record.run} a second time.`);
      this.#runs.add(record.run);
    }
    return record;
  }
}

function ownHead(text: string | null, trust: LedgerTrust, problems: LedgerProblem[]): Checkpoint | null {
  if (text === null) {
    problems.push({ kind: 'head', message: 'The ledger has no signed head: its end cannot be known.' });
    return null;
  }
  return readHead(text, trust, 'The head of the ledger', problems);
}

function readHead(text: string, trust: LedgerTrust, what: string, problems: LedgerProblem[]): Checkpoint | null {
  try {
    const head = readCheckpoint(text);
    if (isTrustedHead(head, trust)) return head;
    problems.push({ kind: 'head-trust', message: `${what} is not signed by a key that you trust.` });
  } catch (error) {
    if (error instanceof CheckpointError) problems.push({ kind: 'head', message: `${what}: ${error.message}` });
    else if (error instanceof AllowedSignersError || error instanceof RevokedKeysError)
      problems.push({ kind: 'head-trust', message: error.message });
    else throw error;
  }
  return null;
}

const headOfCopy = (
  copy: string | LedgerHead,
  trust: LedgerTrust,
  problems: LedgerProblem[],
): readonly LedgerHead[] => {
  if (typeof copy !== 'string') return [copy];
  const head = readHead(copy, trust, 'The copied head', problems);
  return head ? [head] : [];
};

function compareHead({ size, root }: LedgerHead, tree: Tree, problems: LedgerProblem[]): void {
  if (size > tree.size)
    problems.push({
      kind: 'cut',
      message: `The signed head counts ${size} records, but ${tree.size} are there: the end was cut off.`,
    });
  else if (size < tree.size)
    problems.push({
      kind: 'unsigned-tail',
      line: size + 1,
      message: `The signed head counts ${size} records; the ${tree.size - size} after them are signed by nobody.`,
    });
  else if (rootOf(tree) !== root)
    problems.push({ kind: 'fork', message: 'The records are not those that the signed head counts.' });
}

function compareCopy(
  copy: LedgerHead,
  head: LedgerHead | null,
  tree: Tree,
  roots: ReadonlyMap<number, string>,
  problems: LedgerProblem[],
): void {
  if (head && copy.origin !== head.origin)
    problems.push({
      kind: 'fork',
      message: `The copied head is of the ledger ${copy.origin}, this one is ${head.origin}.`,
    });
  else if (copy.size > tree.size)
    problems.push({
      kind: 'cut',
      message: `The copied head counts ${copy.size} records, but ${tree.size} are there: the end was cut off.`,
    });
  else if (roots.get(copy.size) !== copy.root)
    problems.push({
      kind: 'fork',
      message: `The first ${copy.size} records are not those that the copied head counts: the ledger was rewritten, or is a fork.`,
    });
}
