import { parsePrefix } from '../../address.ts';
import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Action, Condition } from '../../device/policy.ts';
import type { Located, Span } from '../../span.ts';
import { type MapInstance, type MapUse, notesOf } from './notes.ts';

/** What stands behind every chain of route maps: what none of them decides is refused. */
export const REFUSE = 'no route map accepts it';

function instanceOf(device: DeviceDraft, name: string, id: number, span: Span): MapInstance {
  const { maps } = notesOf(device);
  const map = maps.get(name) ?? {
    policy: { name, span, terms: [], defaultDisposition: 'next-policy' as const },
    instances: new Map<number, MapInstance>(),
  };
  maps.set(name, map);
  const made: MapInstance = map.instances.get(id) ?? {
    term: { name: String(id), sequence: id, span, conditions: [], actions: [], disposition: 'permit' },
    asked: new Map(),
    enabled: true,
    communities: [],
    communityOperation: 'add',
  };
  map.instances.set(id, made);
  return made;
}

const row = rowsOf<MapInstance>();
const ask = ({ asked }: MapInstance, condition: Condition): void => {
  asked.set(condition.kind, [...(asked.get(condition.kind) ?? []), condition]);
};
const act = ({ term }: MapInstance, action: Action): void => {
  term.actions.push(action);
};

const prefixOf = (
  prefix: string,
  how: string,
  from: number | undefined,
  to: number | undefined,
  span: Span,
): Condition => {
  const own = parsePrefix(prefix)?.length ?? 0;
  const most = prefix.includes(':') ? 128 : 32;
  const [minLength, maxLength] =
    how === 'all'
      ? [own, most]
      : how === 'refines'
        ? [own + 1, most]
        : how === 'between'
          ? [from ?? own, to ?? most]
          : [own, own];
  return { kind: 'prefix', prefix, minLength, maxLength, span };
};

/** Protocols by Gaia's names; what OSPF brings from outside is a kind of its own. */
const PROTOCOLS: Readonly<Record<string, readonly string[]>> = {
  direct: ['connected'],
  static: ['static'],
  rip: ['rip'],
  ripng: ['rip'],
  bgp: ['bgp'],
  aggregate: ['aggregate'],
  ospf2ase: ['ospf-e1', 'ospf-e2', 'ospf-n1', 'ospf-n2'],
  ospf3ase: ['ospf-e1', 'ospf-e2', 'ospf-n1', 'ospf-n2'],
  kernel: [],
};

/** The condition that a route is of that protocol. */
export function protocolIs(name: string, span: Span): Condition {
  const known = PROTOCOLS[name];
  if (known) return { kind: 'protocol', protocols: known, span };
  if (name !== 'ospf2' && name !== 'ospf3') return { kind: 'not-modelled', text: `match protocol ${name}`, span };
  const external: Condition = { kind: 'protocol', protocols: PROTOCOLS.ospf2ase ?? [], span };
  return {
    kind: 'all',
    of: [
      { kind: 'protocol', protocols: ['ospf'], span },
      { kind: 'not', of: external, span },
    ],
    span,
  };
}

const matchRows: readonly Entry[] = [
  row('match network <prefix:prefix> <how:all|exact|refines> [on]', {
    doc: 'Networks of the routes: this one, longer ones, or both.',
    apply: (instance, { prefix, how }, at) =>
      ask(instance, prefixOf(prefix.value, how.value, undefined, undefined, at.span)),
  }),
  row('match network <prefix:prefix> between <from:int> and <to:int> [on]', {
    doc: 'Networks of the routes, of these lengths.',
    apply: (instance, { prefix, from, to }, at) =>
      ask(instance, prefixOf(prefix.value, 'between', from.value, to.value, at.span)),
  }),
  row('match network <prefix:prefix> restrict [on]', {
    doc: 'Networks that are not meant.',
    apply: (instance, { prefix }, at) =>
      ask(instance, { kind: 'not', of: prefixOf(prefix.value, 'all', undefined, undefined, at.span), span: at.span }),
  }),
  row('match interface <name:word> [on]', {
    doc: 'Interface that the routes leave by.',
    refers: { name: 'interface' },
    apply: (instance, { name }, at) => ask(instance, { kind: 'interface', interfaces: [name], span: at.span }),
  }),
  row('match protocol <name:word>', {
    doc: 'Protocol that the routes come from.',
    apply: (instance, { name }, at) => ask(instance, protocolIs(name.value, at.span)),
  }),
  row('match neighbor <peer:ip> [on]', {
    doc: 'Neighbour that the routes came from.',
    apply: (instance, { peer }, at) => ask(instance, { kind: 'neighbour', peers: [peer.value], span: at.span }),
  }),
  row('match nexthop <address:ip> [on]', {
    doc: 'Next hop of the routes.',
    apply: (instance, { address }, at) =>
      ask(instance, { kind: 'next-hop', addresses: [address.value], span: at.span }),
  }),
  row('match as <asn:asn> [on]', {
    doc: 'AS of the neighbour that the routes came from.',
    apply: (instance, { asn }, at) =>
      ask(instance, { kind: 'as-path-expression', expression: `${asn.value} .*`, span: at.span }),
  }),
  row('match as-path <expression:word> [origin any] [on]', {
    doc: 'Expression on the AS path.',
    apply: (instance, { expression }, at) =>
      ask(instance, { kind: 'as-path-expression', expression: expression.value, span: at.span }),
  }),
  row('match metric value <value:int>', {
    doc: 'Metric of the routes.',
    apply: (instance, { value }, at) =>
      ask(instance, { kind: 'metric', min: value.value, max: value.value, span: at.span }),
  }),
  row('match tag <tag:int> [on]', {
    doc: 'Tag of the routes.',
    apply: (instance, { tag }, at) => ask(instance, { kind: 'tag', tags: [tag.value], span: at.span }),
  }),
  row('match <what:words>', {
    doc: 'A condition that is not modelled.',
    listed: true,
    apply: (instance, { what }, at) =>
      ask(instance, { kind: 'not-modelled', text: `match ${what.value.join(' ')}`, span: at.span }),
  }),
];

const operations = { value: 'set', add: 'add', subtract: 'subtract' } as const;

const actionRows: readonly Entry[] = [
  row('action localpref <value:int>', {
    doc: 'Local preference.',
    apply: (instance, { value }, at) =>
      act(instance, { kind: 'set-local-preference', operation: 'set', value: value.value, span: at.span }),
  }),
  row('action metric <how:value|add|subtract> <value:int>', {
    doc: 'Metric: MED, or the cost of OSPF.',
    apply: (instance, { how, value }, at) =>
      act(instance, { kind: 'set-metric', operation: operations[how.value], value: value.value, span: at.span }),
  }),
  row('action metric igp', {
    doc: 'The metric of the IGP is the MED.',
    apply: (instance, _, at) => act(instance, { kind: 'set-metric', operation: 'igp', value: 0, span: at.span }),
  }),
  row('action nexthop ip <address:ip>', {
    doc: 'Next hop.',
    apply: (instance, { address }, at) =>
      act(instance, { kind: 'set-next-hop', value: { address: address.value }, span: at.span }),
  }),
  row('action precedence <value:int>', {
    doc: 'Rank of the routes.',
    apply: (instance, { value }, at) => act(instance, { kind: 'set-distance', value: value.value, span: at.span }),
  }),
  row('action route-type <type:type-1|type-2>', {
    doc: 'Kind of external route of OSPF.',
    apply: (instance, { type }, at) => act(instance, { kind: 'set-metric-type', value: type.value, span: at.span }),
  }),
  row('action <what:ospfmanualtag|tag> <value:int>', {
    doc: 'Tag of the routes.',
    apply: (instance, { value }, at) => act(instance, { kind: 'set-tag', value: value.value, span: at.span }),
  }),
  row('action aspath-prepend-count <count:int>', {
    doc: 'Puts the own AS so many times more in front of the path.',
    apply: (instance, { count }, at) => {
      instance.prepends = { count: count.value, span: at.span };
    },
  }),
  row('action community <how:append|replace|delete> [on]', {
    doc: 'What is done with the communities of this instance.',
    apply: (instance, { how }, at) => {
      instance.communityOperation = ({ append: 'add', replace: 'replace', delete: 'delete' } as const)[how.value];
      instance.communitySpan = at.span;
    },
  }),
  row('action community <value:int> as <asn:int> [on]', {
    doc: 'A community of this instance.',
    apply: (instance, { value, asn }, at) => {
      instance.communities.push(`${asn.value}:${value.value}`);
      instance.communitySpan ??= at.span;
    },
  }),
  row('action <what:words>', {
    doc: 'Something that is done to the routes and is not modelled.',
    listed: true,
    apply: (instance, { what }, at) =>
      act(instance, { kind: 'not-modelled', text: `action ${what.value.join(' ')}`, span: at.span }),
  }),
];

/** `routemap NAME id N ...`. */
export const routeMaps: readonly Entry[] = [
  modesOf<DeviceDraft>()(
    'routemap <name:word> id <id:int>',
    {
      doc: 'An instance of a route map; the one with the lowest number that fits decides.',
      defines: { name: 'route-map' },
      enter: (device, { name, id }, at) => instanceOf(device, name.value, id.value, at.span),
    },
    [
      row('<state:on|off>', {
        doc: 'Whether the instance is there.',
        apply: (instance, { state }) => {
          instance.enabled = state.value === 'on';
        },
      }),
      row('inactive', {
        doc: 'The instance is out of use.',
        apply: (instance) => {
          instance.enabled = false;
        },
      }),
      row('allow', {
        doc: 'Routes that fit are accepted.',
        apply: (instance) => {
          instance.term.disposition = 'permit';
        },
      }),
      row('restrict', {
        doc: 'Routes that fit are refused.',
        apply: (instance) => {
          instance.term.disposition = 'deny';
        },
      }),
      ...matchRows,
      ...actionRows,
    ],
  ),
];

/** Conditions of an instance: alternatives of one kind, but networks that are not meant must all fail. */
function conditionsOf({ asked, term }: MapInstance): Condition[] {
  return [...asked].flatMap(([kind, list]): readonly Condition[] =>
    kind === 'not' || kind === 'not-modelled' || list.length === 1
      ? list
      : [{ kind: 'any', of: list, span: term.span }],
  );
}

/** Makes policies of the route maps, once all their lines are known. */
export function finishRouteMaps(device: DeviceDraft): void {
  const { maps, asn } = notesOf(device);
  for (const { policy, instances } of maps.values()) {
    const sorted = [...instances].sort(([a], [b]) => a - b).map(([, instance]) => instance);
    policy.terms = sorted
      .filter(({ enabled }) => enabled)
      .map((instance) => {
        const { term, prepends, communities, communityOperation, communitySpan } = instance;
        const actions: Action[] = [...term.actions];
        if (communities.length > 0 && communitySpan)
          actions.push({
            kind: 'set-communities',
            operation: communityOperation,
            type: 'standard',
            members: communities,
            lists: [],
            span: communitySpan,
          });
        if (prepends && asn)
          actions.push({
            kind: 'prepend-as-path',
            asns: Array<number>(Math.min(prepends.count, 255)).fill(asn.value),
            span: prepends.span,
          });
        return { ...term, conditions: conditionsOf(instance), actions };
      });
    device.policies.set(policy.name, policy);
  }
}

/** The route maps of a use in their order, with the refusal behind them. */
export function chainOf(device: DeviceDraft, uses: readonly MapUse[], more: readonly Located<string>[], span: Span) {
  if (!device.policies.has(REFUSE))
    device.policies.set(REFUSE, { name: REFUSE, span, terms: [], defaultDisposition: 'deny' });
  const sorted = [...uses].sort((a, b) => a.preference - b.preference).map(({ name }) => name);
  return { policies: [...sorted, ...more, { value: REFUSE, span }], span };
}
