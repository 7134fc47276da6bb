import type { Command } from 'commander';

/** `aegis simulate <lab>`: routes, sessions and adjacencies of a lab as they stand. */
export const declareSimulate = (program: Command): void =>
  void program
    .command('simulate')
    .description('Compute routes and sessions of a lab')
    .argument('<lab>', 'containerlab topology, or a folder with one, or a Batfish snapshot folder')
    .option('--json', 'print every route, in a stable format for machines')
    .action(async (lab: string, options: { json?: boolean }) => {
      const { simulateCommand } = await import('./simulate.ts');
      process.exitCode = await simulateCommand(lab, options);
    });
