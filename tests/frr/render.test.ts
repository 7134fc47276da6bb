import { globSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { frrBackend } from '../../core/backends/frr/index.ts';
import { planTwin } from '../../core/backends/frr/plan.ts';
import { refusedByParser } from '../../core/backends/frr/syntax-check.ts';
import { textLab } from '../../core/network/fixtures/text-lab.ts';
import { loadSnapshot } from '../../core/network/load/load-snapshot.ts';
import type { Snapshot } from '../../core/network/snapshot.ts';
import { nodeFileReader } from '../../server/files/node-file-reader.ts';
import { frrHost } from '../support/frr.ts';
import { generateNetwork, snapshotOf } from '../support/generate-network.ts';

/** Lines of rendered configurations that FRR's parser does not know. */
async function unknownLines(lab: Snapshot): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { node, config } of planTwin(lab).routers.values())
    for (const { line, message } of await refusedByParser(config.text, undefined))
      found.push(`${node}: ${message} ${config.text.split('\n')[line]}`);
  return found;
}

const PAIR = `//- link r1:Ethernet1 r2:ge-0/0/0
//- r1 eos
hostname r1
interface Ethernet1
   no switchport
   ip address 192.0.2.0/31
interface Loopback0
   ip address 10.0.0.1/32
router bgp 65001
   router-id 10.0.0.1
   neighbor 192.0.2.1 remote-as 65002
   network 10.0.0.1/32
//- r2 junos
set system host-name r2
set interfaces ge-0/0/0 unit 0 family inet address 192.0.2.1/31
set interfaces lo0 unit 0 family inet address 10.0.0.2/32
set routing-options router-id 10.0.0.2
set routing-options autonomous-system 65002
set protocols bgp group up type external
set protocols bgp group up peer-as 65001
set protocols bgp group up neighbor 192.0.2.0
`;

describe.skipIf(frrHost === null)(
  'devices of any system on FRR (needs FRR and namespaces)',
  { timeout: 120_000 },
  () => {
    it.each(globSync('labs/*/*.clab.yml').sort())('FRR knows every line that is made of %s', async (file) => {
      expect(await unknownLines(await loadSnapshot(file, { reader: nodeFileReader }))).toEqual([]);
    });

    it.each([1, 2, 3])('FRR knows every line that is made of generated network %i', async (seed) => {
      const network = generateNetwork({ shape: 'random', size: 5, seed, routing: 'mixed', redistribution: 'mutual' });
      expect(await unknownLines(snapshotOf(network))).toEqual([]);
    });

    it('EOS and Junos exchange routes, by their own names of interfaces; what is not carried over is said', async () => {
      const backend = frrBackend(frrHost!);
      const twin = await backend.spawnTwin(textLab(PAIR), {});
      try {
        const { initial } = twin;
        expect(initial.sessions.map(({ node, state }) => [node, state])).toEqual([
          ['r1', 'established'],
          ['r2', 'established'],
        ]);
        const routes = initial.nodes.get('r2')?.get('default')?.routes ?? [];
        expect(
          routes.map(({ prefix, protocol, ad, nextHops }) => [prefix, protocol, ad, nextHops[0]?.interface]),
        ).toEqual([
          ['10.0.0.1/32', 'ebgp', 170, 'ge-0/0/0.0'],
          ['10.0.0.2/32', 'connected', 0, 'lo0.0'],
          ['192.0.2.0/31', 'connected', 0, 'ge-0/0/0.0'],
        ]);
        expect(initial.caveats.map(({ node, text }) => `${node}: ${text}`)).toContain(
          'r2: Routes that an export policy takes from other protocols are not announced in the twin.',
        );
      } finally {
        await backend.teardownTwin(twin);
      }
    });
  },
);
