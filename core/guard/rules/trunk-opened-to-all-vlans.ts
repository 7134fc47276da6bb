import { replaceSpan } from '../edits.ts';
import { restoreLine } from '../restore.ts';
import { type RawFinding, rule } from '../rule.ts';
import { allVlans, formatVlans, nameVlans, trunkSteps } from '../trunks.ts';

export default rule({
  id: 'trunk-opened-to-all-vlans',
  number: 2,
  priority: 'P0',
  scope: 'device',
  title: "Trunk's last VLAN removed: the trunk carries all VLANs",
  why: 'When the last VLAN is removed from a list, or the list is negated, IOS falls back to its default: the trunk carries every VLAN, and loops and leaks between segments follow.',
  sources: [
    'Cisco IOS LAN Switching command reference, switchport trunk allowed vlan (default: all)',
    'Arista EOS manual, switchport trunk allowed vlan',
  ],
  remedy:
    'To carry no VLAN write `switchport trunk allowed vlan none`; to remove one VLAN write `remove` with that VLAN.',
  check: ({ config, before }) => {
    const steps = trunkSteps(config);
    const last = new Map(steps.map((step) => [step.interface, step]));
    const findings = [...last.values()].flatMap((step): RawFinding[] => {
      const { statement } = step.command;
      const opened =
        step.after.length === allVlans.length && (step.operation === 'remove' || step.operation === 'reset');
      // `no switchport trunk allowed vlan` in a saved configuration states the default; it opens only what had a list.
      if (!opened || !step.known || step.before.length === allVlans.length) return [];
      const span = { line: statement.span.line, start: statement.span.start, end: statement.span.end };
      const what =
        step.operation === 'remove'
          ? `removes the last VLAN (${formatVlans(step.before)}) of`
          : `removes the list (${formatVlans(step.before)}) of`;
      const end = config.tree.lines[span.line]?.length ?? span.end;
      const fix = {
        title: 'Allow no VLAN',
        edits: [replaceSpan(span.line, span.start, end, 'switchport trunk allowed vlan none')],
        safe: false,
      };
      return [
        { span, message: `${what} ${step.interface}: the trunk falls back to all VLANs`, key: step.interface, fix },
      ];
    });
    if (!before) return findings;
    // The line with the list is simply gone from the text.
    const old = new Map(trunkSteps(before).map((step) => [step.interface, step]));
    for (const [name, was] of old) {
      const port = config.device.interfaces.get(name);
      const isTrunk = port?.switchport?.mode?.value === 'trunk';
      if (last.has(name) || !isTrunk || was.after.length === allVlans.length) continue;
      const edit = restoreLine(before, was.command.statement.span.line, config);
      findings.push({
        span: { line: port.span.line, start: port.span.start, end: port.span.end },
        message: `the list of ${name} (${nameVlans(was.after)}) is gone: the trunk falls back to all VLANs`,
        key: name,
        ...(edit && { fix: { title: 'Restore the list', edits: [edit], safe: false } }),
      });
    }
    return findings;
  },
});
