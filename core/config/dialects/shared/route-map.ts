import { type At, type Entry, eachOf, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Action, Condition, Family, PolicyTerm } from '../../device/policy.ts';
import type { Located, Span } from '../../span.ts';
import { statementText } from '../../tree.ts';
import { getOrMake } from './drafts.ts';
import { forget, placeBySequence } from './names.ts';

/** What a route-map's rows work on: the term, and how the system treats a second line of the same kind. */
export interface TermContext {
  readonly term: PolicyTerm;
  readonly style: RouteMapStyle;
}

export interface RouteMapStyle {
  /** A second `match` of the same kind adds its lists to the first one (IOS) or takes its place (FRR, EOS). */
  readonly repeatedMatch: 'merge' | 'replace';
  /** Several community-lists in one `match`: one of them is enough (IOS), or all must match (EOS). */
  readonly severalLists: 'any' | 'all';
}

export const row = rowsOf<TermContext>();

const familyOf = (condition: Condition): string => ('family' in condition ? condition.family : '');
const sameKind = (a: Condition, b: Condition): boolean => a.kind === b.kind && familyOf(a) === familyOf(b);

/** Adds a condition the way the system takes a repeated line. */
export function match({ term, style }: TermContext, condition: Condition): void {
  const at =
    condition.kind === 'all' || condition.kind === 'any'
      ? -1
      : term.conditions.findIndex((known) => sameKind(known, condition));
  const known = term.conditions[at];
  if (!known || condition.kind === 'not-modelled') term.conditions.push(condition);
  else if (style.repeatedMatch === 'merge' && 'lists' in known && 'lists' in condition)
    term.conditions[at] = { ...known, lists: [...known.lists, ...condition.lists] } as Condition;
  else term.conditions[at] = condition;
}

export function unmatch({ term }: TermContext, kind: Condition['kind'], family?: Family): void {
  term.conditions = term.conditions.filter(
    (known) => known.kind !== kind || (family !== undefined && familyOf(known) !== family),
  );
}

const actionKey = (action: Action): string =>
  action.kind === 'set-communities'
    ? // Route targets and sites of origin are set by lines of their own.
      `${action.kind} ${action.type} ${action.operation === 'delete'} ${action.type === 'extended' ? action.members[0]?.split(':')[0] : ''}`
    : action.kind === 'set-next-hop'
      ? `${action.kind} ${action.family ?? ''}`
      : action.kind;

/** Adds an action; a repeated `set` of the same kind takes the place of the first. */
export function set({ term }: TermContext, action: Action): void {
  const at =
    action.kind === 'not-modelled' ? -1 : term.actions.findIndex((known) => actionKey(known) === actionKey(action));
  if (at < 0) term.actions.push(action);
  else term.actions[at] = action;
}

export function unset(
  { term }: TermContext,
  kind: Action['kind'],
  test: (action: Action) => boolean = () => true,
): void {
  term.actions = term.actions.filter((known) => known.kind !== kind || !test(known));
}

type ListCondition = Extract<Condition, { readonly lists: readonly Located<string>[] }>;
const listCondition = (
  base: Omit<ListCondition, 'lists' | 'span'> & { kind: string },
  lists: readonly Located<string>[],
  span: Span,
): Condition => ({ ...base, lists, span }) as Condition;

/** A `match` of several lists: one condition, or one for each where the system wants all of them. */
function matchLists(
  context: TermContext,
  base: { kind: string; exact?: boolean; family?: Family },
  lists: Located<readonly string[]>,
  at: At,
  any = false,
): void {
  const names = eachOf(lists, at.statement);
  if (context.style.severalLists === 'any' || any || names.length === 1) {
    match(context, listCondition(base as never, names, at.span));
    return;
  }
  unmatch(context, base.kind as Condition['kind']);
  context.term.conditions.push({
    kind: 'all',
    of: names.map((name) => listCondition(base as never, [name], at.span)),
    span: at.span,
  });
}

/** A condition that is kept in words: the engine does not trust the term, and the line is listed. */
export function matchWords(context: TermContext, at: At): void {
  match(context, { kind: 'not-modelled', text: statementText(at.statement), span: at.span });
  list(at, context);
}

export function setWords(context: TermContext, at: At): void {
  set(context, { kind: 'not-modelled', text: statementText(at.statement), span: at.span });
  list(at, context);
}

const list = ({ device, statement, span }: At, { term }: TermContext): void => {
  device.notModelled.push({
    span,
    text: `route-map term ${term.name} / ${statementText(statement)}`,
    mayAffectRouting: true,
  });
};

const addressMatches = (family: Family, ip: 'ip' | 'ipv6'): readonly Entry[] => {
  const [prefixList, accessList] =
    family === 'ipv4' ? (['prefix-list', 'access-list'] as const) : (['ipv6-prefix-list', 'ipv6-access-list'] as const);
  return [
    row(`match ${ip} address prefix-list <lists:names>`, {
      doc: 'Holds for a route whose prefix one of the prefix-lists permits.',
      refers: { lists: prefixList },
      apply: (context, { lists }, at) =>
        match(context, { kind: 'prefix-list', family, lists: eachOf(lists, at.statement), span: at.span }),
      undo: (context) => unmatch(context, 'prefix-list', family),
    }),
    row(`match ${ip} address <lists:names>`, {
      doc: 'Holds for a route whose prefix one of the access-lists permits.',
      refers: { lists: accessList },
      apply: (context, { lists }, at) =>
        match(context, { kind: 'access-list', family, lists: eachOf(lists, at.statement), span: at.span }),
      undo: (context) => unmatch(context, 'access-list', family),
    }),
    row(`match ${ip} next-hop prefix-list <lists:names>`, {
      doc: 'Holds for a route whose next hop one of the prefix-lists permits.',
      refers: { lists: prefixList },
      apply: (context, { lists }, at) =>
        match(context, { kind: 'next-hop-prefix-list', family, lists: eachOf(lists, at.statement), span: at.span }),
      undo: (context) => unmatch(context, 'next-hop-prefix-list', family),
    }),
  ];
};

export const commonMatches: readonly Entry[] = [
  ...addressMatches('ipv4', 'ip'),
  ...addressMatches('ipv6', 'ipv6'),
  row('match community <lists:names> [<exact:exact-match>]', {
    doc: 'Holds for a route with communities that the community-list permits; exact-match: with no others.',
    refers: { lists: 'community-list' },
    apply: (context, { lists, exact }, at) =>
      matchLists(context, { kind: 'community-list', exact: exact !== undefined }, lists, at),
    undo: (context) => unmatch(context, 'community-list'),
  }),
  row('match extcommunity <lists:names>', {
    doc: 'Holds for a route with extended communities that the list permits.',
    refers: { lists: 'extended-community-list' },
    apply: (context, { lists }, at) => matchLists(context, { kind: 'extended-community-list' }, lists, at),
    undo: (context) => unmatch(context, 'extended-community-list'),
  }),
  row('match large-community <lists:names> [<exact:exact-match>]', {
    doc: 'Holds for a route with large communities that the list permits; exact-match: with no others.',
    refers: { lists: 'large-community-list' },
    apply: (context, { lists, exact }, at) =>
      matchLists(context, { kind: 'large-community-list', exact: exact !== undefined }, lists, at),
    undo: (context) => unmatch(context, 'large-community-list'),
  }),
  row('match as-path <lists:names>', {
    doc: 'Holds for a route whose AS path one of the as-path access-lists permits.',
    refers: { lists: 'as-path-list' },
    apply: (context, { lists }, at) =>
      match(context, { kind: 'as-path-list', lists: eachOf(lists, at.statement), span: at.span }),
    undo: (context) => unmatch(context, 'as-path-list'),
  }),
  row('match tag <tags:ints>', {
    doc: 'Holds for a route with one of the tags.',
    apply: (context, { tags }, at) => match(context, { kind: 'tag', tags: tags.value, span: at.span }),
    undo: (context) => unmatch(context, 'tag'),
  }),
  row('match metric <metric:int>', {
    doc: 'Holds for a route with this metric (MED).',
    apply: (context, { metric }, at) =>
      match(context, { kind: 'metric', min: metric.value, max: metric.value, span: at.span }),
    undo: (context) => unmatch(context, 'metric'),
  }),
  row('match local-preference <value:int>', {
    doc: 'Holds for a route with this local preference.',
    apply: (context, { value }, at) =>
      match(context, { kind: 'local-preference', min: value.value, max: value.value, span: at.span }),
    undo: (context) => unmatch(context, 'local-preference'),
  }),
  row('match interface <interfaces:interfaces>', {
    doc: 'Holds for a route that leaves by one of the interfaces.',
    refers: { interfaces: 'interface' },
    apply: (context, { interfaces }, at) =>
      match(context, { kind: 'interface', interfaces: eachOf(interfaces, at.statement), span: at.span }),
    undo: (context) => unmatch(context, 'interface'),
  }),
  row('match source-protocol <protocols:names>', {
    doc: 'Holds for a route of this protocol.',
    apply: (context, { protocols }, at) =>
      match(context, { kind: 'protocol', protocols: protocols.value, span: at.span }),
    undo: (context) => unmatch(context, 'protocol'),
  }),
  row('match route-type <types:names>', {
    doc: 'Holds for a route of this type: internal, external (type-1, type-2), level-1, level-2, local.',
    apply: (context, { types }, at) => match(context, { kind: 'route-type', types: types.value, span: at.span }),
    undo: (context) => unmatch(context, 'route-type'),
  }),
  row('match <condition:rest>', {
    doc: 'A condition whose meaning is not modelled: the term is not trusted.',
    apply: (context, _args, at) => matchWords(context, at),
  }),
];

/** `+10` and `-10` change the value, a plain number sets it. */
export const operationOf = (text: string): 'set' | 'add' | 'subtract' =>
  text.startsWith('+') ? 'add' : text.startsWith('-') ? 'subtract' : 'set';

const written = (value: Located<unknown>, at: At): string =>
  at.statement.words.find((word) => word.start === value.span.start)?.text ?? String(value.value);

export const commonSets: readonly Entry[] = [
  row('set local-preference <value:signed>', {
    doc: 'Local preference of the route, 0-4294967295; a higher one wins. + and - change it.',
    apply: (context, { value }, at) =>
      set(context, {
        kind: 'set-local-preference',
        operation: operationOf(written(value, at)),
        value: Math.abs(value.value),
        span: at.span,
      }),
    undo: (context) => unset(context, 'set-local-preference'),
  }),
  row('set metric <value:signed>', {
    doc: 'Metric of the route (MED in BGP); a lower one wins. + and - change it.',
    apply: (context, { value }, at) =>
      set(context, {
        kind: 'set-metric',
        operation: operationOf(written(value, at)),
        value: Math.abs(value.value),
        span: at.span,
      }),
    undo: (context) => unset(context, 'set-metric'),
  }),
  row('set metric-type <type:type-1|type-2|internal|external>', {
    doc: 'Type of the OSPF or IS-IS external metric.',
    apply: (context, { type }, at) => set(context, { kind: 'set-metric-type', value: type.value, span: at.span }),
    undo: (context) => unset(context, 'set-metric-type'),
  }),
  row('set weight <value:int>', {
    doc: 'Weight of the route on this device only; a higher one wins before everything else.',
    apply: (context, { value }, at) => set(context, { kind: 'set-weight', value: value.value, span: at.span }),
    undo: (context) => unset(context, 'set-weight'),
  }),
  row('set origin <origin:igp|egp|incomplete> [<as:asn>]', {
    doc: 'BGP origin of the route.',
    apply: (context, { origin }, at) => set(context, { kind: 'set-origin', value: origin.value, span: at.span }),
    undo: (context) => unset(context, 'set-origin'),
  }),
  row('set ip next-hop <address:ip4|peer-address|unchanged|self>', {
    doc: 'IPv4 next hop of the route: an address, the address of the peer or of this device, or as received.',
    apply: (context, { address }, at) => setNextHop(context, 'ipv4', address.value, at.span),
    undo: (context) =>
      unset(context, 'set-next-hop', (action) => action.kind === 'set-next-hop' && action.family === 'ipv4'),
  }),
  row('set ipv6 next-hop <address:ip6|peer-address|unchanged|self>', {
    doc: 'IPv6 next hop of the route: an address, the address of the peer or of this device, or as received.',
    apply: (context, { address }, at) => setNextHop(context, 'ipv6', address.value, at.span),
    undo: (context) =>
      unset(context, 'set-next-hop', (action) => action.kind === 'set-next-hop' && action.family === 'ipv6'),
  }),
  row('set community <members:communities> [<additive:additive>]', {
    doc: 'Communities of the route; without additive they take the place of those that it has.',
    apply: (context, { members, additive }, at) =>
      setCommunities(context, 'standard', additive ? 'add' : 'replace', members.value, at.span),
    undo: (context) =>
      unset(
        context,
        'set-communities',
        (action) => action.kind === 'set-communities' && action.type === 'standard' && action.operation !== 'delete',
      ),
  }),
  row('set community none', {
    doc: 'Removes all communities of the route.',
    apply: (context, _args, at) => setCommunities(context, 'standard', 'none', [], at.span),
    undo: (context) =>
      unset(context, 'set-communities', (action) => action.kind === 'set-communities' && action.operation === 'none'),
  }),
  row('set large-community <members:large-communities> [<additive:additive>]', {
    doc: 'Large communities of the route; without additive they take the place of those that it has.',
    apply: (context, { members, additive }, at) =>
      setCommunities(context, 'large', additive ? 'add' : 'replace', members.value, at.span),
    undo: (context) =>
      unset(context, 'set-communities', (action) => action.kind === 'set-communities' && action.type === 'large'),
  }),
  row('set large-community none', {
    doc: 'Removes all large communities of the route.',
    apply: (context, _args, at) => setCommunities(context, 'large', 'none', [], at.span),
    undo: (context) =>
      unset(context, 'set-communities', (action) => action.kind === 'set-communities' && action.type === 'large'),
  }),
  row('set extcommunity none', {
    doc: 'Removes all extended communities of the route.',
    apply: (context, _args, at) => setCommunities(context, 'extended', 'none', [], at.span),
    undo: (context) =>
      unset(context, 'set-communities', (action) => action.kind === 'set-communities' && action.type === 'extended'),
  }),
  row('set as-path prepend <asns:asns>', {
    doc: 'AS numbers put in front of the AS path.',
    apply: (context, { asns }, at) => set(context, { kind: 'prepend-as-path', asns: asns.value, span: at.span }),
    undo: (context) => unset(context, 'prepend-as-path'),
  }),
  row('set as-path prepend last-as <count:int>', {
    doc: 'The first AS number of the path put in front of it, this many times.',
    apply: (context, { count }, at) => set(context, { kind: 'prepend-last-as', count: count.value, span: at.span }),
    undo: (context) => unset(context, 'prepend-last-as'),
  }),
  row('set tag <tag:int>', {
    doc: 'Tag of the route, 0-4294967295.',
    apply: (context, { tag }, at) => set(context, { kind: 'set-tag', value: tag.value, span: at.span }),
    undo: (context) => unset(context, 'set-tag'),
  }),
  row('set <action:rest>', {
    doc: 'An action whose meaning is not modelled: the term is not trusted.',
    apply: (context, _args, at) => setWords(context, at),
  }),
  row('description <text:rest>', { doc: 'Free text about the term.', effect: 'none' }),
  row('continue [<sequence:int>]', {
    doc: 'Goes on at this sequence number, or at the next term, after a match.',
    apply: ({ term }, { sequence }, at) => {
      term.continueAt = { value: sequence?.value ?? 'next', span: at.span };
    },
    undo: ({ term }) => {
      delete term.continueAt;
    },
  }),
];

export function setNextHop(context: TermContext, family: Family, value: string, span: Span): void {
  const hop = value === 'self' || value === 'peer-address' || value === 'unchanged' ? value : { address: value };
  set(context, { kind: 'set-next-hop', value: hop, family, span });
}

export function setCommunities(
  context: TermContext,
  type: 'standard' | 'extended' | 'large',
  operation: 'replace' | 'add' | 'delete' | 'none',
  members: readonly string[],
  span: Span,
  lists: readonly Located<string>[] = [],
): void {
  set(context, { kind: 'set-communities', type, operation, members, lists, span });
}

const DEFAULT_SEQUENCE = 10;

function termOf(
  device: DeviceDraft,
  name: string,
  action: 'permit' | 'deny' | undefined,
  sequence: number,
  span: Span,
): PolicyTerm {
  const policy = getOrMake(device.policies, name, () => ({
    name,
    span,
    terms: [],
    defaultDisposition: 'deny' as const,
  }));
  const known = policy.terms.find((term) => term.sequence === sequence);
  if (known) {
    known.span = span;
    if (action) known.disposition = action;
    return known;
  }
  const term: PolicyTerm = {
    name: `${name} ${sequence}`,
    sequence,
    span,
    conditions: [],
    actions: [],
    disposition: action ?? 'permit',
  };
  placeBySequence(policy.terms, term);
  return term;
}

/**
 * The `route-map` mode of a system: the rows that all have, and its own in front of them. `foreign`: patterns of the
 * common rows that the system writes otherwise.
 */
export const routeMap = (style: RouteMapStyle, own: readonly Entry[], foreign?: RegExp): Entry =>
  modesOf<DeviceDraft>()(
    'route-map <name:word> [<action:permit|deny>] [<sequence:int>]',
    {
      doc: 'A term of a route-map; terms are tried by sequence number, and a route that none takes is denied.',
      defines: { name: 'route-map' },
      enter: (device, { name, action, sequence }, at): TermContext => ({
        term: termOf(device, name.value, action?.value, sequence?.value ?? DEFAULT_SEQUENCE, at.span),
        style,
      }),
      undo: (device, { name, sequence }) => {
        const policy = name && device.policies.get(name.value);
        if (!policy) return;
        policy.terms = sequence ? policy.terms.filter((term) => term.sequence !== sequence.value) : [];
        if (policy.terms.length > 0) return;
        device.policies.delete(policy.name);
        forget(device, 'route-map', policy.name);
      },
    },
    [...own, ...commonMatches, ...commonSets].filter(({ pattern }) => !foreign?.test(pattern)),
  );
