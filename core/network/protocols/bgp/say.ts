import type { Located, Span } from '../../../config/span.ts';
import type { NeighbourFamilyConfig } from './settings.ts';

/** Hears what happens to a path and the lines behind it. Returns nothing, so that a refusal can return it. */
export type Say = (text: string, spans?: readonly Span[]) => undefined;

export const spansOf = (chain: readonly Located<string>[]): readonly Span[] => chain.map(({ span }) => span);

/** `its outbound policy TO-PEERS permits it`, with the entries that matched behind it. */
export function policyText(
  direction: 'inbound' | 'outbound',
  chain: readonly Located<string>[],
  denied: boolean,
  matched: readonly Span[],
): string {
  const names = chain.map(({ value }) => value).join(', ');
  const [what, verb] =
    chain.length === 1 ? ['policy', denied ? 'denies' : 'permits'] : ['policies', denied ? 'deny' : 'permit'];
  return `its ${direction} ${what} ${names} ${verb} it${denied && matched.length === 0 ? ': no entry takes it' : ''}`;
}

/** Lines that set the prefix, distribute and AS-path lists of a neighbour in one direction. */
export const filterSpans = (settings: NeighbourFamilyConfig | undefined, direction: 'in' | 'out'): readonly Span[] =>
  (direction === 'in'
    ? [settings?.prefixListIn, settings?.distributeListIn, settings?.asPathListIn]
    : [settings?.prefixListOut, settings?.distributeListOut, settings?.asPathListOut]
  ).flatMap((list) => (list ? [list.span] : []));
