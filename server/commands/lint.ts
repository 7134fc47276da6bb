import { isAbsolute, relative } from 'node:path';
import { parseConfig } from '../../core/config/parse.ts';
import { blocks, lintConfig, lintSnapshot } from '../../core/guard/engine.ts';
import { findingsJson } from '../../core/guard/findings-json.ts';
import { chosenPriorities, withPriority } from '../../core/guard/priorities.ts';
import type { Finding, Priority } from '../../core/guard/rule.ts';
import { rules } from '../../core/guard/rules/index.ts';
import { toSarif } from '../../core/guard/sarif.ts';
import { fileNameOf, joinPath } from '../../core/network/load/file-reader.ts';
import { loadSnapshot } from '../../core/network/load/load-snapshot.ts';
import { readText } from '../../core/network/load/text.ts';
import { UnusableInput } from '../../core/network/load/unusable.ts';
import { nodeFileReader } from '../files/node-file-reader.ts';
import { version } from '../version.ts';
import { exitCodes } from './exit-codes.ts';
import { print, shown, style } from './terminal.ts';
import { UsageError } from './usage-error.ts';

const CONFIG_FILE = /\.(cfg|conf|config|txt)$/i;

const SHOWN: Readonly<Record<Priority, { readonly word: string; readonly colour: 'red' | 'yellow' | 'cyan' }>> = {
  P0: { word: 'error', colour: 'red' },
  P1: { word: 'warning', colour: 'yellow' },
  P2: { word: 'information', colour: 'cyan' },
};

/** Prints the findings; the exit code is 1 when one of them is of error severity (P0). */
export async function lintCommand(
  path: string,
  { json = false, sarif = false }: { readonly json?: boolean; readonly sarif?: boolean },
): Promise<number> {
  if (json && sarif) throw new UsageError('Give one of --json and --sarif, not both.');
  const { findings, files } = await findingsOf(path);
  const errors = findings.filter((finding) => blocks(finding, false)).length;
  if (sarif) print(JSON.stringify(toSarif(findings.map(fromHere), { rules, version })));
  else if (json) print(JSON.stringify(findingsJson(findings)));
  else {
    for (const { priority, file, span, message, rule, setAside } of findings) {
      const { word, colour } = SHOWN[priority];
      print(
        `${shown(`${file}:${span.line + 1}:${span.start + 1}`)}  ${style(colour, `${priority} ${word}`)}  ${shown(message)} (${rule})${setAside ? `, set aside: ${shown(setAside.reason)}` : ''}`,
      );
    }
    print(
      `${findings.length} finding${findings.length === 1 ? '' : 's'} in ${files} file${files === 1 ? '' : 's'}, ${errors} of error severity.`,
    );
  }
  return errors > 0 ? exitCodes.blocked : exitCodes.fine;
}

interface Linted {
  readonly findings: readonly Finding[];
  /** How many configurations were checked. */
  readonly files: number;
}

async function findingsOf(path: string): Promise<Linted> {
  const status = await nodeFileReader.stat(path);
  if (status?.kind === 'file' && !/\.ya?ml$/.test(path)) return lintFiles([path]);
  try {
    const lab = await loadSnapshot(path, { reader: nodeFileReader });
    const chosen = chosenPriorities(lab);
    return { findings: lintSnapshot(lab).map((one) => withPriority(one, chosen, {})), files: lab.nodes.size };
  } catch (error) {
    if (!(error instanceof UnusableInput) || status?.kind !== 'directory') throw error;
    const names = await nodeFileReader.readDirectory(path);
    // A folder that means to be a lab and is not one stays an error.
    if (names.includes('configs') || names.some((name) => /\.clab\.ya?ml$/.test(name))) throw error;
    const files = names.filter((name) => CONFIG_FILE.test(name)).sort();
    if (files.length === 0) throw error;
    return lintFiles(files.map((name) => joinPath(path, name)));
  }
}

async function lintFiles(files: readonly string[]): Promise<Linted> {
  const findings: Finding[] = [];
  for (const file of files) {
    const node = fileNameOf(file).replace(CONFIG_FILE, '');
    findings.push(...lintConfig(parseConfig({ text: await readText(nodeFileReader, file), file, node })));
  }
  return { findings, files: files.length };
}

/** Paths as they are seen from the current folder, which is where a code-scanning service looks. */
function fromHere(finding: Finding): Finding {
  const short = (file: string): string => {
    const path = isAbsolute(file) ? relative(process.cwd(), file) : file;
    return path.startsWith('..') ? file : path;
  };
  return {
    ...finding,
    file: short(finding.file),
    related: finding.related.map((other) => ({ ...other, file: short(other.file) })),
  };
}
