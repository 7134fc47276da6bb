/** Sections 2 and 3: the change, and its exact text. */
import type { ChangedDevice } from '../../bundle.ts';
import type { CodeLine } from '../report-writer.ts';
import { counted, mono, type Section } from '../section.ts';
import { COLOR, TEXT } from '../style.ts';

const SOURCE: Readonly<Record<string, string>> = {
  working_tree: 'Working tree, unsaved editors included',
  config_import: 'Imported configurations',
  folder_overlay: 'Folder laid over the lab',
  pasted: 'Pasted configuration',
  nl_intent: 'Generated from an intent in words',
};

export const change: Section = {
  title: '2  Change',
  write: (writer, { bundle }) => {
    const { request } = bundle;
    const { devices, unchanged, intent, source, baseline } = bundle.change;
    writer.facts([
      ['Intent', intent ?? 'No intent was given.'],
      ['Ticket', request.ticket ?? 'none given'],
      ['Reason', request.reason ?? 'none given'],
      ['Author', request.author ?? 'none given; the operator stands for the author'],
      ['Window', request.window ? `${request.window.from} to ${request.window.to}` : 'none given'],
      ['Expected outcome', request.expectedOutcome ?? 'none given'],
      ['Source', SOURCE[source] ?? source],
      ['Compared with', baseline],
      ['Operator', bundle.operator],
    ]);
    if (devices.length === 0) writer.paragraph('No configuration differs.');
    else {
      writer.table(
        [
          { title: 'Device', share: 20 },
          { title: 'File', share: 44, style: TEXT.cellMono },
          { title: 'Dialect', share: 12 },
          { title: 'Added', share: 12, align: 'right' },
          { title: 'Removed', share: 12, align: 'right' },
        ],
        devices.map((device) => [
          device.name,
          device.path,
          device.dialect,
          String(device.addedLines.length),
          String(device.removedLines.length),
        ]),
      );
    }
    if (unchanged.length > 0) {
      writer.paragraph(
        `${counted(unchanged.length, 'further device')} took part in the twin unchanged: ${unchanged.map(({ name }) => name).join(', ')}.`,
      );
    }
  },
};

/** Lines of a unified diff with their numbers on both sides. */
export function diffLines(device: ChangedDevice): readonly CodeLine[] {
  const lines: CodeLine[] = [];
  let oldLine = 0;
  let newLine = 0;
  const width = String(Math.max(...device.addedLines, ...device.removedLines, 1) + 9).length;
  const gutter = (left: string, right: string): string => `${left.padStart(width)} ${right.padStart(width)}`;
  for (const text of device.diff.split('\n').slice(2, -1)) {
    const hunk = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(text);
    if (hunk) {
      // A side without lines is numbered by the line before it.
      oldLine = Number(hunk[1]) + (hunk[2] === '0' ? 1 : 0);
      newLine = Number(hunk[3]) + (hunk[4] === '0' ? 1 : 0);
      lines.push({ gutter: gutter('', ''), text, background: COLOR.band });
    } else if (text.startsWith('+')) {
      lines.push({ gutter: gutter('', String(newLine)), text, background: COLOR.goodBand });
      newLine += 1;
    } else if (text.startsWith('-')) {
      lines.push({ gutter: gutter(String(oldLine), ''), text, background: COLOR.badBand });
      oldLine += 1;
    } else if (text.startsWith('\\')) lines.push({ gutter: gutter('', ''), text });
    else {
      lines.push({ gutter: gutter(String(oldLine), String(newLine)), text });
      oldLine += 1;
      newLine += 1;
    }
  }
  return lines;
}

export const exactDiff: Section = {
  title: '3  Exact difference per device',
  write: (writer, { bundle }) => {
    const { devices } = bundle.change;
    if (devices.length === 0) {
      writer.paragraph('No configuration differs.');
      return;
    }
    writer.paragraph(
      'Lines that begin with a minus sign are removed, those with a plus sign are added; the numbers are those before and after. ' +
        'On paper an arrow continues a line that is too long for the page. Characters that cannot be seen are written as code points.',
      TEXT.quiet,
    );
    for (const device of devices) {
      writer.subheading(device.name, 110);
      writer.facts([
        ['File', mono(device.path)],
        ['SHA-256 before', device.before === null ? 'The device is new.' : mono(device.before)],
        ['SHA-256 after', device.after === null ? 'The device is removed.' : mono(device.after)],
      ]);
      writer.code(diffLines(device), device.name);
    }
  },
};
