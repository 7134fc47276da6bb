import { describe, expect, it } from 'vitest';
import { networkProperties, sampleOf } from './network-properties.ts';

/** Few, for a run that waits; `npm run properties -- 1000` takes as many as it is told. */
const NETWORKS = 14;
/** Two more whose redistribution runs in circles. */
const UNSTABLE = [26, 380];
const samples = [...Array.from({ length: NETWORKS }, (_, at) => at + 1), ...UNSTABLE].map(sampleOf);

describe(`Of ${samples.length} generated networks`, () => {
  it.each(networkProperties)('$name', ({ broken }) => {
    const found = samples.flatMap((sample) => {
      const problem = broken(sample);
      return problem === undefined ? [] : [`${JSON.stringify(sample.options)}: ${problem}`];
    });
    expect(found).toEqual([]);
  });

  it('some do not settle, so that the properties speak of those too', () => {
    expect(samples.filter(({ state }) => !state.converged).length).toBe(UNSTABLE.length);
  });
});
