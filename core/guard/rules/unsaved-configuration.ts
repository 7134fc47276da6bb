import { type RawFinding, rule } from '../rule.ts';

const CHANGED = /^! Last configuration change at (.+?)(?: by \S+)?\s*$/;
const SAVED = /^! NVRAM config last updated at (.+?)(?: by \S+)?\s*$/;
const PENDING =
  /^(?:## (?:commit confirmed will be (?:automatically )?rolled back|.*rollback in)|!! .*commit confirmed|.*\breload scheduled\b)/i;

/** `12:34:56 UTC Thu Jan 1 2026` as milliseconds; undefined where it is written otherwise. */
function timeOf(text: string): number | undefined {
  const found = /^(\d{1,2}:\d{2}:\d{2})(?:\.\d+)? (\S+) \S{3} (\S{3}) (\d{1,2}) (\d{4})$/.exec(text);
  if (!found) return undefined;
  const [, time, , month, day, year] = found;
  // Both lines are of one clock: its zone does not matter for their order.
  const parsed = Date.parse(`${day} ${month} ${year} ${time} UTC`);
  return Number.isNaN(parsed) ? undefined : parsed;
}

export default rule({
  id: 'unsaved-configuration',
  number: 44,
  priority: 'P2',
  scope: 'device',
  title: 'Captured configuration that is not the saved one',
  why: 'Where the running configuration was changed after it was saved, or a revert is pending, the device goes back to another state at its next restart or in minutes: what is tested here is not what stays.',
  sources: [
    'Cisco IOS, show running-config: last configuration change and NVRAM update',
    'Juniper Junos, commit confirmed',
  ],
  remedy: 'Save or confirm the configuration, or take the saved one as the baseline.',
  check: ({ config }) => {
    const findings: RawFinding[] = [];
    let changed: { readonly line: number; readonly time: number | undefined } | undefined;
    // Both stand in the head of a capture.
    for (const [line, text] of config.tree.lines.slice(0, 60).entries()) {
      const span = { line, start: 0, end: text.length };
      const change = CHANGED.exec(text)?.[1];
      if (change !== undefined) changed = { line, time: timeOf(change) };
      const saved = SAVED.exec(text)?.[1];
      const time = saved === undefined ? undefined : timeOf(saved);
      if (changed?.time !== undefined && time !== undefined && time < changed.time)
        findings.push({
          span,
          message: 'was saved before it was last changed: a restart brings another configuration back',
          key: 'saved',
        });
      if (PENDING.test(text)) findings.push({ span, message: 'a revert or restart is pending', key: 'pending' });
    }
    return findings;
  },
});
