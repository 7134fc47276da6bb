import { type Hover, MarkupKind, type Position } from 'vscode-languageserver';
import type { Symbol as NamedSymbol } from '../../core/config/device/device.ts';
import type { ParsedConfig } from '../../core/config/parse.ts';
import type { statementText } from '../../core/config/tree.ts';
import { documentationOf } from '../../core/guard/documentation.ts';
import { rules } from '../../core/guard/rules/index.ts';
import type { OpenDocument } from './documents.ts';
import { contains, rangeOf } from './ranges.ts';
import type { Session } from './session.ts';
import { nameOnLine } from './stanzas.ts';
import { statementAt } from './statements.ts';
import { definitionsOf, symbolAt } from './symbols.ts';
import type { WorkspaceLab } from './workspace.ts';

const MOST_LINES = 24;

/** The rules behind the findings at a position, the name there, and the command of the line. */
export async function hover(session: Session, document: OpenDocument, position: Position): Promise<Hover | null> {
  const { config, findings, lab, node } = await session.findings.of(document);
  const here = findings.filter(({ span }) => contains(span, position));
  const symbol = symbolAt(config, position);
  const placed = statementAt(config, position.line, position.character);
  const parts = [
    ...new Set(here.map(({ rule }) => documentationOf(rules, rule)).filter((text) => text !== undefined)),
    ...(lab ? twinText(session, lab, node, config, position) : []),
    ...(symbol ? nameText(config, symbol) : []),
    ...(placed ? commandText(config, placed.statement) : []),
  ];
  if (parts.length === 0) return null;
  const span = here[0]?.span ?? symbol?.span ?? placed?.statement.span;
  return {
    contents: { kind: MarkupKind.Markdown, value: parts.join('\n\n---\n\n') },
    ...(span && { range: rangeOf(span) }),
  };
}

/** What the twin last knew of the neighbour that a line is about. */
function twinText(
  session: Session,
  lab: WorkspaceLab,
  node: string,
  config: ParsedConfig,
  position: Position,
): readonly string[] {
  const placed = statementAt(config, position.line, position.character);
  const about = placed && nameOnLine(config, placed.statement);
  if (about?.kind !== 'bgp-neighbour') return [];
  const effect = session.effects.last(lab);
  const sessions = (effect?.outcome.sessions ?? []).filter((one) => one.node === node && one.peer === about.text);
  return sessions.map((one) => {
    const who = [one.peerNode, one.remoteAs === null ? undefined : `AS ${one.remoteAs}`].filter(Boolean).join(', ');
    const state =
      one.state === 'established'
        ? `up; ${one.learned} ${one.learned === 1 ? 'route' : 'routes'} learned, ${one.used} in use`
        : `down${one.reason ? `: ${one.reason}` : ''}`;
    const vrf = one.vrf === 'default' ? '' : ` in VRF ${code(one.vrf)}`;
    return `**Session with ${code(one.peer)}**${who ? ` (${who})` : ''}${vrf}: ${state}. As simulated last.`;
  });
}

/** What a name stands for: the lines that define it. */
function nameText(config: ParsedConfig, { kind, name }: NamedSymbol): readonly string[] {
  const definitions = definitionsOf(config, kind, name);
  const title = `**${kind} ${code(name)}**`;
  if (definitions.length === 0) return [`${title} is not defined in this configuration.`];
  const lines: string[] = [];
  for (const { span } of definitions) {
    const placed = statementAt(config, span.line, span.start);
    if (!placed) continue;
    const { line, endLine = line } = placed.statement.span;
    lines.push(...config.tree.lines.slice(line, endLine + 1));
  }
  const shown = lines.slice(0, MOST_LINES);
  const more = lines.length > shown.length ? [`(${lines.length - shown.length} more lines)`] : [];
  return [[title, '```', ...shown, ...more, '```'].join('\n')];
}

/** The documentation of a line's command. */
function commandText(config: ParsedConfig, statement: Parameters<typeof statementText>[0]): readonly string[] {
  const match = config.matches.get(statement);
  if (!match) {
    const unmodelled = config.device.notModelled.find(({ span }) => span.line === statement.span.line);
    return unmodelled?.mayAffectRouting && config.dialect !== 'unknown'
      ? ['This line is not modelled: it is kept, and the twin does not know what it does.']
      : [];
  }
  const { entry, negated } = match;
  const pattern = `${negated ? 'no ' : ''}${readable(entry.pattern)}`;
  return [`\`\`\`\n${pattern}\n\`\`\`\n${negated ? 'Undoes: ' : ''}${entry.doc}`];
}

/** A pattern as a manual writes it: the types of the slots left out where the name says enough. */
const readable = (pattern: string): string =>
  pattern.replaceAll(/<([^:>]+):([^>]+)>/g, (_, name: string, types: string) =>
    types.includes('|') ? `{${types.replaceAll('|', ' | ')}}` : `<${name}>`,
  );

const code = (text: string): string => `\`${text.replaceAll('`', "'")}\``;
