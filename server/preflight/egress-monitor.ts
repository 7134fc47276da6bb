import { channel } from 'node:diagnostics_channel';
import type { EgressMonitor } from '../../core/orchestrator/run.ts';

interface ClientSocket {
  on(event: 'connectionAttempt', listener: (address: string, port: number | undefined) => void): unknown;
  on(event: 'connect', listener: () => void): unknown;
}

/**
 * Watches the sockets that this process opens, by the announcements that Node itself makes of each new one. The watch
 * is on what JavaScript opens; it is no packet capture.
 */
export const egressMonitor: EgressMonitor = {
  method:
    "In-process socket watch: every TCP client socket and every UDP socket that Node announced on its diagnostics channels (net.client.socket, udp.socket) between the start of the run and its verdict; Unix sockets are not counted. Processes that this one starts, and name queries made without a socket of Node's, are not covered.",
  start: () => {
    const seen: (string | null)[] = [];
    const tcp = (message: unknown): void => {
      const at = seen.push('a TCP socket') - 1;
      const socket = (message as { readonly socket?: ClientSocket }).socket;
      socket?.on('connectionAttempt', (address, port) => {
        // A path in place of an address and a port: a Unix socket, which does not leave the machine.
        seen[at] = port === undefined ? null : `${address}:${port} (TCP)`;
      });
    };
    const udp = (): void => void seen.push('a UDP socket');
    const channels = [
      [channel('net.client.socket'), tcp],
      [channel('udp.socket'), udp],
    ] as const;
    for (const [announcements, listener] of channels) announcements.subscribe(listener);
    return () => {
      for (const [announcements, listener] of channels) announcements.unsubscribe(listener);
      return seen.filter((one) => one !== null);
    };
  },
};
