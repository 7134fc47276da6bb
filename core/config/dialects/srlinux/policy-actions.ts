import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Action } from '../../device/policy.ts';
import type { Located, Span } from '../../span.ts';
import { complain, flag } from './common.ts';
import { kept } from './notes.ts';

/** Where actions go: a statement, or the policy's default action. */
interface Actions {
  readonly device: DeviceDraft;
  readonly policy: string;
  readonly actions: Action[];
  readonly decide: (what: 'accept' | 'reject' | 'next-statement' | 'next-policy') => void;
}

const row = rowsOf<Actions>();
const mode = modesOf<Actions>();

const unknown = (pattern: string): Entry =>
  row(pattern, {
    doc: 'Known, and not simulated.',
    apply: ({ device, policy, actions }, _, at) => {
      const text = `action ${at.statement.words.map((word) => word.text).join(' ')}`;
      actions.push({ kind: 'not-modelled', text, span: at.span });
      complain(device, `policy ${policy} / ${text}`, at.span);
    },
  });

interface Prepend extends Actions {
  asn?: number;
  times: number;
  action?: Action;
}

/** Number and count stand on lines of their own, in any order. 0 stands for the router's own AS number. */
function prepend(context: Prepend, span: Span): void {
  const { actions, asn, times } = context;
  if (asn === undefined) return;
  const action: Action = { kind: 'prepend-as-path', asns: Array<number>(Math.min(times, 50)).fill(asn), span };
  const at = context.action ? actions.indexOf(context.action) : -1;
  if (at >= 0) actions.splice(at, 1, action);
  else actions.push(action);
  context.action = action;
}

const asPath: readonly Entry[] = [
  mode(
    'prepend',
    {
      doc: 'Puts AS numbers in front of the path.',
      enter: (context): Prepend => kept(context.actions, 'prepend', () => ({ ...context, times: 1 })),
    },
    [
      rowsOf<Prepend>()('as-number <asn:asn|auto>', {
        doc: 'AS number that is put in front; auto is the own one on routes that are sent.',
        apply: (context, { asn }, at) => {
          context.asn = asn.value === 'auto' ? 0 : asn.value;
          prepend(context, at.span);
        },
      }),
      rowsOf<Prepend>()('repeat-n <count:int>', {
        doc: 'How often.',
        apply: (context, { count }, at) => {
          context.times = count.value;
          prepend(context, at.span);
        },
      }),
    ],
  ),
  row('replace <systems:asns>', {
    doc: 'Replaces the path.',
    apply: ({ actions }, { systems }, at) =>
      void actions.push({ kind: 'replace-as-path', asns: systems.value, span: at.span }),
  }),
  flag<Actions>('remove', 'Empties the path.', ({ actions }, { value, span }) => {
    if (value) actions.push({ kind: 'replace-as-path', asns: [], span });
  }),
];

const OPERATIONS = { add: 'add', remove: 'delete', replace: 'replace' } as const;

/** A set may hold communities of several kinds: each kind is changed by itself. */
function change(
  { actions }: Actions,
  operation: keyof typeof OPERATIONS,
  lists: readonly Located<string>[],
  span: Span,
): void {
  // "All of the existing communities are deleted": of the attributes COMMUNITIES and LARGE_COMMUNITIES alone.
  const types =
    operation === 'replace' ? (['standard', 'large'] as const) : (['standard', 'large', 'extended'] as const);
  for (const type of types)
    actions.push({ kind: 'set-communities', operation: OPERATIONS[operation], type, members: [], lists, span });
}

const bgp: readonly Entry[] = [
  mode('as-path', { doc: 'Changes the AS path.', enter: (context) => context }, asPath),
  mode('communities', { doc: 'Changes the communities.', enter: (context) => context }, [
    row('<operation:add|remove|replace> <names:words>', {
      doc: 'Adds, removes or replaces the communities of sets.',
      refers: { names: 'community-list' },
      apply: (context, { operation, names }, at) =>
        change(
          context,
          operation.value,
          names.value.map((value) => ({ value, span: names.span })),
          at.span,
        ),
    }),
  ]),
  mode('local-preference', { doc: 'Changes the local preference.', enter: (context) => context }, [
    row('set <value:int>', {
      doc: 'Sets the local preference.',
      apply: ({ actions }, { value }, at) =>
        void actions.push({ kind: 'set-local-preference', operation: 'set', value: value.value, span: at.span }),
    }),
  ]),
  mode('med', { doc: 'Changes the MED.', enter: (context) => context }, [
    row('set <value:int|route-table-cost>', {
      doc: 'Sets the MED, to a number or to the metric of the route.',
      apply: ({ actions }, { value }, at) =>
        void actions.push(
          value.value === 'route-table-cost'
            ? { kind: 'set-metric', operation: 'igp', value: 0, span: at.span }
            : { kind: 'set-metric', operation: 'set', value: value.value, span: at.span },
        ),
    }),
    unknown('<what:operation|value> [<rest:rest>]'),
  ]),
  mode('origin', { doc: 'Changes the origin.', enter: (context) => context }, [
    row('set <value:igp|egp|incomplete>', {
      doc: 'Sets the BGP origin.',
      apply: ({ actions }, { value }, at) =>
        void actions.push({ kind: 'set-origin', value: value.value, span: at.span }),
    }),
  ]),
  mode('next-hop', { doc: 'Changes the next hop.', enter: (context) => context }, [
    row('set <address:ip|self>', {
      doc: 'Sets the next hop, to an address or to the router itself.',
      apply: ({ actions }, { address }, at) =>
        void actions.push(
          address.value === 'self'
            ? { kind: 'set-next-hop', value: 'self', span: at.span }
            : { kind: 'set-next-hop', value: { address: address.value }, span: at.span },
        ),
    }),
  ]),
  mode('route-preference', { doc: 'Changes the preference of the route.', enter: (context) => context }, [
    row('set <value:int>', {
      doc: 'Sets the preference of the route.',
      apply: ({ actions }, { value }, at) =>
        void actions.push({ kind: 'set-distance', value: value.value, span: at.span }),
    }),
  ]),
  unknown('<what:extended-community|link-bandwidth|evpn|resolution> [<rest:rest>]'),
];

const common: readonly Entry[] = [
  mode('bgp', { doc: 'Changes attributes of BGP.', enter: (context) => context }, bgp),
  unknown('<what:isis|ospf|internal-tags|ip-route|multicast> [<rest:rest>]'),
];

const decides = (what: 'accept' | 'reject' | 'next-statement' | 'next-policy', doc: string): Entry =>
  mode(
    what,
    {
      doc,
      enter: (context) => {
        context.decide(what);
        return context;
      },
    },
    what === 'reject' ? [] : common,
  );

/** Rows of `action` and `default-action`: `policy-result`, and the blocks that stood for it before release 22. */
export const actionRows: readonly Entry[] = [
  row('policy-result <what:accept|reject|next-statement|next-policy>', {
    doc: 'What happens to the route.',
    apply: ({ decide }, { what }) => decide(what.value),
  }),
  decides('accept', 'The route is accepted (before release 22).'),
  decides('reject', 'The route is rejected (before release 22).'),
  decides('next-statement', 'The next statement decides (before release 22).'),
  decides('next-policy', 'The next policy decides (before release 22).'),
  ...common,
];
