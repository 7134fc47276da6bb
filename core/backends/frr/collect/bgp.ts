import { parseIp, parsePrefix } from '../../../config/address.ts';
import type { AddressFamily } from '../../../config/device/bgp.ts';
import type { BgpPath } from '../../../network/state.ts';
import { inTurns } from '../in-turns.ts';
import type { Inside } from '../inside.ts';
import { type BgpTablePath, bgpPrefix, bgpTables, check } from '../readings.ts';
import type { RunningRouter } from '../twin.ts';

/** The BGP table of one VRF. */
export interface BgpTable {
  readonly vrf: string;
  readonly paths: readonly BgpPath[];
  /** The best path of each prefix, as bgpd lists it. */
  readonly best: ReadonlyMap<string, BgpTablePath>;
  /** Global addresses of neighbours by their link-local ones, which zebra lists as next hops. */
  readonly globalOf: ReadonlyMap<string, string>;
}

const FAMILIES = ['ipv4', 'ipv6'] as const;

/** How many prefixes are asked for one by one, for their communities, which the table does not show. */
const MOST_LOOKUPS = 20_000;

/** Counts look-ups over all routers of a twin. */
export interface LookupBudget {
  left: number;
}
export const lookupBudget = (): LookupBudget => ({ left: MOST_LOOKUPS });

export async function readBgp(
  inside: Inside,
  { address }: RunningRouter,
  budget: LookupBudget,
): Promise<readonly BgpTable[]> {
  const tables = new Map<
    string,
    { paths: BgpPath[]; best: Map<string, BgpTablePath>; globalOf: Map<string, string> }
  >();
  for (const family of FAMILIES) {
    const answer = await inside.askJson(address, 'bgpd', `show bgp vrf all ${family} unicast json`);
    for (const [vrf, table] of Object.entries(check(bgpTables, answer, 'BGP table'))) {
      const kept = tables.get(vrf) ?? {
        paths: [],
        best: new Map<string, BgpTablePath>(),
        globalOf: new Map<string, string>(),
      };
      tables.set(vrf, kept);
      const entries = Object.entries(table.routes ?? {});
      const communities = new Map<string, readonly (readonly string[])[]>();
      const where = vrf === 'default' ? '' : `vrf ${vrf} `;
      if (budget.left >= entries.length) {
        budget.left -= entries.length;
        await inTurns(entries, 8, async ([prefix]) => {
          const one = await inside.askJson(address, 'bgpd', `show bgp ${where}${family} unicast ${prefix} json`);
          communities.set(prefix, communitiesOf(one));
        });
      }
      for (const [prefix, paths] of entries) {
        const known = communities.get(prefix);
        for (const [at, path] of paths.entries()) {
          if (path.bestpath) kept.best.set(prefix, path);
          noteGlobal(path, kept.globalOf);
          // The two answers list a prefix's paths in the same order.
          const own = known?.length === paths.length ? known[at] : undefined;
          kept.paths.push(pathOf(prefix, path, table.defaultLocPrf ?? 100, own ?? []));
        }
      }
    }
  }
  return [...tables].map(([vrf, table]) => ({ vrf, ...table }));
}

const communitiesOf = (answer: unknown): readonly (readonly string[])[] =>
  (check(bgpPrefix, answer, 'paths of a prefix').paths ?? []).map(({ community, largeCommunity }) => [
    ...(community?.list ?? words(community?.string)),
    ...(largeCommunity?.list ?? words(largeCommunity?.string)),
  ]);

/** A neighbour of IPv6 announces both of its addresses (RFC 2545): the link-local one is used, the global one names it. */
function noteGlobal({ nexthops = [] }: BgpTablePath, globalOf: Map<string, string>): void {
  const [global, local] = ['global', 'link-local'].map((wanted) => nexthops.find(({ scope }) => scope === wanted)?.ip);
  if (global !== undefined && local !== undefined) globalOf.set(local, global);
}

const words = (text: string | undefined): readonly string[] => (text ?? '').split(' ').filter((word) => word !== '');

const ORIGINS: Readonly<Record<string, BgpPath['origin']>> = { IGP: 'igp', EGP: 'egp', incomplete: 'incomplete' };

function pathOf(prefix: string, path: BgpTablePath, defaultLocalPref: number, communities: readonly string[]): BgpPath {
  const hop = (path.nexthops ?? []).find(({ scope }) => scope === 'global') ?? path.nexthops?.[0];
  const own = path.peerId === undefined || path.peerId === '(unspec)';
  const ip = hop?.ip === undefined ? undefined : parseIp(hop.ip);
  return {
    prefix: parsePrefix(prefix)?.text ?? prefix,
    nextHop: ip === undefined || ip.words.every((word) => word === 0) ? null : ip.text,
    from: own ? null : (parseIp(path.peerId ?? '')?.text ?? path.peerId ?? null),
    asPath: words(path.path),
    localPref: path.locPrf ?? defaultLocalPref,
    med: path.metric ?? 0,
    origin: ORIGINS[path.origin ?? ''] ?? 'incomplete',
    communities,
    weight: path.weight ?? 0,
    best: path.bestpath === true,
    ...(path.multipath && !path.bestpath && { multipath: true }),
    ...(path.selectionReason !== undefined && { decidedBy: path.selectionReason }),
  };
}

/** Address families as bgpd names them in its capabilities. */
const FAMILY_NAMES: Readonly<Record<string, AddressFamily>> = {
  ipv4Unicast: 'ipv4-unicast',
  ipv6Unicast: 'ipv6-unicast',
  ipv4Multicast: 'ipv4-multicast',
  ipv6Multicast: 'ipv6-multicast',
  ipv4Vpn: 'vpnv4-unicast',
  ipv6Vpn: 'vpnv6-unicast',
  ipv4LabeledUnicast: 'ipv4-labeled',
  ipv6LabeledUnicast: 'ipv6-labeled',
  l2VpnEvpn: 'l2vpn-evpn',
};
export const familyOf = (name: string): AddressFamily => FAMILY_NAMES[name] ?? 'other';
