import { parseIp } from '../config/address.ts';
import type { Table, Topology } from './topology.ts';

export const addressValue = (address: string): number => parseIp(address)?.words[0] ?? 0;

/**
 * Router id where none is configured: the highest IPv4 address of the loopbacks that are up, else of any interface
 * (Cisco, Arista and FRR manuals, "router-id"); 0.0.0.0 when the table has no IPv4 address.
 */
export function defaultRouterId(topology: Topology, table: Table): string {
  const up = topology.interfacesOf(table).filter((one) => one.up);
  const loopbacks = up.filter((one) => one.config.kind === 'loopback');
  const addressesOf = (list: typeof up) =>
    list.flatMap((one) => one.addresses.flatMap(({ ip }) => (ip.version === 4 ? [ip] : [])));
  const candidates = [addressesOf(loopbacks), addressesOf(up)].find((list) => list.length > 0) ?? [];
  return candidates.reduce((best, ip) => ((ip.words[0] as number) > addressValue(best) ? ip.text : best), '0.0.0.0');
}
