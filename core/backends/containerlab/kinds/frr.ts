/* FRR in a Linux container. Source: FRR 8.4 `show ip route json`, `show bgp vrf all neighbors json`. */
import { parseIp, parsePrefix } from '../../../config/address.ts';
import type { NextHop, Route, RouteProtocol } from '../../../network/state.ts';
import { type JsonObject, numberOf, objectOf, optionalList, parseAnswer, textOf } from './json.ts';
import { type Context, type Kind, type NodeReading, type PeerReading, Refused } from './reading.ts';

const PROTOCOLS: Readonly<Record<string, RouteProtocol>> = {
  connected: 'connected',
  static: 'static',
  ospf: 'ospf',
  ospf6: 'ospf',
  isis: 'isis-l2',
  rip: 'rip',
  eigrp: 'eigrp',
};

function protocolOf(route: JsonObject, { behaviour }: Context): RouteProtocol | undefined {
  const name = textOf(route.protocol, 'a route of zebra');
  if (name !== 'bgp') return PROTOCOLS[name];
  const { ebgp, ibgp } = behaviour.administrativeDistance;
  const distance = numberOf(route.distance, 'a route of zebra');
  return distance === ebgp ? 'ebgp' : distance === ibgp ? 'ibgp' : 'bgp';
}

function hopsOf(route: JsonObject): readonly NextHop[] {
  return optionalList(route.nexthops).flatMap((value): readonly NextHop[] => {
    const hop = objectOf(value, 'a next hop of zebra');
    if (hop.active !== true || hop.duplicate === true || 'resolver' in hop) return [];
    if (hop.blackhole || hop.reject || hop.unreachable) return [{ ip: null, interface: null, vrf: null, drop: true }];
    const ip = hop.ip === undefined ? null : (parseIp(textOf(hop.ip, 'a next hop'))?.text ?? null);
    const port = hop.recursive || hop.interfaceName === undefined ? null : textOf(hop.interfaceName, 'a next hop');
    return [{ ip, interface: port, vrf: null }];
  });
}

/** Active routes of one VRF's table. */
export function zebraRoutes(answer: string, what: string, context: Context): readonly Route[] {
  return Object.values(objectOf(parseAnswer(answer, what), what)).flatMap((entries) =>
    optionalList(entries).flatMap((value): readonly Route[] => {
      const route = objectOf(value, what);
      const protocol = route.selected === true ? protocolOf(route, context) : undefined;
      const prefix = parsePrefix(textOf(route.prefix, what))?.text;
      if (!protocol || prefix === undefined || /^fe[89ab]/.test(prefix)) return [];
      const [ad, metric] = [numberOf(route.distance, what), numberOf(route.metric, what)];
      return [{ prefix, protocol, ad, metric, nextHops: hopsOf(route) }];
    }),
  );
}

function peersOf(answer: string): readonly PeerReading[] {
  const what = 'neighbours of bgpd';
  return Object.entries(objectOf(parseAnswer(answer, what), what)).flatMap(([vrf, members]) =>
    Object.entries(objectOf(members, what)).flatMap(([name, value]): readonly PeerReading[] => {
      if (typeof value !== 'object' || value === null) return [];
      const state = textOf(objectOf(value, what).bgpState, what);
      return [{ vrf, peer: parseIp(name)?.text ?? name, established: state === 'Established', state }];
    }),
  );
}

const vtysh = (command: string): readonly string[] => ['vtysh', '-c', command];

export const frr: Kind = {
  title: 'FRR',
  containerlabKind: 'linux',
  serves: ({ kind, config }) => kind === 'linux' && config.dialect === 'frr',
  dialects: ['frr'],
  extension: 'frr.conf',
  startup: 'bind',
  startupConfig: (text) => text,
  further: ({ name }) => [[`${name}.vtysh.conf`, 'service integrated-vtysh-config\n']],
  binds: ({ name }, config) => [`${config}:/etc/frr/frr.conf`, `${name}.vtysh.conf:/etc/frr/vtysh.conf`],
  linkName: (port) => (/^eth[1-9]\d*$/.test(port) ? port : undefined),
  apply: async (text, { ask, put }) => {
    await put('/tmp/aegis.conf', text);
    // The reload script compares and applies; it ends with an error for any line that is refused.
    await ask(['/usr/lib/frr/frr-reload.py', '--reload', '--overwrite', '/tmp/aegis.conf']).catch((error: Error) => {
      throw new Refused(error.message);
    });
  },
  read: async (ask, context): Promise<NodeReading> => {
    const routes = new Map<string, readonly Route[]>();
    for (const vrf of ['default', ...context.device.vrfs.keys()]) {
      const where = vrf === 'default' ? '' : ` vrf ${vrf}`;
      const tables: Route[] = [];
      for (const family of ['ip', 'ipv6'])
        tables.push(...zebraRoutes(await ask(vtysh(`show ${family} route${where} json`)), `routes of ${vrf}`, context));
      routes.set(vrf, tables);
    }
    const peers = context.device.bgp.length === 0 ? [] : peersOf(await ask(vtysh('show bgp vrf all neighbors json')));
    return { routes, peers };
  },
};
