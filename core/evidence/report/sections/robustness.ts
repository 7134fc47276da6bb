/** Parts of section 4 and 5: single failures, the order of the roll-out, packets sent, and how far the change reaches. */
import type { EvidenceBundle } from '../../bundle.ts';
import type { ReportWriter } from '../report-writer.ts';
import { counted, limited, writeNotRun } from '../section.ts';
import { TEXT } from '../style.ts';
import type { Cell } from '../table.ts';

/** Devices whose routes, sessions or adjacencies differ, beside those that the change alters. */
export function writeBlastRadius(writer: ReportWriter, { change, stateDiff, twin }: EvidenceBundle): void {
  writer.subheading('Blast radius', 60);
  if (stateDiff.status !== 'measured') {
    writeNotRun(writer, 'Blast radius', stateDiff);
    return;
  }
  const changed = new Set(change.devices.map(({ name }) => name));
  const touched = new Set(
    [...stateDiff.routes, ...stateDiff.sessions, ...stateDiff.adjacencies].map(({ device }) => device),
  );
  const others = [...touched].filter((device) => !changed.has(device)).sort();
  const all = twin.status === 'run' ? ` of ${twin.nodes}` : '';
  writer.paragraph(
    `${counted(changed.size, 'device')} changed; the state of ${counted(touched.size, 'device')}${all} differs. ${others.length === 0 ? 'No device beyond those that the change alters is affected.' : `Affected without being changed: ${others.join(', ')}.`}`,
  );
}

/** The part about filters and keys: what the controls and the guards say of them. */
export function writeSecurityImpact(
  writer: ReportWriter,
  { compliance, findings, reachability }: EvidenceBundle,
): void {
  writer.subheading('New permits and cryptography', 60);
  const gained =
    reachability.status === 'measured' ? reachability.changes.filter(({ kind }) => kind === 'gained').length : null;
  writer.paragraph(
    gained === null
      ? 'Whether anything is newly reached was not computed.'
      : gained === 0
        ? 'Nothing is reached after the change that was not reached before.'
        : `${counted(gained, 'destination')} ${gained === 1 ? 'is' : 'are'} reached after the change and ${gained === 1 ? 'was' : 'were'} not before; the table of reachability names them.`,
  );
  const about = findings.filter(
    ({ origin, rule }) =>
      origin === 'introduced' && /secret|authentication|filter|access-list|policy|deny|permit/.test(rule),
  );
  writer.paragraph(
    about.length === 0
      ? 'The guards found no secret, key, filter or policy that the change weakens.'
      : `The guards found ${counted(about.length, 'place')} at which the change touches secrets, keys, filters or policies (section 5).`,
  );
  if (compliance.status === 'checked' && compliance.worsened.length > 0)
    writer.paragraph(
      `${counted(compliance.worsened.length, 'control')} that held before ${compliance.worsened.length === 1 ? 'fails' : 'fail'} after the change (section 11).`,
    );
}

const yesNo = (lossless: boolean): Cell =>
  lossless
    ? { text: 'Nothing is lost', mark: 'passed' }
    : { text: 'SOMETHING IS LOST', mark: 'failed', style: TEXT.cellBold };

export function writeRollout(writer: ReportWriter, { rollout }: EvidenceBundle): void {
  writer.subheading('Order of the roll-out', 80);
  if (rollout.status !== 'checked') {
    writeNotRun(writer, 'Order of the roll-out', rollout);
    return;
  }
  writer.paragraph(
    `${rollout.lossless ? 'In this order nothing is lost in between.' : 'In every order that was tried something is lost in between.'} ${counted(rollout.statesComputed, 'intermediate state')} computed; ${rollout.exhaustive ? 'every order was tried' : 'the search was ended by a bound'}; ${rollout.executed ? 'the twin was taken through it' : 'the twin was not taken through it'}.`,
  );
  if (rollout.steps.length === 0) return;
  writer.table(
    [
      { title: 'Step', share: 8, align: 'right' },
      { title: 'Device', share: 22 },
      { title: 'After it', share: 24 },
      { title: 'Lost in between', share: 46 },
    ],
    rollout.steps.map(({ device, lost, computed, stable, measured }, at) => [
      String(at + 1),
      device,
      !computed
        ? { text: 'Not computed', mark: 'open' }
        : !stable
          ? { text: 'NOT STABLE', mark: 'failed', style: TEXT.cellBold }
          : yesNo(lost.length === 0 && (measured ?? []).length === 0),
      [...lost, ...(measured ?? []).map((text) => `seen in the twin: ${text}`)].join('\n') || '–',
    ]),
  );
}

export function writeFailures(writer: ReportWriter, { failures }: EvidenceBundle): void {
  writer.subheading('Single failures', 80);
  if (failures.status !== 'checked') {
    writeNotRun(writer, 'Single failures', failures);
    return;
  }
  const worse = failures.scenarios.filter((scenario) => scenario.worse.length > 0).length;
  writer.paragraph(
    `${counted(failures.scenarios.length, `failing ${failures.kind}`)} tried: ${worse === 0 ? 'none takes away more than before the change' : `${worse} ${worse === 1 ? 'takes' : 'take'} away more than before the change`}.`,
  );
  const { rows, note } = limited(
    [...failures.scenarios].sort((a, b) => Math.min(1, b.worse.length) - Math.min(1, a.worse.length)),
    300,
  );
  if (rows.length > 0)
    writer.table(
      [
        { title: 'What fails', share: 30, style: TEXT.cellMono },
        { title: 'Result', share: 18 },
        { title: 'Engines', share: 16 },
        { title: 'Lost beyond what was lost before', share: 36 },
      ],
      rows.map(({ fails, worse: effects, engines }) => [
        fails,
        effects.length === 0
          ? { text: 'No worse', mark: 'passed' }
          : { text: 'WORSE', mark: 'failed', style: TEXT.cellBold },
        engines.join(', ') || '–',
        effects.join('\n') || '–',
      ]),
    );
  if (note !== null) writer.paragraph(note);
}

export function writeProbes(writer: ReportWriter, { probes }: EvidenceBundle): void {
  writer.subheading('Packets sent in the twin', 80);
  if (probes.status !== 'measured') {
    writeNotRun(writer, 'Packets in the data plane of the twin', probes);
    return;
  }
  writer.paragraph(probes.method, TEXT.quiet);
  const shown = (answer: { readonly reached: boolean; readonly path: readonly string[] } | null): string =>
    answer === null
      ? 'Not sent'
      : `${answer.reached ? 'Reached' : 'NOT REACHED'}${answer.path.length === 0 ? '' : `\n${answer.path.join(', ')}`}`;
  const { rows, note } = limited(probes.probes, 400);
  if (rows.length > 0)
    writer.table(
      [
        { title: 'Probe', share: 14 },
        { title: 'From, to', share: 30, style: TEXT.cellMono },
        { title: 'VRF', share: 12 },
        { title: 'Before', share: 22 },
        { title: 'After', share: 22 },
      ],
      rows.map(({ kind, from, to, vrf, before, after }) => [kind, `${from}\n${to}`, vrf, shown(before), shown(after)]),
    );
  if (note !== null) writer.paragraph(note);
}
