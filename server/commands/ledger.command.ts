import type { Command } from 'commander';

const collect = (value: string, all: readonly string[]): readonly string[] => [...all, value];

/** `aegis ledger`: the record of every run, approval, promotion, denial and key. */
export const declareLedger = (program: Command): void => {
  const ledger = program.command('ledger').description('Verify and show the ledger of all runs');
  ledger
    .command('verify')
    .description('check the chain, its signed head, heads copied earlier, and the packages beside it')
    .argument('[folder]', 'the folder of the ledger', 'evidence')
    .option('--trust <file>', 'your own list of trusted keys (default: those of your signing key)')
    .option('--revoked <file>', 'keys that are not believed any more (default: your own list)')
    .option('--head <file>', 'a head that was copied earlier; may be given several times', collect, [])
    .option('--json', 'print for machines')
    .action(async (folder, options) => {
      process.exitCode = await (await import('./ledger.ts')).verifyLedgerCommand(folder, options);
    });
  ledger
    .command('show')
    .description('print the records')
    .argument('[folder]', 'the folder of the ledger', 'evidence')
    .action(async (folder) => {
      process.exitCode = await (await import('./ledger.ts')).showLedgerCommand(folder);
    });
};
