import { type Disposable, MarkdownString, StatusBarAlignment, type StatusBarItem, ThemeColor, window } from 'vscode';
import type { Server } from './server.ts';
import { verdictCodicon, verdictMeaning, verdictWord } from './verdict.ts';
import type { LabsView } from './views/labs-view.ts';

const source = { preflight: 'Last preflight', save: 'Check when it was saved' } as const;

/** One entry: the last verdict as a word and a shape. A click preflights the change. */
export class StatusBar implements Disposable {
  readonly #item: StatusBarItem;
  readonly #subscriptions: readonly Disposable[];

  constructor(server: Server, labs: LabsView) {
    const item = window.createStatusBarItem('aegis.verdict', StatusBarAlignment.Left, 10);
    item.name = 'AEGIS Verdict';
    item.text = '$(shield) AEGIS';
    item.tooltip = 'No change has been preflighted yet. Click to preflight the change.';
    item.accessibilityInformation = { label: 'AEGIS: no verdict yet', role: 'button' };
    item.command = 'aegis.preflight';
    this.#item = item;
    this.#subscriptions = [
      item,
      labs.onDidRead((found) => (found.length > 0 ? item.show() : item.hide())),
      server.onVerdict(({ verdict, summary, source: from }) => {
        const word = verdictWord(verdict);
        item.text = `${verdictCodicon(verdict)} AEGIS: ${word}`;
        item.backgroundColor = verdict === 'blocked' ? new ThemeColor('statusBarItem.errorBackground') : undefined;
        item.tooltip = new MarkdownString()
          .appendText(`${source[from]}: ${word}. ${verdictMeaning(verdict)}\n\n`)
          .appendText(`${summary}\n\n`)
          .appendText('Click to preflight the change.');
        item.accessibilityInformation = { label: `AEGIS: ${word}. ${summary}`, role: 'button' };
        item.show();
      }),
    ];
  }

  /** What the entry shows now. */
  get text(): string {
    return this.#item.text;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}
