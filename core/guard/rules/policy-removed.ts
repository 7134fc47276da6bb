import type { AddressFamily } from '../../config/device/bgp.ts';
import type { ParsedConfig } from '../../network/snapshot.ts';
import { type Direction, filtersOf, filterTitles, inVrf, type Neighbour, neighboursOf, type Process } from '../bgp.ts';
import { type Command, commandsOf } from '../commands.ts';
import { loosenedFilters } from '../loosened-filters.ts';
import { redistributionsOf } from '../redistribution.ts';
import { head, own, undoing, withoutLine } from '../restore.ts';
import { type Fix, type RawFinding, rule } from '../rule.ts';
import { systemOf } from '../systems.ts';

const effects: Record<Direction, (peer: string) => string> = {
  in: (peer) => `every route that ${peer} sends is accepted`,
  out: (peer) => `every route is sent to ${peer}`,
};

const directions: readonly Direction[] = ['in', 'out'];

/** Filters that a neighbour had before and that nothing of the same direction replaces. */
function lostFilters(
  old: { process: Process; neighbour: Neighbour },
  now: { process: Process; neighbour: Neighbour },
  family: AddressFamily,
  direction: Direction,
) {
  const had = filtersOf(old.process, old.neighbour, family, direction);
  const has = filtersOf(now.process, now.neighbour, family, direction);
  const isNew = has.some(({ setting }) => !had.some((other) => other.setting === setting));
  return isNew ? [] : had.filter(({ setting }) => !has.some((other) => other.setting === setting));
}

const familiesOf = (process: Process, neighbour: Neighbour): AddressFamily[] => {
  const groups = [...process.groups.values()].flatMap((group) => [...group.families.keys()]);
  return [...new Set([...neighbour.families.keys(), ...groups, 'ipv4-unicast' as const])];
};

function neighbourFindings(config: ParsedConfig, before: ParsedConfig): RawFinding[] {
  const findings = new Map<string, RawFinding>();
  for (const now of neighboursOf(config.device)) {
    const process = before.device.bgp.find((candidate) => candidate.vrf === now.process.vrf);
    const neighbour = process?.neighbours.get(now.neighbour.id);
    if (!process || !neighbour) continue;
    for (const family of familiesOf(process, neighbour))
      for (const direction of directions)
        for (const lost of lostFilters({ process, neighbour }, now, family, direction)) {
          // A group that is still the neighbour's group lost its filter: said once, at the group.
          const group = lost.from === neighbour ? undefined : now.process.groups.get(lost.from.id);
          const isInherited = group !== undefined && now.neighbour.group?.value === group.id;
          const subject = isInherited ? group : now.neighbour;
          const title = filterTitles[lost.setting];
          // A neighbour that left its group comes back into it; the filter itself still stands there.
          const line =
            lost.from !== neighbour && !isInherited ? (neighbour.group?.span.line ?? lost.span.line) : lost.span.line;
          const { span, fix } = undoing(before, line, config, head(subject.span));
          const peer = isInherited ? `the neighbours of ${subject.id}` : subject.id;
          const message = `removes the ${title} ${direction} of ${subject.id}${inVrf(process.vrf)}: ${consequence(now, family, direction, peer)}`;
          const key = `${process.vrf} ${subject.id} ${lost.setting} ${lost.span.line}`;
          if (!findings.has(key)) findings.set(key, { span, message, key, ...(fix && { fix }) });
        }
  }
  return [...findings.values()];
}

/** With other filters left in that direction only a part of the protection is gone. */
function consequence(
  now: { process: Process; neighbour: Neighbour },
  family: AddressFamily,
  direction: Direction,
  peer: string,
): string {
  const [left] = filtersOf(now.process, now.neighbour, family, direction);
  return left ? `only the ${filterTitles[left.setting]} is left` : effects[direction](peer);
}

function redistributionFindings(config: ParsedConfig, before: ParsedConfig): RawFinding[] {
  const now = redistributionsOf(config.device);
  return redistributionsOf(before.device).flatMap((old): RawFinding[] => {
    const same = now.find(({ key }) => key === old.key);
    if (!old.policy || !same || same.policy) return [];
    const { span, fix } = undoing(before, old.span.line, config, head(same.span));
    // The line without the filter is still there: the fix writes the old one in its place.
    const replace: Fix = {
      title: 'Restore the filter',
      edits: [
        {
          span: { line: same.span.line, start: same.span.start, end: (config.tree.lines[same.span.line] ?? '').length },
          newText: (before.tree.lines[old.span.line] ?? '').trim(),
        },
      ],
      safe: false,
    };
    const isNegated = span.line !== same.span.line;
    return [
      {
        span,
        message: `removes the filter of ${old.title}: every route is redistributed`,
        key: old.key,
        fix: isNegated && fix ? fix : replace,
      },
    ];
  });
}

const filterWords: Readonly<Record<string, string>> = {
  'route-map': 'route-map',
  'prefix-list': 'prefix-list',
  'distribute-list': 'distribute-list',
  'filter-list': 'AS-path filter',
};

/** `no neighbor N route-map X out` as a line of the text, whether or not the text shows what it removes. */
function negatedNeighbourLines(config: ParsedConfig, command: Command): RawFinding[] {
  const [neighbor, id = '', kind = '', ...rest] = command.words;
  const title = filterWords[kind];
  const direction = rest.findLast((word): word is Direction => word === 'in' || word === 'out');
  if (neighbor !== 'neighbor' || !title || !direction) return [];
  const known = config.device.bgp.flatMap((process) => {
    const neighbour = process.neighbours.get(id) ?? process.groups.get(id);
    return neighbour ? [{ process, neighbour }] : [];
  });
  const isFiltered = known.some(({ process, neighbour }) =>
    familiesOf(process, neighbour).some((family) => filtersOf(process, neighbour, family, direction).length > 0),
  );
  if (isFiltered) return [];
  return [
    {
      span: own(command),
      message: `removes the ${title} ${direction} of ${id}: ${effects[direction](id)}`,
      key: `${id} ${kind} ${direction}`,
      fix: withoutLine(config, command),
    },
  ];
}

function negatedLines(config: ParsedConfig): RawFinding[] {
  return commandsOf(config).flatMap((command): RawFinding[] => {
    if (!command.negated) return [];
    const [first, second = ''] = command.words;
    if (first === 'neighbor') return negatedNeighbourLines(config, command);
    const mode = command.path.at(-1)?.words.slice(0, 2).join(' ') ?? '';
    if (first === 'distribute-list' && command.words.length > 1 && (mode.startsWith('router') || mode === ''))
      return [
        {
          span: own(command),
          message: `removes a distribute-list${mode && ` of ${mode}`}: its routes are no longer filtered`,
          key: `${mode} ${command.words.join(' ')}`,
          fix: withoutLine(config, command),
        },
      ];
    const filtered = first === 'redistribute' && command.words.includes('route-map');
    if (!filtered || systemOf(config.dialect).noRedistributeRouteMap !== 'keeps-redistribution') return [];
    const message = `removes only the filter on ${systemOf(config.dialect).title}: ${second} is still redistributed, now every route`;
    const fix: Fix = {
      title: `End the redistribution: no redistribute ${second}`,
      edits: [
        {
          span: { ...own(command) },
          newText: `no redistribute ${command.words.slice(1, command.words.indexOf('route-map')).join(' ')}`,
        },
      ],
      safe: false,
    };
    return [{ span: own(command), message, key: `${mode} redistribute ${second}`, fix }];
  });
}

export default rule({
  id: 'policy-removed',
  number: 3,
  priority: 'P0',
  scope: 'device',
  title: 'Policy or filter taken off, or loosened',
  why: 'A filter that looks like a left-over is often the only thing that keeps a full table, or a leak, out. That an earlier step of the same clean-up went well says nothing about this one.',
  sources: [
    'Rogers Communications, outage of 8 July 2022 (a distribution filter removed as a clean-up)',
    'RFC 8212, RFC 7454 section 6',
  ],
  remedy: 'Keep the filter, or put the new one in place in the same change before the old one goes.',
  check: ({ config, before }) => {
    const compared = before
      ? [
          ...neighbourFindings(config, before),
          ...redistributionFindings(config, before),
          ...loosenedFilters(before, config),
        ]
      : [];
    const lines = new Set(compared.map(({ span }) => span.line));
    return [...compared, ...negatedLines(config).filter(({ span }) => !lines.has(span.line))];
  },
});
