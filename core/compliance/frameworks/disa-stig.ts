import type { Control, Facts, Framework, Section } from '../framework.ts';
import type { Benchmark, StigRule } from '../stig/benchmark.ts';
import { benchmarks } from '../stig/index.ts';
import { topics } from '../topics.ts';

const controlOf = ([id, severity, topic]: StigRule): Control => ({
  id,
  severity,
  title: topics[topic].title,
  class: 'config-checked',
  topics: [topic],
});

const sectionOf = (benchmark: Benchmark, { subjects }: Facts): readonly Section[] => {
  const concerned = subjects.filter(({ config }) => benchmark.dialects.includes(config.dialect));
  return concerned.length === 0
    ? []
    : [
        {
          title: benchmark.title,
          edition: `${benchmark.version}, ${benchmark.release}; ${benchmark.rules.length} of its ${benchmark.rulesInAll} rules are decided here`,
          ...(benchmark.remark !== undefined && { remark: benchmark.remark }),
          subjects: concerned,
          controls: benchmark.rules.map(controlOf),
        },
      ];
};

/** The benchmarks of the systems in question; ids and severities are those of the stated version. */
export const disaStig: Framework = {
  id: 'disa-stig',
  title: 'DISA STIG',
  sections: (facts) => benchmarks.flatMap((benchmark) => sectionOf(benchmark, facts)),
};
