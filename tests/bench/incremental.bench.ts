import { IncrementalSimulator } from '../../core/network/incremental.ts';
import { rememberingParser } from '../../core/network/load/remembering-parser.ts';
import { type BenchmarkRow, percentiles } from '../support/benchmark.ts';
import {
  type GeneratedNetwork,
  generateNetwork,
  type NetworkOptions,
  snapshotOf,
} from '../support/generate-network.ts';

export const name = 'One-line edits: milliseconds from the new text to the new state of the lab, in this process';

const EDITS = 40;
const WARM_UP = 5;

const LABS: readonly NetworkOptions[] = [20, 100, 320].flatMap((size): NetworkOptions[] => [
  { shape: 'ring', size, seed: 1, routing: 'ospf' },
  { shape: 'leaf-spine', size, seed: 1 },
]);

/** What is typed: nothing that a protocol reads, or a route that others learn. */
const WAYS: Readonly<Record<string, (text: string, edit: number) => string>> = {
  description: (text, edit) => text.replace('description link to', `description ${edit} link to`),
  'static route': (text, edit) =>
    text.replace(/^(interface|ip route) /m, `ip route 203.0.113.${edit} 255.255.255.255 Null0\n$1 `),
};

export async function run(): Promise<readonly BenchmarkRow[]> {
  const rows: BenchmarkRow[] = [];
  for (const options of LABS) {
    const network = generateNetwork({ ...options, dialects: ['ios'] });
    for (const [edit, change] of Object.entries(WAYS)) {
      const { kind, samples } = measured(network, change);
      rows.push({ lab: options.shape, devices: options.size, edit, computed: kind, ...percentiles(samples) });
    }
  }
  return rows;
}

function measured(network: GeneratedNetwork, change: (text: string, edit: number) => string) {
  const parse = rememberingParser();
  const simulator = new IncrementalSimulator();
  const [first, ...others] = network.devices;
  if (!first) throw new Error('The lab has no devices.');
  const read = (text: string) => snapshotOf({ ...network, devices: [{ ...first, text }, ...others] }, parse);
  simulator.simulate(read(first.text));
  const samples: number[] = [];
  let kind = '';
  for (let edit = 0; edit < EDITS + WARM_UP; edit += 1) {
    const text = change(first.text, edit);
    const start = performance.now();
    kind = simulator.simulate(read(text)).edit;
    if (edit >= WARM_UP) samples.push(performance.now() - start);
  }
  return { kind, samples };
}
