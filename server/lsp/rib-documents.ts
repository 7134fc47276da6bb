import { RIB_SCHEME } from '../protocol.ts';

/** State diffs whose virtual documents can still be read. */
const MOST_KEPT = 4;

/** Texts behind the virtual documents of the last state diffs, by URI. */
export class RibDocuments {
  #runs: ReadonlyMap<string, string>[] = [];
  #last = 0;

  /** Keeps the texts of a run and gives each a URI; the oldest run is forgotten. */
  add(
    lab: string,
    texts: readonly { readonly device: string | null; readonly before: string; readonly after: string }[],
  ) {
    this.#last += 1;
    const documents = new Map<string, string>();
    const put = (device: string | null, side: 'before' | 'after', text: string): string => {
      const path = [lab, device ?? 'all devices', side].map(encodeURIComponent).join('/');
      const uri = `${RIB_SCHEME}:/${path}.rib?${this.#last}`;
      documents.set(keyOf(uri), text);
      return uri;
    };
    const uris = texts.map(({ device, before, after }) => ({
      device,
      before: put(device, 'before', before),
      after: put(device, 'after', after),
    }));
    this.#runs = [documents, ...this.#runs].slice(0, MOST_KEPT);
    return uris;
  }

  get(uri: string): string | undefined {
    const key = keyOf(uri);
    return this.#runs.find((run) => run.has(key))?.get(key);
  }
}

/** A URI without the differences that editors make in writing it. */
const keyOf = (uri: string): string => {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
};
