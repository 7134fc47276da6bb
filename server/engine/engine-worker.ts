// The thread in which labs are computed, so that typing never waits for it.
import { parentPort } from 'node:worker_threads';
import { UnusableInput } from '../../core/network/load/unusable.ts';
import { gitBaseline } from '../files/git-baseline.ts';
import { nodeFileReader } from '../files/node-file-reader.ts';
import { Cancelled, signalOf } from './cancellation.ts';
import type { PreflightTask, TablesTask } from './engine.ts';
import { localEngine } from './local-engine.ts';
import type { Answer, Order } from './messages.ts';

const engine = localEngine({ reader: nodeFileReader, git: gitBaseline });
const say = (answer: Answer): void => parentPort?.postMessage(answer);

async function carryOut({ id, method, task, flag }: Order): Promise<void> {
  const signal = signalOf(flag);
  try {
    signal.throwIfAborted();
    const result =
      method === 'preflight'
        ? await engine.preflight(task as PreflightTask, signal, (event) => say({ id, kind: 'stage', event }))
        : method === 'tables'
          ? await engine.tables(task as TablesTask, signal)
          : await engine[method](task, signal);
    say({ id, kind: 'result', result });
  } catch (error) {
    if (error instanceof Cancelled || signal.aborted) say({ id, kind: 'cancelled' });
    else if (error instanceof UnusableInput) say({ id, kind: 'error', message: error.message });
    else if (error instanceof Error)
      say({ id, kind: 'error', message: error.message, ...(error.stack && { stack: error.stack }) });
    else say({ id, kind: 'error', message: String(error) });
  }
}

// One after the other: two computations at once would only make both slower.
let last: Promise<void> = Promise.resolve();
parentPort?.on('message', (order: Order) => {
  last = last.then(() => carryOut(order));
});
