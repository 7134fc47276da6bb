// Run as a program: parses and simulates one generated network and prints what it took, as one line of JSON. In a
// process of its own, so that memory is the network's alone: node measure-simulation.ts <fat-tree size>
import { simulate } from '../../core/network/simulate.ts';
import { generateNetwork, snapshotOf } from './generate-network.ts';

export interface SimulationCost {
  readonly lines: number;
  readonly links: number;
  readonly parseMs: number;
  readonly simulateMs: number;
  readonly cpuMs: number;
  readonly routes: number;
  readonly sessions: number;
  readonly heapMb: number;
  /** The largest resident set that the process had. */
  readonly rssMb: number;
}

const cpu = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const generated = () => {
  const { devices, links } = generateNetwork({ shape: 'fat-tree', size: Number(process.argv[2]), seed: 1 });
  return { devices, links };
};
const lines = (texts: readonly { readonly text: string }[]): number =>
  texts.reduce((sum, { text }) => sum + text.split('\n').length, 0);

const network = generated();
const size = { lines: lines(network.devices), links: network.links.length };
const start = performance.now();
const snapshot = snapshotOf(network);
const parsed = performance.now();
const cpuBefore = cpu();
const state = simulate(snapshot);
const simulated = performance.now();
let routes = 0;
for (const vrfs of state.nodes.values()) for (const table of vrfs.values()) routes += table.routes.length;
const cost: SimulationCost = {
  ...size,
  parseMs: parsed - start,
  simulateMs: simulated - parsed,
  cpuMs: cpu() - cpuBefore,
  routes,
  sessions: state.sessions.filter((session) => session.state === 'established').length / 2,
  heapMb: process.memoryUsage().heapUsed / 2 ** 20,
  rssMb: process.resourceUsage().maxRSS / 1024,
};
console.log(JSON.stringify(cost));
