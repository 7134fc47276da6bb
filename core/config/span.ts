/** A place in one configuration file: zero-based line, UTF-16 columns [start, end) of that line. */
export interface Span {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  /** Last line of the element (inclusive) when it covers more than one line, e.g. a stanza with its children. */
  readonly endLine?: number;
  /** File of the element when it is not the device's main file (SONiC keeps interfaces in config_db.json). */
  readonly file?: string;
}

/** A value with the place in the configuration that made it. */
export interface Located<T> {
  readonly value: T;
  readonly span: Span;
}

export const located = <T>(value: T, span: Span): Located<T> => ({ value, span });
