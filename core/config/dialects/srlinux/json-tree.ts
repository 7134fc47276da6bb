import { type JsonMember, type JsonNode, readJson } from '../../readers/json.ts';
import { splitLines } from '../../readers/split-lines.ts';
import type { ConfigTree, Statement, Word } from '../../tree.ts';

/** Lists whose entries have two keys; the second is written with its name. Of every other list the first leaf is the key. */
const SECOND_KEYS: Readonly<Record<string, string>> = { prefix: 'mask-length-range', 'acl-filter': 'type' };

/** YANG module names in front of members and identities: `srl_nokia-bgp:bgp`. */
const withoutModule = (text: string): string => text.replace(/^[A-Za-z][\w]*(?:[-_][\w]+)*:(?=[A-Za-z])/, '');
const MODULE = /^(?:srl_nokia|srl|iana|ietf|openconfig)[\w-]*:/;
const plain = (text: string): string => (MODULE.test(text) ? withoutModule(text) : text);

type Scalar = Extract<JsonNode, { kind: 'scalar' }>;

const wordOf = (text: string, span: { line: number; start: number; end: number }): Word => ({
  text,
  start: span.start,
  end: span.end,
  quoted: true,
  line: span.line,
});

const nameWord = ({ key, span }: JsonMember): Word => wordOf(plain(key), span);
const valueWord = ({ value, span }: Scalar): Word => wordOf(plain(String(value)), span);

const statementOf = (words: readonly Word[], children: readonly Statement[], end: JsonNode): Statement => {
  const first = words[0] as Word;
  const last = (words.length > 1 ? words.at(-1) : first) as Word;
  // The line of the last word is that of the value or key, by which a person would look for it.
  const line = last.line ?? 0;
  const start = first.line === line ? first.start : last.start;
  return {
    words,
    span: {
      line,
      start: Math.min(start, last.start),
      end: last.end,
      endLine: Math.max(line, end.span.endLine ?? end.span.line),
    },
    children,
  };
};

/** An entry of a list as a statement: its name, its keys, and the other members below it. */
function entryOf(name: Word, entry: Extract<JsonNode, { kind: 'object' }>): Statement {
  const scalars = entry.members.filter(({ value }) => value.kind === 'scalar');
  const [first] = scalars;
  const secondName = SECOND_KEYS[name.text];
  const second = secondName === undefined ? undefined : scalars.find(({ key }) => plain(key) === secondName);
  const key = first === second ? scalars.find((one) => one !== second) : first;
  const words = [name];
  if (key) words.push(valueWord(key.value as Scalar));
  if (second) words.push(nameWord(second), valueWord(second.value as Scalar));
  const rest = entry.members.filter((one) => one !== key && one !== second);
  return statementOf(words, statementsOf(rest), entry);
}

function statementsOf(members: readonly JsonMember[]): Statement[] {
  return members.flatMap((member): Statement[] => {
    const name = nameWord(member);
    const { value } = member;
    if (value.kind === 'scalar')
      return [statementOf([name, ...(value.value === null ? [] : [valueWord(value)])], [], value)];
    if (value.kind === 'object') return [statementOf([name], statementsOf(value.members), value)];
    const scalars = value.items.filter((item): item is Scalar => item.kind === 'scalar');
    const entries = value.items.flatMap((item) => (item.kind === 'object' ? [entryOf(name, item)] : []));
    // `[null]` is how JSON of YANG (RFC 7951) writes an empty leaf.
    const words = scalars.filter((one) => one.value !== null).map(valueWord);
    return scalars.length > 0 ? [statementOf([name, ...words], [], value), ...entries] : entries;
  });
}

/** A configuration as JSON (RFC 7951) as the statements that the same configuration has in braces. */
export function readJsonTree(text: string): ConfigTree | undefined {
  const root = readJson(text);
  const lines = splitLines(text);
  if (root.kind === 'problem') {
    // A block in braces may stand first; only text that goes on as JSON does is taken for it.
    if (!/^\s*\{\s*"/.test(text)) return undefined;
    const problems = lines.flatMap((line, at) =>
      line.trim() === ''
        ? []
        : [
            {
              span: { line: at, start: 0, end: line.length },
              message: `The text is not JSON: line ${root.span.line + 1}, ${root.message}. Nothing of it was read.`,
            },
          ],
    );
    return { lines, statements: [], comments: [], problems };
  }
  if (root.kind !== 'object') return undefined;
  return { lines, statements: statementsOf(root.members), comments: [], problems: [] };
}
