import { parseIp } from '../../address.ts';
import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type {
  AddressFamily,
  Aggregate,
  BgpFamily,
  BgpNeighbour,
  BgpProcess,
  Redistribution,
} from '../../device/bgp.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Located, Span } from '../../span.ts';
import { bgpProcessOf, familyOf } from '../shared/bgp-model.ts';
import { getOrMake } from '../shared/drafts.ts';
import { policyUse } from '../shared/redistribution.ts';
import { type Peer, peerRows } from './bgp-neighbour.ts';
import { type Domain, entries, PREFIX_WORDS } from './context.ts';

interface Context {
  readonly device: DeviceDraft;
  readonly process: BgpProcess;
}
interface Network {
  readonly family: BgpFamily;
  readonly span: Span;
  prefix?: string;
  policy?: Located<string>;
}
interface Range {
  readonly process: BgpProcess;
  readonly span: Span;
  prefix?: string;
  group?: string;
}
interface AggregateContext {
  readonly family: BgpFamily;
  readonly span: Span;
  readonly made: { prefix?: string; summaryOnly: boolean; asSet: boolean };
}
interface Source {
  readonly family: BgpFamily;
  readonly name: string;
  readonly span: Span;
  enabled: boolean;
  policy?: Located<string>;
}

const row = rowsOf<Context>();
const mode = modesOf<Context>();

const emptyNeighbour = (id: string, kind: BgpNeighbour['kind'], span: Span): BgpNeighbour => ({
  id,
  kind,
  span,
  families: new Map(),
});

// ---- networks, aggregates, sources -----------------------------------------------------------------------------------

const networkRow = rowsOf<Network>();
function keepNetwork({ family, span, prefix, policy }: Network): void {
  if (prefix === undefined) return;
  family.networks = family.networks.filter((one) => one.span !== span);
  family.networks.push({ prefix, span, ...(policy && { policy }) });
}
const networkRows: readonly Entry[] = [
  ...PREFIX_WORDS.map((word) =>
    networkRow(`${word} <prefix:prefix>`, {
      doc: 'Network that is announced.',
      apply: (network, { prefix }) => {
        network.prefix = prefix.value;
        keepNetwork(network);
      },
    }),
  ),
  networkRow('route-map <map:word>', {
    doc: 'Route map that sets its attributes.',
    refers: { map: 'route-map' },
    apply: (network, { map }) => {
      network.policy = map;
      keepNetwork(network);
    },
  }),
  networkRow('<what:network-import-check|backdoor> <state:global|disable>', {
    doc: 'As the process says.',
    effect: 'none',
  }),
];

const aggregateRow = rowsOf<AggregateContext>();
function keepAggregate({ family, span, made }: AggregateContext): void {
  const { prefix, summaryOnly, asSet } = made;
  if (prefix === undefined) return;
  const aggregate: Aggregate = { prefix, summaryOnly, asSet, span };
  family.aggregates = [...family.aggregates.filter((one) => one.span !== span), aggregate];
}
const aggregateRows: readonly Entry[] = [
  ...PREFIX_WORDS.map((word) =>
    aggregateRow(`${word} <prefix:prefix>`, {
      doc: 'The prefix that stands for what lies inside of it.',
      apply: (context, { prefix }) => {
        context.made.prefix = prefix.value;
        keepAggregate(context);
      },
    }),
  ),
  aggregateRow('summary-only <state:enable|disable>', {
    doc: 'Whether what lies inside of it is kept back.',
    apply: (context, { state }) => {
      context.made.summaryOnly = state.value === 'enable';
      keepAggregate(context);
    },
  }),
  aggregateRow('as-set <state:enable|disable>', {
    doc: 'Whether its path has the AS numbers of what lies inside.',
    apply: (context, { state }) => {
      context.made.asSet = state.value === 'enable';
      keepAggregate(context);
    },
  }),
];

const sourceRow = rowsOf<Source>();
function keepSource({ family, name, span, enabled, policy }: Source): void {
  const line: Redistribution = { source: name, span, ...(policy && { policy: policyUse(policy) }) };
  family.redistribute = [...family.redistribute.filter((one) => one.source !== name), ...(enabled ? [line] : [])];
}
const sourceRows: readonly Entry[] = [
  sourceRow('status <state:enable|disable>', {
    doc: 'Whether the routes are taken.',
    apply: (source, { state }) => {
      source.enabled = state.value === 'enable';
      keepSource(source);
    },
  }),
  sourceRow('route-map <map:word>', {
    doc: 'Route map that decides which routes are taken.',
    refers: { map: 'route-map' },
    apply: (source, { map }) => {
      source.policy = map;
      keepSource(source);
    },
  }),
];

const families: readonly Entry[] = (
  [
    ['', 'ipv4-unicast'],
    ['6', 'ipv6-unicast'],
  ] as const satisfies readonly (readonly [string, AddressFamily])[]
).flatMap(([suffix, family]) => [
  entries<Context, Network>(
    `network${suffix}`,
    'Networks that are announced.',
    ({ process }, _, span) => ({ family: familyOf(process, family, span), span }),
    networkRows,
  ),
  entries<Context, AggregateContext>(
    `aggregate-address${suffix}`,
    'Aggregates.',
    ({ process }, _, span) => ({
      family: familyOf(process, family, span),
      span,
      made: { summaryOnly: false, asSet: false },
    }),
    aggregateRows,
  ),
  mode(
    `config redistribute${suffix} <source:word>`,
    {
      doc: 'Routes that BGP takes from elsewhere.',
      enter: ({ process }, args, at): Source => ({
        family: familyOf(process, family, at.span),
        name: (args as unknown as { source: Located<string> }).source.value,
        span: at.span,
        enabled: false,
      }),
    },
    sourceRows,
  ),
]);

// ---- the process -------------------------------------------------------------------------------------------------------

const rangeRow = rowsOf<Range>();
function keepRange({ process, span, prefix, group }: Range): void {
  if (prefix === undefined || group === undefined) return;
  process.listenRanges.push({ prefix, group, span });
}

const OPTIONS = {
  'always-compare-med': 'alwaysCompareMed',
  'deterministic-med': 'deterministicMed',
  'bestpath-med-missing-as-worst': 'medMissingAsWorst',
  'bestpath-as-path-ignore': 'asPathIgnore',
  'bestpath-cmp-routerid': 'compareRouterId',
  'bestpath-cmp-confed-aspath': 'asPathConfed',
  'bestpath-med-confed': 'medConfed',
  'enforce-first-as': 'enforceFirstAs',
  'network-import-check': 'networkImportCheck',
  'client-to-client-reflection': 'clientToClientReflection',
  'multipath-as-path-relax': 'asPathMultipathRelax',
} as const satisfies Readonly<Record<string, keyof BgpProcess['options']>>;

const optionRows = Object.entries(OPTIONS).map(([words, key]) =>
  row(`${words} <state:enable|disable>`, {
    doc: 'An option of the process.',
    apply: ({ process }, args, at) => {
      const { state } = args as unknown as { state: Located<string> };
      process.options[key] = { value: state.value === 'enable', span: at.span };
    },
  }),
);

/** `ebgp-multipath`, `ibgp-multipath`: as many equal paths as the system can hold. */
const MULTIPATH = 255;
const multipath = (which: 'ebgp' | 'ibgp'): Entry =>
  row(`${which}-multipath <state:enable|disable>`, {
    doc: 'Whether several equal paths are used.',
    apply: ({ process }, args, at) => {
      const { state } = args as unknown as { state: Located<string> };
      for (const name of ['ipv4-unicast', 'ipv6-unicast'] as const)
        familyOf(process, name, at.span)[which === 'ebgp' ? 'maximumPaths' : 'maximumPathsIbgp'] = {
          value: state.value === 'enable' ? MULTIPATH : 1,
          span: at.span,
        };
    },
  });

const distance = (which: 'external' | 'internal' | 'local'): Entry =>
  row(`distance-${which} <value:int>`, {
    doc: 'Administrative distance of one kind of route.',
    apply: ({ process }, args, at) => {
      const { value } = args as unknown as { value: Located<number> };
      for (const name of ['ipv4-unicast', 'ipv6-unicast'] as const) {
        const family = familyOf(process, name, at.span);
        const before = family.distances?.value ?? { external: 20, internal: 200, local: 200 };
        family.distances = { value: { ...before, [which]: value.value }, span: at.span };
      }
    },
  });

/** `config router bgp`. */
export const bgp: Entry = modesOf<Domain>()(
  'config router bgp',
  {
    doc: 'Border gateway protocol.',
    enter: ({ device, vrf }, _, at): Context => ({
      device,
      process: bgpProcessOf(device, { value: 0, span: at.span }, vrf, at.span),
    }),
  },
  [
    row('as <asn:asn>', {
      doc: 'The own AS number.',
      apply: ({ process }, { asn }) => {
        process.asn = asn;
      },
    }),
    row('router-id <id:ip4>', {
      doc: 'Router id of BGP.',
      apply: ({ process }, { id }) => {
        if (id.value !== '0.0.0.0') process.routerId = id;
      },
    }),
    row('cluster-id <id:ip4>', {
      doc: 'Cluster of the route reflector.',
      apply: ({ process }, { id }) => {
        if (id.value !== '0.0.0.0') process.clusterId = id;
      },
    }),
    row('default-local-preference <value:int>', {
      doc: 'Local preference of routes that have none.',
      apply: ({ process }, { value }) => {
        process.options.defaultLocalPreference = value;
      },
    }),
    row('confederation-identifier <asn:asn>', {
      doc: 'AS number of the confederation.',
      apply: ({ process }, { asn }) => {
        if (asn.value > 0)
          process.options.confederation = { peers: [], ...process.options.confederation, identifier: asn };
      },
    }),
    row('confederation-peers <asns:words>', {
      doc: 'Members of the confederation.',
      apply: ({ process }, { asns }) => {
        process.options.confederation = { ...process.options.confederation, peers: asns.value.map(Number) };
      },
    }),
    multipath('ebgp'),
    multipath('ibgp'),
    distance('external'),
    distance('internal'),
    distance('local'),
    ...optionRows,
    row(
      '<what:keepalive-timer|holdtime-timer|scan-time|log-neighbour-changes|fast-external-failover|graceful-restart|graceful-restart-time|graceful-stalepath-time|graceful-update-delay|graceful-end-on-timer|ignore-optional-capability|dampening-max-suppress-time|dampening-reachability-half-life|dampening-reuse|dampening-suppress|dampening-unreachability-half-life|dampening|tag-resolve-mode> [<rest:rest>]',
      { doc: 'A setting that changes no route while sessions are up.', effect: 'none' },
    ),
    ...families,
    entries<Context, Peer>(
      'neighbor',
      'Neighbours.',
      ({ device, process }, name, span) => {
        const id = parseIp(name.value)?.text ?? name.value;
        device.definitions.push({ kind: 'bgp-neighbour', name: id, span: name.span });
        return { neighbour: getOrMake(process.neighbours, id, () => emptyNeighbour(id, 'address', span)) };
      },
      [
        ...peerRows,
        rowsOf<Peer>()('neighbor-group <group:word>', {
          doc: 'Group that the neighbour inherits from.',
          refers: { group: 'bgp-group' },
          apply: ({ neighbour }, { group }) => {
            neighbour.group = group;
          },
        }),
      ],
    ),
    entries<Context, Peer>(
      'neighbor-group',
      'Groups of neighbours.',
      ({ device, process }, name, span) => {
        device.definitions.push({ kind: 'bgp-group', name: name.value, span: name.span });
        return { neighbour: getOrMake(process.groups, name.value, () => emptyNeighbour(name.value, 'group', span)) };
      },
      peerRows,
    ),
    entries<Context, Range>(
      'neighbor-range',
      'Neighbours that may come.',
      ({ process }, _, span) => ({ process, span }),
      [
        rangeRow('prefix <prefix:prefix>', {
          doc: 'Addresses of the neighbours.',
          apply: (range, { prefix }) => {
            range.prefix = prefix.value;
            keepRange(range);
          },
        }),
        rangeRow('neighbor-group <group:word>', {
          doc: 'Group that they inherit from.',
          refers: { group: 'bgp-group' },
          apply: (range, { group }) => {
            range.group = group.value;
            keepRange(range);
          },
        }),
        rangeRow('max-neighbor-num <count:int>', { doc: 'Most neighbours that may come.', effect: 'none' }),
      ],
    ),
  ],
);

/** A process without an AS number is none. */
export function finishBgp(device: DeviceDraft): void {
  device.bgp = device.bgp.filter(({ asn }) => asn.value > 0);
}
