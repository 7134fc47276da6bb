// `npm run bench [-- <name> ...]`: builds, then runs every file of tests/bench (or those named, without .ts) and
// prints its table. A benchmark measures; it fails only when it cannot measure, never because it was slow.
import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Benchmark, BenchmarkRow } from '../tests/support/benchmark.ts';
import { buildAll } from './build/bundles.ts';
import { projectFolder } from './install-packages.mjs';

const names = process.argv.slice(2);
const files = globSync('tests/bench/*.bench.ts', { cwd: projectFolder })
  .sort()
  .filter((file) => names.length === 0 || names.includes(basename(file, '.bench.ts')));
if (files.length === 0) {
  console.error(
    names.length > 0 ? `There is no benchmark ${names.join(', ')} in tests/bench.` : 'tests/bench is empty.',
  );
  process.exit(2);
}

await buildAll();
for (const file of files) {
  const benchmark = (await import(pathToFileURL(join(projectFolder, file)).href)) as Benchmark;
  console.log(`\n${benchmark.name}`);
  try {
    printTable(await benchmark.run());
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
  }
}

/** Prints rows with one column per member, numbers to the right. */
function printTable(rows: readonly BenchmarkRow[]): void {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cell = (value: string | number | undefined): string =>
    typeof value === 'number' ? (Number.isInteger(value) ? String(value) : value.toFixed(1)) : (value ?? '');
  const widths = columns.map((column) => Math.max(column.length, ...rows.map((row) => cell(row[column]).length)));
  const print = (cells: readonly (string | number | undefined)[]): void => {
    const texts = cells.map((value, index) =>
      typeof value === 'number' ? cell(value).padStart(widths[index]!) : cell(value).padEnd(widths[index]!),
    );
    console.log(`  ${texts.join('  ').trimEnd()}`);
  };
  print(columns);
  for (const row of rows) print(columns.map((column) => row[column]));
}
