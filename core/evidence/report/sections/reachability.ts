import type { EvidenceBundle } from '../../bundle.ts';
import type { ReportWriter } from '../report-writer.ts';
import { counted, limited, writeNotRun } from '../section.ts';
import { TEXT } from '../style.ts';

type Measured = Extract<EvidenceBundle['reachability'], { readonly status: 'measured' }>;
type Change = Measured['changes'][number];

const KINDS: Readonly<Record<Change['kind'], string>> = {
  lost: 'lost',
  gained: 'gained',
  path_changed: 'other path',
  changed: 'other end',
};

/** What a reader must see first stands first. */
const ORDER: readonly Change['kind'][] = ['lost', 'changed', 'gained', 'path_changed'];

const ends = (outcomes: Change['before']): string =>
  outcomes.map(({ disposition, at }) => `${disposition.replaceAll('_', ' ')} at ${at}`).join('\n');

/** What each device reaches before and after: how it was found out, the counts, and the changes with losses first. */
export function writeReachability(writer: ReportWriter, { reachability }: EvidenceBundle): void {
  writer.subheading('Reachability');
  if (reachability.status !== 'measured') {
    writeNotRun(writer, 'Comparison of reachability', reachability);
    return;
  }
  const { method, compared, changes } = reachability;
  writer.paragraph(`${method} ${counted(compared, 'pair')} of source and destination compared.`);
  if (changes.length === 0) {
    writer.paragraph('Every device reaches what it reached before, on the same paths.');
    return;
  }
  const { rows, note } = limited(ORDER.flatMap((kind) => changes.filter((change) => change.kind === kind)));
  writer.table(
    [
      { title: 'From', share: 16 },
      { title: 'To', share: 26, style: TEXT.cellMono },
      { title: 'Change', share: 12 },
      { title: 'Before', share: 23 },
      { title: 'After', share: 23 },
    ],
    rows.map(({ device, vrf, destination, flow, kind, before, after }) => [
      vrf === 'default' ? device : `${device} (${vrf})`,
      flow === null ? destination : `${destination}\n${flow}`,
      KINDS[kind],
      ends(before),
      ends(after),
    ]),
  );
  if (note !== null) writer.paragraph(note);
}
