import type { Span } from '../../config/span.ts';
import type { ParsedConfig } from '../../network/snapshot.ts';
import { replaceSpan } from '../edits.ts';
import { head } from '../restore.ts';
import { type Fix, type RawFinding, rule } from '../rule.ts';
import { systemOf } from '../systems.ts';

/** What an expression takes beyond what it seems to say; undefined when nothing is odd about it. */
function looseness(
  expression: string,
  kind: 'as-path' | 'community',
  asText: boolean,
): { message: string; better?: string } | undefined {
  if (/^(?:\.\*)+$/.test(expression)) return { message: 'matches everything' };
  if (kind === 'as-path' && asText && /^\d+$/.test(expression))
    return { message: `also matches every AS number that contains ${expression}`, better: `_${expression}_` };
  if (kind === 'community' && /^\d+:\d+$/.test(expression))
    return { message: `also matches every community that contains ${expression}`, better: `^${expression}$` };
  return undefined;
}

/** Writes the expression anew where it stands as a word of its line. */
function rewriting(config: ParsedConfig, span: Span, expression: string, better: string | undefined): Fix | undefined {
  const line = config.tree.lines[span.line] ?? '';
  const at = line.lastIndexOf(expression);
  if (better === undefined || at < 0) return undefined;
  return { title: `Write ${better}`, edits: [replaceSpan(span.line, at, at + expression.length, better)], safe: false };
}

export default rule({
  id: 'loose-expression',
  number: 33,
  priority: 'P1',
  scope: 'device',
  title: 'AS-path or community expression that matches more than it says',
  why: 'An expression without anchors is found anywhere: 6500 is also in 65001 and in 165002. A list that permits `.*` filters nothing.',
  sources: ['Cisco, using regular expressions in BGP (document 26634)', 'RFC 7454 section 6.3'],
  remedy: 'Anchor the expression: `_65001_` for a path through the AS, `^65001$` for one that is only that AS.',
  check: ({ device, config }) => {
    const asText = systemOf(config.dialect).asPathAsText || /^ip as-path regex-mode string$/m.test(config.text);
    const lists = [
      ...[...device.asPathLists.values()].map((list) => ({ ...list, kind: 'as-path' as const })),
      ...[...device.communityLists.values()].map((list) => ({ ...list, kind: 'community' as const })),
    ];
    return lists.flatMap(({ name, kind, entries }) =>
      entries.flatMap(({ action, expression, span }, index): RawFinding[] => {
        const loose = expression === undefined ? undefined : looseness(expression, kind, asText);
        if (!loose || expression === undefined) return [];
        // `permit .*` behind a deny is how a list says "the rest".
        const isRest = loose.better === undefined && action === 'permit' && index > 0;
        if (isRest || (action === 'deny' && loose.better === undefined)) return [];
        const fix = rewriting(config, span, expression, loose.better);
        return [
          {
            span: head(span),
            message: `${expression} in ${name} ${loose.message}`,
            key: `${kind} ${name} ${expression}`,
            ...(fix && { fix }),
          },
        ];
      }),
    );
  },
});
