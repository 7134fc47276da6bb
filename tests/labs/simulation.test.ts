// Every lab is simulated without a crash, and to the same bytes whatever the order in which its devices come.
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSnapshot } from '../../core/network/load/load-snapshot.ts';
import { rememberingParser } from '../../core/network/load/remembering-parser.ts';
import { simulate } from '../../core/network/simulate.ts';
import { toSimulateJson } from '../../core/network/simulate-json.ts';
import type { Snapshot } from '../../core/network/snapshot.ts';
import { nodeFileReader } from '../../server/files/node-file-reader.ts';
import { sharedFolder } from '../support/shared.ts';

const own = resolve(import.meta.dirname, '../../labs');
const realnets = sharedFolder('realnets');
const inFolder = (folder: string): string[] => readdirSync(folder).map((name) => join(folder, name));

/** The items in another order, the same one for the same seed. */
function shuffled<T>(items: Iterable<T>, seed: number): T[] {
  const list = [...items];
  let state = seed;
  for (let at = list.length - 1; at > 0; at -= 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    const other = (state >>> 8) % (at + 1);
    [list[at], list[other]] = [list[other] as T, list[at] as T];
  }
  return list;
}

const otherOrder = (snapshot: Snapshot, seed: number): Snapshot => ({
  ...snapshot,
  nodes: new Map(shuffled(snapshot.nodes, seed)),
  links: shuffled(snapshot.links, seed + 1).map((link, at) =>
    at % 2 === 0 ? link : { ...link, a: link.b, b: link.a },
  ),
});

const bytes = (snapshot: Snapshot): string => JSON.stringify(toSimulateJson(simulate(snapshot)));
const load = (lab: string) => loadSnapshot(lab, { reader: nodeFileReader, parse: rememberingParser() });

describe('the labs of the project', () => {
  it.each(readdirSync(own))('%s', async (name) => {
    const [once, again] = [await load(join(own, name)), await load(join(own, name))];
    const state = bytes(once);
    expect(state.length).toBeGreaterThan(1000);
    expect(bytes(again) === state, 'the same bytes twice').toBe(true);
    for (const seed of [7, 1971]) expect(bytes(otherOrder(again, seed)) === state, `order ${seed}`).toBe(true);
  });
});

describe.skipIf(realnets === null)('real networks (needs ../shared/realnets)', () => {
  const labs = realnets === null ? [] : inFolder(join(realnets, 'labs'));

  it.each(labs.map((lab) => [lab.slice(lab.lastIndexOf('/') + 1), lab] as const))('%s', async (_, lab) => {
    const snapshot = await load(lab);
    expect(bytes(otherOrder(snapshot, 42)) === bytes(snapshot)).toBe(true);
  });
});
