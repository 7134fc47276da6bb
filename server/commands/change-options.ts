import { buffer } from 'node:stream/consumers';
import type { Command } from 'commander';
import { decodeText } from '../../core/network/load/text.ts';
import type { ChangeOrigin } from '../preflight/change-request.ts';
import { UsageError } from './usage-error.ts';

/** Options of every command that takes a change. */
export interface ChangeOptions {
  readonly change?: string;
  readonly against?: string;
  readonly paste?: string;
}

export const withChangeOptions = (command: Command): Command =>
  command
    .option('--change <folder>', 'the change is a folder with configs/ and change.yml')
    .option('--against <revision>', 'the change is the working tree against a git revision (default: HEAD)')
    .option('--paste <device>', "the change is one device's configuration on standard input");

/** The one change that the options name. Throws `UsageError` when they name several. */
export async function changeOrigin(
  { change, against, paste }: ChangeOptions,
  input: NodeJS.ReadableStream = process.stdin,
): Promise<ChangeOrigin> {
  const given = [
    change !== undefined && '--change',
    against !== undefined && '--against',
    paste !== undefined && '--paste',
  ].filter(Boolean);
  if (given.length > 1) throw new UsageError(`Give one of ${given.join(' and ')}, not both.`);
  if (change !== undefined) return { kind: 'folder', folder: change };
  if (paste !== undefined)
    return { kind: 'pasted', device: paste, text: decodeText(await buffer(input), 'standard input') };
  return { kind: 'working_tree', revision: against ?? 'HEAD' };
}
