import type { RouterPlan } from './plan.ts';
import { routeMapLines } from './route-map-text.ts';

/** Four ports a slot, as containerlab's cisco_iol numbers them; Ethernet0/0 is for management. */
export const iosPort = (number: number): string => `Ethernet${Math.floor(number / 4)}/${number % 4}`;

const routerId = ({ loopback }: RouterPlan): string => loopback.slice(0, -3);

const maskOf = (length: number): string => {
  const value = length === 0 ? 0 : (-1 << (32 - length)) >>> 0;
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255].join('.');
};

/** `10.0.0.0/24` as `10.0.0.0 255.255.255.0`. */
const masked = (prefix: string): string => {
  const [address = '', length = '32'] = prefix.split('/');
  return `${address} ${maskOf(Number(length))}`;
};

/** The router as an IOS configuration; each subnet of hosts lies on a loopback of its own. */
export function iosText(router: RouterPlan): string {
  const { name, loopback, hosts, ports, statics, ospf, bgp } = router;
  const area = ospf ? [` ip ospf 1 area ${ospf.area}`] : [];
  const lines: (string | undefined)[] = [
    '!',
    'version 17.12',
    'service timestamps log datetime msec',
    '!',
    `hostname ${name}`,
    '!',
    'ip cef',
    'ip bgp-community new-format',
    '!',
    ...[loopback, ...hosts].flatMap((address, at) => [
      `interface Loopback${at}`,
      ` ip address ${masked(address)}`,
      ...(at > 0 && ospf ? [' ip ospf network point-to-point'] : []),
      ...area,
      '!',
    ]),
    ...ports.flatMap((port) => [
      `interface ${iosPort(port.number)}`,
      ` description link to ${port.peer}`,
      ` ip address ${masked(port.address)}`,
      ...(port.ospf
        ? [' ip ospf network point-to-point', ` ip ospf 1 area ${port.ospf.area}`, ` ip ospf cost ${port.ospf.cost}`]
        : []),
      port.shutdown ? ' shutdown' : ' no shutdown',
      '!',
    ]),
    ...(ospf
      ? [
          'router ospf 1',
          ` router-id ${routerId(router)}`,
          ...ospf.redistribute.map((protocol) => ` redistribute ${protocol === 'bgp' ? `bgp ${bgp?.asn}` : protocol}`),
          ospf.defaultOriginate ? ' default-information originate' : undefined,
          '!',
        ]
      : []),
    ...(bgp ? bgpLines(router, bgp) : []),
    'ip forward-protocol nd',
    '!',
    ...[...router.communityLists].map(([list, community]) => `ip community-list standard ${list} permit ${community}`),
    '!',
    ...statics.map(({ prefix, via }) => `ip route ${masked(prefix)} ${via === 'discard' ? 'Null0' : via}`),
    '!',
    ...[...router.prefixLists].flatMap(([list, entries]) =>
      entries.map(
        ({ permit, prefix, le }, at) =>
          `ip prefix-list ${list} seq ${5 * (at + 1)} ${permit ? 'permit' : 'deny'} ${prefix}${le === undefined ? '' : ` le ${le}`}`,
      ),
    ),
    '!',
    ...[...router.policies].flatMap(([policy, terms]) => routeMapLines(policy, terms, ' ')),
    'end',
    '',
  ];
  return lines.filter((line) => line !== undefined).join('\n');
}

function bgpLines(router: RouterPlan, bgp: NonNullable<RouterPlan['bgp']>): readonly string[] {
  return [
    `router bgp ${bgp.asn}`,
    ` bgp router-id ${routerId(router)}`,
    ' bgp log-neighbor-changes',
    ' bgp bestpath as-path multipath-relax',
    ' no bgp default ipv4-unicast',
    ...bgp.neighbours.flatMap(({ address, remoteAs, fromLoopback }) => [
      ` neighbor ${address} remote-as ${remoteAs}`,
      ...(fromLoopback ? [` neighbor ${address} update-source Loopback0`] : []),
    ]),
    ' !',
    ' address-family ipv4',
    ...bgp.networks.map((network) => {
      const [address = '', length = '32'] = network.split('/');
      return `  network ${address} mask ${maskOf(Number(length))}`;
    }),
    ...bgp.aggregates.map((aggregate) => `  aggregate-address ${masked(aggregate)} summary-only`),
    ...bgp.redistribute.map((protocol) => `  redistribute ${protocol === 'ospf' ? 'ospf 1' : protocol}`),
    ...bgp.neighbours.flatMap(({ address, policyIn, policyOut, nextHopSelf, reflectorClient }) => [
      `  neighbor ${address} activate`,
      `  neighbor ${address} send-community`,
      ...(reflectorClient ? [`  neighbor ${address} route-reflector-client`] : []),
      ...(nextHopSelf ? [`  neighbor ${address} next-hop-self`] : []),
      ...(policyIn === undefined ? [] : [`  neighbor ${address} route-map ${policyIn} in`]),
      ...(policyOut === undefined ? [] : [`  neighbor ${address} route-map ${policyOut} out`]),
    ]),
    // IOS takes at most 32.
    `  maximum-paths ${Math.min(32, bgp.maximumPaths)}`,
    ' exit-address-family',
    '!',
  ];
}
