import { parsePrefix } from '../../address.ts';
import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { Redistribution } from '../../device/bgp.ts';
import type { Action, Condition, PolicyTerm, RoutePolicy } from '../../device/policy.ts';
import type { Located, Span } from '../../span.ts';
import { GLOBAL } from '../shared/drafts.ts';
import type { RedistProfile, RedistUse, Rule, VirtualRouter } from './notes.ts';

const emptyRule = (name: string, span: Span): Rule => ({
  name,
  span,
  enabled: true,
  usedBy: new Set(),
  prefixes: [],
  term: { name, span, conditions: [], actions: [], disposition: 'deny' },
});

export function ruleOf(rules: Map<string, Rule>, name: Located<string>, span: Span): Rule {
  const made = rules.get(name.value) ?? emptyRule(name.value, span);
  rules.set(name.value, made);
  return made;
}

export const useOf = (uses: Map<string, RedistUse>, name: Located<string>, span: Span): RedistUse =>
  ruleOf(uses, name, span);

const row = rowsOf<Rule>();
const mode = modesOf<Rule>();
const act = (rule: Rule, action: Action): void => {
  rule.term.actions.push(action);
};
const ask = (rule: Rule, condition: Condition): void => {
  rule.term.conditions.push(condition);
};
const anything = (what: 'action' | 'condition'): Entry =>
  row('<what:words>', {
    doc: 'Not modelled: what it says is not trusted.',
    listed: true,
    apply: (rule, { what: words }, at) => {
      const said = { kind: 'not-modelled' as const, text: words.value.join(' '), span: at.span };
      if (what === 'action') act(rule, said);
      else ask(rule, said);
    },
  });

const prefixRow = rowsOf<Rule['prefixes'][number]>();
const prefixEntry: Entry = mode(
  '<prefix:prefix>',
  {
    doc: 'A prefix; longer ones fit as well unless it says `exact yes`.',
    enter: (rule, { prefix }, at) => {
      const made = { prefix: prefix.value, exact: false, span: at.span };
      rule.prefixes.push(made);
      return made;
    },
  },
  [
    prefixRow('exact <state:yes|no>', {
      doc: 'Whether only the prefix itself fits.',
      apply: (one, { state }) => {
        one.exact = state.value === 'yes';
      },
    }),
  ],
);

const matchRows: readonly Entry[] = [
  mode('address-prefix', { doc: 'Prefixes of the routes.', enter: (rule) => rule }, [prefixEntry]),
  row('route-table <table:unicast|multicast|both>', { doc: 'Table of the routes.', effect: 'none' }),
  row('med <value:int>', {
    doc: 'MED of the routes.',
    apply: (rule, { value }, at) => ask(rule, { kind: 'metric', min: value.value, max: value.value, span: at.span }),
  }),
  mode('as-path', { doc: 'AS path of the routes.', enter: (rule) => rule }, [
    row('regex <expression:rest>', {
      doc: 'Expression on the AS path.',
      apply: (rule, { expression }, at) =>
        ask(rule, { kind: 'as-path-expression', expression: expression.value, span: at.span }),
    }),
  ]),
  row('from-peer <names:words>', {
    doc: 'Peers that the routes came from.',
    apply: (rule, { names }, at) => ask(rule, { kind: 'neighbour', peers: names.value, span: at.span }),
  }),
  row('nexthop <prefixes:words>', {
    doc: 'Next hops of the routes.',
    apply: (rule, { prefixes }, at) => {
      const addresses = prefixes.value.map((text) => text.replace(/\/(32|128)$/, ''));
      const text = `nexthop ${prefixes.value.join(' ')}`;
      ask(
        rule,
        addresses.some((address) => address.includes('/'))
          ? { kind: 'not-modelled', text, span: at.span }
          : { kind: 'next-hop', addresses, span: at.span },
      );
    },
  }),
  row('afi <family:word>', { doc: 'Family of the routes.', effect: 'none' }),
  row('safi <family:word>', { doc: 'Family of the routes.', effect: 'none' }),
  anything('condition'),
];

const ORIGINS = { igp: 'igp', egp: 'egp', incomplete: 'incomplete' } as const;

const updateRows: readonly Entry[] = [
  row('local-preference <value:int>', {
    doc: 'Local preference.',
    apply: (rule, { value }, at) =>
      act(rule, { kind: 'set-local-preference', operation: 'set', value: value.value, span: at.span }),
  }),
  row('med <value:int>', {
    doc: 'MED.',
    apply: (rule, { value }, at) =>
      act(rule, { kind: 'set-metric', operation: 'set', value: value.value, span: at.span }),
  }),
  row('weight <value:int>', {
    doc: 'Weight.',
    apply: (rule, { value }, at) => act(rule, { kind: 'set-weight', value: value.value, span: at.span }),
  }),
  row('origin <value:igp|egp|incomplete>', {
    doc: 'Origin.',
    apply: (rule, { value }, at) => act(rule, { kind: 'set-origin', value: ORIGINS[value.value], span: at.span }),
  }),
  row('nexthop <address:ip>', {
    doc: 'Next hop.',
    apply: (rule, { address }, at) =>
      act(rule, { kind: 'set-next-hop', value: { address: address.value }, span: at.span }),
  }),
  row('as-path none', { doc: 'The AS path stays.', effect: 'none' }),
  row('as-path prepend <count:int>', {
    doc: 'Puts the own AS so many times more in front of the path.',
    apply: (rule, { count }, at) => prepends.set(rule, { value: count.value, span: at.span }),
  }),
  row('community none', { doc: 'Communities stay.', effect: 'none' }),
  row('community remove-all', {
    doc: 'Removes all communities.',
    apply: (rule, _, at) => act(rule, communities('none', [], at.span)),
  }),
  row('community append <members:communities>', {
    doc: 'Adds communities.',
    apply: (rule, { members }, at) => act(rule, communities('add', members.value, at.span)),
  }),
  row('community overwrite <members:communities>', {
    doc: 'Replaces communities.',
    apply: (rule, { members }, at) => act(rule, communities('replace', members.value, at.span)),
  }),
  row('extended-community none', { doc: 'Extended communities stay.', effect: 'none' }),
  anything('action'),
];

const communities = (operation: 'add' | 'replace' | 'none', members: readonly string[], span: Span): Action => ({
  kind: 'set-communities',
  operation,
  type: 'standard',
  members,
  lists: [],
  span,
});

/** Counts of own AS numbers in front of the path: the own number may stand below the rule. */
const prepends = new WeakMap<Rule, { readonly value: number; readonly span: Span }>();

/** Lines of an import or export rule. */
export const ruleRows: readonly Entry[] = [
  row('enable <state:yes|no>', {
    doc: 'Whether the rule is in use.',
    apply: (rule, { state }) => {
      rule.enabled = state.value === 'yes';
    },
  }),
  row('used-by <groups:words>', {
    doc: 'Peer groups that the rule is for.',
    refers: { groups: 'bgp-group' },
    apply: (rule, { groups }) => {
      for (const group of groups.value) rule.usedBy.add(group);
    },
  }),
  mode('match', { doc: 'Which routes the rule is about.', enter: (rule) => rule }, matchRows),
  mode('action', { doc: 'What happens to them.', enter: (rule) => rule }, [
    row('deny', {
      doc: 'They are refused.',
      apply: (rule) => {
        rule.term.disposition = 'deny';
      },
    }),
    mode(
      'allow',
      {
        doc: 'They pass.',
        enter: (rule) => {
          rule.term.disposition = 'permit';
          return rule;
        },
      },
      [
        row('dampening <profile:word>', { doc: 'Damps routes that flap.', effect: 'none' }),
        mode('update', { doc: 'What is changed about them.', enter: (rule) => rule }, updateRows),
      ],
    ),
  ]),
];

const bits = (prefix: string): number => (prefix.includes(':') ? 128 : 32);
const lengthOf = (prefix: string): number => parsePrefix(prefix)?.length ?? 0;

/** The term of a rule with all that it asks: one of its prefixes, and everything else. */
export function termOf(rule: Rule, own: number, peers: ReadonlyMap<string, string>): PolicyTerm {
  const { term, prefixes, span } = rule;
  const fits: Condition[] = prefixes.map(({ prefix, exact, span: at }) => ({
    kind: 'prefix',
    prefix,
    minLength: lengthOf(prefix),
    maxLength: exact ? lengthOf(prefix) : bits(prefix),
    span: at,
  }));
  const conditions = term.conditions.map(
    (condition): Condition =>
      condition.kind === 'neighbour'
        ? { ...condition, peers: condition.peers.map((name) => peers.get(name) ?? name) }
        : condition,
  );
  const times = prepends.get(rule);
  return {
    ...term,
    conditions: [...(fits.length > 0 ? [{ kind: 'any' as const, of: fits, span }] : []), ...conditions],
    actions: [
      ...term.actions,
      ...(times
        ? [
            {
              kind: 'prepend-as-path' as const,
              asns: Array<number>(Math.min(times.value, 255)).fill(own),
              span: times.span,
            },
          ]
        : []),
    ],
  };
}

/** Kinds of a profile, as `redistribute` names them. */
const SOURCES: Readonly<Record<string, string>> = {
  static: 'static',
  connect: 'connected',
  ospf: 'ospf',
  rip: 'rip',
  bgp: 'bgp',
};

function conditionsOf({ destinations, interfaces, nextHops, types, span }: RedistProfile): Condition[] {
  const protocols = [...types].flatMap((type) => (SOURCES[type] ? [SOURCES[type]] : []));
  return [
    ...(protocols.length > 0 ? [{ kind: 'protocol' as const, protocols, span }] : []),
    ...(destinations.length > 0
      ? [
          {
            kind: 'any' as const,
            of: destinations.map(
              ({ value, span: at }): Condition => ({
                kind: 'prefix',
                prefix: parsePrefix(value)?.text ?? value,
                minLength: lengthOf(value),
                maxLength: lengthOf(value),
                span: at,
              }),
            ),
            span,
          },
        ]
      : []),
    ...(interfaces.length > 0 ? [{ kind: 'interface' as const, interfaces, span }] : []),
    ...(nextHops.length > 0
      ? [{ kind: 'next-hop' as const, addresses: nextHops.map(({ value }) => value.replace(/\/32$/, '')), span }]
      : []),
  ];
}

/**
 * Makes `redistribute` lines and their policy of the profiles and prefixes that a protocol uses. Profiles are asked by
 * priority; a route that none of them takes is not redistributed.
 */
export function redistributionOf(
  router: VirtualRouter,
  uses: ReadonlyMap<string, RedistUse>,
  into: 'bgp' | 'ospf',
): Redistribution[] {
  const { device, profiles } = router;
  const sorted = [...uses.values()]
    .filter(({ enabled }) => enabled)
    .sort((a, b) => (profiles.get(a.name)?.priority ?? 0) - (profiles.get(b.name)?.priority ?? 0));
  const first = sorted[0];
  if (!first) return [];
  const sources = new Set<string>();
  const terms = sorted.flatMap((use): PolicyTerm[] => {
    const profile = profiles.get(use.name);
    const prefix = profile ? undefined : parsePrefix(use.name);
    if (!profile && !prefix) {
      device.notModelled.push({
        span: use.span,
        text: `${into}: no redistribution profile ${use.name}`,
        mayAffectRouting: true,
      });
      return [];
    }
    const kinds = profile && profile.types.size > 0 ? profile.types : new Set(Object.keys(SOURCES));
    for (const type of kinds) if (SOURCES[type] && SOURCES[type] !== into) sources.add(SOURCES[type]);
    const conditions: Condition[] = profile
      ? conditionsOf(profile)
      : [
          {
            kind: 'prefix',
            prefix: prefix?.text ?? use.name,
            minLength: lengthOf(use.name),
            maxLength: lengthOf(use.name),
            span: use.span,
          },
        ];
    const actions: Action[] = [
      ...use.term.actions,
      ...(use.metric
        ? [{ kind: 'set-metric' as const, operation: 'set' as const, value: use.metric.value, span: use.span }]
        : []),
      ...(use.metricType
        ? [
            {
              kind: 'set-metric-type' as const,
              value: use.metricType === 1 ? ('type-1' as const) : ('type-2' as const),
              span: use.span,
            },
          ]
        : []),
    ];
    return [
      {
        name: use.name,
        span: use.span,
        conditions,
        actions,
        disposition: profile && !profile.redistributes ? 'deny' : 'permit',
      },
    ];
  });
  const name = `${router.vrf === GLOBAL ? router.name : router.vrf} redistribution into ${into}`;
  const policy: RoutePolicy = { name, span: first.span, terms, defaultDisposition: 'deny' };
  device.policies.set(name, policy);
  const use = { policies: [{ value: name, span: first.span }], span: first.span };
  return [...sources].map((source) => ({ source, policy: use, span: first.span }));
}
