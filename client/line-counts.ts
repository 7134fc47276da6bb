import {
  type DecorationOptions,
  type Disposable,
  MarkdownString,
  Range,
  type TextEditor,
  ThemeColor,
  window,
  workspace,
} from 'vscode';
import type { StateDiffResult } from '../server/protocol.ts';
import { sameUri } from './uris.ts';

type Lines = StateDiffResult['lines'];

/**
 * What a change does to routes and sessions, in words at the end of the changed lines, for editors in which hints are
 * turned off: the language server gives the same words as hints. It stands until a configuration is edited, since it is
 * then no longer known to hold.
 */
export class LineCounts implements Disposable {
  readonly #type = window.createTextEditorDecorationType({
    after: { color: new ThemeColor('editorCodeLens.foreground'), margin: '0 0 0 2em' },
  });
  readonly #subscriptions: readonly Disposable[];
  #lines: Lines = [];

  constructor() {
    this.#subscriptions = [
      this.#type,
      window.onDidChangeVisibleTextEditors((editors) => {
        for (const editor of editors) this.#draw(editor);
      }),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('editor.inlayHints')) this.show(this.#lines);
      }),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const uri = document.uri.toString();
        if (contentChanges.length > 0 && this.#lines.some((line) => sameUri(line.uri, uri))) this.show([]);
      }),
    ];
  }

  show(lines: Lines): void {
    this.#lines = lines;
    for (const editor of window.visibleTextEditors) this.#draw(editor);
  }

  #draw(editor: TextEditor): void {
    const uri = editor.document.uri.toString();
    const own = showsHints(editor) ? [] : this.#lines.filter((line) => sameUri(line.uri, uri));
    editor.setDecorations(
      this.#type,
      own.map(({ range, text, detail }): DecorationOptions => {
        const line = editor.document.lineAt(Math.min(range.start.line, editor.document.lineCount - 1));
        return {
          range: new Range(line.range.end, line.range.end),
          hoverMessage: new MarkdownString().appendCodeblock(detail, 'text'),
          renderOptions: { after: { contentText: text } },
        };
      }),
    );
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}

/** Whether the editor shows hints by itself, so that nothing needs to be said twice. */
const showsHints = ({ document }: TextEditor): boolean => {
  const enabled = workspace.getConfiguration('editor', document).get<string>('inlayHints.enabled', 'on');
  return enabled === 'on' || enabled === 'onUnlessPressed';
};
