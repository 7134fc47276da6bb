import { parseConfig } from '../../core/config/parse.ts';
import { type BenchmarkRow, measure, percentiles } from '../support/benchmark.ts';
import { largeConfiguration } from '../support/large-configuration.ts';

export const name = 'Parsing: milliseconds from a text of 10,000 lines to its device';

export async function run(): Promise<readonly BenchmarkRow[]> {
  const text = largeConfiguration(10_000);
  const samples = await measure(20, 10, () => parseConfig({ text, file: 'edge1.cfg', node: 'edge1', dialect: 'ios' }));
  return [{ dialect: 'ios', ...percentiles(samples) }];
}
