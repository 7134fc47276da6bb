import type { Command } from 'commander';

/** `aegis report <folder>`: an evidence package as a report, a page, or OSCAL. */
export const declareReport = (program: Command): void =>
  void program
    .command('report')
    .description('Write the report of an evidence package: for an examiner, a screen, a change board, or as OSCAL')
    .argument('<folder>', 'the folder of one run')
    .option('--format <format>', 'pdf, html, cab (one page for a change board) or oscal', 'pdf')
    .option('--output <file>', 'where it is written (default: named after the run, in this folder)')
    .option('--pdf <file>', 'the same as --format pdf --output <file>')
    .option('--trust <file>', 'your own list of trusted keys (default: those of your signing key)')
    .action(async (folder: string, options: { format?: string; output?: string; pdf?: string; trust?: string }) => {
      const { reportCommand } = await import('./report.ts');
      process.exitCode = await reportCommand(folder, options);
    });
