/*
 * A twin behind an HTTP tool inside the perimeter. The tool runs the devices and reports their BGP sessions; it reports
 * no routes, so routes are the simulator's, and where the two disagree about a session the state says that its routes
 * cannot be relied on.
 */
import type { z } from 'zod/mini';
import { type AirGap, CLOSED, type Destination, decideAddress } from '../../airgap/address.ts';
import { diffStates } from '../../network/diff-states.ts';
import type { Snapshot } from '../../network/snapshot.ts';
import type { Caveat, NetworkState, Session, SessionChange, StateDiff } from '../../network/state.ts';
import { type Backend, type ConfigError, ConfigurationRefused, type RunOptions, type Twin } from '../backend.ts';
import { converge } from '../simulator.ts';
import { type SummaryRow, summaryRows } from './bgp-summary.ts';
import { analysis, applied, bgpHealth, destroyed, type LabBody, peerDiff, spawned } from './contract.ts';
import { CallFailed, postJson } from './socket.ts';

export interface HttpBackendOptions {
  /** `http://127.0.0.1:5757`, or a unix socket. */
  readonly address: string;
  readonly airGap?: AirGap;
  /** Milliseconds for one call. */
  readonly callLimit?: number;
  /** Milliseconds after which a twin whose sessions still change is given up as not converged. */
  readonly convergenceLimit?: number;
  /** Waits that long between two looks at the sessions, in milliseconds; injected so that tests need not wait. */
  readonly pause?: (milliseconds: number) => Promise<void>;
}

const CALL_LIMIT = 120_000;
const CONVERGENCE_LIMIT = 300_000;
const BETWEEN_LOOKS = 2_000;
const MOST_BYTES = 32 * 1024 * 1024;
const WORKERS = 8;
/** Sessions that stay as they are for so many looks have converged. */
const EQUAL_LOOKS = 3;

/** Thrown where the tool cannot be used at all; `message` says what to do. */
export class ToolUnusable extends Error {
  override readonly name = 'ToolUnusable';
}

interface RunningTwin {
  readonly twin: string;
  readonly site: string;
}

/** Makes the backend. Throws `ToolUnusable` when the air gap does not let the address pass: nothing is called then. */
export function httpBackend(options: HttpBackendOptions): Backend {
  const decision = decideAddress(options.address, options.airGap ?? CLOSED);
  if (!decision.allowed)
    throw new ToolUnusable(`The backend's address ${options.address} is refused: ${decision.reason}`);
  const { destination } = decision;
  const running = new Map<Twin, RunningTwin>();
  /** Peers that the tool's own comparison calls dropped, by the state that they were seen with. */
  const dropped = new WeakMap<NetworkState, readonly string[]>();
  const call = caller(destination, options.callLimit ?? CALL_LIMIT);
  const pause = options.pause ?? ((time) => new Promise((resolve) => setTimeout(resolve, time)));

  const sessionsOf = async (snapshot: Snapshot, { twin, site }: RunningTwin, run: RunOptions): Promise<Measured> => {
    const limit = options.convergenceLimit ?? CONVERGENCE_LIMIT;
    const most = Math.max(EQUAL_LOOKS + 1, Math.ceil(limit / BETWEEN_LOOKS));
    let equal = 0;
    let last = '';
    for (let look = 1; ; look += 1) {
      run.signal?.throwIfAborted();
      run.onProgress?.(`sessions, look ${look}`);
      const body = { task: 'bgp_health', site, workers: WORKERS, twin };
      const { results } = await call('/api/nornir/run', body, bgpHealth, run.signal);
      const rows = rowsByDevice(snapshot, results);
      const text = JSON.stringify([...rows].map(([node, list]) => [node, list.map((row) => ({ ...row }))]));
      equal = text === last ? equal + 1 : 1;
      last = text;
      if (equal >= EQUAL_LOOKS) return { rows, stable: true };
      if (look >= most) return { rows, stable: false };
      await pause(BETWEEN_LOOKS);
    }
  };

  const measure = async (snapshot: Snapshot, known: RunningTwin, run: RunOptions): Promise<NetworkState> => {
    const predicted = await converge(snapshot, { ...(run.signal && { signal: run.signal }) });
    return measuredState(predicted, await sessionsOf(snapshot, known, run));
  };

  return {
    name: 'http',
    version: '1',
    limits: [
      `The twin is run by a tool inside the perimeter (${options.address}); what it runs is not checked here.`,
      'The tool reports BGP sessions only. Routes and adjacencies of interior protocols are computed by the built-in simulator.',
      'Neighbours outside of the lab announce nothing: routes learned from them in production are missing.',
    ],
    staticCheck: async (snapshot, { signal }) => {
      const found = await call('/api/batfish/analyze', bodyOf(snapshot), analysis, signal);
      const errors = found.findings.filter(({ severity }) => /^(error|critical|fatal)$/i.test(severity));
      if (found.errors > errors.length)
        throw new ToolUnusable(
          `The tool counts ${found.errors} errors and names ${errors.length}; its analysis cannot be relied on.`,
        );
      return errors.map(({ message }): ConfigError => {
        const node = [...snapshot.nodes.keys()].find((name) => message.split(/[^A-Za-z0-9_.-]+/).includes(name));
        return {
          node: node ?? snapshot.name,
          file: snapshot.nodes.get(node ?? '')?.config.file ?? snapshot.folder,
          message: `The tool's analysis: ${message}`,
        };
      });
    },
    spawnTwin: async (snapshot, run) => {
      const { twin: id } = await call('/api/preflight/twin/spawn', bodyOf(snapshot), spawned, run.signal);
      const known = { twin: id, site: snapshot.name };
      try {
        const initial = await measure(snapshot, known, run);
        const twin: Twin = { id, initial, nodes: snapshot.nodes.size, links: snapshot.links.length };
        running.set(twin, known);
        return twin;
      } catch (error) {
        // Nobody will hear of this twin: it must not stay.
        await call('/api/preflight/twin/destroy', known, destroyed).catch(() => undefined);
        throw error;
      }
    },
    applyAndConverge: async (twin, snapshot, run) => {
      const known = running.get(twin);
      if (!known) throw new Error(`The twin ${twin.id} was torn down; spawn a new one.`);
      const answer = await call('/api/preflight/twin/apply', { ...known, ...bodyOf(snapshot) }, applied, run.signal);
      const refused = (answer.errors ?? []).map(({ hostname, line, message }): ConfigError => {
        const file = snapshot.nodes.get(hostname)?.config.file ?? snapshot.folder;
        return { node: hostname, file, message, ...(line !== undefined && { line: line - 1 }) };
      });
      if (refused.length > 0) throw new ConfigurationRefused(refused);
      if (!answer.applied) throw new ToolUnusable('The tool says that the change was not applied.');
      const state = await measure(snapshot, known, run);
      const { diffs } = await call('/api/pyats/diff', known, peerDiff, run.signal);
      dropped.set(
        state,
        diffs.filter(({ pre_up, post_up }) => pre_up && !post_up).map(({ name }) => name),
      );
      return state;
    },
    stateDiff: (before, after) => withDropped(diffStates(before, after), before, dropped.get(after) ?? []),
    teardownTwin: async (twin) => {
      const known = running.get(twin);
      if (!known) return;
      running.delete(twin);
      const { destroyed: gone } = await call('/api/preflight/twin/destroy', known, destroyed);
      if (!gone)
        throw new ToolUnusable(`The tool says that the twin ${twin.id} was not destroyed; look after it there.`);
    },
  };
}

type Caller = <T extends z.core.$ZodType>(
  path: string,
  body: unknown,
  answer: T,
  signal?: AbortSignal,
) => Promise<z.core.output<T>>;

function caller(destination: Destination, limit: number): Caller {
  return async (path, body, answer, signal) => {
    const value = await postJson(destination, path, body, { limit, mostBytes: MOST_BYTES, ...(signal && { signal }) });
    const parsed = (answer as unknown as z.ZodMiniType).safeParse(value);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new CallFailed(
        `${path}: the answer is not as agreed: ${issue?.path.join('.') || 'the whole'}: ${issue?.message ?? 'unknown'}.`,
      );
    }
    return parsed.data as z.core.output<typeof answer>;
  };
}

const bodyOf = (snapshot: Snapshot): LabBody => ({
  site: snapshot.name,
  configs: Object.fromEntries([...snapshot.nodes].map(([name, { config }]) => [name, config.text])),
  links: snapshot.links.map(({ a, b }) => ({ a: `${a.node}:${a.interface}`, b: `${b.node}:${b.interface}` })),
});

interface Measured {
  readonly rows: ReadonlyMap<string, readonly SummaryRow[]>;
  readonly stable: boolean;
}

/** The rows of every device of the lab. A device that did not answer, or whose command failed, is an error. */
function rowsByDevice(
  snapshot: Snapshot,
  results: readonly { readonly hostname: string; readonly status: string; readonly output: string }[],
): ReadonlyMap<string, readonly SummaryRow[]> {
  const answers = new Map(results.map((result) => [result.hostname, result]));
  const speakers = [...snapshot.nodes.values()].filter(({ config }) => config.device.bgp.length > 0);
  const rows = new Map<string, readonly SummaryRow[]>();
  for (const { name } of speakers) {
    const answer = answers.get(name);
    if (!answer) throw new ToolUnusable(`The tool gives no answer of ${name}: its sessions are not known.`);
    if (/^err/i.test(answer.status))
      throw new ToolUnusable(`The tool could not ask ${name} for its sessions: ${answer.output.slice(0, 200)}`);
    rows.set(name, summaryRows(answer.output));
  }
  return rows;
}

/** The prediction with the sessions as they were measured; every disagreement is said. */
function measuredState(predicted: NetworkState, { rows, stable }: Measured): NetworkState {
  const caveats: Caveat[] = [...predicted.caveats];
  const sessions = predicted.sessions.map((session): Session => {
    const { node, peer, span } = session;
    const row = rows.get(node)?.find((one) => one.peer === peer);
    const up = row?.established === true;
    if (up === (session.state === 'established')) return session;
    caveats.push({
      node,
      span,
      text: `the simulation has the session with ${peer} ${up ? 'down' : 'up'}, the tool ${row ? `shows ${up ? 'it up' : row.state}` : 'does not show it'}: routes that depend on it are not certain.`,
    });
    const { reason: _, ...rest } = session;
    if (up) return { ...rest, state: 'established' };
    const text = row ? `the tool shows ${row.state}` : 'the tool does not show the session';
    return { ...rest, state: 'down', reason: { code: 'not-established', text, spans: [{ node, span }] } };
  });
  return { ...predicted, sessions, caveats, converged: predicted.converged && stable };
}

/** A peer that the tool's own comparison calls dropped is lost, also where its rows do not show it. */
function withDropped(diff: StateDiff, before: NetworkState, names: readonly string[]): StateDiff {
  const lost = new Set(diff.sessions.filter(({ kind }) => kind === 'lost').map(({ node, peer }) => `${node} ${peer}`));
  const further = names.flatMap((name): readonly SessionChange[] => {
    const words = name.split(/[^A-Za-z0-9_.:-]+/);
    const session = before.sessions.find(
      ({ node, peer, state }) =>
        state === 'established' && words.includes(peer) && (words.includes(node) || words.length === 1),
    );
    if (!session)
      return diff.sessions.some(({ kind, peer }) => kind === 'lost' && words.includes(peer))
        ? []
        : [{ node: name, vrf: 'default', peer: name, kind: 'lost' }];
    if (lost.has(`${session.node} ${session.peer}`)) return [];
    const { node, vrf, peer } = session;
    const reason = {
      code: 'not-established' as const,
      text: "the tool's comparison says that the peer was dropped",
      spans: [],
    };
    return [{ node, vrf, peer, kind: 'lost', before: session, after: { ...session, state: 'down', reason } }];
  });
  if (further.length === 0) return diff;
  return {
    ...diff,
    sessions: [...diff.sessions, ...further],
    counts: { ...diff.counts, sessionsLost: diff.counts.sessionsLost + further.length },
  };
}
