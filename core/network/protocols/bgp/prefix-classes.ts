import type { PrefixId } from '../../prefix-table.ts';
import type { Rib } from '../../rib.ts';
import type { Context } from '../protocol.ts';
import type { Path, Peering, Speaker } from './model.ts';
import { type AggregateLine, isInside } from './originate.ts';
import type { Transfers } from './transfers.ts';

/**
 * Prefixes that fare alike: brought in by the same speakers with the same attributes, and the same to every policy on
 * every session. One of them is exchanged, the others take its result.
 */
export class PrefixClasses {
  readonly #context: Context;
  readonly #lines: readonly AggregateLine[];
  /** Speakers whose choice of what to announce also looks at the table without BGP, and that table. */
  readonly #watchful: readonly { readonly speaker: Speaker; readonly base: Rib }[];
  /** Questions that policies ask about prefixes, by IP version; undefined where an answer depends on other routes. */
  readonly #questions = new Map<4 | 6, readonly ((prefix: PrefixId) => number)[] | undefined>();
  readonly #questionsOf: (version: 4 | 6) => readonly ((prefix: PrefixId) => number)[] | undefined;

  constructor(
    context: Context,
    speakers: readonly Speaker[],
    bases: readonly Rib[],
    peerings: readonly Peering[],
    lines: readonly AggregateLine[],
    transfers: Transfers,
  ) {
    this.#context = context;
    this.#lines = lines;
    this.#watchful = speakers.flatMap((speaker, at) => {
      const { behaviour } = speaker.table;
      const inactive = speaker.process.options.advertiseInactive?.value ?? behaviour.advertisesInactiveBgp;
      const base = bases[at];
      return base && (!inactive || behaviour.bgp.exportsActiveRoutes) ? [{ speaker, base }] : [];
    });
    this.#questionsOf = (version) => {
      const all = new Set<(prefix: PrefixId) => number>();
      for (const end of peerings) {
        const { questions } = transfers.channel(end, version);
        if (!questions) return undefined;
        for (const question of questions) all.add(question);
      }
      return [...all];
    };
  }

  /** A text that prefixes share when they fare alike; undefined for one that is exchanged by itself. */
  signatureOf(prefix: PrefixId, own: ReadonlyMap<number, readonly Path[]>): string | undefined {
    const { version, length } = this.#context.prefixes.get(prefix);
    // A default route may be made for a neighbour.
    if (length === 0) return undefined;
    for (const line of this.#lines)
      if (line.prefix === prefix || isInside(this.#context, line, prefix)) return undefined;
    let signature = `${version}`;
    for (const { speaker, base } of this.#watchful) {
      const route = base.get(prefix);
      if (!route) continue;
      if (speaker.table.behaviour.bgp.exportsActiveRoutes) return undefined;
      signature += `;base ${speaker.index} ${route.protocol} ${route.ad} ${route.metric} ${route.process}`;
    }
    for (const [index, paths] of [...own].sort(([a], [b]) => a - b)) {
      for (const path of paths) {
        const { source, protocol, attributes, tag, distance, igpMetric, interface: leaves, valid, hop } = path;
        if (path.from !== null || path.evpn || path.leaked || path.exportedFrom) return undefined;
        signature += `;${index} ${source} ${protocol} ${attributes.id} ${tag} ${distance} ${igpMetric} ${leaves} ${valid}`;
        signature += ` ${path.advertiseOnly ?? false} ${hop.ip} ${hop.interface} ${hop.vrf} ${hop.drop ?? false}`;
      }
    }
    if (!this.#questions.has(version)) this.#questions.set(version, this.#questionsOf(version));
    const questions = this.#questions.get(version);
    if (!questions) return undefined;
    signature += '|';
    for (const question of questions) signature += `${question(prefix)},`;
    return signature;
  }
}
