import type { RouterPlan } from './plan.ts';
import { routeMapLines } from './route-map-text.ts';

export const eosPort = (number: number): string => `Ethernet${number}`;

const routerId = ({ loopback }: RouterPlan): string => loopback.slice(0, -3);

/** The router as an EOS startup-config; each subnet of hosts lies on a loopback of its own. */
export function eosText(router: RouterPlan): string {
  const { name, loopback, hosts, ports, statics, ospf, bgp } = router;
  const area = ospf ? [`   ip ospf area ${ospf.area}`] : [];
  const lines: (string | undefined)[] = [
    `! device: ${name} (cEOSLab, EOS-4.32.2F)`,
    '!',
    'service routing protocols model multi-agent',
    '!',
    `hostname ${name}`,
    '!',
    ...[loopback, ...hosts].flatMap((address, at) => [
      `interface Loopback${at}`,
      `   ip address ${address}`,
      ...area,
      '!',
    ]),
    ...ports.flatMap((port) => [
      `interface ${eosPort(port.number)}`,
      `   description link to ${port.peer}`,
      port.shutdown ? '   shutdown' : undefined,
      '   no switchport',
      `   ip address ${port.address}`,
      ...(port.ospf
        ? [
            '   ip ospf network point-to-point',
            `   ip ospf area ${port.ospf.area}`,
            `   ip ospf cost ${port.ospf.cost}`,
          ]
        : []),
      '!',
    ]),
    'ip routing',
    '!',
    ...[...router.communityLists].map(([list, community]) => `ip community-list ${list} permit ${community}`),
    '!',
    ...[...router.prefixLists].flatMap(([list, entries]) => [
      `ip prefix-list ${list}`,
      ...entries.map(
        ({ permit, prefix, le }, at) =>
          `   seq ${10 * (at + 1)} ${permit ? 'permit' : 'deny'} ${prefix}${le === undefined ? '' : ` le ${le}`}`,
      ),
      '!',
    ]),
    ...statics.map(({ prefix, via }) => `ip route ${prefix} ${via === 'discard' ? 'Null0' : via}`),
    '!',
    ...[...router.policies].flatMap(([policy, terms]) => routeMapLines(policy, terms, '   ')),
    ...(bgp ? bgpLines(router, bgp) : []),
    ...(ospf
      ? [
          'router ospf 1',
          `   router-id ${routerId(router)}`,
          ...ospf.redistribute.map((protocol) => `   redistribute ${protocol}`),
          ospf.defaultOriginate ? '   default-information originate' : undefined,
          '!',
        ]
      : []),
    'end',
    '',
  ];
  return lines.filter((line) => line !== undefined).join('\n');
}

function bgpLines(router: RouterPlan, bgp: NonNullable<RouterPlan['bgp']>): readonly string[] {
  return [
    `router bgp ${bgp.asn}`,
    `   router-id ${routerId(router)}`,
    `   maximum-paths ${bgp.maximumPaths} ecmp ${bgp.maximumPaths}`,
    ...bgp.neighbours.flatMap(
      ({ address, remoteAs, fromLoopback, policyIn, policyOut, nextHopSelf, reflectorClient }) => [
        `   neighbor ${address} remote-as ${remoteAs}`,
        ...(nextHopSelf ? [`   neighbor ${address} next-hop-self`] : []),
        ...(fromLoopback ? [`   neighbor ${address} update-source Loopback0`] : []),
        ...(reflectorClient ? [`   neighbor ${address} route-reflector-client`] : []),
        ...(policyIn === undefined ? [] : [`   neighbor ${address} route-map ${policyIn} in`]),
        ...(policyOut === undefined ? [] : [`   neighbor ${address} route-map ${policyOut} out`]),
        `   neighbor ${address} send-community`,
      ],
    ),
    ...bgp.aggregates.map((aggregate) => `   aggregate-address ${aggregate} summary-only`),
    ...bgp.redistribute.map((protocol) => `   redistribute ${protocol}`),
    ...bgp.networks.map((network) => `   network ${network}`),
    '!',
  ];
}
