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

const LABS: readonly NetworkOptions[] = [20, 100].flatMap((size): NetworkOptions[] => [
  { shape: 'ring', size, seed: 1, routing: 'ospf' },
  { shape: 'leaf-spine', size, seed: 1 },
]);

/** What is typed on a leaf of the fabric, or on a router of the ring. An edit without an effect there is left out. */
const WAYS: Readonly<Record<string, (text: string, edit: number) => string>> = {
  description: (text, edit) => text.replace('description link to', `description ${edit} link to`),
  'static route': (text, edit) =>
    text.replace(/^(interface|ip route) /m, `ip route 203.0.113.${edit} 255.255.255.255 Null0\n$1 `),
  'announced network': (text, edit) =>
    text
      .replace(/^interface /m, `ip route 198.18.${edit}.0 255.255.255.0 Null0\n$&`)
      .replace(/^ *network (?=\S+ mask)/m, `$&198.18.${edit}.0 mask 255.255.255.0\n$&`),
  'prefix list': (text, edit) =>
    text.replace(/^ip prefix-list FABRIC /m, `ip prefix-list FABRIC seq 1 deny 10.128.${edit % 16}.0/24\n$&`),
  'route map': (text, edit) => text.replace(/^route-map FABRIC-IN-ABOVE permit 10$/m, `$&\n set metric ${edit + 1}`),
  'interface cost': (text, edit) => text.replace(/ip ospf cost \d+/, `ip ospf cost ${100 + edit}`),
  // With a route that is never the same, so that no lab is one that was there before.
  'port shut down and opened': (text, edit) =>
    text
      .replace(/ no shutdown/, edit % 2 === 0 ? ' shutdown' : ' no shutdown')
      .replace(/^interface /m, `ip route 203.0.113.${edit} 255.255.255.255 Null0\n$&`),
};

export async function run(): Promise<readonly BenchmarkRow[]> {
  const rows: BenchmarkRow[] = [];
  for (const options of LABS) {
    const network = generateNetwork({ ...options, dialects: ['ios'] });
    for (const [edit, change] of Object.entries(WAYS)) {
      const result = measured(network, change);
      if (!result) continue;
      const { kind, samples, cpu, anew } = result;
      rows.push({
        lab: options.shape,
        devices: options.size,
        edit,
        computed: kind,
        'prefixes anew': anew,
        ...percentiles(samples),
        'p95 of CPU': percentiles(cpu).p95 ?? '',
      });
    }
  }
  return rows;
}

function measured(network: GeneratedNetwork, change: (text: string, edit: number) => string) {
  const parse = rememberingParser();
  const simulator = new IncrementalSimulator();
  const { devices } = network;
  const at = Math.floor(devices.length / 2);
  const first = devices[at];
  if (!first) throw new Error('The lab has no devices.');
  if (change(first.text, 0) === first.text) return undefined;
  const read = (text: string) => snapshotOf({ ...network, devices: devices.with(at, { ...first, text }) }, parse);
  simulator.simulate(read(first.text));
  const samples: number[] = [];
  const cpu: number[] = [];
  let kind = '';
  let anew = 0;
  for (let edit = 0; edit < EDITS + WARM_UP; edit += 1) {
    const text = change(first.text, edit);
    const [start, used] = [performance.now(), process.cpuUsage()];
    const result = simulator.simulate(read(text));
    const { user, system } = process.cpuUsage(used);
    kind = result.edit;
    if (result.bgp) anew = result.bgp.prefixes - result.bgp.reused;
    if (edit < WARM_UP) continue;
    samples.push(performance.now() - start);
    cpu.push((user + system) / 1000);
  }
  return { kind, samples, cpu, anew };
}
