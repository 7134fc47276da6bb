import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const name = (n: number): string => `r${String(n).padStart(3, '0')}`;

/** One router of the ring: two links, a loopback, policies and the usual management. */
function router(n: number, size: number): string {
  const [next, previous] = [(n + 1) % size, (n + size - 1) % size];
  // Link n joins router n (.1) and the next one (.2).
  const network = (link: number): string => `10.${link >> 6}.${(link & 63) * 4}`;
  const neighbour = (address: string, as: number): readonly string[] => [
    ` neighbor ${address} remote-as ${as}`,
    ` neighbor ${address} description ring`,
    ` neighbor ${address} password 7 121A0C041104`,
  ];
  const family = (address: string): readonly string[] => [
    `  neighbor ${address} route-map RING-IN in`,
    `  neighbor ${address} route-map RING-OUT out`,
    `  neighbor ${address} maximum-prefix 5000`,
  ];
  const [right, left] = [`${network(n)}.2`, `${network(previous)}.1`];
  return [
    'frr version 10.2',
    'frr defaults traditional',
    `hostname ${name(n)}`,
    'interface lo',
    ` ip address 172.16.${n >> 8}.${n & 255}/32`,
    'exit',
    'interface eth1',
    ` description to ${name(next)}`,
    ` ip address ${network(n)}.1/30`,
    'exit',
    'interface eth2',
    ` description to ${name(previous)}`,
    ` ip address ${network(previous)}.2/30`,
    'exit',
    `router bgp ${4_200_000_000 + n}`,
    ...neighbour(right, 4_200_000_000 + next),
    ...neighbour(left, 4_200_000_000 + previous),
    ' address-family ipv4 unicast',
    `  network 172.16.${n >> 8}.${n & 255}/32`,
    ...family(right),
    ...family(left),
    ' exit-address-family',
    'exit',
    'ip prefix-list LOOPBACKS seq 5 permit 172.16.0.0/16 ge 32',
    'route-map RING-IN permit 10',
    ' match ip address prefix-list LOOPBACKS',
    'exit',
    'route-map RING-OUT permit 10',
    ' match ip address prefix-list LOOPBACKS',
    'exit',
    '',
  ].join('\n');
}

/** Writes a containerlab topology of routers in a ring. @returns the path of the first router's configuration */
export function writeLargeLab(folder: string, size: number): string {
  mkdirSync(join(folder, 'configs'), { recursive: true });
  const nodes: string[] = [];
  const links: string[] = [];
  for (let n = 0; n < size; n += 1) {
    writeFileSync(join(folder, 'configs', `${name(n)}.cfg`), router(n, size));
    nodes.push(`    ${name(n)}: { kind: linux, image: "frrouting/frr:10.2", startup-config: configs/${name(n)}.cfg }`);
    links.push(`    - endpoints: ["${name(n)}:eth1", "${name((n + 1) % size)}:eth2"]`);
  }
  const topology = ['name: ring', 'topology:', '  nodes:', ...nodes, '  links:', ...links, ''].join('\n');
  writeFileSync(join(folder, 'ring.clab.yml'), topology);
  return join(folder, 'configs', `${name(0)}.cfg`);
}
