import type { ParsedConfig } from '../../network/snapshot.ts';
import { commandsOf } from '../commands.ts';

const freeTextCommands =
  /^(description|remark|alias-name|name|comment|location|contact|snmp-server (location|contact|chassis-id)|banner)\b/;

/** Lines whose words are for people: comments, descriptions, remarks, banners and where they end. */
export function freeTextLines(config: ParsedConfig): ReadonlySet<number> {
  const lines = new Set(config.tree.comments.map((span) => span.line));
  for (const { statement, words } of commandsOf(config)) {
    const isDescription =
      freeTextCommands.test(words.join(' ')) || words.slice(1).includes('description') || words.includes('remark');
    if (isDescription) lines.add(statement.span.line);
    if (statement.body !== undefined)
      for (let line = statement.span.line; line <= (statement.span.endLine ?? statement.span.line); line += 1)
        lines.add(line);
  }
  return lines;
}
