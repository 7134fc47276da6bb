import { parseIp, parsePrefix } from '../../address.ts';
import { type Entry, modesOf, nothing, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import {
  type AccessList,
  type Action,
  type AsPathList,
  type CommunityList,
  type Condition,
  type Family,
  type PolicyTerm,
  type PrefixList,
  prefixListKey,
} from '../../device/policy.ts';
import type { Located, Span } from '../../span.ts';
import { getOrMake } from '../shared/drafts.ts';
import { placeBySequence } from '../shared/names.ts';
import { type Domain, entries, PREFIX_WORDS } from './context.ts';

interface Rule {
  readonly sequence: number;
  readonly span: Span;
  action: 'permit' | 'deny';
}

const ruleMode = <L, R extends Rule>(
  make: (list: L, sequence: number, span: Span) => R,
  rows: readonly Entry[],
): readonly Entry[] => [
  modesOf<L>()('config rule', { doc: 'Rules in the order of their numbers.', enter: (list) => list }, [
    modesOf<L>()(
      'edit <sequence:int>',
      { doc: 'A rule.', enter: (list, { sequence }, at) => make(list, sequence.value, at.span) },
      rows,
    ),
  ]),
  rowsOf<L>()('<what:comments|description> <text:rest>', { doc: 'A text for people.', effect: 'none' }),
];

const flagsRow = rowsOf<Rule>()('flags <value:int>', { doc: 'An inner number of the system.', effect: 'none' });

// ---- prefix lists ------------------------------------------------------------------------------------------------------

interface PrefixRule extends Rule {
  readonly list: PrefixList;
  prefix?: string;
  ge?: number;
  le?: number;
}

/** Puts the rule into its list as it is known so far: every line may be the last one. */
function keepPrefix(rule: PrefixRule): void {
  const { list, sequence, action, prefix, ge, le, span } = rule;
  const own = prefix === undefined ? undefined : parsePrefix(prefix);
  if (!own) return;
  const most = own.version === 4 ? 32 : 128;
  placeBySequence(list.entries, {
    sequence,
    action,
    prefix: own.text,
    minLength: ge ?? (prefix === ANY[list.family] && le === undefined && any.has(rule) ? 0 : own.length),
    maxLength: le ?? (ge === undefined && !any.has(rule) ? own.length : most),
    span,
  });
}

const ANY = { ipv4: '0.0.0.0/0', ipv6: '::/0' } as const;
/** Rules that say `any`. */
const any = new WeakSet<PrefixRule>();
const prefixRow = rowsOf<PrefixRule>();

const prefixRows: readonly Entry[] = [
  prefixRow('action <action:permit|deny>', {
    doc: 'What happens to what fits.',
    apply: (rule, { action }) => {
      rule.action = action.value;
      keepPrefix(rule);
    },
  }),
  ...PREFIX_WORDS.map((word) =>
    prefixRow(`${word} <prefix:prefix>`, {
      doc: 'The prefix that fits, alone unless lengths are given.',
      apply: (rule, { prefix }) => {
        rule.prefix = prefix.value;
        keepPrefix(rule);
      },
    }),
  ),
  ...PREFIX_WORDS.map((word) =>
    prefixRow(`${word} any`, {
      doc: 'Everything fits.',
      apply: (rule) => {
        rule.prefix = ANY[rule.list.family];
        any.add(rule);
        keepPrefix(rule);
      },
    }),
  ),
  prefixRow('ge <length:int>', {
    doc: 'Shortest length that fits.',
    apply: (rule, { length }) => {
      rule.ge = length.value;
      keepPrefix(rule);
    },
    undo: nothing,
  }),
  prefixRow('le <length:int>', {
    doc: 'Longest length that fits.',
    apply: (rule, { length }) => {
      rule.le = length.value;
      keepPrefix(rule);
    },
    undo: nothing,
  }),
  flagsRow,
];

const prefixLists = (['ipv4', 'ipv6'] as const).map((family) =>
  entries<Domain, PrefixList>(
    family === 'ipv4' ? 'router prefix-list' : 'router prefix-list6',
    'Lists of prefixes.',
    ({ device }, name, span) => {
      device.definitions.push({
        kind: family === 'ipv4' ? 'prefix-list' : 'ipv6-prefix-list',
        name: name.value,
        span: name.span,
      });
      return getOrMake(device.prefixLists, prefixListKey(family, name.value), () => ({
        name: name.value,
        family,
        span,
        entries: [],
      }));
    },
    ruleMode<PrefixList, PrefixRule>(
      (list, sequence, span) => ({ list, sequence, span, action: 'permit' }),
      prefixRows,
    ),
  ),
);

// ---- access lists ------------------------------------------------------------------------------------------------------

interface AccessRule extends Rule {
  readonly list: AccessList;
  prefix?: string;
  exact: boolean;
}

function keepAccess({ list, sequence, action, prefix, exact, span }: AccessRule): void {
  const own = prefix === undefined ? undefined : parsePrefix(prefix);
  if (prefix !== 'any' && !own) return;
  const address = own?.text.split('/')[0] ?? '';
  placeBySequence(list.entries, {
    sequence,
    action,
    protocol: 'ip',
    source: own ? { kind: 'wildcard', address, wildcard: `/${own.length}`, family: list.family } : { kind: 'any' },
    destination: { kind: 'any' },
    // An exact match is about lengths, which an access list of packets has nothing of.
    ...(exact && { notModelled: 'exact-match' }),
    span,
  });
}

const accessRow = rowsOf<AccessRule>();
const accessLists = (['ipv4', 'ipv6'] as const).map((family) =>
  entries<Domain, AccessList>(
    family === 'ipv4' ? 'router access-list' : 'router access-list6',
    'Lists of addresses.',
    ({ device }, name, span) => {
      device.definitions.push({
        kind: family === 'ipv4' ? 'access-list' : 'ipv6-access-list',
        name: name.value,
        span: name.span,
      });
      return getOrMake(device.accessLists, prefixListKey(family, name.value), () => ({
        name: name.value,
        family,
        type: 'standard' as const,
        span,
        entries: [],
        remarks: [],
      }));
    },
    ruleMode<AccessList, AccessRule>(
      (list, sequence, span) => ({ list, sequence, span, action: 'permit', exact: false }),
      [
        accessRow('action <action:permit|deny>', {
          doc: 'What happens to what fits.',
          apply: (rule, { action }) => {
            rule.action = action.value;
            keepAccess(rule);
          },
        }),
        ...PREFIX_WORDS.map((word) =>
          accessRow(`${word} <prefix:prefix>`, {
            doc: 'Networks that fit.',
            apply: (rule, { prefix }) => {
              rule.prefix = prefix.value;
              keepAccess(rule);
            },
          }),
        ),
        ...PREFIX_WORDS.map((word) =>
          accessRow(`${word} any`, {
            doc: 'Everything fits.',
            apply: (rule) => {
              rule.prefix = 'any';
              keepAccess(rule);
            },
          }),
        ),
        accessRow('exact-match <state:enable|disable>', {
          doc: 'Whether only the network itself fits.',
          apply: (rule, { state }) => {
            rule.exact = state.value === 'enable';
            keepAccess(rule);
          },
        }),
        flagsRow,
      ],
    ),
  ),
);

// ---- lists of paths and communities ---------------------------------------------------------------------------------------

interface PathRule extends Rule {
  readonly list: AsPathList;
  expression?: string;
}
const keepPath = ({ list, sequence, action, expression, span }: PathRule): void => {
  if (expression !== undefined) placeBySequence(list.entries, { sequence, action, expression, span });
};
const pathRow = rowsOf<PathRule>();

const asPathLists = entries<Domain, AsPathList>(
  'router aspath-list',
  'Lists of AS paths.',
  ({ device }, name, span) => {
    device.definitions.push({ kind: 'as-path-list', name: name.value, span: name.span });
    return getOrMake(device.asPathLists, name.value, () => ({ name: name.value, span, entries: [] }));
  },
  ruleMode<AsPathList, PathRule>(
    (list, sequence, span) => ({ list, sequence, span, action: 'permit' }),
    [
      pathRow('action <action:permit|deny>', {
        doc: 'What happens to what fits.',
        apply: (rule, { action }) => {
          rule.action = action.value;
          keepPath(rule);
        },
      }),
      pathRow('regexp <expression:rest>', {
        doc: 'Expression on the path.',
        apply: (rule, { expression }) => {
          rule.expression = expression.value;
          keepPath(rule);
        },
      }),
    ],
  ),
);

interface CommunityContext {
  readonly list: CommunityList;
  readonly device: DeviceDraft;
}
interface CommunityRule extends Rule {
  readonly list: CommunityList;
  members?: readonly string[];
  expression?: string;
}
const keepCommunity = ({ list, sequence, action, members, expression, span }: CommunityRule): void => {
  if (members) placeBySequence(list.entries, { sequence, action, members, span });
  else if (expression !== undefined) placeBySequence(list.entries, { sequence, action, expression, span });
};
const communityRow = rowsOf<CommunityRule>();

const communityLists = entries<Domain, CommunityContext>(
  'router community-list',
  'Lists of communities.',
  ({ device }, name, span) => {
    device.definitions.push({ kind: 'community-list', name: name.value, span: name.span });
    const list = getOrMake(device.communityLists, name.value, () => ({
      name: name.value,
      kind: 'standard' as const,
      span,
      entries: [],
    }));
    return { device, list };
  },
  [
    rowsOf<CommunityContext>()('type <type:standard|expanded>', {
      doc: 'Communities themselves, or expressions on them.',
      apply: ({ device, list }, { type }) => {
        device.communityLists.set(list.name, Object.assign(list, { kind: type.value }));
      },
    }),
    ...ruleMode<CommunityContext, CommunityRule>(
      ({ list }, sequence, span) => ({ list, sequence, span, action: 'permit' }),
      [
        communityRow('action <action:permit|deny>', {
          doc: 'What happens to what fits.',
          apply: (rule, { action }) => {
            rule.action = action.value;
            keepCommunity(rule);
          },
        }),
        communityRow('match <text:rest>', {
          doc: 'Communities that must all be there.',
          apply: (rule, { text }) => {
            rule.members = text.value.split(/\s+/).filter((word) => word !== '');
            keepCommunity(rule);
          },
        }),
        communityRow('regexp <expression:rest>', {
          doc: 'Expression on the communities.',
          apply: (rule, { expression }) => {
            rule.expression = expression.value;
            keepCommunity(rule);
          },
        }),
      ],
    ),
  ],
);

// ---- route maps --------------------------------------------------------------------------------------------------------

interface MapContext {
  readonly device: DeviceDraft;
  readonly name: string;
}
interface Term {
  readonly device: DeviceDraft;
  readonly term: PolicyTerm;
  additive: boolean;
  communities?: Extract<Action, { kind: 'set-communities' }>;
}
const termRow = rowsOf<Term>();
const match = ({ term }: Term, condition: Condition): void => {
  term.conditions.push(condition);
};
const set = ({ term }: Term, action: Action): void => {
  term.actions.push(action);
};

/** `match-ip-address` names an access list or a prefix list. */
const addressCondition = (device: DeviceDraft, family: Family, list: Located<string>, span: Span): Condition => ({
  kind: device.prefixLists.has(prefixListKey(family, list.value)) ? 'prefix-list' : 'access-list',
  family,
  lists: [list],
  span,
});

const nextHop = (term: Term, family: Family, address: string, span: Span): void => {
  if (/^(0\.0\.0\.0|::)$/.test(address)) return;
  set(term, { kind: 'set-next-hop', family, value: { address: parseIp(address)?.text ?? address }, span });
};

const termRows: readonly Entry[] = [
  termRow('action <action:permit|deny>', {
    doc: 'What happens to routes that fit.',
    apply: ({ term }, { action }) => {
      term.disposition = action.value;
    },
  }),
  ...(['ipv4', 'ipv6'] as const).map((family) =>
    termRow(family === 'ipv4' ? 'match-ip-address <list:word>' : 'match-ip6-address <list:word>', {
      doc: 'List of the networks that are meant.',
      apply: (term, { list }, at) => match(term, addressCondition(term.device, family, list, at.span)),
      undo: nothing,
    }),
  ),
  ...(['ipv4', 'ipv6'] as const).map((family) =>
    termRow(family === 'ipv4' ? 'match-ip-nexthop <list:word>' : 'match-ip6-nexthop <list:word>', {
      doc: 'List of the next hops that are meant.',
      apply: (term, { list }, at) =>
        match(term, { kind: 'next-hop-prefix-list', family, lists: [list], span: at.span }),
      undo: nothing,
    }),
  ),
  termRow('match-as-path <list:word>', {
    doc: 'List of the AS paths that are meant.',
    refers: { list: 'as-path-list' },
    apply: (term, { list }, at) => match(term, { kind: 'as-path-list', lists: [list], span: at.span }),
    undo: nothing,
  }),
  termRow('match-community <list:word>', {
    doc: 'List of the communities that are meant.',
    refers: { list: 'community-list' },
    apply: (term, { list }, at) => match(term, { kind: 'community-list', lists: [list], exact: false, span: at.span }),
    undo: nothing,
  }),
  termRow('match-interface <name:word>', {
    doc: 'Interface that the routes leave by.',
    refers: { name: 'interface' },
    apply: (term, { name }, at) => match(term, { kind: 'interface', interfaces: [name], span: at.span }),
    undo: nothing,
  }),
  termRow('match-origin <origin:igp|egp|incomplete|none>', {
    doc: 'Origin of the routes.',
    apply: (term, { origin }, at) => {
      if (origin.value !== 'none') match(term, { kind: 'origin', origin: origin.value, span: at.span });
    },
    undo: nothing,
  }),
  termRow('match-metric <value:int>', {
    doc: 'Metric of the routes.',
    apply: (term, { value }, at) => match(term, { kind: 'metric', min: value.value, max: value.value, span: at.span }),
    undo: nothing,
  }),
  termRow('match-tag <tag:int>', {
    doc: 'Tag of the routes.',
    apply: (term, { tag }, at) => match(term, { kind: 'tag', tags: [tag.value], span: at.span }),
    undo: nothing,
  }),
  termRow('match-route-type <type:1|2|external-type1|external-type2|none>', {
    doc: 'Kind of external route of OSPF.',
    apply: (term, { type }, at) => {
      if (type.value !== 'none')
        match(term, { kind: 'route-type', types: [type.value.endsWith('1') ? 'type-1' : 'type-2'], span: at.span });
    },
    undo: nothing,
  }),
  termRow('set-local-preference <value:int>', {
    doc: 'Local preference.',
    apply: (term, { value }, at) =>
      set(term, { kind: 'set-local-preference', operation: 'set', value: value.value, span: at.span }),
    undo: nothing,
  }),
  termRow('set-metric <value:int>', {
    doc: 'Metric.',
    apply: (term, { value }, at) =>
      set(term, { kind: 'set-metric', operation: 'set', value: value.value, span: at.span }),
    undo: nothing,
  }),
  termRow('set-metric-type <type:1|2|external-type1|external-type2|none>', {
    doc: 'Kind of external route of OSPF.',
    apply: (term, { type }, at) => {
      if (type.value !== 'none')
        set(term, { kind: 'set-metric-type', value: type.value.endsWith('1') ? 'type-1' : 'type-2', span: at.span });
    },
    undo: nothing,
  }),
  termRow('set-weight <value:int>', {
    doc: 'Weight.',
    apply: (term, { value }, at) => set(term, { kind: 'set-weight', value: value.value, span: at.span }),
    undo: nothing,
  }),
  termRow('set-tag <value:int>', {
    doc: 'Tag.',
    apply: (term, { value }, at) => set(term, { kind: 'set-tag', value: value.value, span: at.span }),
    undo: nothing,
  }),
  termRow('set-origin <origin:igp|egp|incomplete|none>', {
    doc: 'Origin.',
    apply: (term, { origin }, at) => {
      if (origin.value !== 'none') set(term, { kind: 'set-origin', value: origin.value, span: at.span });
    },
    undo: nothing,
  }),
  termRow('set-ip-nexthop <address:ip>', {
    doc: 'Next hop.',
    apply: (term, { address }, at) => nextHop(term, 'ipv4', address.value, at.span),
    undo: nothing,
  }),
  termRow('set-ip6-nexthop <address:ip>', {
    doc: 'Next hop.',
    apply: (term, { address }, at) => nextHop(term, 'ipv6', address.value, at.span),
    undo: nothing,
  }),
  termRow('set-aspath-action prepend', { doc: 'AS numbers go in front of the path; the default.', effect: 'none' }),
  termRow('set-aspath <text:rest>', {
    doc: 'AS numbers that go in front of the path.',
    apply: (term, { text }, at) => {
      const asns = text.value.split(/\s+/).map(Number);
      set(
        term,
        asns.every((asn) => Number.isInteger(asn) && asn > 0)
          ? { kind: 'prepend-as-path', asns, span: at.span }
          : { kind: 'not-modelled', text: `set-aspath ${text.value}`, span: at.span },
      );
    },
    undo: nothing,
  }),
  termRow('set-community <members:communities>', {
    doc: 'Communities in place of those that were there.',
    apply: (term, { members }, at) => {
      const action = {
        kind: 'set-communities' as const,
        operation: term.additive ? ('add' as const) : ('replace' as const),
        type: 'standard' as const,
        members: members.value,
        lists: [],
        span: at.span,
      };
      term.communities = action;
      set(term, action);
    },
    undo: nothing,
  }),
  termRow('set-community-additive <state:enable|disable>', {
    doc: 'Whether the communities are added to those that were there.',
    apply: (term, { state }) => {
      term.additive = state.value === 'enable';
      const { communities } = term;
      if (!communities) return;
      term.term.actions = term.term.actions.map((action) =>
        action === communities ? { ...communities, operation: term.additive ? 'add' : 'replace' } : action,
      );
    },
  }),
  termRow('set-community-delete <list:word>', {
    doc: 'Takes the communities of a list away.',
    refers: { list: 'community-list' },
    apply: (term, { list }, at) =>
      set(term, {
        kind: 'set-communities',
        operation: 'delete',
        type: 'standard',
        members: [],
        lists: [list],
        span: at.span,
      }),
    undo: nothing,
  }),
  termRow('set-flags <value:int>', { doc: 'An inner number of the system.', effect: 'none' }),
  termRow(
    '<what:match-flags|match-vrf|set-dampening-reachability-half-life|set-dampening-reuse|set-dampening-suppress|set-dampening-max-suppress|set-dampening-unreachability-half-life|set-atomic-aggregate|set-originator-id> [<rest:rest>]',
    {
      doc: 'A setting that changes no route unless it has a value.',
      effect: 'none',
    },
  ),
];

const routeMaps = entries<Domain, MapContext>(
  'router route-map',
  'Route maps.',
  ({ device }, name, span) => {
    device.definitions.push({ kind: 'route-map', name: name.value, span: name.span });
    getOrMake(device.policies, name.value, () => ({
      name: name.value,
      span,
      terms: [],
      defaultDisposition: 'deny' as const,
    }));
    return { device, name: name.value };
  },
  [
    modesOf<MapContext>()('config rule', { doc: 'Rules in the order of their numbers.', enter: (map) => map }, [
      modesOf<MapContext>()(
        'edit <sequence:int>',
        {
          doc: 'A rule.',
          enter: ({ device, name }, { sequence }, at): Term => {
            const term: PolicyTerm = {
              name: String(sequence.value),
              sequence: sequence.value,
              span: at.span,
              conditions: [],
              actions: [],
              disposition: 'permit',
            };
            placeBySequence(device.policies.get(name)?.terms ?? [], term);
            return { device, term, additive: false };
          },
        },
        termRows,
      ),
    ]),
    rowsOf<MapContext>()('comments <text:rest>', { doc: 'A text for people.', effect: 'none' }),
  ],
);

/** Lists and route maps of FortiOS. */
export const policies: readonly Entry[] = [...prefixLists, ...accessLists, asPathLists, communityLists, routeMaps];

/** Route maps may stand above the lists that they name: what an address condition means is known at the end. */
export function finishPolicies(device: DeviceDraft): void {
  for (const policy of device.policies.values())
    for (const term of policy.terms)
      term.conditions = term.conditions.map((condition) =>
        condition.kind === 'access-list' && condition.lists[0]
          ? addressCondition(device, condition.family, condition.lists[0], condition.span)
          : condition,
      );
}
