import type { Command } from 'commander';
import type { ApproveOptions } from './approve.ts';

/** `aegis approve <folder>`: one person's signed approval of one package. */
export const declareApprove = (program: Command): void =>
  void program
    .command('approve')
    .description('Sign an approval of an evidence package, with your own key')
    .argument('<folder>', 'the folder of one run')
    .requiredOption('--key <file>', 'your private key for approvals (aegis keys new --purpose approval)')
    .option('--role <name>', 'the role in which you approve (default: the first that the policy gives you)')
    .option('--expires <hours>', 'how long it is valid, in hours', '24')
    .option('--not-before <time>', 'from when on it is valid, UTC, ISO 8601 (default: now)')
    .option('--reject', 'sign that you reject the change')
    .option('--policy <file>', "the site's signed policy (default: aegis.policy.yml here or above)")
    .option('--trust <file>', 'your own list of trusted keys (default: those of your signing key)')
    .action(async (folder: string, options: ApproveOptions) => {
      const { approveCommand } = await import('./approve.ts');
      process.exitCode = await approveCommand(folder, options);
    });
