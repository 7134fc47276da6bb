import type { Command } from 'commander';

/** `aegis report <folder>`: the report of an evidence package as PDF. */
export const declareReport = (program: Command): void =>
  void program
    .command('report')
    .description('Write the report of an evidence package as PDF')
    .argument('<folder>', 'the folder of one run')
    .requiredOption('--pdf <file>', 'where the report is written')
    .option('--trust <file>', 'your own list of trusted keys (default: those of your signing key)')
    .action(async (folder: string, options: { pdf: string; trust?: string }) => {
      const { reportCommand } = await import('./report.ts');
      process.exitCode = await reportCommand(folder, options);
    });
