import { fileURLToPath, pathToFileURL } from 'node:url';

const REMOTE = /^vscode-remote:\/\/[^/]*(\/.*)$/;

const forward = (path: string): string => (process.platform === 'win32' ? path.replaceAll('\\', '/') : path);

/**
 * Paths and the URIs by which the client knows them. A client may write one path in several ways (`%3A` or `:`, the
 * scheme `vscode-remote`), and finds its own document only under the spelling that it used itself.
 */
export class Uris {
  readonly #spelling = new Map<string, string>();
  readonly #folders: { readonly path: string; readonly uri: string }[] = [];

  /** The path of a file on the machine on which the server runs; undefined for every other URI (`untitled:`, `git:`). */
  pathOf(uri: string): string | undefined {
    const remote = REMOTE.exec(uri);
    try {
      if (remote) return forward(decodeURIComponent(remote[1] as string));
      return uri.startsWith('file:') ? forward(fileURLToPath(uri)) : undefined;
    } catch {
      // Not a URI of a file here: a malformed percent sign, another host.
      return undefined;
    }
  }

  /** Remembers how the client writes this document. */
  remember(uri: string): string | undefined {
    const path = this.pathOf(uri);
    if (path !== undefined) this.#spelling.set(path, uri);
    return path;
  }

  forget(uri: string): void {
    const path = this.pathOf(uri);
    if (path !== undefined) this.#spelling.delete(path);
  }

  /** Remembers a workspace folder: what lies in it is written as it is. */
  rememberFolder(uri: string): string | undefined {
    const path = this.pathOf(uri)?.replace(/(.)\/+$/, '$1');
    if (path !== undefined && uri.startsWith('vscode-remote:')) {
      const folder = { path, uri: uri.replace(/\/+$/, '') };
      if (!this.#folders.some((known) => known.path === path)) this.#folders.push(folder);
    }
    return path;
  }

  /** The URI of a path, as the client writes it where that is known. */
  uriOf(path: string): string {
    const known = this.#spelling.get(path);
    if (known !== undefined) return known;
    const folder = this.#folders.find((one) => path === one.path || path.startsWith(`${one.path}/`));
    if (folder) return folder.uri + path.slice(folder.path.length).split('/').map(encodeURIComponent).join('/');
    return pathToFileURL(path).href;
  }
}
