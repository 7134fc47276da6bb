import { describe, expect, it } from 'vitest';
import { networkProperties, sampleOf } from './network-properties.ts';

/** Few, for a run that waits; `npm run properties -- 1000` takes as many as it is told. */
const NETWORKS = 24;
const samples = Array.from({ length: NETWORKS }, (_, at) => sampleOf(at + 1));

describe(`Of ${NETWORKS} generated networks`, () => {
  it.each(networkProperties)('$name', ({ broken }) => {
    const found = samples.flatMap((sample) => {
      const problem = broken(sample);
      return problem === undefined ? [] : [`${JSON.stringify(sample.options)}: ${problem}`];
    });
    expect(found).toEqual([]);
  });

  it('some do not settle, so that the properties speak of those too', () => {
    expect(samples.some(({ state }) => !state.converged)).toBe(true);
    expect(samples.some(({ state }) => state.converged)).toBe(true);
  });
});
