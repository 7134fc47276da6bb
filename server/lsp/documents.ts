import type { TextDocumentContentChangeEvent, TextDocumentItem } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Uris } from './uris.ts';

export interface OpenDocument {
  readonly uri: string;
  /** Undefined for a document that is no file (untitled, a git revision). */
  readonly path: string | undefined;
  readonly languageId: string;
  readonly version: number;
  readonly text: string;
  /** The text when it was opened first: what a change is measured by where there is no git. */
  readonly openedText: string;
}

/** The documents that the client has open. An entry is never altered; an edit puts a new one in its place. */
export class Documents {
  readonly #uris: Uris;
  readonly #open = new Map<string, { readonly buffer: TextDocument; readonly document: OpenDocument }>();
  /** Texts at the first opening, kept after closing, by path. */
  readonly #opened = new Map<string, string>();

  constructor(uris: Uris) {
    this.#uris = uris;
  }

  open({ uri, languageId, version, text }: TextDocumentItem): OpenDocument {
    const path = this.#uris.remember(uri);
    if (path !== undefined && !this.#opened.has(path)) this.#opened.set(path, text);
    const openedText = (path === undefined ? undefined : this.#opened.get(path)) ?? text;
    return this.#put(TextDocument.create(uri, languageId, version, text), path, openedText);
  }

  /** Applies an edit, in the order in which the client sends its parts. Undefined when the document is not open. */
  change(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): OpenDocument | undefined {
    const known = this.#open.get(uri);
    if (!known) return undefined;
    const { path, openedText } = known.document;
    return this.#put(TextDocument.update(known.buffer, [...changes], version), path, openedText);
  }

  close(uri: string): OpenDocument | undefined {
    const known = this.#open.get(uri);
    this.#open.delete(uri);
    this.#uris.forget(uri);
    return known?.document;
  }

  #put(buffer: TextDocument, path: string | undefined, openedText: string): OpenDocument {
    const { uri, languageId, version } = buffer;
    const document = { uri, path, languageId, version, text: buffer.getText(), openedText };
    this.#open.set(uri, { buffer, document });
    return document;
  }

  get(uri: string): OpenDocument | undefined {
    return this.#open.get(uri)?.document;
  }

  ofPath(path: string): OpenDocument | undefined {
    return this.get(this.#uris.uriOf(path));
  }

  all(): readonly OpenDocument[] {
    return [...this.#open.values()].map(({ document }) => document);
  }

  /** Texts of the open files by path. */
  buffers(): ReadonlyMap<string, string> {
    return new Map(this.all().flatMap(({ path, text }) => (path === undefined ? [] : [[path, text] as const])));
  }

  /** Texts that files had when they were opened first, by path. */
  openedTexts(): ReadonlyMap<string, string> {
    return this.#opened;
  }
}
