import type { Command } from 'commander';

/** `aegis explain <lab> <device> <what>`: why a route or a neighbour is there, or is not. */
export const declareExplain = (program: Command): void =>
  void program
    .command('explain')
    .description('Say why a route, a session or an adjacency is there, or is not')
    .argument('<lab>', 'a lab, as for simulate')
    .argument('<device>', 'a device of the lab')
    .argument('<what>', 'a prefix, an address, or a neighbour (device, interface, or BGP neighbour as configured)')
    .option('--vrf <name>', 'VRF; the global table when absent')
    .option('--json', 'print the explanation for machines')
    .action(async (lab: string, device: string, what: string, options: { vrf?: string; json?: boolean }) => {
      const { explainCommand } = await import('./explain.ts');
      process.exitCode = await explainCommand(lab, device, what, options);
    });
