import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import oniguruma from 'vscode-oniguruma';
import textmate, { type IGrammar } from 'vscode-textmate';

export const syntaxesFolder = resolve(import.meta.dirname, '../../syntaxes');

interface GrammarFile {
  readonly scopeName: string;
}

const load = (name: string): string => readFileSync(join(syntaxesFolder, `${name}.tmLanguage.json`), 'utf8');
const names = [
  'common',
  'hierarchy',
  'frr',
  'eos',
  'ios',
  'iosxr',
  'nxos',
  'junos',
  'sros',
  'srlinux',
  'panos',
  'gaia',
  'fortios',
  'acos',
  'state',
];

async function makeRegistry(): Promise<textmate.Registry> {
  const wasm = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm');
  await oniguruma.loadWASM(readFileSync(wasm));
  const texts = new Map(names.map((name) => [(JSON.parse(load(name)) as GrammarFile).scopeName, load(name)]));
  return new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scopeName) => {
      const text = texts.get(scopeName);
      return text === undefined ? null : textmate.parseRawGrammar(text, `${scopeName}.json`);
    },
  });
}

let registry: Promise<textmate.Registry> | null = null;

/** The grammar of a dialect as VS Code reads it. */
export async function grammar(id: string): Promise<IGrammar> {
  registry ??= makeRegistry();
  const found = await (await registry).loadGrammar(`source.aegis.${id}`);
  if (found === null) throw new Error(`There is no grammar source.aegis.${id}.`);
  return found;
}

export interface Token {
  readonly text: string;
  /** The innermost scope, without the common end `.aegis`; empty for text that no rule names. */
  readonly scope: string;
}

/** The tokens of each line. */
export async function tokens(id: string, text: string): Promise<readonly (readonly Token[])[]> {
  const { tokenizeLine } = await grammar(id).then((found) => ({ tokenizeLine: found.tokenizeLine.bind(found) }));
  let state: textmate.StateStack = textmate.INITIAL;
  return text.split('\n').map((line) => {
    const { tokens: found, ruleStack } = tokenizeLine(line, state);
    state = ruleStack;
    return found.map(({ startIndex, endIndex, scopes }) => ({
      text: line.slice(startIndex, endIndex),
      scope: scopes.length > 1 ? scopes.at(-1)!.replace(/\.aegis$/, '') : '',
    }));
  });
}

/**
 * Reads a text in which a line of `^` and a scope stands under what it describes, and gives each of these expectations
 * with the scope that the grammar gives.
 */
export async function marked(
  id: string,
  text: string,
): Promise<readonly { readonly at: string; readonly wanted: string; readonly found: string }[]> {
  const configuration: string[] = [];
  const marks: { readonly line: number; readonly from: number; readonly to: number; readonly scope: string }[] = [];
  for (const line of text.replace(/^\n/, '').split('\n')) {
    const mark = /^(\s*)(\^+) (\S+)$/.exec(line);
    if (mark === null) configuration.push(line);
    else {
      const from = mark[1]!.length;
      marks.push({ line: configuration.length - 1, from, to: from + mark[2]!.length, scope: mark[3]! });
    }
  }
  const lines = await tokens(id, configuration.join('\n'));
  return marks.map(({ line, from, to, scope }) => {
    let start = 0;
    for (const token of lines[line]!) {
      if (start <= from && from < start + token.text.length) {
        const covers = start + token.text.length >= to;
        return {
          at: configuration[line]!.slice(from, to),
          wanted: scope,
          found: covers ? token.scope : `${token.scope} up to "${token.text}"`,
        };
      }
      start += token.text.length;
    }
    throw new Error(`A mark points past the end of "${configuration[line]}".`);
  });
}
