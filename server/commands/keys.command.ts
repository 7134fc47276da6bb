import { type Command, Option } from 'commander';

const algorithm = () =>
  new Option('--algorithm <name>', 'kind of the new key').choices(['ed25519', 'ecdsa-p256']).default('ed25519');
const purpose = (text: string) => new Option('--purpose <name>', text).choices(['seal', 'approval', 'policy']);
const evidence = ['--evidence <folder>', 'folder of the evidence, whose ledger records it'] as const;

/** `aegis keys`: the user's own keys, and which other keys are believed. */
export const declareKeys = (program: Command): void => {
  const keys = program.command('keys').description('List, make, replace, revoke and export signing keys');
  keys
    .command('list')
    .description("list the user's keys and the keys that are believed")
    .option('--json', 'print for machines')
    .action(async (options) => {
      process.exitCode = await (await import('./keys.ts')).listCommand(options);
    });
  keys
    .command('new')
    .description('make a key for sealing, approving or signing policies')
    .addOption(purpose('what the key is for').default('approval'))
    .requiredOption('--principal <name>', 'whose key it is, for example alice@noc')
    .addOption(algorithm())
    .action(async (options) => {
      process.exitCode = await (await import('./keys.ts')).newCommand(options);
    });
  keys
    .command('pin')
    .description("believe somebody's public key for a purpose")
    .argument('<file>', 'a public key, as ssh-keygen and aegis keys export write it')
    .addOption(purpose('what the key may sign').makeOptionMandatory())
    .requiredOption('--principal <name>', 'whose key it is')
    .action(async (file, options) => {
      process.exitCode = await (await import('./keys.ts')).pinCommand(file, options);
    });
  keys
    .command('rotate')
    .description('replace the sealing key; what the former one sealed until now stays valid')
    .addOption(algorithm())
    .option(...evidence)
    .action(async (options) => {
      process.exitCode = await (await import('./keys.ts')).rotateCommand(options);
    });
  keys
    .command('revoke')
    .description('replace the sealing key, and believe nothing that the former one ever signed')
    .requiredOption('--reason <text>', 'why, for the record')
    .addOption(algorithm())
    .option(...evidence)
    .action(async (options) => {
      process.exitCode = await (await import('./keys.ts')).rotateCommand({ ...options, revoke: options.reason });
    });
  keys
    .command('export')
    .description('print a public key')
    .argument('[file]', 'a private key (default: the sealing key)')
    .addOption(
      new Option('--format <name>', 'how').choices(['allowed-signers', 'ssh', 'pem']).default('allowed-signers'),
    )
    .addOption(purpose('the namespace of the allowed-signers line').default('seal'))
    .action(async (file, options) => {
      process.exitCode = await (await import('./keys.ts')).exportCommand(file, options);
    });
};
