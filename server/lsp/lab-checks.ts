import type { Diagnostic } from 'vscode-languageserver';

interface Check {
  readonly id: number;
  readonly revision: number;
  readonly files: ReadonlyMap<string, readonly Diagnostic[]>;
}

/** What a check of a lab found, by lab and path: valid until the lab's files are different. */
export class LabChecks {
  readonly #labs = new Map<string, Check>();
  #last = 0;

  set(lab: string, revision: number, files: ReadonlyMap<string, readonly Diagnostic[]>): void {
    this.#last += 1;
    this.#labs.set(lab, { id: this.#last, revision, files });
  }

  /** Names the diagnostics that hold for the lab as it is now; empty when there are none. */
  id(lab: string, revision: number): string {
    const known = this.#labs.get(lab);
    return known?.revision === revision ? String(known.id) : '';
  }

  /** Diagnostics of a file, when they were made of the lab as it is now. */
  of(lab: string, revision: number, path: string): readonly Diagnostic[] {
    const known = this.#labs.get(lab);
    return known?.revision === revision ? (known.files.get(path) ?? []) : [];
  }

  clear(lab: string): void {
    this.#labs.delete(lab);
  }
}
