import type { Position, Range, SelectionRange } from 'vscode-languageserver';
import type { ParsedConfig } from '../../core/config/parse.ts';
import type { OpenDocument } from './documents.ts';
import { contains, rangeOf, wholeRange } from './ranges.ts';
import type { Session } from './session.ts';
import { placedAround, statementAt } from './statements.ts';

/** `textDocument/selectionRange`: the word, the command, its stanza, the stanzas around it, the file. */
export async function selectionRange(
  session: Session,
  document: OpenDocument,
  positions: readonly Position[],
): Promise<SelectionRange[]> {
  const config = await session.workspace.config(document);
  return positions.map((position) => selectionAt(config, position));
}

function selectionAt(config: ParsedConfig, position: Position): SelectionRange {
  const { lines } = config.tree;
  const last = Math.max(0, lines.length - 1);
  const ranges: Range[] = [
    { start: { line: 0, character: 0 }, end: { line: last, character: (lines[last] ?? '').length } },
  ];
  const placed = statementAt(config, position.line, position.character) ?? placedAround(config, position.line);
  if (placed) {
    const { statement, parents } = placed;
    for (const around of [...parents, statement]) ranges.push(wholeRange(around.span, lines));
    // A list in brackets goes on over lines of its own, whose words know no line.
    if (statement.span.line === position.line) ranges.push(rangeOf(statement.span));
    const word = (statement.span.line === position.line ? statement.words : []).find(({ start, end }) =>
      contains({ line: statement.span.line, start, end }, position),
    );
    if (word) ranges.push(rangeOf({ line: statement.span.line, start: word.start, end: word.end }));
  } else ranges.push({ start: position, end: position });
  let selection: SelectionRange | undefined;
  // A range that is no smaller than the one around it would be a step that selects nothing.
  for (const range of ranges)
    if (!selection || !same(selection.range, range)) selection = selection ? { range, parent: selection } : { range };
  return selection as SelectionRange;
}

const same = (a: Range, b: Range): boolean =>
  a.start.line === b.start.line &&
  a.start.character === b.start.character &&
  a.end.line === b.end.line &&
  a.end.character === b.end.character;
