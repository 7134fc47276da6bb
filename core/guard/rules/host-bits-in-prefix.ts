import { parsePrefix } from '../../config/address.ts';
import { commandsOf } from '../commands.ts';
import { replaceSpan } from '../edits.ts';
import { type RawFinding, rule } from '../rule.ts';

/** Where Junos refuses a prefix with host bits at commit: the words in front of it, the last of them directly. */
const REFUSING: readonly (readonly string[])[] = [
  ['routing-options', 'static', 'route'],
  ['routing-options', 'aggregate', 'route'],
  ['routing-options', 'generate', 'route'],
  ['protocols', 'ospf', 'area-range'],
  ['protocols', 'ospf3', 'area-range'],
  ['firewall', 'filter', 'from', 'source-address'],
  ['firewall', 'filter', 'from', 'destination-address'],
  ['firewall', 'filter', 'from', 'address'],
];

/** Whether all words stand in the path in this order, the last one at its end. */
function endsIn(path: readonly string[], words: readonly string[]): boolean {
  if (path.at(-1) !== words.at(-1)) return false;
  let at = 0;
  for (const word of path) if (word === words[at]) at += 1;
  return at === words.length;
}

export default rule({
  id: 'host-bits-in-prefix',
  number: 42,
  priority: 'P1',
  scope: 'device',
  title: 'Prefix with host bits where Junos refuses it',
  why: 'In static and aggregate routes, area ranges and firewall filters Junos refuses a prefix with bits behind its length, and with it the whole commit. In a prefix-list or a route-filter the same text is accepted and silently shortened.',
  sources: ['Juniper Junos routing protocols guide, static and aggregate routes', 'Batfish, Junos host bits'],
  remedy: 'Write the network address of the prefix.',
  escalation: { to: 'P0', why: 'The commit fails, so nothing of the change takes effect.' },
  check: ({ config }) => {
    if (config.dialect !== 'junos') return [];
    return commandsOf(config).flatMap(({ statement, path }): RawFinding[] => {
      const front = path.flatMap((mode) => mode.words.map((word) => word.toLowerCase()));
      return statement.words.flatMap((word, at): RawFinding[] => {
        const found = /^[0-9a-f.:]+\/\d{1,3}$/i.test(word.text) ? parsePrefix(word.text) : undefined;
        if (!found || sameNetwork(word.text, found.text)) return [];
        const before = [...front, ...statement.words.slice(0, at).map(({ text }) => text.toLowerCase())];
        if (!REFUSING.some((words) => endsIn(before, words))) return [];
        const { line } = statement.span;
        return [
          {
            span: { line, start: word.start, end: word.end },
            message: `${word.text} has host bits: the commit is refused. The network is ${found.text}`,
            key: word.text,
            fix: {
              title: `Write ${found.text}`,
              edits: [replaceSpan(line, word.start, word.end, found.text)],
              safe: true,
            },
          },
        ];
      });
    });
  },
});

/** The same network however IPv6 spells it: host bits are told by the address part alone. */
function sameNetwork(written: string, canonical: string): boolean {
  const [address] = written.split('/');
  const host = parsePrefix(`${address}/${address?.includes(':') ? 128 : 32}`);
  return host?.text.split('/')[0] === canonical.split('/')[0];
}
