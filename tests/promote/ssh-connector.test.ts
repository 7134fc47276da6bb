// The live connector against a real OpenSSH server in front of real FRR daemons.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DevicePush } from '../../core/promote/connector.ts';
import { ssh } from '../../core/promote/process.ts';
import { type SshConnectorOptions, sshConnector } from '../../core/promote/ssh-connector.ts';
import { comparable, PROMOTION_SYSTEMS } from '../../core/promote/systems.ts';
import { deviceObstacle, type FrrDevice, linkTo, startFrrDevice, until } from './frr-device.ts';

const configuration = (name: string, as: number, address: string, neighbour: string, other: number): string =>
  [
    ...['frr version 8.4.4', 'frr defaults traditional', `hostname ${name}`, 'no ipv6 forwarding', '!'],
    ...['ip route 10.98.0.0/24 blackhole', '!', 'interface eth1', ` ip address ${address}/30`, 'exit', '!'],
    ...[
      `router bgp ${as}`,
      ' no bgp ebgp-requires-policy',
      ` neighbor ${neighbour} remote-as ${other}`,
      'exit',
      '!',
      'end',
      '',
    ],
  ].join('\n');

const obstacle = deviceObstacle();

describe.skipIf(obstacle !== null)(
  `pushing to FRR over SSH${obstacle === null ? '' : ` (${obstacle})`}`,
  { timeout: 120_000 },
  () => {
    let device: FrrDevice;
    let before: string;
    let turn = 0;
    beforeAll(async () => {
      device = await startFrrDevice(
        configuration('device', 65001, '10.0.0.1', '10.0.0.2', 65002),
        configuration('peer', 65002, '10.0.0.2', '10.0.0.1', 65001),
      );
      before = device.runningConfig();
    }, 90_000);
    afterAll(() => device?.stop());

    const same = (text: string): string =>
      comparable(text, PROMOTION_SYSTEMS.frr as NonNullable<(typeof PROMOTION_SYSTEMS)['frr']>);
    const withRoute = (prefix: string): string =>
      before.replace(
        'ip route 10.98.0.0/24 blackhole\n',
        `ip route 10.98.0.0/24 blackhole\nip route ${prefix} blackhole\n`,
      );
    const push = (change: Partial<DevicePush> = {}): DevicePush => ({
      device: 'r1',
      system: 'frr',
      before,
      after: withRoute('10.99.0.0/24'),
      expectedSessions: ['10.0.0.2'],
      ...change,
    });
    const connector = (change: Partial<SshConnectorOptions> = {}, port = device.port, hostKey = device.hostKey) => {
      turn += 1;
      return sshConnector({
        targets: { r1: { address: `ssh://root@127.0.0.1:${port}`, system: 'frr', hostKeys: [hostKey] } },
        airGap: { perimeter: [] },
        identity: device.identity,
        knownHosts: async (lines) => {
          const file = join(device.folder, `known_hosts_${turn}`);
          await writeFile(file, lines);
          return file;
        },
        run: ssh,
        token: `test-${turn}`,
        revertAfter: 60,
        monotonic: () => performance.now(),
        wait: async (milliseconds) => void (await wait(milliseconds)),
        ...change,
      });
    };
    const leftOver = (): string => device.inside('ls -d /var/tmp/aegis-* 2>/dev/null || true').trim();

    test('a push that succeeds: checked, made permanent, nothing left behind, and taken back by a second one', async () => {
      const one = connector();
      expect(await one.drift([push()])).toEqual([expect.objectContaining({ device: 'r1', status: 'same' })]);
      const result = await one.push(push());
      expect(result.steps.filter(({ status }) => status !== 'done')).toEqual([]);
      expect(result.outcome).toBe('changed');
      expect(device.runningConfig()).toContain('ip route 10.99.0.0/24 blackhole');
      expect(device.inside('cat /etc/frr/frr.conf')).toContain('ip route 10.99.0.0/24 blackhole');
      expect(leftOver()).toBe('');
      // The same package again: what runs is no longer what it starts from.
      expect(await connector().drift([push()])).toEqual([expect.objectContaining({ status: 'drifted' })]);
      expect((await connector().push(push())).outcome).toBe('unchanged');

      const back = await connector().push(push({ before: withRoute('10.99.0.0/24'), after: before }));
      expect(back.outcome).toBe('changed');
      expect(same(device.runningConfig())).toBe(same(before));
    });

    test('a push whose check fails is rolled back: a session that the twin had up does not come up', async () => {
      const after = withRoute('10.99.7.0/24').replace(
        ' neighbor 10.0.0.2 remote-as 65002\n',
        ' neighbor 10.0.0.2 remote-as 65002\n neighbor 10.1.1.1 remote-as 65003\n',
      );
      const result = await connector({ revertAfter: 20 }).push(
        push({ after, expectedSessions: ['10.0.0.2', '10.1.1.1'] }),
      );
      expect(result.outcome).toBe('rolled_back');
      expect(result.steps).toContainEqual(
        expect.objectContaining({
          step: 'check the device',
          status: 'failed',
          detail: expect.stringContaining('10.1.1.1'),
        }),
      );
      expect(same(device.runningConfig())).toBe(same(before));
      expect(leftOver()).toBe('');
    });

    test('a configuration that FRR refuses is not applied', async () => {
      const result = await connector().push(push({ after: before.replace('router bgp 65001', 'ruoter bgp 65001') }));
      expect(result.outcome).toBe('unchanged');
      expect(same(device.runningConfig())).toBe(same(before));
      expect(leftOver()).toBe('');
    });

    test('when the link dies in the middle, the device restores itself', async () => {
      const link = await linkTo(device.port);
      const one = connector(
        {
          revertAfter: 8,
          run: (target, command, options) => {
            const outcome = ssh(target, command, options);
            // The new configuration is being loaded when the link goes.
            if (command.includes('reload "$1/after.conf"'))
              void until(() => device.runningConfig().includes('10.99.6.0/24'), 'it is applied').then(
                link.cut,
                link.cut,
              );
            return outcome;
          },
        },
        link.port,
      );
      const result = await one.push(push({ after: withRoute('10.99.6.0/24') }));
      expect(result.outcome).toBe('unknown');
      expect(result.steps.at(-1)).toMatchObject({ step: 'after the link died', status: 'not_reached' });
      await until(
        () => device.inside('cat /var/tmp/*/result 2>/dev/null || true').includes('restored'),
        'it restored itself',
      );
      expect(same(device.runningConfig())).toBe(same(before));
      device.inside('rm -rf /var/tmp/aegis-*');
      await link.close();
    });

    test('another host key, another user key, and a place outside of the perimeter are refused before anything is done', async () => {
      const other = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f';
      expect(await connector({}, device.port, other).drift([push()])).toEqual([
        expect.objectContaining({ status: 'unreadable' }),
      ]);
      expect((await connector({}, device.port, other).push(push())).outcome).toBe('unchanged');
      expect((await connector({ identity: join(device.folder, 'host_key') }).push(push())).outcome).toBe('unchanged');
      const outside = connector({
        targets: { r1: { address: 'ssh://root@192.0.2.1', system: 'frr', hostKeys: [device.hostKey] } },
      });
      expect(await outside.drift([push()])).toEqual([
        expect.objectContaining({ status: 'unreadable', detail: expect.stringContaining('the air gap is on') }),
      ]);
      expect(same(device.runningConfig())).toBe(same(before));
    });
  },
);
