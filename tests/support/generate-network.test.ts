import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSnapshot } from '../../core/network/load/load-snapshot.ts';
import { simulate } from '../../core/network/simulate.ts';
import { toSimulateJson } from '../../core/network/simulate-json.ts';
import { nodeFileReader } from '../../server/files/node-file-reader.ts';
import { generateNetwork, type NetworkOptions, snapshotOf, writeNetwork } from './generate-network.ts';

const SAMPLES: readonly NetworkOptions[] = [
  { shape: 'fat-tree', size: 20, seed: 1 },
  { shape: 'leaf-spine', size: 10, seed: 2 },
  { shape: 'ring', size: 9, seed: 3, routing: 'ospf' },
  { shape: 'ring', size: 12, seed: 4 },
  { shape: 'random', size: 12, seed: 5, policies: 'preferences', redistribution: 'mutual' },
  { shape: 'random', size: 12, seed: 6, routing: 'ebgp' },
];

describe('A generated network', () => {
  it.each(SAMPLES)('$shape of $size says nothing that is not modelled', (options) => {
    for (const { config } of snapshotOf(generateNetwork(options)).nodes.values()) {
      expect(config.tree.problems).toEqual([]);
      expect(config.device.notModelled).toEqual([]);
    }
  });

  it('is the same for the same seed, and another for another one', () => {
    const options: NetworkOptions = { shape: 'random', size: 10, seed: 7 };
    expect(generateNetwork(options)).toEqual(generateNetwork(options));
    expect(generateNetwork({ ...options, seed: 8 }).devices).not.toEqual(generateNetwork(options).devices);
  });

  it('has the sizes of a fat-tree', () => {
    const sizes = [20, 80, 320, 1280].map((size) => generateNetwork({ shape: 'fat-tree', size, seed: 1 }));
    expect(sizes.map(({ devices }) => devices.length)).toEqual([20, 80, 320, 1280]);
    expect(sizes.map(({ links }) => links.length)).toEqual([32, 256, 2048, 16384]);
  });

  it('is a fabric whose sessions are all up and whose edges all reach each other', () => {
    const network = generateNetwork({ shape: 'fat-tree', size: 20, seed: 1 });
    const state = simulate(snapshotOf(network));
    expect(state.sessions.filter((session) => session.state !== 'established')).toEqual([]);
    const edges = network.plan.routers.filter(({ hosts }) => hosts.length > 0);
    expect(edges).toHaveLength(8);
    for (const { name } of edges) {
      const known = new Set(
        state.nodes
          .get(name)
          ?.get('default')
          ?.routes.map(({ prefix }) => prefix),
      );
      for (const { hosts } of edges) expect(known).toContain(hosts[0]?.replace('.1/24', '.0/24'));
    }
  });

  it('is written as a lab that reads the same', async () => {
    const network = generateNetwork({ shape: 'ring', size: 6, seed: 9 });
    const folder = mkdtempSync(join(tmpdir(), 'aegis-network-'));
    try {
      const read = await loadSnapshot(writeNetwork(folder, network), { reader: nodeFileReader });
      expect(toSimulateJson(simulate(read))).toEqual(toSimulateJson(simulate(snapshotOf(network))));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
