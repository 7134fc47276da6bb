import type { AsPath, AttributeStore } from '../../path-attributes.ts';
import type { PrefixId } from '../../prefix-table.ts';
import { type Additional, additionalOver } from './additional-paths.ts';
import type { Outlet } from './channel.ts';
import type { Arrival, Hop, LearnedPath, Onwards } from './learned-path.ts';
import type { Peering } from './model.ts';
import type { Transfers } from './transfers.ts';

/** Hears what arrives where. */
type Receive = (end: number, speaker: number, arrival: Arrival, asPath: AsPath) => void;

/**
 * All sessions of a speaker in one address family. Where no policy asks about AS paths or other routes, a learned path
 * goes the same ways as the one before that arrived alike: those ways are worked out once, without the sessions over
 * which nothing goes, and only AS paths are looked at each time.
 */
export class Fan {
  readonly outlets: readonly Outlet[];
  /** Sessions over which more than the best path goes. */
  readonly additional: readonly Additional[];
  readonly #transfers: Transfers;
  readonly #store: AttributeStore;
  /** The different questions that its sessions ask about prefixes; undefined where paths are to be carried one by one. */
  readonly #questions: readonly ((prefix: PrefixId) => number)[] | undefined;

  constructor(transfers: Transfers, store: AttributeStore, ends: readonly Peering[], version: 4 | 6) {
    this.#transfers = transfers;
    this.#store = store;
    this.outlets = ends.map((end) => transfers.outlet(end, version));
    this.additional = this.outlets.flatMap((outlet) => additionalOver(outlet, version) ?? []);
    this.#questions = this.additional.length > 0 ? undefined : questionsOf(this.outlets);
  }

  /** Whether `spread` can carry learned paths: not where policies ask about more than the prefix. */
  get spreads(): boolean {
    return this.#questions !== undefined;
  }

  /** Carries a path over every session over which it goes. */
  spread(prefix: PrefixId, path: LearnedPath, fromClient: boolean, receive: Receive): void {
    const { arrival, asPath } = path;
    let onwards = arrival.onwards;
    if (!onwards || !this.#stillHolds(onwards, prefix)) {
      onwards = { answers: (this.#questions ?? []).map((ask) => ask(prefix)), hops: this.outlets.map(hopOf) };
      arrival.onwards = onwards;
    }
    let refused: Set<Hop> | undefined;
    let lastAs: number | undefined;
    let sent = asPath;
    const { hops } = onwards;
    for (let at = 0; at < hops.length; at += 1) {
      const hop = hops[at] as Hop;
      let arrived: AsPath | undefined;
      if (hop.prepended !== undefined && !asPath.hasConfederation) {
        if (hop.prepended !== lastAs) {
          lastAs = hop.prepended;
          sent = this.#store.prepend(asPath, lastAs);
        }
        arrived = holdsTooOften(sent, hop.asn, hop.allowed) ? undefined : sent;
      } else arrived = this.#transfers.pathOver(hop.outlet, path);
      if (arrived === undefined) continue;
      hop.arrival ??= this.#transfers.arrivalOver(hop.outlet, prefix, path, fromClient);
      if (hop.arrival) {
        const own = hop.arrival.resolvedBy === prefix ? this.#transfers.arrivalFor(prefix, hop.arrival) : hop.arrival;
        receive(hop.end, hop.speaker, own, arrived);
      } else {
        refused ??= new Set();
        refused.add(hop);
      }
    }
    if (refused) onwards.hops = hops.filter((hop) => !refused.has(hop));
  }

  #stillHolds({ answers }: Onwards, prefix: PrefixId): boolean {
    const questions = this.#questions ?? [];
    for (let at = 0; at < questions.length; at += 1) if (questions[at]?.(prefix) !== answers[at]) return false;
    return true;
  }
}

function questionsOf(outlets: readonly Outlet[]): readonly ((prefix: PrefixId) => number)[] | undefined {
  const questions = new Set<(prefix: PrefixId) => number>();
  for (const { channel, other } of outlets) {
    if (!channel.questions || !other.questions || !channel.ignoresPathOut || !other.ignoresPathIn) return undefined;
    for (const question of [...channel.questions, ...other.questions]) questions.add(question);
  }
  return [...questions];
}

function hopOf(outlet: Outlet): Hop {
  const { channel, other } = outlet;
  const { speaker, settings, type } = other.peering;
  const special =
    channel.peering.type !== 'ebgp' ||
    channel.checksPeerAs ||
    channel.addsNoAs ||
    !channel.keepsPath ||
    channel.peering.settings.localAs !== undefined ||
    channel.peering.speaker.confederation !== undefined ||
    speaker.confederation !== undefined ||
    (type === 'ebgp' && settings.localAs !== undefined);
  return {
    end: other.peering.index,
    speaker: speaker.index,
    asn: speaker.asn,
    allowed: other.allowedLoops,
    prepended: special ? undefined : channel.peering.localAs,
    outlet,
    arrival: undefined,
  };
}

function holdsTooOften({ segments }: AsPath, asn: number, allowed: number): boolean {
  let count = 0;
  for (let at = 0; at < segments.length; at += 1) {
    const asns = segments[at]?.asns as readonly number[];
    for (let place = 0; place < asns.length; place += 1) if (asns[place] === asn) count += 1;
  }
  return count > allowed;
}
