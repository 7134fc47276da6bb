import { parsePrefix } from '../../address.ts';
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
import { parseAsn } from '../../slot-types.ts';
import type { Located, Span } from '../../span.ts';
import { addCommunityMembers } from '../shared/community-definitions.ts';
import { getOrMake } from '../shared/drafts.ts';

/** A policy while its lines arrive: conditions of one kind in a term are alternatives, so they are collected by kind. */
interface TermContext {
  readonly device: DeviceDraft;
  readonly term: PolicyTerm;
}

const bits = (family: Family): number => (family === 'ipv4' ? 32 : 128);
const familyOf = (prefix: string): Family => (prefix.includes(':') ? 'ipv6' : 'ipv4');

/**
 * "Routing Policy Match Conditions": values of one condition are alternatives; different conditions must all hold.
 * Route filters and prefix lists of one term are alternatives of each other.
 */
const ADDRESS_KINDS: ReadonlySet<Condition['kind']> = new Set(['prefix', 'prefix-list', 'closest-prefix']);
const alike = (a: Condition['kind'], b: Condition['kind']): boolean =>
  a === b || (ADDRESS_KINDS.has(a) && ADDRESS_KINDS.has(b));

function addCondition(term: PolicyTerm, condition: Condition): void {
  const at = term.conditions.findIndex((known) =>
    alike(known.kind === 'any' ? (known.of[0]?.kind ?? 'any') : known.kind, condition.kind),
  );
  const known = term.conditions[at];
  if (!known) term.conditions.push(condition);
  else
    term.conditions[at] = {
      kind: 'any',
      of: [...(known.kind === 'any' ? known.of : [known]), condition],
      span: known.span,
    };
}

const row = rowsOf<TermContext>();

/** Route filters of a term are one question: the filter that holds the route most closely decides. */
function addFilter(term: PolicyTerm, prefix: string, minLength: number, maxLength: number, span: Span): void {
  const filter = { prefix, minLength, maxLength, span };
  const into = (condition: Condition): Condition | undefined =>
    condition.kind === 'closest-prefix' ? { ...condition, filters: [...condition.filters, filter] } : undefined;
  for (const [at, known] of term.conditions.entries()) {
    const grown =
      known.kind === 'any' && known.of.some((one) => one.kind === 'closest-prefix')
        ? { ...known, of: known.of.map((one) => into(one) ?? one) }
        : into(known);
    if (!grown) continue;
    term.conditions[at] = grown;
    return;
  }
  addCondition(term, { kind: 'closest-prefix', filters: [filter], span });
}

const addressCondition = (prefix: string, min: number, max: number, span: Span): Condition => ({
  kind: 'prefix',
  prefix,
  minLength: min,
  maxLength: max,
  span,
});

/** Lengths of the prefixes that a match type takes; undefined for one that is not about lengths alone. */
function filterBounds(
  how: string,
  argument: string | undefined,
  length: number,
  most: number,
): readonly [number, number] | undefined {
  const range = /^\/(\d+)-\/(\d+)$/.exec(argument ?? '');
  const upTo = /^\/(\d+)$/.exec(argument ?? '');
  if (how === 'exact') return [length, length];
  if (how === 'longer') return [length + 1, most];
  if (how === 'orlonger') return [length, most];
  if (how === 'upto' && upTo) return [length, Number(upTo[1])];
  if (how === 'prefix-length-range' && range) return [Number(range[1]), Number(range[2])];
  return undefined;
}

function routeFilter(term: PolicyTerm, prefix: string, how: string, argument: string | undefined, span: Span): void {
  const length = parsePrefix(prefix)?.length ?? 0;
  const most = bits(familyOf(prefix));
  const bounds = filterBounds(how, argument, length, most);
  if (bounds) addFilter(term, prefix, bounds[0], bounds[1], span);
  else
    addCondition(term, { kind: 'not-modelled', text: `route-filter ${prefix} ${how} ${argument ?? ''}`.trim(), span });
}

/** A prefix list may hold both families; the model keeps one list per family under the same name. */
const bothFamilies = (name: Located<string>, span: Span): readonly Condition[] => [
  { kind: 'prefix-list', family: 'ipv4', lists: [name], span },
  { kind: 'prefix-list', family: 'ipv6', lists: [name], span },
];

const each = (words: Located<readonly string[]>): Located<string>[] =>
  words.value.map((value) => ({ value, span: words.span }));

/** `equal` is the default. */
const counted = (value: number, how: string | undefined): { readonly min: number; readonly max: number } => ({
  min: how === 'orlower' ? 0 : value,
  max: how === 'orhigher' ? Number.POSITIVE_INFINITY : value,
});

interface RouteFilter {
  readonly prefix: string;
  readonly how: string;
  readonly argument: string | undefined;
}
/** `route-filter-list`s by name. */
const routeFilterLists = new WeakMap<DeviceDraft, Map<string, RouteFilter[]>>();

const from: readonly Entry[] = [
  row('protocol <names:words>', {
    doc: 'Protocol that the route comes from.',
    apply: ({ term }, { names }, at) => addCondition(term, { kind: 'protocol', protocols: names.value, span: at.span }),
  }),
  row(
    'route-filter <prefix:prefix> <how:exact|longer|orlonger|upto|prefix-length-range|through|address-mask> [<argument:word>] [<then:rest>]',
    {
      doc: 'Destination of the route.',
      apply: ({ term }, { prefix, how, argument, then }, at) => {
        if (then)
          addCondition(term, {
            kind: 'not-modelled',
            text: `route-filter ${prefix.value} with actions of its own`,
            span: at.span,
          });
        else routeFilter(term, prefix.value, how.value, argument?.value, at.span);
      },
    },
  ),
  row('prefix-list <name:word>', {
    doc: 'Destination is exactly one of the prefix list.',
    refers: { name: 'prefix-list' },
    apply: ({ term }, { name }, at) => {
      for (const condition of bothFamilies(name, at.span)) addCondition(term, condition);
    },
  }),
  row('prefix-list-filter <name:word> <how:exact|longer|orlonger>', {
    doc: 'Destination is one of the prefix list, or longer.',
    refers: { name: 'prefix-list' },
    apply: ({ device, term }, { name, how }, at) => {
      if (how.value === 'exact') {
        for (const condition of bothFamilies(name, at.span)) addCondition(term, condition);
        return;
      }
      const entries = (['ipv4', 'ipv6'] as const).flatMap(
        (family) => device.prefixLists.get(prefixListKey(family, name.value))?.entries ?? [],
      );
      // Lists stand before policies in a configuration as the system writes it; one that comes later is not seen here.
      if (entries.length === 0)
        addCondition(term, {
          kind: 'not-modelled',
          text: `prefix-list-filter ${name.value} ${how.value} before the list`,
          span: at.span,
        });
      for (const { prefix } of entries) {
        const length = parsePrefix(prefix)?.length ?? 0;
        const [min, max] = filterBounds(how.value, undefined, length, bits(familyOf(prefix))) ?? [length, length];
        addCondition(term, addressCondition(prefix, min, max, at.span));
      }
    },
  }),
  row('community <names:words>', {
    doc: 'Communities of the route.',
    refers: { names: 'community-list' },
    apply: ({ term }, { names }, at) =>
      addCondition(term, { kind: 'community-list', lists: each(names), exact: false, span: at.span }),
  }),
  row('as-path <names:words>', {
    doc: 'AS path of the route.',
    refers: { names: 'as-path-list' },
    apply: ({ term }, { names }, at) => addCondition(term, { kind: 'as-path-list', lists: each(names), span: at.span }),
  }),
  row('neighbor <peers:words>', {
    doc: 'Neighbour that the route was learned from, or is sent to.',
    apply: ({ term }, { peers }, at) => addCondition(term, { kind: 'neighbour', peers: peers.value, span: at.span }),
  }),
  row('interface <names:words>', {
    doc: 'Interface of the next hop.',
    apply: ({ term }, { names }, at) =>
      addCondition(term, { kind: 'interface', interfaces: each(names), span: at.span }),
  }),
  row('tag <values:words>', {
    doc: 'Tag of the route.',
    apply: ({ term }, { values }, at) =>
      addCondition(term, { kind: 'tag', tags: values.value.map(Number), span: at.span }),
  }),
  row('metric <value:int>', {
    doc: 'Metric (MED) of the route.',
    apply: ({ term }, { value }, at) =>
      addCondition(term, { kind: 'metric', min: value.value, max: value.value, span: at.span }),
  }),
  row('local-preference <value:int>', {
    doc: 'Local preference of the route.',
    apply: ({ term }, { value }, at) =>
      addCondition(term, { kind: 'local-preference', min: value.value, max: value.value, span: at.span }),
  }),
  row('origin <value:igp|egp|incomplete>', {
    doc: 'BGP origin of the route.',
    apply: ({ term }, { value }, at) => addCondition(term, { kind: 'origin', origin: value.value, span: at.span }),
  }),
  row('route-type <value:internal|external>', {
    doc: 'Whether the route is internal or external. It matches iBGP routes as well.',
    apply: ({ term }, { value }, at) => addCondition(term, { kind: 'route-type', types: [value.value], span: at.span }),
  }),
  row('family <name:inet|inet6>', {
    doc: 'Address family of the route.',
    apply: ({ term }, { name }, at) =>
      addCondition(term, { kind: 'family', family: name.value === 'inet' ? 'ipv4' : 'ipv6', span: at.span }),
  }),
  row('rib <name:word>', {
    doc: 'Routing table of the route.',
    apply: ({ term }, { name }, at) => addCondition(term, { kind: 'rib', rib: name.value, span: at.span }),
  }),
  row('instance <name:word>', {
    doc: 'Routing instance of the route.',
    apply: ({ term }, { name }, at) =>
      addCondition(term, { kind: 'source-vrf', vrf: name.value === 'master' ? 'default' : name.value, span: at.span }),
  }),
  row('next-hop <addresses:words>', {
    doc: 'Next hop of the route.',
    apply: ({ term }, { addresses }, at) =>
      addCondition(term, { kind: 'next-hop', addresses: addresses.value, span: at.span }),
  }),
  row('policy <name:word>', {
    doc: 'The route is accepted by another policy.',
    refers: { name: 'route-map' },
    apply: ({ term }, { name }, at) => addCondition(term, { kind: 'policy', policy: name, span: at.span }),
  }),
  row('condition <names:words>', {
    doc: 'A condition holds.',
    refers: { names: 'track' },
    apply: ({ term }, { names }, at) => {
      for (const name of each(names))
        addCondition(term, {
          kind: 'policy',
          policy: { value: conditionPolicy(name.value), span: name.span },
          span: at.span,
        });
    },
  }),
  row('route-filter-list <name:word>', {
    doc: 'Destination is in the list of route filters.',
    refers: { name: 'prefix-list' },
    apply: ({ device, term }, { name }, at) => {
      const list = routeFilterLists.get(device)?.get(name.value);
      if (!list)
        addCondition(term, { kind: 'not-modelled', text: `route-filter-list ${name.value} before it`, span: at.span });
      for (const { prefix, how, argument } of list ?? []) routeFilter(term, prefix, how, argument, at.span);
    },
  }),
  row('as-path-group <name:word>', {
    doc: 'AS path is one of the group’s.',
    refers: { name: 'as-path-list' },
    apply: ({ term }, { name }, at) => addCondition(term, { kind: 'as-path-list', lists: [name], span: at.span }),
  }),
  row('external [type <value:1|2>]', {
    doc: 'External OSPF routes.',
    apply: ({ term }, { value }, at) =>
      addCondition(term, {
        kind: 'route-type',
        types: value ? [`external type-${value.value}`] : ['external type-1', 'external type-2'],
        span: at.span,
      }),
  }),
  row('level <value:1|2>', {
    doc: 'Level of an IS-IS route.',
    apply: ({ term }, { value }, at) =>
      addCondition(term, { kind: 'route-type', types: [`level-${value.value}`], span: at.span }),
  }),
  row('preference <value:int>', {
    doc: 'Preference of the route.',
    apply: ({ term }, { value }, at) =>
      addCondition(term, { kind: 'distance', min: value.value, max: value.value, span: at.span }),
  }),
  row('community-count <value:int> [<how:equal|orhigher|orlower>]', {
    doc: 'Number of communities of the route.',
    apply: ({ term }, { value, how }, at) =>
      addCondition(term, { kind: 'community-count', ...counted(value.value, how?.value), span: at.span }),
  }),
  row('as-path-calc-length <value:int> [<how:equal|orhigher|orlower>]', {
    doc: 'Length of the AS path.',
    apply: ({ term }, { value, how }, at) =>
      addCondition(term, { kind: 'as-path-length', ...counted(value.value, how?.value), span: at.span }),
  }),
  row('state active', { doc: 'The route is in use; policies are asked about such routes.', effect: 'none' }),
  row('<what:words>', {
    doc: 'A condition that is not modelled.',
    apply: ({ term }, { what }, at) => {
      const text = `from ${what.value.join(' ')}`;
      addCondition(term, { kind: 'not-modelled', text, span: at.span });
      at.device.notModelled.push({ span: at.span, text, mayAffectRouting: true });
    },
  }),
];

const act = (term: PolicyTerm, action: Action): void => {
  term.actions.push(action);
};

/** "preference operations": a plain number sets, add and subtract change. */
const amounts = 'set|add|subtract';

/** Actions and the disposition of a term. The last disposition of a term holds. */
const then: readonly Entry[] = [
  row('<what:accept|reject>', {
    doc: 'Ends the policy: the route is accepted or rejected.',
    apply: ({ term }, { what }) => {
      term.disposition = what.value === 'accept' ? 'permit' : 'deny';
    },
  }),
  row('next <what:term|policy>', {
    doc: 'Goes on with the next term or the next policy.',
    apply: ({ term }, { what }) => {
      term.disposition = what.value === 'term' ? 'next-term' : 'next-policy';
    },
  }),
  row('default-action <what:accept|reject>', {
    doc: 'Action where no later term or policy decides.',
    apply: ({ term }, { what }, at) =>
      act(term, { kind: 'set-default', value: what.value === 'accept' ? 'permit' : 'deny', span: at.span }),
  }),
  row('local-preference <value:int>', {
    doc: 'Sets the local preference.',
    apply: ({ term }, { value }, at) =>
      act(term, { kind: 'set-local-preference', operation: 'set', value: value.value, span: at.span }),
  }),
  row(`local-preference <operation:${amounts}> <value:int>`, {
    doc: 'Raises or lowers the local preference.',
    apply: ({ term }, { operation, value }, at) =>
      act(term, { kind: 'set-local-preference', operation: operation.value, value: value.value, span: at.span }),
  }),
  row('metric <value:int>', {
    doc: 'Sets the metric (MED).',
    apply: ({ term }, { value }, at) =>
      act(term, { kind: 'set-metric', operation: 'set', value: value.value, span: at.span }),
  }),
  row(`metric <operation:${amounts}> <value:int>`, {
    doc: 'Raises or lowers the metric (MED).',
    apply: ({ term }, { operation, value }, at) =>
      act(term, { kind: 'set-metric', operation: operation.value, value: value.value, span: at.span }),
  }),
  row('metric igp', {
    doc: 'Sets the MED to the IGP metric of the next hop.',
    apply: ({ term }, _, at) => act(term, { kind: 'set-metric', operation: 'igp', value: 0, span: at.span }),
  }),
  row('external type <value:1|2>', {
    doc: 'Type of the external OSPF route.',
    apply: ({ term }, { value }, at) =>
      act(term, { kind: 'set-metric-type', value: value.value === '1' ? 'type-1' : 'type-2', span: at.span }),
  }),
  row('origin <value:igp|egp|incomplete>', {
    doc: 'Sets the BGP origin.',
    apply: ({ term }, { value }, at) => act(term, { kind: 'set-origin', value: value.value, span: at.span }),
  }),
  row('preference <value:int>', {
    doc: 'Sets the route preference (administrative distance).',
    apply: ({ term }, { value }, at) => act(term, { kind: 'set-distance', value: value.value, span: at.span }),
  }),
  row('preference <operation:add|subtract> <value:int>', {
    doc: 'Raises or lowers the preference.',
    apply: ({ term }, { operation, value }, at) =>
      act(term, { kind: 'set-distance', operation: operation.value, value: value.value, span: at.span }),
  }),
  row('tag <operation:add|subtract> <value:int>', {
    doc: 'Raises or lowers the tag.',
    apply: ({ term }, { operation, value }, at) =>
      act(term, { kind: 'set-tag', operation: operation.value, value: value.value, span: at.span }),
  }),
  row('tag <value:int>', {
    doc: 'Sets the tag.',
    apply: ({ term }, { value }, at) => act(term, { kind: 'set-tag', value: value.value, span: at.span }),
  }),
  row('next-hop <value:self|peer-address|discard|reject>', {
    doc: 'Sets the next hop.',
    apply: ({ term }, { value }, at) => act(term, { kind: 'set-next-hop', value: value.value, span: at.span }),
  }),
  row('next-hop <address:ip>', {
    doc: 'Sets the next hop.',
    apply: ({ term }, { address }, at) =>
      act(term, {
        kind: 'set-next-hop',
        value: { address: address.value },
        family: familyOf(address.value),
        span: at.span,
      }),
  }),
  row('as-path-prepend <path:rest>', {
    doc: 'Puts AS numbers in front of the path.',
    apply: ({ term }, { path }, at) => {
      const asns = path.value.split(/\s+/).map(parseAsn);
      if (asns.every((asn) => asn !== undefined)) act(term, { kind: 'prepend-as-path', asns, span: at.span });
      else act(term, { kind: 'not-modelled', text: `as-path-prepend ${path.value}`, span: at.span });
    },
  }),
  row('as-path-expand last-as [count <count:int>]', {
    doc: 'Repeats the neighbour’s AS number in the path.',
    apply: ({ term }, { count }, at) => act(term, { kind: 'prepend-last-as', count: count?.value ?? 1, span: at.span }),
  }),
  row('community <operation:set|add|delete|=|+|-> <name:word>', {
    doc: 'Sets, adds or deletes the communities of a definition.',
    refers: { name: 'community-list' },
    apply: ({ term }, { operation, name }, at) => {
      const known = {
        set: 'replace',
        '=': 'replace',
        add: 'add',
        '+': 'add',
        delete: 'delete',
        '-': 'delete',
      } as const;
      act(term, {
        kind: 'set-communities',
        operation: known[operation.value],
        type: 'standard',
        members: [],
        lists: [name],
        span: at.span,
      });
    },
  }),
  row('load-balance <how:word>', { doc: 'Uses all equal next hops in the forwarding table.', effect: 'none' }),
  row(
    '<what:trace|install-nexthop|damping|priority|color|forwarding-class|class|cos-next-hop-map|source-class|destination-class> [<rest:rest>]',
    {
      doc: 'Does not change routes.',
      effect: 'none',
    },
  ),
  row('<what:words>', {
    doc: 'An action that is not modelled.',
    apply: ({ term }, { what }, at) => {
      const text = `then ${what.value.join(' ')}`;
      act(term, { kind: 'not-modelled', text, span: at.span });
      at.device.notModelled.push({ span: at.span, text, mayAffectRouting: true });
    },
  }),
];

function policyOf(device: DeviceDraft, name: string, span: Span): RoutePolicy {
  return getOrMake(device.policies, name, () => ({ name, span, terms: [], defaultDisposition: 'protocol-default' }));
}

/** Lines below the policy itself form a term without a name, which is evaluated last. */
const UNNAMED = '';

function termOf(device: DeviceDraft, policy: RoutePolicy, name: string, span: Span): TermContext {
  const known = policy.terms.find((term) => term.name === name);
  if (known) return { device, term: known };
  const term: PolicyTerm = { name, span, conditions: [], actions: [], disposition: 'next-term' };
  const unnamed = policy.terms.findIndex((each) => each.name === UNNAMED);
  if (unnamed >= 0) policy.terms.splice(unnamed, 0, term);
  else policy.terms.push(term);
  return { device, term };
}

const conditionPolicy = (name: string): string => `condition ${name}`;

interface PolicyContext {
  readonly device: DeviceDraft;
  readonly policy: RoutePolicy;
}
const inPolicy = modesOf<PolicyContext>();
const unnamedTerm = ({ device, policy }: PolicyContext, _: unknown, at: { readonly span: Span }): TermContext =>
  termOf(device, policy, UNNAMED, at.span);
const inTerm = modesOf<TermContext>();

const termRows: readonly Entry[] = [
  inTerm('from', { doc: 'Routes that the term applies to.', enter: (term) => term }, from),
  inTerm('then', { doc: 'What happens to these routes.', enter: (term) => term }, then),
  row('to <what:rest>', {
    doc: 'Table, neighbour or protocol that the route goes to.',
    apply: ({ term }, { what }, at) =>
      addCondition(term, { kind: 'not-modelled', text: `to ${what.value}`, span: at.span }),
  }),
];

const options = rowsOf<DeviceDraft>();
const optionModes = modesOf<DeviceDraft>();

function addPrefix(device: DeviceDraft, name: string, prefix: string, span: Span): void {
  const parsed = parsePrefix(prefix);
  if (!parsed) return;
  const family: Family = parsed.version === 4 ? 'ipv4' : 'ipv6';
  const list = getOrMake(device.prefixLists, prefixListKey(family, name), () => ({ name, family, span, entries: [] }));
  list.entries.push({
    sequence: list.entries.length + 1,
    action: 'permit',
    prefix: parsed.text,
    minLength: parsed.length,
    maxLength: parsed.length,
    span,
  });
}

/** `policy-options { ... }`. */
export const policyOptions: Entry = optionModes(
  'policy-options',
  { doc: 'Routing policies and what they refer to.', enter: (device) => device },
  [
    optionModes(
      'prefix-list <name:word>',
      {
        doc: 'A list of prefixes.',
        defines: { name: 'prefix-list' },
        enter: (device, { name }, at) => {
          // A list without members exists all the same, in both families.
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
        rowsOf<{ device: DeviceDraft; name: string }>()('<prefix:prefix>', {
          doc: 'A prefix of the list.',
          apply: ({ device, name }, { prefix }, at) => addPrefix(device, name, prefix.value, at.span),
        }),
        rowsOf<{ device: DeviceDraft; name: string }>()('<address:ip>', {
          doc: 'A host of the list.',
          apply: ({ device, name }, { address }, at) =>
            addPrefix(device, name, `${address.value}/${address.value.includes(':') ? 128 : 32}`, at.span),
        }),
      ],
    ),
    optionModes(
      'policy-statement <name:word>',
      {
        doc: 'A routing policy: terms from top to bottom.',
        defines: { name: 'route-map' },
        enter: (device, { name }, at) => ({ device, policy: policyOf(device, name.value, at.span) }),
      },
      [
        inPolicy(
          'term <name:word>',
          {
            doc: 'A term of the policy.',
            enter: ({ device, policy }, { name }, at) => termOf(device, policy, name.value, at.span),
          },
          termRows,
        ),
        inPolicy('from', { doc: 'Routes that the policy applies to.', enter: unnamedTerm }, from),
        inPolicy('then', { doc: 'What happens to these routes.', enter: unnamedTerm }, then),
      ],
    ),
    options('community <name:word> members <members:words>', {
      doc: 'Communities under a name.',
      defines: { name: 'community-list' },
      apply: (device, { name, members }, at) => addCommunityMembers(device, name.value, members.value, at.span),
    }),
    optionModes(
      'community <name:word>',
      {
        doc: 'Communities under a name.',
        defines: { name: 'community-list' },
        enter: (device, { name }) => ({ device, name: name.value }),
      },
      [
        rowsOf<{ device: DeviceDraft; name: string }>()('members <members:words>', {
          doc: 'Communities that must all be present.',
          apply: ({ device, name }, { members }, at) => addCommunityMembers(device, name, members.value, at.span),
        }),
      ],
    ),
    optionModes(
      'route-filter-list <name:word>',
      {
        doc: 'A list of route filters.',
        defines: { name: 'prefix-list' },
        enter: (device, { name }) => ({ device, name: name.value }),
      },
      [
        rowsOf<{ device: DeviceDraft; name: string }>()(
          '<prefix:prefix> <how:exact|longer|orlonger|upto|prefix-length-range> [<argument:word>]',
          {
            doc: 'A filter of the list.',
            apply: ({ device, name }, { prefix, how, argument }) => {
              const lists = routeFilterLists.get(device) ?? new Map<string, RouteFilter[]>();
              routeFilterLists.set(device, lists);
              const filter = { prefix: prefix.value, how: how.value, argument: argument?.value };
              lists.set(name, [...(lists.get(name) ?? []), filter]);
            },
          },
        ),
      ],
    ),
    optionModes(
      'as-path-group <name:word>',
      {
        doc: 'Expressions over AS numbers under one name.',
        defines: { name: 'as-path-list' },
        enter: (device, { name }) => ({ device, name: name.value }),
      },
      [
        rowsOf<{ device: DeviceDraft; name: string }>()('as-path <member:word> <expression:rest>', {
          doc: 'An expression of the group.',
          apply: ({ device, name }, { expression }, at) => {
            const list = getOrMake(device.asPathLists, name, () => ({ name, span: at.span, entries: [] }));
            list.entries.push({ action: 'permit', expression: expression.value, span: at.span });
          },
        }),
      ],
    ),
    options('as-path <name:word> <expression:rest>', {
      doc: 'An expression over AS numbers under a name.',
      defines: { name: 'as-path-list' },
      apply: (device, { name, expression }, at) => {
        const list = getOrMake(device.asPathLists, name.value, () => ({
          name: name.value,
          span: at.span,
          entries: [],
        }));
        list.entries.push({ action: 'permit', expression: expression.value, span: at.span });
      },
    }),
    optionModes(
      'condition <name:word>',
      {
        doc: 'A condition that policies may ask for.',
        defines: { name: 'track' },
        enter: (device, { name }, at) => ({ device, name: name.value, span: at.span }),
      },
      [
        modesOf<ConditionContext>()(
          'if-route-exists',
          { doc: 'Holds while a route is in a table.', enter: (context) => context },
          [
            rowsOf<ConditionContext>()('<prefix:prefix>', {
              doc: 'The route that must exist.',
              apply: (context, { prefix }) => setCondition(context, { prefix: prefix.value }),
            }),
            rowsOf<ConditionContext>()('table <table:word>', {
              doc: 'Table in which the route must exist.',
              apply: (context, { table }) => setCondition(context, { table: table.value }),
            }),
            rowsOf<ConditionContext>()('address-family inet <prefix:prefix>', {
              doc: 'The route that must exist.',
              apply: (context, { prefix }) => setCondition(context, { prefix: prefix.value }),
            }),
          ],
        ),
      ],
    ),
  ],
);

interface ConditionContext {
  readonly device: DeviceDraft;
  readonly name: string;
  readonly span: Span;
}

/** A named condition is kept as a policy that accepts exactly while it holds, so that terms ask it like a policy. */
function setCondition({ device, name, span }: ConditionContext, what: { prefix?: string; table?: string }): void {
  const policy = policyOf(device, conditionPolicy(name), span);
  policy.defaultDisposition = 'deny';
  const known = policy.terms[0]?.conditions[0];
  const old = known?.kind === 'route-exists' ? known : { prefix: '', table: 'inet.0' };
  const condition: Condition = {
    kind: 'route-exists',
    prefix: what.prefix ?? old.prefix,
    table: what.table ?? old.table,
    span,
  };
  policy.terms = [{ name: UNNAMED, span, conditions: [condition], actions: [], disposition: 'permit' }];
}
