import { SemanticTokensBuilder } from 'vscode-languageserver';

/** What the client has of each file, so that an edit is answered with what differs. */
export class TokenMemory {
  readonly #builders = new Map<string, SemanticTokensBuilder>();

  builder(uri: string): SemanticTokensBuilder {
    const known = this.#builders.get(uri) ?? new SemanticTokensBuilder();
    this.#builders.set(uri, known);
    return known;
  }

  forget(uri: string): void {
    this.#builders.delete(uri);
  }
}
