/*
 * Nokia SR Linux. Source: the YANG model srl_nokia-network-instance (route-table, next-hop-group, next-hop) as
 * `info from state ... | as json` prints it.
 */
import { parseIp, parsePrefix } from '../../../config/address.ts';
import type { NextHop, Route, RouteProtocol } from '../../../network/state.ts';
import { type JsonObject, numberOf, objectOf, optionalList, parseAnswer, textOf } from './json.ts';
import { type Kind, type NodeReading, type PeerReading, Refused } from './reading.ts';

/** Members may carry the name of their module in front: `srl_nokia-common:bgp`. */
const plain = (value: unknown): string => String(value ?? '').replace(/^[\w-]+:/, '');

const PROTOCOLS: Readonly<Record<string, RouteProtocol>> = {
  local: 'connected',
  static: 'static',
  aggregate: 'aggregate',
  ospfv2: 'ospf',
  ospfv3: 'ospf',
  isis: 'isis-l2',
};

const instances = (answer: string, what: string): readonly JsonObject[] => {
  const root = objectOf(parseAnswer(answer, what), what);
  const [key] = Object.keys(root).filter((name) => plain(name) === 'network-instance');
  return key === undefined ? [] : optionalList(root[key]).map((one) => objectOf(one, what));
};

const member = (object: JsonObject, name: string): unknown =>
  object[Object.keys(object).find((key) => plain(key) === name) ?? name];

function routesOf(instance: JsonObject): readonly Route[] {
  const what = 'route table';
  const table = objectOf(member(instance, 'route-table') ?? {}, what);
  const byIndex = (name: string): ReadonlyMap<string, JsonObject> =>
    new Map(
      optionalList(member(table, name)).map((value) => {
        const one = objectOf(value, what);
        return [textOf(one.index, what), one];
      }),
    );
  const [groups, hops] = [byIndex('next-hop-group'), byIndex('next-hop')];
  const hopOf = (id: string): NextHop => {
    const hop = hops.get(id);
    if (!hop) return { ip: null, interface: null, vrf: null };
    if (['blackhole', 'discard'].includes(plain(hop.type))) return { ip: null, interface: null, vrf: null, drop: true };
    const address = hop['ip-address'];
    const port = hop.subinterface;
    return {
      ip: typeof address === 'string' ? (parseIp(address)?.text ?? null) : null,
      interface: typeof port === 'string' && plain(hop.type) !== 'indirect' ? port : null,
      vrf: null,
    };
  };
  return (['ipv4-unicast', 'ipv6-unicast'] as const).flatMap((family) => {
    const list = objectOf(member(table, family) ?? {}, what);
    return optionalList(member(list, 'route')).flatMap((value): readonly Route[] => {
      const route = objectOf(value, what);
      const type = plain(route['route-type']);
      const prefix = parsePrefix(textOf(route['ipv4-prefix'] ?? route['ipv6-prefix'], what))?.text;
      // `host` entries are the router's own addresses and broadcast.
      if (route.active !== true || type === 'host' || prefix === undefined || /^fe[89ab]/.test(prefix)) return [];
      const ad = numberOf(route.preference ?? 0, what);
      const protocol: RouteProtocol | undefined =
        type === 'bgp' || type === 'bgp-evpn'
          ? plain(route['bgp-type']) === 'internal'
            ? 'ibgp'
            : 'ebgp'
          : PROTOCOLS[type];
      if (!protocol) return [];
      const group = groups.get(String(route['next-hop-group'] ?? ''));
      const nextHops = optionalList(group && member(group, 'next-hop')).map((entry) =>
        hopOf(textOf(objectOf(entry, what)['next-hop'], what)),
      );
      return [{ prefix, protocol, ad, metric: numberOf(route.metric ?? 0, what), nextHops }];
    });
  });
}

export const srlinuxRoutes = (answer: string): ReadonlyMap<string, readonly Route[]> =>
  new Map(
    instances(answer, 'route table').map((instance) => [textOf(instance.name, 'network instance'), routesOf(instance)]),
  );

export const srlinuxPeers = (answer: string): readonly PeerReading[] =>
  instances(answer, 'BGP neighbours').flatMap((instance) => {
    const what = 'BGP neighbours';
    const protocols = objectOf(member(instance, 'protocols') ?? {}, what);
    const bgp = objectOf(member(protocols, 'bgp') ?? {}, what);
    return optionalList(member(bgp, 'neighbor')).map((value): PeerReading => {
      const neighbour = objectOf(value, what);
      const [name, state] = [textOf(neighbour['peer-address'], what), plain(neighbour['session-state'])];
      return {
        vrf: textOf(instance.name, what),
        peer: parseIp(name)?.text ?? name,
        established: state === 'established',
        state: state === '' ? 'unknown' : state,
      };
    });
  });

const show = (path: string): readonly string[] => ['sr_cli', '-d', `info from state ${path} | as json`];

export const srlinux: Kind = {
  title: 'Nokia SR Linux',
  containerlabKind: 'nokia_srlinux',
  serves: ({ kind }) => kind === 'nokia_srlinux' || kind === 'srl',
  dialects: ['srlinux'],
  extension: 'cfg',
  startup: 'startup-config',
  startupConfig: (text) => text,
  linkName: (port) => {
    const numbers = /^ethernet-(\d+)\/(\d+)(?:\/(\d+))?$/.exec(port);
    if (!numbers) return /^e\d+-\d+(-\d+)?$/.test(port) ? port : undefined;
    return `e${numbers[1]}-${numbers[2]}${numbers[3] === undefined ? '' : `-${numbers[3]}`}`;
  },
  apply: async (text, { ask, put }) => {
    await put('/tmp/aegis.cfg', text);
    // What is not in the new configuration must go: the candidate is emptied first.
    const said = await ask(
      ['sr_cli', '-d'],
      'enter candidate exclusive\ndelete /\nload file /tmp/aegis.cfg\nvalidate\ncommit now\n',
    );
    const refusal = /^(Error.*|.*(?:failed|Invalid).*)$/im.exec(said);
    if (refusal) throw new Refused(refusal[0].trim());
  },
  read: async (ask): Promise<NodeReading> => ({
    routes: srlinuxRoutes(await ask(show('network-instance * route-table'))),
    peers: srlinuxPeers(await ask(show('network-instance * protocols bgp neighbor *'))),
  }),
};
