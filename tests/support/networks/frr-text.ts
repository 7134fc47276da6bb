import type { RouterPlan } from './plan.ts';
import { routeMapLines } from './route-map-text.ts';

export const frrPort = (number: number): string => `eth${number}`;

const routerId = ({ loopback }: RouterPlan): string => loopback.slice(0, -3);

/** The router as a frr.conf; subnets of hosts lie on the loopback. */
export function frrText(router: RouterPlan): string {
  const { name, loopback, hosts, ports, statics, ospf, bgp } = router;
  const area = ospf && ` ip ospf area ${ospf.area}`;
  const lines: (string | undefined)[] = [
    'frr version 10.2',
    'frr defaults traditional',
    `hostname ${name}`,
    'service integrated-vtysh-config',
    '!',
    ...statics.map(({ prefix, via }) => `ip route ${prefix} ${via === 'discard' ? 'Null0' : via}`),
    '!',
    'interface lo',
    ` ip address ${loopback}`,
    ...hosts.map((address) => ` ip address ${address}`),
    area,
    'exit',
    '!',
    ...ports.flatMap((port) => [
      `interface ${frrPort(port.number)}`,
      ` description link to ${port.peer}`,
      ` ip address ${port.address}`,
      ...(port.ospf
        ? [` ip ospf area ${port.ospf.area}`, ` ip ospf cost ${port.ospf.cost}`, ' ip ospf network point-to-point']
        : []),
      port.shutdown ? ' shutdown' : undefined,
      'exit',
      '!',
    ]),
    ...(ospf
      ? [
          'router ospf',
          ` ospf router-id ${routerId(router)}`,
          ...ospf.redistribute.map((protocol) => ` redistribute ${protocol}`),
          ospf.defaultOriginate ? ' default-information originate' : undefined,
          'exit',
          '!',
        ]
      : []),
    ...(bgp ? bgpLines(router, bgp) : []),
    ...[...router.prefixLists].flatMap(([list, entries]) =>
      entries.map(
        ({ permit, prefix, le }, at) =>
          `ip prefix-list ${list} seq ${5 * (at + 1)} ${permit ? 'permit' : 'deny'} ${prefix}${le === undefined ? '' : ` le ${le}`}`,
      ),
    ),
    '!',
    ...[...router.communityLists].map(
      ([list, community]) => `bgp community-list standard ${list} seq 5 permit ${community}`,
    ),
    '!',
    ...[...router.policies].flatMap(([policy, terms]) =>
      routeMapLines(policy, terms, ' ').map((line) => (line === '!' ? 'exit\n!' : line)),
    ),
    'end',
    '',
  ];
  return lines.filter((line) => line !== undefined).join('\n');
}

function bgpLines(router: RouterPlan, bgp: NonNullable<RouterPlan['bgp']>): readonly string[] {
  return [
    `router bgp ${bgp.asn}`,
    ` bgp router-id ${routerId(router)}`,
    ' no bgp ebgp-requires-policy',
    ' no bgp default ipv4-unicast',
    ' bgp bestpath as-path multipath-relax',
    ...bgp.neighbours.flatMap(({ address, remoteAs, fromLoopback }) => [
      ` neighbor ${address} remote-as ${remoteAs}`,
      ...(fromLoopback ? [` neighbor ${address} update-source lo`] : []),
    ]),
    ' !',
    ' address-family ipv4 unicast',
    ...bgp.networks.map((network) => `  network ${network}`),
    ...bgp.aggregates.map((aggregate) => `  aggregate-address ${aggregate} summary-only`),
    ...bgp.redistribute.map((protocol) => `  redistribute ${protocol}`),
    ...bgp.neighbours.flatMap(({ address, policyIn, policyOut, nextHopSelf, reflectorClient }) => [
      `  neighbor ${address} activate`,
      ...(reflectorClient ? [`  neighbor ${address} route-reflector-client`] : []),
      ...(nextHopSelf ? [`  neighbor ${address} next-hop-self`] : []),
      ...(policyIn === undefined ? [] : [`  neighbor ${address} route-map ${policyIn} in`]),
      ...(policyOut === undefined ? [] : [`  neighbor ${address} route-map ${policyOut} out`]),
    ]),
    `  maximum-paths ${bgp.maximumPaths}`,
    ' exit-address-family',
    'exit',
    '!',
  ];
}
