import type { Device } from '../../config/device/device.ts';
import type { Span } from '../../config/span.ts';
import type { ParsedConfig, Snapshot } from '../../network/snapshot.ts';
import { commandsOf } from '../commands.ts';
import { replaceSpan } from '../edits.ts';
import { groupBy } from '../group-by.ts';
import { head, withoutLine } from '../restore.ts';
import { type Fix, type RawFinding, rule } from '../rule.ts';

type Found = RawFinding & { readonly node: string };
type Process = Device['ospf'][number];

const name = ({ id, vrf }: Process): string => `OSPF ${id}${vrf === 'default' ? '' : ` in VRF ${vrf}`}`;

const withoutCommandAt = (config: ParsedConfig, { line }: Span): { readonly fix?: Fix } => {
  const command = commandsOf(config).find(({ statement: { span } }) => span.line === line);
  return command ? { fix: withoutLine(config, command) } : {};
};

/** The number that most others have, where the line holds a number and no unit. */
function usualReference(config: ParsedConfig, span: Span, value: number, usual: number): { readonly fix?: Fix } {
  if (config.tree.lines[span.line]?.slice(span.start, span.end) !== String(value)) return {};
  const edits = [replaceSpan(span.line, span.start, span.end, String(usual))];
  return { fix: { title: `Set the reference bandwidth ${usual}`, edits, safe: false } };
}

/** A cost means the same on all routers only with one reference; the less usual value is the one reported. */
function references(snapshot: Snapshot): Found[] {
  const all = [...snapshot.nodes.values()].flatMap((node) =>
    node.config.device.ospf
      .filter(({ version, vrf }) => version === 2 && vrf === 'default')
      .map((process) => ({
        node,
        process,
        value: process.referenceBandwidthMbps?.value ?? node.config.behaviour.ospf.referenceBandwidthMbps,
        span: process.referenceBandwidthMbps?.span ?? process.span,
      })),
  );
  const byValue = [...groupBy(all, ({ value }) => value)].sort(([a, x], [b, y]) => y.length - x.length || a - b);
  const [usual] = byValue;
  if (!usual || byValue.length < 2) return [];
  return byValue.slice(1).flatMap(([value, few]) =>
    few.map(
      ({ node, process, span }): Found => ({
        node: node.name,
        span: head(span),
        message: `${name(process)} has the reference bandwidth ${value} Mbit/s, most others have ${usual[0]}: its costs do not compare with theirs`,
        key: `reference ${process.id}`,
        ...usualReference(node.config, head(span), value, usual[0]),
      }),
    ),
  );
}

/** Settings that take a router out of the way of traffic, or silence its interfaces, and are meant for a while. */
function leftOn(snapshot: Snapshot): Found[] {
  const found = (
    { name: node, config }: { readonly name: string; readonly config: ParsedConfig },
    span: Span,
    message: string,
    key: string,
  ): Found => ({ node, span: head(span), message, key, ...withoutCommandAt(config, span) });
  return [...snapshot.nodes.values()].flatMap((node) => [
    ...node.config.device.ospf.flatMap((process) =>
      process.maxMetricRouterLsa?.value
        ? [
            found(
              node,
              process.maxMetricRouterLsa.span,
              `${name(process)} announces the highest metric: no traffic passes through this router`,
              `max-metric ${process.id}`,
            ),
          ]
        : [],
    ),
    ...node.config.device.isis.flatMap(({ id, overload }) =>
      overload?.value
        ? [
            found(
              node,
              overload.span,
              `IS-IS ${id} sets the overload bit: no traffic passes through this router`,
              `overload ${id}`,
            ),
          ]
        : [],
    ),
  ]);
}

/** `passive-interface default` switched on or off by the change: all interfaces without a line of their own flip. */
const passiveFlips = (snapshot: Snapshot, before: Snapshot | undefined): Found[] =>
  [...snapshot.nodes.values()].flatMap(({ name: node, config }) =>
    config.device.ospf.flatMap((process): Found[] => {
      const old = before?.nodes
        .get(node)
        ?.config.device.ospf.find(
          ({ id, vrf, version }) => id === process.id && vrf === process.vrf && version === process.version,
        );
      const [was, is] = [old?.passiveDefault?.value ?? false, process.passiveDefault?.value ?? false];
      if (!old || was === is) return [];
      const effect = is
        ? 'every interface without a line of its own loses its adjacencies'
        : 'every interface without a line of its own starts to speak';
      return [
        {
          node,
          span: head(process.passiveDefault?.span ?? process.span),
          priority: 'P1',
          message: `${name(process)} ${is ? 'becomes' : 'is no longer'} passive by default: ${effect}`,
          key: `passive ${process.id}`,
          ...(is && process.passiveDefault ? withoutCommandAt(config, process.passiveDefault.span) : {}),
        },
      ];
    }),
  );

export default rule({
  id: 'igp-setting-flipped',
  number: 45,
  priority: 'P2',
  scope: 'network',
  title: 'IGP setting that stands alone, was left on, or flips all interfaces',
  why: 'A reference bandwidth of its own bends the paths of one router, a forgotten maximum metric or overload bit keeps traffic off it, and passive by default flips every interface at once.',
  sources: [
    'RFC 6987, OSPF stub router advertisement',
    'RFC 3277, IS-IS transient blackhole avoidance',
    'Cisco IOS, auto-cost reference-bandwidth',
  ],
  remedy:
    'Use one reference bandwidth everywhere; take the metric or the bit back after the maintenance; name interfaces instead of flipping the default.',
  check: ({ snapshot, before }) => [...references(snapshot), ...leftOn(snapshot), ...passiveFlips(snapshot, before)],
});
