import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Cancelled, cancel, newCancelFlag, signalOf } from './cancellation.ts';
import type { Engine, LabTask } from './engine.ts';
import { workerEngine } from './worker-engine.ts';

const TOPOLOGY = `name: one
topology:
  nodes:
    r1: { kind: linux, image: "frrouting/frr:10", startup-config: r1.cfg }
`;

describe('a cancellation', () => {
  test('is seen by a computation that never gives way', () => {
    const flag = newCancelFlag();
    const signal = signalOf(flag);
    expect(signal.aborted).toBe(false);
    signal.throwIfAborted();
    cancel(flag);
    expect(signal.aborted).toBe(true);
    expect(() => signal.throwIfAborted()).toThrow(Cancelled);
    expect(signal.reason).toBeInstanceOf(Cancelled);
  });
});

describe('the engine in its own thread', () => {
  let folder: string;
  let engine: Engine;
  const logged: string[] = [];
  const task = (texts: Readonly<Record<string, string>> = {}, revision = 'HEAD'): LabTask => ({
    lab: join(folder, 'lab.clab.yml'),
    folder,
    buffers: new Map(Object.entries(texts).map(([name, text]) => [join(folder, name), text])),
    openedTexts: new Map(),
    revision,
    dialects: new Map(),
  });
  const signal = (): AbortSignal => new AbortController().signal;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'aegis-engine-'));
    writeFileSync(join(folder, 'lab.clab.yml'), TOPOLOGY);
    writeFileSync(join(folder, 'r1.cfg'), 'hostname r1\n');
    engine = workerEngine((message) => logged.push(message));
  });
  afterAll(async () => {
    await engine.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  test('computes with unsaved texts, and says what it compared with', async () => {
    const diff = await engine.stateDiff(task({ 'r1.cfg': 'hostname r1\nip route 198.51.100.0/24 Null0\n' }), signal());
    expect(diff).toMatchObject({ lab: 'one', counts: { routesAdded: 1, routesRemoved: 0 } });
    expect(diff.baseline).toContain('first opened');
    expect(diff.changes).toEqual([{ node: 'r1', file: join(folder, 'r1.cfg'), line: 1, count: 1 }]);
  });

  test('rejects a lab that is not usable with its sentence', async () => {
    await expect(engine.check({ ...task(), lab: join(folder, 'none.clab.yml') }, signal())).rejects.toThrow(
      'There is no such lab',
    );
  });

  test('rejects a revision that was named and is not there, and compares with nothing else', async () => {
    await expect(engine.check(task({}, 'v1.0'), signal())).rejects.toThrow(/git/);
  });

  test('is cancelled before and while it computes, and goes on with the next task', async () => {
    const aborted = new AbortController();
    aborted.abort();
    await expect(engine.check(task(), aborted.signal)).rejects.toThrow(Cancelled);
    const controller = new AbortController();
    const waiting = engine.check(task({ 'r1.cfg': 'hostname r9\n' }), controller.signal);
    controller.abort();
    await expect(waiting).rejects.toThrow(Cancelled);
    expect((await engine.check(task(), signal())).lab).toBe('one');
  });

  test('a thread that ended is replaced by the next task', async () => {
    const waiting = engine.check(task(), signal());
    const gone = expect(waiting).rejects.toThrow('The engine ended unexpectedly');
    await engine.dispose();
    await gone;
    expect((await engine.check(task(), signal())).verdict).toBe('needs_approval');
    expect(logged).toEqual([]);
  });
});
