import { readBraces } from '../../readers/braces.ts';
import { readSet } from '../../readers/set.ts';
import type { ConfigTree } from '../../tree.ts';

const FLAT = /^\s*(set|delete) \S/m;
const BLOCK = /^\s*[A-Za-z][\w-]*( [^;\n]*)?\{\s*$/m;

/** Reads a PAN-OS configuration in either form of its command line: `set` lines, or braces (`show config running`). */
export function readPanos(text: string): ConfigTree {
  const head = text.slice(0, 200_000);
  if (FLAT.test(head) && !BLOCK.test(head)) return readSet(text, { comments: '#!' });
  return readBraces(text, { terminator: ';', lineComments: '#', blockComments: true });
}
