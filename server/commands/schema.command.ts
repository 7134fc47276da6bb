import { Argument, type Command } from 'commander';

/** `aegis schema <name>`: the JSON Schema of a file that this software writes or reads. */
export const declareSchema = (program: Command): void =>
  void program
    .command('schema')
    .description('Print the JSON Schema of a bundle, an approval, a ledger record, a policy or a lab (aegis.yml)')
    .addArgument(new Argument('<name>', 'which').choices(['bundle', 'approval', 'record', 'policy', 'lab']))
    .action(async (name: string) => {
      process.exitCode = (await import('./schema.ts')).schemaCommand(name);
    });
