import type { FileReader } from '../../core/network/load/file-reader.ts';

/**
 * A reader that asks the file system once: labs are loaded again after every keystroke, and only what the client
 * reports as changed is read anew.
 */
export class FileCache implements FileReader {
  readonly #below: FileReader;
  readonly #answers = new Map<string, Promise<unknown>>();

  constructor(below: FileReader) {
    this.#below = below;
  }

  readonly readFile = (path: string) => this.#once('readFile', path, this.#below.readFile);
  readonly readDirectory = (path: string) => this.#once('readDirectory', path, this.#below.readDirectory);
  readonly realPath = (path: string) => this.#once('realPath', path, this.#below.realPath);
  readonly stat = (path: string) => this.#once('stat', path, this.#below.stat);

  #once<T>(question: string, path: string, ask: (path: string) => Promise<T>): Promise<T> {
    const key = `${question} ${path}`;
    const known = this.#answers.get(key);
    if (known) return known as Promise<T>;
    const answer = ask(path);
    this.#answers.set(key, answer);
    return answer;
  }

  /** A file, or a folder with all that is in it, may be different now. */
  forget(path: string): void {
    for (const key of this.#answers.keys()) {
      const known = key.slice(key.indexOf(' ') + 1);
      if (known === path || known.startsWith(`${path}/`)) this.#answers.delete(key);
    }
    this.#answers.delete(`readDirectory ${path.slice(0, path.lastIndexOf('/'))}`);
  }

  clear(): void {
    this.#answers.clear();
  }
}
