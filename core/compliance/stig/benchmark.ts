import type { DialectId } from '../../config/device/device.ts';
import type { TopicId } from '../topics.ts';

export type StigSeverity = 'high' | 'medium' | 'low';

/** A rule of a benchmark: its id, its severity there, and the topic that decides it. */
export type StigRule = readonly [id: string, severity: StigSeverity, topic: TopicId];

/**
 * A DISA benchmark. Ids mean something only together with the benchmark and its version: the same number stands for
 * other things in the benchmark of another system.
 */
export interface Benchmark {
  readonly title: string;
  readonly version: string;
  readonly release: string;
  /** Configuration languages that it is for. */
  readonly dialects: readonly DialectId[];
  /** A remark that every row of it carries. */
  readonly remark?: string;
  /** How many rules the benchmark has; those without a row here are not decided by this software. */
  readonly rulesInAll: number;
  readonly rules: readonly StigRule[];
}
