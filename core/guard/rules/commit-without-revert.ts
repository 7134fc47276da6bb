import type { DialectId } from '../../config/device/device.ts';
import { commandsOf } from '../commands.ts';
import { replaceSpan } from '../edits.ts';
import { type RawFinding, rule } from '../rule.ts';

interface Commit {
  /** A line that makes the change final. */
  readonly final: RegExp;
  /** How the system arms an automatic revert. */
  readonly armed: string;
  readonly fixed?: string;
}

/** Systems whose change scripts end with a commit, and what arms the revert there. */
const COMMITS: Partial<Record<DialectId, Commit>> = {
  junos: {
    final: /^commit(?! check)(?!.*\bconfirmed\b)(?: (?:and-quit|synchronize|comment .*))*$/,
    armed: 'commit confirmed <minutes>',
    fixed: 'commit confirmed 5',
  },
  eos: { final: /^commit$/, armed: 'commit timer <hh:mm:ss> in a configure session', fixed: 'commit timer 00:05:00' },
  iosxr: {
    final: /^commit(?: (?:replace|best-effort|comment .*))*$/,
    armed: 'commit confirmed <seconds>',
    fixed: 'commit confirmed 300',
  },
  sros: { final: /^commit$/, armed: 'commit confirmed <minutes>', fixed: 'commit confirmed 5' },
  srlinux: { final: /^commit (?:now|stay)(?! confirmed)(?: save)?$/, armed: 'commit confirmed timeout <seconds>' },
};

export default rule({
  id: 'commit-without-revert',
  number: 43,
  priority: 'P1',
  scope: 'device',
  title: 'Commit without an automatic revert',
  why: 'A change that cuts off the way to the device cannot be taken back over that way. An armed revert brings the old configuration back by itself when nobody confirms the new one.',
  sources: [
    'Juniper Junos, commit confirmed',
    'Arista EOS, configure session, commit timer',
    'Cisco IOS-XR, commit confirmed; IOS-XE, configure terminal revert timer',
    'Nokia SR OS and SR Linux, commit confirmed',
  ],
  remedy:
    'Arm the revert and confirm once the device was reached again; or leave the commit to the promotion, which arms it.',
  check: ({ config }) => {
    const commit = COMMITS[config.dialect];
    if (!commit) return [];
    // A flat form takes a commit for no statement at all; what stands in a banner begins none either.
    const begins = new Set([
      ...commandsOf(config).map(({ statement }) => statement.span.line),
      ...config.tree.problems.map(({ span }) => span.line),
    ]);
    return [...begins].flatMap((line): RawFinding[] => {
      const written = config.tree.lines[line] ?? '';
      const text = written.trim();
      if (!commit.final.test(text)) return [];
      const start = written.indexOf(text);
      const span = { line, start, end: start + text.length };
      const fixed = commit.fixed;
      return [
        {
          span,
          message: `"${text}" arms no revert; this system has ${commit.armed}`,
          key: text,
          ...(fixed !== undefined && {
            fix: { title: `Write ${fixed}`, edits: [replaceSpan(line, start, span.end, fixed)], safe: false },
          }),
        },
      ];
    });
  },
});
