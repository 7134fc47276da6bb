import type { Command } from 'commander';
import type { VerifyOptions } from './verify.ts';

/** `aegis verify <folder>`: checks an evidence package against the reader's own list of trusted keys. */
export const declareVerify = (program: Command): void =>
  void program
    .command('verify')
    .description('Check an evidence package: signature, digests, and the bundle against everything in it')
    .argument('<folder>', 'the folder of one run')
    .requiredOption('--trust <file>', "your own list of trusted keys, in OpenSSH's allowed_signers form")
    .option('--revoked <file>', 'keys that are not believed any more (default: your own list)')
    .option('--tsa-ca <file>', 'certificates (PEM) of the time-stamping authorities that you trust')
    .option('--at <time>', 'the time at which the key must have been valid, UTC, ISO 8601 (default: now)')
    .option('--no-record', 'do not write the verification into the ledger beside the package')
    .option('--json', 'print the checks for machines')
    .action(async (folder: string, options: VerifyOptions) => {
      const { verifyCommand } = await import('./verify.ts');
      process.exitCode = await verifyCommand(folder, options);
    });
