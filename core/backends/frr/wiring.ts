/* The network of a twin as commands of iproute2. Pure: texts in, texts out. */
import type { PlannedHost, PlannedPort, PlannedSegment } from './planned.ts';

/** Numbers that a twin gives out once and never again, so that addresses of interfaces stay the same as long as it lives. */
export interface Numbers {
  next: number;
}

/** A segment as it is built: the names of its parts in the namespace that is no router's. */
export interface BuiltSegment {
  readonly segment: PlannedSegment;
  readonly commands: readonly string[];
  readonly removal: readonly string[];
  /** Namespaces of the hosts by their addresses, with the commands for `ip -batch` inside of them. */
  readonly hosts?: ReadonlyMap<string, { readonly netns: string; readonly commands: readonly string[] }>;
}

/** A locally administered address that says which port it is. */
const hardwareAddress = (number: number): string =>
  `02:ae:${[24, 16, 8, 0].map((shift) => ((number >>> shift) & 255).toString(16).padStart(2, '0')).join(':')}`;

/** Commands that give a host its address and its way to everything else; the port's own address may be yet to come. */
const hostCommands = ({ address, length, gateway }: PlannedHost): readonly string[] => {
  const family = address.includes(':') ? '-6' : '-4';
  return [
    'link set lo up',
    'link set eth0 up',
    `addr add ${address}/${length} dev eth0${family === '-6' ? ' nodad' : ''}`,
    `route add default via ${gateway} dev eth0 onlink`,
  ];
};

/** Commands for `ip -batch` that build a segment, and shell lines that remove it. `netnsOf` gives the namespace of a node. */
export function buildSegment(
  segment: PlannedSegment,
  netnsOf: (node: string, vrf: string | undefined) => string,
  numbers: Numbers,
): BuiltSegment {
  const take = (): number => numbers.next++;
  const end = ({ node, port, vrf }: PlannedSegment['ends'][number]): string =>
    `name ${port} netns ${netnsOf(node, vrf)} address ${hardwareAddress(take())}`;
  const [first, second] = segment.ends;
  const remove = ({ node, port, vrf }: PlannedSegment['ends'][number]): string =>
    `ip -n ${netnsOf(node, vrf)} link del ${port}`;
  if (segment.kind === 'cable' && first && second)
    return { segment, commands: [`link add ${end(first)} type veth peer ${end(second)}`], removal: [remove(first)] };
  if (segment.kind === 'stub' && first) {
    const far = `s${take()}`;
    return {
      segment,
      commands: [`link add ${end(first)} type veth peer name ${far}`, `link set ${far} up`],
      removal: [remove(first)],
    };
  }
  const bridge = `b${take()}`;
  const ports = segment.ends.map((one) => ({ one, far: `p${take()}` }));
  const hosts = (segment.hosts ?? []).map((host) => {
    const number = take();
    return { host, netns: `h${number}`, far: `q${number}` };
  });
  return {
    segment,
    hosts: new Map(hosts.map(({ host, netns }) => [host.address, { netns, commands: hostCommands(host) }])),
    commands: [
      `link add ${bridge} type bridge stp_state 0 forward_delay 0 mcast_snooping 0`,
      `link set ${bridge} up`,
      ...ports.flatMap(({ one, far }) => [
        `link add ${end(one)} type veth peer name ${far}`,
        `link set ${far} master ${bridge} up`,
      ]),
      ...hosts.flatMap(({ netns, far }) => [
        `netns add ${netns}`,
        `link add name eth0 netns ${netns} address ${hardwareAddress(take())} type veth peer name ${far}`,
        `link set ${far} master ${bridge} up`,
      ]),
    ],
    removal: [
      ...ports.map(({ one }) => remove(one)),
      ...hosts.map(({ netns }) => `ip netns del ${netns}`),
      `ip link del ${bridge}`,
    ],
  };
}

/** What the kernel of every router's namespace is told before it has interfaces. */
export const ROUTER_SETTINGS: readonly (readonly [path: string, value: string])[] = [
  ['net/ipv4/ip_forward', '1'],
  ['net/ipv4/conf/all/rp_filter', '0'],
  ['net/ipv4/conf/default/rp_filter', '0'],
  ['net/ipv4/icmp_ratelimit', '0'],
  ['net/ipv6/icmp/ratelimit', '0'],
  ['net/ipv6/conf/all/forwarding', '1'],
  ['net/ipv6/conf/default/forwarding', '1'],
  // Addresses are usable at once, and stay when an interface goes down, as FRR's manual asks for.
  ['net/ipv6/conf/default/accept_dad', '0'],
  ['net/ipv6/conf/all/keep_addr_on_down', '1'],
  ['net/ipv6/conf/default/keep_addr_on_down', '1'],
  ['net/ipv6/conf/default/accept_ra', '0'],
];

/** Brings a router's interfaces up, without the addresses and routes of a daemon that is gone. */
export const freshInterfaces = (ports: readonly PlannedPort[]): readonly string[] =>
  [{ name: 'lo' }, ...ports].flatMap((port) => [
    `addr flush dev ${port.name} scope global`,
    `link set ${port.name}${'mtu' in port && port.mtu !== undefined ? ` mtu ${port.mtu}` : ''} up`,
  ]);
