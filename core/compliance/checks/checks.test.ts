import { describe, expect, it } from 'vitest';
import { decided } from '../fixtures/lab.ts';
import { topics } from '../topics.ts';
import type { Case } from './fixtures/case.ts';
import { eos } from './fixtures/eos.ts';
import { ios } from './fixtures/ios.ts';
import { junos } from './fixtures/junos.ts';
import { nxos } from './fixtures/nxos.ts';
import { others } from './fixtures/others.ts';

const cases: readonly Case[] = [...ios, ...nxos, ...eos, ...junos, ...others];

describe('a topic is decided from the configuration and cites the lines that decide it', () => {
  it.each(cases.map((each, index) => [`${index} ${each[0]} on ${each[1]}: ${each[2]}`, each] as const))(
    '%s',
    (_, [topic, dialect, status, text]) => {
      const { judgement, cited, marked } = decided(topic, dialect, text);
      expect({ status: judgement.status, cited }, JSON.stringify(judgement.citations, null, 1)).toEqual({
        status,
        cited: marked,
      });
      expect(judgement.citations.length).toBeGreaterThan(0);
    },
  );

  it.each(Object.keys(topics))('%s has a case that passes and one that fails', (topic) => {
    const answers = new Set(cases.filter(([name]) => name === topic).map(([, , status]) => status));
    // What is right of a route target, the design plan alone tells: it can fail, and never pass.
    expect(answers.has(topic === 'route-targets' ? 'not_tested' : 'pass')).toBe(true);
    expect(answers.has('fail')).toBe(true);
  });
});
