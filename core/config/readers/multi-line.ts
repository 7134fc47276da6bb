import type { SyntaxProblem, Word } from '../tree.ts';

/** Text that follows a command over several lines. */
export interface Body {
  readonly text: string;
  /** The last line that belongs to the command. */
  readonly lastLine: number;
  readonly problems: readonly SyntaxProblem[];
}

/** Recognises a command whose text goes on, and takes that text; undefined when the line is not such a command. */
export type MultiLine = (
  words: readonly Word[],
  parent: readonly Word[] | undefined,
  lines: readonly string[],
  number: number,
) => Body | undefined;

export function bodyOf(
  kinds: readonly MultiLine[],
  words: readonly Word[],
  parent: readonly Word[] | undefined,
  lines: readonly string[],
  number: number,
): Body | undefined {
  for (const kind of kinds) {
    const body = kind(words, parent, lines, number);
    if (body) return body;
  }
  return undefined;
}

const BANNERS = ['motd', 'login', 'exec', 'incoming', 'prompt-timeout', 'slip-ppp', 'config-save'];

const isWord = (word: Word | undefined, full: string, least: number): boolean =>
  word !== undefined && word.text.length >= least && full.startsWith(word.text.toLowerCase());

/**
 * IOS: `banner motd ^C ... ^C`. The delimiter is the first character after the kind, or `^` and a letter as the device
 * shows a control character. What stands behind the closing delimiter is thrown away by the device, so it is reported.
 */
export const delimitedBanner: MultiLine = (words, _parent, lines, number) => {
  if (!isWord(words[0], 'banner', 3)) return undefined;
  const kind = words[1]?.text.toLowerCase();
  const first = words[kind !== undefined && BANNERS.some((name) => name.startsWith(kind)) ? 2 : 1];
  if (!first) return undefined;
  const delimiter = /^\^[A-Za-z]/.test(first.text)
    ? first.text.slice(0, 2)
    : String.fromCodePoint(first.text.codePointAt(0) ?? 0);
  const collected: string[] = [];
  let from = first.start + delimiter.length;
  for (let at = number; at < lines.length; at += 1) {
    const line = lines[at] as string;
    const end = line.indexOf(delimiter, from);
    if (end < 0) {
      collected.push(line.slice(from));
      from = 0;
      continue;
    }
    collected.push(line.slice(from, end));
    const behind = line.slice(end + delimiter.length);
    const span = { line: at, start: end + delimiter.length, end: line.length };
    const message = "The device ignores what stands behind the banner's closing delimiter.";
    return { text: collected.join('\n'), lastLine: at, problems: behind.trim() === '' ? [] : [{ span, message }] };
  }
  return unclosed(
    words,
    collected,
    lines,
    number,
    `The banner is not closed by "${delimiter}"; the device takes the rest of the file as its text.`,
  );
};

/** EOS: the lines after the command up to one that says `EOF`. */
const untilEof =
  (takes: (words: readonly Word[]) => boolean): MultiLine =>
  (words, _parent, lines, number) => {
    if (!takes(words)) return undefined;
    for (let at = number + 1; at < lines.length; at += 1)
      if ((lines[at] as string).trim() === 'EOF')
        return { text: lines.slice(number + 1, at).join('\n'), lastLine: at, problems: [] };
    return unclosed(
      words,
      lines.slice(number + 1),
      lines,
      number,
      'The text is not closed by a line "EOF"; the device takes the rest of the file as its text.',
    );
  };

/** EOS: `banner login`, `banner motd`. */
export const eofBanner: MultiLine = untilEof((words) => words.length === 2 && isWord(words[0], 'banner', 3));

/** EOS: the text of routing control functions (`code`, `code unit NAME`). */
export const eofCode: MultiLine = untilEof(
  (words) => words[0]?.text === 'code' && (words.length === 1 || words[1]?.text === 'unit'),
);

/** IOS: the hexadecimal lines of a certificate in `crypto pki certificate chain`, closed by `quit`. */
export const certificate: MultiLine = (words, parent, lines, number) => {
  if (
    words[0]?.text !== 'certificate' ||
    parent?.[0]?.text !== 'crypto' ||
    !parent.some((word) => word.text === 'chain')
  )
    return undefined;
  let at = number + 1;
  while (at < lines.length && /^[ \t0-9A-Fa-f]+$/.test(lines[at] as string)) at += 1;
  const closed = at < lines.length && (lines[at] as string).trim() === 'quit';
  return { text: lines.slice(number + 1, at).join('\n'), lastLine: closed ? at : at - 1, problems: [] };
};

/** IOS: `macro name X` up to a line with `@`. */
export const macro: MultiLine = (words, _parent, lines, number) => {
  if (words[0]?.text !== 'macro' || words[1]?.text !== 'name') return undefined;
  for (let at = number + 1; at < lines.length; at += 1)
    if ((lines[at] as string).trim() === '@')
      return { text: lines.slice(number + 1, at).join('\n'), lastLine: at, problems: [] };
  return unclosed(
    words,
    lines.slice(number + 1),
    lines,
    number,
    'The macro is not closed by a line "@"; the device takes the rest of the file as its text.',
  );
};

/** IOS-XR: blocks of the routing policy language, whose lines are no commands, up to `end-policy` and its kind. */
const POLICY_BLOCKS: readonly (readonly [start: RegExp, end: string])[] = [
  [/^route-policy$/, 'end-policy'],
  [/^(prefix|as-path|community|extcommunity|large-community|rd|tag|ospf-area|mac|etag|esi|evi)-set$/, 'end-set'],
  [/^policy-global$/, 'end-global'],
];

export const policyBlock: MultiLine = (words, parent, lines, number) => {
  const [first, second] = words;
  const end = POLICY_BLOCKS.find(([start]) => start.test(first?.text ?? ''))?.[1];
  if (end === undefined || parent || (end !== 'end-global' && !second)) return undefined;
  for (let at = number + 1; at < lines.length; at += 1)
    if ((lines[at] as string).trim() === end)
      return { text: lines.slice(number + 1, at).join('\n'), lastLine: at, problems: [] };
  return unclosed(
    words,
    lines.slice(number + 1),
    lines,
    number,
    `The ${first?.text} is not closed by "${end}"; the device takes the rest of the file as its text.`,
  );
};

function unclosed(
  words: readonly Word[],
  collected: readonly string[],
  lines: readonly string[],
  number: number,
  message: string,
): Body {
  const span = { line: number, start: words[0]?.start ?? 0, end: words.at(-1)?.end ?? 0 };
  return { text: collected.join('\n'), lastLine: lines.length - 1, problems: [{ span, message }] };
}
