import type { Command } from 'commander';

/** `aegis verify <folder>`: checks an evidence package against the reader's own list of trusted keys. */
export const declareVerify = (program: Command): void =>
  void program
    .command('verify')
    .description('Check an evidence package: signature, digests, and the bundle against everything in it')
    .argument('<folder>', 'the folder of one run')
    .requiredOption('--trust <file>', "your own list of trusted keys, in OpenSSH's allowed_signers form")
    .option('--json', 'print the checks for machines')
    .action(async (folder: string, options: { trust: string; json?: boolean }) => {
      const { verifyCommand } = await import('./verify.ts');
      process.exitCode = await verifyCommand(folder, options);
    });
