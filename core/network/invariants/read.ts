import en from 'zod/v4/locales/en.js';
import { parseIp, parsePrefix } from '../../config/address.ts';
import { protocolNumber } from '../forwarding/flow.ts';
import { inputProblem, UnusableInput } from '../load/unusable.ts';
import { parseYaml, type YamlValue } from '../load/yaml.ts';
import type { Snapshot } from '../snapshot.ts';
import { type Declaration, KINDS, labFileSchema } from './schema.ts';

/** What is wrong with a value, in words; the small build of the library says only that something is. */
const { localeError } = en();

/** Something in the file that cannot be used: a zero-based line and a sentence. */
export interface DeclarationProblem {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

export interface Declarations {
  readonly declarations: readonly Declaration[];
  /** Priorities that the lab gives to guard rules. */
  readonly severities: Readonly<Record<string, 'P0' | 'P1' | 'P2'>>;
  /** With any of them no invariant of the file is believed to have been read as it was meant. */
  readonly problems: readonly DeclarationProblem[];
}

const plain = (value: YamlValue): unknown =>
  value.kind === 'scalar'
    ? value.value
    : value.kind === 'list'
      ? value.items.map(plain)
      : Object.fromEntries([...value.entries].map(([key, inner]) => [key, plain(inner)]));

/** The line of a key or an item; of the nearest thing around it that is there. */
function lineOf(root: YamlValue, path: readonly PropertyKey[]): number {
  let at = root;
  let { line } = root;
  for (const step of path) {
    const next =
      at.kind === 'map' ? at.entries.get(String(step)) : at.kind === 'list' ? at.items[Number(step)] : undefined;
    line = at.kind === 'map' ? (at.keyLines.get(String(step)) ?? line) : (next?.line ?? line);
    if (!next) return line;
    at = next;
  }
  return line;
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** Reads the text of an `aegis.yml`. Never throws: what cannot be used is a problem with its line. */
export function readDeclarations(text: string, file: string): Declarations {
  let root: YamlValue;
  try {
    root = parseYaml(text, file);
  } catch (error) {
    if (!(error instanceof UnusableInput)) throw error;
    const problems = error.problems.map(({ span, message }) => ({ file, line: span?.line ?? 0, message }));
    return { declarations: [], severities: {}, problems };
  }
  const read = labFileSchema.safeParse(plain(root), { error: localeError });
  if (!read.success) {
    const problems = read.error.issues.flatMap((issue): readonly DeclarationProblem[] => {
      const where = issue.path.length === 0 ? '' : `${issue.path.map(String).join('.')}: `;
      if (issue.code === 'unrecognized_keys')
        return issue.keys.map((key) => ({
          file,
          line: lineOf(root, [...issue.path, key]),
          message: `${where}"${key}" is not known here.`,
        }));
      return [{ file, line: lineOf(root, issue.path), message: sentence(`${where}${issue.message}`) }];
    });
    return { declarations: [], severities: {}, problems };
  }
  const declarations = read.data.invariants.map((one, index): Declaration => {
    const kind = KINDS.find((each) => one[each] !== undefined) as Declaration['kind'];
    const line = lineOf(root, ['invariants', index]);
    const { id, description } = one;
    return { id, kind, settings: one[kind], ...(description && { description }), file, line } as Declaration;
  });
  const seen = new Set<string>();
  const problems = declarations.flatMap(({ id, line }): readonly DeclarationProblem[] => {
    const again = seen.has(id);
    seen.add(id);
    return again ? [{ file, line, message: `The id ${id} stands twice.` }] : [];
  });
  return { declarations, severities: read.data.guards.severities, problems };
}

/** What a declaration names and the lab does not have, and values that are none. */
export function checkAgainst({ declarations }: Declarations, { nodes }: Snapshot): readonly DeclarationProblem[] {
  return declarations.flatMap(({ id, kind, settings, file, line }) => {
    const problems: string[] = [];
    const device = (value: string, what: string): void => {
      if (!nodes.has(value)) problems.push(`${what} "${value}" is no device of the lab`);
    };
    const place = (value: string, what: string): void => {
      if (!nodes.has(value) && !parseIp(value))
        problems.push(`${what} "${value}" is neither a device of the lab nor an address`);
    };
    const { devices, ...named } = settings as {
      readonly devices?: readonly string[];
      readonly device?: string;
      readonly node?: string;
      readonly from?: string;
      readonly to?: string;
      readonly prefix?: string;
      readonly protocol?: string | number;
    };
    for (const one of devices ?? []) device(one, 'devices:');
    if (named.device !== undefined) device(named.device, 'device');
    if (named.node !== undefined) device(named.node, 'node');
    if (named.from !== undefined) place(named.from, 'from');
    if (named.to !== undefined && !kind.startsWith('prefix-')) place(named.to, 'to');
    if (named.prefix !== undefined && !parsePrefix(named.prefix)) problems.push(`"${named.prefix}" is not a prefix`);
    if (named.protocol !== undefined && protocolNumber(String(named.protocol)) === undefined)
      problems.push(`the protocol ${named.protocol} is not known; give its number`);
    return problems.map((message) => ({ file, line, message: `${id}: ${message}.` }));
  });
}

/** The declarations of a lab and everything that is wrong with them; no file: nothing is declared. */
export function declarationsOf(snapshot: Snapshot): Declarations {
  const { labFile } = snapshot;
  if (!labFile) return { declarations: [], severities: {}, problems: [] };
  const read = readDeclarations(labFile.text, labFile.file);
  return { ...read, problems: [...read.problems, ...checkAgainst(read, snapshot)] };
}

/** The declarations of a lab. Throws `UnusableInput` when one of them cannot be used. */
export function usableDeclarations(snapshot: Snapshot): readonly Declaration[] {
  const { declarations, problems } = declarationsOf(snapshot);
  if (problems.length > 0)
    throw new UnusableInput(problems.map(({ file, line, message }) => inputProblem(file, message, line)));
  return declarations;
}
