import type { Command } from 'commander';
import { type ChangeOptions, withChangeOptions } from './change-options.ts';

/** `aegis diff <lab>`: what a change does to routes and sessions, without a verdict and without evidence. */
export const declareDiff = (program: Command): void =>
  void withChangeOptions(
    program
      .command('diff')
      .description('Show what a change does to routes and sessions')
      .argument('<lab>', 'a lab, as for simulate'),
  )
    .option('--json', 'print the whole difference for machines')
    .action(async (lab: string, options: ChangeOptions & { json?: boolean }) => {
      const { diffCommand } = await import('./diff.ts');
      process.exitCode = await diffCommand(lab, options);
    });
