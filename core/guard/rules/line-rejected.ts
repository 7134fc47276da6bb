import { parseIp, parsePrefix } from '../../config/address.ts';
import type { Table } from '../../config/command-table.ts';
import { dialects } from '../../config/dialects/index.ts';
import { expectedNext } from '../../config/expected.ts';
import { parseAsn, type SlotTypeName } from '../../config/slot-types.ts';
import type { Statement, Word } from '../../config/tree.ts';
import type { ParsedConfig } from '../../network/snapshot.ts';
import { commandsOf } from '../commands.ts';
import { type RawFinding, rule } from '../rule.ts';

interface Closed {
  readonly title: string;
  /** What is meant to be such a value, well formed or not. A word that looks otherwise may be a keyword not known here. */
  readonly looksLike: RegExp;
  readonly isValid: (word: string) => boolean;
}

const dotted = /^\d+(\.\d+){3}(\/\d+)?$/;
const colons = /^[0-9a-f]*:[0-9a-f:]*:[0-9a-f]*(\/\d+)?$/i;
const isAddress = (word: string): boolean => parseIp(word) !== undefined || parsePrefix(word) !== undefined;
const ipv4: Closed = { title: 'an IPv4 address', looksLike: dotted, isValid: isAddress };
const ipv6: Closed = { title: 'an IPv6 address', looksLike: colons, isValid: isAddress };

/** Types whose values every system checks as a line is entered. */
const CLOSED: Partial<Record<SlotTypeName, Closed>> = {
  ip4: ipv4,
  ip6: ipv6,
  prefix4: ipv4,
  prefix6: ipv6,
  address4: ipv4,
  address6: ipv6,
  asn: { title: 'an AS number', looksLike: /^\d+(\.\d+)?$/, isValid: (word) => parseAsn(word) !== undefined },
};

/** Types that take any word: a line with one of them there is never refused for it. */
const OPEN: ReadonlySet<SlotTypeName> = new Set(['word', 'rest', 'words', 'names', 'interface', 'interfaces', 'peer']);

/** The first word of a line that looks like a value of the kind that is expected there, and is none. */
function refusedWord(
  table: Table,
  statement: Statement,
  { matching }: NonNullable<ReturnType<typeof dialects.get>>,
): { readonly word: Word; readonly expected: string } | undefined {
  for (let at = 1; at < statement.words.length; at += 1) {
    const word = statement.words[at] as Word;
    const slots = expectedNext(table, statement.words.slice(0, at), matching).flatMap((one) =>
      one.kind === 'slot' ? [one.type] : [],
    );
    if (slots.some((type) => OPEN.has(type))) continue;
    const closed = slots.flatMap((type) => CLOSED[type] ?? []);
    const meant = closed.find(({ looksLike }) => looksLike.test(word.text));
    if (meant && !closed.some(({ isValid }) => isValid(word.text))) return { word, expected: meant.title };
  }
  return undefined;
}

function valueErrors(config: ParsedConfig): RawFinding[] {
  const dialect = dialects.get(config.dialect);
  if (!dialect) return [];
  const unknown = new Set(config.device.notModelled.filter(({ span }) => !span.file).map(({ span }) => span.line));
  if (unknown.size === 0) return [];
  return commandsOf(config).flatMap(({ statement, path, negated }): RawFinding[] => {
    if (negated || config.matches.get(statement) || !unknown.has(statement.span.line)) return [];
    const parent = path.at(-1);
    const mode = parent ? config.matches.get(parent.statement)?.entry.children : dialect.commands;
    const found = mode && refusedWord(mode, statement, dialect);
    if (!found) return [];
    const { line } = statement.span;
    const span = { line, start: found.word.start, end: found.word.end };
    return [
      { span, message: `"${found.word.text}" is refused here: ${found.expected} is expected`, key: found.word.text },
    ];
  });
}

export default rule({
  id: 'line-rejected',
  number: 17,
  priority: 'P0',
  scope: 'device',
  title: 'Line that the device would refuse',
  why: 'Some systems skip a line that they refuse and load the rest, others refuse the whole configuration: either way the device does not do what the text says.',
  sources: [
    'FRR, vtysh -b: a refused line is logged and skipped at start',
    'Juniper Junos, commit check',
    'Nokia SR Linux, commit validate',
  ],
  remedy: 'Correct the value. A line that this software merely does not know is never reported here.',
  check: ({ config }) => valueErrors(config),
});
