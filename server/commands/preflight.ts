import { userInfo } from 'node:os';
import { relative, resolve } from 'node:path';
import type { FailureKind } from '../../core/network/failures.ts';
import { usableDeclarations } from '../../core/network/invariants/read.ts';
import { rememberingParser } from '../../core/network/load/remembering-parser.ts';
import type { Snapshot } from '../../core/network/snapshot.ts';
import { differenceOf } from '../../core/orchestrator/bundle.ts';
import { type PreflightOutcome, runPreflight } from '../../core/orchestrator/preflight.ts';
import type { PreflightRequest } from '../../core/orchestrator/run.ts';
import type { StageEvent, StageStatus } from '../../core/orchestrator/stage.ts';
import type { VerdictValue } from '../../core/orchestrator/verdict.ts';
import { nodeFileReader } from '../files/node-file-reader.ts';
import type { BackendChoice } from '../preflight/backend-choices.ts';
import { changeRequest } from '../preflight/change-request.ts';
import { BackendNotAvailable, type ChosenBackend, chooseBackend } from '../preflight/choose-backend.ts';
import { sealer } from '../preflight/seal.ts';
import { preflightServices } from '../preflight/services.ts';
import { sitePolicy } from '../site/policy.ts';
import { type ChangeOptions, changeOrigin } from './change-options.ts';
import { exitCodes } from './exit-codes.ts';
import { stateDiffLines } from './state-diff-text.ts';
import { heading, print, shown, style } from './terminal.ts';
import { UsageError } from './usage-error.ts';

export interface PreflightCommandOptions extends ChangeOptions {
  readonly json?: boolean;
  readonly evidence: string;
  readonly operator?: string;
  readonly policy?: string;
  readonly intent?: string;
  readonly failures?: FailureKind | 'none';
  readonly backend?: BackendChoice;
  readonly backendAddress?: string;
}

const EXIT_CODE: Readonly<Record<VerdictValue, number>> = {
  ship_ready: exitCodes.fine,
  needs_approval: exitCodes.needsApproval,
  blocked: exitCodes.blocked,
};

/** A symbol and a word each, so that nothing hangs on the colour. */
const STATUS: Readonly<Record<StageStatus, { readonly text: string; readonly colour: 'green' | 'red' | 'dim' }>> = {
  passed: { text: '✓ passed', colour: 'green' },
  failed: { text: '✗ failed', colour: 'red' },
  skipped: { text: '- skipped', colour: 'dim' },
  not_run: { text: '○ not run', colour: 'dim' },
};

const VERDICT: Readonly<Record<VerdictValue, { readonly text: string; readonly colour: 'green' | 'red' | 'yellow' }>> =
  {
    ship_ready: { text: '✓ READY TO SHIP (ship_ready)', colour: 'green' },
    needs_approval: { text: '! NEEDS APPROVAL (needs_approval)', colour: 'yellow' },
    blocked: { text: '✗ BLOCKED (blocked)', colour: 'red' },
  };

/** At most this many routes, sessions and findings are printed; the evidence holds all. */
const MOST_ROWS = 12;

/** Runs a preflight and prints it; the exit code says the verdict. */
export async function preflightCommand(lab: string, options: PreflightCommandOptions): Promise<number> {
  const parse = rememberingParser();
  const operator = options.operator ?? userInfo().username;
  const { title, ...prepared } = await changeRequest(lab, await changeOrigin(options), {
    reader: nodeFileReader,
    parse,
    operator,
    ...(options.intent !== undefined && { intent: options.intent }),
  });
  // A file that cannot be read as it was meant is unusable input here; the pipeline itself would fail the stage.
  usableDeclarations(prepared.change.after);
  const { failures = 'none' } = options;
  const request: PreflightRequest = { ...prepared, ...(failures !== 'none' && { failures }) };
  const { after } = request.change;
  const abort = new AbortController();
  const cancel = (): void => abort.abort(new UsageError('The preflight was cancelled; nothing was sealed.'));
  process.once('SIGINT', cancel).once('SIGTERM', cancel);
  try {
    const policy = await sitePolicy({
      folder: after.folder,
      ...(options.policy !== undefined && { file: options.policy }),
    });
    const seal = sealer({ evidenceFolder: options.evidence, workspaces: [after.folder, options.evidence], policy });
    const chosen = await chosenBackend(options, [request.change.before, after], abort.signal);
    const services = { ...preflightServices(after.name, parse, seal, chosen), policy };
    if (!options.json) {
      print(heading(`Preflight of ${after.name}${title === undefined ? '' : `: ${title}`}`));
      if (request.intent) print(`Intent: ${shown(request.intent)}`);
      const devices = request.change.devices.map(
        ({ node, hunks }) => `${node} (${hunks.length} ${hunks.length === 1 ? 'place' : 'places'})`,
      );
      print(
        `Changed: ${devices.length === 0 ? 'nothing' : devices.join(', ')}; compared with ${shown(request.baseline)}.`,
      );
      print(`Engine: ${services.backend.name} ${services.backend.version}. ${shown(services.choice ?? '')}\n`);
    }
    const outcome = await runPreflight(request, services, {
      signal: abort.signal,
      ...(!options.json && { onStage: printStage }),
    });
    if (options.json) print(JSON.stringify(outcomeJson(outcome)));
    else printOutcome(outcome);
    return EXIT_CODE[outcome.verdict.value];
  } finally {
    process.removeListener('SIGINT', cancel).removeListener('SIGTERM', cancel);
  }
}

/** A backend that cannot run here is unusable input when it was asked for by name. */
async function chosenBackend(
  { backend = 'simulator', backendAddress }: PreflightCommandOptions,
  snapshots: readonly Snapshot[],
  signal: AbortSignal,
): Promise<ChosenBackend> {
  try {
    // On the command line the workspace is where the command is given.
    const isHere = (folder: string): boolean => !relative(process.cwd(), resolve(folder)).startsWith('..');
    const workspaces = snapshots.map(({ folder }) => folder).filter(isHere);
    const address = backendAddress !== undefined && { address: backendAddress };
    return await chooseBackend({ choice: backend, ...address, workspaces, signal }, snapshots);
  } catch (error) {
    throw error instanceof BackendNotAvailable ? new UsageError(error.message) : error;
  }
}

/** What a stage is doing, on a line of its own that the next one replaces; for a person who watches, and for nobody else. */
function printProgress(text: string): void {
  if (process.stderr.isTTY)
    process.stderr.write(`\r\u001b[K${shown(text).slice(0, (process.stderr.columns ?? 80) - 1)}`);
}

function printStage(event: StageEvent): void {
  if (event.kind === 'progress') printProgress(event.text);
  if (event.kind !== 'ended') return;
  printProgress('');
  const { title, status, durationMs, summary } = event.record;
  const { text, colour } = STATUS[status];
  print(`${style(colour, text.padEnd(10))} ${title.padEnd(19)} ${`${durationMs} ms`.padStart(8)}  ${shown(summary)}`);
}

function printOutcome({ verdict, run, evidence, durationMs }: PreflightOutcome): void {
  const { text, colour } = VERDICT[verdict.value];
  print(`\nVerdict: ${style(['bold', colour], text)} after ${durationMs} ms`);
  for (const { message, place } of verdict.reasons)
    print(`  - ${shown(message)}${place ? `  ${shown(`${place.file}:${place.line + 1}`)}` : ''}`);

  if (run.diff) {
    print(`\n${heading('State difference')}`);
    for (const line of stateDiffLines(run.diff, MOST_ROWS)) print(line);
  }
  const fresh = (run.findings ?? []).filter(({ introduced }) => introduced);
  const older = (run.findings ?? []).length - fresh.length;
  if (fresh.length > 0 || older > 0)
    print(`\n${heading('Findings')} ${fresh.length} caused by the change, ${older} there before`);
  for (const { priority, file, span, message, rule } of fresh.slice(0, MOST_ROWS))
    print(`  ${priority}  ${shown(`${file}:${span.line + 1}`)}  ${shown(message)} (${rule})`);
  if (fresh.length > MOST_ROWS) print(`  and ${fresh.length - MOST_ROWS} more`);
  if (evidence) print(`\nEvidence: ${shown(evidence.folder)}`);
}

/** The outcome for machines: verdict, stages, difference, findings, and where the evidence lies. */
function outcomeJson({ runId, verdict, stages, run, evidence, durationMs }: PreflightOutcome) {
  return {
    runId,
    lab: run.request.change.after.name,
    verdict: {
      value: verdict.value,
      reasons: verdict.reasons.map(({ code, message, place }) => ({
        code,
        message,
        ...(place && { device: place.node, file: place.file, line: place.line + 1 }),
      })),
    },
    stages: stages.map(({ id, title, status, durationMs: took, summary }) => ({
      id,
      title,
      status,
      durationMs: took,
      summary,
    })),
    risk: run.risk
      ? {
          tier: run.risk.tier,
          rules: run.risk.rules.filter(({ applies }) => applies).map(({ id, inputs }) => ({ id, inputs })),
        }
      : null,
    authority: run.authority?.effective ?? null,
    stateDiff:
      run.diff && run.twin && run.after
        ? { counts: run.diff.counts, ...differenceOf(run.diff, run.twin.initial, run.after) }
        : null,
    findings: (run.findings ?? []).map(({ rule, priority, node, file, span, message, introduced }) => ({
      rule,
      priority,
      device: node,
      file,
      line: span.line + 1,
      message,
      introduced,
    })),
    evidence: evidence?.folder ?? null,
    durationMs,
  };
}
