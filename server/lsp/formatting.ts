import type { Range, TextEdit } from 'vscode-languageserver';
import type { DialectId } from '../../core/config/device/device.ts';
import { dialects } from '../../core/config/dialects/index.ts';
import type { ParsedConfig } from '../../core/config/parse.ts';
import type { ConfigTree, Statement } from '../../core/config/tree.ts';
import type { OpenDocument } from './documents.ts';
import { isConfiguration } from './languages.ts';
import type { Session } from './session.ts';

/** Blanks per level, as each system shows its own configuration. Languages that are not listed keep their indentation. */
const INDENT: { readonly [D in DialectId]?: number } = {
  frr: 1,
  ios: 1,
  iosxr: 1,
  eos: 3,
  nxos: 2,
  junos: 4,
  sros: 4,
  srlinux: 4,
};

/**
 * `textDocument/formatting`: indentation by depth, and no blanks at the ends of lines. Texts of several lines (banners,
 * certificates, route-policies) stay as they are. The result reads as the same commands in the same places, which is
 * checked before anything is changed; formatting it again changes nothing.
 */
export async function formatting(session: Session, document: OpenDocument): Promise<TextEdit[]> {
  if (!(await isConfiguration(session, document))) return [];
  return editsOf(await session.workspace.config(document));
}

/** `textDocument/rangeFormatting`: the same for some lines. */
export async function rangeFormatting(
  session: Session,
  document: OpenDocument,
  { start, end }: Range,
): Promise<TextEdit[]> {
  return (await formatting(session, document)).filter(
    ({ range }) => range.start.line >= start.line && range.start.line <= end.line,
  );
}

function editsOf(config: ParsedConfig): TextEdit[] {
  const lines = config.tree.lines;
  const formatted = formattedLines(config);
  if (!sameCommands(config, formatted)) return [];
  return formatted.flatMap((text, line): TextEdit[] => {
    const before = lines[line] ?? '';
    if (text === before) return [];
    const indent = (of: string): number => of.length - of.trimStart().length;
    const [old, now] = [indent(before), indent(text)];
    const edits: TextEdit[] = [];
    if (text.trim() === '')
      return [{ range: { start: { line, character: 0 }, end: { line, character: before.length } }, newText: '' }];
    if (before.slice(0, old) !== text.slice(0, now))
      edits.push({
        range: { start: { line, character: 0 }, end: { line, character: old } },
        newText: text.slice(0, now),
      });
    const end = before.trimEnd().length;
    if (end < before.length)
      edits.push({ range: { start: { line, character: end }, end: { line, character: before.length } }, newText: '' });
    return edits;
  });
}

/** The lines as they should be. */
function formattedLines({ tree, dialect }: ParsedConfig): readonly string[] {
  const unit = INDENT[dialect];
  const formatted = [...tree.lines];
  if (unit === undefined) return formatted;
  const taken = new Set<number>();
  const open: { readonly statement: Statement; readonly depth: number }[] = tree.statements.map((statement) => ({
    statement,
    depth: 0,
  }));
  for (let next = open.pop(); next; next = open.pop()) {
    const { statement, depth } = next;
    const { line, endLine = line } = statement.span;
    for (const child of statement.children) open.push({ statement: child, depth: depth + 1 });
    if (statement.body !== undefined) {
      for (let at = line; at <= endLine; at += 1) taken.add(at);
      continue;
    }
    // Of several statements on one line (`a { b; }`) the outermost says how far it is indented.
    if (taken.has(line) || !beginsLine(tree, statement)) continue;
    taken.add(line);
    formatted[line] = `${' '.repeat(depth * unit)}${(tree.lines[line] ?? '').trim()}`;
    const closing = tree.lines[endLine] ?? '';
    if (endLine > line && /^\s*\}/.test(closing)) {
      taken.add(endLine);
      formatted[endLine] = `${' '.repeat(depth * unit)}${closing.trim()}`;
    }
  }
  const comments = new Set(tree.comments.map(({ line }) => line));
  for (let line = 0; line < formatted.length; line += 1) {
    const text = formatted[line] ?? '';
    if (!taken.has(line) && (text.trim() === '' || comments.has(line))) formatted[line] = text.trimEnd();
  }
  return formatted;
}

const beginsLine = ({ lines }: ConfigTree, { span }: Statement): boolean =>
  (lines[span.line] ?? '').slice(0, span.start).trim() === '';

/** Whether the text reads as the same commands in the same places, whatever their columns are. */
function sameCommands({ tree, dialect }: ParsedConfig, lines: readonly string[]): boolean {
  const read = dialects.get(dialect)?.read;
  return read !== undefined && shape(read(lines.join('\n')).statements) === shape(tree.statements);
}

function shape(statements: readonly Statement[]): string {
  const parts: string[] = [];
  const open: { readonly list: readonly Statement[]; next: number }[] = [{ list: statements, next: 0 }];
  for (let top = open.at(-1); top; top = open.at(-1)) {
    const statement = top.list[top.next];
    top.next += 1;
    if (!statement) {
      open.pop();
      parts.push(')');
      continue;
    }
    parts.push(JSON.stringify([statement.words.map(({ text, quoted }) => [text, quoted]), statement.body]), '(');
    open.push({ list: statement.children, next: 0 });
  }
  return parts.join('');
}
