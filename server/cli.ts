// The command line: `aegis <command>`. Each command is loaded when it is called, so that starting costs little.
import { Command, CommanderError } from 'commander';
import { exitCodes } from './commands/exit-codes.ts';
import { commands } from './commands/index.ts';
import { UsageError } from './commands/usage-error.ts';
import { version } from './version.ts';

/** Errors whose message is a sentence for the user: what was given, or what lies in the user's folders, cannot be used. */
const UNUSABLE: ReadonlySet<string> = new Set([
  ...['UnusableInput', 'KeyStoreError', 'LedgerError', 'CheckpointError', 'AllowedSignersError', 'RevokedKeysError'],
]);

const program = new Command('aegis')
  .description('Preflight for network changes: guards, a routing twin, and sealed evidence. Works without a network.')
  .version(version, '-V, --version', 'print the version')
  .helpOption('-h, --help', 'print help')
  .exitOverride()
  .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'aegis: ')) })
  .showHelpAfterError(false);

for (const declare of commands) declare(program);

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader of a pipe went away (`| head`): there is nobody left to tell.
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  await program.parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? exitCodes.fine : exitCodes.unusable;
  } else if (error instanceof UsageError || (error instanceof Error && UNUSABLE.has(error.name))) {
    console.error(`aegis: ${oneLine(error.message)}`);
    process.exitCode = exitCodes.unusable;
  } else {
    const message = error instanceof Error ? error.message : String(error);
    console.error(`aegis: internal error: ${oneLine(message)} (set AEGIS_DEBUG=1 for the details)`);
    if (process.env.AEGIS_DEBUG === '1' && error instanceof Error) console.error(error.stack);
    process.exitCode = exitCodes.unusable;
  }
}

/** One line, without anything that a terminal would act on: file names and texts come from outside. */
function oneLine(text: string): string {
  return text
    .replace(/\s*\n\s*/g, ' ')
    .replace(
      /\p{Cc}|\p{Cf}/gu,
      (character) => `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`,
    );
}
