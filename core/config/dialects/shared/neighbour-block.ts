import type { At } from '../../command-table.ts';
import type { AddressFamily, BgpNeighbour, BgpNeighbourFamily, BgpProcess } from '../../device/bgp.ts';
import type { DeviceDraft } from '../../device/device.ts';
import { GLOBAL, getOrMake } from './drafts.ts';

/*
 * NX-OS and IOS-XR write a neighbour as a block with its address families inside; templates are blocks of the same kind.
 */

/** A neighbour, a range of them, or a template; `family` inside of one of its address families. */
export interface NeighbourContext {
  readonly process: BgpProcess;
  readonly neighbour: BgpNeighbour;
  readonly family?: AddressFamily;
}

/** The settings of the family that lines of this context are about; outside of one, of every family. */
export function familyTarget({ neighbour, family }: NeighbourContext, at: At): BgpNeighbourFamily {
  if (family) return getOrMake(neighbour.families, family, (): BgpNeighbourFamily => ({ span: at.span }));
  neighbour.everyFamily ??= { span: at.span };
  return neighbour.everyFamily;
}

/** Where a line of this context stores what it sets. */
export const targetOf = (context: NeighbourContext, level: 'session' | 'family', at: At): unknown =>
  level === 'session' ? context.neighbour : familyTarget(context, at);

/** Templates are declared once and serve the VRFs as well. */
export function shareTemplates(device: DeviceDraft): void {
  const main = device.bgp.find((process) => process.vrf === GLOBAL);
  if (!main) return;
  for (const process of device.bgp) {
    if (process === main) continue;
    for (const [name, group] of main.groups)
      if (!main.listenRanges.some((range) => range.group === name) && !process.groups.has(name))
        process.groups.set(name, group);
  }
}
