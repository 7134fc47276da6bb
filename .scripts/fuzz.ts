// `npm run fuzz [-- <texts> [<first number>]]`: reads that many mutated configurations of all dialects (1,000 when none
// are asked for). Ends with 1 when one crashes, hangs or loses a line, and writes it below .test-output/fuzz.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { corpus } from '../tests/fuzz/corpus.ts';
import { fuzzCase } from '../tests/fuzz/fuzz.ts';
import { projectFolder } from './install-packages.mjs';

const [count = 1000, first = 1] = process.argv.slice(2).map(Number);
if (!Number.isInteger(count) || count < 1 || !Number.isInteger(first)) {
  console.error('Say how many texts to read, as a whole number: npm run fuzz -- 100000');
  process.exit(2);
}

const MOST_SHOWN = 20;
const output = join(projectFolder, '.test-output', 'fuzz');
const texts = corpus(true);
const faults = new Map<string, number>();
const start = performance.now();
let slowest = 0;
for (let number = first; number < first + count; number += 1) {
  const begun = performance.now();
  const found = fuzzCase(texts, number);
  slowest = Math.max(slowest, performance.now() - begun);
  if (number % 10_000 === 0) console.log(`${number - first + 1} texts, ${faults.size} with a fault`);
  if (!found) continue;
  faults.set(`${number}`, 1);
  mkdirSync(output, { recursive: true });
  writeFileSync(join(output, `${number}.cfg`), found.text);
  if (faults.size <= MOST_SHOWN) console.error(`text ${number} as ${found.dialect}: ${found.fault}`);
}
const seconds = Math.round((performance.now() - start) / 1000);
console.log(
  `${count} mutated texts from ${texts.length} configurations: ${faults.size} with a fault, the slowest in ${Math.round(slowest)} ms, ${seconds} s`,
);
if (faults.size > 0) process.exitCode = 1;
