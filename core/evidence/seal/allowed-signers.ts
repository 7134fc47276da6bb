/**
 * The allowed_signers file of OpenSSH (ssh-keygen(1), "ALLOWED SIGNERS"): which keys may sign as whom, for which
 * namespaces, and when. The same file serves `ssh-keygen -Y verify` and us.
 */
import { ascii, WireReader } from './ssh-wire.ts';

export interface AllowedSigner {
  /** Line in the file, counted from 1. */
  readonly lineNumber: number;
  /** Patterns with `*` and `?`, a leading `!` excludes. */
  readonly principals: readonly string[];
  readonly keyType: string;
  readonly publicKeyBlob: Uint8Array;
  /** The line names an authority for certificates: it does not allow the key itself to sign. */
  readonly certAuthority: boolean;
  /** Null allows every namespace. */
  readonly namespaces: readonly string[] | null;
  /** Milliseconds since 1970; null for no limit. */
  readonly validAfter: number | null;
  readonly validBefore: number | null;
}

export class AllowedSignersError extends Error {
  override readonly name = 'AllowedSignersError';
  readonly lineNumber: number;
  constructor(lineNumber: number, message: string) {
    super(`Line ${lineNumber} of the allowed signers file: ${message}`);
    this.lineNumber = lineNumber;
  }
}

/** Cuts the first word off a line; blanks inside double quotes do not end it. */
function nextWord(text: string): { word: string; rest: string } {
  const match = /^(?:"(?:[^"\\]|\\.)*"|[^\s"])+/.exec(text);
  if (!match) return { word: '', rest: text };
  return { word: match[0], rest: text.slice(match[0].length).trimStart() };
}

/** `YYYYMMDD[HHMM[SS]][Z]`; without the Z it is this machine's local time, as ssh-keygen reads it. */
function parseTime(text: string, lineNumber: number): number {
  const match = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?(Z?)$/.exec(text);
  const fields = match?.slice(1, 7).map((part) => Number(part ?? 0)) ?? [];
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = fields;
  const utcTime = Date.UTC(year, month - 1, day, hour, minute, second);
  const round = new Date(utcTime);
  const exists =
    round.getUTCMonth() === month - 1 && round.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  if (!match || !exists) throw new AllowedSignersError(lineNumber, `${text} is not a time (YYYYMMDD[HHMM[SS]][Z]).`);
  return match[7] === 'Z' ? utcTime : new Date(year, month - 1, day, hour, minute, second).getTime();
}

function parseOptions(
  text: string,
  lineNumber: number,
): Omit<AllowedSigner, 'principals' | 'keyType' | 'publicKeyBlob'> {
  const options = {
    lineNumber,
    certAuthority: false,
    namespaces: null as readonly string[] | null,
    validAfter: null as number | null,
    validBefore: null as number | null,
  };
  const seen = new Set<string>();
  for (const option of text === '' ? [] : (text.match(/(?:"(?:[^"\\]|\\.)*"|[^,"])+/g) ?? [])) {
    const name = (option.split('=', 1)[0] ?? '').toLowerCase();
    const value = /^[^=]+="((?:[^"\\]|\\.)*)"$/.exec(option)?.[1]?.replace(/\\"/g, '"');
    if (seen.has(name)) throw new AllowedSignersError(lineNumber, `the option ${name} is given twice.`);
    seen.add(name);
    if (name === 'cert-authority' && option === option.split('=', 1)[0]) options.certAuthority = true;
    else if (value === undefined)
      throw new AllowedSignersError(lineNumber, `${option} is not an option with a quoted value.`);
    else if (name === 'namespaces') options.namespaces = value.split(',');
    else if (name === 'valid-after') options.validAfter = parseTime(value, lineNumber);
    else if (name === 'valid-before') options.validBefore = parseTime(value, lineNumber);
    else throw new AllowedSignersError(lineNumber, `the option ${name} is not known.`);
  }
  if (options.validAfter !== null && options.validBefore !== null && options.validBefore <= options.validAfter) {
    throw new AllowedSignersError(lineNumber, 'valid-before is not later than valid-after.');
  }
  return options;
}

/** The key on a line, when there is one here. */
function parseKey(text: string): { keyType: string; publicKeyBlob: Uint8Array } | null {
  const match = /^([a-z0-9@.-]+)\s+([A-Za-z0-9+/]+={0,2})(?:\s|$)/.exec(text);
  if (!match) return null;
  const [, keyType = '', base64 = ''] = match;
  const publicKeyBlob = new Uint8Array(Buffer.from(base64, 'base64'));
  try {
    return new WireReader(publicKeyBlob).text() === keyType ? { keyType, publicKeyBlob } : null;
  } catch {
    // Not a length-prefixed key type, therefore not a key.
    return null;
  }
}

/** Reads an allowed_signers file. A line that cannot be read refuses the whole file: trust is not guessed. */
export function parseAllowedSigners(text: string): readonly AllowedSigner[] {
  const signers: AllowedSigner[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const lineNumber = index + 1;
    const content = raw.trim();
    if (content === '' || content.startsWith('#')) continue;
    const { word: principals, rest } = nextWord(content);
    let options = '';
    let key = parseKey(rest);
    if (!key) {
      const second = nextWord(rest);
      options = second.word;
      key = parseKey(second.rest);
    }
    if (principals === '' || !key) {
      throw new AllowedSignersError(lineNumber, 'expected principals, options and a public key.');
    }
    signers.push({
      principals: principals.replace(/^"|"$/g, '').split(','),
      ...key,
      ...parseOptions(options, lineNumber),
    });
  }
  return signers;
}

/** OpenSSH's patterns: `*` any run of characters, `?` one character. */
function matchesPattern(text: string, pattern: string): boolean {
  // Two pointers with one point to return to: linear for practical patterns, never exponential.
  let t = 0;
  let p = 0;
  let star = -1;
  let mark = 0;
  while (t < text.length) {
    if (p < pattern.length && (pattern[p] === '?' || (pattern[p] !== '*' && pattern[p] === text[t]))) {
      t += 1;
      p += 1;
    } else if (pattern[p] === '*') {
      star = p;
      mark = t;
      p += 1;
    } else if (star >= 0) {
      p = star + 1;
      mark += 1;
      t = mark;
    } else return false;
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}

/** Whether a name is in a list of patterns; a pattern with `!` that matches excludes it whatever else is there. */
export function matchesList(text: string, patterns: readonly string[]): boolean {
  if (patterns.some((pattern) => pattern.startsWith('!') && matchesPattern(text, pattern.slice(1)))) return false;
  return patterns.some((pattern) => !pattern.startsWith('!') && matchesPattern(text, pattern));
}

export type TrustDecision =
  | { readonly trusted: true; readonly signer: AllowedSigner }
  | { readonly trusted: false; readonly reason: string };

/**
 * Whether the file lets this key sign as this principal in this namespace at this time (milliseconds since 1970).
 * A null principal asks whether the key may sign as anybody. The reason is that of the last line that holds the key.
 */
export function trust(
  signers: readonly AllowedSigner[],
  publicKeyBlob: Uint8Array,
  principal: string | null,
  namespace: string,
  now: number,
): TrustDecision {
  const same = signers.filter((signer) => Buffer.compare(signer.publicKeyBlob, publicKeyBlob) === 0);
  let reason = 'the key is not in the file of allowed signers';
  for (const signer of same) {
    const where = `line ${signer.lineNumber}`;
    if (signer.certAuthority) reason = `${where} allows the key as a certificate authority only`;
    else if (principal !== null && !matchesList(principal, signer.principals))
      reason = `${where} does not allow the key for ${principal}`;
    else if (signer.namespaces && !matchesList(namespace, signer.namespaces)) {
      reason = `${where} does not allow the key for the namespace ${namespace}`;
    } else if (signer.validAfter !== null && now < signer.validAfter) reason = `the key is not valid yet (${where})`;
    else if (signer.validBefore !== null && now > signer.validBefore) reason = `the key is no longer valid (${where})`;
    else return { trusted: true, signer };
  }
  return { trusted: false, reason };
}

/** A time as an allowed_signers file writes it, to the second, in UTC. */
export const signerTime = (time: Date): string => time.toISOString().replace(/[-:T]|\.\d+/g, '');

/** A line that allows one key for one principal and one namespace, from a time on where one is given. */
export function allowedSignerLine(
  principal: string,
  namespace: string,
  keyType: string,
  blob: Uint8Array,
  validAfter?: Date,
): string {
  const from = validAfter ? `valid-after="${signerTime(validAfter)}",` : '';
  return `${principal} ${from}namespaces="${namespace}" ${keyType} ${Buffer.from(blob).toString('base64')}`;
}

/**
 * The file with an end to what this key may do in this namespace. Lines that end already are left alone; the rest of the
 * file stays as it is.
 */
export function withoutFuture(text: string, blob: Uint8Array, namespace: string, end: Date): string {
  // The file knows whole seconds: what was sealed a moment ago, in this second, was sealed before the end.
  const until = new Date(Math.ceil(end.getTime() / 1000) * 1000);
  const lines = text.split('\n');
  for (const { lineNumber, publicKeyBlob, validBefore, namespaces } of parseAllowedSigners(text)) {
    const other = Buffer.compare(publicKeyBlob, blob) !== 0 || (namespaces && !matchesList(namespace, namespaces));
    if (other || (validBefore !== null && validBefore <= until.getTime())) continue;
    const line = (lines[lineNumber - 1] ?? '').replace(/,?valid-before="[^"]*",?/, '');
    const { word, rest } = nextWord(line.trim());
    const option = `valid-before="${signerTime(until)}"`;
    lines[lineNumber - 1] = parseKey(rest) ? `${word} ${option} ${rest}` : `${word} ${option},${rest}`;
  }
  return lines.join('\n');
}

/** Whether a principal can stand in an allowed_signers file without being read as a pattern or as two words. */
export function isPlainPrincipal(principal: string): boolean {
  return ascii(principal).length <= 255 && /^[A-Za-z0-9][A-Za-z0-9._@+-]*$/.test(principal);
}
