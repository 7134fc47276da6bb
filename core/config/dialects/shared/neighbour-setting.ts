import { type Args, type At, type Effect, type Entry, rowsOf } from '../../command-table.ts';
import type { BgpNeighbour, BgpNeighbourFamily } from '../../device/bgp.ts';
import type { SymbolKind } from '../../device/device.ts';
import type { Located } from '../../span.ts';
import { type BgpContext, knownNeighbour, knownNeighbourFamily, neighbourFamilyOf, neighbourOf } from './bgp-model.ts';

/*
 * What can be said of a neighbour, written once without its `neighbor X` in front: the same lines stand under
 * `neighbor X` and in a template.
 */

type Arguments = Readonly<Record<string, Located<unknown>>>;

/** One setting of a neighbour: of the session, or of one address family. */
export interface NeighbourSetting {
  readonly level: 'session' | 'family';
  readonly pattern: string;
  readonly doc: string;
  readonly effect: Effect;
  readonly refers: Readonly<Record<string, SymbolKind>>;
  readonly listed?: true;
  readonly apply?: (target: never, args: never, at: At) => void;
  readonly undo?: (target: never, args: never, at: At) => void;
}

interface Extra {
  readonly listed?: true;
  readonly effect?: Effect;
  readonly refers?: Readonly<Record<string, SymbolKind>>;
}

const settingOf =
  <T>(level: NeighbourSetting['level']) =>
  <const P extends string>(
    pattern: P,
    doc: string,
    apply?: (target: T, args: Args<P>, at: At) => void,
    undo?: (target: T, args: Partial<Args<P>>, at: At) => void,
    extra: Extra = {},
  ): NeighbourSetting => ({
    level,
    pattern,
    doc,
    effect: extra.effect ?? 'routing',
    refers: extra.refers ?? {},
    ...(extra.listed && { listed: extra.listed }),
    ...(apply && { apply: apply as NeighbourSetting['apply'] & object }),
    ...(undo && { undo: undo as NeighbourSetting['undo'] & object }),
  });

/** A setting of the session. Without `apply` it is known and listed as not modelled. */
export const session = settingOf<BgpNeighbour>('session');
/** A setting of one address family. */
export const family = settingOf<BgpNeighbourFamily>('family');

type Target = (target: unknown, args: Arguments, at: At) => void;

/** The settings as `neighbor X ...` lines. */
export function neighbourRows(settings: readonly NeighbourSetting[]): readonly Entry[] {
  const row = rowsOf<BgpContext>();
  return settings.map((setting) => {
    const [apply, undo] = [setting.apply as Target | undefined, setting.undo as Target | undefined];
    return row(`neighbor <peer:peer> ${setting.pattern}` as 'neighbor <peer:peer> x', {
      doc: setting.doc,
      effect: setting.effect,
      refers: { peer: 'bgp-neighbour', ...setting.refers },
      ...(setting.listed && { listed: setting.listed }),
      ...(apply && {
        apply: (context: BgpContext, args: { readonly peer: Located<string> }, at: At) => {
          const neighbour = neighbourOf(context.process, args.peer);
          apply(
            setting.level === 'session' ? neighbour : neighbourFamilyOf(context, neighbour, at.span),
            args as unknown as Arguments,
            at,
          );
        },
      }),
      ...(undo && {
        undo: (context: BgpContext, args: { readonly peer?: Located<string> }, at: At) => {
          // A negative line about a neighbour that is not there has no effect on the device either.
          const neighbour = args.peer && knownNeighbour(context.process, args.peer.value);
          if (!neighbour) return;
          const target =
            setting.level === 'session'
              ? neighbour
              : (knownNeighbourFamily(context, neighbour) ?? neighbourFamilyOf(context, neighbour, at.span));
          undo(target, args as unknown as Arguments, at);
        },
      }),
    });
  });
}

/** The settings as lines of a template, whose context is the template itself. */
export function templateRows<C>(
  settings: readonly NeighbourSetting[],
  targetOf: (context: C, level: NeighbourSetting['level'], at: At) => unknown,
): readonly Entry[] {
  const row = rowsOf<C>();
  return settings.map((setting) => {
    const [apply, undo] = [setting.apply as Target | undefined, setting.undo as Target | undefined];
    return row(setting.pattern as 'x', {
      doc: setting.doc,
      effect: setting.effect,
      refers: setting.refers as Record<never, SymbolKind>,
      ...(setting.listed && { listed: setting.listed }),
      ...(apply && {
        apply: (context: C, args: unknown, at: At) =>
          apply(targetOf(context, setting.level, at), args as Arguments, at),
      }),
      ...(undo && {
        undo: (context: C, args: unknown, at: At) => undo(targetOf(context, setting.level, at), args as Arguments, at),
      }),
    });
  });
}
