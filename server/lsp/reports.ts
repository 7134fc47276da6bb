import type { Diagnostic } from 'vscode-languageserver';

interface Report {
  readonly resultId: string;
  readonly text: string;
}

/**
 * What was said last about each open file. Most keystrokes change nothing of it, and a client that knows it already is
 * not told again.
 */
export class Reports {
  readonly #last = new Map<string, Report>();

  /** The id under which the client knows these diagnostics: the one that it names, or the new one. */
  idFor(uri: string, items: readonly Diagnostic[], newId: string, previousResultId: string | undefined): string {
    const text = JSON.stringify(items);
    const last = this.#last.get(uri);
    if (last !== undefined && last.resultId === previousResultId && last.text === text) return last.resultId;
    this.#last.set(uri, { resultId: newId, text });
    return newId;
  }

  forget(uri: string): void {
    this.#last.delete(uri);
  }
}
