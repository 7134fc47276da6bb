import { posix } from 'node:path';
import type { DialectId } from '../../core/config/device/device.ts';
import type { ParsedConfig } from '../../core/config/parse.ts';
import { withBuffers } from '../../core/network/load/buffer-reader.ts';
import { type FileReader, fileNameOf, folderOf } from '../../core/network/load/file-reader.ts';
import { type ConfigParser, loadSnapshot } from '../../core/network/load/load-snapshot.ts';
import { rememberingParser } from '../../core/network/load/remembering-parser.ts';
import { UnusableInput } from '../../core/network/load/unusable.ts';
import type { Snapshot, SnapshotProblem } from '../../core/network/snapshot.ts';
import type { Documents, OpenDocument } from './documents.ts';
import { FileCache } from './file-cache.ts';
import { findLabs, type LabPlace, type ListFolder } from './find-labs.ts';

/** A lab at one moment. `snapshot` is undefined while its files cannot be used; `problems` says why. */
export interface LoadedLab {
  /** Two results of a lab with the same revision are the same: opening and closing files alters nothing. */
  readonly revision: number;
  readonly snapshot: Snapshot | undefined;
  readonly problems: readonly SnapshotProblem[];
}

export interface WorkspaceLab extends LabPlace {
  readonly name: string;
}

interface LabEntry {
  place: LabPlace;
  name: string;
  /** Counts what may have changed the lab's files. */
  generation: number;
  loading: { readonly generation: number; readonly result: Promise<LoadedLab> } | undefined;
  /** The last snapshot that could be loaded: who owns which file. */
  last: Snapshot | undefined;
  /** The last result, whether it could be loaded or not. */
  result: LoadedLab;
  /** Paths of the lab's configurations -> node. */
  files: ReadonlyMap<string, string>;
  /** Whether `files` may be believed: an edit of a configuration does not change which files the lab consists of. */
  filesKnown: boolean;
  readonly folder: string;
}

export interface WorkspaceOptions {
  readonly reader: FileReader;
  readonly listFolder: ListFolder;
  readonly documents: Documents;
  /** Dialect that a setting gives a path. */
  readonly dialectOfFile: (path: string) => DialectId | undefined;
}

const normal = (path: string): string => posix.normalize(path);

/** Labs, files and parsed configurations of the open folders, with the unsaved buffers on top. */
export class Workspace {
  readonly parse: ConfigParser = rememberingParser();
  readonly #options: WorkspaceOptions;
  readonly #cache: FileCache;
  readonly #folders = new Set<string>();
  #labs = new Map<string, LabEntry>();
  #search: Promise<void> | undefined;
  #watched = false;

  constructor(options: WorkspaceOptions) {
    this.#options = options;
    this.#cache = new FileCache(options.reader);
  }

  /** Whether the client reports changes on disk; otherwise files are read again whenever a lab is loaded. */
  set watched(value: boolean) {
    this.#watched = value;
  }

  get folders(): readonly string[] {
    return [...this.#folders];
  }

  addFolder(path: string): void {
    this.#folders.add(path);
    this.#search = undefined;
  }

  removeFolder(path: string): void {
    this.#folders.delete(path);
    this.#search = undefined;
  }

  /** The workspace folder in which a path lies; the innermost where several do. */
  folderOf(path: string): string | undefined {
    return [...this.#folders]
      .filter((folder) => path === folder || path.startsWith(`${folder}/`))
      .sort((a, b) => b.length - a.length)[0];
  }

  // ---- labs --------------------------------------------------------------------------------------------------------

  /** All labs, sorted by path. */
  async labs(): Promise<readonly WorkspaceLab[]> {
    await this.#find();
    return [...this.#labs.values()].map(labOf);
  }

  async lab(path: string): Promise<WorkspaceLab | undefined> {
    await this.#find();
    const entry = this.#labs.get(path);
    return entry && labOf(entry);
  }

  /** The lab to which a configuration or topology belongs; the first by path where several use it. */
  async labOfFile(path: string): Promise<WorkspaceLab | undefined> {
    await this.#find();
    const wanted = normal(path);
    for (const entry of this.#labs.values()) {
      // A lab's files lie in its folder: loading refuses every other.
      if (!wanted.startsWith(`${entry.folder}/`)) continue;
      if (!entry.filesKnown) await this.#load(entry);
      if (entry.files.has(wanted) || entry.place.path === path) return labOf(entry);
    }
    return undefined;
  }

  /** The lab as it is now, unsaved buffers included. */
  async load(lab: WorkspaceLab): Promise<LoadedLab> {
    const entry = this.#labs.get(lab.path);
    return entry ? this.#load(entry) : NOT_LOADED;
  }

  /** Looks for labs once; a change of folders or of topology files makes it look again. */
  #find(): Promise<void> {
    this.#search ??= (async () => {
      const found = await Promise.all([...this.#folders].map((folder) => findLabs(folder, this.#options.listFolder)));
      const labs = new Map<string, LabEntry>();
      for (const place of found.flat())
        if (!labs.has(place.path)) labs.set(place.path, this.#labs.get(place.path) ?? newEntry(place));
      this.#labs = new Map([...labs].sort(([a], [b]) => (a < b ? -1 : 1)));
    })();
    return this.#search;
  }

  async #load(entry: LabEntry): Promise<LoadedLab> {
    for (;;) {
      const { generation } = entry;
      if (entry.loading?.generation !== generation) entry.loading = { generation, result: this.#read(entry) };
      const result = await entry.loading.result;
      // A keystroke while files were read made it older than what the caller may see.
      if (entry.generation === generation) return result;
    }
  }

  async #read(entry: LabEntry): Promise<LoadedLab> {
    const { snapshot, problems } = await this.#readFiles(entry.place.path);
    const old = entry.result;
    const same = sameSnapshot(old.snapshot, snapshot) && JSON.stringify(old.problems) === JSON.stringify(problems);
    if (same && old !== NOT_LOADED) return old;
    entry.result = { revision: old.revision + 1, snapshot, problems };
    if (snapshot) {
      entry.last = snapshot;
      entry.name = snapshot.name;
      entry.filesKnown = true;
      entry.files = new Map([...snapshot.nodes.values()].map(({ name, config }) => [normal(config.file), name]));
    }
    return entry.result;
  }

  async #readFiles(path: string): Promise<Pick<LoadedLab, 'snapshot' | 'problems'>> {
    const { documents, dialectOfFile } = this.#options;
    if (!this.#watched) this.#cache.clear();
    try {
      const reader = withBuffers(this.#cache, documents.buffers(), normal);
      const snapshot = await loadSnapshot(path, { reader, parse: this.parse, dialectOfFile });
      return { snapshot, problems: snapshot.problems };
    } catch (error) {
      if (error instanceof UnusableInput) return { snapshot: undefined, problems: error.problems };
      const message = error instanceof Error ? error.message : String(error);
      return { snapshot: undefined, problems: [{ file: path, message }] };
    }
  }

  // ---- configurations ----------------------------------------------------------------------------------------------

  /**
   * The configuration of an open document: parsed as its lab says, else by the language that the user chose, else by
   * its content. The same text gives the same object.
   */
  async config(document: OpenDocument): Promise<ParsedConfig> {
    const { path, uri, text, languageId } = document;
    const lab = path === undefined ? undefined : await this.labOfFile(path);
    const entry = lab && this.#labs.get(lab.path);
    const node = path === undefined ? undefined : entry?.files.get(normal(path));
    const known = node === undefined ? undefined : entry?.last?.nodes.get(node);
    const set = path === undefined ? undefined : this.#options.dialectOfFile(path);
    if (known) {
      const { name, kind, image, config } = known;
      return this.parse({
        text,
        file: config.file,
        node: name,
        ...(kind !== undefined && { kind }),
        ...(image !== undefined && { image }),
        ...(set !== undefined && { dialect: set }),
      });
    }
    const dialect = set ?? dialectOfLanguage(languageId);
    const file = path ?? uri;
    return this.parse({
      text,
      file,
      node: fileNameOf(file).replace(/\.[^.]*$/, ''),
      ...(dialect !== undefined && { dialect }),
    });
  }

  /** Whether the file is one of a lab's configurations. */
  async isLabConfiguration(path: string): Promise<boolean> {
    const lab = await this.labOfFile(path);
    return lab !== undefined && this.#labs.get(lab.path)?.files.has(normal(path)) === true;
  }

  // ---- changes -----------------------------------------------------------------------------------------------------

  /** The text of an open file differs from what it was: its labs are to be loaded again. */
  edited(path: string): void {
    this.#touch(path);
  }

  /** A file was written by the client: its text is the buffer's, so the labs stay as they are. */
  savedToDisk(path: string): void {
    this.#cache.forget(path);
  }

  /** A file or folder was made, changed or removed on disk. */
  changedOnDisk(path: string): void {
    this.#cache.forget(path);
    // What the client shows is its buffer, whatever lies on disk.
    if (this.#options.documents.ofPath(path)) return;
    if (/\.clab\.ya?ml$/.test(path) || /\/(configs|batfish)(\/|$)/.test(path)) this.#search = undefined;
    this.#touch(path);
  }

  /** Settings changed, or so much on disk that nothing is to be believed any more. */
  forgetAll(): void {
    this.#cache.clear();
    this.#search = undefined;
    for (const entry of this.#labs.values()) {
      entry.generation += 1;
      entry.filesKnown = false;
    }
  }

  #touch(path: string): void {
    const changed = normal(path);
    for (const entry of this.#labs.values()) {
      if (!changed.startsWith(`${entry.folder}/`)) continue;
      entry.generation += 1;
      if (!entry.files.has(changed)) entry.filesKnown = false;
    }
  }
}

const NOT_LOADED: LoadedLab = { revision: 0, snapshot: undefined, problems: [] };

/** Whether two snapshots of a lab say the same. Equal configurations are the same object, since one parser made them. */
function sameSnapshot(a: Snapshot | undefined, b: Snapshot | undefined): boolean {
  if (!a || !b) return a === b;
  const facts = ({ name, links, linksComplete, topologyText, unmodelledNodes, runtime }: Snapshot): string =>
    JSON.stringify([
      name,
      links,
      linksComplete,
      topologyText,
      unmodelledNodes,
      [...runtime].map(([node, ports]) => [node, [...ports]]),
    ]);
  return (
    a.nodes.size === b.nodes.size &&
    [...b.nodes.values()].every(({ name, config }) => a.nodes.get(name)?.config === config) &&
    facts(a) === facts(b)
  );
}

const labOf = ({ place, name }: LabEntry): WorkspaceLab => ({ ...place, name });

const newEntry = (place: LabPlace): LabEntry => ({
  place,
  name: fileNameOf(place.path).replace(/\.clab\.ya?ml$/, ''),
  generation: 0,
  loading: undefined,
  last: undefined,
  result: NOT_LOADED,
  files: new Map(),
  filesKnown: false,
  folder: place.format === 'containerlab' ? folderOf(place.path) : place.path,
});

const dialectOfLanguage = (languageId: string): DialectId | undefined => {
  const id = languageId.startsWith('aegis-') ? languageId.slice('aegis-'.length) : undefined;
  return id === undefined || id === 'unknown' ? undefined : (id as DialectId);
};
