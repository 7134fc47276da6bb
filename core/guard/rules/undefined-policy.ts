import type { Behaviour } from '../../config/behaviour.ts';
import type { Device, SymbolKind } from '../../config/device/device.ts';
import { prefixListKey } from '../../config/device/policy.ts';
import type { ParsedConfig } from '../../network/snapshot.ts';
import { type Command, commandsOf } from '../commands.ts';
import { replaceSpan } from '../edits.ts';
import { isFragment } from '../fragment.ts';
import { probablyMeant } from '../names.ts';
import { type Priority, type RawFinding, rule } from '../rule.ts';
import { systemOf } from '../systems.ts';

interface Kind {
  readonly title: string;
  /** Names of this kind that the device has. */
  readonly names: (device: Device) => Iterable<string>;
  /** What a `match` with an undefined one does. */
  readonly inMatch: (behaviour: Behaviour) => 'match' | 'no-match';
}

const prefixLists = (device: Device, family: 'ipv4' | 'ipv6'): string[] =>
  [...device.prefixLists.values()]
    .filter((list) => device.prefixLists.get(prefixListKey(family, list.name)) === list)
    .map(({ name }) => name);

const kinds: Partial<Record<SymbolKind, Kind>> = {
  'route-map': {
    title: 'route-map',
    names: ({ policies }) => policies.keys(),
    inMatch: ({ undefinedRouteMap }) => (undefinedRouteMap === 'permit' ? 'match' : 'no-match'),
  },
  'prefix-list': {
    title: 'prefix-list',
    names: (device) => prefixLists(device, 'ipv4'),
    inMatch: ({ undefinedPrefixList }) => undefinedPrefixList,
  },
  'ipv6-prefix-list': {
    title: 'IPv6 prefix-list',
    names: (device) => prefixLists(device, 'ipv6'),
    inMatch: ({ undefinedPrefixList }) => undefinedPrefixList,
  },
  'community-list': {
    title: 'community-list',
    names: ({ communityLists }) => communityLists.keys(),
    inMatch: ({ undefinedCommunityList }) => undefinedCommunityList,
  },
  'large-community-list': {
    title: 'large-community-list',
    names: ({ largeCommunityLists }) => largeCommunityLists.keys(),
    inMatch: ({ undefinedCommunityList }) => undefinedCommunityList,
  },
  'extended-community-list': {
    title: 'extended community-list',
    names: ({ extendedCommunityLists }) => extendedCommunityLists.keys(),
    inMatch: ({ undefinedCommunityList }) => undefinedCommunityList,
  },
  'as-path-list': {
    title: 'AS-path access-list',
    names: ({ asPathLists }) => asPathLists.keys(),
    inMatch: ({ undefinedAsPathList }) => undefinedAsPathList,
  },
};

const inMatchText = { match: 'as if every route matched', 'no-match': 'as if no route matched' } as const;
const filterText = { permit: 'permits every route', deny: 'denies every route' } as const;

/** Whether the reference is a condition or an action of a policy itself. */
const isInPolicy = (command: Command): boolean =>
  command.path.at(-1)?.words[0] === 'route-map' ||
  [...command.path, command].some(({ words }) => words.includes('policy-statement') || words[0] === 'routing-policy');

/** Commands by each line on which they stand: a list of names may run over several. */
function commandsByLine(config: ParsedConfig): ReadonlyMap<number, Command> {
  const found = new Map<number, Command>();
  for (const command of commandsOf(config)) {
    const { span, children } = command.statement;
    const end = children.length > 0 ? span.line : (span.endLine ?? span.line);
    for (let line = span.line; line <= end; line += 1) found.set(line, command);
  }
  return found;
}

/** What the reference does on this system, and how bad that is. */
function effectOf(
  command: Command,
  kind: Kind,
  isPolicy: boolean,
  behaviour: Behaviour,
  isUsed: boolean,
): { text: string; priority: Priority } {
  const mode = command.path.at(-1)?.words[0];
  if (isInPolicy(command)) {
    const unused = isUsed ? '' : ' (nothing uses this route-map yet)';
    return { text: `takes the match ${inMatchText[kind.inMatch(behaviour)]}${unused}`, priority: isUsed ? 'P0' : 'P1' };
  }
  if (mode === 'interface') return { text: 'forwards as if there were no policy', priority: 'P1' };
  return {
    text: filterText[isPolicy ? behaviour.undefinedRouteMap : behaviour.undefinedNeighbourFilter],
    priority: 'P0',
  };
}

export default rule({
  id: 'undefined-policy',
  number: 7,
  priority: 'P0',
  scope: 'device',
  title: 'Reference to a policy that is not defined',
  why: 'The command is accepted, and what it does differs by system: an undefined route-map denies every route on IOS, IOS-XE, NX-OS and FRR and permits every route on EOS. A slip in a name either cuts a session off or opens it wide.',
  sources: [
    'Batfish lab validation, undefined route-map on IOS-XE and EOS',
    'Cisco IOS IP Routing: BGP command reference, neighbor route-map',
    'Arista EOS manual, route maps',
  ],
  remedy: 'Define the policy in the same change, or correct the name.',
  check: (context) => {
    const { device, config, behaviour } = context;
    // In a piece of configuration the policies may be those that the device has already.
    if (isFragment(context)) return [];
    const commandAt = commandsByLine(config);
    const usedMaps = new Set(device.references.filter(({ kind }) => kind === 'route-map').map(({ name }) => name));
    const namesOf = new Map(Object.entries(kinds).map(([id, kind]) => [id as SymbolKind, new Set(kind.names(device))]));
    if (systemOf(config.dialect).communitiesShareNames) {
      const all = ['community-list', 'extended-community-list', 'large-community-list'] as const;
      const names = new Set(all.flatMap((id) => [...(namesOf.get(id) ?? [])]));
      for (const id of all) namesOf.set(id, names);
    }
    const bothFamilies = new Set([...(namesOf.get('prefix-list') ?? []), ...(namesOf.get('ipv6-prefix-list') ?? [])]);
    return device.references.flatMap(({ kind: id, name, span }): RawFinding[] => {
      const kind = kinds[id];
      const command = commandAt.get(span.line);
      if (!kind || !command || command.negated) return [];
      const mode = command.path.at(-1);
      // A neighbour's prefix-list is of the family of the session, which the row's kind does not tell.
      const known =
        mode?.words[0] !== 'route-map' && id === 'prefix-list' ? bothFamilies : (namesOf.get(id) ?? new Set<string>());
      if (known.has(name)) return [];
      const isUsed = mode?.words[0] !== 'route-map' || usedMaps.has(mode.words[1] ?? '');
      const { text, priority } = effectOf(command, kind, id === 'route-map', behaviour, isUsed);
      const meant = probablyMeant(name, known);
      return [
        {
          span,
          priority,
          message: `${kind.title} ${name} is not defined: ${systemOf(config.dialect).title} ${text}`,
          key: `${id} ${name} ${mode?.words.join(' ') ?? ''} ${command.words.join(' ')}`,
          ...(meant && {
            fix: { title: `Use ${meant}`, edits: [replaceSpan(span.line, span.start, span.end, meant)], safe: false },
          }),
        },
      ];
    });
  },
});
