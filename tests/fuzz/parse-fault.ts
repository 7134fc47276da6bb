import type { DialectId } from '../../core/config/device/device.ts';
import { parseConfig } from '../../core/config/parse.ts';
import type { ConfigTree, Statement } from '../../core/config/tree.ts';

/** CPU time that no text may take, in milliseconds. */
export const MOST_CPU_MS = 1000;

function* all(statements: readonly Statement[]): Generator<Statement> {
  const open = [...statements];
  for (let next = open.pop(); next; next = open.pop()) {
    yield next;
    open.push(...next.children);
  }
}

/** Blanks, and what only holds lists and blocks together. */
const isEmpty = (line: string): boolean => /^[ \t\v\f\r{}[\],;]*$/.test(line);

/** The lines of a text as its tree has them: each non-blank one must stand in a statement, a comment or a problem. */
function lostLine({ lines, statements, comments, problems }: ConfigTree): string | undefined {
  const held = new Uint8Array(lines.length);
  const hold = (from: number, to: number): void => void held.fill(1, from, to + 1);
  for (const { span, words, body, children } of all(statements)) {
    // A statement with children only holds its head, so that a child that got lost shows.
    hold(span.line, body !== undefined || children.length === 0 ? (span.endLine ?? span.line) : span.line);
    if (children.length > 0 && span.endLine !== undefined) hold(span.endLine, span.endLine);
    for (const word of words) {
      const line = word.line ?? span.line;
      // Quoted text may go on over several lines.
      hold(line, line + (word.quoted ? word.text.split('\n').length - 1 : 0));
      const text = lines[line];
      if (text === undefined) return `the word ${word.text} stands in line ${line + 1}, which is not there`;
      if (!word.quoted && word.text.length > 0 && text.slice(word.start, word.end) !== word.text)
        return `the word ${word.text.slice(0, 40)} does not stand in line ${line + 1} where it says`;
    }
  }
  for (const { line, endLine } of comments) hold(line, endLine ?? line);
  for (const { span } of problems) hold(span.line, span.endLine ?? span.line);
  const lost = lines.findIndex((line, at) => held[at] === 0 && !isEmpty(line));
  return lost < 0 ? undefined : `line ${lost + 1} is in no statement: ${(lines[lost] as string).slice(0, 60)}`;
}

/** What is wrong with how a text is read; undefined when nothing is: no crash, no loss, in time. */
export function parseFault(text: string, dialect: DialectId | undefined, mostCpuMs = MOST_CPU_MS): string | undefined {
  const start = process.cpuUsage();
  try {
    const config = parseConfig({ text, file: 'r1.cfg', node: 'r1', ...(dialect && { dialect }) });
    const { user, system } = process.cpuUsage(start);
    const spent = (user + system) / 1000;
    if (spent > mostCpuMs) return `it took ${Math.round(spent)} ms`;
    const { tree, device } = config;
    if (config.text !== text) return 'the text that is kept is another one';
    if (tree.lines.join('\n') !== text.replaceAll(/\r\n|\r/g, '\n'))
      return 'the lines of the tree are not those of the text';
    for (const { span } of [...device.notModelled, ...device.definitions, ...device.references])
      if (span.line >= tree.lines.length || span.line < 0) return `line ${span.line} is listed and does not exist`;
    return lostLine(tree);
  } catch (error) {
    return `it throws: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`.slice(0, 700);
  }
}
