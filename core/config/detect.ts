import type { DialectId } from './device/device.ts';
import type { Dialect } from './dialect.ts';
import { dialects } from './dialects/index.ts';

/** What may be known of a configuration besides its text. */
export interface DetectionInput {
  readonly text: string;
  /** containerlab `kind` and `image` of the node. */
  readonly kind?: string;
  readonly image?: string;
  /** What the user has set explicitly. */
  readonly setting?: DialectId;
}

/** Less than this says nothing. */
const LEAST = 3;

const candidates: readonly {
  readonly id: DialectId;
  readonly kinds: readonly string[];
  readonly score: (text: string) => number;
}[] = [
  ...[...dialects.values()].map((dialect: Dialect) => ({
    id: dialect.id,
    kinds: dialect.containerlabKinds,
    score: dialect.recognise,
  })),
];

/** The system that a containerlab kind runs; undefined for kinds that run anything (`linux`) or are not known. */
export const dialectOfKind = (kind: string): DialectId | undefined =>
  candidates.find(({ kinds }) => kinds.includes(kind))?.id;

/** The system whose files the text looks like; `unknown` when it looks like none. */
export function dialectOfText(text: string): DialectId {
  let best: { id: DialectId; score: number } = { id: 'unknown', score: LEAST - 1 };
  for (const { id, score } of candidates) {
    const weight = score(text);
    if (weight > best.score) best = { id, score: weight };
  }
  return best.id;
}

/**
 * The configuration language of a text: what the user has set, else what the containerlab kind runs, else what the
 * text looks like. A `linux` node with an FRR image runs FRR.
 */
export function detectDialect({ text, kind, image, setting }: DetectionInput): DialectId {
  if (setting !== undefined) return setting;
  const ofKind = kind === undefined ? undefined : dialectOfKind(kind);
  if (ofKind) return ofKind;
  if (image !== undefined && /(^|\/)frr(outing)?([/:_-]|$)/i.test(image)) return 'frr';
  return dialectOfText(text);
}
