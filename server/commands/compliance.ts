import { assess } from '../../core/compliance/assess.ts';
import type { ComplianceRow } from '../../core/compliance/framework.ts';
import { frameworks } from '../../core/compliance/frameworks/index.ts';
import type { Citation } from '../../core/compliance/judgement.ts';
import { loadSnapshot } from '../../core/network/load/load-snapshot.ts';
import { problemLine } from '../../core/network/load/unusable.ts';
import { nodeFileReader } from '../files/node-file-reader.ts';
import { exitCodes } from './exit-codes.ts';
import { heading, print, shown, style } from './terminal.ts';
import { UsageError } from './usage-error.ts';

const WORDS = { pass: 'pass', fail: 'FAIL', not_tested: 'not tested', not_applicable: 'not applicable' } as const;
const STYLES = { pass: 'green', fail: 'red', not_tested: 'yellow', not_applicable: 'dim' } as const;

/** Most places that are printed of one row; `--json` has all of them. */
const MOST_PLACES = 5;

const place = ({ device, file, line, text }: Citation): string =>
  file === null ? text : `${file}${line === null ? '' : `:${line}`}: ${device}: ${text}`;

/** Prints the controls of a lab; the exit code is 1 when a control fails. */
export async function complianceCommand(
  lab: string,
  { framework: wanted, json = false }: { readonly framework?: string; readonly json?: boolean },
): Promise<number> {
  const chosen = wanted === undefined ? frameworks : frameworks.filter(({ id }) => id === wanted);
  if (chosen.length === 0)
    throw new UsageError(
      `There is no framework "${shown(wanted ?? '')}". The frameworks are: ${frameworks.map(({ id }) => id).join(', ')}.`,
    );
  const snapshot = await loadSnapshot(lab, { reader: nodeFileReader });
  const rows = assess(snapshot, { frameworks: chosen });
  const code = rows.some(({ status }) => status === 'fail') ? exitCodes.blocked : exitCodes.fine;
  if (json) {
    print(JSON.stringify({ devices: [...snapshot.nodes.keys()], rows }));
    return code;
  }
  for (const problem of snapshot.problems) print(`note  ${shown(problemLine(problem))}`);
  printRows(rows);
  return code;
}

function printRows(rows: readonly ComplianceRow[]): void {
  let section = '';
  for (const row of rows) {
    if (row.section !== section) {
      if (section !== '') print('');
      section = row.section;
      print(heading(row.edition === null ? section : `${section} (${row.edition})`));
    }
    const severity = row.severity === null ? '' : ` [${row.severity}]`;
    print(
      `${style(STYLES[row.status], WORDS[row.status].padEnd(14))}  ${shown(row.control)}${severity}  ${shown(row.title)}  ${style('dim', row.class)}`,
    );
    if (row.status === 'not_applicable') continue;
    for (const citation of row.evidence.slice(0, MOST_PLACES)) print(`                ${shown(place(citation))}`);
    const rest = row.evidence.length - MOST_PLACES;
    if (rest > 0) print(`                and ${rest} more places`);
  }
  const of = (status: ComplianceRow['status']): number => rows.filter((row) => row.status === status).length;
  print('');
  print(
    `${rows.length} controls: ${of('pass')} pass, ${of('fail')} fail, ${of('not_tested')} not tested, ${of('not_applicable')} not applicable. Nothing here is a certification.`,
  );
}
