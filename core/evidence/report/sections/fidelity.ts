/** Section 6: how far the twin is from the network. */
import type { EvidenceBundle } from '../../bundle.ts';
import type { ReportWriter } from '../report-writer.ts';
import { counted, duration, limited, mono, type Section, writeNotRun } from '../section.ts';
import { TEXT } from '../style.ts';

function writeTwin(writer: ReportWriter, { twin }: EvidenceBundle): void {
  if (twin.status !== 'run') {
    writeNotRun(writer, 'Twin', twin);
    return;
  }
  writer.facts([
    ['Engine', `${twin.engine.name} ${twin.engine.version}`],
    ...(twin.engine.choice === undefined ? [] : ([['Chosen because', twin.engine.choice]] as const)),
    ...(twin.engine.components === undefined
      ? []
      : ([
          ['Components', twin.engine.components.map(({ name, version }) => `${name} ${version}`).join(', ')],
        ] as const)),
    ['Topology', twin.topology.name],
    ...(twin.topology.sha256 === null ? [] : ([['SHA-256 of the topology', mono(twin.topology.sha256)]] as const)),
    ['Size', `${counted(twin.nodes, 'node')}, ${counted(twin.links, 'link')}`],
    [
      'Convergence',
      `${twin.converged ? 'Converged' : 'DID NOT CONVERGE'}${twin.rounds === null ? '' : ` (${counted(twin.rounds, 'round')})`}, ${duration(twin.convergenceMs)}`,
    ],
    ...(twin.settled === undefined ? [] : ([['Seen by', twin.settled]] as const)),
  ]);
  if (twin.overlay !== undefined && twin.overlay.length > 0) {
    writer.subheading('What the twin adds to the configurations', 70);
    writer.list(twin.overlay);
  }
}

export const fidelity: Section = {
  title: '6  Fidelity of the twin',
  write: (writer, { bundle }) => {
    writeTwin(writer, bundle);
    const { limits, devices } = bundle.fidelity;
    if (limits.length > 0) {
      writer.subheading('Known differences from production', 70);
      writer.list(limits);
    }
    writer.subheading('Lines that the model does not understand', 80);
    if (devices.length === 0) {
      writer.paragraph('No device was modelled.');
      return;
    }
    writer.table(
      [
        { title: 'Device', share: 36 },
        { title: 'Lines', share: 16, align: 'right' },
        { title: 'Not modelled', share: 16, align: 'right' },
        { title: 'May affect routing', share: 16, align: 'right' },
        { title: 'Touched by the change', share: 16, align: 'right' },
      ],
      devices.map(({ device, totalLines, notModelledLines, notModelled }) => [
        device,
        String(totalLines),
        String(notModelledLines),
        String(notModelled.filter(({ mayAffectRouting }) => mayAffectRouting).length),
        String(notModelled.filter(({ touched }) => touched).length),
      ]),
    );
    const lines = devices.flatMap(({ device, notModelled }) => notModelled.map((entry) => ({ device, ...entry })));
    // What an examiner asks for first comes first; the sort is stable, so devices and lines stay in order.
    const weight = (entry: { readonly touched: boolean; readonly mayAffectRouting: boolean }): number =>
      (entry.touched ? 0 : 2) + (entry.mayAffectRouting ? 0 : 1);
    const { rows, note } = limited(
      [...lines].sort((left, right) => weight(left) - weight(right)),
      400,
    );
    if (rows.length > 0) {
      writer.table(
        [
          { title: 'Device', share: 18 },
          { title: 'Line', share: 8, align: 'right' },
          { title: 'Text', share: 44, style: TEXT.cellMono },
          { title: 'May affect routing', share: 15 },
          { title: 'Touched', share: 15 },
        ],
        rows.map((entry) => [
          entry.device,
          String(entry.line),
          entry.text,
          entry.mayAffectRouting ? 'yes' : 'no',
          entry.touched ? { text: 'by the change', style: TEXT.cellBold } : 'no',
        ]),
      );
    }
    if (note !== null) writer.paragraph(note);
  },
};
