import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { BgpNeighbour, BgpNeighbourFamily, PolicyUse } from '../../device/bgp.ts';
import type { RoutePolicy } from '../../device/policy.ts';
import type { Located } from '../../span.ts';
import { bgpProcessOf, familyOf } from '../shared/bgp-model.ts';
import { GLOBAL, no, yes } from '../shared/drafts.ts';
import type { Peer, PeerGroup, RedistUse, Rule, VirtualRouter } from './notes.ts';
import { redistributionOf, ruleOf, ruleRows, termOf, useOf } from './rules.ts';

const row = rowsOf<VirtualRouter>();
const mode = modesOf<VirtualRouter>();
const groupRow = rowsOf<PeerGroup>();
const groupMode = modesOf<PeerGroup>();
const peerRow = rowsOf<Peer>();
const peerMode = modesOf<Peer>();
const useRow = rowsOf<RedistUse>();
const useMode = modesOf<RedistUse>();

// ---- peers -----------------------------------------------------------------------------------------------------------

const connectionRows: readonly Entry[] = [
  peerRow('multihop <hops:int>', {
    doc: 'Hops to the peer; 0 is the default of its kind.',
    apply: (peer, { hops }) => {
      if (hops.value > 0) peer.multihop = hops;
    },
  }),
  peerRow('incoming-bgp-connection allow <state:yes|no>', { doc: 'Whether the peer may open the session.' }),
  peerRow('outgoing-bgp-connection allow <state:yes|no>', {
    doc: 'Whether the firewall opens the session.',
    apply: (peer, { state }, at) => {
      peer.passive = state.value === 'no' ? yes(at.span) : no(at.span);
    },
  }),
  peerRow('authentication <profile:word>', { doc: 'Key of the session; both ends must have the same.' }),
  peerRow('<what:keep-alive-interval|hold-time|open-delay-time|idle-hold-time|min-route-adv-interval> <seconds:int>', {
    doc: 'Timers of the session.',
    effect: 'none',
  }),
];

const peerRows: readonly Entry[] = [
  peerRow('enable <state:yes|no>', {
    doc: 'Whether the peer is in use.',
    apply: (peer, { state }) => {
      peer.enabled = state.value === 'yes';
    },
  }),
  peerRow('peer-as <asn:asn>', {
    doc: 'AS number of the peer.',
    apply: (peer, { asn }) => {
      peer.peerAs = asn;
    },
  }),
  peerMode('peer-address', { doc: 'Address of the peer.', enter: (peer) => peer }, [
    peerRow('ip <address:ip>', {
      doc: 'Address of the peer.',
      apply: (peer, { address }) => {
        peer.address = address;
      },
    }),
  ]),
  peerMode('local-address', { doc: 'Where the session is opened from.', enter: (peer) => peer }, [
    peerRow('ip <address:word>', {
      doc: 'Address that the session is opened from.',
      apply: (peer, { address }) => {
        peer.localAddress = { value: address.value.split('/')[0] ?? address.value, span: address.span };
      },
    }),
    peerRow('interface <name:word>', {
      doc: 'Interface that the session is opened from.',
      refers: { name: 'interface' },
      apply: (peer, { name }) => {
        peer.localInterface = name;
      },
    }),
  ]),
  peerMode('connection-options', { doc: 'How the session is made.', enter: (peer) => peer }, connectionRows),
  peerRow('reflector-client <kind:client|meshed-client|non-client>', {
    doc: 'Whether routes of other internal peers are reflected to it.',
    apply: (peer, { kind }, at) => {
      peer.reflectorClient = kind.value === 'non-client' ? no(at.span) : yes(at.span);
    },
  }),
  peerRow('address-family-identifier <family:ipv4|ipv6>', {
    doc: 'Family of the routes.',
    apply: (peer, { family }) => {
      peer.family = family.value;
    },
  }),
  peerRow('max-prefixes <limit:word>', {
    doc: 'Most prefixes that are taken from the peer.',
    apply: (peer, { limit }) => {
      const value = Number(limit.value);
      if (Number.isInteger(value)) peer.maximumPrefixes = { value, span: limit.span };
    },
  }),
  peerRow('peering-type unspecified', { doc: 'No relation of the two ASes; the default.', effect: 'none' }),
  peerRow('enable-mp-bgp no', { doc: 'One family of routes; the default.', effect: 'none' }),
  peerRow('subsequent-address-family-identifier unicast <state:yes|no>', {
    doc: 'Unicast routes.',
    effect: 'none',
  }),
  peerRow('subsequent-address-family-identifier multicast no', { doc: 'No multicast routes.', effect: 'none' }),
  peerRow('<what:bfd|soft-reset-with-stored-info> [<rest:rest>]', {
    doc: 'BFD and stored routes of the peer.',
    effect: 'none',
  }),
  peerRow('enable-sender-side-loop-detection <state:yes|no>', {
    doc: 'Whether routes are kept from a peer whose AS is in their path; the peer would refuse them.',
    effect: 'none',
  }),
];

const groupTypeRows: readonly Entry[] = [
  groupRow('export-nexthop <how:resolve|use-self|original>', {
    doc: 'Next hop of routes that are sent.',
    apply: (group, { how }, at) => {
      if (how.value === 'use-self') group.nextHopSelf = yes(at.span);
    },
  }),
  groupRow('import-nexthop original', { doc: 'Next hops stay as they came; the default.', effect: 'none' }),
  groupRow('import-nexthop use-peer', { doc: 'The peer itself is the next hop of its routes.' }),
  groupRow('remove-private-as <state:yes|no>', {
    doc: 'Whether private AS numbers are taken out of the path; they are by default.',
    apply: (group, { state }, at) => {
      group.removePrivateAs = state.value === 'yes' ? yes(at.span) : no(at.span);
    },
  }),
];

const groupRows: readonly Entry[] = [
  groupRow('enable <state:yes|no>', {
    doc: 'Whether the group is in use.',
    apply: (group, { state }) => {
      group.enabled = state.value === 'yes';
    },
  }),
  groupMode('type', { doc: 'Kind of the sessions.', enter: (group) => group }, [
    groupMode(
      '<type:ebgp|ibgp|ebgp-confed|ibgp-confed>',
      {
        doc: 'Kind of the sessions.',
        enter: (group, { type }) => {
          group.type = type;
          return group;
        },
      },
      groupTypeRows,
    ),
  ]),
  groupRow('aggregated-confed-as-path <state:yes|no>', { doc: 'How confederations print paths.', effect: 'none' }),
  groupRow('soft-reset-with-stored-info <state:yes|no>', { doc: 'Keeps routes for a soft reset.', effect: 'none' }),
  groupMode('peer', { doc: 'Peers of the group.', enter: (group) => group }, [
    groupMode(
      '<name:word>',
      {
        doc: 'A peer.',
        enter: (group, { name }, at): Peer => {
          const made: Peer = group.peers.get(name.value) ?? {
            name: name.value,
            span: at.span,
            enabled: true,
            family: 'ipv4',
          };
          group.peers.set(name.value, made);
          return made;
        },
      },
      peerRows,
    ),
  ]),
];

// ---- rules -----------------------------------------------------------------------------------------------------------

const rules = (pattern: 'import' | 'export', of: (router: VirtualRouter) => Map<string, Rule>): Entry =>
  mode(pattern, { doc: 'Rules on routes that come or go.', enter: (router) => router }, [
    mode('rules', { doc: 'Rules, the first that fits decides.', enter: (router) => router }, [
      mode(
        '<name:word>',
        { doc: 'A rule.', enter: (router, { name }, at) => ruleOf(of(router), name, at.span) },
        ruleRows,
      ),
    ]),
  ]);

type Aggregate = VirtualRouter['bgp']['aggregates'] extends Map<string, infer A> ? A : never;
const aggregateRow = rowsOf<Aggregate>();

const aggregation: Entry = mode('aggregation', { doc: 'Aggregates.', enter: (router) => router }, [
  mode('address', { doc: 'Aggregates.', enter: (router) => router }, [
    mode(
      '<name:word>',
      {
        doc: 'An aggregate.',
        enter: ({ bgp: state }, { name }, at): Aggregate => {
          const made = state.aggregates.get(name.value) ?? { summary: false, enabled: true, span: at.span };
          state.aggregates.set(name.value, made);
          return made;
        },
      },
      [
        aggregateRow('prefix <prefix:prefix>', {
          doc: 'The prefix that stands for what lies inside of it.',
          apply: (aggregate, { prefix }) => {
            aggregate.prefix = prefix;
          },
        }),
        aggregateRow('enable <state:yes|no>', {
          doc: 'Whether it is in use.',
          apply: (aggregate, { state }) => {
            aggregate.enabled = state.value === 'yes';
          },
        }),
        aggregateRow('summary <state:yes|no>', {
          doc: 'Whether what lies inside of it is kept back.',
          apply: (aggregate, { state }) => {
            aggregate.summary = state.value === 'yes';
          },
        }),
        aggregateRow('as-set no', { doc: 'The path has no set of AS numbers.', effect: 'none' }),
      ],
    ),
  ]),
]);

const redistributionRows: readonly Entry[] = [
  useRow('enable <state:yes|no>', {
    doc: 'Whether the rule is in use.',
    apply: (use, { state }) => {
      use.enabled = state.value === 'yes';
    },
  }),
  useRow('set-origin <origin:igp|egp|incomplete>', {
    doc: 'Origin of the routes.',
    apply: (use, { origin }, at) => {
      use.term.actions.push({ kind: 'set-origin', value: origin.value, span: at.span });
    },
  }),
  useRow('<what:set-med|metric> <value:int>', {
    doc: 'MED of the routes.',
    apply: (use, { value }) => {
      use.metric = value;
    },
  }),
  useRow('set-local-preference <value:int>', {
    doc: 'Local preference of the routes.',
    apply: (use, { value }, at) => {
      use.term.actions.push({ kind: 'set-local-preference', operation: 'set', value: value.value, span: at.span });
    },
  }),
  useRow('set-community <members:communities>', {
    doc: 'Communities of the routes.',
    apply: (use, { members }, at) => {
      use.term.actions.push({
        kind: 'set-communities',
        operation: 'add',
        type: 'standard',
        members: members.value,
        lists: [],
        span: at.span,
      });
    },
  }),
  useRow('address-family-identifier <family:ipv4|ipv6>', { doc: 'Family of the routes.', effect: 'none' }),
  useMode('route-table', { doc: 'Table of the routes.', enter: (use) => use }, [
    useRow('<table:unicast|both>', { doc: 'The unicast table.', effect: 'none' }),
  ]),
];

// ---- the instance ----------------------------------------------------------------------------------------------------

/** `protocol bgp ...` of a virtual router. */
export const bgp: Entry = mode(
  'bgp',
  {
    doc: 'Border gateway protocol.',
    enter: (router, _, at) => {
      router.bgp.span ??= at.span;
      return router;
    },
  },
  [
    row('enable <state:yes|no>', {
      doc: 'Whether BGP runs.',
      apply: (router, { state }) => {
        router.bgp.enabled = state.value === 'yes';
      },
    }),
    row('local-as <asn:asn>', {
      doc: 'The own AS number.',
      apply: (router, { asn }) => {
        router.bgp.asn = asn;
      },
    }),
    row('router-id <id:ip4>', {
      doc: 'Router id of BGP.',
      apply: (router, { id }) => {
        router.bgp.routerId = id;
      },
    }),
    row('install-route yes', { doc: 'Routes of BGP go into the table.', effect: 'none' }),
    row('install-route no', { doc: 'Routes of BGP stay out of the table.' }),
    row('reject-default-route <state:yes|no>', {
      doc: 'Whether default routes of peers are refused.',
      apply: (router, { state }) => {
        router.bgp.rejectDefault = state.value === 'yes';
      },
    }),
    row('allow-redist-default-route <state:yes|no>', {
      doc: 'Whether a default route may be redistributed.',
      effect: 'none',
    }),
    row('ecmp-multi-as <state:yes|no>', {
      doc: 'Whether paths through different ASes share traffic.',
      apply: (router, { state }, at) => {
        if (state.value === 'yes')
          router.device.notModelled.push({
            span: at.span,
            text: `virtual-router ${router.name} protocol bgp ecmp-multi-as yes`,
            mayAffectRouting: true,
          });
      },
    }),
    row('enforce-first-as <state:yes|no>', {
      doc: 'The peer’s AS must be the first of the path.',
      effect: 'none',
    }),
    mode('routing-options', { doc: 'Options of the decision.', enter: (router) => router }, [
      row('default-local-preference <value:int>', {
        doc: 'Local preference of routes that have none.',
        apply: (router, { value }) => {
          router.bgp.localPreference = value;
        },
      }),
      row('as-format <form:word>', { doc: 'How AS numbers are printed.', effect: 'none' }),
      row('graceful-restart [<rest:rest>]', { doc: 'Graceful restart.', effect: 'none' }),
      row('aggregate aggregate-med <state:yes|no>', { doc: 'Aggregates of paths with other MEDs.' }),
      row('med deterministic-med-comparison yes', { doc: 'The default.', effect: 'none' }),
      row('med always-compare-med no', { doc: 'The default.', effect: 'none' }),
    ]),
    mode('peer-group', { doc: 'Groups of peers.', enter: (router) => router }, [
      mode(
        '<name:word>',
        {
          doc: 'A group of peers.',
          defines: { name: 'bgp-group' },
          enter: ({ bgp: state }, { name }, at): PeerGroup => {
            const made: PeerGroup = state.groups.get(name.value) ?? {
              name: name.value,
              span: at.span,
              enabled: true,
              peers: new Map(),
            };
            state.groups.set(name.value, made);
            return made;
          },
        },
        groupRows,
      ),
    ]),
    mode('policy', { doc: 'Rules on routes.', enter: (router) => router }, [
      rules('import', ({ bgp: { imports } }) => imports),
      rules('export', ({ bgp: { exports } }) => exports),
      aggregation,
    ]),
    mode('redist-rules', { doc: 'Routes that BGP takes from elsewhere.', enter: (router) => router }, [
      mode(
        '<name:word>',
        {
          doc: 'A redistribution profile, or a prefix.',
          enter: (router, { name }, at) => useOf(router.bgp.redistribution, name, at.span),
        },
        redistributionRows,
      ),
    ]),
    row('<what:dampening-profile|auth-profile|global-bfd|graceful-restart> [<rest:rest>]', {
      doc: 'Profiles that change no route while sessions are up.',
      effect: 'none',
    }),
  ],
);

/** The rules of a group as a policy; undefined where it has none and everything passes. */
function policyOf(
  router: VirtualRouter,
  rulesOfAll: ReadonlyMap<string, Rule>,
  group: PeerGroup,
  direction: 'import' | 'export',
  peers: ReadonlyMap<string, string>,
): PolicyUse | undefined {
  const used = [...rulesOfAll.values()].filter((rule) => rule.enabled && rule.usedBy.has(group.name));
  const span = used[0]?.span ?? group.span;
  const refusesDefault = direction === 'import' && router.bgp.rejectDefault;
  if (used.length === 0 && !refusesDefault) return undefined;
  const policy: RoutePolicy = {
    name: `${router.vrf === GLOBAL ? '' : `${router.vrf} `}${group.name} ${direction}`,
    span,
    terms: used.map((rule) => termOf(rule, router.bgp.asn?.value ?? 0, peers)),
    defaultDisposition: used.length > 0 ? 'deny' : 'permit',
  };
  if (refusesDefault) {
    const of = ['0.0.0.0/0', '::/0'].map((prefix) => ({
      kind: 'prefix' as const,
      prefix,
      minLength: 0,
      maxLength: 0,
      span,
    }));
    policy.terms.unshift({
      name: 'reject-default-route',
      span,
      conditions: [{ kind: 'any', of, span }],
      actions: [],
      disposition: 'deny',
    });
  }
  router.device.policies.set(policy.name, policy);
  return { policies: [{ value: policy.name, span }], span };
}

const isInternal = ({ type }: PeerGroup): boolean => type?.value === 'ibgp' || type?.value === 'ibgp-confed';

function neighbourOf(group: PeerGroup, peer: Peer, address: Located<string>, own: Located<number>): BgpNeighbour {
  const remoteAs = peer.peerAs ?? (isInternal(group) ? own : undefined);
  const running = group.enabled && peer.enabled;
  return {
    id: address.value,
    kind: 'address',
    span: peer.span,
    description: { value: peer.name, span: peer.span },
    ...(remoteAs && { remoteAs }),
    ...(!running && { shutdown: yes(peer.span) }),
    ...(peer.localAddress && { localAddress: peer.localAddress }),
    ...(peer.localInterface && !peer.localAddress && { updateSource: peer.localInterface }),
    ...(peer.multihop && { ebgpMultihop: peer.multihop }),
    ...(peer.passive && { passive: peer.passive }),
    families: new Map(),
  };
}

/** Makes the BGP process of a virtual router, once all its lines are known. */
export function finishBgp(router: VirtualRouter): void {
  const { device, vrf, bgp: state } = router;
  const { asn, span } = state;
  if (!asn || !span) return;
  const process = bgpProcessOf(device, asn, vrf, span);
  if (!state.enabled) process.options.shutdown = yes(span);
  if (state.routerId) process.routerId = state.routerId;
  if (state.localPreference) process.options.defaultLocalPreference = state.localPreference;
  const peers = new Map<string, string>();
  for (const group of state.groups.values())
    for (const peer of group.peers.values()) if (peer.address) peers.set(peer.name, peer.address.value);
  for (const name of ['ipv4-unicast', 'ipv6-unicast'] as const) {
    const family = familyOf(process, name, span);
    if (router.ecmp) {
      family.maximumPaths = router.maximumPaths ?? { value: 2, span };
      family.maximumPathsIbgp = family.maximumPaths;
    }
    family.redistribute.push(...redistributionOf(router, state.redistribution, 'bgp'));
    for (const { prefix, summary, enabled, span: at } of state.aggregates.values())
      if (prefix && enabled && prefix.value.includes(':') === (name === 'ipv6-unicast'))
        family.aggregates.push({ prefix: prefix.value, summaryOnly: summary, asSet: false, span: at });
  }
  for (const group of state.groups.values()) {
    const policyIn = policyOf(router, state.imports, group, 'import', peers);
    const policyOut = policyOf(router, state.exports, group, 'export', peers);
    for (const peer of group.peers.values()) {
      if (!peer.address) continue;
      const neighbour = neighbourOf(group, peer, peer.address, asn);
      const family: BgpNeighbourFamily = {
        span: peer.span,
        activate: yes(peer.span),
        ...(policyIn && { policyIn }),
        ...(policyOut && { policyOut }),
        ...(group.nextHopSelf && { nextHopSelf: { value: 'set' as const, span: group.nextHopSelf.span } }),
        ...(peer.reflectorClient && { routeReflectorClient: peer.reflectorClient }),
        ...(peer.maximumPrefixes && {
          maximumPrefix: {
            value: { limit: peer.maximumPrefixes.value, action: 'shutdown' as const },
            span: peer.maximumPrefixes.span,
          },
        }),
      };
      if (!isInternal(group) && (group.removePrivateAs?.value ?? true))
        family.removePrivateAs = { value: 'remove', span: group.removePrivateAs?.span ?? group.span };
      neighbour.families.set(peer.family === 'ipv6' ? 'ipv6-unicast' : 'ipv4-unicast', family);
      const other = peer.family === 'ipv6' ? 'ipv4-unicast' : 'ipv6-unicast';
      neighbour.families.set(other, { span: peer.span, activate: no(peer.span) });
      process.neighbours.set(peer.address.value, neighbour);
      device.definitions.push({ kind: 'bgp-neighbour', name: peer.address.value, span: peer.address.span });
    }
  }
}
