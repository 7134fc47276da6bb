import type { CodeLens } from 'vscode-languageserver';
import type { StateDiffOutcome } from '../engine/engine.ts';
import { SHOW_STATE_DIFF_COMMAND } from '../protocol.ts';
import type { OpenDocument } from './documents.ts';
import { isConfiguration } from './languages.ts';
import { rangeOf } from './ranges.ts';
import type { Session } from './session.ts';
import { statementsByLine } from './statements.ts';

interface LensData {
  readonly lab: string;
  readonly device: string;
}

/** `textDocument/codeLens`: one at each stanza that the change touches. What it says is found out when it is shown. */
export async function codeLens(session: Session, document: OpenDocument): Promise<CodeLens[]> {
  if (!session.options.trusted || !(await isConfiguration(session, document))) return [];
  const { config, change, lab, node } = await session.findings.of(document);
  if (!change || !lab) return [];
  const data: LensData = { lab: session.uris.uriOf(lab.path), device: node };
  const index = statementsByLine(config);
  const lines = new Map<number, CodeLens>();
  for (const { after } of change.hunks) {
    const first = Math.min(Math.max(0, after.count === 0 ? after.line - 1 : after.line), config.tree.lines.length - 1);
    // A stretch may begin with a comment or a blank line; the stanza is that of its first command.
    let placed = index.get(first);
    for (let line = first; !placed && line < after.line + after.count; line += 1) placed = index.get(line);
    const stanza = placed ? (placed.parents[0] ?? placed.statement).span : { line: first, start: 0, end: 0 };
    lines.set(stanza.line, { range: rangeOf(stanza), data });
  }
  return [...lines.values()].sort((a, b) => a.range.start.line - b.range.start.line);
}

/** `codeLens/resolve`: simulates the lab before and after, and says what is lost and gained. */
export async function resolveCodeLens(session: Session, lens: CodeLens): Promise<CodeLens> {
  const { lab: id, device } = lens.data as LensData;
  const lab = await session.requireLab(id);
  const effect = await session.effects.get(lab);
  const title = effect ? `Preflight: ${lostAndGained(effect.outcome.counts)}, show diff` : 'Preflight: not known';
  const command = session.options.commands?.includes(SHOW_STATE_DIFF_COMMAND) ? SHOW_STATE_DIFF_COMMAND : '';
  return { ...lens, command: { title, command, arguments: [{ lab: id, device }] } };
}

/** `2 routes lost, 1 gained, 1 session lost`. */
export function lostAndGained({
  routesAdded,
  routesRemoved,
  routesChanged,
  sessionsLost,
  sessionsAdded,
}: StateDiffOutcome['counts']): string {
  const part = (nouns: readonly [one: string, many: string], amounts: readonly (readonly [number, string])[]) => {
    const told = amounts.filter(([count]) => count > 0);
    return told.map(([count, verb], at) =>
      at === 0 ? `${count} ${count === 1 ? nouns[0] : nouns[1]} ${verb}` : `${count} ${verb}`,
    );
  };
  const parts = [
    ...part(
      ['route', 'routes'],
      [
        [routesRemoved, 'lost'],
        [routesAdded, 'gained'],
        [routesChanged, 'changed'],
      ],
    ),
    ...part(
      ['session', 'sessions'],
      [
        [sessionsLost, 'lost'],
        [sessionsAdded, 'gained'],
      ],
    ),
  ];
  return parts.length > 0 ? parts.join(', ') : 'no route or session changes';
}
