/**
 * Tier and authority from the bytes of configurations alone, for a reader who believes nothing that was recorded: the lab
 * is loaded anew, simulated before and after, and judged by the same rules as at the preflight.
 */
import type { DialectId } from '../config/device/device.ts';
import type { Change, DeviceChange } from '../network/change.ts';
import { diffStates } from '../network/diff-states.ts';
import { hunksOf } from '../network/hunks.ts';
import type { FileReader } from '../network/load/file-reader.ts';
import { loadSnapshot } from '../network/load/load-snapshot.ts';
import { UnusableInput } from '../network/load/unusable.ts';
import { simulate } from '../network/simulate.ts';
import { type AuthorityDecision, type Ceiling, decideAuthority } from './authority.ts';
import { decideRisk, type Risk } from './tier.ts';

/** A configuration on both sides of the change; null where the device is not there. */
export interface LabFile {
  readonly name: string;
  /** Path in the lab, as its topology names it. */
  readonly path: string;
  readonly dialect: string;
  readonly before: string | null;
  readonly after: string | null;
}

export interface RecomputeInput {
  /** Text of the containerlab topology; null for a folder of configurations. */
  readonly topology: string | null;
  readonly files: readonly LabFile[];
  /** Files that stand beside configurations, the same before and after. */
  readonly companions: ReadonlyMap<string, string>;
  /** How many links the lab is said to have. A lab that is loaded with others is not the one that was tested. */
  readonly links: number;
  readonly lineDiff: (
    before: string,
    after: string,
    name: string,
  ) => { readonly removedLines: readonly number[]; readonly addedLines: readonly number[] };
  readonly ceiling: Ceiling | null;
}

export type Recomputed =
  | { readonly ok: true; readonly risk: Risk; readonly authority: AuthorityDecision; readonly converged: boolean }
  /** Why it cannot be computed from what there is: a reason to refuse, never to go on with what was recorded. */
  | { readonly ok: false; readonly reason: string };

const ROOT = '/lab';
const TOPOLOGY = `${ROOT}/lab.clab.yml`;

/** Reads from memory; there are no links and no devices in it. */
function memoryReader(files: ReadonlyMap<string, string>): FileReader {
  const bytes = (path: string): Uint8Array => {
    const text = files.get(path);
    if (text === undefined) throw Object.assign(new Error(`There is no file ${path}.`), { code: 'ENOENT' });
    return new TextEncoder().encode(text);
  };
  const isFolder = (path: string): boolean => [...files.keys()].some((file) => file.startsWith(`${path}/`));
  return {
    readFile: async (path) => bytes(path),
    stat: async (path) =>
      files.has(path)
        ? { kind: 'file', size: bytes(path).length }
        : isFolder(path)
          ? { kind: 'directory', size: 0 }
          : undefined,
    readDirectory: async (path) => [
      ...new Set(
        [...files.keys()].flatMap((file) =>
          file.startsWith(`${path}/`) ? [file.slice(path.length + 1).split('/')[0] ?? ''] : [],
        ),
      ),
    ],
    realPath: async (path) => {
      if (!files.has(path) && !isFolder(path)) bytes(path);
      return path;
    },
  };
}

/** Where a recorded path lies in the lab that is laid out in memory; null for one that leaves it. */
function placeOf(path: string): string | null {
  const parts = path.split('/');
  return path.startsWith('/') || parts.some((part) => part === '..' || part === '.' || part === '')
    ? null
    : `${ROOT}/${path}`;
}

/** Computes risk and authority anew. Takes as long as two simulations of the lab. */
export async function recompute(input: RecomputeInput): Promise<Recomputed> {
  const sides = { before: new Map<string, string>(), after: new Map<string, string>() };
  const dialects = new Map<string, DialectId>();
  for (const { path, dialect, before, after } of input.files) {
    const place = placeOf(path);
    if (place === null) return { ok: false, reason: `The configuration ${path} lies outside of the lab.` };
    if (before !== null) sides.before.set(place, before);
    if (after !== null) sides.after.set(place, after);
    dialects.set(place, dialect as DialectId);
  }
  for (const files of [sides.before, sides.after]) {
    if (input.topology !== null) files.set(TOPOLOGY, input.topology);
    for (const [path, text] of input.companions) {
      const place = placeOf(path);
      if (place === null) return { ok: false, reason: `The file ${path} lies outside of the lab.` };
      files.set(place, text);
    }
  }
  try {
    return judge(input, await load(sides.before, dialects), await load(sides.after, dialects));
  } catch (error) {
    if (!(error instanceof UnusableInput)) throw error;
    return { ok: false, reason: `The lab cannot be loaded from the package: ${error.message}` };
  }
}

const load = (files: ReadonlyMap<string, string>, dialects: ReadonlyMap<string, DialectId>) =>
  loadSnapshot(files.has(TOPOLOGY) ? TOPOLOGY : ROOT, {
    reader: memoryReader(files),
    dialectOfFile: (file) => dialects.get(file),
  });

function judge(input: RecomputeInput, before: Change['before'], after: Change['after']): Recomputed {
  if (after.links.length !== input.links)
    return {
      ok: false,
      reason: `The lab has ${after.links.length} links by the package, ${input.links} by its record.`,
    };
  const known = new Set(input.files.map(({ name }) => name));
  const missing = [...known].filter((name) => !before.nodes.has(name) && !after.nodes.has(name));
  const extra = [...before.nodes.keys(), ...after.nodes.keys()].filter((name) => !known.has(name));
  if (missing.length + extra.length > 0)
    return {
      ok: false,
      reason: `The lab by the package has other devices than its record: ${[...missing, ...extra].join(', ')}.`,
    };
  const devices = input.files.flatMap((file) => deviceOf(file, input.lineDiff));
  const [stateBefore, stateAfter] = [simulate(before), simulate(after)];
  const inputs = { before, after, devices, stateBefore, stateAfter, diff: diffStates(stateBefore, stateAfter) };
  const risk = decideRisk(inputs);
  return { ok: true, risk, authority: decideAuthority(inputs, risk, input.ceiling), converged: stateAfter.converged };
}

function deviceOf(
  { name, path, before, after }: LabFile,
  lineDiff: RecomputeInput['lineDiff'],
): readonly DeviceChange[] {
  if (before === after) return [];
  const [beforeText, afterText] = [before ?? '', after ?? ''];
  const { removedLines, addedLines } = lineDiff(beforeText, afterText, name);
  return [
    {
      node: name,
      file: `${ROOT}/${path}`,
      kind: before === null ? 'added' : after === null ? 'removed' : 'changed',
      beforeText,
      afterText,
      hunks: hunksOf(removedLines, addedLines),
    },
  ];
}
