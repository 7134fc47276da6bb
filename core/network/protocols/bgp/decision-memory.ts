import { firstAs } from './as-path.ts';
import { decide, type Rules } from './decision.ts';
import { type Arrival, LearnedPath } from './learned-path.ts';
import type { Decision, Path, Speaker } from './model.ts';

/** A choice among paths that arrived in the same ways, by their places. */
interface Choice {
  readonly arrivals: readonly Arrival[];
  /** What the decision sees of their AS paths, three numbers each; undefined when they all have the same one. */
  readonly shape: readonly number[] | undefined;
  readonly best: number;
  readonly multipath: readonly number[];
  readonly byAge: boolean;
  readonly shared: NonNullable<Decision['shared']>;
}

/** Choices remembered for one speaker; more would be kept for no use. */
const MOST_REMEMBERED = 64;

/**
 * Decides as `decide` does. Most prefixes reach a speaker in one of few ways: the decision then falls as it fell before,
 * since it looks at what arrived, and of the AS paths at their lengths, their first ASes, and which are the same.
 */
export class DecisionMemory {
  readonly #speaker: Speaker;
  readonly #rules: Rules;
  readonly #choices = new Map<number, Choice[]>();
  #remembered = 0;
  #last: Choice | undefined;

  constructor(speaker: Speaker, rules: Rules) {
    this.#speaker = speaker;
    this.#rules = rules;
  }

  forget(): void {
    this.#choices.clear();
    this.#remembered = 0;
    this.#last = undefined;
  }

  decide(paths: readonly Path[]): Decision {
    if (paths.length < 2 || !areLearned(paths)) return decide(this.#speaker, this.#rules, paths);
    const shape = shapeOf(paths);
    if (this.#last && isSame(this.#last, paths, shape)) return applied(this.#last, paths);
    const key = keyOf(paths, shape);
    const bucket = this.#choices.get(key);
    for (const choice of bucket ?? []) {
      if (!isSame(choice, paths, shape)) continue;
      this.#last = choice;
      return applied(choice, paths);
    }
    const decision = decide(this.#speaker, this.#rules, paths);
    const { best, multipath, byAge } = decision;
    const choice: Choice = {
      arrivals: paths.map((path) => path.arrival),
      shape,
      best: best ? paths.indexOf(best as LearnedPath) : -1,
      multipath: multipath.map((path) => paths.indexOf(path as LearnedPath)),
      byAge,
      shared: { nextHops: undefined, prefers: prefers(paths) },
    };
    if (this.#remembered >= MOST_REMEMBERED) {
      this.#choices.clear();
      this.#remembered = 0;
    }
    this.#remembered += 1;
    this.#last = choice;
    if (bucket && this.#choices.has(key)) bucket.push(choice);
    else this.#choices.set(key, [choice]);
    return { best, multipath, byAge, shared: choice.shared };
  }
}

/** Whether a speaker has paths that it prefers by its own weights or preferences, whatever their length. */
export const prefers = ([first, ...others]: readonly Path[]): boolean =>
  others.some(
    ({ attributes }) =>
      attributes.weight !== first?.attributes.weight ||
      attributes.localPreference !== first?.attributes.localPreference,
  );

function areLearned(paths: readonly Path[]): paths is readonly LearnedPath[] {
  for (let at = 0; at < paths.length; at += 1) if (!(paths[at] instanceof LearnedPath)) return false;
  return true;
}

function shapeOf(paths: readonly LearnedPath[]): readonly number[] | undefined {
  const first = paths[0]?.asPath;
  let at = 1;
  while (at < paths.length && paths[at]?.asPath === first) at += 1;
  if (at === paths.length) return undefined;
  const shape: number[] = [];
  for (const { asPath } of paths) {
    const neighbour = firstAs(asPath);
    let same = 0;
    while (paths[same]?.asPath !== asPath) same += 1;
    shape.push(asPath.length, same, neighbour ?? -1);
  }
  return shape;
}

function keyOf(paths: readonly LearnedPath[], shape: readonly number[] | undefined): number {
  let key = paths.length;
  for (let at = 0; at < paths.length; at += 1) key = Math.imul(key, 31) + (paths[at] as LearnedPath).arrival.id;
  if (shape) for (let at = 0; at < shape.length; at += 1) key = Math.imul(key, 31) + (shape[at] as number);
  return key | 0;
}

function isSame(choice: Choice, paths: readonly LearnedPath[], shape: readonly number[] | undefined): boolean {
  const { arrivals } = choice;
  if (arrivals.length !== paths.length) return false;
  for (let at = 0; at < arrivals.length; at += 1) if (arrivals[at] !== paths[at]?.arrival) return false;
  if (shape === undefined || choice.shape === undefined) return shape === choice.shape;
  for (let at = 0; at < shape.length; at += 1) if (shape[at] !== choice.shape[at]) return false;
  return true;
}

const applied = ({ best, multipath, byAge, shared }: Choice, paths: readonly Path[]): Decision => ({
  best: best < 0 ? undefined : paths[best],
  multipath: multipath.map((at) => paths[at] as Path),
  byAge,
  shared,
});
