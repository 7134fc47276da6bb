import { makePrefix, maskLength, parseIp, parsePrefix } from '../../address.ts';
import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import {
  type Action,
  type Condition,
  type Family,
  type PolicyTerm,
  prefixListKey,
  type RoutePolicy,
} from '../../device/policy.ts';
import type { Located, Span } from '../../span.ts';
import { addCommunityMembers } from '../shared/community-definitions.ts';
import { getOrMake } from '../shared/drafts.ts';

const bits = (family: Family): number => (family === 'ipv4' ? 32 : 128);
const each = (words: Located<readonly string[]>): Located<string>[] =>
  words.value.map((value) => ({ value, span: words.span }));

// ---- prefix lists ---------------------------------------------------------------------------------------------------

interface PrefixContext {
  readonly device: DeviceDraft;
  readonly name: string;
  readonly prefix: string;
  start?: number;
}

function addEntry(device: DeviceDraft, name: string, prefix: string, min: number, max: number, span: Span): void {
  const family: Family = prefix.includes(':') ? 'ipv6' : 'ipv4';
  const list = getOrMake(device.prefixLists, prefixListKey(family, name), () => ({ name, family, span, entries: [] }));
  list.entries.push({
    sequence: list.entries.length + 1,
    action: 'permit',
    prefix,
    minLength: min,
    maxLength: max,
    span,
  });
}

const lengthOf = (prefix: string): number => parsePrefix(prefix)?.length ?? 0;
const familyOf = (prefix: string): Family => (prefix.includes(':') ? 'ipv6' : 'ipv4');
const listMode = modesOf<{ readonly device: DeviceDraft; readonly name: string }>();
const prefixRow = rowsOf<PrefixContext>();
const complain = (device: DeviceDraft, text: string, span: Span): void => {
  device.notModelled.push({ span, text, mayAffectRouting: true });
};

const prefixMode = (
  type: string,
  doc: string,
  add: ((context: PrefixContext, span: Span) => void) | undefined,
  rows: readonly Entry[],
): Entry =>
  listMode(
    `prefix <prefix:prefix> type ${type}`,
    {
      doc,
      enter: ({ device, name }, args, at): PrefixContext => {
        const context = { device, name, prefix: (args as { prefix: Located<string> }).prefix.value };
        add?.(context, at.span);
        return context;
      },
    },
    rows,
  );

const prefixLists: Entry = modesOf<DeviceDraft>()(
  'prefix-list <name:word>',
  {
    doc: 'A list of prefixes.',
    defines: { name: 'prefix-list' },
    enter: (device, { name }, at) => {
      for (const family of ['ipv4', 'ipv6'] as const)
        getOrMake(device.prefixLists, prefixListKey(family, name.value), () => ({
          name: name.value,
          family,
          span: at.span,
          entries: [],
        }));
      return { device, name: name.value };
    },
  },
  [
    prefixMode(
      'exact',
      'Exactly this prefix.',
      ({ device, name, prefix }, span) => addEntry(device, name, prefix, lengthOf(prefix), lengthOf(prefix), span),
      [],
    ),
    prefixMode(
      'longer',
      'This prefix and longer ones.',
      ({ device, name, prefix }, span) =>
        addEntry(device, name, prefix, lengthOf(prefix), bits(familyOf(prefix)), span),
      [],
    ),
    prefixMode('through', 'This prefix and longer ones up to a length.', undefined, [
      prefixRow('through-length <length:int>', {
        doc: 'Longest length.',
        apply: ({ device, name, prefix }, { length }, at) =>
          addEntry(device, name, prefix, lengthOf(prefix), length.value, at.span),
      }),
    ]),
    prefixMode('range', 'Longer prefixes of these lengths.', undefined, [
      prefixRow('start-length <length:int>', {
        doc: 'Shortest length.',
        apply: (context, { length }) => {
          context.start = length.value;
        },
      }),
      prefixRow('end-length <length:int>', {
        doc: 'Longest length.',
        apply: ({ device, name, prefix, start }, { length }, at) =>
          addEntry(device, name, prefix, start ?? lengthOf(prefix), length.value, at.span),
      }),
    ]),
    prefixMode('to', 'Every prefix on the way from this one to a longer one.', undefined, [
      prefixRow('to-prefix <to:prefix>', {
        doc: 'The longest prefix of the way.',
        apply: ({ device, name, prefix }, { to }, at) => {
          const target = parsePrefix(to.value);
          const ip = parseIp(to.value.split('/')[0] ?? '');
          if (!target || !ip) return;
          for (let length = lengthOf(prefix); length <= target.length; length += 1)
            addEntry(device, name, makePrefix(ip, length).text, length, length, at.span);
        },
      }),
    ]),
    prefixMode('address-mask', 'Prefixes of this length whose address is equal under a mask.', undefined, [
      prefixRow('mask-pattern <mask:ip>', {
        doc: 'Bits that must be equal.',
        apply: ({ device, name, prefix }, { mask }, at) => {
          const length = maskLength(mask.value);
          if (length !== undefined && length >= lengthOf(prefix))
            addEntry(device, name, prefix, lengthOf(prefix), lengthOf(prefix), at.span);
          else
            complain(
              device,
              `prefix-list ${name} / prefix ${prefix} type address-mask / mask-pattern ${mask.value}`,
              at.span,
            );
        },
      }),
    ]),
  ],
);

// ---- policies -------------------------------------------------------------------------------------------------------

interface PolicyContext {
  readonly device: DeviceDraft;
  readonly policy: RoutePolicy;
}
interface EntryContext {
  readonly device: DeviceDraft;
  readonly term: PolicyTerm;
}
/** Where actions go: an entry, or the policy's default action. */
interface ActionContext {
  readonly device: DeviceDraft;
  readonly actions: Action[];
  readonly decide: (what: PolicyTerm['disposition']) => void;
}

const fromRow = rowsOf<EntryContext>();
const add = ({ term }: EntryContext, condition: Condition): void => {
  term.conditions.push(condition);
};
/** A number and how the route's is compared with it; equal unless it says otherwise. */
interface BoundContext {
  readonly condition: { min: number; max: number };
  bound: number;
}
const boundRow = rowsOf<BoundContext>();
const boundRows: readonly Entry[] = [
  boundRow('value <value:int>', {
    doc: 'The number.',
    apply: (context, { value }) => {
      context.bound = value.value;
      context.condition.min = value.value;
      context.condition.max = value.value;
    },
  }),
  boundRow('qualifier <how:equal|or-higher|or-lower>', {
    doc: 'How it is compared.',
    apply: ({ condition, bound }, { how }) => {
      if (how.value === 'or-higher') condition.max = Number.POSITIVE_INFINITY;
      if (how.value === 'or-lower') condition.min = 0;
      if (how.value === 'equal') Object.assign(condition, { min: bound, max: bound });
    },
  }),
];

/** What else may stand in a block of conditions. */
const notHere = (block: string): Entry =>
  fromRow('<what:words>', {
    doc: 'A condition that is not modelled.',
    apply: (context, { what }, at) => {
      const text = `from ${block} ${what.value.join(' ')}`;
      add(context, { kind: 'not-modelled', text, span: at.span });
      complain(context.device, text, at.span);
    },
  });

const from: readonly Entry[] = [
  fromRow('prefix-list <names:words>', {
    doc: 'Destination is in one of the prefix lists.',
    refers: { names: 'prefix-list' },
    apply: (context, { names }, at) => {
      const lists = each(names);
      add(context, {
        kind: 'any',
        of: (['ipv4', 'ipv6'] as const).map((family) => ({
          kind: 'prefix-list' as const,
          family,
          lists,
          span: at.span,
        })),
        span: at.span,
      });
    },
  }),
  fromRow('community name <name:word>', {
    doc: 'Communities of the route.',
    refers: { name: 'community-list' },
    apply: (context, { name }, at) =>
      add(context, { kind: 'community-list', lists: [name], exact: false, span: at.span }),
  }),
  fromRow('as-path name <name:word>', {
    doc: 'AS path of the route.',
    refers: { name: 'as-path-list' },
    apply: (context, { name }, at) => add(context, { kind: 'as-path-list', lists: [name], span: at.span }),
  }),
  fromRow('protocol name <names:words>', {
    doc: 'Protocol that the route comes from.',
    apply: (context, { names }, at) => add(context, { kind: 'protocol', protocols: names.value, span: at.span }),
  }),
  fromRow('tag <value:int>', {
    doc: 'Tag of the route.',
    apply: (context, { value }, at) => add(context, { kind: 'tag', tags: [value.value], span: at.span }),
  }),
  fromRow('origin <value:igp|egp|incomplete>', {
    doc: 'BGP origin of the route.',
    apply: (context, { value }, at) => add(context, { kind: 'origin', origin: value.value, span: at.span }),
  }),
  fromRow('neighbor ip-address <address:ip>', {
    doc: 'Neighbour that the route was learned from.',
    apply: (context, { address }, at) => add(context, { kind: 'neighbour', peers: [address.value], span: at.span }),
  }),
  fromRow('family <names:words>', {
    doc: 'Address family of the route.',
    apply: (context, { names }, at) => {
      const families = names.value.flatMap((name): Family[] =>
        name === 'ipv4' ? ['ipv4'] : name === 'ipv6' ? ['ipv6'] : [],
      );
      if (families.length > 0)
        add(context, {
          kind: 'any',
          of: families.map((family) => ({ kind: 'family' as const, family, span: at.span })),
          span: at.span,
        });
    },
  }),
  fromRow('policy <name:word>', {
    doc: 'The route is accepted by another policy.',
    refers: { name: 'route-map' },
    apply: (context, { name }, at) => add(context, { kind: 'policy', policy: name, span: at.span }),
  }),
  modesOf<EntryContext>()('neighbor', { doc: 'Neighbour of the route.', enter: (context) => context }, [
    fromRow('ip-address <address:ip>', {
      doc: 'Neighbour that the route was learned from.',
      apply: (context, { address }, at) => add(context, { kind: 'neighbour', peers: [address.value], span: at.span }),
    }),
    notHere('neighbor'),
  ]),
  modesOf<EntryContext>()('next-hop', { doc: 'Next hop of the route.', enter: (context) => context }, [
    fromRow('ip-address <address:ip>', {
      doc: 'Address of the next hop.',
      apply: (context, { address }, at) =>
        add(context, { kind: 'next-hop', addresses: [address.value], span: at.span }),
    }),
    fromRow('prefix-list <name:word>', {
      doc: 'The next hop is in the prefix list.',
      refers: { name: 'prefix-list' },
      apply: (context, { name }, at) =>
        add(context, {
          kind: 'any',
          of: (['ipv4', 'ipv6'] as const).map((family) => ({
            kind: 'next-hop-prefix-list' as const,
            family,
            lists: [name],
            span: at.span,
          })),
          span: at.span,
        }),
    }),
    notHere('next-hop'),
  ]),
  fromRow('next-hop ip-address <address:ip>', {
    doc: 'Address of the next hop.',
    apply: (context, { address }, at) => add(context, { kind: 'next-hop', addresses: [address.value], span: at.span }),
  }),
  fromRow('interface <name:word>', {
    doc: 'Interface by which the route leaves.',
    apply: (context, { name }, at) => add(context, { kind: 'interface', interfaces: [name], span: at.span }),
  }),
  fromRow('external <state:true|false>', {
    doc: 'External routes.',
    apply: (context, { state }, at) => {
      const condition: Condition = {
        kind: 'route-type',
        types: ['external type-1', 'external type-2'],
        span: at.span,
      };
      add(context, state.value === 'true' ? condition : { kind: 'not', of: condition, span: at.span });
    },
  }),
  fromRow('level <value:1|2>', {
    doc: 'Level of an IS-IS route.',
    apply: (context, { value }, at) =>
      add(context, { kind: 'route-type', types: [`level-${value.value}`], span: at.span }),
  }),
  fromRow('type <value:1|2>', {
    doc: 'Type of an external OSPF route.',
    apply: (context, { value }, at) =>
      add(context, { kind: 'route-type', types: [`external type-${value.value}`], span: at.span }),
  }),
  fromRow('path-type <value:ebgp|ibgp>', {
    doc: 'Whether the route was learned from an external or an internal neighbour.',
    apply: (context, { value }, at) => add(context, { kind: 'protocol', protocols: [value.value], span: at.span }),
  }),
  ...(['metric', 'local-preference', 'community-count'] as const).map((kind) =>
    modesOf<EntryContext>()(
      kind,
      {
        doc: 'A number of the route.',
        enter: (context, _, at): BoundContext => {
          const condition = { kind, min: 0, max: 0, span: at.span };
          context.term.conditions.push(condition);
          return { condition, bound: 0 };
        },
      },
      boundRows,
    ),
  ),
  fromRow('<what:words>', {
    doc: 'A condition that is not modelled.',
    apply: (context, { what }, at) => {
      const text = `from ${what.value.join(' ')}`;
      add(context, { kind: 'not-modelled', text, span: at.span });
      complain(context.device, text, at.span);
    },
  }),
];

const actionRow = rowsOf<ActionContext>();
const actionMode = modesOf<ActionContext>();
const decisions = {
  accept: 'permit',
  reject: 'deny',
  drop: 'deny',
  'next-entry': 'next-term',
  'next-policy': 'next-policy',
} as const;
const operations = { add: 'add', remove: 'delete', replace: 'replace' } as const;

const action: readonly Entry[] = [
  actionRow('action-type <what:accept|reject|drop|next-entry|next-policy>', {
    doc: 'What happens to the route.',
    apply: ({ decide }, { what }) => decide(decisions[what.value]),
  }),
  actionRow('local-preference <value:int>', {
    doc: 'Sets the local preference.',
    apply: ({ actions }, { value }, at) =>
      void actions.push({ kind: 'set-local-preference', operation: 'set', value: value.value, span: at.span }),
  }),
  actionRow('metric <operation:set|add|subtract> <value:int>', {
    doc: 'Sets, raises or lowers the metric (MED).',
    apply: ({ actions }, { operation, value }, at) =>
      void actions.push({ kind: 'set-metric', operation: operation.value, value: value.value, span: at.span }),
  }),
  actionRow('metric set igp', {
    doc: 'Sets the MED to the IGP metric.',
    apply: ({ actions }, _, at) => void actions.push({ kind: 'set-metric', operation: 'igp', value: 0, span: at.span }),
  }),
  ...['metric', 'bgp-med'].map((word) =>
    actionMode(word, { doc: 'Sets, raises or lowers the metric (MED).', enter: (context) => context }, [
      actionRow('set igp', {
        doc: 'Sets the MED to the IGP metric.',
        apply: ({ actions }, _, at) =>
          void actions.push({ kind: 'set-metric', operation: 'igp', value: 0, span: at.span }),
      }),
      actionRow('<operation:set|add|subtract> <value:int>', {
        doc: 'Sets, raises or lowers the metric (MED).',
        apply: ({ actions }, { operation, value }, at) =>
          void actions.push({ kind: 'set-metric', operation: operation.value, value: value.value, span: at.span }),
      }),
      actionRow('<what:words>', {
        doc: 'A change that is not modelled.',
        apply: ({ device, actions }, { what }, at) => {
          const text = `action ${word} ${what.value.join(' ')}`;
          actions.push({ kind: 'not-modelled', text, span: at.span });
          complain(device, text, at.span);
        },
      }),
    ]),
  ),
  actionRow('next-hop-self <state:true|false>', {
    doc: 'The router names itself as next hop.',
    apply: ({ actions }, { state }, at) => {
      if (state.value === 'true') actions.push({ kind: 'set-next-hop', value: 'self', span: at.span });
    },
  }),
  actionRow('type <value:1|2>', {
    doc: 'Type of the external OSPF route.',
    apply: ({ actions }, { value }, at) =>
      void actions.push({
        kind: 'set-metric-type',
        value: value.value === '1' ? 'type-1' : 'type-2',
        span: at.span,
      }),
  }),
  actionRow('<what:damping|sticky-ecmp|install-backup-path|bgp-high-priority|forwarding-class> [<rest:rest>]', {
    doc: 'Does not change routes of a converged network.',
    effect: 'none',
  }),
  actionRow('origin <value:igp|egp|incomplete>', {
    doc: 'Sets the BGP origin.',
    apply: ({ actions }, { value }, at) => void actions.push({ kind: 'set-origin', value: value.value, span: at.span }),
  }),
  actionRow('preference <value:int>', {
    doc: 'Sets the route preference.',
    apply: ({ actions }, { value }, at) =>
      void actions.push({ kind: 'set-distance', value: value.value, span: at.span }),
  }),
  actionRow('tag <value:int>', {
    doc: 'Sets the tag.',
    apply: ({ actions }, { value }, at) => void actions.push({ kind: 'set-tag', value: value.value, span: at.span }),
  }),
  actionRow('next-hop self', {
    doc: 'The router names itself as next hop.',
    apply: ({ actions }, _, at) => void actions.push({ kind: 'set-next-hop', value: 'self', span: at.span }),
  }),
  actionRow('next-hop <address:ip>', {
    doc: 'Sets the next hop.',
    apply: ({ actions }, { address }, at) =>
      void actions.push({
        kind: 'set-next-hop',
        value: { address: address.value },
        family: familyOf(address.value),
        span: at.span,
      }),
  }),
  actionMode('community', { doc: 'Changes the communities.', enter: (context) => context }, [
    actionRow('<operation:add|remove|replace> <names:words>', {
      doc: 'Adds, removes or replaces the communities of definitions.',
      refers: { names: 'community-list' },
      apply: ({ actions }, { operation, names }, at) =>
        void actions.push({
          kind: 'set-communities',
          operation: operations[operation.value],
          type: 'standard',
          members: [],
          lists: each(names),
          span: at.span,
        }),
    }),
  ]),
  actionMode(
    'as-path-prepend',
    { doc: 'Puts AS numbers in front of the path.', enter: (context): PrependContext => ({ ...context, asn: 0 }) },
    [
      rowsOf<PrependContext>()('as-path <asn:asn>', {
        doc: 'AS number that is put in front.',
        apply: (context, { asn }, at) => {
          context.asn = asn.value;
          context.actions.push({ kind: 'prepend-as-path', asns: [asn.value], span: at.span });
        },
      }),
      rowsOf<PrependContext>()('repeat <count:int>', {
        doc: 'How often.',
        apply: ({ actions, asn }, { count }, at) => {
          actions.pop();
          actions.push({
            kind: 'prepend-as-path',
            asns: Array<number>(Math.min(count.value, 50)).fill(asn),
            span: at.span,
          });
        },
      }),
    ],
  ),
  actionRow('<what:words>', {
    doc: 'An action that is not modelled.',
    apply: ({ device, actions }, { what }, at) => {
      const text = `action ${what.value.join(' ')}`;
      actions.push({ kind: 'not-modelled', text, span: at.span });
      complain(device, text, at.span);
    },
  }),
];

interface PrependContext extends ActionContext {
  asn: number;
}

const entryMode = modesOf<EntryContext>();
const entryRows: readonly Entry[] = [
  entryMode('from', { doc: 'Routes that the entry applies to.', enter: (context) => context }, [
    entryMode(
      '<kind:community|as-path|protocol>',
      { doc: 'A condition by name.', enter: (context, { kind }) => ({ ...context, kind: kind.value }) },
      [
        rowsOf<EntryContext & { kind: string }>()('name <names:words>', {
          doc: 'The definitions or protocols.',
          apply: (context, { names }, at) => {
            const lists = each(names);
            if (context.kind === 'community')
              add(context, { kind: 'community-list', lists, exact: false, span: at.span });
            else if (context.kind === 'as-path') add(context, { kind: 'as-path-list', lists, span: at.span });
            else add(context, { kind: 'protocol', protocols: names.value, span: at.span });
          },
        }),
        rowsOf<EntryContext & { kind: string }>()('group <name:word>', {
          doc: 'A group of expressions.',
          apply: (context, { name }, at) => add(context, { kind: 'as-path-list', lists: [name], span: at.span }),
        }),
        modesOf<EntryContext & { kind: string }>()(
          'length',
          {
            doc: 'Length of the AS path.',
            enter: (context, _, at): BoundContext => {
              const condition = { kind: 'as-path-length' as const, min: 0, max: 0, span: at.span };
              context.term.conditions.push(condition);
              return { condition, bound: 0 };
            },
          },
          boundRows,
        ),
        rowsOf<EntryContext & { kind: string }>()('<what:words>', {
          doc: 'A condition that is not modelled.',
          apply: (context, { what }, at) => {
            const text = `from ${context.kind} ${what.value.join(' ')}`;
            add(context, { kind: 'not-modelled', text, span: at.span });
            complain(context.device, text, at.span);
          },
        }),
      ],
    ),
    ...from,
  ]),
  entryMode('to', { doc: 'Where the route goes.', enter: (context) => context }, [
    fromRow('<what:words>', {
      doc: 'A condition that is not modelled.',
      apply: (context, { what }, at) => {
        const text = `to ${what.value.join(' ')}`;
        add(context, { kind: 'not-modelled', text, span: at.span });
        complain(context.device, text, at.span);
      },
    }),
  ]),
  entryMode(
    'action',
    {
      doc: 'What happens to these routes.',
      enter: ({ device, term }): ActionContext => ({
        device,
        actions: term.actions,
        decide: (what) => {
          term.disposition = what;
        },
      }),
    },
    action,
  ),
  fromRow('description <text:rest>', { doc: 'A text for people.', effect: 'none' }),
];

const policyMode = modesOf<PolicyContext>();

/** An entry without an action rejects (the default of `action-type`). */
const entryOf = ({ device, policy }: PolicyContext, name: string, span: Span): EntryContext => {
  const known = policy.terms.find((term) => term.name === name);
  if (known) return { device, term: known };
  const term: PolicyTerm = { name, span, conditions: [], actions: [], disposition: 'deny' };
  policy.terms.push(term);
  return { device, term };
};

/** `policy-options { ... }` and `filter { ... }` are of the router as a whole. */
export const policyOptions: Entry = modesOf<DeviceDraft>()(
  'policy-options',
  { doc: 'Routing policies and what they refer to.', enter: (device) => device },
  [
    prefixLists,
    modesOf<DeviceDraft>()(
      'community <name:word>',
      {
        doc: 'Communities under a name.',
        defines: { name: 'community-list' },
        enter: (device, { name }) => ({ device, name: name.value }),
      },
      [
        rowsOf<{ device: DeviceDraft; name: string }>()('member <member:word>', {
          doc: 'A community, or an expression over communities.',
          apply: ({ device, name }, { member }, at) => addCommunityMembers(device, name, [member.value], at.span),
        }),
        rowsOf<{ device: DeviceDraft; name: string }>()('expression <expression:rest>', {
          doc: 'A logical expression over communities.',
          apply: ({ device, name }, { expression }, at) =>
            complain(device, `community ${name} / expression ${expression.value}`, at.span),
        }),
      ],
    ),
    modesOf<DeviceDraft>()(
      'as-path-group <name:word>',
      {
        doc: 'Expressions over AS numbers under one name.',
        defines: { name: 'as-path-list' },
        enter: (device, { name }) => ({ device, name: name.value }),
      },
      [
        modesOf<{ device: DeviceDraft; name: string }>()(
          'entry <number:int>',
          { doc: 'An expression of the group.', enter: (context) => context },
          [
            rowsOf<{ device: DeviceDraft; name: string }>()('expression <expression:rest>', {
              doc: 'An expression over AS numbers.',
              apply: ({ device, name }, { expression }, at) => {
                getOrMake(device.asPathLists, name, () => ({ name, span: at.span, entries: [] })).entries.push({
                  action: 'permit',
                  expression: expression.value,
                  span: at.span,
                });
              },
            }),
          ],
        ),
      ],
    ),
    modesOf<DeviceDraft>()(
      'as-path <name:word>',
      {
        doc: 'An expression over AS numbers under a name.',
        defines: { name: 'as-path-list' },
        enter: (device, { name }) => ({ device, name: name.value }),
      },
      [
        rowsOf<{ device: DeviceDraft; name: string }>()('expression <expression:rest>', {
          doc: 'An expression over AS numbers.',
          apply: ({ device, name }, { expression }, at) => {
            getOrMake(device.asPathLists, name, () => ({ name, span: at.span, entries: [] })).entries.push({
              action: 'permit',
              expression: expression.value,
              span: at.span,
            });
          },
        }),
      ],
    ),
    modesOf<DeviceDraft>()(
      'policy-statement <name:word>',
      {
        doc: 'A routing policy: entries from top to bottom.',
        defines: { name: 'route-map' },
        enter: (device, { name }, at): PolicyContext => ({
          device,
          policy: getOrMake(device.policies, name.value, () => ({
            name: name.value,
            span: at.span,
            terms: [],
            defaultDisposition: 'protocol-default',
          })),
        }),
      },
      [
        policyMode(
          'entry <number:int>',
          {
            doc: 'An entry of the policy.',
            enter: (context, { number }, at) => entryOf(context, String(number.value), at.span),
          },
          entryRows,
        ),
        policyMode(
          'named-entry <name:word>',
          { doc: 'An entry of the policy.', enter: (context, { name }, at) => entryOf(context, name.value, at.span) },
          entryRows,
        ),
        policyMode(
          'default-action',
          {
            doc: 'What happens to routes that no entry decides.',
            enter: ({ device, policy }): ActionContext => {
              policy.defaultActions ??= [];
              return {
                device,
                actions: policy.defaultActions,
                decide: (what) => {
                  policy.defaultDisposition = what === 'permit' || what === 'deny' ? what : 'next-policy';
                },
              };
            },
          },
          action,
        ),
        rowsOf<PolicyContext>()('<what:entry-type|description> <rest:rest>', {
          doc: 'How entries are named.',
          effect: 'none',
        }),
      ],
    ),
    rowsOf<DeviceDraft>()('<what:damping|policy-variables|redundancy> [<rest:rest>]', {
      doc: 'Does not change routes of a converged network.',
      effect: 'none',
    }),
  ],
);
