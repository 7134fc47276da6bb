/* Arista cEOS. Source: EOS command API, `show ip route vrf all | json`, `show bgp summary vrf all | json`. */
import { parseIp, parsePrefix } from '../../../config/address.ts';
import type { NextHop, Route, RouteProtocol } from '../../../network/state.ts';
import { numberOf, objectOf, optionalList, parseAnswer, textOf } from './json.ts';
import { type Kind, type NodeReading, type PeerReading, Refused } from './reading.ts';

const PROTOCOLS: Readonly<Record<string, RouteProtocol>> = {
  connected: 'connected',
  static: 'static',
  eBGP: 'ebgp',
  iBGP: 'ibgp',
  bgpAggregate: 'bgp-aggregate',
  ospfIntraArea: 'ospf',
  ospfInterArea: 'ospf-ia',
  ospfExternalType1: 'ospf-e1',
  ospfExternalType2: 'ospf-e2',
  ospfNssaExternalType1: 'ospf-n1',
  ospfNssaExternalType2: 'ospf-n2',
  isisLevel1: 'isis-l1',
  isisLevel2: 'isis-l2',
  rip: 'rip',
};

/** Routes by VRF. Host routes to own addresses and broadcast entries (`receive`) are no part of a state. */
export function eosRoutes(answer: string, what: string): ReadonlyMap<string, readonly Route[]> {
  const vrfs = objectOf(objectOf(parseAnswer(answer, what), what).vrfs, what);
  return new Map(
    Object.entries(vrfs).map(([vrf, value]) => {
      const routes = Object.entries(objectOf(objectOf(value, what).routes, what)).flatMap(
        ([prefix, entry]): Route[] => {
          const route = objectOf(entry, what);
          const protocol = PROTOCOLS[textOf(route.routeType, what)];
          const canonical = parsePrefix(prefix)?.text;
          if (!protocol || canonical === undefined || /^fe[89ab]/.test(canonical)) return [];
          const drop = textOf(route.routeAction ?? 'forward', what) === 'drop';
          const hops = optionalList(route.vias).map((via): NextHop => {
            const { nexthopAddr, interface: port } = objectOf(via, what);
            const ip = nexthopAddr === undefined ? null : (parseIp(textOf(nexthopAddr, what))?.text ?? null);
            return { ip, interface: port === undefined ? null : textOf(port, what), vrf: null };
          });
          return [
            {
              prefix: canonical,
              protocol,
              ad: numberOf(route.preference ?? 0, what),
              metric: numberOf(route.metric ?? 0, what),
              nextHops: drop ? [{ ip: null, interface: null, vrf: null, drop: true }] : hops,
            },
          ];
        },
      );
      return [vrf, routes];
    }),
  );
}

export function eosPeers(answer: string): readonly PeerReading[] {
  const what = 'BGP summary';
  const vrfs = objectOf(objectOf(parseAnswer(answer, what), what).vrfs, what);
  return Object.entries(vrfs).flatMap(([vrf, value]) =>
    Object.entries(objectOf(objectOf(value, what).peers ?? {}, what)).map(([name, entry]): PeerReading => {
      const state = textOf(objectOf(entry, what).peerState, what);
      return { vrf, peer: parseIp(name)?.text ?? name, established: state === 'Established', state };
    }),
  );
}

const cli = (command: string): readonly string[] => ['Cli', '-p', '15', '-c', command];

/** `% Invalid input` and the like: the session is left without a commit. */
const REFUSAL = /^(%.*|> .*)$/m;

export const eos: Kind = {
  title: 'Arista cEOS',
  containerlabKind: 'arista_ceos',
  serves: ({ kind }) => kind === 'arista_ceos' || kind === 'ceos',
  dialects: ['eos'],
  extension: 'cfg',
  startup: 'startup-config',
  startupConfig: (text) => text,
  linkName: (port) => {
    const number = /^Ethernet(\d+(?:\/\d+)*)$/.exec(port)?.[1] ?? /^eth(\d+(?:_\d+)*)$/.exec(port)?.[1];
    return number === undefined ? undefined : `eth${number.replaceAll('/', '_')}`;
  },
  apply: async (text, { ask, put }) => {
    await put('/mnt/flash/aegis-candidate', text);
    const said = await ask(cli('configure replace flash:aegis-candidate ignore-errors'));
    const refusal = REFUSAL.exec(said);
    if (refusal) throw new Refused(refusal[0]);
  },
  read: async (ask, { device }): Promise<NodeReading> => {
    const four = eosRoutes(await ask(cli('show ip route vrf all | json')), 'IPv4 routes');
    const six = eosRoutes(await ask(cli('show ipv6 route vrf all | json')), 'IPv6 routes');
    const routes = new Map(
      [...new Set([...four.keys(), ...six.keys()])].map((vrf) => [
        vrf,
        [...(four.get(vrf) ?? []), ...(six.get(vrf) ?? [])],
      ]),
    );
    const peers = device.bgp.length === 0 ? [] : eosPeers(await ask(cli('show bgp summary vrf all | json')));
    return { routes, peers };
  },
};
