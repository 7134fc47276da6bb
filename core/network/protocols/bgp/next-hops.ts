import { parseIp } from '../../../config/address.ts';
import { fromRibRoute } from '../../policy/route.ts';
import type { PrefixId } from '../../prefix-table.ts';
import type { Resolution } from '../../resolve.ts';
import type { RibRoute } from '../../rib.ts';
import type { NextHop } from '../../state.ts';
import type { Context, Ribs } from '../protocol.ts';
import type { Speaker } from './model.ts';

/** Where next hops lead, by `Table.index` and address; kept to see later whether it still holds. */
export type Resolutions = Map<number, Map<string, Resolved>>;

export interface Resolved {
  readonly resolution: Resolution | undefined;
  /** As it goes into the routing table: with its interface where it is attached. */
  readonly hop: NextHop;
}

/** Whether a next hop leads to the same place by the same way. */
export const sameResolution = (a: Resolution | undefined, b: Resolution | undefined): boolean =>
  a === b ||
  (a !== undefined &&
    b !== undefined &&
    a.metric === b.metric &&
    a.route.prefix === b.route.prefix &&
    a.route.protocol === b.route.protocol &&
    JSON.stringify(a.nextHops) === JSON.stringify(b.nextHops));

/** Resolves the next hops of an exchange, each once. */
export class NextHops {
  readonly #context: Context;
  readonly #ribs: Ribs;
  readonly #resolutions: Resolutions;
  /** Prefixes of the routes that resolve next hops by recursion: theirs depend on themselves. */
  readonly resolving = new Set<PrefixId>();

  constructor(context: Context, ribs: Ribs, resolutions: Resolutions) {
    this.#context = context;
    this.#ribs = ribs;
    this.#resolutions = resolutions;
    for (const byHop of resolutions.values()) for (const known of byHop.values()) this.#note(known);
  }

  /** Where the next hop of a route to `prefix` leads. A route is never resolved by itself. */
  of(speaker: Speaker, prefix: PrefixId, nextHop: string | null): Resolved {
    let byHop = this.#resolutions.get(speaker.table.index);
    if (!byHop) {
      byHop = new Map();
      this.#resolutions.set(speaker.table.index, byHop);
    }
    const key = nextHop ?? '';
    let known = byHop.get(key);
    if (known === undefined) {
      known = this.#resolved(nextHop, resolveHop(this.#context, this.#ribs, speaker, key));
      byHop.set(key, known);
      this.#note(known);
    }
    // The table may hold the route itself already from an earlier round.
    if (known.resolution?.route.prefix !== prefix || known.resolution.route.protocol === 'connected') return known;
    return this.#resolved(nextHop, resolveHop(this.#context, this.#ribs, speaker, key, prefix));
  }

  #note({ resolution }: Resolved): void {
    if (resolution && resolution.route.protocol !== 'connected') this.resolving.add(resolution.route.prefix);
  }

  #resolved(nextHop: string | null, resolution: Resolution | undefined): Resolved {
    const attached = resolution?.route.protocol === 'connected' ? resolution.nextHops[0] : undefined;
    const ip = nextHop?.startsWith('%') ? null : nextHop;
    return { resolution, hop: this.#context.hops.hop({ ip, interface: attached?.interface ?? null, vrf: null }) };
  }
}

export function resolveHop(
  { policies, attributes }: Context,
  ribs: Ribs,
  { table }: Speaker,
  nextHop: string,
  self?: PrefixId,
): Resolution | undefined {
  if (nextHop.startsWith('%')) return onInterface(nextHop.slice(1));
  const ip = parseIp(nextHop);
  const viaDefault = table.behaviour.bgpResolvesViaDefault ?? true;
  const names = table.device.resolutionPolicies?.get(table.vrf);
  const admits = (route: RibRoute): boolean =>
    !names || policies.evaluate(table, names, fromRibRoute(attributes, route)).verdict !== 'deny';
  return ip && ribs.resolve(table, ip, { viaDefault, ...(names && { admits }), ...(self !== undefined && { self }) });
}

/** The next hop of an unnumbered session is the other end of its link. */
function onInterface(name: string): Resolution | undefined {
  if (name === '') return undefined;
  const nextHops = [{ ip: null, interface: name, vrf: null }];
  // Stands for the connected network that such a link does not have; no prefix has this number.
  const route: RibRoute = { prefix: -1, protocol: 'connected', process: '', ad: 0, metric: 0, nextHops, spans: [] };
  return { route, nextHops, metric: 0 };
}
