import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Action, Condition, Family, PolicyTerm, RoutePolicy } from '../../device/policy.ts';
import type { Located, Span } from '../../span.ts';
import { getOrMake } from '../shared/drafts.ts';
import { complain, flag } from './common.ts';
import { kept } from './notes.ts';
import { actionRows } from './policy-actions.ts';
import { policySets } from './policy-sets.ts';

export interface Policy {
  readonly device: DeviceDraft;
  readonly policy: RoutePolicy;
}
interface Statement {
  readonly device: DeviceDraft;
  readonly policy: string;
  readonly term: PolicyTerm;
}

const row = rowsOf<Statement>();
const mode = modesOf<Statement>();
const add = ({ term }: Statement, condition: Condition): void => {
  term.conditions.push(condition);
};

/** A condition that is known and not modelled: it is listed, and taken not to hold. */
const unknown = (pattern: string, doc: string): Entry =>
  row(pattern, {
    doc,
    apply: (context, _, at) => {
      const text = `match ${at.statement.words.map((word) => word.text).join(' ')}`;
      add(context, { kind: 'not-modelled', text, span: at.span });
      complain(context.device, `policy ${context.policy} / statement ${context.term.name} / ${text}`, at.span);
    },
  });

const notOverlay = (span: Span): Condition => ({
  kind: 'not',
  of: { kind: 'overlay', states: ['carried', 'imported'], span },
  span,
});

/** Names of route owners in policies, and how the conditions of all systems name them. */
const OWNERS: Readonly<Record<string, string>> = {
  local: 'direct',
  host: 'local',
  static: 'static',
  aggregate: 'aggregate',
  bgp: 'bgp',
  ospfv2: 'ospf',
  ospfv3: 'ospf3',
  isis: 'isis',
};

function protocolIs(context: Statement, name: string, span: Span): void {
  const owner = OWNERS[name];
  if (name === 'bgp-evpn') add(context, { kind: 'overlay', states: ['carried', 'imported'], span });
  else if (owner === undefined) {
    add(context, { kind: 'not-modelled', text: `match protocol ${name}`, span });
    complain(
      context.device,
      `policy ${context.policy} / statement ${context.term.name} / match protocol ${name}`,
      span,
    );
  } else add(context, { kind: 'all', of: [{ kind: 'protocol', protocols: [owner], span }, notOverlay(span)], span });
}

const prefixSet = row('prefix-set <name:word>', {
  doc: 'The route is in the set.',
  refers: { name: 'prefix-list' },
  apply: (context, { name }, at) => {
    const of = (['ipv4', 'ipv6'] as const).map((family) => ({
      kind: 'prefix-list' as const,
      family,
      lists: [name],
      span: at.span,
    }));
    add(context, { kind: 'any', of, span: at.span });
  },
});

const communitySet = row('community-set <name:word>', {
  doc: 'The route has a community of the set.',
  refers: { name: 'community-list' },
  apply: (context, { name }, at) => {
    const [lists, span] = [[name], at.span];
    add(context, {
      kind: 'any',
      of: [
        { kind: 'community-list', lists, exact: false, span },
        { kind: 'large-community-list', lists, exact: false, span },
        { kind: 'extended-community-list', lists, span },
      ],
      span,
    });
  },
});

const asPathSet = row('as-path-set <name:word>', {
  doc: 'The AS path matches an expression of the set.',
  refers: { name: 'as-path-list' },
  apply: (context, { name }, at) => add(context, { kind: 'as-path-list', lists: [name], span: at.span }),
});

/** `match-set-options` beside a set: only `any` is how sets are read here. */
const options = row('match-set-options <options:any|all|invert>', {
  doc: 'Whether any member of the set must match, all or none.',
  apply: (context, { options: chosen }, at) => {
    if (chosen.value === 'any') return;
    const last = context.term.conditions.at(-1);
    if (chosen.value === 'invert' && last)
      context.term.conditions.splice(-1, 1, { kind: 'not', of: last, span: at.span });
    else complain(context.device, `policy ${context.policy} / match-set-options ${chosen.value}`, at.span);
  },
});

interface Length extends Statement {
  value?: number;
  operator: 'eq' | 'ge' | 'le';
  condition?: Condition;
}

/** Value and operator stand on lines of their own, in any order: the condition is made again by each. */
function lengthIs(context: Length, span: Span): void {
  const { value, operator, term } = context;
  if (value === undefined) return;
  const min = operator === 'le' ? 0 : value;
  const max = operator === 'ge' ? Number.MAX_SAFE_INTEGER : value;
  const condition: Condition = { kind: 'as-path-length', min, max, span };
  const at = context.condition ? term.conditions.indexOf(context.condition) : -1;
  if (at >= 0) term.conditions.splice(at, 1, condition);
  else term.conditions.push(condition);
  context.condition = condition;
}

const asPathLength: Entry = mode(
  'as-path-length',
  {
    doc: 'Length of the AS path.',
    enter: (context): Length => kept(context.term, 'as-path-length', () => ({ ...context, operator: 'eq' })),
  },
  [
    rowsOf<Length>()('value <value:int>', {
      doc: 'Number of AS numbers.',
      apply: (context, { value }, at) => {
        context.value = value.value;
        lengthIs(context, at.span);
      },
    }),
    rowsOf<Length>()('operator <operator:eq|ge|le>', {
      doc: 'Whether the length is equal, at least or at most.',
      apply: (context, { operator }, at) => {
        context.operator = operator.value;
        lengthIs(context, at.span);
      },
    }),
    flag<Length>('unique', 'Counts a repeated AS number once.', ({ device, policy }, { value, span }) => {
      if (value) complain(device, `policy ${policy} / as-path-length / unique`, span);
    }),
  ],
);

const families: Readonly<Record<string, (span: Span) => Condition>> = {
  ...Object.fromEntries(
    (['ipv4', 'ipv6'] as const).map((family: Family) => [
      `${family}-unicast`,
      (span: Span): Condition => ({
        kind: 'all',
        of: [
          { kind: 'family', family, span },
          { kind: 'not', of: { kind: 'overlay', states: ['carried'], span }, span },
        ],
        span,
      }),
    ]),
  ),
  evpn: (span) => ({ kind: 'overlay', states: ['carried'], span }),
};

const matchBgp: readonly Entry[] = [
  communitySet,
  asPathSet,
  options,
  mode('community', { doc: 'Communities of the route.', enter: (context) => context }, [communitySet, options]),
  mode('as-path', { doc: 'AS path of the route.', enter: (context) => context }, [asPathSet, options]),
  asPathLength,
  mode('evpn', { doc: 'Kind of EVPN route.', enter: (context) => context }, [
    row('route-type <types:words>', {
      doc: 'Types of EVPN routes.',
      apply: (context, { types }, at) => {
        // Routes of other types than 5 are not simulated: such a statement matches none that is.
        const states = types.value.includes('5') ? (['carried'] as const) : [];
        add(context, { kind: 'overlay', states, span: at.span });
      },
    }),
  ]),
  unknown(
    '<what:community-count|extended-community|standard-community-set|large-community-set|neighbor|origin-validation-state|next-hop|local-preference> [<rest:rest>]',
    'Known, and not simulated.',
  ),
];

const matchRows: readonly Entry[] = [
  prefixSet,
  mode('prefix', { doc: 'Prefix of the route.', enter: (context) => context }, [prefixSet, options]),
  row('protocol <name:word>', {
    doc: 'Where the route comes from.',
    apply: (context, { name }, at) => protocolIs(context, name.value, at.span),
  }),
  row('family <names:words>', {
    doc: 'Families of the route.',
    apply: (context, { names }, at) => {
      const of = names.value.map(
        (name): Condition =>
          families[name]?.(at.span) ?? { kind: 'not-modelled', text: `match family ${name}`, span: at.span },
      );
      if (of.some(({ kind }) => kind === 'not-modelled'))
        complain(context.device, `policy ${context.policy} / match family ${names.value.join(' ')}`, at.span);
      add(context, { kind: 'any', of, span: at.span });
    },
  }),
  mode('bgp', { doc: 'Attributes of BGP.', enter: (context) => context }, matchBgp),
  row('call-policy <name:word>', {
    doc: 'The route is accepted by another policy.',
    refers: { name: 'route-map' },
    apply: (context, { name }, at) => add(context, { kind: 'policy', policy: name, span: at.span }),
  }),
  unknown('<what:isis|ospf|internal-tags|multicast> [<rest:rest>]', 'Known, and not simulated.'),
];

const DECISIONS = {
  accept: 'permit',
  reject: 'deny',
  'next-statement': 'next-term',
  'next-policy': 'next-policy',
} as const;

/** Statements that say nowhere what happens to the route; `finishPolicies` lists them. */
const undecided = new WeakMap<DeviceDraft, Map<PolicyTerm, string>>();
const undecidedOf = (device: DeviceDraft): Map<PolicyTerm, string> => {
  const known = undecided.get(device) ?? new Map<PolicyTerm, string>();
  undecided.set(device, known);
  return known;
};

function statementOf({ device, policy }: Policy, name: string, span: Span): Statement {
  const known = policy.terms.find((term) => term.name === name);
  const term: PolicyTerm = known ?? { name, span, conditions: [], actions: [], disposition: 'deny' };
  if (!known) {
    policy.terms.push(term);
    undecidedOf(device).set(term, policy.name);
  }
  return { device, policy: policy.name, term };
}

const policyMode = modesOf<Policy>();

const policyRows: readonly Entry[] = [
  policyMode(
    'statement <name:word>',
    { doc: 'A statement of the policy.', enter: (policy, { name }, at) => statementOf(policy, name.value, at.span) },
    [
      mode(
        'match',
        { doc: 'Routes that the statement is about; without it, all.', enter: (context) => context },
        matchRows,
      ),
      mode(
        'action',
        {
          doc: 'What happens to these routes.',
          enter: ({ device, policy, term }) => ({
            device,
            policy,
            actions: term.actions,
            decide: (what: keyof typeof DECISIONS) => {
              term.disposition = DECISIONS[what];
              undecidedOf(device).delete(term);
            },
          }),
        },
        actionRows,
      ),
    ],
  ),
  policyMode(
    'default-action',
    {
      doc: 'What happens to routes that no statement decides.',
      enter: ({ device, policy }) => {
        policy.defaultActions ??= [];
        return {
          device,
          policy: policy.name,
          actions: policy.defaultActions as Action[],
          decide: (what: keyof typeof DECISIONS) => {
            const decision = DECISIONS[what];
            policy.defaultDisposition = decision === 'permit' || decision === 'deny' ? decision : 'next-policy';
          },
        };
      },
    },
    actionRows,
  ),
  rowsOf<Policy>()('statement-type <kind:word>', { doc: 'How statements are named.', effect: 'none' }),
];

/** `routing-policy { ... }`. */
export const routingPolicy: Entry = modesOf<DeviceDraft>()(
  'routing-policy',
  { doc: 'Routing policies and what they refer to.', enter: (device) => device },
  [
    ...policySets,
    modesOf<DeviceDraft>()(
      'policy <name:word>',
      {
        doc: 'A routing policy: statements from top to bottom, then the default action.',
        defines: { name: 'route-map' },
        enter: (device, { name }, at): Policy => ({
          device,
          policy: getOrMake(device.policies, name.value, () => ({
            name: name.value,
            span: at.span,
            terms: [],
            defaultDisposition: 'protocol-default',
          })),
        }),
      },
      policyRows,
    ),
  ],
);

/** Statements without a result, and AS numbers that are those of the router itself. */
export function finishPolicies(device: DeviceDraft): void {
  for (const [term, policy] of undecidedOf(device))
    complain(
      device,
      `policy ${policy} / statement ${term.name} has no policy-result: its routes are taken to be rejected`,
      term.span,
    );
  const own: Located<number> | undefined = device.bgp.find((process) => process.vrf === 'default')?.asn;
  for (const policy of device.policies.values())
    for (const actions of [...policy.terms.map((term) => term.actions), policy.defaultActions ?? []])
      for (const [at, action] of actions.entries()) {
        if (action.kind !== 'prepend-as-path' || !action.asns.includes(0)) continue;
        const asns = action.asns.map(() => own?.value ?? 0);
        actions.splice(at, 1, { ...action, asns });
        if (own === undefined || receives(device, policy.name))
          complain(
            device,
            `policy ${policy.name} / as-path / prepend / as-number auto on routes that are received`,
            action.span,
          );
      }
}

const receives = (device: DeviceDraft, name: string): boolean =>
  device.bgp.some((process) =>
    [...process.groups.values(), ...process.neighbours.values()].some((one) =>
      [one.everyFamily, ...one.families.values()].some((family) =>
        family?.policyIn?.policies.some(({ value }) => value === name),
      ),
    ),
  );
