import { parseIp } from '../../config/address.ts';

export interface SummaryRow {
  /** Canonical address of the neighbour. */
  readonly peer: string;
  readonly established: boolean;
  /** What stands in the last column of a session that is not up: `Active`, `Idle (Admin)` ... */
  readonly state: string;
}

/** No address is longer, with a zone: `ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255%interface`. */
const LONGEST_ADDRESS = 64;
const WORD = /\S+/g;

/**
 * The sessions of a "show bgp summary" of any network system: the rows that begin with an address. A session is up when
 * its row ends with a number (the prefixes received) or with a word that begins with `Estab`; everything else is a
 * state. A long address may stand alone on a line, with its row on the next. Linear in the length of the text.
 */
export function summaryRows(output: string): readonly SummaryRow[] {
  const rows: SummaryRow[] = [];
  let pending: string | undefined;
  for (const line of output.split(/\r?\n/)) {
    const words = line.match(WORD) ?? [];
    const first = words[0];
    if (first === undefined) continue;
    const peer = addressOf(first);
    if (peer !== undefined && words.length === 1) {
      pending = peer;
      continue;
    }
    const of = peer ?? pending;
    pending = undefined;
    // A row has columns: what merely mentions an address is a sentence or a list.
    if (of === undefined || words.length < (peer === undefined ? 5 : 6)) continue;
    const last = words.at(-1) as string;
    rows.push({ peer: of, established: /^\d+$/.test(last) || /^Estab/.test(last), state: stateOf(words) });
  }
  return rows;
}

function addressOf(word: string): string | undefined {
  if (word.length > LONGEST_ADDRESS) return undefined;
  // Dynamic neighbours carry a star in front (IOS), zones an interface behind.
  return parseIp(word.replace(/^\*/, '').replace(/%.*$/, ''))?.text;
}

const stateOf = (words: readonly string[]): string => {
  const last = words.at(-1) as string;
  return /^\(/.test(last) ? `${words.at(-2) ?? ''} ${last}`.trim() : last;
};
