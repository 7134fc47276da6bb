import { commandsOf } from '../commands.ts';
import { deleteLines } from '../edits.ts';
import { rule } from '../rule.ts';

interface Dangerous {
  readonly expression: RegExp;
  readonly effect: string;
}

/** Commands by their words, with the abbreviations that the systems take. `do ` and `run ` in front are taken off. */
const dangerous: readonly Dangerous[] = [
  { expression: /^wr(?:i|it|ite)? e(?:r|ra|ras|rase)?$/, effect: 'erases the startup configuration' },
  { expression: /^write erase\b/, effect: 'erases the startup configuration' },
  {
    expression: /^(?:erase|delete) (?:\/\S+ )*(?:startup-config|nvram:|flash:|bootflash:|\/?mnt\/flash)/,
    effect: 'erases files of the device',
  },
  { expression: /^format (?:flash|bootflash|nvram|disk\d|usb\d|unix)/, effect: 'formats a file system of the device' },
  {
    expression: /^reload(?: (?:in|at|now|force|all|reason|cancel|\/force|power|slot|fast-boot)\b.*)?$/,
    effect: 'restarts the device',
  },
  { expression: /^(?:tclsh|tclquit|guestshell|python3?)(?: .*)?$/, effect: 'starts an interpreter on the device' },
  { expression: /^bash(?: .*)?$/, effect: 'starts a shell on the device' },
  {
    expression: /^event manager (?:applet|policy|directory|session|environment)\b/,
    effect: 'makes the device run commands by itself',
  },
  {
    expression: /^(?:copy|configure replace|config replace) (?:\/\S+ )*(?:tftp|ftp|http|https|scp|sftp|rcp):/,
    effect: 'loads a file from elsewhere that nobody has checked here',
  },
  {
    expression: /^boot (?:host|network|config) (?:tftp|ftp|http|https|scp|sftp|rcp):/,
    effect: 'loads a configuration from elsewhere at the next start',
  },
];

/** How the lines in question begin; nearly every other line is passed over here. */
const firstWords =
  /^(?:do|do-exec|run|wr\w*|erase|delete|format|reload|tcl\w*|guestshell|python3?|bash|event|copy|conf\w*|boot)$/i;

const beginnings = new Map<string, boolean>();

/** Whether lines with this first word are looked at. A configuration has few of them, each many times. */
function mayBegin(word: string): boolean {
  const known = beginnings.get(word);
  if (known !== undefined) return known;
  const found = firstWords.test(word);
  // A text may also have a different word on every line.
  if (beginnings.size < 10_000) beginnings.set(word, found);
  return found;
}

export default rule({
  id: 'operational-command',
  number: 108,
  priority: 'P0',
  scope: 'device',
  title: 'Operational command inside a configuration',
  why: 'A configuration is text that a device takes over unseen. A line that erases, restarts, starts an interpreter or fetches a file takes effect outside of what can be simulated or rolled back.',
  sources: [
    'Cisco IOS configuration mode, do command',
    'Cisco Embedded Event Manager',
    'DISA STIG CISC-RT-000090 (no service config, boot network)',
  ],
  remedy: 'Take the line out of the configuration; run an operational step as a step of its own in the change plan.',
  check: ({ config }) =>
    commandsOf(config).flatMap(({ statement, negated, path }) => {
      if (negated || !mayBegin(statement.words[0]?.text ?? '')) return [];
      // The words as they stand: in full they may be those of another command that begins alike.
      const written = statement.words
        .map(({ text }) => text)
        .join(' ')
        .toLowerCase();
      const line = written.replace(/^(?:do|do-exec|run) /, '');
      const found = dangerous.find(({ expression }) => expression.test(line));
      const isWithDo = line !== written;
      if (!found || (path.length > 0 && !isWithDo && !topLevelWords.has(line.split(' ')[0] ?? ''))) return [];
      const span = { line: statement.span.line, start: statement.span.start, end: statement.span.end };
      const last = statement.span.endLine ?? statement.span.line;
      return [
        {
          span,
          message: `"${line}" ${found.effect}`,
          key: line,
          fix: { title: 'Remove the command', edits: [deleteLines(config, statement.span.line, last)], safe: false },
        },
      ];
    }),
});

/** Words that mean the operational command in every mode; others are also names of settings in some modes. */
const topLevelWords = new Set(['tclsh', 'reload', 'copy', 'erase', 'write']);
