import type { Change, DeviceChange } from '../change.ts';

/** Changed lines of one file: of the old text where they were removed, of the new one where they were added. */
export interface LineRange {
  readonly node: string;
  readonly file: string;
  readonly side: 'before' | 'after';
  /** Zero-based. */
  readonly line: number;
  readonly count: number;
  /** Zero-based line of the new text where the lines stand, or before which they stood; 0 in a file that is gone. */
  readonly anchor: number;
}

/** Places of a text, by zero-based first line and count. */
interface Stretch {
  readonly line: number;
  readonly count: number;
}

/**
 * A part of a change that can be left out: all of it, half of it, a hunk, a stanza of a hunk, a line. The parts of a part
 * are its lines in order.
 */
export interface Unit {
  readonly id: number;
  readonly parts: readonly Unit[];
  /** What a part without parts replaces by what, in a device; undefined for one that has parts. */
  readonly leaf?: {
    readonly device: number;
    readonly before: Stretch;
    readonly after: Stretch;
    /** The whole device, which the change adds or removes. */
    readonly whole: boolean;
  };
}

const indentOf = (line: string): number => line.length - line.trimStart().length;

/** Lines with the deeper ones below each. */
function blocks(lines: readonly string[], { line, count }: Stretch): readonly Stretch[] {
  const found: { line: number; count: number }[] = [];
  for (let at = line; at < line + count; at += 1) {
    const last = found.at(-1);
    if (last && indentOf(lines[at] ?? '') > indentOf(lines[last.line] ?? '')) last.count += 1;
    else found.push({ line: at, count: 1 });
  }
  return found;
}

const NONE = (line: number): Stretch => ({ line, count: 0 });

/** Makes the units of a change, of which the first is the whole. */
export class Units {
  readonly root: Unit;
  readonly #devices: readonly DeviceChange[];
  #count = 0;

  constructor({ devices }: Change) {
    this.#devices = devices;
    this.root = this.#halves(devices.map((_, device) => this.#device(device)));
  }

  #unit(rest: Omit<Unit, 'id'>): Unit {
    this.#count += 1;
    return { id: this.#count, ...rest };
  }

  /** Many parts as halves of halves: a half that does not matter is done with at once. */
  #halves(parts: readonly Unit[]): Unit {
    const [only] = parts;
    if (only && parts.length === 1) return only;
    if (parts.length <= 3) return this.#unit({ parts });
    const middle = parts.length >> 1;
    return this.#unit({ parts: [this.#halves(parts.slice(0, middle)), this.#halves(parts.slice(middle))] });
  }

  #device(device: number): Unit {
    const change = this.#devices[device] as DeviceChange;
    if (change.kind === 'changed' && textWithout(change, device, new Set()) === undefined) return this.#whole(device);
    if (change.kind !== 'changed' || change.hunks.length === 0) return this.#whole(device);
    const [old, now] = [change.beforeText.split('\n'), change.afterText.split('\n')];
    return this.#halves(change.hunks.map(({ before, after }) => this.#replaced(device, old, now, before, after)));
  }

  #whole(device: number): Unit {
    const nothing = NONE(0);
    return this.#unit({ parts: [], leaf: { device, before: nothing, after: nothing, whole: true } });
  }

  #replaced(device: number, old: readonly string[], now: readonly string[], before: Stretch, after: Stretch): Unit {
    const leaf = (was: Stretch, is: Stretch): Unit =>
      this.#unit({ parts: [], leaf: { device, before: was, after: is, whole: false } });
    if (before.count + after.count <= 1 || (before.count === 1 && after.count === 1)) return leaf(before, after);
    if (before.count === after.count)
      return this.#halves(
        Array.from({ length: before.count }, (_, at) =>
          leaf({ line: before.line + at, count: 1 }, { line: after.line + at, count: 1 }),
        ),
      );
    if (before.count > 0 && after.count > 0)
      return this.#unit({
        parts: [
          this.#replaced(device, old, now, before, NONE(after.line)),
          this.#replaced(device, old, now, NONE(before.line + before.count), after),
        ],
      });
    const removed = before.count > 0;
    const stretch = removed ? before : after;
    const stanzas = blocks(removed ? old : now, stretch);
    const inner: readonly Stretch[] =
      stanzas.length > 1
        ? stanzas
        : [
            { line: stretch.line, count: 1 },
            { line: stretch.line + 1, count: stretch.count - 1 },
          ];
    return this.#halves(
      inner.map((one) =>
        removed
          ? this.#replaced(device, old, now, one, NONE(after.line))
          : this.#replaced(device, old, now, NONE(before.line), one),
      ),
    );
  }
}

/** The parts without parts that a unit consists of. */
export const leavesOf = (unit: Unit): readonly Unit[] => (unit.leaf ? [unit] : unit.parts.flatMap(leavesOf));

/**
 * The text of a changed device with some of its lines left out of the change; undefined where the hunks do not lead from
 * the one text to the other.
 */
export function textWithout(
  { beforeText, afterText, hunks }: DeviceChange,
  device: number,
  without: ReadonlySet<Unit>,
): string | undefined {
  const [old, now] = [beforeText.split('\n'), afterText.split('\n')];
  const restored = new Set<number>();
  const dropped = new Set<number>();
  for (const { leaf } of without) {
    if (leaf?.device !== device) continue;
    for (let at = 0; at < leaf.before.count; at += 1) restored.add(leaf.before.line + at);
    for (let at = 0; at < leaf.after.count; at += 1) dropped.add(leaf.after.line + at);
  }
  const lines: string[] = [];
  let [was, is] = [0, 0];
  for (const { before, after } of hunks) {
    const same = before.line - was;
    if (same !== after.line - is) return undefined;
    for (let at = 0; at < same; at += 1) if (old[was + at] !== now[is + at]) return undefined;
    lines.push(...now.slice(is, is + same));
    [was, is] = [before.line + before.count, after.line + after.count];
    // Lines that replace each other one by one stand in each other's place; otherwise all old lines come first.
    const paired = before.count === after.count;
    for (let at = 0; at < before.count; at += 1) {
      if (restored.has(before.line + at)) lines.push(old[before.line + at] as string);
      if (paired && !dropped.has(after.line + at)) lines.push(now[after.line + at] as string);
    }
    if (!paired) for (let at = after.line; at < is; at += 1) if (!dropped.has(at)) lines.push(now[at] as string);
  }
  const tail = now.slice(is);
  if (old.length - was !== tail.length || tail.some((line, at) => old[was + at] !== line)) return undefined;
  return [...lines, ...tail].join('\n');
}

/** The lines of some units, those that follow each other as one. */
export function linesOf({ devices }: Change, units: readonly Unit[]): readonly LineRange[] {
  const ranges = units.flatMap(leavesOf).flatMap(({ leaf }): LineRange[] => {
    if (!leaf) return [];
    const { node, file, kind, beforeText, afterText } = devices[leaf.device] as DeviceChange;
    if (leaf.whole) {
      const side = kind === 'removed' ? 'before' : 'after';
      const text = side === 'before' ? beforeText : afterText;
      return [{ node, file, side, line: 0, count: text.split('\n').length, anchor: 0 }];
    }
    const { before, after } = leaf;
    const anchor = after.line;
    return after.count > 0
      ? [{ node, file, side: 'after', ...after, anchor }]
      : [{ node, file, side: 'before', ...before, anchor }];
  });
  const key = ({ node, side }: LineRange): string => `${node} ${side}`;
  const sorted = [...ranges].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.line - b.line));
  const merged: LineRange[] = [];
  for (const range of sorted) {
    const last = merged.at(-1);
    if (last && key(last) === key(range) && last.line + last.count === range.line)
      merged[merged.length - 1] = { ...last, count: last.count + range.count };
    else merged.push(range);
  }
  return merged;
}
