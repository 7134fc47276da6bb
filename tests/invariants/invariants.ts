/** What must hold of every preflight, whatever the network and the change. */
import { randomBytes } from 'node:crypto';
import type { Backend, Twin } from '../../core/backends/backend.ts';
import { simulatorBackend } from '../../core/backends/simulator.ts';
import { parseConfig } from '../../core/config/parse.ts';
import type { UnsealedBundle } from '../../core/evidence/bundle.ts';
import { canonicalJson } from '../../core/evidence/canonical.ts';
import { readReportFonts } from '../../core/evidence/files.ts';
import { isProcess } from '../../core/evidence/fixtures/sample-ledger.ts';
import { testKey } from '../../core/evidence/fixtures/sample-run.ts';
import { Ledger } from '../../core/evidence/ledger-store.ts';
import { type ComposedPackage, composePackage } from '../../core/evidence/package/compose.ts';
import { SUMS_FILE } from '../../core/evidence/package/layout.ts';
import { verifyContents } from '../../core/evidence/package/verify.ts';
import { checkBundle } from '../../core/evidence/parse-bundle.ts';
import { allowedSignerLine } from '../../core/evidence/seal/allowed-signers.ts';
import { sha256Hex } from '../../core/evidence/seal/sha256sums.ts';
import { simulate } from '../../core/network/simulate.ts';
import { stateText } from '../../core/network/state-hash.ts';
import { type PreflightOutcome, runPreflight } from '../../core/orchestrator/preflight.ts';
import type { PackageInputs } from '../../core/orchestrator/run.ts';
import { decideGate } from '../../core/promote/gate.ts';
import { recomputed } from '../../core/promote/promote.ts';
import { egressMonitor } from '../../server/preflight/egress-monitor.ts';
import { plainReport } from './plain-report.ts';
import { caseOf, type RandomCase } from './random-case.ts';

export const sealKey = testKey(21);
export const allowedSigners = `${allowedSignerLine(sealKey.principal, 'preflight-evidence@v1', sealKey.algorithm, sealKey.publicKeyBlob)}\n`;

/** A ledger that several processes write at once. */
export const sharedLedger = (folder: string): Ledger =>
  new Ledger({
    folder,
    key: sealKey,
    trust: { allowedSigners },
    now: () => new Date().toISOString(),
    randomBytes: (length) => new Uint8Array(randomBytes(length)),
    process: { id: process.pid, host: 'invariants', isAlive: isProcess },
    patience: 120_000,
  });

/** What one preflight showed. */
export interface Observation {
  readonly seed: number;
  readonly kind: string;
  readonly verdict: string;
  readonly refused: boolean;
  /** What was the case, by facts that no verdict decides. */
  readonly facts: readonly string[];
  /** Invariants that did not hold; empty when all did. */
  readonly violations: readonly string[];
}

interface Watched {
  readonly backend: Backend;
  readonly alive: Set<Twin>;
  spawned: number;
}

function watched(): Watched {
  const real = simulatorBackend();
  const watch = { alive: new Set<Twin>(), spawned: 0 };
  const backend: Backend = {
    ...real,
    spawnTwin: async (snapshot, options) => {
      const twin = await real.spawnTwin(snapshot, options);
      watch.alive.add(twin);
      watch.spawned += 1;
      return twin;
    },
    teardownTwin: async (twin) => {
      await real.teardownTwin(twin);
      watch.alive.delete(twin);
    },
  };
  return Object.assign(watch, { backend });
}

interface Run {
  readonly outcome: PreflightOutcome;
  readonly watch: Watched;
  readonly unsealed: UnsealedBundle | undefined;
  readonly sealed: ComposedPackage | undefined;
}

const CREATED = '2026-01-31T09:30:00.000Z';
/** Every so many runs are sealed with the real report. */
const REAL_REPORT_EVERY = 250;

let fonts: Awaited<ReturnType<typeof readReportFonts>> | undefined;

async function run({ request, seed }: RandomCase, ledger: Ledger | null): Promise<Run> {
  const watch = watched();
  let unsealed: UnsealedBundle | undefined;
  let sealed: ComposedPackage | undefined;
  fonts ??= await readReportFonts();
  const seal = async (bundle: UnsealedBundle, inputs: PackageInputs) => {
    unsealed = bundle;
    if (!ledger) return { folder: 'nowhere', bundleSha256: '' };
    const render = seed % REAL_REPORT_EVERY === 0 ? {} : { render: plainReport };
    sealed = await composePackage(bundle, inputs, sealKey, fonts as NonNullable<typeof fonts>, render);
    const sums = sha256Hex(sealed.files.get(SUMS_FILE) ?? new Uint8Array());
    await ledger.append({
      type: 'run',
      actor: 'invariants',
      run: bundle.runId,
      digests: { bundle: sealed.bundleSha256, sums },
      nonces: [],
      note: `Preflight sealed with the verdict ${bundle.verdict.value}.`,
    });
    return { folder: 'nowhere', bundleSha256: sealed.bundleSha256 };
  };
  const outcome = await runPreflight(request, {
    backend: watch.backend,
    parse: parseConfig,
    clock: { now: () => CREATED, monotonic: () => 0 },
    runId: `run-${seed}`,
    tool: { name: 'aegis', version: '0.1.0' },
    egress: egressMonitor,
    seal,
  });
  return { outcome, watch, unsealed, sealed };
}

/** What is the case, read from what the twin and the guards showed and not from the verdict. */
function factsOf({
  run: { findings = [], rejected = [], diff, after, refusals = [], rollback, risk },
}: PreflightOutcome) {
  const lost = [...(diff?.sessions ?? []), ...(diff?.adjacencies ?? [])].some(({ kind }) => kind === 'lost');
  return {
    'static error': rejected.length > 0 || findings.some(({ priority, introduced }) => introduced && priority === 'P0'),
    'session lost': lost,
    'no stable state': after?.converged === false,
    'high risk': risk?.tier === 'high' || risk?.tier === 'critical',
    'rolled back': rollback !== undefined,
    refused: refusals.length > 0,
  };
}

interface Invariant {
  readonly name: string;
  readonly holds: (one: RandomCase, first: Run, second: Run) => boolean | Promise<boolean>;
}

export const invariants: readonly Invariant[] = [
  {
    name: '1 the schema holds',
    holds: (_one, { sealed }) => sealed !== undefined && checkBundle(sealed.bundle).ok,
  },
  {
    name: '2 digests and signature verify',
    holds: (_one, { sealed }) =>
      sealed !== undefined &&
      verifyContents({ files: sealed.files, problems: [] }, { allowedSigners, principal: null, now: 0 }).ok,
  },
  {
    name: '3 the same input gives the same bundle',
    holds: (_one, first, second) =>
      first.unsealed !== undefined &&
      canonicalJson(withoutFolder(first.unsealed)) === canonicalJson(withoutFolder(second.unsealed)),
  },
  {
    name: '4 a static error, a lost session or no stable state is never ready',
    holds: (_one, { outcome }) => {
      const facts = factsOf(outcome);
      const harmful = facts['static error'] || facts['session lost'] || facts['no stable state'];
      return !(harmful && outcome.verdict.value === 'ship_ready');
    },
  },
  {
    name: '5 no change of high risk passes the gate without a valid approval',
    holds: async (_one, { outcome, sealed }) => {
      if (!factsOf(outcome)['high risk'] || !sealed) return true;
      const contents = { files: sealed.files, problems: [] };
      const policy = generous(sealed.bundle.policy.sha256);
      const decision = decideGate({
        runId: sealed.bundle.runId,
        now: Date.parse(CREATED) + 1000,
        verification: verifyContents(contents, { allowedSigners, principal: null, now: 0 }),
        ledger: { ok: true, problems: [], records: [], head: null },
        recorded: true,
        policy,
        approvals: [],
        rejections: [],
        recomputed: await recomputed(sealed.bundle, contents, policy),
        live: false,
        drift: null,
      });
      return !decision.allowed && decision.answers.some(({ id, answer }) => id === 'G3-approvals' && answer === 'deny');
    },
  },
  {
    name: '6 no connection was opened, by measurement',
    holds: (_one, { sealed }) => sealed?.bundle.egress.status === 'measured' && sealed.bundle.egress.result === 'none',
  },
  { name: '7 no twin is left', holds: (_one, { watch }) => watch.alive.size === 0 },
  {
    name: '8 a refused change spent nothing',
    holds: ({ kind }, { outcome, watch, sealed }) => {
      const { refused } = factsOf(outcome);
      if (kind.refused === true && !refused) return false;
      if (!refused) return true;
      const nothing = sealed?.bundle.twin.status === 'not_run' && sealed.bundle.states.after === null;
      return watch.spawned === 0 && nothing === true && outcome.verdict.value === 'blocked';
    },
  },
  {
    name: '9 the rollback restores the state exactly, or the bundle says that it does not',
    holds: ({ before }, { outcome, sealed }) => {
      const { rollback } = outcome.run;
      const claim = sealed?.bundle.rollback;
      if (!rollback || !claim) return claim !== undefined && !claim.executed;
      const exact = stateText(rollback.state) === stateText(simulate(before));
      const residual = claim.residual;
      const claimed =
        residual !== null && residual.routes.length + residual.sessions.length + residual.adjacencies.length === 0;
      // A state that does not settle is no state that one could come back to; then nothing is ready.
      if (!rollback.state.converged) return outcome.verdict.value !== 'ship_ready';
      return claimed === exact;
    },
  },
];

/** The one value that names where the package lies. */
const withoutFolder = (bundle: UnsealedBundle | undefined): unknown => bundle ?? null;

/** The most that a policy could ever allow. */
const generous = (sha256: string | null) =>
  ({
    status: 'trusted',
    sha256: sha256 ?? '',
    signer: 'policy@site',
    policy: {
      policyVersion: 1,
      site: 'site',
      ceiling: 'AUTO',
      approvals: { required: { low: 0, medium: 0, high: 0, critical: 0 }, roles: [], approvers: [] },
      promotion: { live: true, maxAgeHours: 8760, targets: {} },
      perimeter: [],
      guards: { severities: {} },
    },
  }) as const;

/** Runs the case of a seed twice, once with everything sealed and recorded, and asks every invariant. */
export async function observe(seed: number, ledger: Ledger): Promise<Observation> {
  const one = caseOf(seed);
  const first = await run(one, ledger);
  const second = await run(caseOf(seed), null);
  const violations: string[] = [];
  for (const { name, holds } of invariants) if (!(await holds(one, first, second))) violations.push(name);
  const facts = factsOf(first.outcome);
  return {
    seed,
    kind: one.kind.id,
    verdict: first.outcome.verdict.value,
    refused: facts.refused,
    facts: Object.entries(facts).flatMap(([name, is]) => (is ? [name] : [])),
    violations,
  };
}
