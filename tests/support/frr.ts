import { type FrrHost, findFrr } from '../../core/backends/frr/index.ts';

const found = await findFrr();

/**
 * What this machine has for twins of FRR daemons; null where it cannot hold any. Tests that need one skip by name:
 * `describe.skipIf(frrHost === null)('a twin of FRR daemons (needs FRR)', () => { ... })`.
 */
export const frrHost: FrrHost | null = 'obstacle' in found ? null : found;
