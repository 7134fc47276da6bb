/** Something that speaks about a change, and where the operator should look. */
export interface Statement {
  readonly message: string;
  /** Zero-based line of a file of the change. */
  readonly place?: { readonly node: string; readonly file: string; readonly line: number };
}
