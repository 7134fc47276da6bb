import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver';
import type { OpenDocument } from './documents.ts';
import type { Session } from './session.ts';

/** `textDocument/foldingRange`: stanzas, texts of several lines, and blocks of comments. */
export async function foldingRange(session: Session, document: OpenDocument): Promise<FoldingRange[]> {
  const { tree } = await session.workspace.config(document);
  const ranges: FoldingRange[] = [];
  const open = [...tree.statements];
  for (let next = open.pop(); next; next = open.pop()) {
    const { line, endLine = line } = next.span;
    if (endLine > line) ranges.push({ startLine: line, endLine });
    open.push(...next.children);
  }
  let block: { first: number; last: number } | undefined;
  const close = (): void => {
    if (block && block.last > block.first)
      ranges.push({ startLine: block.first, endLine: block.last, kind: FoldingRangeKind.Comment });
  };
  for (const { line } of tree.comments) {
    if (block?.last === line - 1) block.last = line;
    else {
      close();
      block = { first: line, last: line };
    }
  }
  close();
  return ranges.sort((a, b) => a.startLine - b.startLine || b.endLine - a.endLine);
}
