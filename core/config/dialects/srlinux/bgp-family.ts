import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { AddressFamily, BgpNeighbourFamily, MaximumPrefix } from '../../device/bgp.ts';
import type { Span } from '../../span.ts';
import { getOrMake } from '../shared/drafts.ts';
import { chain, familyOf, INSTANCE_LEVEL, type Level } from './bgp-level.ts';
import { adminState, complain, flag } from './common.ts';

const FAMILIES: Readonly<Record<string, AddressFamily>> = {
  'ipv4-unicast': 'ipv4-unicast',
  'ipv6-unicast': 'ipv6-unicast',
  evpn: 'l2vpn-evpn',
  'l3vpn-ipv4-unicast': 'vpnv4-unicast',
  'l3vpn-ipv6-unicast': 'vpnv6-unicast',
  'ipv4-labeled-unicast': 'ipv4-labeled',
  'ipv6-labeled-unicast': 'ipv6-labeled',
};

interface Family extends Level {
  readonly family: AddressFamily;
  readonly own: BgpNeighbourFamily;
}

function enter(level: Level, name: string, span: Span): Family {
  const family = FAMILIES[name] ?? 'other';
  familyOf(level.process, family, span);
  return { ...level, family, own: getOrMake(level.settings.families, family, (): BgpNeighbourFamily => ({ span })) };
}

const row = rowsOf<Family>();
const mode = modesOf<Family>();

const paths = (kind: 'ebgp' | 'ibgp' | 'both', pattern: string): Entry =>
  row(`${pattern} <count:int>`, {
    doc: 'Most equal paths that share traffic.',
    apply: ({ device, process, family, settings }, args, at) => {
      const { count } = args as unknown as { readonly count: { readonly value: number; readonly span: Span } };
      if (settings.id !== INSTANCE_LEVEL) {
        complain(device, `${settings.id} / multipath`, at.span);
        return;
      }
      const own = familyOf(process, family, at.span);
      if (kind !== 'ibgp') own.maximumPaths = count;
      if (kind !== 'ebgp') own.maximumPathsIbgp = count;
    },
  });

const changeLimit = (own: BgpNeighbourFamily, change: Partial<MaximumPrefix>, span: Span): void => {
  const known: MaximumPrefix = own.maximumPrefix?.value ?? { limit: 0, action: 'shutdown' };
  own.maximumPrefix = { value: { ...known, ...change }, span };
};

const limitRows: readonly Entry[] = [
  row('<what:max-received-routes|max-accepted-routes> <limit:int>', {
    doc: 'Most routes that the neighbour may send.',
    apply: ({ own }, { limit }, at) => changeLimit(own, { limit: limit.value }, at.span),
  }),
  row('warning-threshold-pct <percent:int>', {
    doc: 'Share of the limit at which a warning is logged.',
    apply: ({ own }, { percent }, at) => changeLimit(own, { warnPercent: percent.value }, at.span),
  }),
  flag<Family>('prevent-teardown', 'The session stays up beyond the limit.', ({ own }, { value, span }) =>
    changeLimit(own, { action: value ? 'warning-only' : 'shutdown' }, span),
  ),
  row('restart-timer <seconds:int>', {
    doc: 'How soon the session is tried again, in seconds.',
    apply: ({ own }, { seconds }, at) => changeLimit(own, { restartMinutes: Math.ceil(seconds.value / 60) }, at.span),
  }),
];

const policy = (direction: 'import' | 'export'): Entry =>
  row(`${direction}-policy <names:words>`, {
    doc: 'Policies on routes of this family.',
    refers: { names: 'route-map' },
    apply: ({ own }, { names }) => {
      own[direction === 'import' ? 'policyIn' : 'policyOut'] = chain(names);
    },
  });

const familyRows: readonly Entry[] = [
  adminState<Family>('Whether routes of this family are exchanged.', ({ own }, { value, span }) => {
    own.activate = { value: !value, span };
  }),
  policy('import'),
  policy('export'),
  mode('multipath', { doc: 'Several equal paths.', enter: (context) => context }, [
    flag<Family>(
      'allow-multiple-as',
      'Paths through different ASes may share traffic.',
      ({ device }, { value, span }) => {
        if (!value) complain(device, 'multipath / allow-multiple-as false', span);
      },
    ),
    paths('both', 'maximum-paths'),
    paths('ebgp', 'max-paths-level-1'),
    row('max-paths-level-2 <count:int>', { doc: 'Next hops of one path that share traffic.', apply: () => undefined }),
    mode('ebgp', { doc: 'External paths.', enter: (context) => context }, [paths('ebgp', 'maximum-paths')]),
    mode('ibgp', { doc: 'Internal paths.', enter: (context) => context }, [paths('ibgp', 'maximum-paths')]),
  ]),
  mode(
    '<what:prefix-limit|prefix-limit-received|prefix-limit-accepted>',
    { doc: 'Most routes that the neighbour may send.', enter: (context) => context },
    limitRows,
  ),
  flag<Family>('next-hop-self', 'The router names itself as next hop.', ({ own }, { value, span }) => {
    own.nextHopSelf = { value: value ? 'force' : 'off', span };
  }),
  row('<what:receive-ipv6-next-hops|advertise-ipv6-next-hops> <state:true|false>', {
    doc: 'IPv4 routes with IPv6 next hops (RFC 8950).',
    apply: ({ settings }, { what, state }, at) => {
      if (what.value === 'advertise-ipv6-next-hops')
        settings.extendedNextHop = { value: state.value === 'true', span: at.span };
    },
  }),
  row('default-route-distinguisher [<rest:rest>]', { doc: 'Known, and not simulated.' }),
  row('<what:keep-all-routes|rapid-update> <state:true|false>', {
    doc: 'Routes that no instance imports are kept, and changes are sent at once.',
    effect: 'none',
  }),
  row('inter-as-vpn <state:true|false>', {
    doc: 'Routes go on to external neighbours with the next hop that they came with.',
    apply: ({ own }, { state }, at) => {
      own.nextHopUnchanged = { value: state.value === 'true', span: at.span };
    },
  }),
  row(
    '<what:add-paths|next-hop-resolution|link-bandwidth|default-received-encapsulation|advertise-arp-nd-only-with-mac-table-entry|route-distinguisher> [<rest:rest>]',
    {
      doc: 'Known, and not simulated.',
    },
  ),
];

/** `ipv4-unicast { ... }` inside `afi-safi ipv4-unicast`, and by itself before release 22. */
const inner = (name: string): Entry =>
  mode(name, { doc: 'Settings of the family.', enter: (context) => context }, familyRows);

export const afiSafi: readonly Entry[] = [
  modesOf<Level>()(
    'afi-safi <name:ipv4-unicast|ipv6-unicast|evpn|l3vpn-ipv4-unicast|l3vpn-ipv6-unicast|ipv4-labeled-unicast|ipv6-labeled-unicast|route-target|sr-policy-ipv4|sr-policy-ipv6>',
    { doc: 'A family of routes.', enter: (level, { name }, at) => enter(level, name.value, at.span) },
    [...familyRows, ...Object.keys(FAMILIES).map(inner)],
  ),
  ...(['ipv4-unicast', 'ipv6-unicast', 'evpn'] as const).map((name) =>
    modesOf<Level>()(
      name,
      { doc: 'A family of routes (before release 22).', enter: (level, _, at) => enter(level, name, at.span) },
      familyRows,
    ),
  ),
];
