import type { Command } from 'commander';
import type { PromoteOptions } from './promote.ts';

const collect = (value: string, all: readonly string[]): readonly string[] => [...all, value];

/** `aegis promote <folder>`: through the gate to the devices; a dry run unless it is asked for otherwise, twice. */
export const declarePromote = (program: Command): void =>
  void program
    .command('promote')
    .description('Decide by the gate whether a change may go to the devices, and say or do it')
    .argument('<folder>', 'the folder of one run')
    .option('--live', 'push to the devices; the signed policy must allow it as well')
    .option('--identity <file>', 'the private key that logs in to the devices, with --live')
    .option('--revert-after <seconds>', 'when a device restores itself unless all is well', '300')
    .option('--operator <name>', 'who promotes (default: the account)')
    .option('--policy <file>', "the site's signed policy (default: aegis.policy.yml here or above)")
    .option('--trust <file>', 'your own list of trusted keys (default: those of your signing key)')
    .option('--head <file>', 'a head of the ledger that was copied earlier; may be given several times', collect, [])
    .option('--json', 'print the record for machines')
    .action(async (folder: string, options: PromoteOptions) => {
      const { promoteCommand } = await import('./promote.ts');
      process.exitCode = await promoteCommand(folder, options);
    });
