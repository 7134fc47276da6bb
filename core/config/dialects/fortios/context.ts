import { type Entry, modesOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Located } from '../../span.ts';
import { GLOBAL } from '../shared/drafts.ts';

/** Where lines stand: the device, and the virtual domain that they are about. */
export interface Domain {
  readonly device: DeviceDraft;
  /** Table of the virtual domain: `root` is the global one. */
  readonly vrf: string;
}

/** Table of an interface or a route: its virtual domain, or a VRF in it by number. */
export const tableOf = (domain: string, vrf: number | undefined): string => {
  if (!vrf) return domain;
  return domain === GLOBAL ? `vrf ${vrf}` : `${domain} vrf ${vrf}`;
};

export const domainOf = (name: string): string => (name === 'root' ? GLOBAL : name);

/** An entry of a table: `edit NAME`, with what a line of it acts on. */
export const entries = <C, D>(
  pattern: string,
  doc: string,
  enter: (context: C, name: Located<string>, span: Located<string>['span']) => D,
  rows: readonly Entry[],
): Entry =>
  modesOf<C>()(`config ${pattern}`, { doc, enter: (context: C) => context }, [
    modesOf<C>()(
      'edit <name:word>',
      { doc: 'An entry.', enter: (context: C, { name }, at) => enter(context, name, at.span) },
      rows,
    ),
  ]);

/** What a prefix is called in tables of IPv4 and of IPv6. */
export const PREFIX_WORDS = ['prefix', 'prefix6'] as const;
