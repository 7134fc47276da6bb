/** Merkle trees over the lines of a ledger (RFC 6962 section 2.1), grown one leaf at a time. */
import { createHash } from 'node:crypto';

const hash = (prefix: number, ...parts: readonly Uint8Array[]): Uint8Array => {
  const digest = createHash('sha256').update(Uint8Array.of(prefix));
  for (const part of parts) digest.update(part);
  return new Uint8Array(digest.digest());
};

/** The roots of the complete subtrees, largest first: all that is needed to add leaves and to tell the root. */
export interface Tree {
  readonly size: number;
  readonly roots: readonly Uint8Array[];
}

export const EMPTY_TREE: Tree = { size: 0, roots: [] };

/** The tree with one more leaf. */
export function withLeaf({ size, roots }: Tree, leaf: Uint8Array): Tree {
  const stack = [...roots];
  let node = hash(0, leaf);
  // As many subtrees join as the old size has ones at its end.
  for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2)) node = hash(1, stack.pop() as Uint8Array, node);
  return { size: size + 1, roots: [...stack, node] };
}

/** The root in hexadecimal; of an empty tree it is the digest of nothing. */
export function rootOf({ roots }: Tree): string {
  if (roots.length === 0) return createHash('sha256').digest('hex');
  const [last, ...before] = [...roots].reverse();
  return Buffer.from(before.reduce((node, left) => hash(1, left, node), last as Uint8Array)).toString('hex');
}

export const treeOf = (leaves: readonly Uint8Array[]): Tree => leaves.reduce(withLeaf, EMPTY_TREE);
