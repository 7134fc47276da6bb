/**
 * The evidence bundle: everything that one preflight did and found, as plain data.
 *
 * One definition serves as type and as schema. Every object is strict (an unknown key is refused), every number is an
 * integer, and a part that did not run says `not_run` with its reason instead of holding an invented value.
 * The bundle never holds its own hash: SHA256SUMS and its signature, beside it in the package, do that.
 */
import * as z from 'zod/mini';
import {
  count,
  fileName,
  type Immutable,
  identifier,
  line,
  lineNumber,
  milliseconds,
  notRun,
  paragraph,
  rawText,
  sha256,
  utc,
} from './primitives.ts';
import { attribution } from './sections/attribution.ts';
import { compliance } from './sections/compliance.ts';
import { failures } from './sections/failures.ts';
import { model } from './sections/model.ts';
import { probes } from './sections/probes.ts';
import { reachability } from './sections/reachability.ts';
import { request } from './sections/request.ts';
import { rollout } from './sections/rollout.ts';
import { suppressions } from './sections/suppressions.ts';
import { topology } from './sections/topology.ts';

/** Version of the bundle's form. A reader refuses every version that it does not know. */
export const BUNDLE_VERSION = 1;

/** The SSHSIG namespace: a signature made for anything else never counts as a seal. */
export const SEAL_NAMESPACE = 'preflight-evidence@v1';

/** One device of the change. `before` is null for a device that the change adds, `after` for one that it removes. */
const changedDevice = z.strictObject({
  /** The device's name in the lab; its configurations lie at configs/before/<name>.cfg and configs/after/<name>.cfg. */
  name: fileName,
  /** Where the configuration lay, relative to the lab or the repository. */
  path: line,
  /** Name of the dialect by which it was read: `frr`, `eos`, `ios` ... */
  dialect: identifier,
  /** SHA-256 of the configuration's bytes. */
  before: z.nullable(sha256),
  after: z.nullable(sha256),
  /** Unified diff, made by `unifiedDiff` of this folder, so that a verifier can apply it again. */
  diff: rawText,
  /** Line numbers in the configuration before the change. */
  removedLines: z.array(lineNumber),
  /** Line numbers in the configuration after the change. */
  addedLines: z.array(lineNumber),
});

/** A device that was in the twin with an unchanged configuration: configs/unchanged/<name>.cfg. */
const unchangedDevice = z.strictObject({ name: fileName, path: line, dialect: identifier, sha256 });

const change = z.strictObject({
  /** Why the change is made, in the words of the person who asked for it; null when nobody said. */
  intent: z.nullable(paragraph),
  source: z.enum(['working_tree', 'config_import', 'folder_overlay', 'pasted', 'nl_intent']),
  /** What the change is compared with: a git revision, a folder, the lab as it stands. */
  baseline: line,
  devices: z.array(changedDevice),
  unchanged: z.array(unchangedDevice),
});

const TIERS = ['low', 'medium', 'high', 'critical'] as const;
/** From the least to the most restrictive: ships by itself, a human watches, a human approves first, never. */
const AUTHORITY = ['AUTO', 'HOTL', 'HITL', 'BLOCK'] as const;

const risk = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('decided'),
    tier: z.enum(TIERS),
    /** Every rule that was asked, those that did not apply too. The tier is the highest tier of those that applied. */
    rules: z.array(
      z.strictObject({ id: identifier, title: line, tier: z.enum(TIERS), applies: z.boolean(), inputs: z.array(line) }),
    ),
  }),
  notRun,
]);

const authority = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('decided'),
    changeClasses: z.array(z.enum(['asn', 'rd_rt', 'spine', 'underlay'])),
    /** What this change asks for. */
    required: z.enum(AUTHORITY),
    /** The least restrictive level that the site's signed policy allows; null without a policy. */
    ceiling: z.nullable(z.enum(AUTHORITY)),
    /** The more restrictive of the two. */
    effective: z.enum(AUTHORITY),
    reasons: z.array(line),
  }),
  notRun,
]);

const sessionCount = z.strictObject({ established: count, total: count });

/** The topology's name in the package: `topology.clab.yml`, `topology.layer1.json`. */
const topologyFile = z.string().check(z.regex(/^topology(\.[a-z0-9]+){1,3}$/));

const twin = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('run'),
    /** `simulator`, `frr`, `containerlab` ... and its version. */
    engine: z.strictObject({
      name: identifier,
      version: line,
      /** Why this engine: what was asked for, or what was there. */
      choice: z.optional(line),
      /** Programs that it runs on, with their versions. */
      components: z.optional(z.array(z.strictObject({ name: line, version: line }))),
    }),
    /** What the twin adds to the configurations so that it settles sooner, one sentence each. */
    overlay: z.optional(z.array(line)),
    /** How it was seen that nothing moves any more, where that is not a fixpoint of rounds. */
    settled: z.optional(line),
    /** `file` is the topology's name in this package, null when the topology was not given by a file. */
    topology: z.strictObject({ name: line, file: z.nullable(topologyFile), sha256: z.nullable(sha256) }),
    nodes: count,
    links: count,
    converged: z.boolean(),
    /** Rounds until nothing changed any more, after the change was applied; null where the engine has no rounds. */
    rounds: z.nullable(count),
    convergenceMs: milliseconds,
    sessions: z.strictObject({ before: sessionCount, after: sessionCount }),
  }),
  notRun,
]);

const stage = z.strictObject({
  id: identifier,
  title: line,
  status: z.enum(['passed', 'failed', 'skipped', 'not_run']),
  startedAt: z.optional(utc),
  durationMs: milliseconds,
  summary: line,
  details: z.array(line),
});

const finding = z.strictObject({
  rule: identifier,
  priority: z.enum(['P0', 'P1', 'P2']),
  severity: z.enum(['error', 'warning', 'information']),
  device: line,
  /** The file, and its lines counted from 1, both ends included. A `pre_existing` finding points into the file too. */
  file: line,
  lines: z.strictObject({ from: lineNumber, to: lineNumber }),
  message: line,
  origin: z.enum(['introduced', 'pre_existing']),
});

const nextHop = z.strictObject({
  ip: z.nullable(line),
  interface: z.nullable(line),
  vrf: z.nullable(line),
  /** The packet is dropped here: a discard or null route. */
  drop: z.boolean(),
});

const route = z.strictObject({
  /** `connected`, `local`, `static`, `ebgp`, `ibgp`, `ospf` ... */
  protocol: identifier,
  distance: count,
  metric: count,
  nextHops: z.array(nextHop),
  /** Attributes of the best BGP path, where the route is one of BGP. */
  bgp: z.optional(
    z.strictObject({
      /** As a router shows it: `65001 65002 {65010 65011}`; empty for a route of this AS. */
      asPath: rawText,
      localPreference: count,
      med: count,
      origin: z.enum(['igp', 'egp', 'incomplete']),
      communities: z.array(line),
      weight: count,
    }),
  ),
});

const session = z.strictObject({
  type: z.enum(['ebgp', 'ibgp']),
  localAs: z.nullable(count),
  remoteAs: z.nullable(count),
  state: z.enum(['established', 'down']),
  /** Why the session is down: a stable code and a sentence. Null when it is established. */
  reason: z.nullable(z.strictObject({ code: identifier, text: line })),
});

/** What differs between two states of the twin. Lists are sorted: device, VRF, prefix or peer. */
const difference = z.strictObject({
  /** One entry per prefix; a prefix may have several active routes. `before` is empty when added, `after` when removed. */
  routes: z.array(
    z.strictObject({
      device: line,
      vrf: line,
      prefix: line,
      kind: z.enum(['added', 'removed', 'changed']),
      before: z.array(route),
      after: z.array(route),
    }),
  ),
  sessions: z.array(
    z.strictObject({
      device: line,
      vrf: line,
      /** The neighbour as configured: an address or an interface. */
      peer: line,
      /** `lost` was established and is down now; `removed` is no longer configured; `established` was down before. */
      kind: z.enum(['added', 'removed', 'lost', 'established', 'changed']),
      before: z.nullable(session),
      after: z.nullable(session),
    }),
  ),
  /** Adjacencies of interior protocols. */
  adjacencies: z.array(
    z.strictObject({
      device: line,
      vrf: line,
      protocol: identifier,
      interface: line,
      peer: line,
      kind: z.enum(['added', 'removed', 'lost', 'established']),
    }),
  ),
});

const stateDiff = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('measured'), ...difference.shape }),
  notRun,
]);

const rollback = z.strictObject({
  /** How the state before is restored. */
  plan: z.strictObject({ method: line, devices: z.array(line) }),
  /** True only when the plan was carried out in the twin and the state compared with the state before the change. */
  executed: z.boolean(),
  /** Why it was not executed; null when it was. */
  reason: z.nullable(line),
  /** What still differs from the state before the change once the rollback was done; null when it was not executed. */
  residual: z.nullable(difference),
});

const fidelity = z.strictObject({
  /** How the twin differs from production, one sentence each. */
  limits: z.array(line),
  devices: z.array(
    z.strictObject({
      device: line,
      /** Lines of the configuration after the change, and how many of them the model does not understand. */
      totalLines: count,
      notModelledLines: count,
      /**
       * The lines that are not modelled. `mayAffectRouting` is false only where the dialect knows that the command cannot
       * change routes, sessions or forwarding; `touched` marks the lines that the change adds or alters.
       */
      notModelled: z.array(
        z.strictObject({ line: lineNumber, text: rawText, mayAffectRouting: z.boolean(), touched: z.boolean() }),
      ),
    }),
  ),
});

const egress = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('measured'),
    /** How it was measured. */
    method: line,
    result: z.enum(['none', 'observed']),
    /** The addresses called, when there were any. */
    observed: z.array(line),
  }),
  notRun,
]);

const invariants = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('checked'),
    rows: z.array(
      z.strictObject({
        id: identifier,
        statement: line,
        before: z.enum(['held', 'broken', 'not_tested']),
        after: z.enum(['held', 'broken', 'not_tested']),
      }),
    ),
  }),
  notRun,
]);

const verdict = z.strictObject({
  value: z.enum(['ship_ready', 'needs_approval', 'blocked']),
  /** Why; at least one reason, also when the change is ready. */
  reasons: z.array(z.strictObject({ code: identifier, message: line })).check(z.minLength(1)),
});

/** The head of a ledger (C2SP tlog-checkpoint): whose it is, how many records it has, and the root of their tree. */
export const ledgerHead = z.strictObject({
  origin: line,
  size: count,
  /** SHA-256 of the Merkle tree over the records (RFC 6962), in hexadecimal. */
  root: sha256,
});

export const bundleSchema = z.strictObject({
  bundleVersion: z.literal(BUNDLE_VERSION),
  /** Also the name of the package's folder. */
  runId: fileName,
  created: utc,
  /** Who started the run, as the system knows them. An operator is not an approver. */
  operator: line,
  tool: z.strictObject({ name: line, version: line }),
  /** The guard rules and thresholds in force: a version, and the digest of the site's policy file when there is one. */
  policy: z.strictObject({ version: line, sha256: z.nullable(sha256) }),
  change,
  request,
  model,
  risk,
  authority,
  twin,
  stages: z.array(stage).check(z.minLength(1)),
  findings: z.array(finding),
  suppressions,
  stateDiff,
  attribution,
  reachability,
  failures,
  rollout,
  probes,
  topology,
  rollback,
  fidelity,
  egress,
  invariants,
  compliance,
  verdict,
  /** SHA-256 of raw/state-before.json, raw/state-after.json and raw/state-rolled-back.json; null where there is none. */
  states: z.strictObject({ before: z.nullable(sha256), after: z.nullable(sha256), rolledBack: z.nullable(sha256) }),
  /** Further raw outputs in the package's raw/ folder. */
  raw: z.array(z.strictObject({ name: fileName, sha256, description: line })),
  /**
   * Who seals this run. It names the key that must have signed SHA256SUMS; it is a claim that verification checks, and
   * never the reason to trust that key: the reader's own allowed_signers file is.
   */
  integrity: z.strictObject({
    namespace: z.literal(SEAL_NAMESPACE),
    principal: line,
    /** As `ssh-keygen -l` prints it: `SHA256:` and unpadded base64. */
    keyFingerprint: z.string().check(z.regex(/^SHA256:[A-Za-z0-9+/]{43}$/)),
    /**
     * The signed head of the site's ledger as it was when this run was sealed, so that a ledger cut short later does not
     * fit the evidence that is out. Absent where no ledger is kept.
     */
    ledger: z.optional(ledgerHead),
  }),
});

export type EvidenceBundle = Immutable<z.infer<typeof bundleSchema>>;
/** A bundle as the pipeline hands it over: sealing adds who seals. */
export type UnsealedBundle = Omit<EvidenceBundle, 'integrity'>;
export type LedgerHead = Immutable<z.infer<typeof ledgerHead>>;
export type ChangedDevice = EvidenceBundle['change']['devices'][number];
export type BundleStage = EvidenceBundle['stages'][number];
export type BundleFinding = EvidenceBundle['findings'][number];
export type BundleRoute = Immutable<z.infer<typeof route>>;
export type RouteDifference = StateDifference['routes'][number];
export type SessionDifference = StateDifference['sessions'][number];
/** Differences between two states, without a status. */
export type StateDifference = Immutable<z.infer<typeof difference>>;
export type BundleVerdict = EvidenceBundle['verdict']['value'];
export type NotRun = Immutable<z.infer<typeof notRun>>;
