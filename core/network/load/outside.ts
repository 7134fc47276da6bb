/* Neighbours outside of a lab, as its files declare them. */
import * as z from 'zod/mini';
import { makePrefix, parseIp, parsePrefix } from '../../config/address.ts';
import { canonicalCommunity, canonicalLargeCommunity } from '../../config/communities.ts';
import type { OutsideAnnouncement, OutsideSpeaker } from '../snapshot.ts';
import { unusable } from './unusable.ts';
import { parseYaml, type YamlValue } from './yaml.ts';

/** Name of the file in a lab's folder. */
export const OUTSIDE_FILE = 'outside.yml';
/** Bytes of a file, and announcements of a lab: a full table is not what a lab is for. */
export const LARGEST_OUTSIDE_FILE = 16 * 1024 * 1024;
const MOST_ANNOUNCEMENTS = 50_000;

const asn = z.int().check(z.minimum(1), z.maximum(4_294_967_295));
const number32 = z.int().check(z.minimum(0), z.maximum(4_294_967_295));
const text = z.union([z.string(), z.number()]);

const announcement = z.strictObject({
  prefix: z.string(),
  path: z.optional(z.array(asn).check(z.maxLength(255))),
  origin: z.optional(z.enum(['igp', 'egp', 'incomplete'])),
  communities: z.optional(z.array(text)),
  med: z.optional(number32),
  'local-preference': z.optional(number32),
});
const outsideFile = z.strictObject({
  neighbours: z
    .array(z.strictObject({ address: z.string(), as: asn, announces: z.array(announcement) }))
    .check(z.maxLength(1000)),
});

const plain = (value: YamlValue): unknown =>
  value.kind === 'scalar'
    ? value.value
    : value.kind === 'list'
      ? value.items.map(plain)
      : Object.fromEntries([...value.entries].map(([key, inner]) => [key, plain(inner)]));

/** Line of the innermost thing on the path that is there. */
function lineOf(root: YamlValue, path: readonly PropertyKey[]): number {
  let at: YamlValue | undefined = root;
  let { line } = root;
  for (const step of path) {
    at = at?.kind === 'map' ? at.entries.get(String(step)) : at?.kind === 'list' ? at.items[Number(step)] : undefined;
    if (!at) return line;
    line = at.line;
  }
  return line;
}

/** Communities of both kinds, in canonical text; throws for what is none. */
export function communitiesOf(
  values: readonly (string | number)[],
  complain: (message: string) => never,
): Pick<OutsideAnnouncement, 'communities' | 'largeCommunities'> {
  const communities: string[] = [];
  const largeCommunities: string[] = [];
  for (const value of values) {
    const [standard, large] = [canonicalCommunity(String(value)), canonicalLargeCommunity(String(value))];
    if (large !== undefined) largeCommunities.push(large);
    else if (standard !== undefined) communities.push(standard);
    else complain(`"${value}" is no community.`);
  }
  return { communities, largeCommunities };
}

/** A prefix with its length and no host bits, in canonical text; undefined for what is none. */
export function networkOf(written: string): string | undefined {
  const prefix = written.includes('/') ? parsePrefix(written) : undefined;
  const ip = parseIp(written.split('/')[0] ?? '');
  return prefix && ip && makePrefix(ip, prefix.length).text === `${ip.text}/${prefix.length}` ? prefix.text : undefined;
}

/**
 * `outside.yml`: neighbours by address and AS, and what they announce. Throws `UnusableInput` with the line of what
 * cannot be used.
 */
export function readOutsideFile(yaml: string, file: string): readonly OutsideSpeaker[] {
  const root = parseYaml(yaml, file);
  const read = z.safeParse(outsideFile, plain(root));
  if (!read.success) {
    const [issue] = read.error.issues;
    const where = issue && issue.path.length > 0 ? `${issue.path.map(String).join('.')}: ` : '';
    const what =
      issue?.code === 'unrecognized_keys' ? `"${issue.keys[0]}" is not known here` : (issue?.message ?? 'unexpected');
    throw unusable(file, `${where}${what}.`, lineOf(root, issue?.path ?? []));
  }
  const seen = new Set<string>();
  const speakers = read.data.neighbours.map((one, at): OutsideSpeaker => {
    const complain =
      (...path: PropertyKey[]) =>
      (message: string): never => {
        throw unusable(file, message, lineOf(root, ['neighbours', at, ...path]));
      };
    const address = parseIp(one.address)?.text ?? complain('address')(`"${one.address}" is no address.`);
    if (seen.has(address)) complain('address')(`The neighbour ${address} stands twice.`);
    seen.add(address);
    const announcements = one.announces.map((each, index): OutsideAnnouncement => {
      const prefix =
        networkOf(each.prefix) ??
        complain('announces', index, 'prefix')(`"${each.prefix}" is no network such as 192.0.2.0/24.`);
      return {
        prefix,
        asPath: each.path ?? [],
        origin: each.origin ?? 'igp',
        ...communitiesOf(each.communities ?? [], complain('announces', index, 'communities')),
        ...(each.med !== undefined && { med: each.med }),
        ...(each['local-preference'] !== undefined && { localPreference: each['local-preference'] }),
      };
    });
    return { address, asn: one.as, announcements, file };
  });
  return speakers;
}

/** The declarations of several files as one list, sorted; a neighbour may be declared by one file alone. */
export function mergeSpeakers(lists: readonly (readonly OutsideSpeaker[])[]): readonly OutsideSpeaker[] {
  const byAddress = new Map<string, OutsideSpeaker>();
  let count = 0;
  for (const speaker of lists.flat()) {
    const known = byAddress.get(speaker.address);
    if (known) throw unusable(speaker.file, `The neighbour ${speaker.address} is declared in ${known.file} as well.`);
    const prefixes = new Map(speaker.announcements.map((one) => [one.prefix, one]));
    count += prefixes.size;
    if (count > MOST_ANNOUNCEMENTS)
      throw unusable(speaker.file, `Neighbours outside of the lab announce more than ${MOST_ANNOUNCEMENTS} prefixes.`);
    byAddress.set(speaker.address, { ...speaker, announcements: [...prefixes.values()] });
  }
  return [...byAddress.values()].sort((a, b) => (a.address < b.address ? -1 : 1));
}
