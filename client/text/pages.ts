import {
  commands,
  type Disposable,
  EventEmitter,
  l10n,
  type TextDocumentContentProvider,
  Uri,
  window,
  workspace,
} from 'vscode';

export const pageScheme = 'aegis-page';

/** Pages to read: Markdown made by the extension, shown as VS Code shows Markdown. */
export class Pages implements TextDocumentContentProvider, Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new EventEmitter<Uri>();
  readonly #registration = workspace.registerTextDocumentContentProvider(pageScheme, this);

  readonly onDidChange = this.#changed.event;

  provideTextDocumentContent(uri: Uri): string {
    return this.#texts.get(uri.toString()) ?? `${l10n.t('This page was made in a window that has been closed.')}\n`;
  }

  /** Shows a page under a title; a page of the same title takes its place. @returns its address */
  async show(title: string, markdown: string): Promise<Uri> {
    const uri = Uri.from({ scheme: pageScheme, path: `/${title.replaceAll('/', '-')}.md` });
    this.#texts.set(uri.toString(), markdown);
    this.#changed.fire(uri);
    try {
      await commands.executeCommand('markdown.showPreview', uri);
    } catch {
      // Without VS Code's own Markdown extension the text is shown as it is written.
      await window.showTextDocument(await workspace.openTextDocument(uri), { preview: true });
    }
    return uri;
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}
