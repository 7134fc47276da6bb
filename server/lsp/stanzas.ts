import type { SymbolKind } from '../../core/config/device/device.ts';
import type { ParsedConfig } from '../../core/config/parse.ts';
import { type Statement, statementText } from '../../core/config/tree.ts';
import { definitionsByLine } from './names.ts';
import { placedAround } from './statements.ts';

/** What stands around a line: a name that is made there, or a stanza without a name. */
export interface Owner {
  /** The name that the stanza makes; undefined for a stanza such as `router bgp 65001`. */
  readonly name: { readonly kind: SymbolKind; readonly text: string } | undefined;
  readonly title: string;
  readonly statement: Statement;
}

/** The name that a line makes, or the neighbour that it is about. */
export function nameOnLine(
  config: ParsedConfig,
  statement: Statement,
): { readonly kind: SymbolKind; readonly text: string } | undefined {
  const match = config.matches.get(statement);
  if (!match || match.negated) return undefined;
  // A text of several lines (a route-policy) is read as a whole, and makes its name then.
  const ofText = statement.body === undefined ? undefined : definitionsByLine(config).get(statement.span.line);
  if (ofText) return { kind: ofText.kind, text: ofText.name };
  const { defines, refers } = match.entry;
  const [slot] = Object.keys(defines);
  const kind = slot === undefined ? undefined : defines[slot];
  const value = slot === undefined ? undefined : match.args[slot]?.value;
  if (kind !== undefined && value !== undefined) return { kind, text: String(value) };
  const peer = Object.keys(refers).find((name) => refers[name] === 'bgp-neighbour');
  const about = peer === undefined ? undefined : match.args[peer]?.value;
  return about === undefined ? undefined : { kind: 'bgp-neighbour', text: String(about) };
}

/** The name or stanza to which a line belongs: the innermost around it that makes a name, else the outermost one. */
export function ownerOf(config: ParsedConfig, line: number): Owner | undefined {
  const placed = placedAround(config, line);
  if (!placed) return undefined;
  const around = [...placed.parents, placed.statement];
  for (const statement of around.toReversed()) {
    const name = nameOnLine(config, statement);
    if (name) return { name, title: name.text, statement };
  }
  const statement = around[0] as Statement;
  return { name: undefined, title: statementText(statement), statement };
}
