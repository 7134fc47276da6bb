import { parseIp } from '../../address.ts';
import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type {
  AddressFamily,
  BgpFamily,
  BgpNeighbour,
  BgpNeighbourFamily,
  BgpProcess,
  PolicyUse,
} from '../../device/bgp.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Located, Span } from '../../span.ts';
import { bgpProcessOf } from '../shared/bgp-model.ts';
import { getOrMake, no, yes } from '../shared/drafts.ts';

/** The three levels of `bgp`: the instance, a group, a neighbour. Each inherits from the one above it. */
interface Level {
  readonly process: BgpProcess;
  readonly settings: BgpNeighbour;
}
interface Instance {
  readonly device: DeviceDraft;
  readonly vrf: string;
}

/** The name of the group that stands for the instance's own level; no group of a configuration can have it. */
const INSTANCE_LEVEL = '(bgp)';

const empty = (id: string, kind: BgpNeighbour['kind'], span: Span): BgpNeighbour => ({
  id,
  kind,
  span,
  families: new Map(),
  everyFamily: { span },
});

function instanceLevel({ device, vrf }: Instance, span: Span): Level {
  const process = bgpProcessOf(device, { value: 0, span }, vrf, span);
  return { process, settings: getOrMake(process.groups, INSTANCE_LEVEL, () => empty(INSTANCE_LEVEL, 'group', span)) };
}

const every = ({ settings }: Level): BgpNeighbourFamily => {
  settings.everyFamily ??= { span: settings.span };
  return settings.everyFamily;
};

const chain = (names: Located<readonly string[]>): PolicyUse => ({
  policies: names.value.map((value) => ({ value, span: names.span })),
  span: names.span,
});

const row = rowsOf<Level>();
const mode = modesOf<Level>();

const FAMILIES: Readonly<Record<string, AddressFamily>> = {
  ipv4: 'ipv4-unicast',
  ipv6: 'ipv6-unicast',
  'vpn-ipv4': 'vpnv4-unicast',
  'vpn-ipv6': 'vpnv6-unicast',
  'label-ipv4': 'ipv4-labeled',
  'label-ipv6': 'ipv6-labeled',
  evpn: 'l2vpn-evpn',
};

const familyOf = (process: BgpProcess, family: AddressFamily, span: Span): BgpFamily =>
  getOrMake(process.families, family, () => ({ family, span, networks: [], redistribute: [], aggregates: [] }));

function activate({ process, settings }: Level, family: AddressFamily, span: Span): void {
  familyOf(process, family, span);
  getOrMake(settings.families, family, (): BgpNeighbourFamily => ({ span })).activate = yes(span);
}

const flag = (pattern: string, doc: string, set: (level: Level, span: Span) => void): Entry =>
  row(`${pattern} <state:true|false>`, {
    doc,
    apply: (level, args, at) => {
      if ((args as { state: Located<string> }).state.value === 'true') set(level, at.span);
    },
  });

/** `multi-path` of newer and `multipath` of older releases: for all families, or for one. */
function multipathRows(): readonly Entry[] {
  const rows = [
    row('<which:max-paths|maximum-paths|ebgp|ibgp> <count:int>', {
      doc: 'Most equal paths that share traffic.',
      apply: ({ process }, { which, count }, at) => {
        for (const name of ['ipv4-unicast', 'ipv6-unicast'] as const) {
          const family = familyOf(process, name, at.span);
          if (which.value !== 'ibgp') family.maximumPaths = count;
          if (which.value !== 'ebgp') family.maximumPathsIbgp = count;
        }
      },
    }),
    row('restrict <how:same-neighbor-as|exact-as-path|same-as-path-length>', {
      doc: 'How alike the AS paths must be; the same length is enough by default.',
      apply: ({ process }, { how }, at) => {
        if (how.value === 'same-as-path-length') process.options.asPathMultipathRelax = yes(at.span);
        else
          at.device.notModelled.push({
            span: at.span,
            text: `multipath restrict ${how.value}`,
            mayAffectRouting: true,
          });
      },
    }),
  ];
  return [
    ...rows,
    mode('<family:ipv4|ipv6>', { doc: 'The same for one family.', enter: (level) => level }, rows),
    row('<family:label-ipv4|label-ipv6> [<rest:rest>]', { doc: 'The same for labelled routes.', effect: 'none' }),
  ];
}

interface FamilyLevel extends Level {
  readonly family: AddressFamily | undefined;
  readonly span: Span;
}

const inFamily = ({ settings, family = 'other', span }: FamilyLevel): BgpNeighbourFamily =>
  getOrMake(settings.families, family, (): BgpNeighbourFamily => ({ span }));

const addPathsRows: readonly Entry[] = [
  rowsOf<FamilyLevel>()('send <count:word>', {
    doc: 'So many paths are sent; `multipaths` those that share the load, `none` the best one alone.',
    apply: (level, { count }) => {
      const value = Number(count.value);
      if (count.value === 'multipaths') inFamily(level).addPathsSend = { value: 'ecmp', span: count.span };
      else if (Number.isInteger(value)) inFamily(level).addPathsSend = { value, span: count.span };
    },
  }),
  rowsOf<FamilyLevel>()('receive <state:true|false>', {
    doc: 'Whether more than one path is taken; it is unless it says false.',
    apply: (level, { state }) => {
      inFamily(level).addPathsReceive = { value: state.value === 'true', span: state.span };
    },
  }),
];

const levelRows: readonly Entry[] = [
  row('admin-state <state:enable|disable>', {
    doc: 'Whether it is in use.',
    apply: ({ settings }, { state }, at) => {
      settings.shutdown = { value: state.value === 'disable', span: at.span };
    },
  }),
  row('type <type:internal|external|no-type>', {
    doc: 'Whether the neighbours are in the own AS.',
    apply: ({ settings }, { type }) => {
      if (type.value !== 'no-type') settings.remoteAs ??= { value: type.value, span: type.span };
    },
  }),
  row('peer-as <asn:asn>', {
    doc: 'AS number of the neighbour.',
    apply: ({ settings }, { asn }) => {
      settings.remoteAs = asn;
    },
  }),
  mode('local-as', { doc: 'AS number that the router shows to the neighbour.', enter: (level) => level }, [
    row('as-number <asn:asn>', {
      doc: 'AS number that the router shows to the neighbour.',
      apply: ({ settings }, { asn }, at) => {
        settings.localAs = {
          value: {
            asn: asn.value,
            noPrepend: settings.localAs?.value.noPrepend ?? false,
            replaceAs: settings.localAs?.value.replaceAs ?? false,
            dualAs: false,
          },
          span: at.span,
        };
      },
    }),
    row('private <state:true|false>', {
      doc: 'The local AS is not put into paths that come in.',
      apply: ({ settings }, { state }, at) => {
        settings.localAs = {
          value: {
            asn: settings.localAs?.value.asn ?? 0,
            noPrepend: state.value === 'true',
            replaceAs: settings.localAs?.value.replaceAs ?? false,
            dualAs: false,
          },
          span: at.span,
        };
      },
    }),
    row('prepend-global-as <state:true|false>', {
      doc: 'Whether the own AS stands in the path beside the local one.',
      apply: ({ settings }, { state }, at) => {
        settings.localAs = {
          value: {
            asn: settings.localAs?.value.asn ?? 0,
            noPrepend: settings.localAs?.value.noPrepend ?? false,
            replaceAs: state.value === 'false',
            dualAs: false,
          },
          span: at.span,
        };
      },
    }),
  ]),
  row('local-address <address:word>', {
    doc: 'Address or interface that the session is opened from.',
    apply: ({ settings }, { address }) => {
      if (parseIp(address.value)) settings.localAddress = address;
      else settings.updateSource = address;
    },
  }),
  mode('import', { doc: 'Policies on routes that are received.', enter: (level) => level }, [
    row('policy <names:words>', {
      doc: 'Policies on routes that are received.',
      refers: { names: 'route-map' },
      apply: (level, { names }) => {
        every(level).policyIn = chain(names);
      },
    }),
  ]),
  mode('export', { doc: 'Policies on routes that are sent.', enter: (level) => level }, [
    row('policy <names:words>', {
      doc: 'Policies on routes that are sent.',
      refers: { names: 'route-map' },
      apply: (level, { names }) => {
        every(level).policyOut = chain(names);
      },
    }),
  ]),
  mode('family', { doc: 'Families of routes that are exchanged.', enter: (level) => level }, [
    row('<name:ipv4|ipv6|vpn-ipv4|vpn-ipv6|label-ipv4|label-ipv6|evpn> <state:true|false>', {
      doc: 'Whether routes of this family are exchanged.',
      apply: (level, { name, state }, at) => {
        const family = FAMILIES[name.value];
        if (family && state.value === 'true') activate(level, family, at.span);
      },
    }),
    row('<name:word> <state:true|false>', { doc: 'Another family.', effect: 'none' }),
  ]),
  row('multihop <ttl:int>', {
    doc: 'The neighbour may be so many hops away.',
    apply: ({ settings }, { ttl }) => {
      settings.ebgpMultihop = ttl;
    },
  }),
  row('ttl-security <hops:int>', {
    doc: 'Accepts packets only from so many hops away (RFC 5082).',
    apply: ({ settings }, { hops }) => {
      settings.ttlSecurityHops = { value: 256 - hops.value, span: hops.span };
    },
  }),
  row('authentication-key <key:word> [<rest:rest>]', {
    doc: 'TCP MD5 key of the session.',
    apply: ({ settings }, { key, rest }) => {
      settings.password = {
        value: { text: key.value, storage: rest || key.value.length > 40 ? 'reversible' : 'plain' },
        span: key.span,
      };
    },
  }),
  mode('cluster', { doc: 'The router reflects the routes of these neighbours.', enter: (level) => level }, [
    row('cluster-id <id:ip4>', {
      doc: 'The router reflects the routes of these neighbours, under this cluster.',
      apply: (level, { id }, at) => {
        level.process.clusterId = id;
        every(level).routeReflectorClient = yes(at.span);
      },
    }),
  ]),
  mode(
    'ebgp-default-reject-policy',
    { doc: 'Routes of external neighbours without a policy (RFC 8212).', enter: (level) => level },
    [
      row('import <state:true|false>', {
        doc: 'Whether routes without an import policy are refused.',
        apply: ({ process }, { state }) => {
          process.options.missingPolicyIn = { value: state.value === 'true' ? 'deny' : 'permit', span: state.span };
        },
      }),
      row('export <state:true|false>', {
        doc: 'Whether routes without an export policy are kept back.',
        apply: ({ process }, { state }) => {
          process.options.missingPolicyOut = { value: state.value === 'true' ? 'deny' : 'permit', span: state.span };
        },
      }),
    ],
  ),
  flag('next-hop-self', 'The router names itself as next hop.', (level, span) => {
    every(level).nextHopSelf = { value: 'set', span };
  }),
  flag('passive', 'Waits for the neighbour to open the session.', ({ settings }, span) => {
    settings.passive = yes(span);
  }),
  flag('as-override', 'Replaces the neighbour’s AS number in the path by the own.', (level, span) => {
    every(level).asOverride = yes(span);
  }),
  flag(
    'advertise-inactive',
    'Sends the best BGP path although another protocol’s route is active.',
    ({ process }, span) => {
      process.options.advertiseInactive = yes(span);
    },
  ),
  mode('remove-private', { doc: 'Removes private AS numbers from the path.', enter: (level) => level }, [
    row('<what:limited|skip-peer-as|replace> <state:true|false>', {
      doc: 'How private AS numbers are removed.',
      apply: (level, _, at) => {
        every(level).removePrivateAs = { value: 'all', span: at.span };
      },
    }),
  ]),
  mode('multipath', { doc: 'Uses several equal paths.', enter: (level) => level }, multipathRows()),
  row('preference <value:int>', {
    doc: 'Preference of routes from these neighbours.',
    apply: (level, { value }) => {
      every(level).distance = value;
    },
  }),
  row('local-preference <value:int>', {
    doc: 'Local preference of routes from external neighbours, and of own ones to internal neighbours.',
    apply: (level, { value }) => {
      every(level).localPreference = value;
    },
  }),
  row('med-out <value:int>', {
    doc: 'MED of routes that are sent.',
    apply: (level, { value }) => {
      every(level).metricOut = value;
    },
  }),
  row('med-out igp-cost', {
    doc: 'MED of routes that are sent: the cost of their next hop.',
    apply: (level, _, at) => {
      every(level).metricOut = { value: 'igp', span: at.span };
    },
  }),
  row('client-reflect <state:true|false>', {
    doc: 'Whether routes of clients are reflected to other clients.',
    apply: ({ process }, { state }) => {
      process.options.clientToClientReflection = { value: state.value === 'true', span: state.span };
    },
  }),
  row('enforce-first-as <state:true|false>', {
    doc: 'The neighbour’s AS must be the first of the path.',
    apply: ({ settings }, { state }) => {
      settings.enforceFirstAs = { value: state.value === 'true', span: state.span };
    },
  }),
  row('loop-detect <how:drop-peer|discard-route|ignore-loop|off>', {
    doc: 'What happens to paths with the own AS; `ignore-loop` keeps them out of use, `off` takes them.',
    apply: (level, { how }, at) => {
      if (how.value === 'off') every(level).allowAsIn = { value: 255, span: at.span };
    },
  }),
  row('loop-detect-threshold <count:int>', {
    doc: 'Times that the own AS may stand in a path.',
    apply: (level, { count }) => {
      every(level).allowAsIn = count;
    },
  }),
  mode('next-hop-unchanged', { doc: 'Routes go on with the next hop that they have.', enter: (level) => level }, [
    flag(
      '<family:ipv4|ipv6|label-ipv4|label-ipv6|vpn-ipv4|vpn-ipv6|evpn>',
      'Whether in this family.',
      (level, span) => {
        every(level).nextHopUnchanged = yes(span);
      },
    ),
  ]),
  mode('send-default', { doc: 'Announces a default route to the neighbour.', enter: (level) => level }, [
    flag('<family:ipv4|ipv6>', 'Whether in this family.', (level, span) => {
      every(level).defaultOriginate ??= { value: { always: true }, span };
    }),
    row('export-policy <name:word>', {
      doc: 'Policy on the default route.',
      refers: { name: 'route-map' },
      apply: (level, { name }, at) => {
        every(level).defaultOriginate = { value: { always: true, policy: name.value }, span: at.span };
      },
    }),
  ]),
  mode('send-communities', { doc: 'Which communities are sent.', enter: (level) => level }, [
    row('<kind:standard|extended|large> <state:true|false>', {
      doc: 'Whether communities of this kind are sent.',
      apply: (level, { kind, state }, at) => {
        const own = every(level);
        const known = own.sendCommunity?.value ?? ['standard', 'extended', 'large'];
        const kept = known.filter((one) => one !== kind.value);
        own.sendCommunity = { value: state.value === 'true' ? [...kept, kind.value] : kept, span: at.span };
      },
    }),
  ]),
  mode(
    'prefix-limit <family:word>',
    {
      doc: 'Most routes that are accepted from the neighbour.',
      enter: (level, _, at) => {
        const own = every(level);
        own.maximumPrefix ??= { value: { limit: 0, action: 'shutdown' }, span: at.span };
        return level;
      },
    },
    [
      row('maximum <limit:int>', {
        doc: 'Most routes.',
        apply: (level, { limit }, at) => {
          const action = every(level).maximumPrefix?.value.action ?? 'shutdown';
          every(level).maximumPrefix = { value: { limit: limit.value, action }, span: at.span };
        },
      }),
      row('log-only <state:true|false>', {
        doc: 'The session stays up above the limit.',
        apply: (level, { state }, at) => {
          const limit = every(level).maximumPrefix?.value.limit ?? 0;
          const action = state.value === 'true' ? 'warning-only' : 'shutdown';
          every(level).maximumPrefix = { value: { limit, action }, span: at.span };
        },
      }),
      row('<what:threshold|idle-timeout|post-import> [<rest:rest>]', {
        doc: 'When a warning is given.',
        effect: 'none',
      }),
    ],
  ),
  mode('multi-path', { doc: 'Uses several equal paths.', enter: (level) => level }, multipathRows()),
  mode('best-path-selection', { doc: 'Changes how the best path is chosen.', enter: (level) => level }, [
    mode('always-compare-med', { doc: 'MEDs of different ASes are compared.', enter: (level) => level }, [
      row('med-value <value:on|off|zero|infinity>', {
        doc: 'Whether MEDs are compared, and what a missing one is worth.',
        apply: ({ process }, { value }, at) => {
          process.options.alwaysCompareMed = { value: value.value !== 'off', span: at.span };
          if (value.value === 'infinity') process.options.medMissingAsWorst = yes(at.span);
        },
      }),
      row('strict-as <state:true|false>', {
        doc: 'Only MEDs of the same AS are compared.',
        apply: ({ process }, { state }, at) => {
          if (state.value === 'true') process.options.alwaysCompareMed = no(at.span);
        },
      }),
    ]),
    mode('as-path-ignore', { doc: 'The length of the AS path does not count.', enter: (level) => level }, [
      flag('<family:ipv4|ipv6|label-ipv4|label-ipv6|vpn-ipv4|vpn-ipv6>', 'Whether in this family.', (level, span) => {
        level.process.options.asPathIgnore = yes(span);
      }),
    ]),
    row('deterministic-med <state:true|false>', { doc: 'MEDs are compared within each AS first.', effect: 'none' }),
    row('ignore-nh-metric [<rest:rest>]', {
      doc: 'The cost of the next hop does not count.',
      apply: ({ process }, _, at) => {
        process.options.igpMetricIgnore = yes(at.span);
      },
    }),
  ]),
  mode('add-paths', { doc: 'Exchanges more than one path per prefix (RFC 7911).', enter: (level) => level }, [
    ...(['ipv4', 'ipv6'] as const).map((name) =>
      mode(
        name,
        { doc: 'Of one family.', enter: (level, _, at) => ({ ...level, family: FAMILIES[name], span: at.span }) },
        addPathsRows,
      ),
    ),
  ]),
  mode('dynamic-neighbor', { doc: 'Neighbours that may open sessions.', enter: (level) => level }, [
    mode('match', { doc: 'Who may open sessions.', enter: (level) => level }, [
      mode(
        'prefix <prefix:prefix>',
        {
          doc: 'Neighbours of this network may open sessions.',
          enter: (level, { prefix }, at) => {
            level.process.listenRanges.push({ prefix: prefix.value, group: level.settings.id, span: at.span });
            return level;
          },
        },
        [row('allowed-peer-as <names:words>', { doc: 'ASes that such a neighbour may have.' })],
      ),
    ]),
  ]),
  row(
    '<what:split-horizon|advertise-external|next-hop-resolution|rib-management|min-route-advertisement> [<rest:rest>]',
    {
      doc: 'Known, and not simulated.',
    },
  ),
  row(
    '<what:description|keepalive|hold-time|connect-retry|bfd-liveness|error-handling|graceful-restart|rapid-withdrawal|rapid-update|damping|aigp|link-bandwidth|peer-tracking-policy|monitor|path-mtu-discovery|backup-path|dynamic-neighbor-limit|capability-negotiation> [<rest:rest>]',
    {
      doc: 'Does not change routes of a converged network.',
      effect: 'none',
    },
  ),
];

/** `bgp { ... }` of a router or a VPRN. */
export const bgp: Entry = modesOf<Instance>()(
  'bgp',
  { doc: 'Border Gateway Protocol.', enter: (instance, _, at) => instanceLevel(instance, at.span) },
  [
    row('router-id <id:ip4>', {
      doc: 'Identifier of the speaker.',
      apply: ({ process }, { id }) => {
        process.routerId = id;
      },
    }),
    ...levelRows,
    mode(
      'group <name:word>',
      {
        doc: 'Neighbours with the same settings.',
        defines: { name: 'bgp-group' },
        enter: ({ process }, { name }, at) => ({
          process,
          settings: getOrMake(process.groups, name.value, () => ({
            ...empty(name.value, 'group', at.span),
            group: { value: INSTANCE_LEVEL, span: at.span },
          })),
        }),
      },
      levelRows,
    ),
    mode(
      'neighbor <address:word>',
      {
        doc: 'A neighbour.',
        defines: { address: 'bgp-neighbour' },
        enter: ({ process }, { address }, at) => {
          const ip = parseIp(address.value);
          const id = ip?.text ?? address.value;
          return {
            process,
            settings: getOrMake(process.neighbours, id, () => empty(id, ip ? 'address' : 'interface', at.span)),
          };
        },
      },
      [
        row('group <name:word>', {
          doc: 'Group whose settings the neighbour has.',
          refers: { name: 'bgp-group' },
          apply: ({ settings }, { name }) => {
            settings.group = name;
          },
        }),
        ...levelRows,
      ],
    ),
  ],
);

/** What follows from the whole configuration: AS numbers, families where none is named, the router id. */
export function finishBgp(device: DeviceDraft, systems: ReadonlyMap<string, Located<number>>): void {
  const system = device.interfaces.get('system')?.addresses.find(({ family }) => family === 'ipv4');
  for (const process of device.bgp) {
    process.asn = systems.get(process.vrf) ?? systems.get('default') ?? process.asn;
    const routerId = device.routerId ?? (system && { value: system.address, span: system.span });
    if (!process.routerId && routerId) process.routerId = routerId;
    for (const neighbour of process.neighbours.values()) {
      neighbour.group ??= { value: INSTANCE_LEVEL, span: neighbour.span };
      const group = process.groups.get(neighbour.group.value);
      const own = process.groups.get(INSTANCE_LEVEL);
      // The nearest level that names families decides, it does not add to the levels above.
      const nearest = [neighbour, group, own].find((level) => (level?.families.size ?? 0) > 0);
      if (nearest && nearest !== neighbour)
        for (const [name, settings] of nearest.families) neighbour.families.set(name, { ...settings });
      if (!nearest) {
        familyOf(process, 'ipv4-unicast', neighbour.span);
        neighbour.families.set('ipv4-unicast', { span: neighbour.span, activate: yes(neighbour.span) });
      }
    }
    for (const group of process.groups.values()) group.families.clear();
  }
}
