import { SymbolKind, type WorkspaceSymbol } from 'vscode-languageserver';
import type { ParsedConfig } from '../../core/config/parse.ts';
import { namesOf } from './names.ts';
import { rangeOf } from './ranges.ts';
import type { Session } from './session.ts';
import { symbolKindOf } from './symbol-kinds.ts';

/** More than a person reads: the query is to be made longer. */
const MOST = 500;

/** `workspace/symbol`: names of all devices of all labs and of the open files whose letters the query has in order. */
export async function workspaceSymbol(session: Session, query: string): Promise<WorkspaceSymbol[]> {
  const found: { readonly symbol: WorkspaceSymbol; readonly rank: number }[] = [];
  for (const config of await configurations(session)) {
    const uri = session.uris.uriOf(config.file);
    for (const { kind, text, definitions } of namesOf(config).values()) {
      const rank = rankOf(text, query);
      const [first] = definitions;
      if (rank === undefined || !first) continue;
      found.push({
        rank,
        symbol: {
          name: text,
          kind: symbolKindOf(kind) ?? SymbolKind.Key,
          containerName: `${kind}, ${config.device.name}`,
          location: { uri, range: rangeOf(first.span) },
        },
      });
    }
  }
  return found
    .sort((a, b) => a.rank - b.rank || (a.symbol.name < b.symbol.name ? -1 : a.symbol.name > b.symbol.name ? 1 : 0))
    .slice(0, MOST)
    .map(({ symbol }) => symbol);
}

/** Every configuration that is known: those of the labs as they are now, and open ones beside them. */
async function configurations({ workspace, documents }: Session): Promise<readonly ParsedConfig[]> {
  const byFile = new Map<string, ParsedConfig>();
  for (const lab of await workspace.labs())
    for (const { config } of (await workspace.load(lab)).snapshot?.nodes.values() ?? [])
      byFile.set(config.file, config);
  for (const document of documents.all()) {
    if (document.path !== undefined && byFile.has(document.path)) continue;
    if (!document.languageId.startsWith('aegis-')) continue;
    const config = await workspace.config(document);
    byFile.set(config.file, config);
  }
  return [...byFile.values()];
}

/** 0 for the name itself, then names that begin so, contain it, or have its letters in order; undefined for no match. */
function rankOf(name: string, query: string): number | undefined {
  const [text, wanted] = [name.toLowerCase(), query.toLowerCase()];
  if (text === wanted) return 0;
  if (text.startsWith(wanted)) return 1;
  if (text.includes(wanted)) return 2;
  let from = 0;
  for (const letter of wanted) {
    const at = text.indexOf(letter, from);
    if (at < 0) return undefined;
    from = at + letter.length;
  }
  return 3;
}
