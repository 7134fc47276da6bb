import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { LedgerTrust } from '../../core/evidence/ledger/trusted-heads.ts';
import { Ledger } from '../../core/evidence/ledger-store.ts';
import type { SigningKey } from '../../core/evidence/seal/openssh-key.ts';

/** Whether a process of this machine runs; one of another user counts. */
function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The ledger beside the packages of a folder, written with this key. */
export const siteLedger = (folder: string, key: SigningKey, trust: LedgerTrust): Ledger =>
  new Ledger({
    folder,
    key,
    trust,
    now: () => new Date().toISOString(),
    randomBytes: (length) => new Uint8Array(randomBytes(length)),
    process: { id: process.pid, host: hostname().replace(/\s/g, '-') || 'localhost', isAlive },
  });
