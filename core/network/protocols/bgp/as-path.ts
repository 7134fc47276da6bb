import type { AsPath, AsSegment, AttributeStore } from '../../path-attributes.ts';

/** RFC 6996: 64512-65534 and 4200000000-4294967294. */
export const isPrivateAs = (asn: number): boolean =>
  (asn >= 64512 && asn <= 65534) || (asn >= 4_200_000_000 && asn <= 4_294_967_294);

const isConfederation = ({ kind }: AsSegment): boolean => kind === 'confed-sequence' || kind === 'confed-set';

export const prepend = (
  store: AttributeStore,
  path: AsPath,
  asns: readonly number[],
  kind: AsSegment['kind'] = 'sequence',
): AsPath => (asns.length === 0 ? path : store.path([{ kind, asns }, ...path.segments]));

/** How often an AS is in the path. */
export function countAs(path: AsPath, asn: number): number {
  let count = 0;
  const { segments } = path;
  for (let at = 0; at < segments.length; at += 1) {
    const { asns } = segments[at] as AsSegment;
    for (let place = 0; place < asns.length; place += 1) if (asns[place] === asn) count += 1;
  }
  return count;
}

/** The neighbouring AS: the first of the path outside of the confederation; undefined for a path that begins here. */
export function firstAs(path: AsPath): number | undefined {
  for (const segment of path.segments)
    if (!isConfederation(segment)) return segment.kind === 'sequence' ? segment.asns[0] : undefined;
  return undefined;
}

/** RFC 5065 4.1(c): what leaves the confederation carries none of its members. */
export const withoutConfederation = (store: AttributeStore, path: AsPath): AsPath =>
  path.hasConfederation ? store.path(path.segments.filter((segment) => !isConfederation(segment))) : path;

const mapAsns = (store: AttributeStore, path: AsPath, map: (asns: readonly number[]) => readonly number[]): AsPath =>
  store.path(path.segments.map((segment) => ({ kind: segment.kind, asns: map(segment.asns) })));

/** Cisco and FRR: without `all`, private numbers go only when the path holds nothing else. */
export function removePrivate(
  store: AttributeStore,
  path: AsPath,
  how: 'remove' | 'all' | 'replace',
  own: number,
  peer: number,
): AsPath {
  const asns = path.segments.flatMap((segment) => segment.asns);
  if (!asns.some(isPrivateAs)) return path;
  if (how === 'remove' && !asns.every(isPrivateAs)) return path;
  if (how === 'replace') return mapAsns(store, path, (list) => list.map((asn) => (isPrivateAs(asn) ? own : asn)));
  // The neighbour's own number stays, so that it still sees its loops (FRR aspath_remove_private_asns).
  return mapAsns(store, path, (list) => list.filter((asn) => !isPrivateAs(asn) || asn === peer));
}

/** `as-override`: the neighbour's AS becomes ours. */
export const overrideAs = (store: AttributeStore, path: AsPath, peer: number, own: number): AsPath =>
  countAs(path, peer) === 0 ? path : mapAsns(store, path, (list) => list.map((asn) => (asn === peer ? own : asn)));

/**
 * RFC 4271 9.2.2.2: the longest sequence that all contributors begin with, then every other AS once in a set. An
 * aggregate without `as-set` has an empty path instead.
 */
export function aggregatePath(store: AttributeStore, paths: readonly AsPath[]): AsPath {
  const [first] = paths;
  if (!first) return store.emptyPath;
  if (paths.every((path) => path === first)) return first;
  const flat = paths.map((path) => path.segments.flatMap((segment) => segment.asns));
  const heads = paths.map((path) => (path.segments[0]?.kind === 'sequence' ? path.segments[0].asns : []));
  let common = 0;
  while (heads.every((head) => head[common] !== undefined && head[common] === heads[0]?.[common])) common += 1;
  const sequence = heads[0]?.slice(0, common) ?? [];
  const rest = flat.flatMap((asns) => asns.slice(common)).filter((asn) => !sequence.includes(asn));
  return store.path([
    { kind: 'sequence', asns: sequence },
    { kind: 'set', asns: rest },
  ]);
}
