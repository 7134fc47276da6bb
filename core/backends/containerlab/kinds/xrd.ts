/* Cisco XRd. Source: Cisco IOS-XR routing command reference, `show route vrf all`, `show bgp vrf all summary`. */
import { parseIp, parsePrefix } from '../../../config/address.ts';
import type { NextHop, Route, RouteProtocol } from '../../../network/state.ts';
import { summaryRows } from '../../http/bgp-summary.ts';
import { ContainerlabUnusable } from '../failure.ts';
import type { Kind, NodeReading } from './reading.ts';

/** Codes in front of a route, with what stands behind them. */
const CODES: readonly (readonly [RegExp, RouteProtocol])[] = [
  [/^C$/, 'connected'],
  [/^S$/, 'static'],
  [/^O$/, 'ospf'],
  [/^O IA$/, 'ospf-ia'],
  [/^O E1$/, 'ospf-e1'],
  [/^O E2$/, 'ospf-e2'],
  [/^O N1$/, 'ospf-n1'],
  [/^O N2$/, 'ospf-n2'],
  [/^i L1$/, 'isis-l1'],
  [/^i L2$/, 'isis-l2'],
  [/^R$/, 'rip'],
];

const HEAD = /^([A-Za-z](?: [A-Z]{1,2}\d?| L[12])?)\s*\*?\s+(\S+\/\d+)(?: \[(\d+)\/(\d+)\])?(.*)$/;
const VIA = /\bvia ([0-9a-fA-F.:]+)/;
const PORT = /(?:, |is directly connected, .*, )([A-Z][A-Za-z]+[\d/.]+)\s*$/;

/**
 * Routes of `show route [ipv4|ipv6] unicast vrf all`. A table begins with `VRF: RED`; a route with its code, and further
 * next hops stand alone on lines that begin with `[`.
 */
export function xrRoutes(answer: string, distances: { readonly ebgp: number; readonly ibgp: number }) {
  if (/^%|Invalid input/m.test(answer))
    throw new ContainerlabUnusable(`The routes could not be read: ${answer.trim().split('\n')[0]}`);
  const result = new Map<string, Route[]>([['default', []]]);
  let routes = result.get('default') as Route[];
  let last: { -readonly [K in keyof Route]: Route[K] } | undefined;
  for (const line of answer.split(/\r?\n/)) {
    const vrf = /^VRF: (\S+)/.exec(line)?.[1];
    if (vrf !== undefined) {
      routes = result.get(vrf) ?? [];
      result.set(vrf, routes);
      last = undefined;
      continue;
    }
    const head = HEAD.exec(line);
    if (head) {
      const [, code = '', written = '', ad = '0', metric = '0', rest = ''] = head;
      const prefix = parsePrefix(written)?.text;
      const protocol = protocolOf(code, Number(ad), distances);
      last = undefined;
      if (!protocol || prefix === undefined) continue;
      last = { prefix, protocol, ad: Number(ad), metric: Number(metric), nextHops: hopsIn(rest) };
      routes.push(last);
    } else if (last && /^\s+\[\d+\/\d+\] via /.test(line)) last.nextHops = [...last.nextHops, ...hopsIn(line)];
    // A long prefix stands alone, and its next hop on the line below.
    else if (last && last.nextHops.length === 0 && VIA.test(line)) last.nextHops = hopsIn(line);
  }
  return result as ReadonlyMap<string, readonly Route[]>;
}

function protocolOf(code: string, ad: number, distances: { readonly ebgp: number; readonly ibgp: number }) {
  if (code === 'B') return ad === distances.ebgp ? 'ebgp' : ad === distances.ibgp ? 'ibgp' : 'bgp';
  return CODES.find(([pattern]) => pattern.test(code))?.[1];
}

function hopsIn(text: string): readonly NextHop[] {
  if (/\bNull0\b/.test(text)) return [{ ip: null, interface: null, vrf: null, drop: true }];
  const ip = VIA.exec(text)?.[1];
  const port = PORT.exec(text)?.[1];
  if (ip === undefined && port === undefined) return [];
  return [{ ip: ip === undefined ? null : (parseIp(ip)?.text ?? null), interface: port ?? null, vrf: null }];
}

const cli = (command: string): readonly string[] => ['/pkg/bin/xr_cli.sh', command];

export const xrd: Kind = {
  title: 'Cisco XRd',
  containerlabKind: 'cisco_xrd',
  serves: ({ kind }) => kind === 'cisco_xrd' || kind === 'xrd',
  dialects: ['iosxr'],
  extension: 'cfg',
  startup: 'startup-config',
  startupConfig: (text) => text,
  linkName: (port) => {
    const numbers = /^GigabitEthernet(0\/0\/0\/\d+)$/i.exec(port)?.[1];
    return numbers === undefined
      ? /^Gi0-0-0-\d+$/.test(port)
        ? port
        : undefined
      : `Gi${numbers.replaceAll('/', '-')}`;
  },
  read: async (ask, { device, behaviour }): Promise<NodeReading> => {
    const distances = behaviour.administrativeDistance;
    const four = xrRoutes(await ask(cli('show route ipv4 unicast vrf all')), distances);
    const global = xrRoutes(await ask(cli('show route ipv4 unicast')), distances);
    const six = xrRoutes(await ask(cli('show route ipv6 unicast')), distances);
    const routes = new Map<string, readonly Route[]>([...four]);
    routes.set('default', [...(global.get('default') ?? []), ...(six.get('default') ?? [])]);
    const rows = device.bgp.length === 0 ? [] : summaryRows(await ask(cli('show bgp all all summary')));
    const own = new Map(
      device.bgp.flatMap((process) => [...process.neighbours.keys()].map((peer) => [peer, process.vrf])),
    );
    return {
      routes,
      peers: rows.map(({ peer, established, state }) => ({
        vrf: own.get(peer) ?? 'default',
        peer,
        established,
        state,
      })),
    };
  },
};
