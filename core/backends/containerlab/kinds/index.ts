import type { SnapshotNode } from '../../../network/snapshot.ts';
import { crpd } from './crpd.ts';
import { eos } from './eos.ts';
import { frr } from './frr.ts';
import type { Kind } from './reading.ts';
import { srlinux } from './srlinux.ts';
import { xrd } from './xrd.ts';

export type { Kind };

/** Kinds of containers whose state this software can read. */
export const kinds: readonly Kind[] = [frr, eos, srlinux, crpd, xrd];

export const kindOf = (node: SnapshotNode): Kind | undefined => kinds.find(({ serves }) => serves(node));
