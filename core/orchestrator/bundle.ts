import type { ProbeResult } from '../backends/backend.ts';
import type { Citation } from '../compliance/judgement.ts';
import type {
  BundleFinding,
  BundleRoute,
  EvidenceBundle,
  NotRun,
  StateDifference,
  UnsealedBundle,
} from '../evidence/bundle.ts';
import { BUNDLE_VERSION } from '../evidence/bundle.ts';
import { canonicalJson } from '../evidence/canonical.ts';
import { describeChangedDevice } from '../evidence/changed-device.ts';
import { configPath, STATE_FILES } from '../evidence/package/layout.ts';
import { topologySvg } from '../evidence/picture/svg.ts';
import { sha256Hex } from '../evidence/seal/sha256sums.ts';
import { asLine, visibleText } from '../evidence/visible-text.ts';
import type { Finding } from '../guard/rule.ts';
import { ATTRIBUTION_METHOD } from '../network/attribution/index.ts';
import type { DeviceChange } from '../network/change.ts';
import type { Damage } from '../network/failures.ts';
import type { Loss } from '../network/losses.ts';
import { toSimulateJson } from '../network/simulate-json.ts';
import type { Snapshot, SnapshotNode } from '../network/snapshot.ts';
import type { NetworkState, Route, Session, StateDiff } from '../network/state.ts';
import { reachabilitySection } from './reachability-section.ts';
import type { PackageInputs, PreflightRequest, PreflightRun } from './run.ts';
import { ROLLBACK_METHOD } from './stages/rollback.ts';
import { topologyOf } from './topology-picture.ts';
import type { Verdict } from './verdict.ts';

/** The guard rules, risk rules and thresholds of this software, which a site's policy can only make stricter. */
const POLICY_VERSION = 'built-in 1';

const TOPOLOGY_FILE = 'topology.clab.yml';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const notRun = (reason: string): NotRun => ({ status: 'not_run', reason });

/** How it was looked for connections: in this process, and in the twin. */
const egressMethod = ({ services, egressOfTwin }: PreflightRun): string =>
  [services.egress?.method, egressOfTwin?.method].filter((one) => one !== undefined).join(' ');

/** The evidence of a run, and the files that it describes. Only what this run found out is in it. */
export function buildBundle(
  run: PreflightRun,
  verdict: Verdict,
): { readonly bundle: UnsealedBundle; readonly inputs: PackageInputs } {
  const { request, services } = run;
  const inputs = new Map<string, Uint8Array>();
  const put = (path: string, bytes: Uint8Array): string => {
    inputs.set(path, bytes);
    return sha256Hex(bytes);
  };
  const stateOf = (path: string, state: NetworkState | undefined): string | null =>
    state ? put(path, encode(canonicalJson(stateJson(state)))) : null;
  const topology = topologyOf({
    snapshot: request.change.after,
    configured: new Set(request.change.devices.map(({ node }) => node)),
    ...(run.after && { state: run.after }),
    ...(run.diff && { diff: run.diff }),
  });
  const bundle: UnsealedBundle = {
    bundleVersion: BUNDLE_VERSION,
    runId: services.runId,
    created: run.created,
    operator: asLine(request.operator),
    tool: services.tool,
    policy: policyOf(services.policy),
    change: changeOf(run, put),
    request: requestOf(request.record),
    model: notRun('No language model took part: the configuration was given.'),
    risk: run.risk
      ? {
          status: 'decided',
          tier: run.risk.tier,
          rules: run.risk.rules.map((rule) => ({ ...rule, inputs: rule.inputs.map((text) => asLine(text)) })),
        }
      : notRun('Without a state difference the risk cannot be decided.'),
    authority: run.authority
      ? {
          status: 'decided',
          ...run.authority,
          changeClasses: [...run.authority.changeClasses],
          reasons: run.authority.reasons.map((text) => asLine(text)),
        }
      : notRun('Without a risk tier the authority cannot be decided.'),
    twin: twinOf(run, put),
    stages: run.records.map((record) => ({
      ...record,
      summary: asLine(record.summary),
      details: record.details.map((text) => asLine(text)),
    })),
    findings: findingsOf(run),
    suppressions: suppressionsOf(run),
    stateDiff:
      run.diff && run.twin && run.after
        ? { status: 'measured', ...differenceOf(run.diff, run.twin.initial, run.after) }
        : notRun('There are not two states to compare.'),
    attribution: attributionOf(run),
    reachability: run.reachability ? reachabilitySection(run.reachability) : notRun(stageSummary(run, 'reachability')),
    failures: failuresOf(run),
    rollout: rolloutOf(run),
    probes: run.probes ? probesOf(run.probes) : notRun(stageOfProbes(run)),
    topology,
    rollback: rollbackOf(run),
    fidelity: fidelityOf(run),
    egress:
      run.egress && egressMethod(run) !== ''
        ? {
            status: 'measured',
            method: egressMethod(run),
            result: run.egress.length === 0 ? 'none' : 'observed',
            observed: run.egress.map((text) => asLine(text)),
          }
        : notRun('Connections of this process were not watched.'),
    invariants: invariantsOf(run),
    compliance: complianceOf(run),
    verdict: {
      value: verdict.value,
      reasons: verdict.reasons.map(({ code, message }) => ({ code, message: asLine(message) })),
    },
    states: {
      before: stateOf(STATE_FILES.before, run.twin?.initial),
      after: stateOf(STATE_FILES.after, run.after),
      rolledBack: stateOf(STATE_FILES.rolledBack, run.rollback?.state),
    },
    raw: [...companionsOf(run, put), ...pictureOf(topology, request.change.after.name, put)],
  };
  return { bundle, inputs };
}

function policyOf(policy: PreflightRun['services']['policy']): UnsealedBundle['policy'] {
  if (!policy || policy.status === 'absent') return { version: POLICY_VERSION, sha256: null };
  const version =
    policy.status === 'trusted'
      ? `${POLICY_VERSION}, and the policy of ${policy.policy.site}, signed by ${policy.signer}`
      : `${POLICY_VERSION}; the site's policy is not believed: ${policy.reason}`;
  return { version: asLine(version), sha256: policy.sha256 };
}

/** A path as evidence names it: within the lab, whatever the machine calls its folders. */
function pathInLab(path: string, { folder }: Snapshot): string {
  const prefix = `${folder.replace(/\/+$/, '')}/`;
  return asLine(path.startsWith(prefix) ? path.slice(prefix.length) : path);
}

/** Most lines of evidence that one row prints; the configurations in the package hold all of them. */
const MOST_CITATIONS = 24;

function citationLines(citations: readonly Citation[], lab: Snapshot): readonly string[] {
  const text = ({ device, file, line, text: words }: Citation): string => {
    if (file === null) return asLine(words);
    return asLine(`${device}, ${pathInLab(file, lab)}${line === null ? '' : `:${line}`}: ${words}`);
  };
  const shown = citations.slice(0, MOST_CITATIONS).map(text);
  const rest = citations.length - shown.length;
  return rest > 0 ? [...shown, `and ${rest} more places of this kind`] : shown;
}

function complianceOf({ compliance, request }: PreflightRun): UnsealedBundle['compliance'] {
  if (!compliance) return notRun('The stage that asks the controls did not run.');
  const lab = request.change.after;
  return {
    status: 'checked',
    devices: compliance.nodes,
    rows: compliance.rows.map(({ evidence, ...row }) => ({ ...row, evidence: citationLines(evidence, lab) })),
    worsened: compliance.worsened.map(({ node, title, evidence }) => ({
      device: node,
      title,
      evidence: citationLines(evidence, lab),
    })),
  };
}

type Put = (path: string, bytes: Uint8Array) => string;

function changeOf({ request }: PreflightRun, put: Put): UnsealedBundle['change'] {
  const { change, intent, baseline } = request;
  const changed = new Set(change.devices.map(({ node }) => node));
  const devices = change.devices.map(({ node, file, kind, beforeText, afterText }) => {
    const before = kind === 'added' ? null : encode(beforeText);
    const after = kind === 'removed' ? null : encode(afterText);
    if (before) put(configPath.before(node), before);
    if (after) put(configPath.after(node), after);
    const dialect = (change.after.nodes.get(node) ?? change.before.nodes.get(node))?.config.dialect ?? 'unknown';
    return describeChangedDevice({ name: node, path: pathInLab(file, change.after), dialect, before, after });
  });
  const unchanged = [...change.after.nodes.values()]
    .filter(({ name }) => !changed.has(name))
    .map(({ name, config }) => ({
      name,
      path: pathInLab(config.file, change.after),
      dialect: config.dialect,
      sha256: put(configPath.unchanged(name), encode(config.text)),
    }));
  return {
    intent: paragraphOf(intent ?? change.intent),
    source: change.source,
    baseline: asLine(baseline),
    devices,
    unchanged,
  };
}

const paragraphOf = (text: string | undefined): string | null => {
  const shown = (text ?? '').split(/\r?\n/).map(visibleText).join('\n').trim().slice(0, 20_000);
  return shown === '' ? null : shown;
};

/** What the site's change management says, where somebody gave it. */
function requestOf(record: PreflightRequest['record'] = {}): UnsealedBundle['request'] {
  const lineOf = (text: string | undefined): string | null => (text?.trim() ? asLine(text.trim()) : null);
  return {
    ticket: lineOf(record.ticket),
    reason: paragraphOf(record.reason),
    author: lineOf(record.author),
    window: record.window ?? null,
    expectedOutcome: paragraphOf(record.expectedOutcome),
    emergency: paragraphOf(record.emergency),
  };
}

const TOPOLOGY_PICTURE = 'topology.svg';

/** The picture of the lab, for a screen; the report draws the same one from the bundle. */
function pictureOf(topology: ReturnType<typeof topologyOf>, lab: string, put: Put): UnsealedBundle['raw'] {
  const sha256 = put(`raw/${TOPOLOGY_PICTURE}`, encode(topologySvg(topology, `The lab ${lab}`)));
  return [{ name: TOPOLOGY_PICTURE, sha256, description: 'The lab and what the change does to it, as a picture' }];
}

/** Files that stand beside a configuration (SONiC's config_db.json), as they were in the twin after the change. */
function companionsOf({ request }: PreflightRun, put: Put): UnsealedBundle['raw'] {
  const { after } = request.change;
  const outside = (after.outsideFiles ?? []).map(({ file, text }, index) => {
    const stored = `beside-outside-${index + 1}.txt`;
    return {
      name: stored,
      sha256: put(`raw/${stored}`, encode(text)),
      description: asLine(
        `${pathInLab(file, after)}, read together with the configuration of the lab: its neighbours outside`,
      ),
    };
  });
  const beside = [...request.change.after.nodes.values()].flatMap(({ name, config }) =>
    (config.companions ?? []).map(({ file, text }, index) => {
      const stored = `beside-${name}-${index + 1}.txt`;
      return {
        name: stored,
        sha256: put(`raw/${stored}`, encode(text)),
        description: asLine(
          `${pathInLab(file, request.change.after)}, read together with the configuration of ${name}`,
        ),
      };
    }),
  );
  return [...outside, ...beside];
}

const established = (sessions: readonly Session[]) => ({
  established: sessions.filter(({ state }) => state === 'established').length,
  total: sessions.length,
});

function twinOf({ request, services, twin, after, convergenceMs }: PreflightRun, put: Put): UnsealedBundle['twin'] {
  if (!twin) return notRun('No twin was spawned.');
  if (!after) return notRun('The twin was spawned, but the change was not applied.');
  const { after: lab } = request.change;
  const sha256 = lab.topologyText === undefined ? null : put(TOPOLOGY_FILE, encode(lab.topologyText));
  return {
    status: 'run',
    engine: {
      name: services.backend.name,
      version: services.backend.version,
      ...(services.choice !== undefined && { choice: asLine(services.choice) }),
      ...(twin.components && { components: [...twin.components] }),
    },
    ...(twin.overlay && { overlay: [...twin.overlay] }),
    ...(after.settled !== undefined && { settled: asLine(after.settled) }),
    topology: { name: asLine(lab.name), file: sha256 === null ? null : TOPOLOGY_FILE, sha256 },
    nodes: lab.nodes.size,
    links: lab.links.length,
    converged: after.converged,
    rounds: after.rounds,
    convergenceMs: convergenceMs ?? 0,
    sessions: { before: established(twin.initial.sessions), after: established(after.sessions) },
  };
}

/** Why no packets were sent: by a computation never, by daemons where the twin did not come to stand. */
const stageOfProbes = ({ services }: PreflightRun): string =>
  services.backend.probe
    ? 'The twin did not come to a state in which packets could be sent.'
    : `The ${services.backend.name} sends no packets.`;

/** Probes of the two states in pairs; null on a side where the pair was not probed. */
function probesOf({ before: first, after: second }: NonNullable<PreflightRun['probes']>): UnsealedBundle['probes'] {
  const [before, after] = [first.results, second?.results ?? []];
  const key = ({ source, target }: ProbeResult): string => `${source} ${target}`;
  const [old, now] = [before, after].map((list) => new Map(list.map((one) => [key(one), one])));
  const side = (one: ProbeResult | undefined) => (one ? { reached: one.reached, path: [...one.path] } : null);
  return {
    status: 'measured',
    method: asLine((second ?? first).method),
    probes: [...new Map([...before, ...after].map((one) => [key(one), one]))].map(
      ([pair, { from, source, to, target }]) => ({
        kind: 'traceroute',
        from: `${from} (${source})`,
        to: `${to} (${target})`,
        vrf: 'default',
        before: side(old?.get(pair)),
        after: side(now?.get(pair)),
      }),
    ),
  };
}

const SEVERITIES = { P0: 'error', P1: 'warning', P2: 'information' } as const;

const suppressionsOf = ({ findings = [], request }: PreflightRun): UnsealedBundle['suppressions'] =>
  findings.flatMap(({ rule, priority, node, file, span, message, introduced, setAside }) =>
    setAside
      ? [
          {
            ...{ rule, priority, device: node, file: pathInLab(file, request.change.after) },
            ...{ line: span.line + 1, comment: setAside.line + 1 },
            ...{ message: asLine(message), reason: asLine(setAside.reason) },
            origin: introduced ? 'introduced' : 'pre_existing',
          },
        ]
      : [],
  );

function findingsOf({ findings = [], rejected = [], request }: PreflightRun): readonly BundleFinding[] {
  const lab = request.change.after;
  const guard = findings
    .filter(({ setAside }) => !setAside)
    .map(
      ({ rule, priority, node, file, span, message, introduced }: Finding): BundleFinding => ({
        rule,
        priority,
        severity: SEVERITIES[priority],
        device: node,
        file: pathInLab(file, lab),
        lines: { from: span.line + 1, to: Math.max(span.line, span.endLine ?? span.line) + 1 },
        message: asLine(message),
        origin: introduced ? 'introduced' : 'pre_existing',
      }),
    );
  const lines = rejected.map(
    ({ node, file, line = 0, message }): BundleFinding => ({
      rule: 'rejected-line',
      priority: 'P0',
      severity: 'error',
      device: node,
      file: pathInLab(file, lab),
      lines: { from: line + 1, to: line + 1 },
      message: asLine(message),
      origin: 'introduced',
    }),
  );
  return [...lines, ...guard];
}

/** A difference of states as evidence holds it; attributes of BGP routes come from the best paths of the two states. */
export function differenceOf(diff: StateDiff, before: NetworkState, after: NetworkState): StateDifference {
  return {
    routes: diff.routes.map(({ node, vrf, prefix, kind, before: old, after: now }) => ({
      device: node,
      vrf: asLine(vrf),
      prefix,
      kind,
      before: old.map((route) => routeOf(route, before, node, vrf)),
      after: now.map((route) => routeOf(route, after, node, vrf)),
    })),
    sessions: diff.sessions.map(({ node, vrf, peer, kind, before: old, after: now }) => ({
      device: node,
      vrf: asLine(vrf),
      peer: asLine(peer),
      kind,
      before: old ? sessionOf(old) : null,
      after: now ? sessionOf(now) : null,
    })),
    adjacencies: diff.adjacencies.flatMap(({ kind, before: old, after: now }) => {
      const shown = now ?? old;
      return shown
        ? [
            {
              device: shown.node,
              vrf: asLine(shown.vrf),
              protocol: shown.protocol,
              interface: asLine(shown.interface),
              peer: shown.peerNode,
              kind,
            },
          ]
        : [];
    }),
  };
}

function routeOf(
  { prefix, protocol, ad, metric, nextHops }: Route,
  state: NetworkState,
  node: string,
  vrf: string,
): BundleRoute {
  const best = /bgp/.test(protocol)
    ? state.nodes
        .get(node)
        ?.get(vrf)
        ?.bgp?.find((path) => path.best && path.prefix === prefix)
    : undefined;
  return {
    protocol,
    distance: ad,
    metric,
    nextHops: nextHops.map(({ ip, interface: port, vrf: other, drop }) => ({
      ip,
      interface: port,
      vrf: other,
      drop: drop === true,
    })),
    ...(best && {
      bgp: {
        asPath: best.asPath.join(' '),
        localPreference: best.localPref,
        med: best.med,
        origin: best.origin,
        communities: best.communities,
        weight: best.weight,
      },
    }),
  };
}

const sessionOf = ({ type, localAs, remoteAs, state, reason }: Session) => ({
  type,
  localAs,
  remoteAs,
  state,
  reason:
    state === 'down' ? { code: reason?.code ?? 'unknown', text: asLine(reason?.text ?? 'No reason is known.') } : null,
});

function rollbackOf({ request, rollback, twin, records }: PreflightRun): EvidenceBundle['rollback'] {
  const plan = { method: ROLLBACK_METHOD, devices: request.change.devices.map(({ node }) => node) };
  if (rollback && twin)
    return {
      plan,
      executed: true,
      reason: null,
      residual: differenceOf(rollback.residual, twin.initial, rollback.state),
    };
  return {
    plan,
    executed: false,
    reason: asLine(records.find(({ id }) => id === 'rollback')?.summary ?? 'The stage did not run.'),
    residual: null,
  };
}

const stageSummary = ({ records }: PreflightRun, id: string): string =>
  asLine(records.find((record) => record.id === id)?.summary ?? 'The stage did not run.');

function attributionOf(run: PreflightRun): UnsealedBundle['attribution'] {
  if (!run.attribution) return notRun(stageSummary(run, 'attribution'));
  const { causes, unattributed, runs, exhausted } = run.attribution;
  const effectsOf = (effects: typeof unattributed) =>
    effects.map(({ node, vrf, what }) => ({ device: node, vrf, what: asLine(what) }));
  return {
    status: 'measured',
    method: ATTRIBUTION_METHOD,
    causes: causes.map(({ lines, rests, narrowed, effects }) => ({
      lines: lines.map(({ node, file, side, line, count }) => ({
        device: node,
        file: asLine(file),
        side,
        lines: { from: line + 1, to: line + Math.max(1, count) },
      })),
      rests,
      narrowed,
      effects: effectsOf(effects),
    })),
    unattributed: effectsOf(unattributed),
    runs,
    exhausted,
  };
}

function invariantsOf(run: PreflightRun): UnsealedBundle['invariants'] {
  if (!run.invariants) return notRun(stageSummary(run, 'invariants'));
  if (run.invariants.length === 0) return notRun('No invariants are declared for this lab.');
  return {
    status: 'checked',
    rows: run.invariants.map(({ declaration, before, after }) => ({
      id: declaration.id,
      statement: asLine(`${after.expected} ${after.actual}`),
      before: before.status,
      after: after.status,
    })),
  };
}

function rolloutOf(run: PreflightRun): UnsealedBundle['rollout'] {
  if (!run.rollout) return notRun(stageSummary(run, 'rollout'));
  const { steps, lossless, exhaustive, statesComputed } = run.rollout;
  return {
    status: 'checked',
    ...{ lossless, exhaustive, statesComputed },
    steps: steps.map(({ node, computed, lost, unstable, measured }) => ({
      ...{ device: node, computed, stable: !unstable },
      lost: lost.map(({ text }) => asLine(text)),
      measured: measured ? measured.map(({ text }) => asLine(text)) : null,
    })),
    executed: steps.every(({ measured }) => measured !== undefined),
  };
}

function failuresOf(run: PreflightRun): UnsealedBundle['failures'] {
  if (!run.failures) return notRun(stageSummary(run, 'failures'));
  const damage = ({ losses, converged }: Damage) => {
    const lost = (kind: Loss['kind']): number => losses.filter((loss) => loss.kind === kind).length;
    return {
      ...{ sessionsLost: lost('session'), adjacenciesLost: lost('adjacency'), routesLost: lost('route'), converged },
    };
  };
  return {
    status: 'checked',
    kind: run.failures.kind,
    scenarios: run.failures.outcomes.map(({ failure, engines, before, after, worse }) => ({
      fails: asLine(failure.name),
      engines,
      before: before ? damage(before) : null,
      after: damage(after),
      worse: worse.map((text) => asLine(text)),
    })),
  };
}

function fidelityOf({ request, services, after }: PreflightRun): UnsealedBundle['fidelity'] {
  const { change } = request;
  const changes = new Map(change.devices.map((device) => [device.node, device]));
  const touched = (device: DeviceChange | undefined, line: number): boolean =>
    device !== undefined &&
    (device.kind === 'added' ||
      device.hunks.some((hunk) => line >= hunk.after.line && line < hunk.after.line + hunk.after.count));
  const device = ({ name, config }: SnapshotNode) => {
    const { notModelled } = config.device;
    const isMain = (file: string | undefined): boolean => file === undefined || file === config.file;
    return {
      device: name,
      totalLines: config.tree.lines.length,
      notModelledLines: new Set(notModelled.map(({ span }) => `${span.file ?? ''}:${span.line}`)).size,
      notModelled: notModelled.map(({ span, text, mayAffectRouting }) => ({
        line: span.line + 1,
        text: `${isMain(span.file) ? '' : `${pathInLab(span.file ?? '', change.after)}: `}${text.replace(/\p{Surrogate}/gu, '\uFFFD')}`,
        mayAffectRouting,
        touched: isMain(span.file) && touched(changes.get(name), span.line),
      })),
    };
  };
  return {
    limits: [
      ...services.backend.limits,
      ...change.after.unmodelledNodes.map(({ name, kind, reason }) =>
        asLine(`The node ${name} (${kind}) is not in the twin: ${reason}.`),
      ),
      ...change.after.problems.map(({ message }) => asLine(message)),
      ...(after?.caveats ?? []).map(({ node, text }) => asLine(`${node}: ${text}`)),
    ],
    devices: [...change.after.nodes.values()].map(device),
  };
}

/** A state as the package keeps it: what `aegis simulate --json` prints, with the sessions and adjacencies. */
function stateJson(state: NetworkState) {
  return {
    ...toSimulateJson(state),
    sessions: state.sessions.map(({ node, vrf, peer, peerNode, families, ...session }) => ({
      node,
      vrf,
      peer,
      peerNode,
      families,
      ...sessionOf({ node, vrf, peer, peerNode, families, ...session }),
    })),
    adjacencies: state.adjacencies.map(
      ({ protocol, node, vrf, interface: port, peerNode, peerInterface, state: up }) => ({
        protocol,
        node,
        vrf,
        interface: port,
        peerNode,
        peerInterface,
        state: up,
      }),
    ),
    converged: state.converged,
    rounds: state.rounds,
  };
}
