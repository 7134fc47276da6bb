import { insertAt, replaceSpan } from '../edits.ts';
import { isFragment } from '../fragment.ts';
import { type Fix, type RawFinding, rule } from '../rule.ts';
import { allVlans, formatVlans, lostVlans, nameVlans, type TrunkStep, trunkSteps } from '../trunks.ts';

/** Where the VLAN list stands on the line. */
const listSpan = ({ command: { statement } }: TrunkStep) => {
  const words = statement.words.slice(4);
  return { line: statement.span.line, start: words[0]?.start ?? statement.span.start, end: words.at(-1)?.end ?? statement.span.end };
};

const addFix = (step: TrunkStep): Fix => {
  const { line, start } = listSpan(step);
  return { title: 'Add to the list instead of replacing it', edits: [insertAt(line, start, 'add ')], safe: false };
};

/** A whole configuration states the result, so the list itself has to hold the old VLANs too. */
const keepFix = (step: TrunkStep, old: readonly number[]): Fix => {
  const { line, start, end } = listSpan(step);
  const list = formatVlans([...new Set([...old, ...step.after])].sort((a, b) => a - b));
  return { title: `Keep the VLANs that were allowed: ${list}`, edits: [replaceSpan(line, start, end, list)], safe: false };
};

export default rule({
  id: 'trunk-vlans-replaced',
  number: 1,
  priority: 'P0',
  scope: 'device',
  title: "Trunk's VLAN list replaced instead of extended",
  why: '`switchport trunk allowed vlan 8` sets the whole list. Typed to add a VLAN, it cuts every other VLAN off the trunk, often including the one that carries the session in which it was typed.',
  sources: ['Cisco IOS LAN Switching command reference, switchport trunk allowed vlan', 'Arista EOS manual, switchport trunk allowed vlan'],
  remedy: 'Write `switchport trunk allowed vlan add 8`, or repeat the whole list with the new VLAN in it.',
  check: ({ config, before }) => {
    const steps = trunkSteps(config);
    const old = before && lastSteps(trunkSteps(before));
    const findings: RawFinding[] = [];
    const last = lastSteps(steps);
    for (const step of steps) {
      if (step.operation !== 'replace') continue;
      const name = step.interface;
      const finding = (lost: readonly number[], fix: Fix): RawFinding => ({
        span: listSpan(step),
        message: `replaces the list of ${name}: ${nameVlans(lost)} no longer allowed`,
        key: `${name} ${formatVlans(lost)}`,
        fix,
      });
      if (step.known) {
        // A second list in the same text: the line was typed below what the device had.
        const lost = lostVlans(step.before, last.get(name)?.after ?? step.after);
        if (lost.length > 0 && step === last.get(name, 'replace')) findings.push(finding(lost, addFix(step)));
      } else if (before && old?.has(name)) {
        const was = old.get(name)?.after ?? allVlans;
        const lost = lostVlans(was, last.get(name)?.after ?? step.after);
        if (lost.length > 0) findings.push(finding(lost, keepFix(step, was)));
      } else if (before?.device.interfaces.get(name)?.switchport?.mode?.value === 'trunk') {
        const lost = lostVlans(allVlans, last.get(name)?.after ?? step.after);
        if (lost.length > 0) findings.push(finding(lost, keepFix(step, allVlans)));
      } else if (!before && isFragment(config) && config.device.interfaces.get(name)?.switchport?.mode === undefined) {
        findings.push({
          span: listSpan(step),
          message: `replaces the list of ${name}: every VLAN that is not in it is cut off`,
          key: name,
          fix: addFix(step),
        });
      }
    }
    return findings;
  },
});

/** The last step of each interface; asked with an operation, the last of that operation. */
function lastSteps(steps: readonly TrunkStep[]) {
  const last = new Map(steps.map((step) => [step.interface, step]));
  return {
    has: (name: string): boolean => last.has(name),
    get: (name: string, operation?: TrunkStep['operation']): TrunkStep | undefined =>
      operation ? steps.findLast((step) => step.interface === name && step.operation === operation) : last.get(name),
  };
}
