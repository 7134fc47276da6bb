import { evaluateAll } from '../../core/network/invariants/evaluate.ts';
import { usableDeclarations } from '../../core/network/invariants/read.ts';
import { Subject } from '../../core/network/invariants/subject.ts';
import { loadSnapshot } from '../../core/network/load/load-snapshot.ts';
import { simulate } from '../../core/network/simulate.ts';
import { nodeFileReader } from '../files/node-file-reader.ts';
import { exitCodes } from './exit-codes.ts';
import { placed, reasonText } from './reasons.ts';
import { print, shown, style } from './terminal.ts';

const WORDS = { held: 'held', broken: 'BROKEN', not_tested: 'not tested' } as const;
const COLOURS = { held: 'green', broken: 'red', not_tested: 'yellow' } as const;

/** Prints each invariant; the exit code is 1 when one is broken and 3 when one could not be tested. */
export async function checkCommand(lab: string, { json = false }: { readonly json?: boolean }): Promise<number> {
  const snapshot = await loadSnapshot(lab, { reader: nodeFileReader });
  const declarations = usableDeclarations(snapshot);
  const results = evaluateAll(new Subject(snapshot, simulate(snapshot)), declarations);
  if (json)
    print(
      JSON.stringify({
        invariants: results.map(({ declaration: { id, kind, file, line }, places, ...result }) => ({
          id,
          kind,
          file,
          line: line + 1,
          ...result,
          places: places.map((place) => placed(snapshot, place)),
        })),
      }),
    );
  else {
    for (const { declaration, status, expected, actual, places } of results) {
      print(`${style(COLOURS[status], WORDS[status].padEnd(10))}  ${shown(`${declaration.id}: ${expected}`)}`);
      print(shown(`            ${actual}`));
      if (status !== 'held') for (const place of places) print(shown(`            ${reasonText(snapshot, place)}`));
    }
    const count = (wanted: string): number => results.filter(({ status }) => status === wanted).length;
    print(
      results.length === 0
        ? 'No invariants are declared: the lab has no aegis.yml.'
        : `${count('held')} held, ${count('broken')} broken, ${count('not_tested')} not tested.`,
    );
  }
  if (results.some(({ status }) => status === 'broken')) return exitCodes.blocked;
  return results.some(({ status }) => status === 'not_tested') ? exitCodes.needsApproval : exitCodes.fine;
}
