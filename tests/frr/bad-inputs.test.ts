import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectFolder } from '../../.scripts/install-packages.mjs';
import { doesNotFit } from '../../core/backends/frr/host.ts';
import { frrBackend, obstacleFor } from '../../core/backends/frr/index.ts';
import { runProgram } from '../../core/backends/frr/process.ts';
import { textLab } from '../../core/network/fixtures/text-lab.ts';
import { frrHost } from '../support/frr.ts';
import { generateNetwork, snapshotOf } from '../support/generate-network.ts';
import { twinProcesses } from './kills.ts';

/** One sentence that says what is wrong and one that says what to do, at most. */
const isClear = (text: string): boolean => text.length < 400 && /\.$/.test(text) && !text.includes('\n');

describe('labs that a twin of FRR daemons cannot hold', () => {
  it('500 devices: how many it holds, and what to do', async () => {
    const lab = snapshotOf(generateNetwork({ shape: 'ring', size: 500, seed: 1, dialects: ['frr'] }));
    const obstacle = await obstacleFor(lab);
    expect(obstacle).toBe(
      'The lab generated has 500 devices, and a twin of FRR daemons holds at most 250. Test it on the simulator (--backend simulator), or a part of it here.',
    );
  });

  it('more memory than there is: how much it needs and how much is free', async () => {
    const obstacle = await doesNotFit('lab', 100, async () => 512);
    expect(obstacle).toBe(
      'The twin of lab needs about 2656 MB of memory for 100 devices, and 512 MB are free. Free some, or test the lab on the simulator (--backend simulator).',
    );
  });

  it('a language without a model, and VRFs between which routes pass', async () => {
    const unknown = await obstacleFor(textLab('//- r1 unknown\nhostname r1\n'));
    expect(unknown).toContain('The language of r1 (unknown) is not modelled');
    const vrf = await obstacleFor(
      textLab(
        '//- r1 frr\nvrf RED\nexit\nvrf BLUE\nexit\nrouter bgp 65001 vrf RED\n address-family ipv4 unicast\n  import vrf BLUE\n',
      ),
    );
    expect(vrf).toBe(
      'r1 has routes of the VRF BLUE in other tables or theirs in it; in the FRR twin no packet passes between VRFs.',
    );
    const evpn = await obstacleFor(textLab('//- r1 frr\nvrf RED\n vni 5000\nexit\nrouter bgp 65001 vrf RED\n'));
    expect(evpn).toContain('r1 exchanges routes of the VRF RED by EVPN');
    expect([unknown, vrf, evpn].every((text) => isClear(text ?? ''))).toBe(true);
  });
});

describe.skipIf(frrHost === null)(
  'machines and daemons that fail (needs FRR and namespaces)',
  { timeout: 90_000 },
  () => {
    /** `aegis preflight --backend frr` under another program that takes something away. */
    const preflight = async (around: readonly string[]) => {
      const folder = mkdtempSync(join(tmpdir(), 'aegis-bad-'));
      try {
        return await runProgram('env', [
          ...around,
          process.execPath,
          join(projectFolder, 'server/cli.ts'),
          'preflight',
          join(projectFolder, 'labs/single'),
          '--change',
          join(projectFolder, 'labs/single/changes/add-static'),
          '--backend',
          'frr',
          '--evidence',
          join(folder, 'evidence'),
        ]);
      } finally {
        rmSync(folder, { recursive: true });
      }
    };

    it.skipIf(process.getuid?.() !== 0)('no FRR: names the package (needs root, to hide the folder)', async () => {
      const { code, output } = await preflight([
        'unshare',
        '--mount',
        'sh',
        '-c',
        'mount -t tmpfs tmpfs /usr/lib/frr && exec "$@"',
        'sh',
      ]);
      expect(output).toBe('aegis: FRR is not installed; install the package frr (apt-get install frr).\n');
      expect(code).toBe(2);
    });

    it('no namespaces: says which settings forbid them', async () => {
      // In namespaces whose own limit of namespaces is nought.
      const { code, output } = await preflight([
        'unshare',
        '--user',
        '--map-root-user',
        'sh',
        '-c',
        'echo 0 >/proc/sys/user/max_user_namespaces && exec "$@"',
        'sh',
      ]);
      expect(output).toMatch(/^aegis: This system does not let an ordinary account make namespaces \(.*\)\. Allow /);
      expect(code).toBe(2);
    });

    it.skipIf(process.getuid?.() !== 0)(
      'a daemon that crashes as it starts (needs root, to put one there)',
      async () => {
        const crash = 'printf "#!/bin/sh\\nkill -SEGV \\$\\$\\n" >/run/crash && chmod 755 /run/crash';
        const { code, output } = await preflight([
          'unshare',
          '--mount',
          'sh',
          '-c',
          `mount -t tmpfs tmpfs /run && ${crash} && mount --bind /run/crash /usr/lib/frr/staticd && exec "$@"`,
          'sh',
        ]);
        expect(output).toContain('The stage could not be completed: staticd of r1 does not start: Segmentation fault.');
        expect(code).toBe(3);
      },
    );

    it('a daemon that dies: which one, of whom, and what its log says', async () => {
      const backend = frrBackend(frrHost!);
      const lab = textLab('//- r1 frr\ninterface lo\n ip address 10.0.0.1/32\nexit\nrouter bgp 65001\nexit\n');
      const twin = await backend.spawnTwin(lab, {});
      try {
        const bgpd = twinProcesses(process.pid).filter(
          (pid) => readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'bgpd',
        );
        expect(bgpd).toHaveLength(1);
        process.kill(Number(bgpd[0]), 'SIGKILL');
        await expect(backend.applyAndConverge(twin, lab, {})).rejects.toThrow(/^bgpd of r1 is gone or hangs/);
      } finally {
        await backend.teardownTwin(twin);
      }
    });
  },
);
