import type { Command } from 'commander';
import type { TraceOptions } from './trace-options.ts';

/** `aegis trace <lab> <from> <to>`: the way of a packet through a lab, device by device, and why. */
export const declareTrace = (program: Command): void =>
  void program
    .command('trace')
    .description('Follow a packet through a lab, with the reason of each decision')
    .argument('<lab>', 'a lab, as for simulate')
    .argument('<from>', 'a device, or an address of a device or of a subnet that is attached to one')
    .argument('<to>', 'a device or an address')
    .option('--proto <name>', 'protocol by name or number (tcp, udp, icmp ...); any when absent')
    .option('--port <number>', 'destination port')
    .option('--source-port <number>', 'source port')
    .option('--vrf <name>', 'VRF in which the packet begins')
    .option('--source <address>', 'source address; otherwise the loopback of the device')
    .option('--json', 'print every path for machines')
    .action(async (lab: string, from: string, to: string, options: TraceOptions) => {
      const { traceCommand } = await import('./trace.ts');
      process.exitCode = await traceCommand(lab, from, to, options);
    });
