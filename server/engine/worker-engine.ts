import { Worker } from 'node:worker_threads';
import type { StageEvent } from '../../core/orchestrator/stage.ts';
import { Cancelled, cancel, newCancelFlag } from './cancellation.ts';
import type {
  CheckOutcome,
  DeviceTables,
  Engine,
  InvariantOutcome,
  LabTask,
  PreflightOutcome,
  PreflightTask,
  StateDiffOutcome,
  TablesTask,
  TopologyOutcome,
} from './engine.ts';
import type { Answer, Method, Order } from './messages.ts';

/** The bundle stands beside this file's bundle; from the sources the thread runs the source. */
const WORKER_FILE = new URL(
  import.meta.url.endsWith('.ts') ? './engine-worker.ts' : './engine-worker.mjs',
  import.meta.url,
);

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly onStage?: (event: StageEvent) => void;
}

/** Runs the engine in a thread of its own. A thread that dies takes its orders with it; the next order gets a new one. */
export function workerEngine(log: (message: string) => void): Engine {
  let worker: Worker | undefined;
  let lastId = 0;
  const waiting = new Map<number, Waiting>();

  const failAll = (error: Error): void => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };

  const start = (): Worker => {
    const started = new Worker(WORKER_FILE, { name: 'aegis-engine' });
    // A server whose client is gone ends although the thread still waits for orders.
    started.unref();
    started.on('message', (answer: Answer) => {
      const order = waiting.get(answer.id);
      if (!order) return;
      if (answer.kind === 'stage') {
        order.onStage?.(answer.event);
        return;
      }
      waiting.delete(answer.id);
      if (answer.kind === 'result') order.resolve(answer.result);
      else if (answer.kind === 'cancelled') order.reject(new Cancelled());
      else {
        if (answer.stack) log(answer.stack);
        order.reject(new Error(answer.message));
      }
    });
    started.on('error', (error) => {
      log(error instanceof Error ? (error.stack ?? error.message) : String(error));
    });
    started.on('exit', (code) => {
      if (worker === started) worker = undefined;
      failAll(new Error(`The engine ended unexpectedly (code ${code}); try again, and look into the log.`));
    });
    return started;
  };

  const run = <T>(
    method: Method,
    task: LabTask | PreflightTask | TablesTask,
    signal: AbortSignal,
    onStage?: (event: StageEvent) => void,
  ): Promise<T> => {
    if (signal.aborted) return Promise.reject(new Cancelled());
    const flag = newCancelFlag();
    lastId += 1;
    const id = lastId;
    const onAbort = (): void => cancel(flag);
    signal.addEventListener('abort', onAbort, { once: true });
    const answer = new Promise<unknown>((resolve, reject) => {
      waiting.set(id, { resolve, reject, ...(onStage && { onStage }) });
    });
    worker ??= start();
    const order: Order = { id, method, task, flag };
    worker.postMessage(order);
    return answer.finally(() => signal.removeEventListener('abort', onAbort)) as Promise<T>;
  };

  return {
    check: (task, signal) => run<CheckOutcome>('check', task, signal),
    stateDiff: (task, signal) => run<StateDiffOutcome>('stateDiff', task, signal),
    topology: (task, signal) => run<TopologyOutcome>('topology', task, signal),
    invariants: (task, signal) => run<readonly InvariantOutcome[]>('invariants', task, signal),
    tables: (task, signal) => run<DeviceTables | undefined>('tables', task, signal),
    preflight: (task, signal, onStage) => run<PreflightOutcome>('preflight', task, signal, onStage),
    dispose: async () => {
      const ending = worker;
      worker = undefined;
      await ending?.terminate();
    },
  };
}
