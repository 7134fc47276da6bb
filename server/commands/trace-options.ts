/** What `aegis trace` may be asked beside its arguments. */
export interface TraceOptions {
  readonly proto?: string;
  readonly port?: string;
  readonly sourcePort?: string;
  readonly vrf?: string;
  readonly source?: string;
  readonly json?: boolean;
}
