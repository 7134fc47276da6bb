import type { Command } from 'commander';

/** `aegis check <lab>`: whether what `aegis.yml` declares holds in the lab as it stands. */
export const declareCheck = (program: Command): void =>
  void program
    .command('check')
    .description("Check the invariants that a lab's aegis.yml declares")
    .argument('<lab>', 'a lab, as for simulate')
    .option('--json', 'print every result for machines')
    .action(async (lab: string, options: { json?: boolean }) => {
      const { checkCommand } = await import('./check.ts');
      process.exitCode = await checkCommand(lab, options);
    });
