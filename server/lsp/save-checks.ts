import type { Diagnostic } from 'vscode-languageserver';

interface SaveCheck {
  readonly id: number;
  readonly revision: number;
  readonly files: ReadonlyMap<string, readonly Diagnostic[]>;
}

/** What the check on save found, by lab and path: valid until the lab's files are different. */
export class SaveChecks {
  readonly #labs = new Map<string, SaveCheck>();
  #last = 0;

  set(lab: string, revision: number, files: ReadonlyMap<string, readonly Diagnostic[]>): void {
    this.#last += 1;
    this.#labs.set(lab, { id: this.#last, revision, files });
  }

  /** Names the warnings that hold for the lab as it is now; empty when there are none. */
  id(lab: string, revision: number): string {
    const known = this.#labs.get(lab);
    return known?.revision === revision ? String(known.id) : '';
  }

  /** Warnings of a file, when they were made of the lab as it is now. */
  of(lab: string, revision: number, path: string): readonly Diagnostic[] {
    const known = this.#labs.get(lab);
    return known?.revision === revision ? (known.files.get(path) ?? []) : [];
  }

  clear(lab: string): void {
    this.#labs.delete(lab);
  }
}
