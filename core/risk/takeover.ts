import { type Ip, type Prefix, parsePrefix, prefixContains } from '../config/address.ts';
import type { Snapshot } from '../network/snapshot.ts';
import type { NetworkState, NextHop, Route } from '../network/state.ts';
import type { RiskInputs } from './inputs.ts';

/** A prefix whose traffic went somewhere before a more specific route for it appeared. */
export interface Takeover {
  readonly node: string;
  readonly vrf: string;
  readonly prefix: string;
  /** The route that carried the traffic until now. */
  readonly from: string;
}

interface Entry {
  readonly prefix: Prefix;
  readonly route: Route;
}

/** Longest-prefix match over the tables of a state; tables are indexed once, when first asked. */
class Forwarding {
  readonly #state: NetworkState;
  readonly #owners = new Map<string, string>();
  readonly #tables = new Map<string, readonly Entry[]>();

  constructor(state: NetworkState, snapshot: Snapshot) {
    this.#state = state;
    for (const { name, config } of snapshot.nodes.values()) {
      for (const port of config.device.interfaces.values())
        for (const { address } of port.addresses) this.#owners.set(address, name);
    }
  }

  lookup(node: string, vrf: string, destination: Ip | Prefix): Entry | undefined {
    let best: Entry | undefined;
    for (const entry of this.#table(node, vrf)) {
      if (prefixContains(entry.prefix, destination) && (!best || entry.prefix.length > best.prefix.length))
        best = entry;
    }
    return best;
  }

  ownerOf(address: string): string | undefined {
    return this.#owners.get(address);
  }

  #table(node: string, vrf: string): readonly Entry[] {
    const key = `${node} ${vrf}`;
    const known = this.#tables.get(key);
    if (known) return known;
    const routes = this.#state.nodes.get(node)?.get(vrf)?.routes ?? [];
    const entries = routes.flatMap((route) => {
      const prefix = parsePrefix(route.prefix);
      return prefix ? [{ prefix, route }] : [];
    });
    this.#tables.set(key, entries);
    return entries;
  }
}

/** More steps than any real path; beyond them the traffic loops and goes nowhere. */
const MOST_STEPS = 64;

/**
 * Whether traffic for a destination goes anywhere from here: to a connected network, or out of the lab by a route that
 * is not the default route. Dropped traffic, and traffic that only the default route takes, is nobody's yet.
 */
function isDelivered(
  forwarding: Forwarding,
  node: string,
  vrf: string,
  destination: Prefix,
  steps = 0,
  seen = new Set<string>(),
): boolean {
  const key = `${node} ${vrf}`;
  if (steps > MOST_STEPS || seen.has(key)) return false;
  seen.add(key);
  const found = forwarding.lookup(node, vrf, destination);
  if (!found || found.prefix.length === 0) return false;
  if (found.route.protocol === 'connected' || found.route.protocol === 'local') return true;
  return found.route.nextHops.some((hop) => {
    if (hop.drop) return false;
    const next = hop.ip === null ? undefined : forwarding.ownerOf(hop.ip);
    // Leaves the lab, or by an interface whose other end is not known.
    if (next === undefined || next === node) return true;
    return isDelivered(forwarding, next, hop.vrf ?? vrf, destination, steps + 1, seen);
  });
}

const hopKey = ({ ip, interface: port, vrf, drop }: NextHop): string => `${ip} ${port} ${vrf} ${drop ?? false}`;

const sameHops = (a: Route, b: readonly Route[]): boolean => {
  const own = new Set(a.nextHops.map(hopKey));
  const other = new Set(b.flatMap(({ nextHops }) => nextHops.map(hopKey)));
  return own.size === other.size && [...own].every((hop) => other.has(hop));
};

/**
 * Added routes that draw traffic away from where it was delivered before: a more specific prefix wins over every
 * longer-standing route, whatever its distance.
 */
export function takeovers({ before, stateBefore, diff }: RiskInputs): readonly Takeover[] {
  const forwarding = new Forwarding(stateBefore, before);
  return diff.routes.flatMap(({ node, vrf, prefix: text, kind, after }) => {
    const prefix = kind === 'added' ? parsePrefix(text) : undefined;
    if (!prefix) return [];
    const found = forwarding.lookup(node, vrf, prefix);
    if (!found || found.prefix.length === 0 || sameHops(found.route, after)) return [];
    // Part of a network that was connected here, or delivered elsewhere.
    return isDelivered(forwarding, node, vrf, prefix) ? [{ node, vrf, prefix: text, from: found.route.prefix }] : [];
  });
}
