import type {
  AddressFamily,
  BgpFamily,
  BgpNeighbour,
  BgpNeighbourFamily,
  BgpProcess,
  PolicyUse,
} from '../../device/bgp.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Located, Span } from '../../span.ts';
import { getOrMake } from '../shared/drafts.ts';

/** The three levels of `bgp`: the instance, a group, a neighbour. Each inherits from the one above it. */
export interface Level {
  readonly device: DeviceDraft;
  readonly process: BgpProcess;
  readonly settings: BgpNeighbour;
}

/** The name of the group that stands for the instance's own level; no group of a configuration can have it. */
export const INSTANCE_LEVEL = '(bgp)';

export const empty = (id: string, kind: BgpNeighbour['kind'], span: Span): BgpNeighbour => ({
  id,
  kind,
  span,
  families: new Map(),
  everyFamily: { span },
});

export const every = ({ settings }: Level): BgpNeighbourFamily => {
  settings.everyFamily ??= { span: settings.span };
  return settings.everyFamily;
};

export const chain = (names: Located<readonly string[]>): PolicyUse => ({
  policies: names.value.map((value) => ({ value, span: names.span })),
  span: names.span,
});

export const familyOf = (process: BgpProcess, family: AddressFamily, span: Span): BgpFamily =>
  getOrMake(process.families, family, () => ({ family, span, networks: [], redistribute: [], aggregates: [] }));
