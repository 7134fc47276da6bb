import type { DialectId } from '../../core/config/device/device.ts';
import { type FileReader, folderOf } from '../../core/network/load/file-reader.ts';
import { UnusableInput } from '../../core/network/load/unusable.ts';
import { type Baseline, type GitBaseline, loadBaseline } from '../engine/baseline.ts';
import type { Documents } from './documents.ts';
import type { Workspace, WorkspaceLab } from './workspace.ts';

export interface BaselinesOptions {
  readonly workspace: Workspace;
  readonly documents: Documents;
  readonly reader: FileReader;
  readonly revision: () => string;
  /** Absent in an untrusted workspace: a repository's settings must not start anything. */
  readonly git: GitBaseline | undefined;
  readonly dialectOfFile: (path: string) => DialectId | undefined;
  /** A baseline was found, or another one than before. */
  readonly changed: (lab: WorkspaceLab) => void;
  readonly log: (message: string) => void;
}

interface Entry {
  readonly request: string;
  readonly promise: Promise<Baseline | undefined>;
  found: Baseline | undefined;
}

/**
 * The labs as they were before the change: in the git revision of the settings; where there is no git, with the texts
 * that the files had when they were opened first.
 */
export class Baselines {
  readonly #options: BaselinesOptions;
  readonly #entries = new Map<string, Entry>();

  constructor(options: BaselinesOptions) {
    this.#options = options;
  }

  /** The baseline as far as it is known by now. Asking begins to find it out; `changed` tells when it is there. */
  peek(lab: WorkspaceLab): Baseline | undefined {
    return this.#entry(lab).found;
  }

  /** The baseline; undefined when the lab could not be loaded as it was. */
  get(lab: WorkspaceLab): Promise<Baseline | undefined> {
    return this.#entry(lab).promise;
  }

  /** The repository may have another commit now: what is known is kept until the answer is there. */
  async refresh(lab: WorkspaceLab): Promise<void> {
    const old = this.#entries.get(lab.path);
    const entry = this.#begin(lab, this.#request());
    if (old) entry.found = old.found;
    await entry.promise;
  }

  forget(): void {
    this.#entries.clear();
  }

  /** What the answer depends on: texts at the first opening count only where there is no git, but are few. */
  #request(): string {
    return `${this.#options.revision()} ${this.#options.documents.openedTexts().size}`;
  }

  #entry(lab: WorkspaceLab): Entry {
    const known = this.#entries.get(lab.path);
    const request = this.#request();
    if (known?.request === request) return known;
    const entry = this.#begin(lab, request);
    entry.found = known?.found;
    return entry;
  }

  #begin(lab: WorkspaceLab, request: string): Entry {
    const entry: Entry = {
      request,
      found: undefined,
      promise: this.#load(lab).then((found) => {
        const isNew = found?.id !== entry.found?.id;
        entry.found = found;
        if (isNew && this.#entries.get(lab.path) === entry) this.#options.changed(lab);
        return found;
      }),
    };
    this.#entries.set(lab.path, entry);
    return entry;
  }

  async #load(lab: WorkspaceLab): Promise<Baseline | undefined> {
    const { git, revision, workspace, reader, documents, dialectOfFile, log } = this.#options;
    try {
      return await loadBaseline({
        lab: lab.path,
        folder: labFolder(lab),
        revision: revision(),
        git,
        openedTexts: documents.openedTexts(),
        reader,
        parse: workspace.parse,
        dialectOfFile,
      });
    } catch (error) {
      const why =
        error instanceof UnusableInput
          ? error.message
          : error instanceof Error
            ? (error.stack ?? error.message)
            : String(error);
      log(`The lab ${lab.name} has no baseline: ${why}`);
      return undefined;
    }
  }
}

/** The folder in which all files of a lab lie. */
export const labFolder = ({ format, path }: WorkspaceLab): string => (format === 'batfish' ? path : folderOf(path));
