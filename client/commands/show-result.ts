import type { EvidenceRun } from '../../server/protocol.ts';
import type { Services } from '../services.ts';
import { escaped, table } from '../text/markdown.ts';
import { toUri } from '../uris.ts';
import { verdictMeaning, verdictWord } from '../verdict.ts';
import { runTime } from '../views/evidence-view.ts';
import { choosePackage } from './choose-run.ts';

/**
 * "AEGIS: Show Preflight Result": the verdict, its reasons and every stage, as the evidence states them. Argument
 * (optional): `{ folder }` of the package.
 * @returns the text of the page, undefined when the user gave up
 */
export async function showResult(services: Services, argument?: unknown): Promise<string | undefined> {
  const chosen = await choosePackage(services, argument, { purpose: 'Show Preflight Result', otherFolder: false });
  if (chosen === undefined) return undefined;
  if (chosen.run === undefined) throw new Error(`${chosen.folder} is not among the evidence of this folder.`);
  const text = page(chosen.run);
  await services.pages.show(`Preflight ${chosen.run.runId}`, text);
  return text;
}

const statusWord = { passed: 'Passed', failed: 'Failed', skipped: 'Not needed', not_run: 'Not run' } as const;

function page(run: EvidenceRun): string {
  if (run.problem !== undefined) throw new Error(`The evidence ${run.runId} cannot be read: ${run.problem}`);
  const facts = [
    ['Lab', run.lab],
    ['Intent', run.intent],
    ['Changed', run.changedDevices.join(', ')],
    ['Made', runTime(run.createdAt)],
    ['Run', run.runId],
    ['Evidence', toUri(run.folder).fsPath],
  ].filter(([, value]) => value !== '');
  return [
    `# ${verdictWord(run.verdict)}`,
    verdictMeaning(run.verdict),
    '## Reasons',
    run.reasons.map((reason) => `- ${escaped(reason)}`).join('\n'),
    '## Stages',
    table(
      ['Stage', 'Result', 'Found'],
      run.stages.map(({ title, status, summary }) => [escaped(title), statusWord[status], escaped(summary)]),
    ),
    '## Run',
    table(
      ['', ''],
      facts.map((cells) => cells.map((cell) => escaped(cell))),
    ),
    'This page repeats what the evidence says. "AEGIS: Verify Evidence" checks that it is whole and who sealed it.',
    '',
  ].join('\n\n');
}
