import { Composer, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type ParsedNode, Parser } from 'yaml';
import { unusable } from './unusable.ts';

/** YAML as plain data that cannot surprise: keys are strings in a Map, every value knows its line (from 0). */
export type YamlValue = YamlMap | YamlList | YamlScalar;
export interface YamlMap {
  readonly kind: 'map';
  readonly line: number;
  readonly entries: ReadonlyMap<string, YamlValue>;
  /** Line of each key. */
  readonly keyLines: ReadonlyMap<string, number>;
}
export interface YamlList {
  readonly kind: 'list';
  readonly line: number;
  readonly items: readonly YamlValue[];
}
export interface YamlScalar {
  readonly kind: 'scalar';
  readonly line: number;
  readonly value: string | number | boolean | null;
}

/** Bounds on what a file may hold. Real topologies stay far below them. */
export interface YamlLimits {
  readonly bytes: number;
  readonly depth: number;
  /** Values after every alias is replaced by what it stands for. */
  readonly values: number;
  readonly aliases: number;
}

export const YAML_LIMITS: YamlLimits = { bytes: 4 * 1024 * 1024, depth: 32, values: 400_000, aliases: 1000 };

/** Names that mean something to JavaScript objects; no topology needs them. */
const RESERVED_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Reads one YAML 1.2 document strictly: unique keys, no custom tags, bounded size, depth and alias use. Merge keys
 * (`<<`) are followed, since topologies use them; their values count against the same bounds. Throws `UnusableInput`.
 */
export function parseYaml(text: string, file: string, limits: YamlLimits = YAML_LIMITS): YamlValue {
  if (text.length > limits.bytes) throw unusable(file, `The file is longer than ${limits.bytes} bytes.`);
  const counter = new LineCounter();
  const lineAt = (offset: number | undefined): number => Math.max(0, counter.linePos(offset ?? 0).line - 1);
  const tokens = [...new Parser(counter.addNewLine).parse(text)];
  // The parser keeps its own stack, but composing recurses: the depth is bounded in between.
  const deep = deeperThan(tokens, limits.depth);
  if (deep !== undefined) throw unusable(file, `Values are nested deeper than ${limits.depth} levels.`, lineAt(deep));

  // Uniqueness is checked below: the library compares every key with every other.
  const composer = new Composer({
    uniqueKeys: false,
    strict: true,
    version: '1.2',
    schema: 'core',
    lineCounter: counter,
  });
  const documents = [...composer.compose(tokens, true, text.length)];
  const [document] = documents;
  if (document === undefined || document.contents === null) throw unusable(file, 'The file holds no YAML values.');
  const error = documents.flatMap(({ errors }) => errors)[0];
  if (error) throw unusable(file, `Not valid YAML: ${sentence(error.message)}`, lineAt(error.pos[0]));
  if (documents.length > 1) throw unusable(file, 'The file holds more than one YAML document.');

  let values = 0;
  let aliases = 0;
  const anchors = new Map<string, Node>();

  const convert = (node: Node | null, depth: number, line: number): YamlValue => {
    values += 1;
    if (values > limits.values || aliases > limits.aliases) {
      throw unusable(file, 'Aliases make the file grow without bound; write the values out.', line);
    }
    if (depth > limits.depth) throw unusable(file, `Values are nested deeper than ${limits.depth} levels.`, line);
    if (node === null) return { kind: 'scalar', line, value: null };
    const at = node.range ? lineAt(node.range[0]) : line;
    if (isAlias(node)) {
      aliases += 1;
      const target = anchors.get(node.source);
      if (!target) throw unusable(file, `The alias *${node.source} has no anchor before it.`, at);
      return convert(target, depth + 1, at);
    }
    if (node.tag !== undefined && !node.tag.startsWith('tag:yaml.org,2002:')) {
      throw unusable(file, `The tag ${node.tag} is not supported.`, at);
    }
    if (isScalar(node)) {
      if (node.anchor) anchors.set(node.anchor, node);
      return { kind: 'scalar', line: at, value: scalarValue(node.value, file, at) };
    }
    if (isSeq<Node>(node)) {
      const items = node.items.map((item) => convert(item, depth + 1, at));
      if (node.anchor) anchors.set(node.anchor, node);
      return { kind: 'list', line: at, items };
    }
    if (!isMap<Node, Node | null>(node)) throw unusable(file, 'Only maps, lists and plain values are supported.', at);
    const own = new Map<string, YamlValue>();
    const keyLines = new Map<string, number>();
    const merged = new Map<string, YamlValue>();
    for (const pair of node.items) {
      const keyLine = pair.key.range ? lineAt(pair.key.range[0]) : at;
      const key = keyText(pair.key, file, keyLine);
      const value = convert(pair.value, depth + 1, keyLine);
      if (isMergeKey(pair.key)) for (const [name, inner] of mergedEntries(value, file)) merged.set(name, inner);
      // `1` and "1" are two keys in YAML but one name here.
      else if (own.has(key)) throw unusable(file, `The key ${key} stands twice in one map.`, keyLine);
      else {
        own.set(key, value);
        keyLines.set(key, keyLine);
      }
    }
    if (node.anchor) anchors.set(node.anchor, node);
    for (const [name, inner] of merged) {
      if (own.has(name)) continue;
      own.set(name, inner);
      keyLines.set(name, inner.line);
    }
    return { kind: 'map', line: at, entries: own, keyLines };
  };

  return convert(document.contents as ParsedNode, 0, 0);
}

function sentence(message: string): string {
  const first = (message.split('\n')[0] ?? message).replace(/ at line \d+, column \d+:?$/, '');
  return /[.:]$/.test(first) ? first.replace(/:$/, '.') : `${first}.`;
}

function scalarValue(value: unknown, file: string, line: number): YamlScalar['value'] {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  throw unusable(file, 'A value of this type is not supported.', line);
}

const isMergeKey = (key: Node): boolean => isScalar(key) && key.value === '<<' && key.type === 'PLAIN';

function keyText(key: Node, file: string, line: number): string {
  if (!isScalar(key)) throw unusable(file, 'A key must be a plain name.', line);
  const text = String(key.value);
  if (RESERVED_KEYS.has(text))
    throw unusable(file, `The key ${text} is reserved and has no meaning in a topology.`, line);
  return text;
}

function mergedEntries(value: YamlValue, file: string): readonly (readonly [string, YamlValue])[] {
  if (value.kind === 'map') return [...value.entries];
  // Of several maps the first one wins (YAML merge key draft).
  if (value.kind === 'list') return [...value.items].reverse().flatMap((item) => mergedEntries(item, file));
  throw unusable(file, 'A merge key (<<) needs a map.', value.line);
}

type Token = ReturnType<Parser['parse']> extends Generator<infer T> ? T : never;

/** Offset of the first value that is nested deeper than the limit; undefined when there is none. */
function deeperThan(tokens: readonly Token[], limit: number): number | undefined {
  const stack: { readonly token: unknown; readonly depth: number }[] = tokens.map((token) => ({ token, depth: 0 }));
  while (stack.length > 0) {
    const { token, depth } = stack.pop() as { token: unknown; depth: number };
    if (typeof token !== 'object' || token === null) continue;
    if (depth > limit) return 'offset' in token && typeof token.offset === 'number' ? token.offset : 0;
    if ('items' in token && Array.isArray(token.items)) {
      for (const item of token.items as readonly { readonly key?: unknown; readonly value?: unknown }[]) {
        stack.push({ token: item.key, depth: depth + 1 }, { token: item.value, depth: depth + 1 });
      }
    }
    if ('value' in token && typeof token.value === 'object') stack.push({ token: token.value, depth });
  }
  return undefined;
}
