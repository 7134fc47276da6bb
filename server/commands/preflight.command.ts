import { type Command, Option } from 'commander';
import { BACKEND_CHOICES } from '../preflight/backend-choices.ts';
import { withChangeOptions } from './change-options.ts';
import type { PreflightCommandOptions } from './preflight.ts';

/** `aegis preflight <lab>`: the whole pipeline, with sealed evidence. */
export const declarePreflight = (program: Command): void =>
  void withChangeOptions(
    program
      .command('preflight')
      .description('Test a change in the twin, decide on it, and seal the evidence')
      .argument('<lab>', 'a lab, as for simulate'),
  )
    .option('--intent <text>', 'what the change is for')
    .option('--operator <name>', 'who runs the preflight (default: the account)')
    .addOption(
      new Option('--failures <kind>', 'try each single failure after the change')
        .choices(['link', 'node', 'none'])
        .default('none'),
    )
    .addOption(
      new Option('--backend <engine>', 'what the twin runs on; auto takes the strongest that is there')
        .choices([...BACKEND_CHOICES])
        .default('simulator'),
    )
    .option('--backend-address <address>', 'the tool inside the perimeter, for --backend http')
    .option('--evidence <folder>', 'folder for the evidence', 'evidence')
    .option('--policy <file>', "the site's signed policy (default: aegis.policy.yml in the lab's folder or above)")
    .option('--json', 'print the outcome for machines')
    .action(async (lab: string, options: PreflightCommandOptions) => {
      const { preflightCommand } = await import('./preflight.ts');
      process.exitCode = await preflightCommand(lab, options);
    });
