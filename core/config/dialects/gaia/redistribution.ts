import { parsePrefix } from '../../address.ts';
import { type Entry, modesOf, rowsOf } from '../../command-table.ts';
import type { DeviceDraft } from '../../device/device.ts';
import type { Condition, RoutePolicy } from '../../device/policy.ts';
import type { Located, Span } from '../../span.ts';
import { type Inbound, notesOf, type Source } from './notes.ts';
import { protocolIs } from './routemap.ts';

interface To {
  readonly device: DeviceDraft;
  readonly to: string;
}

const exactly = (prefix: string, span: Span): Condition => {
  const length = parsePrefix(prefix)?.length ?? 0;
  return { kind: 'prefix', prefix, minLength: length, maxLength: length, span };
};

/** Adds a source, or finds it again by its words. */
function sourceOf({ device, to }: To, name: string, conditions: readonly Condition[], span: Span): Source {
  const { sources } = notesOf(device);
  const known = sources.find((one) => one.to === to && one.term.name === name);
  if (known) return known;
  const made: Source = {
    to,
    enabled: true,
    term: { name, span, conditions: [...conditions], actions: [], disposition: 'permit' },
  };
  sources.push(made);
  return made;
}

const sourceRow = rowsOf<Source>();
const sourceMode = modesOf<To>();
const sourceRows: readonly Entry[] = [
  sourceRow('<state:on|off>', {
    doc: 'Whether the routes are handed on.',
    apply: (source, { state }) => {
      source.enabled = state.value === 'on';
    },
  }),
  sourceRow('metric <value:int>', {
    doc: 'Metric of the routes.',
    apply: ({ term }, { value }, at) => {
      term.actions.push({ kind: 'set-metric', operation: 'set', value: value.value, span: at.span });
    },
  }),
];

const sources: readonly Entry[] = [
  sourceMode(
    'from interface <name:word>',
    {
      doc: 'The networks of an interface; `all` for every one.',
      enter: (to, { name }, at) =>
        sourceOf(
          to,
          `interface ${name.value}`,
          [
            protocolIs('direct', at.span),
            ...(name.value === 'all' ? [] : [{ kind: 'interface' as const, interfaces: [name], span: at.span }]),
          ],
          at.span,
        ),
    },
    sourceRows,
  ),
  sourceMode(
    'from static-route default',
    {
      doc: 'The static default route.',
      enter: (to, _, at) =>
        sourceOf(to, 'static default', [protocolIs('static', at.span), exactly('0.0.0.0/0', at.span)], at.span),
    },
    sourceRows,
  ),
  sourceMode(
    'from static-route <all:all-ipv4-routes|all-ipv6-routes>',
    {
      doc: 'All static routes.',
      enter: (to, { all }, at) =>
        sourceOf(
          to,
          `static ${all.value}`,
          [
            protocolIs('static', at.span),
            { kind: 'family', family: all.value === 'all-ipv4-routes' ? 'ipv4' : 'ipv6', span: at.span },
          ],
          at.span,
        ),
    },
    sourceRows,
  ),
  sourceMode(
    'from static-route <prefix:prefix>',
    {
      doc: 'A static route.',
      enter: (to, { prefix }, at) =>
        sourceOf(
          to,
          `static ${prefix.value}`,
          [protocolIs('static', at.span), exactly(prefix.value, at.span)],
          at.span,
        ),
    },
    sourceRows,
  ),
  sourceMode(
    'from aggregate <prefix:prefix>',
    {
      doc: 'An aggregate.',
      enter: (to, { prefix }, at) =>
        sourceOf(
          to,
          `aggregate ${prefix.value}`,
          [protocolIs('aggregate', at.span), exactly(prefix.value, at.span)],
          at.span,
        ),
    },
    sourceRows,
  ),
  ...(['ospf2', 'ospf2ase', 'rip'] as const).flatMap((protocol) => [
    sourceMode(
      `from ${protocol} all-ipv4-routes`,
      {
        doc: 'All routes of a protocol.',
        enter: (to, _, at) => sourceOf(to, `${protocol} all`, [protocolIs(protocol, at.span)], at.span),
      },
      sourceRows,
    ),
    sourceMode(
      `from ${protocol} network <prefix:prefix>`,
      {
        doc: 'Routes of a protocol to one network.',
        enter: (to, args, at) => {
          const { prefix } = args as unknown as { prefix: Located<string> };
          return sourceOf(
            to,
            `${protocol} ${prefix.value}`,
            [protocolIs(protocol, at.span), exactly(prefix.value, at.span)],
            at.span,
          );
        },
      },
      sourceRows,
    ),
  ]),
  sourceMode(
    'from bgp-as-number <asn:asn> all-ipv4-routes',
    {
      doc: 'All routes of peers of an AS.',
      enter: (to, { asn }, at) =>
        sourceOf(
          to,
          `bgp ${asn.value}`,
          [protocolIs('bgp', at.span), { kind: 'as-path-expression', expression: `${asn.value} .*`, span: at.span }],
          at.span,
        ),
    },
    sourceRows,
  ),
];

/** `route-redistribution to PROTOCOL ... from SOURCE ...`. */
export const redistribution: readonly Entry[] = [
  modesOf<DeviceDraft>()(
    'route-redistribution to bgp-as <asn:asn>',
    {
      doc: 'Routes that go to BGP peers of an AS.',
      enter: (device, { asn }): To => ({ device, to: `as ${asn.value}` }),
    },
    sources,
  ),
  modesOf<DeviceDraft>()(
    'route-redistribution to ospf2 instance <name:word>',
    { doc: 'Routes that OSPF announces.', enter: (device, { name }): To => ({ device, to: `ospf ${name.value}` }) },
    sources,
  ),
  modesOf<DeviceDraft>()(
    'route-redistribution to ospf2',
    { doc: 'Routes that OSPF announces.', enter: (device): To => ({ device, to: 'ospf default' }) },
    sources,
  ),
];

/** What goes to a protocol by `route-redistribution`, as a policy; undefined where nothing does. */
export function redistributionTo(device: DeviceDraft, to: string): Located<string> | undefined {
  const used = notesOf(device).sources.filter((one) => one.to === to && one.enabled);
  const [first] = used;
  if (!first) return undefined;
  const name = `route-redistribution to ${to}`;
  const policy: RoutePolicy = {
    name,
    span: first.term.span,
    terms: used.map(({ term }) => term),
    defaultDisposition: 'next-policy',
  };
  device.policies.set(name, policy);
  return { value: name, span: first.term.span };
}

const inboundRow = rowsOf<Inbound>();
const inboundMode = modesOf<DeviceDraft>();

/** `inbound-route-filter bgp-policy N ...`: what is accepted from peers of an AS. */
export const inboundFilters: readonly Entry[] = [
  inboundMode(
    'inbound-route-filter bgp-policy <number:int>',
    {
      doc: 'What is accepted from peers of an AS.',
      enter: (device, { number }, at): Inbound => {
        const { inbound } = notesOf(device);
        const made: Inbound = inbound.get(number.value) ?? {
          number: number.value,
          term: { name: String(number.value), span: at.span, conditions: [], actions: [], disposition: 'permit' },
        };
        inbound.set(number.value, made);
        return made;
      },
    },
    [
      inboundRow('based-on-as as <asn:asn> [on]', {
        doc: 'AS of the peers.',
        apply: (inbound, { asn }) => {
          inbound.asn = asn;
        },
      }),
      inboundRow('<what:accept-all-ipv4|accept-all-ipv6>', {
        doc: 'Accepts what no line refuses.',
        apply: () => undefined,
      }),
      inboundRow('<what:restrict-all-ipv4|restrict-all-ipv6>', {
        doc: 'Refuses what no line accepts.',
        apply: ({ term }) => {
          term.disposition = 'deny';
        },
      }),
      inboundRow('default-localpref <value:int>', {
        doc: 'Local preference of the routes.',
        apply: ({ term }, { value }, at) => {
          term.actions.push({ kind: 'set-local-preference', operation: 'set', value: value.value, span: at.span });
        },
      }),
    ],
  ),
  rowsOf<DeviceDraft>()('inbound-route-filter <protocol:rip|ospf2|ospf3|ripng> accept-all-ipv4', {
    doc: 'Accepts all routes; the default.',
    effect: 'none',
  }),
  rowsOf<DeviceDraft>()(
    'inbound-route-filter <protocol:ospf2|ospf3> instance <name:word> <all:accept-all-ipv4|accept-all-ipv6>',
    {
      doc: 'Accepts all routes; the default.',
      effect: 'none',
    },
  ),
  rowsOf<DeviceDraft>()('inbound-route-filter <protocol:ospf3|ripng> accept-all-ipv6', {
    doc: 'Accepts all routes; the default.',
    effect: 'none',
  }),
];

/** What the inbound filters accept from an AS, as a policy; undefined where none is about it. */
export function acceptedFrom(device: DeviceDraft, asn: number | undefined): Located<string> | undefined {
  const used = [...notesOf(device).inbound.values()].find((one) => asn !== undefined && one.asn?.value === asn);
  if (!used) return undefined;
  const name = `inbound-route-filter bgp-policy ${used.number}`;
  device.policies.set(name, { name, span: used.term.span, terms: [used.term], defaultDisposition: 'next-policy' });
  return { value: name, span: used.term.span };
}
