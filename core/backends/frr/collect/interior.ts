import { parsePrefix } from '../../../config/address.ts';
import type { RouteProtocol } from '../../../network/state.ts';
import type { Inside } from '../inside.ts';
import { check, ospf6Routes, ospfRoute } from '../readings.ts';
import type { RunningRouter } from '../twin.ts';

/** Kinds of routes of interior protocols by VRF and prefix; zebra knows only the protocol. */
export type RouteKinds = ReadonlyMap<string, ReadonlyMap<string, RouteProtocol>>;

/** ospfd's kinds (ospf_vty.c show_ip_ospf_route_network, _external). */
const OSPF_KINDS: Readonly<Record<string, RouteProtocol>> = {
  N: 'ospf',
  'N IA': 'ospf-ia',
  'D IA': 'ospf-ia',
  'N E1': 'ospf-e1',
  'N E2': 'ospf-e2',
};

export async function ospfKinds(inside: Inside, { address }: RunningRouter): Promise<RouteKinds> {
  const answer = (await inside.askJson(address, 'ospfd', 'show ip ospf vrf all route json')) as Readonly<
    Record<string, Readonly<Record<string, unknown>>>
  >;
  return new Map(
    Object.entries(answer).map(([vrf, members]) => [
      vrf,
      new Map(
        Object.entries(members).flatMap(([prefix, value]): (readonly [string, RouteProtocol])[] => {
          if (!prefix.includes('/')) return [];
          const { routeType } = check(ospfRoute, value, `route ${prefix} of ospfd`);
          const kind = OSPF_KINDS[routeType.trim()];
          return kind ? [[prefix, kind]] : [];
        }),
      ),
    ]),
  );
}

const OSPF6_KINDS: Readonly<Record<string, RouteProtocol>> = {
  'Intra-Area': 'ospf',
  'Inter-Area': 'ospf-ia',
  'External-1': 'ospf-e1',
  'External-2': 'ospf-e2',
};

export async function ospf6Kinds(inside: Inside, { address }: RunningRouter): Promise<RouteKinds> {
  const answer = await inside.askJson(address, 'ospf6d', 'show ipv6 ospf6 route detail json');
  const { routes = {} } = check(ospf6Routes, answer, 'routes of ospf6d');
  const kinds = Object.entries(routes).flatMap(([prefix, { pathType = '' }]): (readonly [string, RouteProtocol])[] => {
    const kind = OSPF6_KINDS[pathType];
    return kind ? [[parsePrefix(prefix)?.text ?? prefix, kind]] : [];
  });
  return new Map([['default', new Map(kinds)]]);
}

/**
 * Levels of IS-IS routes from `show isis route`, which has no JSON form before FRR 9: a heading for each level and
 * family, and a line for each prefix. A prefix of both levels is active in level 1 (ISO 10589 section 7.2.12).
 */
export async function isisKinds(inside: Inside, { address }: RunningRouter): Promise<RouteKinds> {
  return new Map([['default', isisLevels(await inside.ask(address, 'isisd', 'show isis route'))]]);
}

export function isisLevels(text: string): ReadonlyMap<string, RouteProtocol> {
  const kinds = new Map<string, RouteProtocol>();
  let level: RouteProtocol = 'isis-l2';
  for (const line of text.split('\n')) {
    const heading = /^IS-IS L([12]) IPv[46] routing table/.exec(line);
    if (heading) level = heading[1] === '1' ? 'isis-l1' : 'isis-l2';
    const prefix = parsePrefix(/^\s+([0-9a-fA-F:.]+\/\d+)\s/.exec(line)?.[1] ?? '')?.text;
    if (prefix !== undefined && kinds.get(prefix) !== 'isis-l1') kinds.set(prefix, level);
  }
  return kinds;
}
