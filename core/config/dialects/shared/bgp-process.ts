import { type Args, type At, type Entry, rowsOf } from '../../command-table.ts';
import type { Aggregate, BgpProcess } from '../../device/bgp.ts';
import type { Located } from '../../span.ts';
import { type BgpContext, familyOf, groupOf, neighbourOf, removeNeighbour } from './bgp-model.ts';
import { no, removeWhere, yes } from './drafts.ts';
import { redistributionRows } from './redistribution.ts';

const row = rowsOf<BgpContext>();

type BooleanOption = {
  [K in keyof BgpProcess['options']]-?: BgpProcess['options'][K] extends Located<boolean> | undefined ? K : never;
}[keyof BgpProcess['options']];

/** A switch of the process: the line sets it, the `no` form clears it, and both are kept with their place. */
export const option = (
  pattern: string,
  key: BooleanOption,
  doc: string,
  effect: 'routing' | 'none' = 'routing',
): Entry =>
  row(pattern as 'x', {
    doc,
    effect,
    apply: ({ process }, _, at) => {
      process.options[key] = yes(at.span);
    },
    undo: ({ process }, _, at) => {
      process.options[key] = no(at.span);
    },
  });

/** Process settings that FRR, EOS and IOS write alike. */
export const sharedProcessRows: readonly Entry[] = [
  row('bgp router-id <id:ip4>', {
    doc: 'Identifier of this speaker.',
    apply: ({ process }, { id }) => {
      process.routerId = id;
    },
    undo: ({ process }) => {
      delete process.routerId;
    },
  }),
  row('bgp cluster-id <id:word>', {
    doc: 'Cluster that this route reflector belongs to (RFC 4456).',
    apply: ({ process }, { id }) => {
      process.clusterId = id;
    },
    undo: ({ process }) => {
      delete process.clusterId;
    },
  }),
  row('bgp default local-preference <value:int>', {
    doc: 'Local preference of routes without one.',
    apply: ({ process }, { value }) => {
      process.options.defaultLocalPreference = value;
    },
    undo: ({ process }) => {
      delete process.options.defaultLocalPreference;
    },
  }),
  row('bgp confederation identifier <asn:asn>', {
    doc: 'AS number of the whole confederation (RFC 5065).',
    apply: ({ process }, { asn }) => {
      process.options.confederation = { peers: [], ...process.options.confederation, identifier: asn };
    },
    undo: ({ process }) => {
      delete process.options.confederation?.identifier;
    },
  }),
  row('bgp confederation peers <members:words>', {
    doc: 'Member AS numbers of the confederation other than our own.',
    apply: ({ process }, { members }) => {
      const known = process.options.confederation ?? { peers: [] };
      process.options.confederation = {
        ...known,
        peers: [...new Set([...known.peers, ...members.value.flatMap(memberAsns)])],
      };
    },
    undo: ({ process }, { members }) => {
      const gone = new Set(members?.value.flatMap(memberAsns));
      const known = process.options.confederation;
      if (known) known.peers = known.peers.filter((asn) => gone.size > 0 && !gone.has(asn));
    },
  }),
  row('timers bgp <keepalive:int> <hold:int> [<minimum:int>]', {
    doc: 'Keepalive and hold time of all sessions, in seconds.',
    apply: ({ process }, { keepalive, hold }, at) => {
      process.options.timers = { value: { keepaliveSeconds: keepalive.value, holdSeconds: hold.value }, span: at.span };
    },
    undo: ({ process }) => {
      delete process.options.timers;
    },
  }),
  option('bgp log-neighbor-changes', 'logNeighbourChanges', 'Logs when a session goes up or down.', 'none'),
  option(
    'bgp default ipv4-unicast',
    'defaultIpv4Unicast',
    'Neighbours exchange IPv4 unicast routes without `activate`.',
  ),
  option('bgp always-compare-med', 'alwaysCompareMed', 'Compares the MED of routes from different ASes.'),
  option(
    'bgp deterministic-med',
    'deterministicMed',
    'Compares the MED within each AS first, so that the order of arrival does not matter.',
  ),
  option('bgp bestpath as-path ignore', 'asPathIgnore', 'The length of the AS path does not count.'),
  option(
    'bgp bestpath as-path multipath-relax',
    'asPathMultipathRelax',
    'Paths of equal length but through different ASes may share traffic.',
  ),
  option('bgp bestpath med missing-as-worst', 'medMissingAsWorst', 'A route without a MED loses against any with one.'),
  option('bgp bestpath med confed', 'medConfed', 'Compares the MED of routes from confederation members.'),
  option('bgp client-to-client reflection', 'clientToClientReflection', 'Reflects routes of one client to another.'),
  option('bgp enforce-first-as', 'enforceFirstAs', 'Drops updates whose first AS is not the neighbour’s.'),
  option('bgp shutdown', 'shutdown', 'Switches all sessions off.'),
  option('bgp graceful-shutdown', 'gracefulShutdown', 'Drains traffic before maintenance (RFC 8326).'),
  row('bgp graceful-restart [<options:words>]', {
    doc: 'Keeps forwarding while a peer restarts (RFC 4724).',
    effect: 'none',
  }),
  row('bgp update-delay <seconds:words>', { doc: 'Waits after start before the first best-path run.', effect: 'none' }),
  row('bgp listen limit <count:int>', { doc: 'Most dynamic neighbours.' }),
];

/** `65001`, `65001-65010` (EOS), `1.10` as AS numbers. A range is cut at 10,000 members. */
function memberAsns(text: string): readonly number[] {
  const range = /^(\d+)-(\d+)$/.exec(text);
  if (range) {
    const [first, last] = [Number(range[1]), Number(range[2])];
    return Array.from({ length: Math.min(10_000, Math.max(0, last - first + 1)) }, (_, index) => first + index);
  }
  const dotted = /^(\d+)\.(\d+)$/.exec(text);
  const asn = dotted ? Number(dotted[1]) * 65536 + Number(dotted[2]) : Number(text);
  return Number.isInteger(asn) ? [asn] : [];
}

/** Lines that stand in an address family, or at the process level where that means IPv4 unicast. */
export const sharedFamilyRows: readonly Entry[] = [
  row('maximum-paths ibgp <paths:int> [<equal:equal-cluster-length>] [import <count:int>]', {
    doc: 'Most equal internal paths that share traffic.',
    apply: ({ process, family }, { paths }, at) => {
      familyOf(process, family, at.span).maximumPathsIbgp = paths;
    },
    undo: ({ process, family }) => {
      delete process.families.get(family)?.maximumPathsIbgp;
    },
  }),
  row('distance bgp <external:int> [<internal:int>] [<local:int>]', {
    doc: 'Administrative distances of external, internal and local BGP routes.',
    apply: ({ process, family }, { external, internal, local }, at) => {
      const value = {
        external: external.value,
        internal: internal?.value ?? external.value,
        local: local?.value ?? external.value,
      };
      familyOf(process, family, at.span).distances = { value, span: at.span };
    },
    undo: ({ process, family }) => {
      delete process.families.get(family)?.distances;
    },
  }),
  row('table-map <map:word> [<filter:filter>]', {
    doc: 'Policy between the BGP table and the routing table.',
    refers: { map: 'route-map' },
    apply: ({ process, family }, { map }, at) => {
      familyOf(process, family, at.span).tableMap = map;
    },
    undo: ({ process, family }) => {
      delete process.families.get(family)?.tableMap;
    },
  }),
  row('default-information originate', {
    doc: 'Announces a redistributed default route.',
    apply: ({ process, family }, _, at) => {
      familyOf(process, family, at.span).defaultInformationOriginate = yes(at.span);
    },
    undo: ({ process, family }) => {
      delete process.families.get(family)?.defaultInformationOriginate;
    },
  }),
];

/** `network P`, with what each system lets follow. The family of an IPv6 prefix at the process level is IPv6 unicast. */
export function setNetwork(
  context: BgpContext,
  prefix: string,
  args: { readonly map?: Located<string> | undefined; readonly backdoor?: unknown },
  at: At,
): void {
  const family = prefix.includes(':') && context.family === 'ipv4-unicast' ? 'ipv6-unicast' : context.family;
  const { networks } = familyOf(context.process, family, at.span);
  removeWhere(networks, (known) => known.prefix === prefix);
  networks.push({
    prefix,
    ...(args.map && { policy: args.map }),
    ...(args.backdoor !== undefined && { backdoor: true }),
    span: at.span,
  });
}

export function clearNetwork(context: BgpContext, prefix: string | undefined): void {
  for (const family of context.process.families.values())
    if (family.family === context.family || prefix?.includes(':'))
      removeWhere(family.networks, (known) => known.prefix === prefix);
}

/**
 * `redistribute` into BGP. At the EOS process level a line holds for both unicast families.
 */
export const redistributeRows = (plain: Parameters<typeof redistributionRows>[0]['plain']): readonly Entry[] =>
  redistributionRows<BgpContext>({
    into: 'bgp',
    plain,
    lists: ({ process, family, everyFamily }, at) =>
      (everyFamily ? [family, 'ipv6-unicast' as const] : [family]).map(
        (each) => familyOf(process, each, at.span).redistribute,
      ),
  });

export const aggregateOptions =
  '*[<asSet:as-set>] *[<summaryOnly:summary-only>] *[attribute-map <attributeMap:word>] *[route-map <routeMap:word>] *[suppress-map <suppressMap:word>] *[advertise-map <advertiseMap:word>] *[match-map <matchMap:word>] *[<advertiseOnly:advertise-only>] *[origin <origin:igp|egp|incomplete>]';

/** Aggregates of the three systems; each takes those options that it has. */
export const aggregateRows: readonly Entry[] = [
  row(`aggregate-address <prefix:prefix> ${aggregateOptions}`, {
    doc: 'Announces a shorter prefix while a longer one of it is in the BGP table.',
    refers: {
      attributeMap: 'route-map',
      routeMap: 'route-map',
      suppressMap: 'route-map',
      advertiseMap: 'route-map',
      matchMap: 'route-map',
    },
    apply: (context, args, at) => setAggregate(context, args, at),
    undo: (context, { prefix }) => {
      for (const family of context.process.families.values())
        removeWhere(family.aggregates, (known) => known.prefix === prefix?.value);
    },
  }),
];

function setAggregate(
  context: BgpContext,
  args: { readonly prefix: Located<string> } & Partial<Args<typeof aggregateOptions>>,
  at: At,
): void {
  const prefix = args.prefix.value;
  const family = prefix.includes(':') && context.family === 'ipv4-unicast' ? 'ipv6-unicast' : context.family;
  const { aggregates } = familyOf(context.process, family, at.span);
  const attributeMap = args.attributeMap ?? args.routeMap;
  const made: Aggregate = {
    prefix,
    summaryOnly: args.summaryOnly !== undefined,
    asSet: args.asSet !== undefined,
    ...(attributeMap && { attributeMap }),
    ...(args.suppressMap && { suppressMap: args.suppressMap }),
    ...(args.advertiseMap && { advertiseMap: args.advertiseMap }),
    ...(args.matchMap && { matchMap: args.matchMap }),
    ...(args.advertiseOnly && { advertiseOnly: true }),
    ...(args.origin && { origin: args.origin.value }),
    span: at.span,
  };
  removeWhere(aggregates, (known) => known.prefix === prefix);
  aggregates.push(made);
}

const alsoDefine = (at: At, name: Located<string>): void => {
  // A group is named where a neighbour may stand as well, so that both kinds of reference find it.
  at.device.definitions.push({ kind: 'bgp-neighbour', name: name.value, span: name.span });
};

/** Declaration of neighbours and groups. `words`: `peer-group`, on EOS also `peer group`. */
export const declarationRows = (
  words: 'peer-group' | 'peer group',
  remoteAs: 'asn' | 'asn|internal|external|auto',
): readonly Entry[] => [
  row(
    `neighbor <peer:peer> remote-as <as:${remoteAs}>` as 'neighbor <peer:peer> remote-as <as:asn|internal|external|auto>',
    {
      doc: 'AS of the neighbour. The session is external when it differs from our own.',
      defines: { peer: 'bgp-neighbour' },
      apply: ({ process }, { peer, as }) => {
        // FRR `auto` takes whatever AS the peer opens with: neither expected nor refused, so nothing is set.
        if (as.value !== 'auto') neighbourOf(process, peer).remoteAs = { value: as.value, span: as.span };
        else neighbourOf(process, peer);
      },
      undo: ({ process }, { peer, as }) => {
        if (!peer) return;
        const neighbour = neighbourOf(process, peer);
        // Without its AS a neighbour ceases to be, unless a group still gives it one.
        if (neighbour.group || neighbour.kind === 'group') delete neighbour.remoteAs;
        else removeNeighbour(process, peer.value);
        void as;
      },
    },
  ),
  row(`neighbor <group:word> ${words}` as 'neighbor <group:word> peer-group', {
    doc: 'Declares a peer group, whose members share its settings.',
    defines: { group: 'bgp-group' },
    apply: ({ process }, { group }, at) => {
      groupOf(process, group);
      alsoDefine(at, group);
    },
    undo: ({ process }, { group }) => {
      if (group) removeNeighbour(process, group.value);
    },
  }),
  row(`neighbor <peer:peer> ${words} <group:word>` as 'neighbor <peer:peer> peer-group <group:word>', {
    doc: 'Makes the neighbour a member of a peer group.',
    defines: { peer: 'bgp-neighbour' },
    refers: { group: 'bgp-group' },
    apply: ({ process }, { peer, group }) => {
      neighbourOf(process, peer).group = group;
    },
    undo: ({ process }, { peer }) => {
      if (!peer) return;
      const neighbour = neighbourOf(process, peer);
      delete neighbour.group;
      if (!neighbour.remoteAs) removeNeighbour(process, peer.value);
    },
  }),
];

/** `no neighbor X` removes the neighbour or group with all its settings. */
export const removalRow: Entry = row('neighbor <peer:peer>', {
  doc: 'A neighbour; `no neighbor X` removes it with all its settings.',
  refers: { peer: 'bgp-neighbour' },
  undo: ({ process }, { peer }) => {
    if (peer) removeNeighbour(process, peer.value);
  },
});

/** Additional paths (RFC 7911) of a family, as NX-OS and IOS-XR write them; they differ in the word for a policy. */
export const additionalPathsRows = (policy: 'route-map' | 'route-policy'): readonly Entry[] => [
  row('additional-paths <direction:send|receive> [<disable:disable>]', {
    doc: 'Exchanges more than one path per prefix with the neighbours of the family (RFC 7911).',
    apply: ({ process, family: name }, { direction, disable }, at) => {
      const key = direction.value === 'send' ? 'addPathsMaySend' : 'addPathsReceive';
      familyOf(process, name, at.span)[key] = { value: disable === undefined, span: at.span };
    },
    undo: ({ process, family: name }, { direction }) => {
      if (direction)
        delete process.families.get(name)?.[direction.value === 'send' ? 'addPathsMaySend' : 'addPathsReceive'];
    },
  }),
  row(`additional-paths selection ${policy} <map:word>`, {
    doc: 'Policy that chooses the paths that are sent besides the best one.',
    refers: { map: 'route-map' },
    apply: ({ process, family: name }, { map }, at) => {
      familyOf(process, name, at.span).addPathsPolicy = map;
    },
    undo: ({ process, family: name }) => {
      delete process.families.get(name)?.addPathsPolicy;
    },
  }),
  row('additional-paths <options:words>', { doc: 'Exchanges more than one path per prefix (RFC 7911).' }),
];
