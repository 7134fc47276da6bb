import type { Span } from '../span.ts';

/** A JSON value with the place where it stands. */
export type JsonNode =
  | { readonly kind: 'scalar'; readonly value: string | number | boolean | null; readonly span: Span }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[]; readonly span: Span }
  | { readonly kind: 'object'; readonly members: readonly JsonMember[]; readonly span: Span };

export interface JsonMember {
  readonly key: string;
  /** Place of the key. */
  readonly span: Span;
  readonly value: JsonNode;
}

/** Values are nested so deep at most; configuration databases nest three or four levels. */
const MAX_DEPTH = 200;

class JsonSyntaxError extends Error {}

/** Reads JSON with places. Returns the sentence that says what is wrong where the text is not JSON. */
export function readJson(
  text: string,
): JsonNode | { readonly kind: 'problem'; readonly message: string; readonly span: Span } {
  let at = 0;
  let line = 0;
  let lineStart = 0;

  const here = (start: number): Span => ({ line, start: start - lineStart, end: at - lineStart });
  const fail = (message: string): never => {
    throw new JsonSyntaxError(message);
  };
  const skip = (): void => {
    for (; at < text.length; at += 1) {
      const char = text[at];
      if (char === '\n') [line, lineStart] = [line + 1, at + 1];
      else if (char !== ' ' && char !== '\t' && char !== '\r') return;
    }
  };
  const take = (char: string): void => {
    if (text[at] !== char) fail(`"${char}" is missing`);
    at += 1;
  };

  const string = (): { readonly value: string; readonly span: Span } => {
    const start = at;
    take('"');
    while (at < text.length && text[at] !== '"' && text[at] !== '\n') at += text[at] === '\\' ? 2 : 1;
    take('"');
    return { value: JSON.parse(text.slice(start, at)) as string, span: here(start) };
  };

  const value = (depth: number): JsonNode => {
    if (depth > MAX_DEPTH) fail('values are nested too deep');
    skip();
    const [start, startLine, startColumn] = [at, line, at - lineStart];
    const covering = (): Span => ({
      line: startLine,
      start: startColumn,
      end: startLine === line ? at - lineStart : startColumn + 1,
      endLine: line,
    });
    if (text[at] === '"') return { kind: 'scalar', ...string() };
    if (text[at] === '{') {
      const members: JsonMember[] = [];
      list('}', () => {
        const key = string();
        skip();
        take(':');
        members.push({ key: key.value, span: key.span, value: value(depth + 1) });
      });
      return { kind: 'object', members, span: covering() };
    }
    if (text[at] === '[') {
      const items: JsonNode[] = [];
      list(']', () => items.push(value(depth + 1)));
      return { kind: 'array', items, span: covering() };
    }
    const word = /[-+.\w]*/y;
    word.lastIndex = at;
    const token = word.exec(text)?.[0] ?? '';
    at += token.length;
    if (!/^(true|false|null|-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?)$/.test(token)) fail('a value is missing');
    return { kind: 'scalar', value: JSON.parse(token) as number | boolean | null, span: here(start) };
  };

  const list = (close: string, item: () => void): void => {
    at += 1;
    skip();
    if (text[at] === close) {
      at += 1;
      return;
    }
    for (;;) {
      skip();
      item();
      skip();
      if (text[at] === close) break;
      take(',');
    }
    at += 1;
  };

  try {
    const node = value(0);
    skip();
    if (at < text.length) fail('there is text after the value');
    return node;
  } catch (error) {
    if (!(error instanceof JsonSyntaxError || error instanceof SyntaxError)) throw error;
    return {
      kind: 'problem',
      message: error.message,
      span: { line, start: Math.max(0, at - lineStart), end: Math.max(0, at - lineStart) + 1 },
    };
  }
}

/** The member of that name; the last one where a name stands twice, as JSON.parse takes it. */
export const member = (node: JsonNode | undefined, key: string): JsonMember | undefined =>
  node?.kind === 'object' ? node.members.findLast((each) => each.key === key) : undefined;

/** The text of a member that is a string or a number. */
export function textOf(
  node: JsonNode | undefined,
  key: string,
): { readonly value: string; readonly span: Span } | undefined {
  const found = member(node, key)?.value;
  if (found?.kind !== 'scalar' || found.value === null || typeof found.value === 'boolean') return undefined;
  return { value: String(found.value), span: found.span };
}
