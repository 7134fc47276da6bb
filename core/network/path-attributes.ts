import type { Origin } from '../config/device/policy.ts';

/** One element of an AS path: a sequence, or a set whose order means nothing (RFC 4271); confederation kinds of RFC 5065. */
export interface AsSegment {
  readonly kind: 'sequence' | 'set' | 'confed-sequence' | 'confed-set';
  readonly asns: readonly number[];
}

/** An AS path, interned: equal paths are the same object. */
export interface AsPath {
  readonly id: number;
  readonly segments: readonly AsSegment[];
  /** Length for the decision process: a set counts one, confederation segments nothing (RFC 4271 9.1.2.2, RFC 5065 5.3). */
  readonly length: number;
  /** As a device prints it: `65001 {65002,65003}`, confederation parts in brackets. */
  readonly text: string;
  /** Whether parts of it are of a confederation (RFC 5065). */
  readonly hasConfederation: boolean;
}

/** An AS path with what the store remembers about it: the AS that went in front of it last, and what came of it. */
interface StoredPath extends AsPath {
  lastAs: number;
  lastMade: AsPath | undefined;
}

/** Communities of one type as sorted text (`65000:1`, `no-export` as 65535:65281), interned. */
export interface CommunitySet {
  readonly id: number;
  readonly members: readonly string[];
}

/** The attributes of a BGP path, numbered: equal attributes have the same number, and need not be the same object. */
export interface PathAttributes {
  readonly id: number;
  /** The same for all that share everything but the AS path. */
  readonly rest: number;
  /** Null for a path that this device originates. */
  readonly nextHop: string | null;
  readonly asPath: AsPath;
  readonly origin: Origin;
  /** Undefined when the attribute is absent. */
  readonly med: number | undefined;
  readonly localPreference: number;
  readonly weight: number;
  readonly communities: CommunitySet;
  readonly extended: CommunitySet;
  readonly large: CommunitySet;
  /** RFC 4456: router id of the speaker that brought the path into the AS, and the clusters it passed. */
  readonly originator: string | null;
  readonly clusters: readonly string[];
  readonly atomicAggregate: boolean;
  readonly aggregator: string | null;
}

/**
 * Attributes in two parts: what many paths share, and the AS path. There are as many as a network has routes, so that
 * each must be small. To make other ones of it, take `valuesOf`: a spread takes over none of the shared ones.
 */
class StoredAttributes implements PathAttributes {
  readonly shared: Shared;
  readonly asPath: AsPath;

  constructor(shared: Shared, asPath: AsPath) {
    this.shared = shared;
    this.asPath = asPath;
  }

  get id(): number {
    return this.shared.rest * MOST_PATHS + this.asPath.id;
  }
  get rest(): number {
    return this.shared.rest;
  }
  get nextHop(): string | null {
    return this.shared.nextHop;
  }
  get origin(): Origin {
    return this.shared.origin;
  }
  get med(): number | undefined {
    return this.shared.med;
  }
  get localPreference(): number {
    return this.shared.localPreference;
  }
  get weight(): number {
    return this.shared.weight;
  }
  get communities(): CommunitySet {
    return this.shared.communities;
  }
  get extended(): CommunitySet {
    return this.shared.extended;
  }
  get large(): CommunitySet {
    return this.shared.large;
  }
  get originator(): string | null {
    return this.shared.originator;
  }
  get clusters(): readonly string[] {
    return this.shared.clusters;
  }
  get atomicAggregate(): boolean {
    return this.shared.atomicAggregate;
  }
  get aggregator(): string | null {
    return this.shared.aggregator;
  }
}

/** The same attributes with another AS path. */
export const withAsPath = (like: PathAttributes, asPath: AsPath): PathAttributes =>
  like.asPath === asPath ? like : new StoredAttributes((like as StoredAttributes).shared, asPath);

type Shared = Omit<PathAttributes, 'id' | 'asPath'>;

/** The values of attributes, to change some of them. */
export function valuesOf(attributes: PathAttributes): AttributeValues {
  const { nextHop, asPath, origin, med, localPreference, weight, communities, extended, large } = attributes;
  const { originator, clusters, atomicAggregate, aggregator } = attributes;
  return {
    nextHop,
    asPath,
    origin,
    med,
    localPreference,
    weight,
    communities,
    extended,
    large,
    originator,
    clusters,
    atomicAggregate,
    aggregator,
  };
}

export type AttributeValues = Omit<PathAttributes, 'id' | 'rest' | 'asPath' | 'communities' | 'extended' | 'large'> & {
  readonly asPath: AsPath;
  readonly communities: CommunitySet;
  readonly extended: CommunitySet;
  readonly large: CommunitySet;
};

function segmentText({ kind, asns }: AsSegment): string {
  switch (kind) {
    case 'sequence':
      return asns.join(' ');
    case 'set':
      return `{${asns.join(',')}}`;
    case 'confed-sequence':
      return `(${asns.join(' ')})`;
    case 'confed-set':
      return `[${asns.join(',')}]`;
  }
}

const lengthOf = (segments: readonly AsSegment[]): number =>
  segments.reduce((sum, { kind, asns }) => sum + (kind === 'sequence' ? asns.length : kind === 'set' ? 1 : 0), 0);

const compareNumbers = (a: number, b: number): number => a - b;

/** Neighbouring sequences are one, sets are sorted and without repetition, empty segments vanish. */
function normalise(segments: readonly AsSegment[]): AsSegment[] {
  const result: AsSegment[] = [];
  for (const segment of segments) {
    if (segment.asns.length === 0) continue;
    const last = result.at(-1);
    const isSet = segment.kind === 'set' || segment.kind === 'confed-set';
    if (isSet) result.push({ kind: segment.kind, asns: [...new Set(segment.asns)].sort(compareNumbers) });
    else if (last && last.kind === segment.kind)
      result[result.length - 1] = { kind: segment.kind, asns: [...last.asns, ...segment.asns] };
    else result.push(segment);
  }
  return result;
}

/** AS paths that one computation may meet: the number of a path and that of the rest then fit into one. */
const MOST_PATHS = 2 ** 26;

/**
 * Interned AS paths, community sets and attributes of one computation. Attributes are two numbers: that of the AS path,
 * of which there are many, and that of everything else (`rest`), of which there are few.
 */
export class AttributeStore {
  readonly #paths = new Map<string, StoredPath>();
  readonly #communities = new Map<string, CommunitySet>();
  /** One of each kind, with an empty path, by `rest`. */
  readonly #rests: StoredAttributes[] = [];
  /** The same by a number that equal ones share; the few that share it by chance are in one list. */
  readonly #byKey = new Map<number, StoredAttributes[]>();
  readonly #texts = new Map<string, number>();
  readonly #prepended = new Map<number, Map<number, AsPath>>();
  readonly emptyPath: AsPath = this.path([]);
  readonly noCommunities: CommunitySet = this.communities([]);

  path(segments: readonly AsSegment[]): StoredPath {
    const normal = normalise(segments);
    const text = normal.map(segmentText).join(' ');
    const known = this.#paths.get(text);
    if (known) return known;
    const path: StoredPath = {
      id: this.#paths.size,
      segments: normal,
      length: lengthOf(normal),
      text,
      hasConfederation: normal.some(({ kind }) => kind === 'confed-sequence' || kind === 'confed-set'),
      lastAs: -1,
      lastMade: undefined,
    };
    this.#paths.set(text, path);
    return path;
  }

  /** The path with one AS in front: what every external session does to every path. */
  prepend(path: AsPath, asn: number): AsPath {
    const stored = path as StoredPath;
    // Ends of one speaker take their turns one after the other, and all put the same AS in front.
    if (stored.lastAs === asn && stored.lastMade) return stored.lastMade;
    let byAs = this.#prepended.get(path.id);
    if (!byAs) {
      byAs = new Map();
      this.#prepended.set(path.id, byAs);
    }
    const made = byAs.get(asn) ?? this.path([{ kind: 'sequence', asns: [asn] }, ...path.segments]);
    byAs.set(asn, made);
    stored.lastAs = asn;
    stored.lastMade = made;
    return made;
  }

  communities(members: Iterable<string>): CommunitySet {
    const sorted = [...new Set(members)].sort(compareCommunities);
    const key = sorted.join(' ');
    const known = this.#communities.get(key);
    if (known) return known;
    const set: CommunitySet = { id: this.#communities.size, members: sorted };
    this.#communities.set(key, set);
    return set;
  }

  attributes(values: AttributeValues): PathAttributes {
    return withAsPath(this.#restOf(values), values.asPath);
  }

  withEmptyPath(like: PathAttributes): PathAttributes {
    return this.#rests[like.rest] as PathAttributes;
  }

  /** The attributes of that kind with an empty path. */
  #restOf(values: AttributeValues): StoredAttributes {
    const key = this.#keyOf(values);
    const bucket = this.#byKey.get(key);
    if (bucket) for (const known of bucket) if (sameRest(known, values)) return known;
    const { nextHop, origin, med, localPreference, weight, communities, extended, large } = values;
    const { originator, clusters, atomicAggregate, aggregator } = values;
    const rest = this.#rests.length;
    const shared: Shared = {
      rest,
      nextHop,
      origin,
      med,
      localPreference,
      weight,
      communities,
      extended,
      large,
      originator,
      clusters,
      atomicAggregate,
      aggregator,
    };
    const made = new StoredAttributes(shared, this.emptyPath);
    this.#rests.push(made);
    if (bucket) bucket.push(made);
    else this.#byKey.set(key, [made]);
    return made;
  }

  #keyOf(values: AttributeValues): number {
    let key = this.#textId(values.nextHop);
    key = Math.imul(key, 31) + values.communities.id;
    key = Math.imul(key, 31) + values.localPreference;
    key = Math.imul(key, 31) + (values.med ?? -1);
    key = Math.imul(key, 31) + values.weight;
    key = Math.imul(key, 31) + values.extended.id;
    key = Math.imul(key, 31) + values.large.id;
    key = Math.imul(key, 31) + this.#textId(values.originator);
    return key | 0;
  }

  #textId(text: string | null): number {
    if (text === null) return 0;
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    this.#texts.set(text, this.#texts.size + 1);
    return this.#texts.size;
  }
}

const sameTexts = (a: readonly string[], b: readonly string[]): boolean =>
  a === b || (a.length === b.length && a.every((text, at) => text === b[at]));

/** Whether two attributes of one store are equal. */
export const sameAttributes = (a: PathAttributes | undefined, b: PathAttributes | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && a.rest === b.rest && a.asPath === b.asPath);

const sameRest = (a: PathAttributes, b: AttributeValues): boolean =>
  a.nextHop === b.nextHop &&
  a.communities === b.communities &&
  a.localPreference === b.localPreference &&
  a.med === b.med &&
  a.origin === b.origin &&
  a.weight === b.weight &&
  a.extended === b.extended &&
  a.large === b.large &&
  a.originator === b.originator &&
  a.atomicAggregate === b.atomicAggregate &&
  a.aggregator === b.aggregator &&
  sameTexts(a.clusters, b.clusters);

/** Numeric order of `65000:1` forms; others by text. */
export function compareCommunities(a: string, b: string): number {
  const [x, y] = [a.split(':'), b.split(':')];
  for (let at = 0; at < Math.min(x.length, y.length); at += 1) {
    const difference = Number(x[at]) - Number(y[at]);
    if (difference !== 0 && !Number.isNaN(difference)) return difference;
  }
  return a < b ? -1 : a > b ? 1 : 0;
}
