import type { EvidenceRun, PreflightReason, PreflightResult, StageEvent } from '../../server/protocol.ts';
import { countsText } from '../counts.ts';
import type { Services } from '../services.ts';
import { escaped, table } from '../text/markdown.ts';
import { toUri } from '../uris.ts';
import { verdictMeaning, verdictWord } from '../verdict.ts';
import { runTime } from '../views/evidence-view.ts';
import { choosePackage } from './choose-run.ts';

interface Kept {
  readonly result: PreflightResult;
  readonly stages: readonly StageEvent[];
  readonly intent: string;
}

/** Results of this window's preflights, by folder: they say more than the list of runs does. */
const results = new Map<string, Kept>();

export function keepResult(result: PreflightResult, stages: readonly StageEvent[], intent: string): void {
  results.set(result.evidenceFolder, { result, stages, intent });
}

/** "AEGIS: Show Preflight Result": verdict, reasons, stages and counts as a page. Argument: `{ folder }` of the package. */
export async function showResult(services: Services, argument?: unknown): Promise<string | undefined> {
  const chosen = await choosePackage(services, argument, { purpose: 'Show Preflight Result', otherFolder: false });
  if (chosen === undefined) return undefined;
  const kept = results.get(chosen.folder);
  if (chosen.run === undefined && kept === undefined) throw new Error(`${chosen.folder} is not a run of this folder.`);
  const text = page(chosen.folder, chosen.run, kept);
  await services.pages.show(
    `Preflight ${chosen.run?.lab ?? ''} ${chosen.run?.runId ?? kept?.result.runId}`.trim(),
    text,
  );
  return text;
}

const statusWord = {
  running: 'Running',
  passed: 'Passed',
  failed: 'Failed',
  skipped: 'Not needed',
  not_run: 'Not run',
} as const;

function page(folder: string, run: EvidenceRun | undefined, kept: Kept | undefined): string {
  const verdict = run?.verdict ?? kept!.result.verdict;
  const intent = run?.intent ?? kept?.intent ?? '';
  const lines = [
    `# ${verdictWord(verdict)}`,
    verdictMeaning(verdict),
    table(
      ['', ''],
      [
        ...(run === undefined ? [] : [['Lab', escaped(run.lab)]]),
        ...(intent === '' ? [] : [['Intent', escaped(intent)]]),
        ...(run === undefined ? [] : [['Made', escaped(runTime(run.createdAt))]]),
        ['Run', escaped(run?.runId ?? kept!.result.runId)],
        ['Evidence', escaped(toUri(folder).fsPath)],
      ],
    ),
  ];
  if (kept !== undefined) {
    const { reasons, counts, durationMs } = kept.result;
    lines.push(
      '## Reasons',
      ...(reasons.length === 0 ? ['None was given.'] : [reasons.map(reasonLine).join('\n')]),
      '## What changes',
      `${escaped(countsText(counts))}; ${counts.devicesAffected} devices affected.`,
      '## Stages',
      table(
        ['Stage', 'Result', ''],
        kept.stages.map(({ title, status, summary }) => [escaped(title), statusWord[status], escaped(summary ?? '')]),
      ),
      `The run took ${(durationMs / 1000).toFixed(1)} s.`,
    );
  }
  return `${lines.join('\n\n')}\n`;
}

function reasonLine({ text, uri, range }: PreflightReason): string {
  if (uri === undefined) return `- ${escaped(text)}`;
  const line = range === undefined ? '' : `:${range.start.line + 1}`;
  return `- ${escaped(text)} (${escaped(`${uri.split('/').at(-1)}${line}`)})`;
}
