import { makePrefix } from '../../config/address.ts';
import type { Forwarding } from '../forwarding/forwarding.ts';
import type { L3Interface } from '../topology.ts';
import { boundsOf } from './atoms.ts';
import type { ReachabilityChange } from './compare.ts';
import { rankOf } from './levels.ts';

/** A network of a device before the change: a loopback or a connected subnet. */
interface Network {
  readonly version: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
  readonly text: string;
}

/** RFC 3021, RFC 6164: subnets with room for two routers and nobody else. */
const isCable = ({ ip, length }: L3Interface['addresses'][number]): boolean =>
  ip.version === 4 ? length === 30 || length === 31 : length === 126 || length === 127;

const networksOf = (one: L3Interface): readonly Network[] =>
  one.addresses
    .filter((address) => !address.linkLocal && !isCable(address))
    .map(({ ip, length }) => {
      const prefix = makePrefix(ip, length);
      const [first, last] = boundsOf(prefix);
      return { version: ip.version, first, last, text: prefix.text };
    });

const settings = ({ config, table: { vrf } }: L3Interface): string =>
  JSON.stringify([
    vrf,
    typeof config.shutdown === 'boolean' ? config.shutdown : config.shutdown.value,
    config.addresses.map(({ address, length }) => `${address}/${length}`).sort(),
    config.unnumbered?.value ?? null,
  ]);

/**
 * Losses that cut off networks which the lab itself has: a destination that was delivered to a loopback or a connected
 * subnet, is not delivered any more on some branch, and is still wanted. A network is not wanted any more only when no
 * interface has it after the change AND the change itself alters an interface that had it (removes it, shuts it, gives it
 * another address or VRF): an interface that merely goes down takes nothing back. An end that cannot be told is no cut.
 * Nor is a cable between two routers (a /30, /31, /126 or /127) a destination that a network is there for: such losses are
 * losses, and a person decides about them.
 */
export function cuts(
  changes: readonly ReachabilityChange[],
  before: Forwarding,
  after: Forwarding,
): readonly ReachabilityChange[] {
  const had = new Map<string, { readonly network: Network; readonly owners: L3Interface[] }>();
  for (const one of before.topology.interfaces) {
    if (!one.up) continue;
    for (const network of networksOf(one)) {
      const known = had.get(network.text) ?? { network, owners: [] };
      known.owners.push(one);
      had.set(network.text, known);
    }
  }
  const has = new Set(
    after.topology.interfaces.filter(({ up }) => up).flatMap((one) => networksOf(one).map(({ text }) => text)),
  );
  const isWithdrawn = (text: string, owners: readonly L3Interface[]): boolean =>
    !has.has(text) &&
    owners.some((one) => {
      const now = after.topology.interfaceOf(one.table.node, one.name);
      return !now || settings(now) !== settings(one);
    });
  const wanted = [...had.values()].filter(({ network, owners }) => !isWithdrawn(network.text, owners));
  return changes.filter(
    ({ kind, before: was, after: is, atoms }) =>
      kind === 'lost' &&
      was.some((outcome) => rankOf(outcome) === 2) &&
      is.some((outcome) => rankOf(outcome) < 2 && outcome.disposition !== 'unknown') &&
      wanted.some(({ network }) =>
        atoms.some(
          (atom) => atom.version === network.version && atom.first <= network.last && atom.last >= network.first,
        ),
      ),
  );
}
