// From a preflight to a device, through the command line alone: approval, gate, a live push to real FRR, and its record.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { aegis, inTemporaryFolder } from '../command-line/aegis.ts';
import { deviceObstacle, startFrrDevice } from './frr-device.ts';

const obstacle = deviceObstacle();
const configuration = (name: string, as: number, address: string, neighbour: string, other: number): string =>
  `frr version 8.4.4\nfrr defaults traditional\nhostname ${name}\nno ipv6 forwarding\n!\nip route 10.98.0.0/24 blackhole\n!\ninterface eth1\n ip address ${address}/30\nexit\n!\nrouter bgp ${as}\n no bgp ebgp-requires-policy\n neighbor ${neighbour} remote-as ${other}\nexit\n!\nend\n`;

const title = `a change goes to a device by the command line${obstacle === null ? '' : ` (${obstacle})`}`;

describe.skipIf(obstacle !== null)(title, { timeout: 240_000 }, () => {
  test('denied, approved, planned, pushed live, and not a second time', () =>
    inTemporaryFolder(async (folder) => {
      const device = await startFrrDevice(
        configuration('device', 65001, '10.0.0.1', '10.0.0.2', 65002),
        configuration('peer', 65002, '10.0.0.2', '10.0.0.1', 65001),
      );
      try {
        const config = join(folder, 'config');
        const evidence = join(folder, 'evidence');
        const run = (...args: readonly string[]) => aegis(args, { config });
        const running = device.runningConfig();
        const before = running.slice(running.indexOf('frr version'));
        const after = before.replace(
          '10.98.0.0/24 blackhole\n',
          '10.98.0.0/24 blackhole\nip route 10.99.0.0/24 blackhole\n',
        );
        const lab = join(folder, 'lab');
        mkdirSync(join(lab, 'configs'), { recursive: true });
        writeFileSync(join(lab, 'configs/r1.cfg'), before);
        writeFileSync(
          join(lab, 'configs/p1.cfg'),
          device.inside("vtysh -N peer -c 'show running-config'").replace(/^[\s\S]*?(?=frr version)/, ''),
        );
        writeFileSync(
          join(lab, 'push.clab.yml'),
          'name: push\ntopology:\n  nodes:\n    r1: {kind: linux, image: frr, startup-config: configs/r1.cfg}\n    p1: {kind: linux, image: frr, startup-config: configs/p1.cfg}\n  links:\n    - endpoints: ["r1:eth1", "p1:eth1"]\n',
        );
        mkdirSync(join(folder, 'change/configs'), { recursive: true });
        writeFileSync(join(folder, 'change/configs/r1.cfg'), after);
        writeFileSync(
          join(folder, 'change/change.yml'),
          'title: Drop a network\nintent: Drop traffic to 10.99.0.0/24 at r1.\n',
        );

        // The site: a policy signer that is pinned, and somebody who may approve.
        await run('keys', 'new', '--purpose', 'policy', '--principal', 'policy@site');
        const policyKey = join(config, 'aegis/keys/policy_policy-site');
        await run('keys', 'pin', `${policyKey}.pub`, '--purpose', 'policy', '--principal', 'policy@site');
        await run('keys', 'new', '--purpose', 'approval', '--principal', 'alice@site');
        const aliceKey = join(config, 'aegis/keys/approval_alice-site');
        const [type, key] = readFileSync(`${aliceKey}.pub`, 'utf8').split(' ');
        const policy = join(folder, 'aegis.policy.yml');
        writeFileSync(
          policy,
          `policyVersion: 1\nsite: bank-a\nceiling: AUTO\napprovals:\n  required: {low: 1, medium: 1, high: 2, critical: 2}\n  approvers:\n    - {name: Alice Example, roles: [network], key: ${type} ${key}}\npromotion:\n  live: true\n  maxAgeHours: 24\n  targets:\n    r1: {address: "ssh://root@127.0.0.1:${device.port}", system: frr, hostKeys: [${device.hostKey}]}\n`,
        );
        execFileSync('ssh-keygen', ['-q', '-Y', 'sign', '-f', policyKey, '-n', 'preflight-policy@v1', policy]);

        const preflight = await run(
          'preflight',
          lab,
          '--change',
          join(folder, 'change'),
          '--evidence',
          evidence,
          '--policy',
          policy,
          '--operator',
          'Olga Operator',
          '--json',
        );
        expect([0, 3], preflight.stdout).toContain(preflight.code);
        const { evidence: sealed } = JSON.parse(preflight.stdout) as { evidence: string };
        const promote = (...more: readonly string[]) =>
          run('promote', sealed, '--policy', policy, '--operator', 'Erik Executor', ...more);
        const live = ['--live', '--identity', device.identity, '--revert-after', '90'] as const;

        const denied = await promote(...live);
        expect(denied.code).toBe(1);
        expect(denied.stdout).toContain('DENIED');
        expect(device.runningConfig()).toBe(running);

        const own = await run('approve', sealed, '--key', join(config, 'aegis/keys/seal_ed25519'), '--policy', policy);
        expect(own).toMatchObject({
          code: 2,
          stderr: expect.stringContaining("does not name this key as an approver's"),
        });
        const approved = await run('approve', sealed, '--key', aliceKey, '--policy', policy);
        expect(approved).toMatchObject({ code: 0, stderr: '' });

        const planned = await promote();
        expect(planned.stdout).toContain('PLANNED');
        expect(planned.code).toBe(0);
        expect(device.runningConfig()).toBe(running);

        const pushed = await promote(...live);
        expect(pushed.stdout).toContain('COMPLETE');
        expect(pushed.code).toBe(0);
        expect(device.runningConfig()).toContain('ip route 10.99.0.0/24 blackhole');

        const again = await promote(...live);
        expect(again.code).toBe(1);
        expect(again.stdout).toContain('it was used before');

        const ledger = await run('ledger', 'show', evidence);
        for (const type of ['run', 'approve', 'deny', 'promote'])
          expect(ledger.stdout).toMatch(new RegExp(` ${type} `));
        expect((await run('ledger', 'verify', evidence)).code).toBe(0);
        expect(readdirSync(join(evidence, 'promotions'))).toHaveLength(4);
      } finally {
        await device.stop();
      }
    }));
});
