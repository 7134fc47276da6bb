import type { Span } from '../../../span.ts';
import type { Statement } from '../../../tree.ts';
import { spanOf, type Token, tokensOf } from './tokens.ts';

/*
 * Statements of the routing policy language ("Implementing Routing Policy", Routing Configuration Guide for IOS XR).
 */

export type Test =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Test[] }
  | { readonly kind: 'not'; readonly of: Test }
  /** One comparison in its words: `destination in X`, `med eq 10`. */
  | { readonly kind: 'compare'; readonly tokens: readonly Token[] }
  | { readonly kind: 'apply'; readonly policy: Token };

export type PolicyStatement =
  | { readonly kind: 'pass' | 'drop' | 'done'; readonly span: Span }
  | { readonly kind: 'action'; readonly tokens: readonly Token[] }
  | { readonly kind: 'apply'; readonly policy: Token; readonly args: readonly string[]; readonly span: Span }
  | { readonly kind: 'if'; readonly branches: readonly Branch[]; readonly span: Span }
  /** Words that make no statement. */
  | { readonly kind: 'unknown'; readonly tokens: readonly Token[] };

export interface Branch {
  /** Absent for `else`. */
  readonly test?: Test;
  readonly body: readonly PolicyStatement[];
}

/** A policy as written, with the names of its parameters. */
export interface PolicyText {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly statements: readonly PolicyStatement[];
  readonly span: Span;
}

/** `X`, `X($a,$b)`, `X(10, 20)`: the name and what stands in the brackets. */
export function splitCall(text: string): { readonly name: string; readonly args: readonly string[] } {
  const found = /^([^(]*)(?:\((.*)\)?)?$/s.exec(text.replace(/\s+/g, ' ').trim());
  const inside = found?.[2]?.replace(/\)\s*$/, '');
  return {
    name: (found?.[1] ?? text).trim(),
    args: inside === undefined || inside.trim() === '' ? [] : inside.split(',').map((part) => part.trim()),
  };
}

const ACTIONS = new Set([
  'set',
  'unset',
  'delete',
  'prepend',
  'replace',
  'suppress-route',
  'unsuppress-route',
  'add',
  'remove',
  'edit',
]);
const ENDS = new Set(['else', 'elseif', 'endif']);

/** Deeper conditions than these are taken for not understood; no device has them. */
const MAX_DEPTH = 64;

class Reader {
  readonly #tokens: readonly Token[];
  readonly #span: Span;
  #at = 0;

  constructor(tokens: readonly Token[], span: Span) {
    this.#tokens = tokens;
    this.#span = span;
  }

  /** Statements up to a word that ends the branch. */
  statements(depth: number): PolicyStatement[] {
    const list: PolicyStatement[] = [];
    for (let token = this.#peek(); token; token = this.#peek()) {
      if (depth > 0 && ENDS.has(token.value)) break;
      list.push(this.#statement(token, depth));
    }
    return list;
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#at];
  }

  #is(value: string): boolean {
    const token = this.#peek();
    return token !== undefined && !token.quoted && token.value === value;
  }

  #take(value: string): boolean {
    if (!this.#is(value)) return false;
    this.#at += 1;
    return true;
  }

  #statement(first: Token, depth: number): PolicyStatement {
    const { value, span } = first;
    if (value === 'pass' || value === 'drop' || value === 'done') {
      this.#at += 1;
      return { kind: value, span };
    }
    if (value === 'if' && depth < MAX_DEPTH) return this.#if(depth);
    const tokens = this.#line();
    if (value === 'apply' && tokens[1]) {
      const { args } = splitCall(
        tokens
          .slice(1)
          .map((token) => token.value)
          .join(' '),
      );
      return { kind: 'apply', policy: tokens[1], args, span: spanOf(tokens, this.#span) };
    }
    return { kind: ACTIONS.has(value) ? 'action' : 'unknown', tokens };
  }

  /** The rest of the line, further while a bracket is open. */
  #line(): readonly Token[] {
    const from = this.#at;
    let open = 0;
    for (let token = this.#peek(); token; token = this.#peek()) {
      const before = this.#tokens[this.#at - 1];
      if (this.#at > from && open <= 0 && before && token.span.line !== before.span.line) break;
      if (this.#at > from && open <= 0 && ENDS.has(token.value)) break;
      if (!token.quoted && token.value === '(') open += 1;
      if (!token.quoted && token.value === ')') open -= 1;
      this.#at += 1;
    }
    return this.#tokens.slice(from, this.#at);
  }

  #if(depth: number): PolicyStatement {
    const from = this.#at;
    const branches: Branch[] = [];
    do {
      this.#at += 1;
      const test = this.#or(0);
      // What stands between the comparison and `then` belongs to no known comparison.
      while (this.#peek() && !this.#take('then')) this.#at += 1;
      branches.push({ test, body: this.statements(depth + 1) });
    } while (this.#is('elseif'));
    if (this.#take('else')) branches.push({ body: this.statements(depth + 1) });
    this.#take('endif');
    return { kind: 'if', branches, span: spanOf(this.#tokens.slice(from, from + 1), this.#span) };
  }

  // `not` binds more than `and`, `and` more than `or` ("Boolean Operator Precedence").
  #or(depth: number): Test {
    const of = [this.#and(depth)];
    while (this.#take('or')) of.push(this.#and(depth));
    return of.length === 1 ? (of[0] as Test) : { kind: 'or', of };
  }

  #and(depth: number): Test {
    const of = [this.#not(depth)];
    while (this.#take('and')) of.push(this.#not(depth));
    return of.length === 1 ? (of[0] as Test) : { kind: 'and', of };
  }

  #not(depth: number): Test {
    if (depth > MAX_DEPTH) return { kind: 'compare', tokens: [] };
    if (this.#take('not')) return { kind: 'not', of: this.#not(depth + 1) };
    if (this.#take('(')) {
      const inner = this.#or(depth + 1);
      this.#take(')');
      return inner;
    }
    return this.#compare();
  }

  #compare(): Test {
    const from = this.#at;
    let open = 0;
    for (let token = this.#peek(); token; token = this.#peek()) {
      if (!token.quoted) {
        if (open === 0 && ['and', 'or', 'then', ')'].includes(token.value)) break;
        if (token.value === '(') open += 1;
        if (token.value === ')') open -= 1;
      }
      this.#at += 1;
    }
    const tokens = this.#tokens.slice(from, this.#at);
    if (tokens[0]?.value === 'apply' && tokens[1] && tokens.length === 2) return { kind: 'apply', policy: tokens[1] };
    return { kind: 'compare', tokens };
  }
}

/** Reads a `route-policy` statement with its body. Never fails: words that make no sense are kept as such. */
export function readPolicy(statement: Statement): PolicyText {
  const { name, args } = splitCall(
    statement.words
      .slice(1)
      .map((word) => word.text)
      .join(' '),
  );
  const reader = new Reader(tokensOf(statement), statement.span);
  return { name, parameters: args, statements: reader.statements(0), span: statement.span };
}
