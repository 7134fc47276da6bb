import { dialects } from '../../core/config/dialects/index.ts';
import { seededRandom } from '../support/networks/seeded-random.ts';
import type { CorpusText } from './corpus.ts';
import { mutate } from './mutate.ts';
import { parseFault } from './parse-fault.ts';

export interface FuzzFault {
  readonly number: number;
  readonly dialect: string;
  readonly fault: string;
  readonly text: string;
}

const ids = [...dialects.keys()];
/** Most texts are pieces: a fault shows as well in a short one, and many more are read. */
const PIECE_LINES = 80;

/** The mutated text of that number, and how it is read; the same for the same corpus. */
export function fuzzCase(texts: readonly CorpusText[], number: number, mostCpuMs?: number): FuzzFault | undefined {
  const random = seededRandom(number);
  const { text, dialect } = random.pick(texts);
  const other = random.pick(texts).text;
  const lines = text.split('\n');
  const from = random.below(Math.max(1, lines.length - PIECE_LINES));
  const piece = random.chance(0.85) ? lines.slice(from, from + PIECE_LINES).join('\n') : text;
  const mutated = mutate(piece, random, other);
  const read = random.chance(0.15) ? random.pick([...ids, 'unknown' as const, undefined]) : dialect;
  const fault = parseFault(mutated, read, mostCpuMs);
  return fault === undefined ? undefined : { number, dialect: read ?? 'detected', fault, text: mutated };
}
