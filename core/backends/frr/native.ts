import { type ConfigTree, statementText } from '../../config/tree.ts';
import type { SnapshotNode } from '../../network/snapshot.ts';
import type { Caveat } from '../../network/state.ts';
import { withoutDaemon } from './daemons.ts';
import { overlayHead, overlayLines } from './overlay.ts';

/** A place in a file of the device: zero-based line. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** A configuration as the twin loads it. */
export interface RouterConfig {
  readonly text: string;
  /** The device's own line behind a line of `text` (zero-based); undefined for a line that the twin added. */
  readonly placeOf: (line: number) => Place | undefined;
  /** The device's own language is FRR's: a line that FRR rejects is an error of the configuration. */
  readonly native: boolean;
  /** What of the device does not show in the twin, with the line where there is one. */
  readonly notes: readonly Caveat[];
}

/** Lines that make a daemon write files or talk to somebody else than its neighbours. They have no effect on routes. */
const NOT_IN_A_TWIN: readonly (readonly string[])[] = [
  ['log', 'file'],
  ['log', 'syslog'],
  ['dump'],
  ['agentx'],
  ['debug'],
  ['bmp'],
];

function leavesTwin(words: readonly { readonly text: string }[]): boolean {
  return NOT_IN_A_TWIN.some((command) => command.every((word, at) => words[at]?.text.toLowerCase() === word));
}

/** Top-level lines (zero-based) that the twin leaves out. */
function leftOut(tree: ConfigTree): ReadonlySet<number> {
  const lines = new Set<number>();
  for (const { words, span } of tree.statements)
    if (leavesTwin(words)) for (let at = span.line; at <= (span.endLine ?? span.line); at += 1) lines.add(at);
  return lines;
}

/**
 * The configuration of an FRR device: its own text line by line, what other files say of its interfaces (SONiC,
 * Cumulus), and the overlay. `end` is no command inside of a file that goes on.
 */
export function nativeConfig({ name, config }: SnapshotNode): RouterConfig {
  const { device, tree, file } = config;
  const omitted = leftOut(tree);
  const own = config.text.split(/\r?\n/).map((line, at) => (omitted.has(at) || /^\s*end\s*$/.test(line) ? '!' : line));
  const elsewhere = [...device.interfaces.values()].flatMap((one) => {
    const addresses = one.addresses.filter(({ span }) => span.file !== undefined && span.file !== file);
    if (addresses.length === 0) return [];
    return [
      `interface ${one.name}`,
      ...addresses.map(
        ({ family, address, length }) => ` ${family === 'ipv4' ? 'ip' : 'ipv6'} address ${address}/${length}`,
      ),
      'exit',
    ];
  });
  const notes = withoutDaemon(tree).map(
    ({ statement, text, what }): Caveat => ({
      node: name,
      text: `"${text}" has no effect in the twin: it does not run ${what}.`,
      span: statement.span,
      ofLine: true,
    }),
  );
  const head = overlayHead(device);
  return {
    text: `${[...head, ...own, ...elsewhere, ...overlayLines(device)].join('\n')}\n`,
    placeOf: (line) =>
      line >= head.length && line < head.length + own.length ? { file, line: line - head.length } : undefined,
    native: true,
    notes,
  };
}

/** Text of the statement that stands at a line, as a note quotes it. */
export const lineText = (tree: ConfigTree, line: number): string => {
  const found = tree.statements.find(({ span }) => span.line === line);
  return found ? statementText(found) : (tree.lines[line] ?? '').trim();
};
