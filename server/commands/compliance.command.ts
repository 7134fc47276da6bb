import type { Command } from 'commander';

/** `aegis compliance <lab>`: the controls of every framework, asked of the configurations as they stand. */
export const declareCompliance = (program: Command): void =>
  void program
    .command('compliance')
    .description('Ask the controls of compliance frameworks of a lab’s configurations')
    .argument('<lab>', 'containerlab topology, or a folder with one, or a Batfish snapshot folder')
    .option('--framework <id>', 'one framework only, such as disa-stig or pci-dss')
    .option('--json', 'print every row with its evidence, for machines')
    .action(async (lab: string, options: { framework?: string; json?: boolean }) => {
      const { complianceCommand } = await import('./compliance.ts');
      process.exitCode = await complianceCommand(lab, options);
    });
