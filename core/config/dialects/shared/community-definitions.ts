import type { DeviceDraft } from '../../device/device.ts';
import type { CommunityList } from '../../device/policy.ts';
import type { Span } from '../../span.ts';
import { getOrMake } from './drafts.ts';

const WELL_KNOWN: Readonly<Record<string, string>> = {
  'no-export': '65535:65281',
  'no-advertise': '65535:65282',
  'no-export-subconfed': '65535:65283',
  'llgr-stale': '65535:6',
  'no-llgr': '65535:7',
};

/** `target:65001:1` as extended, `large:1:2:3` as large, `65001:1` as standard; anything else is an expression. */
function member(text: string): {
  readonly kind: CommunityList['kind'];
  readonly value: string;
  readonly literal: boolean;
} {
  const known = WELL_KNOWN[text];
  if (known) return { kind: 'standard', value: known, literal: true };
  if (/^large:\d+:\d+:\d+$/.test(text)) return { kind: 'large', value: text.slice(6), literal: true };
  if (/^large:/.test(text)) return { kind: 'large-expanded', value: text.slice(6), literal: false };
  const extended = /^(target|origin):([\d.]+L?:\d+)$/.exec(text);
  if (extended)
    return {
      kind: 'extended',
      value: `${extended[1] === 'target' ? 'rt' : 'soo'}:${extended[2]?.replace('L', '')}`,
      literal: true,
    };
  if (/^\d{1,5}:\d{1,5}$/.test(text)) return { kind: 'standard', value: text, literal: true };
  if (/^(target|origin|bandwidth|domain-id|0x)/.test(text)) return { kind: 'extended', value: text, literal: false };
  return { kind: 'expanded', value: text, literal: false };
}

/** Definitions by name. One definition may hold members of several types: the lists of each type have it then. */
export function addCommunityMembers(device: DeviceDraft, name: string, members: readonly string[], span: Span): void {
  for (const text of members) {
    const { kind, value, literal } = member(text);
    const map = kind.startsWith('large')
      ? device.largeCommunityLists
      : kind === 'extended'
        ? device.extendedCommunityLists
        : device.communityLists;
    const list = getOrMake(map, name, (): CommunityList => ({ name, kind, span, entries: [] }));
    const first = list.entries[0];
    // All members of a definition must be present for it to match.
    if (literal && first?.members) list.entries[0] = { ...first, members: [...first.members, value] };
    else
      list.entries.push(
        literal ? { action: 'permit', members: [value], span } : { action: 'permit', expression: value, span },
      );
  }
}
