import type { PrefixId } from '../../prefix-table.ts';
import type { Reason } from '../../state.ts';
import type { Context, Ribs } from '../protocol.ts';
import { familyFor, type Path, type Peering, type Speaker } from './model.ts';
import { defaultPath, permits } from './originate.ts';
import { receive } from './receive.ts';
import type { Say } from './say.ts';
import { send } from './send.ts';
import type { Transfers } from './transfers.ts';

/** What became of a prefix between a neighbour and a speaker. */
export interface Fate {
  /** The speaker's end of the session. */
  readonly end: Peering;
  readonly outcome: 'received' | 'refused' | 'not-sent' | 'no-path';
  readonly steps: readonly Reason[];
}

const SOURCE_WORDS: Readonly<Record<Path['source'], string>> = {
  learned: 'learned',
  network: 'a network line',
  redistributed: 'a redistributed route',
  aggregate: 'an aggregate',
  default: 'a default route that it makes',
  'active-route': 'an active route of another protocol',
  exported: 'a VPN route that it exports',
  imported: 'a route imported from another VRF',
};

/** `learned from 10.0.0.1 (spine1)`, `a network line`. */
export const describePath = ({ source, from }: Path): string =>
  from ? `learned from ${from.peer} (${from.reverse.speaker.table.node})` : SOURCE_WORDS[source];

/** What is asked of an exchange that has settled. */
interface Told {
  readonly context: Context;
  readonly ribs: Ribs;
  readonly transfers: Transfers;
  readonly endsOf: (speaker: Speaker) => readonly Peering[];
  readonly advertised: (speaker: Speaker, prefix: PrefixId, best: Path | undefined) => Path | undefined;
  readonly suppressing: (speaker: Speaker, prefix: PrefixId, path: Path) => boolean;
}

/**
 * What became of a prefix on its way from each neighbour of a speaker, told from the settled choices: nothing was kept
 * for it while they were made.
 */
export function fatesOf(
  { context, ribs, transfers, endsOf, advertised, suppressing }: Told,
  speaker: Speaker,
  prefix: PrefixId,
  bestOf: (speaker: Speaker) => Path | undefined,
): readonly Fate[] {
  const { version } = context.prefixes.get(prefix);
  const ends = endsOf(speaker).filter((end) => end.families.includes(familyFor(version)));
  return ends.map((end): Fate => {
    const { reverse } = end;
    const sender = reverse.speaker;
    const steps: Reason[] = [];
    const sayAs =
      ({ table: { node } }: Speaker): Say =>
      (text, spans = []) => {
        const [first, ...others] = spans;
        steps.push({ text: `${node}: ${text}`, node, ...(first && { span: first }) });
        for (const span of others) steps.push({ text: `${node}: and this line`, node, span });
        return undefined;
      };
    const fate = (outcome: Fate['outcome']): Fate => ({ end, outcome, steps });
    const channel = transfers.channel(reverse, version);
    const { settings } = channel;
    const best = bestOf(sender);
    let path = advertised(sender, prefix, best);
    let unfiltered = false;
    if (settings?.defaultOriginate && context.prefixes.get(prefix).length === 0) {
      const { value, span } = settings.defaultOriginate;
      const own = defaultPath(context, ribs.of(sender.table), sender, prefix, value, span);
      sayAs(sender)(own ? 'a default route is made for this neighbour' : 'the default route for it has no cause', [
        span,
      ]);
      if (own) [path, unfiltered] = [own, true];
    }
    if (!path) {
      sayAs(sender)(
        best
          ? 'its best path is not in its routing table, and such paths are not sent'
          : 'it has no path for the prefix',
      );
      return fate('no-path');
    }
    sayAs(sender)(`its best path is ${describePath(path)}`, path.spans.slice(0, 1));
    if (!unfiltered && suppressing(sender, prefix, path)) {
      const unsuppress = settings?.unsuppressMap;
      if (!(unsuppress && permits(context, sender, unsuppress, prefix, path))) {
        sayAs(sender)('an aggregate keeps it back (summary-only, suppress-map)');
        return fate('not-sent');
      }
    }
    const fromClient = path.from ? transfers.channel(path.from, version).reflectorClient : false;
    const draft = send(context, channel, prefix, path, fromClient, unfiltered, sayAs(sender));
    if (!draft) return fate('not-sent');
    const accepted = receive(context, transfers.channel(end, version), prefix, draft, sayAs(speaker));
    return fate(accepted ? 'received' : 'refused');
  });
}
