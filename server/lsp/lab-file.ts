import { rules } from '../../core/guard/rules/index.ts';
import { checkAgainst, type DeclarationProblem, readDeclarations } from '../../core/network/invariants/read.ts';
import { folderOf } from '../../core/network/load/file-reader.ts';
import { labFolder } from './baselines.ts';
import type { Session } from './session.ts';

/** What cannot be used in an `aegis.yml`: unknown keys, wrong values, and names that its lab does not have. */
export async function labFileProblems(
  session: Session,
  path: string,
  text: string,
): Promise<readonly DeclarationProblem[]> {
  const read = readDeclarations(text, path);
  const { workspace } = session;
  const lab = (await workspace.labs()).find((one) => labFolder(one) === folderOf(path));
  const snapshot = lab && (await workspace.load(lab)).snapshot;
  const known = new Set(rules.map(({ id }) => id));
  const unknown = Object.keys(read.severities).filter((rule) => !known.has(rule));
  const lines = text.split(/\r?\n/);
  return [
    ...read.problems,
    ...(snapshot ? checkAgainst(read, snapshot) : []),
    ...unknown.map((rule) => ({
      file: path,
      line: Math.max(
        0,
        lines.findIndex((line) => line.includes(rule)),
      ),
      message: `There is no guard rule "${rule}".`,
    })),
  ];
}
