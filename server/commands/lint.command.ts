import type { Command } from 'commander';

/** `aegis lint <path>`: the guard rules on a lab, a folder of configurations, or one configuration. */
export const declareLint = (program: Command): void =>
  void program
    .command('lint')
    .description('Check configurations with the guard rules')
    .argument('<path>', 'a lab, a folder with configurations, or one configuration')
    .option('--json', 'print the findings for machines')
    .option('--sarif', 'print the findings as SARIF 2.1.0')
    .action(async (path: string, options: { json?: boolean; sarif?: boolean }) => {
      const { lintCommand } = await import('./lint.ts');
      process.exitCode = await lintCommand(path, options);
    });
