/**
 * From a package to the devices: the facts, the gate, the connector, and a signed record of whatever comes of it. Nothing
 * is pushed before the ledger holds that it begins and has used up the approvals.
 */
import { bindingOf } from '../evidence/approval.ts';
import type { EvidenceBundle } from '../evidence/bundle.ts';
import { canonicalBytes, canonicalJson } from '../evidence/canonical.ts';
import { configurationText } from '../evidence/changed-device.ts';
import type { LedgerEntry } from '../evidence/ledger/record.ts';
import { type LedgerVerification, verifyLedger } from '../evidence/ledger/verify-ledger.ts';
import { type Ledger, NonceUsedError } from '../evidence/ledger-store.ts';
import { configPath, isApprovalFile, STATE_FILES, SUMS_FILE } from '../evidence/package/layout.ts';
import { type PackageContents, type TrustInput, verifyContents } from '../evidence/package/verify.ts';
import { ceilingOf, type PolicyDecision } from '../evidence/policy.ts';
import { parseRevokedKeys } from '../evidence/seal/revoked-keys.ts';
import { sha256Hex } from '../evidence/seal/sha256sums.ts';
import { ascii, fingerprint } from '../evidence/seal/ssh-wire.ts';
import { unifiedDiff } from '../evidence/text-diff.ts';
import { type Recomputed, recompute } from '../risk/recompute.ts';
import type { Connector, DevicePush, PushResult } from './connector.ts';
import { decideGate, type GateDecision, type GateFacts } from './gate.ts';
import { judgeApprovals } from './judge-approvals.ts';
import type { PromotionRecord } from './record.ts';

export interface PromotionInput {
  readonly runId: string;
  readonly contents: PackageContents;
  readonly trust: TrustInput;
  /** Files of the ledger beside the package; null where there is none. */
  readonly ledger: { readonly ledger: Uint8Array; readonly checkpoint: string | null } | null;
  /** Heads of that ledger that were copied earlier. */
  readonly copiedHeads: readonly string[];
  readonly policy: PolicyDecision;
  readonly executor: string;
  /** Fingerprints of keys of this site that may not approve, beside the one that sealed. */
  readonly siteKeys: readonly string[];
}

export interface PromotionServices {
  readonly connector: Connector;
  readonly ledger: Pick<Ledger, 'append'>;
  /** Keeps a record, and gives nothing back: the ledger holds its digest. */
  readonly keep: (record: PromotionRecord) => Promise<void>;
  readonly now: () => string;
}

/** Decides, and carries out what was allowed. */
export async function promote(input: PromotionInput, services: PromotionServices): Promise<PromotionRecord> {
  const { connector, now } = services;
  const started = now();
  const facts = await gatherFacts(input, connector.live, Date.parse(started));
  const { bundle } = facts.verification;
  const pushes = bundle ? pushesOf(bundle, input.contents) : [];
  let decision = decideGate(facts);
  // A device is asked only when everything else already allows it; then the gate decides again, with the answer.
  if (connector.live && onlyDriftIsMissing(decision))
    decision = decideGate({ ...facts, drift: await connector.drift(pushes) });
  const finish = async (
    outcome: PromotionRecord['outcome'],
    devices: readonly PushResult[] = [],
    notReached: readonly string[] = [],
  ): Promise<PromotionRecord> => {
    const record: PromotionRecord = {
      recordVersion: 1,
      runId: input.runId,
      started,
      ended: now(),
      executor: input.executor,
      connector: connector.name,
      live: connector.live,
      outcome,
      decision,
      devices,
      notReached,
    };
    await services.keep(record);
    await services.ledger.append(entryOf(record, bundle, []));
    return record;
  };
  if (!decision.allowed || !bundle) return finish('denied');

  if (connector.live) {
    const nonces = facts.approvals.flatMap(({ approval, reasons }) =>
      approval && reasons.length === 0 ? [approval.nonce] : [],
    );
    try {
      await services.ledger.append({
        ...beginning(input, bundle, decision),
        nonces: nonces.sort(),
      });
    } catch (error) {
      if (!(error instanceof NonceUsedError)) throw error;
      // Somebody else used an approval between the look and the act.
      decision = denied(decision, error.message);
      return finish('denied');
    }
  }
  return carryOut(pushes, connector, finish);
}

async function carryOut(
  pushes: readonly DevicePush[],
  connector: Connector,
  finish: (
    outcome: PromotionRecord['outcome'],
    devices: readonly PushResult[],
    notReached: readonly string[],
  ) => Promise<PromotionRecord>,
): Promise<PromotionRecord> {
  const devices: PushResult[] = [];
  for (const [index, push] of pushes.entries()) {
    const result = await connector.push(push);
    devices.push(result);
    if (result.outcome === 'changed' || result.outcome === 'planned') continue;
    const changed = devices.some(({ outcome }) => outcome === 'changed' || outcome === 'unknown');
    return finish(
      changed ? 'partial' : 'failed',
      devices,
      pushes.slice(index + 1).map(({ device }) => device),
    );
  }
  return finish(connector.live ? 'complete' : 'planned', devices, []);
}

const onlyDriftIsMissing = ({ answers }: GateDecision): boolean =>
  answers.every(({ id, answer }) => answer === 'pass' || id === 'drift');

const denied = ({ answers }: GateDecision, reason: string): GateDecision => ({
  allowed: false,
  answers: answers.map((answer) =>
    answer.id === 'G3-approvals' ? { ...answer, answer: 'deny', reasons: [...answer.reasons, reason] } : answer,
  ),
});

const bundleDigest = (bundle: EvidenceBundle | null): Readonly<Record<string, string>> =>
  bundle ? { bundle: sha256Hex(canonicalBytes(bundle)) } : {};

function beginning(input: PromotionInput, bundle: EvidenceBundle, decision: GateDecision): LedgerEntry {
  return {
    type: 'promote',
    actor: input.executor,
    run: bundle.runId,
    digests: { ...bundleDigest(bundle), decision: sha256Hex(ascii(canonicalJson(decision))) },
    nonces: [],
    note: 'A live promotion begins; its approvals are used up.',
  };
}

function entryOf(record: PromotionRecord, bundle: EvidenceBundle | null, nonces: readonly string[]): LedgerEntry {
  const { outcome, decision, connector } = record;
  const against = decision.answers.filter(({ answer }) => answer === 'deny').map(({ id }) => id);
  return {
    type: outcome === 'denied' ? 'deny' : 'promote',
    actor: record.executor,
    run: record.runId,
    digests: { ...bundleDigest(bundle), record: sha256Hex(ascii(canonicalJson(record))) },
    nonces,
    note: outcome === 'denied' ? `The gate denied: ${against.join(', ')}.` : `Promotion by ${connector}: ${outcome}.`,
  };
}

/** Everything that the gate asks for, but for what runs on the devices. */
export async function gatherFacts(input: PromotionInput, live: boolean, now: number): Promise<GateFacts> {
  const { contents, policy } = input;
  const sealed = new Map([...contents.files].filter(([path]) => !isApprovalFile(path)));
  const verification = verifyContents({ ...contents, files: sealed }, { ...input.trust, now });
  const ledger =
    input.ledger && verifyLedger(input.ledger, { ...input.trust, now }, headsFor(input, verification.bundle));
  const { bundle } = verification;
  const base = { runId: input.runId, now, verification, ledger, policy, live, drift: null };
  if (!bundle)
    return {
      ...base,
      recorded: false,
      approvals: [],
      rejections: [],
      recomputed: { ok: false, reason: 'The package did not verify.' },
    };
  return {
    ...base,
    recorded: isRecorded(ledger, bundle, contents),
    approvals: policy.status === 'trusted' ? approvalsOf(input, bundle, ledger, verification.keyFingerprint, now) : [],
    rejections: (ledger?.records ?? [])
      .filter(
        ({ type, digests }) =>
          type === 'deny' && digests.approval !== undefined && digests.bundle === bundleDigest(bundle).bundle,
      )
      .map(({ actor }) => actor),
    recomputed: await recomputed(bundle, contents, policy),
  };
}

/** The head that the package itself holds was signed together with it: a ledger that does not contain it is another one. */
const headsFor = ({ copiedHeads }: PromotionInput, bundle: EvidenceBundle | null) => [
  ...copiedHeads,
  ...(bundle?.integrity.ledger ? [bundle.integrity.ledger] : []),
];

function isRecorded(ledger: LedgerVerification | null, bundle: EvidenceBundle, { files }: PackageContents): boolean {
  const sums = sha256Hex(files.get(SUMS_FILE) ?? new Uint8Array());
  return (ledger?.records ?? []).some(
    ({ type, run, digests }) =>
      type === 'run' && run === bundle.runId && digests.bundle === bundleDigest(bundle).bundle && digests.sums === sums,
  );
}

function approvalsOf(
  input: PromotionInput,
  bundle: EvidenceBundle,
  ledger: LedgerVerification | null,
  sealingKey: string | null,
  now: number,
) {
  const { policy, contents, executor, siteKeys, trust } = input;
  if (policy.status !== 'trusted') return [];
  const author = bundle.request.author ?? bundle.operator;
  return judgeApprovals({
    files: new Map([...contents.files].filter(([path]) => isApprovalFile(path))),
    policy: policy.policy,
    wanted: { ...bindingOf(bundle), policy: policy.sha256 },
    involved: [
      { as: 'the author', name: author },
      { as: 'the operator of the preflight', name: bundle.operator },
      { as: 'the one who promotes', name: executor },
    ],
    involvedKeys: [...siteKeys, ...(sealingKey === null ? [] : [sealingKey])],
    revokedKeys: parseRevokedKeys(trust.revokedKeys ?? '').map(fingerprint),
    usedNonces: new Set((ledger?.records ?? []).flatMap(({ nonces }) => nonces)),
    now,
  });
}

/** Tier and authority from the package's own bytes. */
export function recomputed(
  bundle: EvidenceBundle,
  { files }: PackageContents,
  policy: PolicyDecision,
): Promise<Recomputed> {
  const text = (path: string, present: string | null): string | null =>
    present === null ? null : configurationText(files.get(path) ?? new Uint8Array());
  const { change, twin } = bundle;
  if (twin.status !== 'run')
    return Promise.resolve({ ok: false, reason: 'The twin was not run, so nothing can be compared.' });
  const unchanged = change.unchanged.map(({ name, path, dialect, sha256 }) => {
    const same = text(configPath.unchanged(name), sha256);
    return { name, path, dialect, before: same, after: same };
  });
  const changed = change.devices.map(({ name, path, dialect, before, after }) => ({
    name,
    path,
    dialect,
    before: text(configPath.before(name), before),
    after: text(configPath.after(name), after),
  }));
  return recompute({
    topology: twin.topology.file === null ? null : text(twin.topology.file, twin.topology.sha256),
    files: [...changed, ...unchanged],
    companions: companionsOf(bundle, files),
    links: twin.links,
    lineDiff: unifiedDiff,
    ceiling: ceilingOf(policy),
  });
}

/** Files beside configurations, by the place that their description names. */
function companionsOf({ raw }: EvidenceBundle, files: ReadonlyMap<string, Uint8Array>): ReadonlyMap<string, string> {
  return new Map(
    raw.flatMap(({ name, description }) => {
      const path = /^(.+), read together with the configuration of /.exec(description)?.[1];
      const bytes = name.startsWith('beside-') ? files.get(`raw/${name}`) : undefined;
      return path !== undefined && bytes ? [[path, configurationText(bytes)] as const] : [];
    }),
  );
}

/** What is pushed, in the order that the preflight found to lose nothing, where it looked for one. */
function pushesOf(bundle: EvidenceBundle, { files }: PackageContents): readonly DevicePush[] {
  const { rollout, change } = bundle;
  const order = rollout.status === 'checked' ? rollout.steps.map(({ device }) => device) : [];
  const place = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);
  const sessions = sessionsOf(files);
  const text = (path: string): string => configurationText(files.get(path) ?? new Uint8Array());
  return [...change.devices]
    .sort((a, b) => place(a.name) - place(b.name))
    .map(({ name, dialect }) => ({
      device: name,
      system: dialect,
      before: text(configPath.before(name)),
      after: text(configPath.after(name)),
      expectedSessions: sessions.filter(({ node }) => node === name).map(({ peer }) => peer),
    }));
}

interface EstablishedSession {
  readonly node: string;
  readonly peer: string;
}

/** Established sessions of the twin after the change; the file's digest is in the verified bundle. */
function sessionsOf(files: ReadonlyMap<string, Uint8Array>): readonly EstablishedSession[] {
  const bytes = files.get(STATE_FILES.after);
  if (!bytes) return [];
  const { sessions = [] } = JSON.parse(new TextDecoder().decode(bytes)) as {
    readonly sessions?: readonly (EstablishedSession & { readonly state: string })[];
  };
  return sessions.filter(({ state }) => state === 'established').map(({ node, peer }) => ({ node, peer }));
}
