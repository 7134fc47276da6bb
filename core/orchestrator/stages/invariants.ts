import { evaluate, type InvariantResult, type InvariantRow } from '../../network/invariants/evaluate.ts';
import { declarationsOf } from '../../network/invariants/read.ts';
import type { Declaration } from '../../network/invariants/schema.ts';
import { statementOf } from '../../network/invariants/statement.ts';
import { Subject } from '../../network/invariants/subject.ts';
import type { Snapshot } from '../../network/snapshot.ts';
import { failed, notRun, passed } from '../stage.ts';
import { plural, type Stage } from './define.ts';

const meaning = ({ kind, settings }: Declaration): string => JSON.stringify([kind, settings]);

/** What is declared after the change, and what was declared before it and no longer is as it was. */
function declared(before: Snapshot, after: Snapshot) {
  const [old, now] = [declarationsOf(before), declarationsOf(after)];
  const kept = new Set(now.declarations.map(meaning));
  const withdrawn = old.declarations.filter((one) => !kept.has(meaning(one)));
  return {
    problems: now.problems,
    // A file before the change that cannot be read may have demanded anything.
    unreadBefore: old.problems.length > 0 && before.labFile?.text !== after.labFile?.text,
    rows: [
      ...now.declarations.map((declaration) => ({ declaration, withdrawn: false })),
      ...withdrawn.map((declaration) => ({ declaration, withdrawn: true })),
    ],
  };
}

/** Evaluates what the lab declares, before and after the change. A broken invariant is a result, not a failure. */
export const invariants: Stage = {
  id: 'invariants',
  title: 'Invariants',
  required: true,
  run: async (run) => {
    if (!run.twin || !run.after) return notRun('There are not two states in which invariants could hold.');
    const { before, after } = run.request.change;
    const { rows, problems, unreadBefore } = declared(before, after);
    if (problems.length > 0)
      return failed(
        `${problems[0]?.file}:${(problems[0]?.line ?? 0) + 1}: ${problems[0]?.message}`,
        problems.map(({ file, line, message }) => `${file}:${line + 1}: ${message}`),
      );
    if (unreadBefore)
      return failed('The invariants before the change cannot be read, so it is not known what they demanded.');
    if (rows.length === 0) {
      run.invariants = [];
      return passed('No invariants are declared for this lab.');
    }
    const check = (): void => run.signal?.throwIfAborted();
    const subjects = [new Subject(before, run.twin.initial, check), new Subject(after, run.after, check)] as const;
    const results: InvariantRow[] = [];
    for (const { declaration, withdrawn } of rows) {
      check();
      run.progress(declaration.id);
      const [was, is] = subjects.map((subject) => evaluate(subject, declaration)) as [InvariantResult, InvariantResult];
      results.push({ declaration, withdrawn, before: was, after: is });
    }
    run.invariants = results;
    const broken = results.filter(({ after: is }) => is.status === 'broken');
    const open = results.filter(({ after: is }) => is.status === 'not_tested');
    return passed(
      `${plural(results.length, 'invariant')}: ${results.length - broken.length - open.length} held, ${broken.length} broken, ${open.length} not tested after the change.`,
      [...broken, ...open].map(
        ({ declaration, after: is }) => `${declaration.id}: ${statementOf(declaration)} ${is.actual}`,
      ),
    );
  },
};
