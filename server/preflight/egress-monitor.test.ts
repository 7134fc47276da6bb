import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { egressMonitor } from './egress-monitor.ts';

describe('the egress watch', () => {
  it('sees nothing when nothing is opened', () => {
    expect(egressMonitor.start()()).toEqual([]);
  });

  it('sees the address of each TCP connection, and that a UDP socket was opened', async () => {
    const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const end = egressMonitor.start();
    const socket = connect(port, '127.0.0.1');
    socket.resume();
    await once(socket, 'close');
    createSocket('udp4').close();
    expect(end()).toEqual([`127.0.0.1:${port} (TCP)`, 'a UDP socket']);
    server.close();
  });

  it('does not count a Unix socket, which does not leave the machine', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'aegis-egress-'));
    const path = join(folder, 'socket');
    const server = createServer((socket) => socket.end()).listen(path);
    await once(server, 'listening');
    const end = egressMonitor.start();
    const socket = connect(path);
    socket.resume();
    await once(socket, 'close');
    expect(end()).toEqual([]);
    server.close();
    await rm(folder, { recursive: true });
  });

  it('sees nothing after its end', async () => {
    const end = egressMonitor.start();
    expect(end()).toEqual([]);
    createSocket('udp4').close();
    expect(end()).toEqual([]);
  });
});
