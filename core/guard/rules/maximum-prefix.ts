import type { AddressFamily } from '../../config/device/bgp.ts';
import type { ParsedConfig } from '../../network/snapshot.ts';
import {
  familySetting,
  inVrf,
  isActive,
  isExternal,
  isShutdown,
  type Neighbour,
  neighboursOf,
  type Process,
  unicastFamilies,
} from '../bgp.ts';
import { type Command, commandsOf } from '../commands.ts';
import { insertAfter } from '../edits.ts';
import { groupBy } from '../group-by.ts';
import { head, own, undoing, withoutLine } from '../restore.ts';
import { type Fix, type RawFinding, rule } from '../rule.ts';
import { systemOf } from '../systems.ts';

/** Suggested where no other neighbour of the device shows what is usual; the operator knows the right figure. */
const SUGGESTED = 1000;

const limitOf = (process: Process, neighbour: Neighbour, family: AddressFamily) => {
  const setting = familySetting(process, neighbour, family, (from) => from.maximumPrefix);
  // EOS: `maximum-routes 0` is no limit.
  return setting && setting.value.value.limit > 0 ? setting : undefined;
};

const familyTitle = (family: AddressFamily): string => (family === 'ipv6-unicast' ? 'IPv6' : 'IPv4');

/** Lines of the text by the neighbour that they are about. */
const neighbourLines = (config: ParsedConfig): ReadonlyMap<string, readonly Command[]> =>
  groupBy(
    commandsOf(config).filter(({ negated, words }) => !negated && words[0] === 'neighbor'),
    ({ words }) => words[1] ?? '',
  );

/** Where a limit is written, and how high it is by default: computed once per check, and only where one is missing. */
interface Advice {
  readonly lines: () => ReadonlyMap<string, readonly Command[]>;
  readonly usual: (process: Process, family: AddressFamily) => number;
}

function adviceFor(config: ParsedConfig): Advice {
  let lines: ReadonlyMap<string, readonly Command[]> | undefined;
  const usual = new Map<Process, Map<AddressFamily, number>>();
  return {
    lines: () => {
      lines ??= neighbourLines(config);
      return lines;
    },
    usual: (process, family) => {
      const known = usual.get(process) ?? new Map<AddressFamily, number>();
      const limit = known.get(family) ?? usualLimit(process, family);
      usual.set(process, known.set(family, limit));
      return limit;
    },
  };
}

/** The line behind which the limit is written: the last one about this neighbour in the mode where it is activated. */
function addFix(
  config: ParsedConfig,
  advice: Advice,
  process: Process,
  neighbour: Neighbour,
  family: AddressFamily,
): Fix | undefined {
  const command = systemOf(config.dialect).maximumPrefixes;
  if (!command) return undefined;
  const lines = advice.lines().get(neighbour.id) ?? [];
  const modeWords = (command: Command): readonly string[] => command.path.at(-1)?.words ?? [];
  const afi = family === 'ipv6-unicast' ? 'ipv6' : 'ipv4';
  const activated =
    lines.findLast((command) => modeWords(command)[0] === 'address-family' && modeWords(command)[1] === afi) ??
    (family === 'ipv4-unicast' ? lines.findLast((command) => modeWords(command)[0] === 'router') : undefined);
  if (!activated) return undefined;
  const limit = advice.usual(process, family);
  const { line } = activated.statement.span;
  const indent = /^\s*/.exec(config.tree.lines[line] ?? '')?.[0] ?? ' ';
  const text = `neighbor ${neighbour.id} ${command(limit)}`;
  return {
    title: `Add a limit of ${limit} prefixes (adjust the figure)`,
    edits: [insertAfter(config, line, [`${indent}${text}`])],
    safe: false,
  };
}

/** What other neighbours of the process have in this family. */
const usualLimit = (process: Process, family: AddressFamily): number =>
  [...process.neighbours.values()]
    .map((other) => limitOf(process, other, family)?.value.value.limit)
    .find((limit) => limit !== undefined) ?? SUGGESTED;

/** External neighbours without a limit: one finding for all their families. */
function missing(
  config: ParsedConfig,
  advice: Advice,
  process: Process,
  neighbour: Neighbour,
  families: readonly AddressFamily[],
): RawFinding[] {
  const setting = (family: AddressFamily) =>
    familySetting(process, neighbour, family, (from) => from.maximumPrefix)?.value;
  const hasDefault = systemOf(config.dialect).defaultMaximumPrefixes !== undefined;
  const open = families.filter(
    (family) => !limitOf(process, neighbour, family) && (!hasDefault || setting(family) !== undefined),
  );
  const [first] = open;
  if (!first) return [];
  const explicit = setting(first);
  const fixes = explicit ? [] : open.map((family) => addFix(config, advice, process, neighbour, family));
  const [fix] = fixes;
  const edits = fixes.flatMap((each) => each?.edits ?? []);
  return [
    {
      span: explicit?.span ?? neighbour.remoteAs?.span ?? head(neighbour.span),
      priority: 'P1',
      message: `no limit on the ${open.map(familyTitle).join(' and ')} prefixes that ${neighbour.id} may send${inVrf(process.vrf)}`,
      key: `missing ${process.vrf} ${neighbour.id} ${open.join(' ')}`,
      ...(fix && fixes.every((each) => each !== undefined) && { fix: { ...fix, edits } }),
    },
  ];
}

function changed(
  config: ParsedConfig,
  before: ParsedConfig,
  now: { process: Process; neighbour: Neighbour },
  family: AddressFamily,
): RawFinding[] {
  const process = before.device.bgp.find(({ vrf }) => vrf === now.process.vrf);
  const neighbour = process?.neighbours.get(now.neighbour.id);
  const old = process && neighbour && limitOf(process, neighbour, family);
  if (!old) return [];
  const limit = limitOf(now.process, now.neighbour, family);
  const key = `${now.process.vrf} ${now.neighbour.id} ${family}`;
  const title = `${now.neighbour.id}${inVrf(now.process.vrf)}`;
  const { limit: was } = old.value.value;
  if (!limit) {
    const { defaultMaximumPrefixes: fallback } = systemOf(config.dialect);
    const { span, fix } = undoing(
      before,
      old.value.span.line,
      config,
      now.neighbour.remoteAs?.span ?? head(now.neighbour.span),
    );
    const result = fallback ? `the default of ${fallback} applies` : `nothing limits what ${now.neighbour.id} may send`;
    return [
      {
        span,
        message: `removes the limit of ${was} ${familyTitle(family)} prefixes of ${title}: ${result}`,
        key: `removed ${key}`,
        ...(fix && { fix }),
      },
    ];
  }
  if (limit.value.value.limit >= was) return [];
  const { action } = limit.value.value;
  const effect =
    action === 'warning-only'
      ? 'more than that is only logged'
      : `the session goes down above it${action === 'restart' ? ' and is tried again later' : ' and stays down'}`;
  return [
    {
      span: limit.value.span,
      priority: 'P1',
      message: `lowers the limit of ${title} from ${was} to ${limit.value.value.limit} prefixes: ${effect}; compare it with what is received now`,
      key: `lowered ${key}`,
      escalates: false,
    },
  ];
}

/** `no neighbor N maximum-prefix` where no limit is left in the text. */
function negatedLine(config: ParsedConfig, command: Command): RawFinding[] {
  const [neighbor, id = '', kind = ''] = command.words;
  if (!command.negated || neighbor !== 'neighbor' || (kind !== 'maximum-prefix' && kind !== 'maximum-routes'))
    return [];
  const sessions = config.device.bgp.flatMap((process) => {
    const neighbour = process.neighbours.get(id) ?? process.groups.get(id);
    return neighbour ? [{ process, neighbour }] : [];
  });
  const isLimited = sessions.some(({ process, neighbour }) =>
    unicastFamilies.some((family) => limitOf(process, neighbour, family)),
  );
  if (isLimited) return [];
  return [
    {
      span: own(command),
      message: `removes the limit on the prefixes that ${id} may send`,
      key: `no ${command.words.join(' ')}`,
      fix: withoutLine(config, command),
    },
  ];
}

export default rule({
  id: 'maximum-prefix',
  number: 10,
  priority: 'P0',
  scope: 'device',
  title: 'Limit on received prefixes missing, removed or lowered',
  why: "Without a limit a neighbour's mistake fills this device's tables and those of every device behind it; a limit that is too low takes the session down, on every edge at once when all have the same one.",
  sources: [
    'Optus, outage of 8 November 2023 (about 90 edge routers isolated themselves on default limits)',
    'RFC 7454 section 8',
    'DISA STIG CISC-RT-000560, ARST-RT-000560',
  ],
  remedy:
    'Set the limit to a generous multiple of what the neighbour sends, with a warning threshold, and a restart time where the session may come back by itself.',
  escalation: {
    to: 'P0',
    why: 'A session that is added without a limit, or that loses it, is a new exposure; one that never had a limit is reported and does not block.',
  },
  check: ({ config, before }) => {
    const advice = adviceFor(config);
    const findings = neighboursOf(config.device).flatMap(({ process, neighbour }): RawFinding[] => {
      if (isShutdown(process, neighbour)) return [];
      const families = unicastFamilies.filter((family) => isActive(config, process, neighbour, family));
      const differences = families.map((family) => ({
        family,
        found: before ? changed(config, before, { process, neighbour }, family) : [],
      }));
      const unchanged = differences.filter(({ found }) => found.length === 0).map(({ family }) => family);
      return [
        ...differences.flatMap(({ found }) => found),
        ...(isExternal(process, neighbour) === true ? missing(config, advice, process, neighbour, unchanged) : []),
      ];
    });
    const lines = new Set(findings.map(({ span }) => span.line));
    const negated = commandsOf(config).flatMap((command) => negatedLine(config, command));
    // The line that takes the limit away says more than the finding that there is none.
    const ids = new Set(negated.filter(({ span }) => !lines.has(span.line)).map(({ key = '' }) => key.split(' ')[2]));
    return [
      ...findings.filter(({ key = '' }) => !(key.startsWith('missing') && ids.has(key.split(' ')[2]))),
      ...negated.filter(({ span }) => !lines.has(span.line)),
    ];
  },
});
