import { isShutdown } from '../../network/interfaces.ts';
import type { ParsedConfig } from '../../network/snapshot.ts';
import { beginsWith, commandsOf } from '../commands.ts';
import { insertAt, replaceSpan } from '../edits.ts';
import { isFragment } from '../fragment.ts';
import { groupBy } from '../group-by.ts';
import { head, standIn, undoing } from '../restore.ts';
import { type Fix, type RawFinding, rule } from '../rule.ts';
import { allVlans, formatVlans, interfaceOf, lostVlans, nameVlans, type TrunkStep, trunkSteps } from '../trunks.ts';

/** Where the VLAN list stands on the line. */
const listSpan = ({ command: { statement } }: TrunkStep) => {
  const words = statement.words.slice(4);
  return {
    line: statement.span.line,
    start: words[0]?.start ?? statement.span.start,
    end: words.at(-1)?.end ?? statement.span.end,
  };
};

const addFix = (step: TrunkStep): Fix => {
  const { line, start } = listSpan(step);
  return { title: 'Add to the list instead of replacing it', edits: [insertAt(line, start, 'add ')], safe: false };
};

/** A whole configuration states the result, so the list itself has to hold the old VLANs too. */
const keepFix = (step: TrunkStep, old: readonly number[]): Fix => {
  const { line, start, end } = listSpan(step);
  const list = formatVlans([...new Set([...old, ...step.after])].sort((a, b) => a - b));
  return {
    title: `Keep the VLANs that were allowed: ${list}`,
    edits: [replaceSpan(line, start, end, list)],
    safe: false,
  };
};

export default rule({
  id: 'trunk-vlans-replaced',
  number: 1,
  priority: 'P0',
  scope: 'device',
  title: "Trunk's VLAN list replaced instead of extended",
  why: '`switchport trunk allowed vlan 8` sets the whole list. Typed to add a VLAN, it cuts every other VLAN off the trunk, often including the one that carries the session in which it was typed.',
  sources: [
    'Cisco IOS LAN Switching command reference, switchport trunk allowed vlan',
    'Arista EOS manual, switchport trunk allowed vlan',
  ],
  remedy: 'Write `switchport trunk allowed vlan add 8`, or repeat the whole list with the new VLAN in it.',
  check: (context) => {
    const { config, before } = context;
    const ports = groupBy(trunkSteps(config), (step) => step.interface);
    const steps = [...ports.values()].flatMap((own) =>
      own.map((step, index) => ({ step, following: own.slice(index) })),
    );
    const old = new Map((before ? trunkSteps(before) : []).map((step) => [step.interface, step.after]));
    const replaced = steps.flatMap(({ step, following }): RawFinding[] => {
      if (step.operation !== 'replace') return [];
      const name = step.interface;
      const wasTrunk = before?.device.interfaces.get(name)?.switchport?.mode?.value === 'trunk';
      // What the device had: an earlier line of the text, or the list before the change; a trunk without a list has all.
      const had = step.known ? step.before : (old.get(name) ?? (wasTrunk ? allVlans : undefined));
      if (had === undefined) return !isFragment(context) || namesMode(config, name) ? [] : [unknownList(step)];
      const lost = lostVlans(had, stated(following));
      if (lost.length === 0) return [];
      const message = `replaces the list of ${name}: ${nameVlans(lost)} no longer allowed`;
      return [
        {
          span: listSpan(step),
          message,
          key: `${name} ${formatVlans(lost)}`,
          fix: step.known ? addFix(step) : keepFix(step, had),
        },
      ];
    });
    return [...replaced, ...noLongerTrunk(config, before)];
  },
});

/** A port that stops being a trunk carries one VLAN of those that it had. */
function noLongerTrunk(config: ParsedConfig, before: ParsedConfig | undefined): RawFinding[] {
  return [...(before?.device.interfaces.values() ?? [])].flatMap((old): RawFinding[] => {
    const now = config.device.interfaces.get(old.name);
    const mode = now?.switchport?.mode;
    if (!before || !now || old.switchport?.mode?.value !== 'trunk' || mode?.value === 'trunk') return [];
    const had = old.switchport.allowedVlans?.value;
    if (isShutdown(old) || isShutdown(now) || had?.length === 0) return [];
    const what = had ? nameVlans(had) : 'all VLANs';
    const line = old.switchport.mode.span.line;
    const undo = undoing(before, line, config, standIn(before, line, config));
    // EOS: a port without a mode is an access port; nothing in the text says so.
    const isSaid = mode !== undefined && mode.span.line !== now.span.line;
    const span = isSaid ? head(mode.span) : undo.span;
    const message = `${old.name} is no longer a trunk: it carried ${what}`;
    return [{ span, priority: 'P1', message, key: `mode ${old.name}`, ...(!isSaid && undo.fix && { fix: undo.fix }) }];
  });
}

/** The list that a line and those that add to it state together. What is removed later is removed by name. */
function stated([first, ...later]: readonly TrunkStep[]): readonly number[] {
  const end = later.findIndex(({ operation }) => operation !== 'add' && operation !== 'remove');
  const added = later
    .slice(0, end < 0 ? undefined : end)
    .flatMap((step) => (step.operation === 'add' ? lostVlans(step.after, step.before) : []));
  return [...(first?.after ?? []), ...added];
}

/** A piece that also makes the port a trunk states its whole list. */
const namesMode = (config: ParsedConfig, name: string): boolean =>
  commandsOf(config).some(
    (command) => beginsWith(command, 'switchport', 'mode') && interfaceOf(config, command) === name,
  );

const unknownList = (step: TrunkStep): RawFinding => ({
  span: listSpan(step),
  message: `replaces the list of ${step.interface}: every VLAN that is not in it is cut off`,
  key: step.interface,
  fix: addFix(step),
});
