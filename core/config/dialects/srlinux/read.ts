import { readBraces } from '../../readers/braces.ts';
import { withWholePaths } from '../../readers/whole-paths.ts';
import type { ConfigTree } from '../../tree.ts';
import { readJsonTree } from './json-tree.ts';

const SYNTAX = {
  terminator: 'line',
  lineComments: '#',
  blockComments: false,
  multiLineText: true,
  notes: '!!!',
} as const;

/**
 * Reads a configuration in any of its forms: `info` (blocks in braces), `info flat` (`set / ...`, also with blocks
 * behind the path), and `info | as json`.
 */
export function readSrlinux(text: string): ConfigTree {
  const json = /^\s*\{/.test(text) ? readJsonTree(text) : undefined;
  return json ?? withWholePaths(readBraces(text, SYNTAX));
}
