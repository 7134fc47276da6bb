import type { DialectId } from '../../core/config/device/device.ts';
import { describePicture, topologySvg } from '../../core/evidence/picture/svg.ts';
import { attribute } from '../../core/network/attribution/index.ts';
import type { Change } from '../../core/network/change.ts';
import { diffStates } from '../../core/network/diff-states.ts';
import { Forwarding } from '../../core/network/forwarding/forwarding.ts';
import { IncrementalSimulator } from '../../core/network/incremental.ts';
import { evaluateAll } from '../../core/network/invariants/evaluate.ts';
import { usableDeclarations } from '../../core/network/invariants/read.ts';
import { Subject } from '../../core/network/invariants/subject.ts';
import { withBuffers } from '../../core/network/load/buffer-reader.ts';
import type { FileReader } from '../../core/network/load/file-reader.ts';
import { loadSnapshot } from '../../core/network/load/load-snapshot.ts';
import { rememberingParser } from '../../core/network/load/remembering-parser.ts';
import { simulate } from '../../core/network/simulate.ts';
import type { Snapshot } from '../../core/network/snapshot.ts';
import type { NetworkState, StateDiff } from '../../core/network/state.ts';
import { changeBetween } from '../../core/orchestrator/change.ts';
import { runPreflight } from '../../core/orchestrator/preflight.ts';
import type { PreflightRequest } from '../../core/orchestrator/run.ts';
import { stages } from '../../core/orchestrator/stages.ts';
import { topologyOf } from '../../core/orchestrator/topology-picture.ts';
import { type Verdict, verdictCodes } from '../../core/orchestrator/verdict.ts';
import { chooseBackend } from '../preflight/choose-backend.ts';
import { sealer } from '../preflight/seal.ts';
import { preflightServices } from '../preflight/services.ts';
import { sitePolicy } from '../site/policy.ts';
import { type GitBaseline, loadBaseline } from './baseline.ts';
import type { ChangedLines, DeviceDiff, Engine, EngineReason, LabTask, StateDiffOutcome } from './engine.ts';
import { fibText } from './fib-text.ts';
import { sessionSummaries } from './session-summaries.ts';
import { deviceText, labText, routeChangeText, routesText, sessionChangeText, sessionsText } from './state-text.ts';

export interface LocalEngineOptions {
  readonly reader: FileReader;
  readonly git: GitBaseline;
}

/** What takes time and only evidence needs. */
const NOT_ON_SAVE: ReadonlySet<string> = new Set(['attribution', 'rollout', 'failures', 'rollback', 'seal']);
const MOST_DETAILS = 40;
/** Runs without some of the lines, while somebody waits for the state diff. */
const MOST_RUNS = 32;

/** Lets a cancellation that came in meanwhile be seen. */
async function nextTurn(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  signal.throwIfAborted();
}

const NO_CHANGES: StateDiff['counts'] = {
  routesAdded: 0,
  routesRemoved: 0,
  routesChanged: 0,
  sessionsLost: 0,
  sessionsAdded: 0,
  devicesAffected: 0,
};

/** Computes in this thread. What was parsed once is kept, so that the next task parses only what is different. */
export function localEngine({ reader, git }: LocalEngineOptions): Engine {
  const parse = rememberingParser();
  const simulator = new IncrementalSimulator();
  /** For what the editor shows: a preflight computes all anew. */
  const stateOf = (snapshot: Snapshot, signal: AbortSignal): NetworkState =>
    simulator.simulate(snapshot, { signal }).state;

  const dialectsOf = (task: LabTask) => (file: string) => task.dialects.get(file) as DialectId | undefined;

  /** The lab as it is in the editor. */
  const labOf = (task: LabTask): Promise<Snapshot> =>
    loadSnapshot(task.lab, { reader: withBuffers(reader, task.buffers), parse, dialectOfFile: dialectsOf(task) });

  async function changeOf(task: LabTask, signal: AbortSignal): Promise<{ change: Change; baseline: string }> {
    const { lab, folder, revision, openedTexts } = task;
    const dialectOfFile = dialectsOf(task);
    const after = await labOf(task);
    const options = { lab, folder, revision, git, openedTexts, reader, parse, dialectOfFile, signal };
    const { snapshot: before, title } = await loadBaseline(options);
    signal.throwIfAborted();
    return { change: changeBetween(before, after, 'working_tree', ''), baseline: title };
  }

  return {
    check: async (task, signal) => {
      const { change, baseline } = await changeOf(task, signal);
      const request: PreflightRequest = { change, baseline, operator: '' };
      const policy = await sitePolicy({ folder: task.folder });
      const services = { ...preflightServices(change.after.name, parse), policy };
      const { verdict, run } = await runPreflight(request, services, {
        signal,
        stages: stages.filter(({ id }) => !NOT_ON_SAVE.has(id)),
      });
      return {
        lab: change.after.name,
        verdict: verdict.value,
        reasons: reasonsOf(verdict),
        counts: run.diff?.counts ?? NO_CHANGES,
        changes: changedLines(change),
        baseline,
      };
    },

    preflight: async (task, signal, onStage) => {
      const { change, baseline } = await changeOf(task, signal);
      const { intent, operator, evidenceFolder, workspaces, keyFolder, backend = 'simulator' } = task;
      const request: PreflightRequest = { change, baseline, operator, ...(intent !== undefined && { intent }) };
      const own = keyFolder !== undefined ? { configFolder: keyFolder } : {};
      const policy = await sitePolicy({ folder: task.folder, ...own });
      const seal = sealer({ evidenceFolder, workspaces, policy, ...own });
      const chosen = await chooseBackend({ choice: backend, workspaces, signal }, [change.before, change.after]);
      const services = { ...preflightServices(change.after.name, parse, seal, chosen), policy };
      const { verdict, run, runId, durationMs, evidence } = await runPreflight(request, services, { signal, onStage });
      return {
        lab: change.after.name,
        verdict: verdict.value,
        reasons: reasonsOf(verdict),
        counts: run.diff?.counts ?? NO_CHANGES,
        changes: changedLines(change),
        baseline,
        runId,
        durationMs,
        evidence: evidence?.folder,
      };
    },

    stateDiff: async (task, signal): Promise<StateDiffOutcome> => {
      const { change, baseline } = await changeOf(task, signal);
      const [before, after] = [stateOf(change.before, signal), stateOf(change.after, signal)];
      const diff = diffStates(before, after);
      const names = [...new Set([...before.nodes.keys(), ...after.nodes.keys()])].sort();
      const changed = new Set(change.devices.map(({ node }) => node));
      const devices = names.flatMap((node): DeviceDiff[] => {
        const counts = countsOf(diff, node);
        const file = (change.after.nodes.get(node) ?? change.before.nodes.get(node))?.config.file;
        const differs = changed.has(node) || Object.values(counts).some((count) => count > 0);
        if (!differs || file === undefined) return [];
        return [{ node, file, ...counts, before: deviceText(before, node), after: deviceText(after, node) }];
      });
      const found = await attribute(change, {
        ...{ before, after, parse, most: MOST_RUNS },
        compute: async (snapshot) => {
          await nextTurn(signal);
          return simulate(snapshot, { signal });
        },
      });
      return {
        lab: change.after.name,
        baseline,
        causes: found.causes.map(({ lines, rests, narrowed, effects }) => ({
          lines: lines.map(({ node, file, side, count, anchor }) => ({
            ...{ node, file, line: anchor, count: side === 'after' ? count : 0 },
          })),
          ...{ rests, narrowed, effects },
        })),
        unattributed: found.unattributed,
        counts: diff.counts,
        devices,
        before: labText(before, names),
        after: labText(after, names),
        changes: changedLines(change),
        sessions: sessionSummaries(after),
        details: [...diff.sessions.map(sessionChangeText), ...diff.routes.map(routeChangeText)].slice(0, MOST_DETAILS),
      };
    },

    topology: async (task, signal) => {
      const { change, baseline } = await changeOf(task, signal);
      const [before, after] = [stateOf(change.before, signal), stateOf(change.after, signal)];
      const topology = topologyOf({
        snapshot: change.after,
        configured: new Set(change.devices.map(({ node }) => node)),
        state: after,
        diff: diffStates(before, after),
      });
      const changed = new Map(
        changedLines(change)
          .toReversed()
          .map(({ node, line }) => [node, line]),
      );
      const { name } = change.after;
      return {
        ...{ lab: name, baseline, svg: topologySvg(topology, `The lab ${name}`) },
        description: describePicture(topology),
        devices: [...change.after.nodes.values()].map(({ name: node, config }) => ({
          ...{ node, file: config.file, line: changed.get(node) ?? 0 },
        })),
      };
    },

    tables: async (task, signal) => {
      const snapshot = await labOf(task);
      if (!snapshot.nodes.has(task.node)) return undefined;
      const state = stateOf(snapshot, signal);
      return {
        rib: routesText(state, task.node),
        fib: fibText(new Forwarding(snapshot, state), task.node),
        sessions: sessionsText(state, task.node),
      };
    },

    invariants: async (task, signal) => {
      const { lab, buffers } = task;
      const dialectOfFile = (file: string) => task.dialects.get(file) as DialectId | undefined;
      const snapshot = await loadSnapshot(lab, { reader: withBuffers(reader, buffers), parse, dialectOfFile });
      const declarations = usableDeclarations(snapshot);
      if (declarations.length === 0) return [];
      const subject = new Subject(snapshot, simulate(snapshot, { signal }), () => signal.throwIfAborted());
      return evaluateAll(subject, declarations).map(({ declaration, status, expected, actual, places }) => ({
        id: declaration.id,
        statement: declaration.description ?? expected,
        file: declaration.file,
        line: declaration.line,
        status,
        expected,
        actual,
        places: places.flatMap(({ text, node, span }) => {
          const file = span?.file ?? (node === undefined ? undefined : snapshot.nodes.get(node)?.config.file);
          return span && file !== undefined ? [{ text, file, line: span.line }] : [];
        }),
      }));
    },

    dispose: async () => undefined,
  };
}

function countsOf({ routes, sessions, adjacencies }: StateDiff, node: string) {
  const own = routes.filter((change) => change.node === node);
  const kinds = [
    ...sessions.filter((change) => change.node === node).map(({ kind }) => kind),
    ...adjacencies.filter(({ before, after }) => (after ?? before)?.node === node).map(({ kind }) => kind),
  ];
  return {
    routesAdded: own.filter(({ kind }) => kind === 'added').length,
    routesRemoved: own.filter(({ kind }) => kind === 'removed').length,
    routesChanged: own.filter(({ kind }) => kind === 'changed').length,
    sessionsLost: kinds.filter((kind) => kind === 'lost' || kind === 'removed').length,
    sessionsAdded: kinds.filter((kind) => kind === 'added' || kind === 'established').length,
  };
}

const BLOCKING: ReadonlySet<string> = new Set(
  verdictCodes.filter(({ value }) => value === 'blocked').map(({ code }) => code),
);

const reasonsOf = ({ reasons }: Verdict): readonly EngineReason[] =>
  reasons.map(({ code, message, place }) => ({
    code,
    text: message,
    blocks: BLOCKING.has(code),
    ...(place && { place: { file: place.file, line: place.line } }),
  }));

/** The changed stretches of the texts as they are now. */
const changedLines = ({ devices }: Change): readonly ChangedLines[] =>
  devices.flatMap(({ node, file, kind, hunks, afterText }): readonly ChangedLines[] =>
    kind === 'removed'
      ? []
      : kind === 'added'
        ? [{ node, file, line: 0, count: afterText.split('\n').length }]
        : hunks.map(({ after }) => ({ node, file, line: after.line, count: after.count })),
  );
