/* Juniper cRPD. Source: Junos XML API, `show route active-path | display json`, `show bgp summary | display json`. */
import { parseIp, parsePrefix } from '../../../config/address.ts';
import type { NextHop, Route, RouteProtocol } from '../../../network/state.ts';
import { type JsonObject, objectOf, optionalList, parseAnswer } from './json.ts';
import { type Kind, type NodeReading, type PeerReading, Refused } from './reading.ts';

/** Junos wraps each value: `[{"data": "BGP"}]`. */
const data = (value: unknown): string | undefined => {
  const first = optionalList(value)[0];
  const found = typeof first === 'object' && first !== null ? (first as JsonObject).data : undefined;
  return typeof found === 'string' ? found : undefined;
};

const each = (value: unknown, what: string): readonly JsonObject[] =>
  optionalList(value).map((one) => objectOf(one, what));

const PROTOCOLS: Readonly<Record<string, RouteProtocol>> = {
  Direct: 'connected',
  Static: 'static',
  Aggregate: 'aggregate',
  OSPF: 'ospf',
  OSPF3: 'ospf',
  'IS-IS': 'isis-l2',
  RIP: 'rip',
};

/** Table names are `inet.0`, `inet6.0`, and `RED.inet.0` for a VRF; other tables are no unicast tables. */
const vrfOf = (table: string): string | undefined => {
  const found = /^(?:(.+)\.)?inet6?\.0$/.exec(table);
  return found ? (found[1] ?? 'default') : undefined;
};

export function junosRoutes(answer: string, externalPeers: ReadonlySet<string>): ReadonlyMap<string, readonly Route[]> {
  const what = 'routes';
  const [information] = each(objectOf(parseAnswer(answer, what), what)['route-information'], what);
  const result = new Map<string, Route[]>();
  for (const table of each(information?.['route-table'], what)) {
    const vrf = vrfOf(data(table['table-name']) ?? '');
    if (vrf === undefined) continue;
    const routes = result.get(vrf) ?? [];
    result.set(vrf, routes);
    for (const rt of each(table.rt, what)) {
      const prefix = parsePrefix(data(rt['rt-destination']) ?? '')?.text;
      const entry = each(rt['rt-entry'], what).find((one) => data(one['active-tag']) === '*');
      if (!entry || prefix === undefined || /^fe[89ab]/.test(prefix)) continue;
      const name = data(entry['protocol-name']) ?? '';
      const from = data(entry['learned-from']);
      const protocol: RouteProtocol | undefined =
        name === 'BGP' ? (from !== undefined && !externalPeers.has(from) ? 'ibgp' : 'ebgp') : PROTOCOLS[name];
      if (!protocol) continue;
      const drop = ['Discard', 'Reject'].includes(data(entry['nh-type']) ?? '');
      const hops = each(entry.nh, what).map((nh): NextHop => {
        const to = data(nh.to);
        return {
          ip: to === undefined ? null : (parseIp(to)?.text ?? null),
          interface: data(nh.via) ?? data(nh['nh-local-interface']) ?? null,
          vrf: null,
        };
      });
      routes.push({
        prefix,
        protocol,
        ad: Number(data(entry.preference) ?? 0),
        metric: Number(data(entry.metric) ?? 0),
        nextHops: drop ? [{ ip: null, interface: null, vrf: null, drop: true }] : hops,
      });
    }
  }
  return result;
}

export function junosPeers(answer: string): readonly (PeerReading & { readonly as: string })[] {
  const what = 'BGP summary';
  const [information] = each(objectOf(parseAnswer(answer, what), what)['bgp-information'], what);
  return each(information?.['bgp-peer'], what).map((peer) => {
    const name = (data(peer['peer-address']) ?? '').replace(/\+\d+$/, '');
    const state = data(peer['peer-state']) ?? 'unknown';
    return {
      vrf: data(peer['peer-fwd-rti'])?.replace(/^master$/, 'default') ?? 'default',
      peer: parseIp(name)?.text ?? name,
      established: state === 'Established',
      state,
      as: data(peer['peer-as']) ?? '',
    };
  });
}

const cli = (command: string): readonly string[] => ['cli', '-c', command];

export const crpd: Kind = {
  title: 'Juniper cRPD',
  containerlabKind: 'juniper_crpd',
  serves: ({ kind }) => kind === 'juniper_crpd' || kind === 'crpd',
  dialects: ['junos'],
  extension: 'conf',
  startup: 'startup-config',
  startupConfig: (text) => text,
  linkName: (port) => (/^eth[1-9]\d*$/.test(port) ? port : undefined),
  apply: async (text, { ask, put }) => {
    await put('/var/tmp/aegis.conf', text);
    const said = await ask(['cli'], 'configure exclusive\nload override /var/tmp/aegis.conf\ncommit and-quit\nexit\n');
    const refusal = /^(?:.*error: .*|syntax error.*)$/im.exec(said);
    if (refusal || !/commit complete/i.test(said)) throw new Refused((refusal?.[0] ?? said).trim().slice(0, 200));
  },
  read: async (ask, { device }): Promise<NodeReading> => {
    const own = new Set(device.bgp.map(({ asn }) => String(asn.value)));
    const peers = device.bgp.length === 0 ? [] : junosPeers(await ask(cli('show bgp summary | display json')));
    const external = new Set(peers.filter(({ as }) => !own.has(as)).map(({ peer }) => peer));
    return { routes: junosRoutes(await ask(cli('show route active-path extensive | display json')), external), peers };
  },
};
