import { parsePrefix } from '../../address.ts';
import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import { canonicalCommunity, canonicalLargeCommunity } from '../../communities.ts';
import type { DeviceDraft } from '../../device/device.ts';
import { type CommunityList, type Family, prefixListKey } from '../../device/policy.ts';
import type { Span } from '../../span.ts';
import { getOrMake } from '../shared/drafts.ts';
import { complain } from './common.ts';

interface Named {
  readonly device: DeviceDraft;
  readonly name: string;
}

const mode = modesOf<DeviceDraft>();
const row = rowsOf<Named>();

/** Lengths of `mask-length-range`: `exact`, `24` or `24..32`. */
function lengths(range: string, own: number): readonly [number, number] | undefined {
  if (range === 'exact') return [own, own];
  const found = /^(\d{1,3})(?:\.\.(\d{1,3}))?$/.exec(range);
  return found ? [Number(found[1]), Number(found[2] ?? found[1])] : undefined;
}

function addPrefix({ device, name }: Named, prefix: string, range: string, span: Span): void {
  const family: Family = prefix.includes(':') ? 'ipv6' : 'ipv4';
  const found = lengths(range, parsePrefix(prefix)?.length ?? 0);
  if (!found) {
    complain(device, `prefix-set ${name} / prefix ${prefix} mask-length-range ${range}`, span);
    return;
  }
  const entries = device.prefixLists.get(prefixListKey(family, name))?.entries;
  const [minLength, maxLength] = found;
  entries?.push({ sequence: entries.length + 1, action: 'permit', prefix, minLength, maxLength, span });
}

const prefixSet: Entry = mode(
  'prefix-set <name:word>',
  {
    doc: 'A set of prefixes.',
    defines: { name: 'prefix-list' },
    enter: (device, { name }, at): Named => {
      for (const family of ['ipv4', 'ipv6'] as const)
        getOrMake(device.prefixLists, prefixListKey(family, name.value), () => ({
          name: name.value,
          family,
          span: at.span,
          entries: [],
        }));
      return { device, name: name.value };
    },
  },
  [
    modesOf<Named>()(
      'prefix <prefix:prefix> mask-length-range <range:word>',
      {
        doc: 'A prefix, and the lengths that longer ones may have.',
        enter: (set, { prefix, range }, at) => {
          addPrefix(set, prefix.value, range.value, at.span);
          return set;
        },
      },
      [],
    ),
  ],
);

/** A set matches a route that has any of its members: each is an entry by itself. */
function addMember({ device, name }: Named, text: string, span: Span): void {
  const add = (
    map: DeviceDraft['communityLists'],
    kind: CommunityList['kind'],
    entry: { readonly members: readonly string[] } | { readonly expression: string },
  ): void => {
    const list = getOrMake(map, name, (): CommunityList => ({ name, kind, span, entries: [] }));
    list.entries.push({ action: 'permit', ...entry, span });
  };
  const extended = /^(target|origin):([\d.]+:\d+)$/.exec(text);
  const standard = canonicalCommunity(text);
  const large = /^\d+:\d+:\d+$/.test(text) ? canonicalLargeCommunity(text) : undefined;
  if (extended)
    add(device.extendedCommunityLists, 'extended', {
      members: [`${extended[1] === 'target' ? 'rt' : 'soo'}:${extended[2]}`],
    });
  else if (standard !== undefined) add(device.communityLists, 'standard', { members: [standard] });
  else if (large !== undefined) add(device.largeCommunityLists, 'large', { members: [large] });
  else if (/^(target|origin|color|bgp-)/.test(text)) complain(device, `community-set ${name} / member ${text}`, span);
  else {
    // An expression is about one community as a whole; a dot in it stands for a digit.
    const one = text.replace(/^\^|\$$/g, '').replace(/(?<!\\)\.(?=[*+?]|[^*+?]|$)/g, '[0-9]');
    const isLarge = (text.match(/:/g) ?? []).length > 1;
    const map = isLarge ? device.largeCommunityLists : device.communityLists;
    add(map, isLarge ? 'large-expanded' : 'expanded', { expression: `_(${one})_` });
  }
}

const communitySet: Entry = mode(
  'community-set <name:word>',
  {
    doc: 'A set of communities and expressions over them.',
    defines: { name: 'community-list' },
    enter: (device, { name }): Named => ({ device, name: name.value }),
  },
  [
    row('member <members:words>', {
      doc: 'Communities, or expressions over them.',
      apply: (set, { members }, at) => {
        for (const text of members.value) addMember(set, text, at.span);
      },
    }),
    row('match-set-options <options:any|all|invert>', {
      doc: 'Whether a route needs any of them, all or none.',
      apply: ({ device, name }, { options }, at) => {
        if (options.value !== 'any')
          complain(device, `community-set ${name} / match-set-options ${options.value}`, at.span);
      },
    }),
  ],
);

function addExpression({ device, name }: Named, expression: string, span: Span): void {
  const list = getOrMake(device.asPathLists, name, () => ({ name, span, entries: [] }));
  list.entries.push({ action: 'permit', expression, span });
}

const asPathSet: Entry = mode(
  'as-path-set <name:word>',
  {
    doc: 'Expressions over AS numbers.',
    defines: { name: 'as-path-list' },
    enter: (device, { name }): Named => ({ device, name: name.value }),
  },
  [
    row('expression <expression:rest>', {
      doc: 'An expression over AS numbers.',
      apply: (set, { expression }, at) => addExpression(set, expression.value, at.span),
    }),
    row('as-path-set-member <members:words>', {
      doc: 'Expressions over AS numbers.',
      apply: (set, { members }, at) => {
        for (const text of members.value) addExpression(set, text, at.span);
      },
    }),
    row('match-set-options <options:any|all|invert>', {
      doc: 'Whether a path needs to match any of them, all or none.',
      apply: ({ device, name }, { options }, at) => {
        if (options.value !== 'any')
          complain(device, `as-path-set ${name} / match-set-options ${options.value}`, at.span);
      },
    }),
  ],
);

const unknownSets = rowsOf<DeviceDraft>()(
  '<what:tag-set|extended-community-set|standard-community-set|large-community-set> [<rest:rest>]',
  { doc: 'Known, and not simulated.' },
);

export const policySets: readonly Entry[] = [prefixSet, communitySet, asPathSet, unknownSets];
