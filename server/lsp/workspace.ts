import { posix } from 'node:path';
import type { DialectId } from '../../core/config/device/device.ts';
import type { ParsedConfig } from '../../core/config/parse.ts';
import { withBuffers } from '../../core/network/load/buffer-reader.ts';
import { readTopology } from '../../core/network/load/containerlab.ts';
import { type FileReader, fileNameOf, folderOf, joinPath } from '../../core/network/load/file-reader.ts';
import { type ConfigParser, loadSnapshot } from '../../core/network/load/load-snapshot.ts';
import { rememberingParser } from '../../core/network/load/remembering-parser.ts';
import { readText } from '../../core/network/load/text.ts';
import { UnusableInput } from '../../core/network/load/unusable.ts';
import type { Snapshot, SnapshotNode, SnapshotProblem } from '../../core/network/snapshot.ts';
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

/** A node of a lab and its configuration's path, as the loader names it. */
type Member = Pick<SnapshotNode, 'name' | 'kind' | 'image'> & { readonly file: string };

interface LabEntry {
  place: LabPlace;
  name: string;
  /** Counts what may have changed the lab's files. */
  generation: number;
  loading: { readonly generation: number; readonly result: Promise<LoadedLab> } | undefined;
  /** The last result, whether it could be loaded or not. */
  result: LoadedLab;
  /** The lab's configurations by path, kept while the topology cannot be read. */
  files: ReadonlyMap<string, Member>;
  /** Whether `files` may be believed: an edit of a configuration does not change which files the lab consists of. */
  filesKnown: boolean;
  /** Configurations edited since the last load; undefined when more than that may be different. */
  edited: Set<string> | undefined;
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
  /** Two texts of each file are kept: as it is, and as it was before the change. */
  readonly parse: ConfigParser = rememberingParser(2);
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
      if (entry.loading?.generation !== generation) {
        // One after the other: each builds on the result of the one before.
        const previous = entry.loading?.result.catch(() => undefined) ?? Promise.resolve();
        entry.loading = { generation, result: previous.then(() => this.#read(entry)) };
      }
      const result = await entry.loading.result;
      // A keystroke while files were read made it older than what the caller may see.
      if (entry.generation === generation) return result;
    }
  }

  async #read(entry: LabEntry): Promise<LoadedLab> {
    const old = entry.result;
    const { edited } = entry;
    entry.edited = new Set();
    const { snapshot, problems } = this.#withEdits(entry, edited) ?? (await this.#readFiles(entry.place.path));
    const same = sameSnapshot(old.snapshot, snapshot) && JSON.stringify(old.problems) === JSON.stringify(problems);
    if (same && old !== NOT_LOADED) return old;
    entry.result = { revision: old.revision + 1, snapshot, problems };
    if (snapshot) {
      entry.name = snapshot.name;
      setFiles(
        entry,
        [...snapshot.nodes.values()].map(({ config, ...node }) => ({ ...node, file: config.file })),
      );
    } else if (entry.place.format === 'containerlab') setFiles(entry, await this.#membersOf(entry.place.path));
    return entry.result;
  }

  /** The configurations that a topology names, for a lab in which one of them is not usable. */
  async #membersOf(path: string): Promise<readonly Member[] | undefined> {
    try {
      const text = this.#options.documents.ofPath(path)?.text ?? (await readText(this.#cache, path));
      return readTopology(text, path).nodes.flatMap(({ config, ...node }) =>
        config ? [{ ...node, file: joinPath(folderOf(path), config.path) }] : [],
      );
    } catch {
      // Why the topology cannot be read is among the problems of the lab already.
      return undefined;
    }
  }

  /**
   * The last snapshot with the edited configurations in it: what a keystroke needs. Undefined where anything else may
   * be different, in which case the files say what the lab is.
   */
  #withEdits(
    { result, files }: LabEntry,
    edited: ReadonlySet<string> | undefined,
  ): Pick<LoadedLab, 'snapshot' | 'problems'> | undefined {
    const { snapshot, problems } = result;
    // Inferred links follow from addresses, so that any edit may change them.
    if (!edited || !snapshot?.linksComplete || snapshot.format !== 'containerlab') return undefined;
    const nodes = new Map(snapshot.nodes);
    for (const path of edited) {
      const node = snapshot.nodes.get(files.get(path)?.name ?? '');
      const text = this.#options.documents.ofPath(node?.config.file ?? path)?.text;
      if (!node || !text || text.includes('\0')) return undefined;
      const config = this.#parseMember({ ...node, file: node.config.file }, text);
      // Links name their ports as the device does.
      if (!sameKeys(config.device.interfaces, node.config.device.interfaces)) return undefined;
      nodes.set(node.name, { ...node, config });
    }
    return { snapshot: { ...snapshot, nodes }, problems };
  }

  #parseMember({ name, kind, image, file }: Member, text: string): ParsedConfig {
    const dialect = this.#options.dialectOfFile(file);
    return this.parse({
      text,
      file,
      node: name,
      ...(kind !== undefined && { kind }),
      ...(image !== undefined && { image }),
      ...(dialect !== undefined && { dialect }),
    });
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
    const member = path === undefined ? undefined : entry?.files.get(normal(path));
    const loaded = member && entry?.result.snapshot?.nodes.get(member.name)?.config;
    // The lab's own object, so that what is known of it is known here.
    if (loaded?.text === text && loaded.file === member?.file) return loaded;
    if (member) return this.#parseMember(member, text);
    const set = path === undefined ? undefined : this.#options.dialectOfFile(path);
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
    const changed = normal(path);
    for (const entry of this.#labs.values()) {
      if (!changed.startsWith(`${entry.folder}/`)) continue;
      entry.generation += 1;
      if (entry.files.has(changed)) entry.edited?.add(changed);
      else notKnown(entry);
    }
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
      notKnown(entry);
    }
  }

  #touch(path: string): void {
    const changed = normal(path);
    for (const entry of this.#labs.values()) {
      if (!changed.startsWith(`${entry.folder}/`)) continue;
      entry.generation += 1;
      entry.edited = undefined;
      if (!entry.files.has(changed)) entry.filesKnown = false;
    }
  }
}

function setFiles(entry: LabEntry, members: readonly Member[] | undefined): void {
  if (!members) return;
  entry.filesKnown = true;
  entry.files = new Map(members.map((member) => [normal(member.file), member]));
}

/** What the lab consists of may be different. */
function notKnown(entry: LabEntry): void {
  entry.edited = undefined;
  entry.filesKnown = false;
}

const sameKeys = (a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): boolean =>
  a.size === b.size && [...a.keys()].every((key) => b.has(key));

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
  const shared = a.links === b.links && a.runtime === b.runtime;
  return (
    a.nodes.size === b.nodes.size &&
    [...b.nodes.values()].every(({ name, config }) => a.nodes.get(name)?.config === config) &&
    (shared || facts(a) === facts(b))
  );
}

const labOf = ({ place, name }: LabEntry): WorkspaceLab => ({ ...place, name });

const newEntry = (place: LabPlace): LabEntry => ({
  place,
  name: fileNameOf(place.path).replace(/\.clab\.ya?ml$/, ''),
  generation: 0,
  loading: undefined,
  result: NOT_LOADED,
  files: new Map(),
  filesKnown: false,
  edited: undefined,
  folder: place.format === 'containerlab' ? folderOf(place.path) : place.path,
});

const dialectOfLanguage = (languageId: string): DialectId | undefined => {
  const id = languageId.startsWith('aegis-') ? languageId.slice('aegis-'.length) : undefined;
  return id === undefined || id === 'unknown' ? undefined : (id as DialectId);
};
