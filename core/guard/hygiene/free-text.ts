import type { ParsedConfig } from '../../network/snapshot.ts';
import { commandsOf } from '../commands.ts';

const freeTextCommands: ReadonlySet<string | undefined> = new Set([
  'description',
  'remark',
  'alias-name',
  'name',
  'comment',
  'location',
  'contact',
  'banner',
]);
const freeTextOfSnmp: ReadonlySet<string | undefined> = new Set(['location', 'contact', 'chassis-id']);

const cache = new WeakMap<ParsedConfig, ReadonlySet<number>>();

/** Lines whose words are for people: comments, descriptions, remarks, banners and where they end. */
export function freeTextLines(config: ParsedConfig): ReadonlySet<number> {
  const cached = cache.get(config);
  if (cached) return cached;
  const lines = new Set(config.tree.comments.map((span) => span.line));
  for (const { statement, words } of commandsOf(config)) {
    const isDescription =
      freeTextCommands.has(words[0]) ||
      (words[0] === 'snmp-server' && freeTextOfSnmp.has(words[1])) ||
      words.includes('description', 1) ||
      words.includes('remark');
    if (isDescription) lines.add(statement.span.line);
    if (statement.body !== undefined)
      for (let line = statement.span.line; line <= (statement.span.endLine ?? statement.span.line); line += 1)
        lines.add(line);
  }
  cache.set(config, lines);
  return lines;
}
